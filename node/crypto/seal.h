/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing with a symmetric master key: method, key version, nonce, ciphertext, tag. The associated bytes are
 * bound in and not carried. */
#pragma once

#include <node/crypto.h>
#include <node/error.h>

#include "digest.h"

typedef enum SealMethod { /* stored as the first byte: never change */
        SEAL_SM4_CTR_HMAC_SM3 = 1,
        SEAL_AES_256_GCM = 2,
        SEAL_SM2_ENVELOPE = 3, /* to the recovery key, see recovery.h */
} SealMethod;

#define MASTER_KEY_BYTES 32
#define SEAL_NONCE_BYTES 16 /* AES-GCM uses the first 12 */
#define SEAL_HEAD_BYTES 2

typedef struct SealKey {
        uint8_t method, version;
        uint8_t encrypt[32]; /* SM4 takes the first 16 */
        HmacKey *authenticate;
} SealKey;

/* Two keys from one master, so that no key does two jobs. -EOPNOTSUPP for an unknown method. */
int seal_key_derive(
        SealMethod method, const uint8_t master[static MASTER_KEY_BYTES], SealKey *ret) _must_check_;
void seal_key_done(SealKey *key);
/* nonce: fresh random bytes, never twice with one key. ret in the arena. */
int seal_bytes(const SealKey *key, const uint8_t nonce[static SEAL_NONCE_BYTES], Bytes associated,
        Bytes plain, Arena *arena, Bytes *ret) _must_check_;
/* -EBADMSG: other key, other place, changed bytes, other method. */
int open_bytes(const SealKey *key, Bytes associated, Bytes sealed, Arena *arena, Bytes *ret) _must_check_;
