/* SPDX-License-Identifier: Apache-2.0 */
/* Password texts: the measured vector of PBKDF2 with SM3, both methods round, and rows that try to cost too
 * much. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <node/crypto.h>
#include <node/error.h>

#define SALT "000102030405060708090a0b0c0d0e0f"
#define KEY "304c324b5c73584d3af229f224b9c0c2a7e8541ad99e976d46182125f3843f0d"
#define VECTOR_PBKDF2 "pbkdf2-sm3$1000$" SALT "$" KEY
#define VECTOR_SCRYPT                                                                                       \
        "scrypt$1024$8$1$" SALT "$3a7c0782a4dbdf543acd7c522fe853d9b34abb8af27a5c6597488cdf228140b5"

static void test_round(void **state) {
        static const PasswordMethod methods[] = { PASSWORD_SCRYPT, PASSWORD_PBKDF2_SM3 };

        for (size_t i = 0; i < ELEMENTSOF(methods); i++) {
                char hash[PASSWORD_HASH_MAX], again[PASSWORD_HASH_MAX];

                assert_int_equal(password_hash(methods[i], "Correct-Horse-9", hash), 0);
                assert_int_equal(password_hash(methods[i], "Correct-Horse-9", again), 0);
                assert_string_not_equal(hash, again);
                assert_null(strstr(hash, "Horse"));
                assert_int_equal(password_verify(hash, "Correct-Horse-9"), 0);
                assert_int_equal(password_verify(hash, "correct-Horse-9"), -EBADMSG);
                assert_int_equal(password_verify(hash, ""), -EBADMSG);
                hash[strlen(hash) - 1] ^= 1;
                assert_true(password_verify(hash, "Correct-Horse-9") < 0);
        }
}

/* "password", salt of 16 bytes, few rounds: computed apart with Python's hashlib over the same library. */
static void test_vectors(void **state) {
        assert_int_equal(password_verify(VECTOR_PBKDF2, "password"), 0);
        assert_int_equal(password_verify(VECTOR_PBKDF2, "Password"), -EBADMSG);
        assert_int_equal(password_verify(VECTOR_SCRYPT, "password"), 0);
        assert_int_equal(password_verify(VECTOR_SCRYPT, "Password"), -EBADMSG);
}

static void test_malformed(void **state) {
        static const char *const texts[] = {
                "",
                "plain",
                "scrypt",
                "scrypt$32768$8$1$00",
                "scrypt$32767$8$1$" SALT "$" KEY,
                "scrypt$1073741824$8$1$" SALT "$" KEY,
                "scrypt$32768$800$1$" SALT "$" KEY,
                "scrypt$32768$8$99$" SALT "$" KEY,
                "pbkdf2-sm3$0$" SALT "$" KEY,
                "pbkdf2-sm3$99999999999$" SALT "$" KEY,
                "pbkdf2-sm3$1000$" SALT "$" KEY "$more",
                "pbkdf2-sm3$1000$zz" SALT "$" KEY,
                "md5$1000$" SALT "$" KEY,
        };

        for (size_t i = 0; i < ELEMENTSOF(texts); i++)
                assert_int_equal(password_verify(texts[i], "password"), -EMALFORMED_);
        assert_int_equal(password_verify(NULL, "password"), -EMALFORMED_);
}

static void test_arguments(void **state) {
        char hash[PASSWORD_HASH_MAX], large[2000];

        memset(large, 'x', sizeof(large) - 1);
        large[sizeof(large) - 1] = 0;
        assert_int_equal(password_hash((PasswordMethod) 3, "x", hash), -EINVAL);
        assert_int_equal(password_hash(PASSWORD_SCRYPT, large, hash), -EINVAL);
        assert_int_equal(password_verify(VECTOR_PBKDF2, large), -EBADMSG);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "both methods, round and wrong [14.3.1]", test_round, NULL, NULL, NULL },
                cmocka_unit_test(test_vectors),
                cmocka_unit_test(test_malformed),
                cmocka_unit_test(test_arguments),
        };

        return cmocka_run_group_tests_name("crypto::password", tests, NULL, NULL);
}
