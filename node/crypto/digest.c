/* SPDX-License-Identifier: Apache-2.0 */
/* Digests, and the keyed digest that everything symmetric here is built of. */

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>

#include "digest.h"
#include "fetch.h"

struct DigestState {
        EVP_MD_CTX *context;
};

DigestState *digest_new(DigestKind kind) {
        DigestState *state = calloc(1, sizeof(*state));

        if (!state)
                return NULL;
        state->context = EVP_MD_CTX_new();
        if (!state->context || EVP_DigestInit_ex2(state->context, fetched_digest(kind), NULL) != 1)
                return digest_free(state);
        return state;
}

DigestState *digest_free(DigestState *state) {
        if (!state)
                return NULL;
        EVP_MD_CTX_free(state->context);
        free(state);
        return NULL;
}

void digest_update(DigestState *state, const void *data, size_t size_bytes) {
        if (size_bytes == 0)
                return;
        int good = EVP_DigestUpdate(state->context, data, size_bytes);
        assert(good == 1);
        (void) good;
}

void digest_final(DigestState *state, Digest *ret) {
        int good = EVP_DigestFinal_ex(state->context, ret->bytes, NULL);
        assert(good == 1);
        (void) good;
}

int digest_compute(DigestKind kind, const void *data, size_t size_bytes, Digest *ret) {
        if (kind != DIGEST_SM3 && kind != DIGEST_SHA256)
                return -EINVAL;
        if (EVP_Digest(size_bytes ? data : "", size_bytes, ret->bytes, NULL, fetched_digest(kind), NULL) !=
                1)
                return -ENOMEM;
        return 0;
}

bool digest_equal(const Digest *a, const Digest *b) {
        return CRYPTO_memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

struct HmacKey {
        pthread_mutex_t mutex;
        EVP_MAC_CTX *context;
};

HmacKey *hmac_key_new(DigestKind kind, Bytes secret) {
        OSSL_PARAM parameters[] = {
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *) digest_kind_name(kind), 0),
                OSSL_PARAM_construct_end(),
        };
        HmacKey *key = calloc(1, sizeof(*key));

        if (!key)
                return NULL;
        pthread_mutex_init(&key->mutex, NULL);
        key->context = EVP_MAC_CTX_new(fetched()->hmac);
        if (key->context && EVP_MAC_init(key->context, secret.data, secret.size, parameters) == 1)
                return key;
        return hmac_key_free(key);
}

HmacKey *hmac_key_free(HmacKey *key) {
        if (!key)
                return NULL;
        EVP_MAC_CTX_free(key->context);
        pthread_mutex_destroy(&key->mutex);
        free(key);
        return NULL;
}

/* Without a key the context begins anew with the one it has: cheaper than a copy of it for each message. */
int hmac_keyed(HmacKey *key, const Bytes *parts, size_t n_parts, Digest *ret) {
        size_t size = 0;

        pthread_mutex_lock(&key->mutex);
        bool good = EVP_MAC_init(key->context, NULL, 0, NULL) == 1;
        for (size_t i = 0; good && i < n_parts; i++)
                good = parts[i].size == 0 || EVP_MAC_update(key->context, parts[i].data, parts[i].size) == 1;
        good = good && EVP_MAC_final(key->context, ret->bytes, &size, sizeof(ret->bytes)) == 1 &&
               size == sizeof(ret->bytes);
        pthread_mutex_unlock(&key->mutex);
        return good ? 0 : -ENOMEM;
}

int hmac_compute(DigestKind kind, Bytes secret, const Bytes *parts, size_t n_parts, Digest *ret) {
        HmacKey *key = hmac_key_new(kind, secret);
        int r = key ? hmac_keyed(key, parts, n_parts, ret) : -ENOMEM;

        hmac_key_free(key);
        return r;
}
