/* SPDX-License-Identifier: Apache-2.0 */
/* See sm2-key.h. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <node/text.h>

#include "sm2-key.h"

struct Sm2Key {
        EVP_PKEY *pkey;
};

Sm2Key *sm2_key_new(void) {
        Sm2Key *key = calloc(1, sizeof(*key));

        assert_non_null(key);
        key->pkey = EVP_PKEY_Q_keygen(NULL, NULL, "SM2");
        assert_non_null(key->pkey);
        return key;
}

void sm2_key_free(Sm2Key *key) {
        EVP_PKEY_free(key->pkey);
        free(key);
}

void sm2_key_point(const Sm2Key *key, char ret_hex[static SM2_POINT_HEX_MAX]) {
        uint8_t point[65];
        size_t size = 0;

        assert_int_equal(EVP_PKEY_get_octet_string_param(
                                 key->pkey, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point), &size),
                1);
        assert_int_equal(size, sizeof(point));
        hex_encode(point, sizeof(point), ret_hex);
}

void sm2_key_sign(const Sm2Key *key, const char *text, char ret_hex[static SM2_SIGNATURE_HEX_MAX]) {
        static const char id[] = "1234567812345678";
        EVP_MD_CTX *context = EVP_MD_CTX_new();
        EVP_PKEY_CTX *inner = NULL;
        uint8_t der[80], raw[64];
        const uint8_t *at = der;
        size_t size = sizeof(der);

        assert_int_equal(EVP_DigestSignInit(context, &inner, EVP_sm3(), NULL, key->pkey), 1);
        assert_int_equal(EVP_PKEY_CTX_set1_id(inner, id, (int) strlen(id)), 1);
        assert_int_equal(EVP_DigestSign(context, der, &size, (const uint8_t *) text, strlen(text)), 1);
        ECDSA_SIG *signature = d2i_ECDSA_SIG(NULL, &at, (long) size);
        assert_non_null(signature);
        assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_r(signature), raw, 32), 32);
        assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_s(signature), raw + 32, 32), 32);
        hex_encode(raw, sizeof(raw), ret_hex);
        ECDSA_SIG_free(signature);
        EVP_MD_CTX_free(context);
}
