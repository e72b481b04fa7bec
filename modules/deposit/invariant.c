/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold of notices and payments, at every commit and over everything. */

#include "deposit-query.h"
#include "deposit-records.h"

static int nothing_found(Request *q, const Query *query) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, query, SQL_NO_ARGS, &rows);

        if (r < 0)
                return r;
        r = rows_next(rows);
        return r > 0 ? -EBROKEN_ : r;
}

static int i6_at_commit(Request *q) {
        return nothing_found(q, &deposit_i6_touched);
}

static int i9_at_commit(Request *q) {
        return nothing_found(q, &deposit_i9_touched);
}

static int i10_at_commit(Request *q) {
        return nothing_found(q, &deposit_i10_touched);
}

#define BUSINESS STORE_BUSINESS, CAPABILITY_BUSINESS
const Invariant deposit_invariants[] = {
        { "I2", BUSINESS, &deposit_position_all, NULL },
        { "I2", BUSINESS, &deposit_owed_all, NULL },
        { "I6", BUSINESS, &deposit_i6_all, i6_at_commit },
        { "I9", BUSINESS, &deposit_i9_all, i9_at_commit },
        { "I12", BUSINESS, &deposit_transfer_sums, NULL },
        { "I10", BUSINESS, &deposit_i10_all, i10_at_commit },
        { 0 },
};
