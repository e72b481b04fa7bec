/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of example as a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../example-domain.h"

static void amounts(void **state) {
        static const struct {
                int64_t fen;
                bool allowed;
        } cases[] = {
                { 0, false },
                { -1, false },
                { 1, true },
                { 100000000, true },
                { 100000001, false },
                { INT64_MIN, false },
        };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++)
                assert_int_equal(example_amount_allowed((Money){ cases[i].fen }), cases[i].allowed);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "amounts within their limits [5.2.1.1]", amounts, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests_name("example", tests, NULL, NULL);
}
