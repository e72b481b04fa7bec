/* SPDX-License-Identifier: Apache-2.0 */
/* Reversal: the only correction there is. The same lines in red, linked to the original, by another person;
 * whoever caused the original hears of it and puts its document right. */

#include <node/money.h>

#include "accounting-domain.h"
#include "accounting-query.h"
#include "accounting-records.h"
#include "opening/opening-records.h"

/* Lines of the original with the opposite sign, on their own sides; arrays in q->arena. */
static int lines_red(Request *q, Id voucher, VoucherDraft *draft) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        VoucherLine *lines = ARENA_ARRAY(q->arena, VoucherLine, VOUCHER_LINES_MAX);
        size_t n = 0;
        int r;

        if (!lines)
                return -ENOMEM;
        r = tx_query(
                q->tx, &accounting_entries_of, SQL_ARGS(value_integer(q->office), value_id(voucher)), &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                VoucherEntry entry;
                if (n == VOUCHER_LINES_MAX)
                        return -E2BIG;
                r = record_from_rows(&record_voucher_entry, rows, q->arena, &entry);
                if (r < 0)
                        return r;
                lines[n++] = (VoucherLine){
                        .account = entry.account_code,
                        .side = (Side) entry.side,
                        .amount = { 0 - entry.amount.fen },
                        .bank_account = entry.bank_account_id,
                };
        }
        draft->lines = lines;
        draft->n_lines = n;
        return r;
}

static int households_red(Request *q, Id voucher, VoucherDraft *draft) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        HouseholdLine *lines = ARENA_ARRAY(q->arena, HouseholdLine, VOUCHER_HOUSEHOLDS_MAX);
        size_t n = 0;
        int r;

        if (!lines)
                return -ENOMEM;
        r = tx_query(q->tx, &accounting_households_of, SQL_ARGS(value_integer(q->office), value_id(voucher)),
                &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                HouseholdEntry entry;
                if (n == VOUCHER_HOUSEHOLDS_MAX)
                        return -E2BIG;
                r = record_from_rows(&record_household_entry, rows, q->arena, &entry);
                if (r < 0)
                        return r;
                lines[n++] = (HouseholdLine){
                        .apartment = entry.apartment_id,
                        .property_area = entry.property_area_id,
                        .phase = entry.phase,
                        .control = entry.control_code,
                        .part = (Part) entry.part,
                        .amount = { 0 - entry.amount.fen },
                        .business_date = q->today,
                        .value_date = entry.value_date,
                };
        }
        draft->households = lines;
        draft->n_households = n;
        return r;
}

static int reversible(Request *q, const Voucher *voucher) {
        int64_t reversal;
        int r;

        if (voucher_is_transfer(voucher))
                return refuse(q, "accounting.transfer_reversal", "voucher_id", NULL);
        if (voucher->reversal_of.value != 0)
                return refuse(q, "accounting.is_reversal", "voucher_id", NULL);
        r = tx_integer(q->tx, &accounting_reversal_of,
                SQL_ARGS(value_integer(q->office), value_id(voucher->head.id)), &reversal);
        if (r == 0)
                return refuse(q, "accounting.reversed_before", "voucher_id", NULL);
        return r == -ENOENT ? 0 : r;
}

int accounting_reverse(Request *q, Id voucher_id, const char *reason, Voucher *ret) {
        Voucher original, reversal;
        int r = record_load(q, &record_voucher, voucher_id, &original);

        if (r == 0)
                r = reversible(q, &original);
        if (r == 0)
                r = request_amount(q, original.amount, "voucher_id");
        if (r < 0)
                return r;
        VoucherDraft draft = {
                .book = original.book_id,
                .source = original.source,
                .source_id = original.source_id,
                .reference = original.reference,
                .prepared_by = original.reviewed_by,
                .reversal_of = original.head.id,
        };
        r = accounting_date(q, original.book_id, q->today, &draft.accounting_date);
        if (r == 0)
                r = lines_red(q, voucher_id, &draft);
        if (r == 0)
                r = households_red(q, voucher_id, &draft);
        if (r == 0)
                r = accounting_post(q, &draft, &reversal);
        if (r < 0)
                return r;
        AccountingReversed payload = {
                .voucher_id = voucher_id,
                .reversal_id = reversal.head.id,
                .source = original.source,
                .source_id = original.source_id,
                .accounting_date = reversal.accounting_date,
                .reason = reason,
        };
        r = event_emit(q, &accounting_reversed, &payload);
        if (r == 0 && text_equal(original.source, VOUCHER_SOURCE_OPENING))
                r = opening_reverse(q, original.source_id, &reversal, reason);
        if (r == 0)
                *ret = reversal;
        return r;
}

int run_reverse(Request *q, const void *input, void *ret_output) {
        const ReverseInput *in = input;
        Voucher reversal;
        int r = accounting_reverse(q, in->voucher_id, in->reason, &reversal);

        if (r == 0)
                *(ReverseOutput *) ret_output = (ReverseOutput){
                        .voucher_id = reversal.head.id,
                        .month = reversal.month,
                        .number = reversal.number,
                };
        return r;
}
