/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates of the wire: own, issued, and those that must not pass. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <internal/transport-key.h>
#include <node/error.h>

#define FROM INT64_C(1795432283000)
#define UNTIL (FROM + TRANSPORT_DAYS * INT64_C(86400000))

static const char *self_signed(Arena *arena, int64_t office, const char **ret_key) {
        const char *pem = NULL;

        assert_int_equal(transport_key_make(arena, ret_key), 0);
        assert_int_equal(transport_certificate_issue(&(TransportIssue){ .office = office,
                                                             .from = { FROM },
                                                             .until = { UNTIL },
                                                             .issuer_key_pem = *ret_key,
                                                             .authority = true },
                                 arena, &pem),
                0);
        return pem;
}

static void test_self_signed(void **state) {
        Arena *arena = arena_new(1 << 20);
        const char *key;
        const char *pem = self_signed(arena, 510129, &key);
        TransportCertificate certificate;

        assert_int_equal(transport_certificate_read(pem, &certificate), 0);
        assert_int_equal(certificate.office, 510129);
        assert_int_equal(certificate.from.ms, FROM / 1000 * 1000);
        assert_int_equal(certificate.until.ms, UNTIL / 1000 * 1000);
        assert_int_equal(transport_certificate_verify(pem, pem, (Instant){ FROM + 1000 }), 0);
        assert_int_equal(transport_certificate_verify(pem, pem, (Instant){ FROM - 60000 }), -EBADMSG);
        assert_int_equal(transport_certificate_verify(pem, pem, (Instant){ UNTIL + 60000 }), -EBADMSG);
        arena_free(arena);
}

static void test_issued(void **state) {
        Arena *arena = arena_new(1 << 20);
        const char *city_key, *stranger_key, *county_key, *county_public, *pem, *other;
        const char *city = self_signed(arena, 5101, &city_key),
                   *stranger = self_signed(arena, 5101, &stranger_key);
        TransportCertificate a, b;

        assert_int_equal(transport_key_make(arena, &county_key), 0);
        assert_int_equal(transport_key_public(county_key, arena, &county_public), 0);
        assert_null(strstr(county_public, "PRIVATE"));
        TransportIssue issue = { .office = 510129,
                .from = { FROM },
                .until = { UNTIL },
                .issuer_key_pem = city_key,
                .issuer_pem = city,
                .public_pem = county_public };
        assert_int_equal(transport_certificate_issue(&issue, arena, &pem), 0);
        assert_int_equal(transport_certificate_verify(pem, city, (Instant){ FROM + 1000 }), 0);
        assert_int_equal(transport_certificate_verify(pem, stranger, (Instant){ FROM + 1000 }), -EBADMSG);
        assert_int_equal(transport_certificate_read(pem, &a), 0);
        assert_int_equal(a.office, 510129);
        assert_int_equal(transport_certificate_issue(&issue, arena, &other), 0);
        assert_int_equal(transport_certificate_read(other, &b), 0);
        assert_false(digest_equal(&a.fingerprint, &b.fingerprint));
        /* a county's certificate signs nobody */
        issue.issuer_key_pem = county_key;
        issue.issuer_pem = pem;
        assert_int_equal(transport_certificate_issue(&issue, arena, &other), 0);
        assert_int_equal(transport_certificate_verify(other, pem, (Instant){ FROM + 1000 }), -EBADMSG);
        arena_free(arena);
}

static void test_refused(void **state) {
        Arena *arena = arena_new(1 << 20);
        const char *city_key, *other_key, *other_public, *pem;
        const char *city = self_signed(arena, 5101, &city_key);
        TransportCertificate certificate;
        TransportIssue issue = {
                .office = 1, .from = { FROM }, .until = { FROM }, .issuer_key_pem = city_key
        };

        assert_int_equal(transport_certificate_issue(&issue, arena, &pem), -EINVAL);
        issue.until.ms = UNTIL;
        assert_int_equal(transport_key_make(arena, &other_key), 0);
        assert_int_equal(transport_key_public(other_key, arena, &other_public), 0);
        issue.public_pem = other_public;
        assert_int_equal(transport_certificate_issue(&issue, arena, &pem), -EINVAL);
        issue.issuer_key_pem = other_key;
        issue.issuer_pem = city;
        assert_int_equal(transport_certificate_issue(&issue, arena, &pem), -EINVAL);
        issue.issuer_key_pem = "no key";
        assert_int_equal(transport_certificate_issue(&issue, arena, &pem), -EMALFORMED_);
        assert_int_equal(transport_certificate_read("no certificate", &certificate), -EMALFORMED_);
        assert_int_equal(transport_certificate_verify("x", city, (Instant){ FROM }), -EMALFORMED_);
        arena_free(arena);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_self_signed),
                cmocka_unit_test(test_issued),
                cmocka_unit_test(test_refused),
        };

        return cmocka_run_group_tests_name("crypto::transport-key", tests, NULL, NULL);
}
