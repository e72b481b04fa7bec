/* SPDX-License-Identifier: Apache-2.0 */
/* Tables for the rules of housing and owners. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <node/error.h>

#include "housing/housing-domain.h"

static const Date today = { 20261123 };

static void shares_sum_exactly(void **state) {
        const Share halves[] = { { 1, 2 }, { 1, 2 } }, thirds[] = { { 1, 3 }, { 1, 3 }, { 1, 3 } };
        const Share mixed[] = { { 1, 2 }, { 1, 3 }, { 1, 6 } }, short_by[] = { { 1, 3 }, { 1, 3 } };
        const Share above[] = { { 2, 3 }, { 1, 2 } }, none[] = { { 0, 1 } };
        Share sum = { 7, 7 };

        assert_true(shares_whole(halves, 2));
        assert_true(shares_whole(thirds, 3));
        assert_true(shares_whole(mixed, 3));
        assert_false(shares_whole(short_by, 2));
        assert_false(shares_whole(above, 2));
        assert_int_equal(shares_sum(above, 2, &sum), 0);
        assert_int_equal(sum.numerator, 7);
        assert_int_equal(sum.denominator, 6);
        assert_int_equal(shares_sum(none, 1, &sum), -EINVAL);
        assert_int_equal(sum.numerator, 7);
}

static void shares_do_not_overflow_silently(void **state) {
        const Share wide[] = { { 1, INT64_C(999999999989) }, { 1, INT64_C(999999999961) } };
        Share sum = { 7, 7 };

        assert_int_equal(shares_sum(wide, 2, &sum), -EOVERFLOW);
        assert_int_equal(sum.numerator, 7);
        assert_false(shares_whole(wide, 2));
}

static void numbers_by_kind(void **state) {
        assert_null(owner_number_fault("990000197603246706", OWNER_CITIZEN, today));
        assert_null(owner_number_fault("99000019890709147X", OWNER_CITIZEN, today));
        assert_null(owner_number_fault("91350100M000100Y43", OWNER_ORGANIZATION, today));
        assert_string_equal(
                owner_number_fault("990000197603246707", OWNER_CITIZEN, today), "essential.id_checksum");
        assert_string_equal(
                owner_number_fault("99000019760324670", OWNER_CITIZEN, today), "essential.id_length");
        assert_string_equal(
                owner_number_fault("990000197602306706", OWNER_CITIZEN, today), "essential.id_date");
        assert_string_equal(owner_number_fault("91350100M000100Y4Z", OWNER_ORGANIZATION, today),
                "essential.id_character");
}

static void areas_in_range(void **state) {
        assert_null(apartment_area_fault((Area){ 8937 }, (Area){ 7116 }, HOME_USE));
        assert_null(apartment_area_fault((Area){ 100000 }, (Area){ 0 }, HOME_USE));
        assert_string_equal(
                apartment_area_fault((Area){ 100001 }, (Area){ 0 }, HOME_USE), "essential.area_range");
        assert_null(apartment_area_fault((Area){ 100001 }, (Area){ 0 }, "02"));
        assert_string_equal(apartment_area_fault((Area){ 0 }, (Area){ 0 }, "02"), "essential.area_range");
        assert_string_equal(
                apartment_area_fault((Area){ 8937 }, (Area){ 8938 }, HOME_USE), "essential.inner_area");
        assert_null(apartment_area_fault((Area){ 8937 }, (Area){ 8937 }, HOME_USE));
}

static void divisions(void **state) {
        assert_true(essential_division_valid("510129"));
        assert_true(essential_division_valid("220102001"));
        assert_true(essential_division_valid("220102001001"));
        assert_false(essential_division_valid("51012"));
        assert_false(essential_division_valid("51012a"));
        assert_false(essential_division_valid(""));
        assert_false(essential_division_valid(NULL));
}

static void rows_of_a_building_table(void **state) {
        BuildingTableOwner owners[] = { { "胡文志", "990000197603246706", OWNER_CITIZEN },
                { "何涛", "990000199008209969", OWNER_CITIZEN } };
        BuildingTableRow row = { .area_name = "示范花园",
                .building = "1",
                .room_number = "101",
                .covered_area = { 8482 },
                .inner_area = { 7116 },
                .use_code = "01",
                .owners = { owners, 2 } };
        const char *field;

        assert_null(building_table_row_fault(&row, today, &field));
        row.owners.n = 0;
        assert_string_equal(building_table_row_fault(&row, today, &field), "essential.owners_missing");
        row.owners.n = 2;
        owners[1].id_number = owners[0].id_number;
        assert_string_equal(building_table_row_fault(&row, today, &field), "essential.owner_twice");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "shares sum exactly [4.2.1.1]", shares_sum_exactly, NULL, NULL, NULL },
                { "shares do not overflow silently [4.2.1.1]", shares_do_not_overflow_silently, NULL, NULL,
                        NULL },
                { "identity and credit numbers by kind of owner [4.2.1.1]", numbers_by_kind, NULL, NULL,
                        NULL },
                { "areas in range, inner not above covered [4.2.1.1]", areas_in_range, NULL, NULL, NULL },
                { "division codes [4.2.5A]", divisions, NULL, NULL, NULL },
                { "rows of a building table [4.1.1] [15.2.4]", rows_of_a_building_table, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests_name("essential domain", tests, NULL, NULL);
}
