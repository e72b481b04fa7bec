/* SPDX-License-Identifier: Apache-2.0 */
/* Algorithms of OpenSSL fetched once for the whole process: a fetch by name costs more than a short digest.
 */
#pragma once

#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <node/crypto.h>

typedef struct Fetched {
        EVP_MD *sm3, *sha256;
        EVP_CIPHER *sm4_ctr, *aes_256_gcm;
        EVP_MAC *hmac;
        EVP_KDF *scrypt, *pbkdf2;
} Fetched;

/* All of them; aborts where the library lacks one, because no part of the program works without. */
const Fetched *fetched(void);

static inline const EVP_MD *fetched_digest(DigestKind kind) {
        return kind == DIGEST_SM3 ? fetched()->sm3 : fetched()->sha256;
}
static inline const char *digest_kind_name(DigestKind kind) {
        return kind == DIGEST_SM3 ? "SM3" : "SHA256";
}

DEFINE_CLEANUP(EVP_PKEY, EVP_PKEY_free)
DEFINE_CLEANUP(EVP_PKEY_CTX, EVP_PKEY_CTX_free)
DEFINE_CLEANUP(EVP_MD_CTX, EVP_MD_CTX_free)
DEFINE_CLEANUP(EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)
DEFINE_CLEANUP(EVP_KDF_CTX, EVP_KDF_CTX_free)
