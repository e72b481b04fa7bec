/* SPDX-License-Identifier: Apache-2.0 */
/* Published and measured vectors: whoever changes a byte of these formats makes every old signature
 * worthless. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/core_names.h>

#include <node/text.h>

#include "digest.h"
#include "fetch.h"
#include "private-key.h"
#include "seal.h"
#include "shamir.h"

static void expect_hex(const void *data, size_t size, const char *expected) {
        char hex[256];

        hex_encode(data, size, hex);
        assert_string_equal(hex, expected);
}

static void test_sm3(void **state) {
        Digest digest;

        assert_int_equal(digest_compute(DIGEST_SM3, "abc", 3, &digest), 0);
        expect_hex(digest.bytes, 32, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assert_int_equal(digest_compute((DigestKind) 9, "abc", 3, &digest), -EINVAL);
}

static void test_sha256(void **state) {
        Digest digest;

        assert_int_equal(digest_compute(DIGEST_SHA256, NULL, 0, &digest), 0);
        expect_hex(digest.bytes, 32, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void test_digest_pieces(void **state) {
        DigestState *pieces = digest_new(DIGEST_SM3);
        Digest digest, whole;

        assert_non_null(pieces);
        digest_update(pieces, "a", 1);
        digest_update(pieces, NULL, 0);
        digest_update(pieces, "bc", 2);
        digest_final(pieces, &digest);
        digest_free(pieces);
        assert_int_equal(digest_compute(DIGEST_SM3, "abc", 3, &whole), 0);
        assert_true(digest_equal(&digest, &whole));
        whole.bytes[31] ^= 1;
        assert_false(digest_equal(&digest, &whole));
}

static void test_hmac_sm3(void **state) {
        uint8_t key[16];
        Digest digest;

        assert_int_equal(hex_decode("0123456789abcdeffedcba9876543210", key, sizeof(key)), 0);
        assert_int_equal(hmac_compute(DIGEST_SM3, (Bytes){ key, sizeof(key) },
                                 (Bytes[]){ bytes_text("a"), bytes_text(""), bytes_text("bc") }, 3, &digest),
                0);
        expect_hex(digest.bytes, 32, "28d8a61be67d8bf7652c4eda7092b612f88be62184f55005c57ddf076e764199");

        HmacKey *ready = hmac_key_new(DIGEST_SM3, (Bytes){ key, sizeof(key) });
        assert_non_null(ready);
        for (int i = 0; i < 2; i++) { /* the second use starts anew */
                digest = (Digest){ 0 };
                assert_int_equal(hmac_keyed(ready, (Bytes[]){ bytes_text("abc") }, 1, &digest), 0);
                expect_hex(digest.bytes, 32,
                        "28d8a61be67d8bf7652c4eda7092b612f88be62184f55005c57ddf076e764199");
        }
        hmac_key_free(ready);
}

/* One block of SM4 in counter mode over zeros is SM4-ECB of the counter: the published block shows. */
static void test_sm4(void **state) {
        uint8_t key[16], zeros[16] = { 0 }, out[32];
        int size = 0;
        EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();

        assert_int_equal(hex_decode("0123456789abcdeffedcba9876543210", key, sizeof(key)), 0);
        assert_int_equal(EVP_EncryptInit_ex2(context, fetched()->sm4_ctr, key, key, NULL), 1);
        assert_int_equal(EVP_EncryptUpdate(context, out, &size, zeros, sizeof(zeros)), 1);
        EVP_CIPHER_CTX_free(context);
        assert_int_equal(size, 16);
        expect_hex(out, 16, "681edf34d206965e86b3e94f536e4246");
}

static void test_pbkdf2_sm3(void **state) {
        uint64_t rounds = 1000;
        int pkcs5 = 1;
        uint8_t key[32];
        OSSL_PARAM parameters[] = {
                OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, (char *) "password", 8),
                OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (char *) "salt", 4),
                OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_ITER, &rounds),
                OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *) "SM3", 0),
                OSSL_PARAM_construct_int(OSSL_KDF_PARAM_PKCS5, &pkcs5),
                OSSL_PARAM_construct_end(),
        };
        EVP_KDF_CTX *context = EVP_KDF_CTX_new(fetched()->pbkdf2);

        assert_int_equal(EVP_KDF_derive(context, key, sizeof(key), parameters), 1);
        EVP_KDF_CTX_free(context);
        expect_hex(key, sizeof(key), "e8b635a41dfe5aaab7cf828cff6f3608e22cac59ba16edd70e000b293d00bc91");
}

#define FOREIGN_POINT                                                                                       \
        "04cb0a0af57b9c8d57300c7f5a5b8742c65a6c57098da4b09731415a0770dc185c"                                \
        "364af9a1957188b4542a73b9becdd1af9bd33b5a993f78f151b785936f3007b1"
#define FOREIGN_SIGNATURE                                                                                   \
        "5623ab102ed2fe53ede6fa2e07f244925bf5b1eaf13cf48c8600768ace7bff55"                                  \
        "0c8fb88935fc9c435631ab9ded19539e1c6b14a88768766c824c331ebb669dbb"

static const Algorithm algorithms[] = { ALGORITHM_SM2_SM3, ALGORITHM_P256_SHA256 };

static void test_signature(void **state) {
        for (size_t i = 0; i < ELEMENTSOF(algorithms); i++) {
                EVP_PKEY *key = NULL, *again = NULL;
                Algorithm algorithm;
                PublicKey public_key, wrong;
                Signature signature;
                char *pem = NULL;
                size_t size;

                assert_int_equal(private_key_generate(algorithms[i], &key), 0);
                assert_int_equal(private_key_public(key, algorithms[i], &public_key), 0);
                assert_int_equal(private_key_sign(key, algorithms[i], bytes_text("batch"), &signature), 0);
                assert_int_equal(signature_verify(&public_key, "batch", 5, &signature), 0);
                assert_int_equal(signature_verify(&public_key, "batcH", 5, &signature), -EBADMSG);
                assert_int_equal(signature_verify(&public_key, "batch", 4, &signature), -EBADMSG);
                for (size_t at = 0; at < sizeof(signature.bytes); at += 9) {
                        Signature changed = signature;
                        changed.bytes[at] ^= 0x20;
                        assert_int_equal(signature_verify(&public_key, "batch", 5, &changed), -EBADMSG);
                }
                wrong = public_key;
                wrong.point[64] ^= 1;
                assert_int_equal(signature_verify(&wrong, "batch", 5, &signature), -EBADMSG);
                wrong = public_key;
                wrong.algorithm = algorithms[1 - i];
                assert_true(signature_verify(&wrong, "batch", 5, &signature) < 0);
                wrong.algorithm = 7;
                assert_int_equal(signature_verify(&wrong, "batch", 5, &signature), -EOPNOTSUPP);

                /* a key read back from its file is the same kind of key, not plain ECDSA on another curve */
                assert_int_equal(private_key_format(key, &pem, &size), 0);
                assert_int_equal(private_key_parse(pem, size, &again, &algorithm), 0);
                assert_int_equal(algorithm, algorithms[i]);
                assert_int_equal(private_key_sign(again, algorithm, bytes_text("later"), &signature), 0);
                assert_int_equal(signature_verify(&public_key, "later", 5, &signature), 0);
                OPENSSL_free(pem);
                EVP_PKEY_free(key);
                EVP_PKEY_free(again);
        }
}

/* Made with `openssl pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678`, so that our id and
 * our raw form are shown to be everybody's. */
static void test_foreign_sm2(void **state) {
        PublicKey key = { .algorithm = ALGORITHM_SM2_SM3 };
        Signature signature;

        assert_int_equal(hex_decode(FOREIGN_POINT, key.point, sizeof(key.point)), 0);
        assert_int_equal(hex_decode(FOREIGN_SIGNATURE, signature.bytes, sizeof(signature.bytes)), 0);
        assert_int_equal(signature_verify(&key, "fundnode", 8, &signature), 0);
        assert_int_equal(signature_verify(&key, "fundnodf", 8, &signature), -EBADMSG);
}

static void test_seal(void **state) {
        static const SealMethod methods[] = { SEAL_SM4_CTR_HMAC_SM3, SEAL_AES_256_GCM };
        uint8_t master[MASTER_KEY_BYTES] = { 1, 2, 3 }, nonce[SEAL_NONCE_BYTES] = { 9 };
        Bytes place = bytes_text("vault 42"), other = bytes_text("vault 43"),
              plain = bytes_text("990000199001011234");
        Arena *arena = arena_new(1 << 20);

        for (size_t i = 0; i < ELEMENTSOF(methods); i++) {
                SealKey key, stranger;
                Bytes sealed, opened;

                assert_int_equal(seal_key_derive(methods[i], master, &key), 0);
                assert_int_equal(seal_bytes(&key, nonce, place, plain, arena, &sealed), 0);
                assert_null(memmem(sealed.data, sealed.size, "990000", 6));
                assert_int_equal(open_bytes(&key, place, sealed, arena, &opened), 0);
                assert_int_equal(opened.size, plain.size);
                assert_memory_equal(opened.data, plain.data, plain.size);
                assert_int_equal(open_bytes(&key, other, sealed, arena, &opened), -EBADMSG);
                for (size_t at = 0; at < sealed.size; at++) {
                        uint8_t *changed = arena_copy(arena, sealed.data, sealed.size);
                        changed[at] ^= 1;
                        assert_int_equal(
                                open_bytes(&key, place, (Bytes){ changed, sealed.size }, arena, &opened),
                                -EBADMSG);
                        assert_int_equal(open_bytes(&key, place, (Bytes){ sealed.data, at }, arena, &opened),
                                -EBADMSG);
                }
                master[0] ^= 1;
                assert_int_equal(seal_key_derive(methods[i], master, &stranger), 0);
                assert_int_equal(open_bytes(&stranger, place, sealed, arena, &opened), -EBADMSG);
                seal_key_done(&stranger);
                assert_int_equal(seal_key_derive(methods[1 - i], master, &stranger), 0);
                assert_int_equal(open_bytes(&stranger, place, sealed, arena, &opened), -EBADMSG);
                assert_int_equal(seal_bytes(&key, nonce, place, (Bytes){ NULL, 0 }, arena, &sealed), 0);
                assert_int_equal(open_bytes(&key, place, sealed, arena, &opened), 0);
                assert_int_equal(opened.size, 0);
                seal_key_done(&stranger);
                seal_key_done(&key);
        }
        arena_free(arena);
}

static void test_shamir(void **state) {
        uint8_t secret[SHARE_BYTES], random[SHARE_BYTES], shares[SHARES][SHARE_BYTES], found[SHARE_BYTES];

        for (int i = 0; i < SHARE_BYTES; i++) {
                secret[i] = (uint8_t) (i * 37 + 11);
                random[i] = (uint8_t) (255 - i * 53);
        }
        shamir_split(secret, random, shares);
        for (int a = 0; a < SHARES; a++)
                for (int b = 0; b < SHARES; b++) {
                        int r = shamir_combine(shares[a], a + 1, shares[b], b + 1, found);
                        assert_int_equal(r, a == b ? -EINVAL : 0);
                        if (a != b)
                                assert_memory_equal(found, secret, SHARE_BYTES);
                }
        assert_int_equal(shamir_combine(shares[0], 0, shares[1], 2, found), -EINVAL);
        assert_memory_not_equal(shares[0], secret, SHARE_BYTES);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_sm3),
                cmocka_unit_test(test_sha256),
                cmocka_unit_test(test_digest_pieces),
                cmocka_unit_test(test_hmac_sm3),
                cmocka_unit_test(test_sm4),
                cmocka_unit_test(test_pbkdf2_sm3),
                cmocka_unit_test(test_signature),
                cmocka_unit_test(test_foreign_sm2),
                { "sealed fields: round trip, place, tampering [14.3.1]", test_seal, NULL, NULL, NULL },
                cmocka_unit_test(test_shamir),
        };

        return cmocka_run_group_tests_name("crypto::vectors", tests, NULL, NULL);
}
