/* SPDX-License-Identifier: Apache-2.0 */
/* What one typed text may mean to accounting: a voucher by month and number, or by the document it came
 * from. */
#include <string.h>

#include <node/text.h>

#include "accounting-query.h"
#include "accounting-records.h"

/* "202611-12" and "2026-11-12" are voucher 12 of that month. */
static bool voucher_typed(const char *text, Arena *arena, int64_t *ret_month, int64_t *ret_number) {
        char *digits = arena_strdup(arena, text), *cut = digits ? strrchr(digits, '-') : NULL, *inner;

        if (!cut)
                return false;
        *cut = 0;
        inner = strchr(digits, '-');
        if (inner)
                memmove(inner, inner + 1, strlen(inner));
        return integer_parse(digits, ret_month) == 0 && integer_parse(cut + 1, ret_number) == 0 &&
               *ret_month > 190000 && *ret_month < 220000;
}

size_t accounting_ask_vouchers(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]) {
        int64_t month, number;
        size_t n = 0;

        if (voucher_typed(text, arena, &month, &number)) {
                const Value args[] = { value_integer(month), value_integer(number) };
                const Value *kept = arena_copy(arena, args, sizeof(args));

                if (kept)
                        ret[n++] = (FinderCall){ &accounting_find_voucher_by_number, kept, 2 };
        }
        return n + finder_by_number(&accounting_find_vouchers_by_reference, text, arena, &ret[n]);
}
