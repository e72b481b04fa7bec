/* SPDX-License-Identifier: Apache-2.0 */
/* Tables for the rules of organizations, banks, divisions and working days. */

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <essential/calendar.h>
#include <node/date.h>
#include <node/text.h>

#include "organization/organization-domain.h"
#include "support/support-domain.h"

/* The announced year 2026. */
static const WorkDay days_2026[] = {
        { { 20260101 }, DAY_HOLIDAY },
        { { 20260102 }, DAY_HOLIDAY },
        { { 20260103 }, DAY_HOLIDAY },
        { { 20260104 }, DAY_WORKED },
        { { 20260214 }, DAY_WORKED },
        { { 20260215 }, DAY_HOLIDAY },
        { { 20260216 }, DAY_HOLIDAY },
        { { 20260217 }, DAY_HOLIDAY },
        { { 20260218 }, DAY_HOLIDAY },
        { { 20260219 }, DAY_HOLIDAY },
        { { 20260220 }, DAY_HOLIDAY },
        { { 20260221 }, DAY_HOLIDAY },
        { { 20260222 }, DAY_HOLIDAY },
        { { 20260223 }, DAY_HOLIDAY },
        { { 20260228 }, DAY_WORKED },
        { { 20260404 }, DAY_HOLIDAY },
        { { 20260405 }, DAY_HOLIDAY },
        { { 20260406 }, DAY_HOLIDAY },
        { { 20260501 }, DAY_HOLIDAY },
        { { 20260502 }, DAY_HOLIDAY },
        { { 20260503 }, DAY_HOLIDAY },
        { { 20260504 }, DAY_HOLIDAY },
        { { 20260505 }, DAY_HOLIDAY },
        { { 20260509 }, DAY_WORKED },
        { { 20260619 }, DAY_HOLIDAY },
        { { 20260620 }, DAY_HOLIDAY },
        { { 20260621 }, DAY_HOLIDAY },
        { { 20260920 }, DAY_WORKED },
        { { 20260925 }, DAY_HOLIDAY },
        { { 20260926 }, DAY_HOLIDAY },
        { { 20260927 }, DAY_HOLIDAY },
        { { 20261001 }, DAY_HOLIDAY },
        { { 20261002 }, DAY_HOLIDAY },
        { { 20261003 }, DAY_HOLIDAY },
        { { 20261004 }, DAY_HOLIDAY },
        { { 20261005 }, DAY_HOLIDAY },
        { { 20261006 }, DAY_HOLIDAY },
        { { 20261007 }, DAY_HOLIDAY },
        { { 20261010 }, DAY_WORKED },
        { { 20261130 }, DAY_ORDINARY },
};
static const WorkCalendar year_2026 = { days_2026, ELEMENTSOF(days_2026) }, none = { NULL, 0 };

static void weekdays_are_right(void **state) {
        assert_int_equal(weekday((Date){ 20261127 }), 5);
        assert_int_equal(weekday((Date){ 20261129 }), 0);
        assert_int_equal(weekday((Date){ 20240229 }), 4);
        assert_int_equal(weekday((Date){ 19000101 }), 1);
        assert_int_equal(weekday((Date){ 20000301 }), 3);
}

static void holidays_and_adjusted_days(void **state) {
        static const struct {
                int32_t day;
                bool known, bare; /* by the table of 2026, and by weekends alone */
        } cases[] = {
                { 20260101, false, true },
                { 20260104, true, false },
                { 20260105, true, true },
                { 20260214, true, false },
                { 20260216, false, true },
                { 20260224, true, true },
                { 20260228, true, false },
                { 20260301, false, false },
                { 20260406, false, true },
                { 20260509, true, false },
                { 20260510, false, false },
                { 20261008, true, true },
                { 20261010, true, false },
                { 20261130, true, true },
        };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                assert_int_equal(working_day(&year_2026, (Date){ cases[i].day }), cases[i].known);
                assert_int_equal(working_day(&none, (Date){ cases[i].day }), cases[i].bare);
        }
        assert_true(calendar_year_known(&year_2026, 2026));
        assert_false(calendar_year_known(&year_2026, 2027));
}

static void the_nth_working_day(void **state) {
        static const struct {
                int32_t from, n, to;
        } cases[] = {
                { 20260213, 0, 20260213 },
                { 20260213, 1, 20260214 },
                { 20260213, 2, 20260224 },
                { 20260214, 1, 20260224 },
                { 20260214, 5, 20260228 },
                { 20260930, 1, 20261008 },
                { 20260930, 3, 20261010 },
                { 20261008, -1, 20260930 },
                { 20260224, -1, 20260214 },
                { 20261127, 10, 20261211 },
                { 20260430, 1, 20260506 },
                { 20260508, 1, 20260509 },
                { 20261231, 1, 20270101 }, /* no table of 2027 yet: weekends only */
                { 20261003, 0, 20261003 },
        };
        Date day = { 7 };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                assert_int_equal(working_days_add(&year_2026, (Date){ cases[i].from }, cases[i].n, &day), 0);
                assert_int_equal(day.ymd, cases[i].to);
        }
        assert_int_equal(working_days_add(&none, (Date){ 20260230 }, 1, &day), -EINVAL);
        assert_int_equal(
                working_days_add(&none, (Date){ 20260101 }, WORK_CALENDAR_STEPS_MAX + 1, &day), -ERANGE);
        assert_int_equal(working_days_add(&none, (Date){ 21991230 }, 5, &day), -ERANGE);
        assert_int_equal(day.ymd, 20261003);
}

static void working_days_between_two_days(void **state) {
        assert_int_equal(working_days_between(&year_2026, (Date){ 20251231 }, (Date){ 20261231 }), 248);
        assert_int_equal(working_days_between(&year_2026, (Date){ 20260213 }, (Date){ 20260228 }), 6);
        assert_int_equal(working_days_between(&year_2026, (Date){ 20260918 }, (Date){ 20261012 }), 12);
        assert_int_equal(working_days_between(&year_2026, (Date){ 20260228 }, (Date){ 20260213 }), -6);
        assert_int_equal(working_days_between(&year_2026, (Date){ 20261003 }, (Date){ 20261003 }), 0);
}

/* From every day of the year, over every count up to a month: adding and counting undo each other. */
static void adding_and_counting_agree(void **state) {
        for (Date day = { 20260101 }; day.ymd <= 20261231; day = date_add_days(day, 1))
                for (int32_t n = 1; n <= 25; n++) {
                        Date to;
                        assert_int_equal(working_days_add(&year_2026, day, n, &to), 0);
                        assert_true(working_day(&year_2026, to));
                        assert_int_equal(working_days_between(&year_2026, day, to), n);
                }
}

static void codes_of_organizations(void **state) {
        static const struct {
                const char *credit_code, *local_code, *fault;
        } cases[] = {
                { "91350100M000100Y43", "", NULL },
                { "91512081MA62K0260E", "", NULL },
                { "91350100M000100Y43", "W-1", NULL },
                { "", "W-1", NULL },
                { "", "", "essential.organization_code_missing" },
                { "91350100M000100Y4", "", "essential.credit_code_length" },
                { "91350100M000100Y4", "W-1", "essential.credit_code_length" },
                { "91350100M000100Y4Z", "", "essential.credit_code_character" },
                { "91350100M000100Y44", "", "essential.credit_code_checksum" },
                { "91350100M000100Y34", "", "essential.credit_code_checksum" },
                { "9135010OM000100Y43", "", "essential.credit_code_character" },
        };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                const char *fault = organization_code_fault(cases[i].credit_code, cases[i].local_code);
                if (cases[i].fault)
                        assert_string_equal(fault, cases[i].fault);
                else
                        assert_null(fault);
        }
}

static void numbers_of_banks(void **state) {
        static const struct {
                const char *cnaps, *bank, *fault;
        } cases[] = {
                { "102100099996", "102", NULL },
                { "103100000026", "103", NULL },
                { "313651099999", "313", NULL },
                { "313651099999", BANK_OTHER, NULL },
                { "102100099995", "102", "essential.cnaps_checksum" },
                { "102100099969", "102", "essential.cnaps_checksum" },
                { "10210009999", "102", "essential.cnaps_length" },
                { "1021000999961", "102", "essential.cnaps_length" },
                { "10210009999X", "102", "essential.cnaps_length" },
                { "", "102", "essential.cnaps_length" },
                { "102100099996", "103", "essential.cnaps_bank" },
        };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                const char *fault = bank_number_fault(cases[i].cnaps, cases[i].bank);
                if (cases[i].fault)
                        assert_string_equal(fault, cases[i].fault);
                else
                        assert_null(fault);
        }
}

static void codes_of_divisions(void **state) {
        static const struct {
                const char *code, *parent;
                DivisionLevel level;
        } cases[] = {
                { "000000", "", LEVEL_NATION },
                { "510000", "000000", LEVEL_PROVINCE },
                { "510100", "510000", LEVEL_CITY },
                { "510129", "510100", LEVEL_COUNTY },
                { "429004", "429000", LEVEL_COUNTY },
                { "510129001", "510129", LEVEL_STREET },
                { "510129001003", "510129001", LEVEL_COMMUNITY },
        };
        char parent[DIVISION_CODE_MAX + 1];

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                assert_int_equal(division_level(cases[i].code), cases[i].level);
                division_parent(cases[i].code, parent);
                assert_string_equal(parent, cases[i].parent);
        }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "weekdays", weekdays_are_right, NULL, NULL, NULL },
                { "holidays rest and adjusted days work [4.3.1]", holidays_and_adjusted_days, NULL, NULL,
                        NULL },
                { "the n-th working day after and before a day [4.3.1]", the_nth_working_day, NULL, NULL,
                        NULL },
                { "working days between two days [4.3.1]", working_days_between_two_days, NULL, NULL, NULL },
                { "adding and counting working days undo each other [4.3.1]", adding_and_counting_agree,
                        NULL, NULL, NULL },
                { "codes of organizations are checked [4.2.3] [4.2.5]", codes_of_organizations, NULL, NULL,
                        NULL },
                { "numbers of banks are checked and fit their bank [4.2.4]", numbers_of_banks, NULL, NULL,
                        NULL },
                { "a division's code tells its level and parent [4.2.5A]", codes_of_divisions, NULL, NULL,
                        NULL },
        };

        return cmocka_run_group_tests_name("support", tests, NULL, NULL);
}
