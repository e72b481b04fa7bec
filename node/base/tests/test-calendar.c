/* SPDX-License-Identifier: Apache-2.0 */
/* Dates, instants and identifiers. Identity numbers are the published examples of the standards or begin
 * 990000. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <node/clock.h>
#include <node/date.h>
#include <node/error.h>
#include <node/identifier.h>

static const Date today = { 20261123 };

static void test_days(void **state) {
        static const int good[][3] = { { 2024, 2, 29 }, { 2000, 2, 29 }, { 1900, 1, 1 }, { 2199, 12, 31 } };
        static const int bad[][3] = { { 2023, 2, 29 }, { 1900, 2, 29 }, { 2100, 2, 29 }, { 2024, 4, 31 },
                { 2024, 13, 1 }, { 2024, 0, 1 }, { 2024, 1, 0 }, { 1899, 12, 31 }, { 2200, 1, 1 },
                { 2024, 1, 32 } };
        Date date = { 42 };
        for (size_t i = 0; i < ELEMENTSOF(bad); i++)
                assert_int_equal(date_make(bad[i][0], bad[i][1], bad[i][2], &date), -EINVAL);
        assert_int_equal(date.ymd, 42);
        for (size_t i = 0; i < ELEMENTSOF(good); i++) {
                assert_int_equal(date_make(good[i][0], good[i][1], good[i][2], &date), 0);
                assert_int_equal(date_year(date), good[i][0]);
                assert_int_equal(date_month(date), good[i][1]);
                assert_int_equal(date_day(date), good[i][2]);
                assert_true(date_valid(date));
        }
        assert_false(date_valid((Date){ 0 }));
        assert_false(date_valid((Date){ -20240101 }));
        assert_false(date_valid((Date){ 20230229 }));
        assert_int_equal(date_year_month(today), 202611);
}

static void test_intervals(void **state) {
        /* days of the worked interest: 168, 122, 92 and 235 */
        assert_int_equal(date_days_between((Date){ 20230915 }, (Date){ 20240301 }), 168);
        assert_int_equal(date_days_between((Date){ 20240301 }, (Date){ 20240701 }), 122);
        assert_int_equal(date_days_between((Date){ 20240321 }, (Date){ 20240621 }), 92);
        assert_int_equal(date_days_between((Date){ 20221108 }, (Date){ 20230701 }), 235);
        assert_int_equal(date_days_between((Date){ 20240621 }, (Date){ 20240321 }), -92);
        assert_int_equal(date_add_days((Date){ 20240228 }, 1).ymd, 20240229);
        assert_int_equal(date_add_days((Date){ 20240301 }, -1).ymd, 20240229);
        assert_int_equal(date_add_days((Date){ 21991231 }, 1).ymd, 0);
        assert_int_equal(date_add_days((Date){ 19000101 }, -1).ymd, 0);
        assert_int_equal(date_add_days((Date){ 19000101 }, INT32_MAX).ymd, 0);
}

static void test_every_day(void **state) {
        Date date = { 19000101 };
        int32_t n = 0;
        for (int year = 1900; year <= 2199; year++)
                for (int month = 1; month <= 12; month++)
                        for (int day = 1; day <= 31; day++) {
                                Date made;
                                if (date_make(year, month, day, &made) < 0)
                                        continue;
                                assert_int_equal(made.ymd, date.ymd);
                                assert_int_equal(date_days_between((Date){ 19000101 }, date), n);
                                date = date_add_days(date, 1);
                                n++;
                        }
        assert_int_equal(n, 109573);
        assert_int_equal(date.ymd, 0);
}

static void check_instant(int64_t ms, int32_t ymd, const char *expected) {
        char text[INSTANT_TEXT_MAX];
        assert_int_equal(date_of_instant((Instant){ ms }).ymd, ymd);
        instant_format((Instant){ ms }, text);
        assert_string_equal(text, expected);
}

static void test_instants(void **state) {
        setenv("TZ", "America/New_York", 1); /* never read */
        check_instant(INT64_C(1704038399999), 20231231, "2023-12-31 23:59:59");
        check_instant(INT64_C(1704038400000), 20240101, "2024-01-01 00:00:00");
        check_instant(0, 19700101, "1970-01-01 08:00:00");
        check_instant(-28800000, 19700101, "1970-01-01 00:00:00");
        check_instant(-28800001, 19691231, "1969-12-31 23:59:59");
        check_instant(INT64_MAX, 0, "");
        check_instant(INT64_MIN, 0, "");
}

static void test_date_text(void **state) {
        static const char *const bad[] = { "", "2026-11-2", "2026-11-233", "2026/11/23", "2026-02-30",
                "20261123", " 2026-11-23", "2026-11-23 ", "-026-11-23", "2026-1-023" };
        Date date = { 42 };
        char text[DATE_TEXT_MAX];
        for (size_t i = 0; i < ELEMENTSOF(bad); i++)
                assert_int_equal(date_parse(bad[i], &date), -EMALFORMED_);
        assert_int_equal(date.ymd, 42);
        assert_int_equal(date_parse("2026-11-23", &date), 0);
        assert_int_equal(date.ymd, 20261123);
        date_format(date, text);
        assert_string_equal(text, "2026-11-23");
        date_format((Date){ 0 }, text);
        assert_string_equal(text, "");
}

static void test_months(void **state) {
        assert_int_equal(year_month_add(202601, -1), 202512);
        assert_int_equal(year_month_add(202612, 1), 202701);
        assert_int_equal(year_month_add(202606, 0), 202606);
        assert_int_equal(year_month_add(202606, -18), 202412);
        assert_int_equal(year_month_add(202606, 120), 203606);

        static const char *const bad[] = { "", "2026", "202611", "2026-00", "2026-13", "2026-1", "2026-11-",
                "x026-11" };
        char text[DATE_TEXT_MAX];
        int64_t month = 0;
        assert_int_equal(year_month_parse("2026-11", &month), 0);
        assert_int_equal(month, 202611);
        for (size_t i = 0; i < ELEMENTSOF(bad); i++)
                assert_int_equal(year_month_parse(bad[i], &month), -EMALFORMED_);
        year_month_format(202601, text);
        assert_string_equal(text, "2026-01");
        year_month_format(0, text);
        assert_string_equal(text, "");
}

static void test_citizen(void **state) {
        static const char *const good[] = { "11010519491231002X", "440524188001010014", "34052419800101001X",
                "370101190102039973" };
        for (size_t i = 0; i < ELEMENTSOF(good); i++)
                assert_int_equal(citizen_id_check(good[i], today), IDENTIFIER_OK);
        assert_int_equal(citizen_id_check("440524188102290014", today), IDENTIFIER_DATE);
        assert_int_equal(citizen_id_check("440524179901010014", today), IDENTIFIER_DATE);
        assert_int_equal(citizen_id_check("110105194912310021", today), IDENTIFIER_CHECKSUM);
        assert_int_equal(citizen_id_check("11010519491231002x", today), IDENTIFIER_CHARACTER);
        assert_int_equal(citizen_id_check("1101051949123100X2", today), IDENTIFIER_CHARACTER);
        assert_int_equal(citizen_id_check("11010519491231002", today), IDENTIFIER_LENGTH);
        assert_int_equal(citizen_id_check("", today), IDENTIFIER_LENGTH);
        assert_int_equal(citizen_id_check("990000202302290011", today), IDENTIFIER_DATE);
        assert_int_equal(citizen_id_check("990000202611240011", today), IDENTIFIER_DATE);
        assert_int_equal(citizen_id_check("34052419800101001X", (Date){ 19791231 }), IDENTIFIER_DATE);
        assert_int_equal(citizen_id_check("34052419800101001X", (Date){ 19800101 }), IDENTIFIER_OK);
        for (char c = '0'; c <= '9'; c++) { /* the check digit is unique: X here */
                char text[] = "34052419800101001X";
                text[17] = c;
                assert_int_equal(citizen_id_check(text, today), IDENTIFIER_CHECKSUM);
        }
}

static void test_credit_code(void **state) {
        assert_int_equal(credit_code_check("91350100M000100Y43"), IDENTIFIER_OK);
        assert_int_equal(credit_code_check("91512081MA62K0260E"), IDENTIFIER_OK);
        assert_int_equal(credit_code_check("91350100M000100Y4Z"), IDENTIFIER_CHARACTER);
        assert_int_equal(credit_code_check("91350100M000100Y44"), IDENTIFIER_CHECKSUM);
        assert_int_equal(credit_code_check("91350100M000100Y4"), IDENTIFIER_LENGTH);
        assert_int_equal(credit_code_check("91350100m000100y43"), IDENTIFIER_CHARACTER);
}

static void test_bank(void **state) {
        assert_int_equal(cnaps_check("102100099996"), IDENTIFIER_OK);
        assert_int_equal(cnaps_check("105100000017"), IDENTIFIER_OK);
        assert_int_equal(cnaps_check("104100000004"), IDENTIFIER_OK);
        assert_int_equal(cnaps_check("102100099995"), IDENTIFIER_CHECKSUM);
        assert_int_equal(cnaps_check("102100099969"), IDENTIFIER_CHECKSUM);
        assert_int_equal(cnaps_check("10210009999"), IDENTIFIER_LENGTH);
        assert_int_equal(cnaps_check("10210009999X"), IDENTIFIER_CHARACTER);
}

static void test_unit(void **state) {
        assert_int_equal(real_estate_unit_check("990000001001GB00001F00010001"), IDENTIFIER_OK);
        assert_int_equal(real_estate_unit_check("990000001001GB00001W00000000"), IDENTIFIER_OK);
        assert_int_equal(real_estate_unit_check("990000001001AB00001F00010001"), IDENTIFIER_CHARACTER);
        assert_int_equal(real_estate_unit_check("990000001001GI00001F00010001"), IDENTIFIER_CHARACTER);
        assert_int_equal(real_estate_unit_check("990000001001GB00001G00010001"), IDENTIFIER_CHARACTER);
        assert_int_equal(real_estate_unit_check("990000001001GB0001F00010001"), IDENTIFIER_LENGTH);
}

static void test_normalise(void **state) {
        char text[] = " １１0105 19491231\t002x　";
        identifier_normalise(text);
        assert_string_equal(text, "11010519491231002X");
}

static void test_clock(void **state) {
        assert_true(date_valid(date_of_instant(clock_now(&clock_real))));
        int64_t before = clock_real.monotonic_ms(NULL);
        assert_true(clock_real.monotonic_ms(NULL) >= before);
        uint8_t a[32] = { 0 }, b[32] = { 0 };
        clock_real.random(NULL, a, sizeof(a));
        clock_real.random(NULL, b, sizeof(b));
        assert_memory_not_equal(a, b, sizeof(a));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "which days exist", test_days },
                { "days between and added", test_intervals },
                { "every day of three centuries", test_every_day },
                { "the business day begins at 16:00 UTC", test_instants },
                { "dates as text", test_date_text },
                { "months added", test_months },
                { "identity numbers [4.2.1.1]", test_citizen },
                { "credit codes [4.2.3]", test_credit_code },
                { "bank numbers [4.2.4]", test_bank },
                { "real-estate unit codes", test_unit },
                { "identifiers normalised", test_normalise },
                { "the real clock and chance", test_clock },
        };
        return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
