/* SPDX-License-Identifier: Apache-2.0 */
/* The control identities of accounting (reliability I1 to I15), at every commit and over everything. */

#include "accounting-query.h"
#include "accounting-records.h"
#include "opening/opening-query.h"

#define BUSINESS STORE_BUSINESS, CAPABILITY_BUSINESS
const Invariant accounting_invariants[] = {
        { "I1", BUSINESS, &accounting_i1_all, &accounting_i1_touched },
        { "I1", BUSINESS, &accounting_i1_book, NULL },
        { "I2", BUSINESS, &accounting_i2_account_all, &accounting_i2_touched },
        { "I2", BUSINESS, &accounting_i2_running_all, NULL },
        { "I2", BUSINESS, &accounting_i2_household_all, &accounting_i2_household_touched },
        { "I2", BUSINESS, &accounting_i2_household_running_all, NULL },
        { "I3", BUSINESS, &accounting_i3_all, &accounting_i3_touched },
        { "I3", BUSINESS, &accounting_i3_book, NULL },
        { "I3", BUSINESS, &accounting_i3_area, NULL },
        { "I5", BUSINESS, &accounting_i5_all, &accounting_i5_touched },
        { "I6", BUSINESS, &accounting_i6_all, &accounting_i6_touched },
        { "I7", BUSINESS, &accounting_i7_all, &accounting_i7_touched },
        { "I9", BUSINESS, &accounting_i9_all, &accounting_i9_touched },
        { "I12", BUSINESS, &accounting_i12_all, &accounting_i12_touched },
        { "I12", BUSINESS, &accounting_i12_shares, NULL },
        { "I15", BUSINESS, &accounting_i15_all, &accounting_i15_touched },
        { "I15", BUSINESS, &accounting_i15_open, NULL },
        { "I2", BUSINESS, &accounting_openings_sums, NULL },
        { "I2", BUSINESS, &accounting_openings_twice, NULL },
        { 0 },
};
