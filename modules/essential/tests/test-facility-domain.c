/* SPDX-License-Identifier: Apache-2.0 */
/* Warranty and dates of a facility, at their limits. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <essential/facility.h>

static void test_warranty(void **state) {
        static const struct {
                int32_t made, from, to, day;
                bool in;
        } cases[] = {
                { 20200101, 20210601, 20230531, 20210531, false },
                { 20200101, 20210601, 20230531, 20210601, true },
                { 20200101, 20210601, 20230531, 20230531, true },
                { 20200101, 20210601, 20230531, 20230601, false },
                { 20200101, 0, 20230531, 20200101, true }, /* from the day it was made */
                { 20200101, 0, 20230531, 20191231, false },
                { 0, 0, 20230531, 20000101, true },
                { 20200101, 20210601, 0, 20220101, false }, /* no last day: nothing promised */
                { 0, 0, 0, 20220101, false },
        };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                const Facility facility = { .manufacture_date = { cases[i].made },
                        .warranty_from = { cases[i].from },
                        .warranty_to = { cases[i].to } };
                assert_int_equal(facility_in_warranty(&facility, (Date){ cases[i].day }), cases[i].in);
        }
}

static void test_dates(void **state) {
        static const struct {
                int32_t made, from, to;
                const char *fault, *field;
        } cases[] = {
                { 0, 0, 0, NULL, NULL },
                { 20261123, 20261123, 20261123, NULL, NULL },
                { 20261124, 0, 0, "essential.facility_manufactured_late", "manufacture_date" },
                { 20200102, 20200101, 0, "essential.facility_warranty_order", "warranty_from" },
                { 0, 20200102, 20200101, "essential.facility_warranty_order", "warranty_to" },
                { 20200102, 0, 20200101, "essential.facility_warranty_order", "warranty_to" },
                { 20200101, 0, 20300101, NULL, NULL },
        };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                const Facility facility = { .manufacture_date = { cases[i].made },
                        .warranty_from = { cases[i].from },
                        .warranty_to = { cases[i].to } };
                const char *field, *fault = facility_dates_fault(&facility, (Date){ 20261123 }, &field);
                if (!cases[i].fault) {
                        assert_null(fault);
                        continue;
                }
                assert_string_equal(fault, cases[i].fault);
                assert_string_equal(field, cases[i].field);
        }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "a warranty holds from its first to its last day [4.3.3]", test_warranty, NULL, NULL, NULL },
                { "dates that cannot be are named [4.2.2.2] [4.3.3]", test_dates, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
