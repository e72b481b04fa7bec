/* SPDX-License-Identifier: Apache-2.0 */
/* See recovery.h. Layout of a sealed segment: method 3, version 1, envelope length (2 bytes), envelope,
 * sealed bytes. A share's text carries the public point it belongs to and a check over all of it, so that a
 * slip of the pen or shares of two different keys are told apart before anything is tried. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <node/text.h>

#include "digest.h"
#include "fetch.h"
#include "private-key.h"
#include "recovery.h"
#include "seal.h"

#define ENVELOPE_BYTES_MAX 256
#define ENVELOPE_HEAD_BYTES 4
#define SHARE_TITLE "fundnode-recovery-share-1"

const char *const share_holders[SHARES] = { "office", "city", "province" };

struct RecoveryKey {
        EVP_PKEY *key;
};

typedef struct Share {
        int x;
        PublicKey public_key;
        uint8_t bytes[SHARE_BYTES];
} Share;

static int share_format(const Share *share, char ret[static SHARE_TEXT_MAX]) {
        char point[2 * sizeof(share->public_key.point) + 1], bytes[2 * SHARE_BYTES + 1], check[9];
        Digest digest;

        hex_encode(share->public_key.point, sizeof(share->public_key.point), point);
        hex_encode(share->bytes, SHARE_BYTES, bytes);
        int size = snprintf(ret, SHARE_TEXT_MAX, SHARE_TITLE " %d %s %s ", share->x, point, bytes);
        int r = digest_compute(DIGEST_SM3, ret, (size_t) size, &digest);
        if (r == 0) {
                hex_encode(digest.bytes, 4, check);
                snprintf(ret + size, SHARE_TEXT_MAX - (size_t) size, "%s\n", check);
        }
        OPENSSL_cleanse(bytes, sizeof(bytes));
        return r;
}

static int share_parse(const char *text, Share *ret) {
        char again[SHARE_TEXT_MAX], point[132], bytes[66], check[10];
        size_t size = text ? strlen(text) : 0;
        Share share = { .public_key.algorithm = ALGORITHM_SM2_SM3 };

        while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r' || text[size - 1] == ' '))
                size--;
        if (size >= SHARE_TEXT_MAX || sscanf(text ? text : "", SHARE_TITLE " %1d %131s %65s %9s", &share.x,
                                              point, bytes, check) != 4)
                return -EMALFORMED_;
        if (strlen(point) != 130 || strlen(bytes) != 64 ||
                hex_decode(point, share.public_key.point, 65) < 0 ||
                hex_decode(bytes, share.bytes, SHARE_BYTES) < 0)
                return -EMALFORMED_;
        int r = share_format(&share, again);
        if (r == 0)
                r = strlen(again) == size + 1 && memcmp(again, text, size) == 0 ? 0 : -EMALFORMED_;
        if (r == 0)
                *ret = share;
        OPENSSL_cleanse(again, sizeof(again));
        OPENSSL_cleanse(bytes, sizeof(bytes));
        OPENSSL_cleanse(&share, sizeof(share));
        return r;
}

static int scalar_split(
        const uint8_t *scalar, const PublicKey *public_key, char ret_shares[static SHARES][SHARE_TEXT_MAX]) {
        uint8_t random[SHARE_BYTES], shares[SHARES][SHARE_BYTES];
        int r = 0;

        if (RAND_priv_bytes(random, sizeof(random)) != 1)
                return -EIO;
        shamir_split(scalar, random, shares);
        for (int i = 0; i < SHARES && r == 0; i++) {
                Share share = { .x = i + 1, .public_key = *public_key };
                memcpy(share.bytes, shares[i], SHARE_BYTES);
                r = share_format(&share, ret_shares[i]);
                OPENSSL_cleanse(&share, sizeof(share));
        }
        OPENSSL_cleanse(random, sizeof(random));
        OPENSSL_cleanse(shares, sizeof(shares));
        return r;
}

int recovery_make(PublicKey *ret_public, char ret_shares[static SHARES][SHARE_TEXT_MAX]) {
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *key = NULL;
        uint8_t scalar[SCALAR_BYTES];
        PublicKey public_key;

        int r = private_key_generate(ALGORITHM_SM2_SM3, &key);
        if (r < 0)
                return r;
        r = private_key_public(key, ALGORITHM_SM2_SM3, &public_key);
        if (r < 0)
                return r;
        r = private_key_scalar(key, scalar);
        if (r == 0)
                r = scalar_split(scalar, &public_key, ret_shares);
        OPENSSL_cleanse(scalar, sizeof(scalar));
        if (r == 0)
                *ret_public = public_key;
        return r;
}

int recovery_key_combine(const char *share_a, const char *share_b, RecoveryKey **ret) {
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *key = NULL;
        uint8_t scalar[SCALAR_BYTES];
        Share a, b;

        int r = share_parse(share_a, &a);
        if (r == 0)
                r = share_parse(share_b, &b);
        if (r < 0)
                return r;
        if (memcmp(&a.public_key, &b.public_key, sizeof(a.public_key)) != 0)
                return -EBADMSG;
        r = shamir_combine(a.bytes, a.x, b.bytes, b.x, scalar);
        if (r == 0)
                r = private_key_from_scalar(scalar, &a.public_key, &key);
        OPENSSL_cleanse(scalar, sizeof(scalar));
        OPENSSL_cleanse(&a, sizeof(a));
        OPENSSL_cleanse(&b, sizeof(b));
        if (r < 0)
                return r;
        RecoveryKey *out = calloc(1, sizeof(*out));
        if (!out)
                return -ENOMEM;
        out->key = TAKE_PTR(key);
        *ret = out;
        return 0;
}

RecoveryKey *recovery_key_free(RecoveryKey *key) {
        if (key) {
                EVP_PKEY_free(key->key);
                free(key);
        }
        return NULL;
}

/* The random master of one segment, encrypted to the public half. */
static int envelope_make(
        const PublicKey *public_key, const uint8_t *master, uint8_t *ret, size_t *ret_size) {
        _cleanup_(EVP_PKEY_freep) EVP_PKEY *key = NULL;
        _cleanup_(EVP_PKEY_CTX_freep) EVP_PKEY_CTX *context = NULL;

        int r = public_key_load(public_key, &key);
        if (r < 0)
                return r;
        context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
        if (!context)
                return -ENOMEM;
        if (EVP_PKEY_encrypt_init(context) != 1 ||
                EVP_PKEY_encrypt(context, ret, ret_size, master, MASTER_KEY_BYTES) != 1)
                return -EIO;
        return 0;
}

int recovery_seal(const PublicKey *public_key, Bytes associated, Bytes plain, Arena *arena, Bytes *ret) {
        uint8_t master[MASTER_KEY_BYTES], nonce[SEAL_NONCE_BYTES], envelope[ENVELOPE_BYTES_MAX];
        size_t envelope_size = sizeof(envelope);
        SealKey key;
        Bytes inner;

        if (RAND_priv_bytes(master, sizeof(master)) != 1 || RAND_bytes(nonce, sizeof(nonce)) != 1)
                return -EIO;
        int r = envelope_make(public_key, master, envelope, &envelope_size);
        if (r == 0)
                r = seal_key_derive(SEAL_SM4_CTR_HMAC_SM3, master, &key);
        OPENSSL_cleanse(master, sizeof(master));
        if (r < 0)
                return r;
        r = seal_bytes(&key, nonce, associated, plain, arena, &inner);
        seal_key_done(&key);
        if (r < 0)
                return r;
        uint8_t *out = arena_alloc(arena, ENVELOPE_HEAD_BYTES + envelope_size + inner.size);
        if (!out)
                return -ENOMEM;
        out[0] = SEAL_SM2_ENVELOPE;
        out[1] = 1;
        out[2] = (uint8_t) (envelope_size >> 8);
        out[3] = (uint8_t) envelope_size;
        memcpy(out + ENVELOPE_HEAD_BYTES, envelope, envelope_size);
        memcpy(out + ENVELOPE_HEAD_BYTES + envelope_size, inner.data, inner.size);
        *ret = (Bytes){ out, ENVELOPE_HEAD_BYTES + envelope_size + inner.size };
        return 0;
}

int recovery_key_open(const RecoveryKey *key, Bytes associated, Bytes sealed, Arena *arena, Bytes *ret) {
        _cleanup_(EVP_PKEY_CTX_freep) EVP_PKEY_CTX *context = NULL;
        uint8_t master[ENVELOPE_BYTES_MAX];
        size_t master_size = sizeof(master);
        SealKey inner;

        if (sealed.size < ENVELOPE_HEAD_BYTES || sealed.data[0] != SEAL_SM2_ENVELOPE || sealed.data[1] != 1)
                return -EBADMSG;
        size_t envelope_size = (size_t) sealed.data[2] << 8 | sealed.data[3];
        if (envelope_size > ENVELOPE_BYTES_MAX || sealed.size - ENVELOPE_HEAD_BYTES < envelope_size)
                return -EBADMSG;
        const uint8_t *envelope = sealed.data + ENVELOPE_HEAD_BYTES;
        context = EVP_PKEY_CTX_new_from_pkey(NULL, key->key, NULL);
        if (!context || EVP_PKEY_decrypt_init(context) != 1)
                return -ENOMEM;
        if (EVP_PKEY_decrypt(context, master, &master_size, envelope, envelope_size) != 1 ||
                master_size != MASTER_KEY_BYTES)
                return -EBADMSG;
        int r = seal_key_derive(SEAL_SM4_CTR_HMAC_SM3, master, &inner);
        OPENSSL_cleanse(master, sizeof(master));
        if (r < 0)
                return r;
        r = open_bytes(&inner, associated,
                (Bytes){ envelope + envelope_size, sealed.size - ENVELOPE_HEAD_BYTES - envelope_size },
                arena, ret);
        seal_key_done(&inner);
        return r;
}
