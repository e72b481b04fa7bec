/* SPDX-License-Identifier: Apache-2.0 */
/* Password hashes as text: "scrypt$32768$8$1$SALT$KEY" or "pbkdf2-sm3$600000$SALT$KEY", hex. What stands in
 * the text is checked against bounds before it costs anything: a changed row must not become a way to stop
 * the node. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <node/error.h>
#include <node/text.h>

#include "fetch.h"

#define SALT_BYTES 16
#define KEY_BYTES 32
#define PASSWORD_BYTES_MAX 1024

#define SCRYPT_N 32768
#define SCRYPT_N_MAX (1 << 17)
#define SCRYPT_R 8
#define SCRYPT_R_MAX 16
#define SCRYPT_P 1
#define SCRYPT_P_MAX 4
/* The library's own cap of 32 MiB refuses N = 2^15 with r = 8. */
#define SCRYPT_MEMORY_BYTES_MAX (UINT64_C(512) << 20)

#define PBKDF2_ROUNDS 600000
#define PBKDF2_ROUNDS_MAX 5000000

typedef struct Recipe {
        PasswordMethod method;
        uint64_t n; /* scrypt N, or rounds */
        uint64_t r, p;
        uint8_t salt[SALT_BYTES];
} Recipe;

static int derive(EVP_KDF *kdf, const OSSL_PARAM *parameters, uint8_t ret[static KEY_BYTES]) {
        _cleanup_(EVP_KDF_CTX_freep) EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);

        if (!context)
                return -ENOMEM;
        return EVP_KDF_derive(context, ret, KEY_BYTES, parameters) == 1 ? 0 : -ENOMEM;
}

static int recipe_derive(const Recipe *recipe, const char *password, uint8_t ret[static KEY_BYTES]) {
        uint64_t n = recipe->n, memory = SCRYPT_MEMORY_BYTES_MAX;
        uint32_t r = (uint32_t) recipe->r, p = (uint32_t) recipe->p;
        int pkcs5 = 1; /* bounds are ours: recipe_parse() */
        size_t size = strlen(password);
        /* The library takes a NULL pointer with length 0 for "no password". */
        OSSL_PARAM pass =
                OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, (char *) password, size);
        OSSL_PARAM salt =
                OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (uint8_t *) recipe->salt, SALT_BYTES);

        if (recipe->method == PASSWORD_SCRYPT)
                return derive(fetched()->scrypt,
                        (OSSL_PARAM[]){
                                pass,
                                salt,
                                OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
                                OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
                                OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
                                OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
                                OSSL_PARAM_construct_end(),
                        },
                        ret);
        return derive(fetched()->pbkdf2,
                (OSSL_PARAM[]){
                        pass,
                        salt,
                        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_ITER, &n),
                        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *) "SM3", 0),
                        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_PKCS5, &pkcs5),
                        OSSL_PARAM_construct_end(),
                },
                ret);
}

int password_hash(PasswordMethod method, const char *password, char ret[static PASSWORD_HASH_MAX]) {
        Recipe recipe = { .method = method };
        uint8_t key[KEY_BYTES];
        char salt_hex[2 * SALT_BYTES + 1], key_hex[2 * KEY_BYTES + 1];

        if ((method != PASSWORD_SCRYPT && method != PASSWORD_PBKDF2_SM3) || !password ||
                strlen(password) > PASSWORD_BYTES_MAX)
                return -EINVAL;
        if (RAND_bytes(recipe.salt, SALT_BYTES) != 1)
                return -EIO;
        recipe.n = method == PASSWORD_SCRYPT ? SCRYPT_N : PBKDF2_ROUNDS;
        recipe.r = SCRYPT_R;
        recipe.p = SCRYPT_P;
        int r = recipe_derive(&recipe, password, key);
        if (r < 0)
                return r;
        hex_encode(recipe.salt, SALT_BYTES, salt_hex);
        hex_encode(key, KEY_BYTES, key_hex);
        OPENSSL_cleanse(key, sizeof(key));
        if (method == PASSWORD_SCRYPT)
                snprintf(ret, PASSWORD_HASH_MAX, "scrypt$%d$%d$%d$%s$%s", SCRYPT_N, SCRYPT_R, SCRYPT_P,
                        salt_hex, key_hex);
        else
                snprintf(ret, PASSWORD_HASH_MAX, "pbkdf2-sm3$%d$%s$%s", PBKDF2_ROUNDS, salt_hex, key_hex);
        return 0;
}

static int number_bounded(const char *text, int64_t max, uint64_t *ret) {
        int64_t number;

        if (!text || integer_parse(text, &number) < 0 || number < 1 || number > max)
                return -EMALFORMED_;
        *ret = (uint64_t) number;
        return 0;
}

static int recipe_parse(char *text, Recipe *ret, uint8_t ret_key[static KEY_BYTES]) {
        char *rest = NULL, *method = strtok_r(text, "$", &rest), *salt, *key;

        if (!method)
                return -EMALFORMED_;
        if (strcmp(method, "scrypt") == 0) {
                ret->method = PASSWORD_SCRYPT;
                if (number_bounded(strtok_r(NULL, "$", &rest), SCRYPT_N_MAX, &ret->n) < 0 ||
                        (ret->n & (ret->n - 1)) != 0 || ret->n < 2 ||
                        number_bounded(strtok_r(NULL, "$", &rest), SCRYPT_R_MAX, &ret->r) < 0 ||
                        number_bounded(strtok_r(NULL, "$", &rest), SCRYPT_P_MAX, &ret->p) < 0)
                        return -EMALFORMED_;
        } else if (strcmp(method, "pbkdf2-sm3") == 0) {
                ret->method = PASSWORD_PBKDF2_SM3;
                if (number_bounded(strtok_r(NULL, "$", &rest), PBKDF2_ROUNDS_MAX, &ret->n) < 0)
                        return -EMALFORMED_;
        } else
                return -EMALFORMED_;
        salt = strtok_r(NULL, "$", &rest);
        key = strtok_r(NULL, "$", &rest);
        if (!salt || !key || strtok_r(NULL, "$", &rest) || strlen(salt) != 2 * SALT_BYTES ||
                strlen(key) != 2 * KEY_BYTES)
                return -EMALFORMED_;
        if (hex_decode(salt, ret->salt, SALT_BYTES) < 0 || hex_decode(key, ret_key, KEY_BYTES) < 0)
                return -EMALFORMED_;
        return 0;
}

int password_verify(const char *hash, const char *password) {
        char text[PASSWORD_HASH_MAX];
        Recipe recipe = { 0 };
        uint8_t expected[KEY_BYTES], key[KEY_BYTES];

        if (!hash || !password || strlen(hash) >= sizeof(text))
                return -EMALFORMED_;
        if (strlen(password) > PASSWORD_BYTES_MAX)
                return -EBADMSG;
        memcpy(text, hash, strlen(hash) + 1);
        int r = recipe_parse(text, &recipe, expected);
        if (r < 0)
                return r;
        r = recipe_derive(&recipe, password, key);
        if (r < 0)
                return r;
        r = CRYPTO_memcmp(key, expected, KEY_BYTES) == 0 ? 0 : -EBADMSG;
        OPENSSL_cleanse(key, sizeof(key));
        return r;
}
