/* SPDX-License-Identifier: Apache-2.0 */
/* The vectors of RFC 6238, appendix B. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <node/crypto.h>
#include <node/error.h>

static void test_vectors(void **state) {
        static const char seed[] = "1234567890123456789012345678901234567890123456789012345678901234";
        static const size_t sizes[] = { 0, 20, 32, 64 };
        static const struct {
                int64_t second;
                const char *codes[4];
        } cases[] = {
                { 59, { "", "94287082", "46119246", "90693936" } },
                { 1111111109, { "", "07081804", "68084774", "25091201" } },
                { 1111111111, { "", "14050471", "67062674", "99943326" } },
                { 1234567890, { "", "89005924", "91819424", "93441116" } },
                { 2000000000, { "", "69279037", "90698825", "38618901" } },
                { 20000000000, { "", "65353130", "77737706", "47863826" } },
        };
        char code[TOTP_CODE_MAX];

        for (size_t i = 0; i < ELEMENTSOF(cases); i++)
                for (int hash = TOTP_SHA1; hash <= TOTP_SHA512; hash++) {
                        Bytes secret = { (const uint8_t *) seed, sizes[hash] };

                        assert_int_equal(
                                totp_code((TotpHash) hash, secret, cases[i].second / 30, 8, code), 0);
                        assert_string_equal(code, cases[i].codes[hash]);
                        /* fewer digits are the last of the same number */
                        assert_int_equal(
                                totp_code((TotpHash) hash, secret, cases[i].second / 30, 6, code), 0);
                        assert_string_equal(code, cases[i].codes[hash] + 2);
                }
}

static void test_bounds(void **state) {
        Bytes secret = { (const uint8_t *) "12345678901234567890", 20 };
        char code[TOTP_CODE_MAX];

        assert_int_equal(totp_code(TOTP_SHA1, secret, 1, 5, code), -EINVAL);
        assert_int_equal(totp_code(TOTP_SHA1, secret, 1, 9, code), -EINVAL);
        assert_int_equal(totp_code(TOTP_SHA1, secret, -1, 6, code), -EINVAL);
        assert_int_equal(totp_code((TotpHash) 9, secret, 1, 6, code), -EINVAL);
        assert_int_equal(totp_code(TOTP_SHA1, (Bytes){ secret.data, 0 }, 1, 6, code), -EINVAL);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "one-time codes by the vectors of RFC 6238 [14.4.2A]", test_vectors, NULL, NULL, NULL },
                { "one-time codes: bounds [14.4.2A]", test_bounds, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests_name("crypto::totp", tests, NULL, NULL);
}
