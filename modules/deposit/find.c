/* SPDX-License-Identifier: Apache-2.0 */
/* What one typed text may mean to deposits: a notice, a payment by its slip's number or the bank's. */

#include "deposit-query.h"
#include "deposit-records.h"

size_t deposit_ask_notices(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]) {
        return finder_by_number(&deposit_find_notices, text, arena, ret);
}

size_t deposit_ask_payments(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]) {
        size_t n = finder_by_number(&deposit_find_payments, text, arena, ret);

        return n + finder_by_number(&deposit_find_payments_by_bank, text, arena, &ret[n]);
}
