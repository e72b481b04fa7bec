/* SPDX-License-Identifier: Apache-2.0 */
/* Tables for the rules of deposits: vectors of the worked numbers of assessment. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <node/error.h>

#include "deposit-domain.h"

static void assessed_half_up(void **state) {
        static const struct {
                int64_t per_m2, area, owed;
        } table[] = {
                { 8000, 8937, 714960 },
                { 4000, 6105, 244200 },
                { 11100, 9876, 1096236 },
                { 5550, 7777, 431624 },
                { 2580, 5833, 150491 },
                { 8000, 12055, 964400 },
                { 8000, 6105, 488400 },
                { 8000, 4500, 360000 },
                { 8000, 10037, 802960 },
        };
        Money owed = { 1 };

        for (size_t i = 0; i < ELEMENTSOF(table); i++) {
                assert_int_equal(
                        assessment_owed((Money){ table[i].per_m2 }, (Area){ table[i].area }, &owed), 0);
                assert_int_equal(owed.fen, table[i].owed);
        }
        owed.fen = 1;
        assert_int_equal(assessment_owed((Money){ 0 }, (Area){ 8937 }, &owed), -EINVAL);
        assert_int_equal(assessment_owed((Money){ 8000 }, (Area){ 0 }, &owed), -EINVAL);
        assert_int_equal(assessment_owed((Money){ INT64_MAX }, (Area){ 8937 }, &owed), -EOVERFLOW);
        assert_int_equal(owed.fen, 1);
}

static void standard_from_price(void **state) {
        Money standard = { 1 };

        assert_int_equal(standard_of_price((Money){ 185000 }, 600, &standard), 0);
        assert_int_equal(standard.fen, 11100);
        assert_int_equal(standard_of_price((Money){ 129000 }, 200, &standard), 0);
        assert_int_equal(standard.fen, 2580);
        assert_int_equal(standard_of_price((Money){ 0 }, 200, &standard), -EINVAL);
        assert_int_equal(standard_of_price((Money){ INT64_MAX }, 200, &standard), -EOVERFLOW);
        assert_int_equal(standard.fen, 2580);
}

static int chosen(const StandardChoice *standards, size_t n, const HouseholdFacts *household, int32_t on) {
        size_t index;

        return standard_choose(standards, n, household, (Date){ on }, &index) < 0 ? -1 : (int) index;
}

static void narrowest_standard_counts(void **state) {
        static const StandardChoice standards[] = {
                { { 0 }, "", CLASS_ANY, { 4000 }, { 20080201 }, { 0 } },
                { { 0 }, "", CLASS_ELEVATOR, { 8000 }, { 20080201 }, { 0 } },
                { { 0 }, "510100", CLASS_ANY, { 5000 }, { 20080201 }, { 0 } },
                { { 0 }, "510129", CLASS_ANY, { 6000 }, { 20080201 }, { 20191231 } },
                { { 0 }, "510129", CLASS_ANY, { 7000 }, { 20200101 }, { 0 } },
                { { 77 }, "", CLASS_ANY, { 9000 }, { 20080201 }, { 0 } },
        };
        const HouseholdFacts stairs = { { 1 }, "510129", false }, own = { { 77 }, "510129", true };
        const HouseholdFacts elsewhere = { { 1 }, "320102", true }, neighbour = { { 1 }, "510104", true };

        assert_int_equal(chosen(standards, 6, &stairs, 20261123), 4);
        assert_int_equal(chosen(standards, 6, &stairs, 20191231), 3);
        assert_int_equal(chosen(standards, 6, &stairs, 20200101), 4);
        assert_int_equal(chosen(standards, 6, &own, 20261123), 5);
        assert_int_equal(chosen(standards, 6, &elsewhere, 20261123), 1);
        assert_int_equal(chosen(standards, 6, &neighbour, 20261123), 2);
        assert_int_equal(chosen(standards, 6, &stairs, 20080131), -1);
        assert_int_equal(chosen(standards + 1, 1, &stairs, 20261123), -1);
}

static void notice_texts(void **state) {
        char number[NOTICE_NUMBER_MAX], qr[NOTICE_QR_MAX];

        notice_number_format(2026, 1, number);
        assert_string_equal(number, "2026-000001");
        notice_number_format(2026, 99999999, number);
        assert_string_equal(number, "2026-99999999");
        notice_qr_format(510129, "2026-000001", (Money){ 714960 }, qr);
        assert_string_equal(qr, "FN1;N;510129;2026-000001;714960");
}

static void voucher_sources(void **state) {
        assert_string_equal(payment_voucher_source(KIND_FIRST), VOUCHER_SOURCE_FIRST_PAYMENT);
        assert_string_equal(payment_voucher_source("02"), "02");
        assert_string_equal(payment_voucher_source("05"), "09");
        assert_true(deposit_voucher_source("01"));
        assert_false(deposit_voucher_source("50"));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "assessed half up to the fen [5.2.1.1]", assessed_half_up, NULL, NULL, NULL },
                { "a standard as a share of the price [5.2.1.1]", standard_from_price, NULL, NULL, NULL },
                { "the narrowest standard of the day counts [5.2.1.1]", narrowest_standard_counts, NULL,
                        NULL, NULL },
                { "number and code of a notice [5.1.3]", notice_texts, NULL, NULL, NULL },
                { "kinds of payment in the books [5.1.2]", voucher_sources, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests_name("deposit domain", tests, NULL, NULL);
}
