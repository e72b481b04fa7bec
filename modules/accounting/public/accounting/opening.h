/* SPDX-License-Identifier: Apache-2.0 */
/* Legacy balances that were posted: what modules above hear, and read from the view v_opening_line (opening_id,
 * apartment_id, property_area_id, building_id, due, paid, more, last_paid_on). */
#pragma once

#include <accounting/accounting.h>

#define VOUCHER_SOURCE_OPENING "31"

typedef struct OpeningPosted {
#define FIELD FIELD_MEMBER
#include <accounting/opening_posted.def>
#undef FIELD
} OpeningPosted;
extern const Record record_opening_posted;
/* Both in the transaction of the voucher; the second after its reversal, with the date of that. */
extern const Event accounting_opening_posted, accounting_opening_reversed;
