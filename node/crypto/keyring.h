/* SPDX-License-Identifier: Apache-2.0 */
/* The secrets themselves, and the five things that may be done with them. Used inside the keys process and
 * by the in-process form alike, so that both refuse alike. */
#pragma once

#include <openssl/evp.h>

#include <internal/keys-process.h>

#include "digest.h"
#include "seal.h"

typedef struct Keyring {
        EVP_PKEY *identity;
        Algorithm algorithm;
        PublicKey public_key, recovery;
        SealKey vault;
        HmacKey *index, *rights;
} Keyring;

int keyring_open(const char *key_dir, Keyring *ret) _must_check_;
void keyring_done(Keyring *ring);

/* -EPERM: not what this key is for. */
int keyring_sign(const Keyring *ring, KeyPurpose purpose, Bytes message, Signature *ret) _must_check_;
int keyring_seal(const Keyring *ring, KeyPurpose purpose, Bytes associated, Bytes plain, Arena *arena,
        Bytes *ret) _must_check_;
int keyring_open_sealed(const Keyring *ring, KeyPurpose purpose, Bytes associated, Bytes sealed,
        Arena *arena, Bytes *ret) _must_check_;
int keyring_mac(const Keyring *ring, KeyPurpose purpose, Bytes message, Digest *ret) _must_check_;

/* First member behind every Keys.data. */
typedef struct KeysHead {
        void (*close)(void *data);
} KeysHead;
