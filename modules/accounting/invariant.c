/* SPDX-License-Identifier: Apache-2.0 */
/* The control identities of accounting (reliability I1 to I15), at every commit and over everything. */

#include <node/error.h>

#include "accounting-query.h"
#include "accounting-records.h"
#include "opening/opening-query.h"

static int nothing_found(Request *q, const Query *query) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, query, SQL_NO_ARGS, &rows);

        if (r < 0)
                return r;
        r = rows_next(rows);
        return r > 0 ? -EBROKEN_ : r;
}

#define AT_COMMIT(name, query)                                                                              \
        static int name(Request *q) {                                                                       \
                return nothing_found(q, &(query));                                                          \
        }
AT_COMMIT(i1_at_commit, accounting_i1_touched)
AT_COMMIT(i2_at_commit, accounting_i2_touched)
AT_COMMIT(i2_household_at_commit, accounting_i2_household_touched)
AT_COMMIT(i3_at_commit, accounting_i3_touched)
AT_COMMIT(i5_at_commit, accounting_i5_touched)
AT_COMMIT(i6_at_commit, accounting_i6_touched)
AT_COMMIT(i7_at_commit, accounting_i7_touched)
AT_COMMIT(i9_at_commit, accounting_i9_touched)
AT_COMMIT(i12_at_commit, accounting_i12_touched)
AT_COMMIT(i15_at_commit, accounting_i15_touched)

#define BUSINESS STORE_BUSINESS, CAPABILITY_BUSINESS
const Invariant accounting_invariants[] = {
        { "I1", BUSINESS, &accounting_i1_all, i1_at_commit },
        { "I1", BUSINESS, &accounting_i1_book, NULL },
        { "I2", BUSINESS, &accounting_i2_account_all, i2_at_commit },
        { "I2", BUSINESS, &accounting_i2_running_all, NULL },
        { "I2", BUSINESS, &accounting_i2_household_all, i2_household_at_commit },
        { "I2", BUSINESS, &accounting_i2_household_running_all, NULL },
        { "I3", BUSINESS, &accounting_i3_all, i3_at_commit },
        { "I3", BUSINESS, &accounting_i3_book, NULL },
        { "I3", BUSINESS, &accounting_i3_area, NULL },
        { "I5", BUSINESS, &accounting_i5_all, i5_at_commit },
        { "I6", BUSINESS, &accounting_i6_all, i6_at_commit },
        { "I7", BUSINESS, &accounting_i7_all, i7_at_commit },
        { "I9", BUSINESS, &accounting_i9_all, i9_at_commit },
        { "I12", BUSINESS, &accounting_i12_all, i12_at_commit },
        { "I12", BUSINESS, &accounting_i12_shares, NULL },
        { "I15", BUSINESS, &accounting_i15_all, i15_at_commit },
        { "I15", BUSINESS, &accounting_i15_open, NULL },
        { "I2", BUSINESS, &accounting_openings_sums, NULL },
        { "I2", BUSINESS, &accounting_openings_twice, NULL },
        { 0 },
};
