/* SPDX-License-Identifier: Apache-2.0 */
/* Private keys of signatures and of the recovery envelope. Only node/crypto sees them. */
#pragma once

#include <openssl/evp.h>

#include <node/crypto.h>
#include <node/error.h>

#define SCALAR_BYTES 32

/* A new key of SM2 or P-256. -EOPNOTSUPP, -EIO. Owned by the caller. */
int private_key_generate(Algorithm algorithm, EVP_PKEY **ret) _must_check_;
/* From and to PKCS#8 PEM; ret_pem is allocated, its free wipes are the caller's (OPENSSL_clear_free). */
int private_key_parse(
        const char *pem, size_t size_bytes, EVP_PKEY **ret, Algorithm *ret_algorithm) _must_check_;
int private_key_format(EVP_PKEY *key, char **ret_pem, size_t *ret_size_bytes) _must_check_;
/* The secret number, big endian, and back again with its public point. */
int private_key_scalar(EVP_PKEY *key, uint8_t ret[static SCALAR_BYTES]) _must_check_;
int private_key_from_scalar(
        const uint8_t scalar[static SCALAR_BYTES], const PublicKey *public_key, EVP_PKEY **ret) _must_check_;
int private_key_public(EVP_PKEY *key, Algorithm algorithm, PublicKey *ret) _must_check_;
/* Raw r || s over the message; SM2 with the id 1234567812345678. */
int private_key_sign(EVP_PKEY *key, Algorithm algorithm, Bytes message, Signature *ret) _must_check_;

/* -EBADMSG when the point is not one of the curve. Owned by the caller. */
int public_key_load(const PublicKey *key, EVP_PKEY **ret) _must_check_;
