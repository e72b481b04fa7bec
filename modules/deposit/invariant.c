/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold of notices and payments, at every commit and over everything. */

#include "deposit-query.h"
#include "deposit-records.h"

#define BUSINESS STORE_BUSINESS, CAPABILITY_BUSINESS
const Invariant deposit_invariants[] = {
        { "I2", BUSINESS, &deposit_position_all, NULL },
        { "I2", BUSINESS, &deposit_owed_all, NULL },
        { "I6", BUSINESS, &deposit_i6_all, &deposit_i6_touched },
        { "I9", BUSINESS, &deposit_i9_all, &deposit_i9_touched },
        { "I12", BUSINESS, &deposit_transfer_sums, NULL },
        { "I10", BUSINESS, &deposit_i10_all, &deposit_i10_touched },
        { 0 },
};
