/* SPDX-License-Identifier: Apache-2.0 */
/* Another person compares an opening with the old trial balance and posts it (domain 1.3, 25): Dr 1001, Cr
 * 3001 or 3002, with a line for the principal and the interest of each household. A difference is named,
 * never plugged. */

#include <node/money.h>

#include "accounting-query.h"
#include "opening-query.h"
#include "opening-records.h"

int opening_waits(Request *q, Id apartment, OpeningBatch *ret) {
        int r = accounting_row(q, &record_opening_batch, &accounting_opening_waiting,
                SQL_ARGS(value_integer(q->office), value_id(apartment)), ret);

        return r == -ENOENT ? 0 : r < 0 ? r : 1;
}

static int confirmed_check(Request *q, const OpeningBatch *opening, Money confirmed) {
        char ours[MONEY_TEXT_MAX], theirs[MONEY_TEXT_MAX], apart[MONEY_TEXT_MAX];
        Money difference;
        int r = money_subtract(opening->balance, confirmed, &difference);

        if (r < 0 || difference.fen == 0)
                return r;
        money_format_grouped(opening->balance, ours);
        money_format_grouped(confirmed, theirs);
        money_format_grouped(difference, apart);
        return refuse(q, "accounting.opening_differs", "confirmed_balance", ours, theirs, apart, NULL);
}

static void line_add(
        const OpeningBatch *opening, Date date, const OpeningLine *line, HouseholdLine *lines, size_t *n) {
        const struct {
                Part part;
                Money amount;
        } parts[] = { { PART_PRINCIPAL, line->principal }, { PART_INTEREST, line->interest } };

        for (size_t i = 0; i < ELEMENTSOF(parts); i++)
                if (parts[i].amount.fen != 0)
                        lines[(*n)++] = (HouseholdLine){
                                .apartment = line->apartment_id,
                                .property_area = line->property_area_id,
                                .phase = opening->phase,
                                .control = opening->nature == NATURE_PUBLIC ? ACCOUNT_FUND_PUBLIC
                                                                            : ACCOUNT_FUND_COMMODITY,
                                .part = parts[i].part,
                                .amount = parts[i].amount,
                                .business_date = date,
                                .value_date = date,
                        };
}

static int households_read(Request *q, const OpeningBatch *opening, Date date, VoucherDraft *draft) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        HouseholdLine *lines = ARENA_ARRAY(q->arena, HouseholdLine, VOUCHER_HOUSEHOLDS_MAX);
        OpeningLine line;
        size_t n = 0;
        int r = lines ? tx_query(q->tx, &accounting_opening_lines_of,
                                SQL_ARGS(value_integer(q->office), value_id(opening->head.id)), &rows)
                      : -ENOMEM;

        while (r >= 0 && (r = rows_next(rows)) > 0) {
                r = record_from_rows(&record_opening_line, rows, q->arena, &line);
                if (r < 0)
                        return r;
                if (n + 2 > VOUCHER_HOUSEHOLDS_MAX)
                        return -E2BIG;
                line_add(opening, date, &line, lines, &n);
        }
        draft->households = lines;
        draft->n_households = n;
        return r;
}

static int opening_tell(Request *q, const Event *event, const OpeningBatch *opening, Date date) {
        const OpeningPosted payload = {
                .opening_id = opening->head.id,
                .property_area_id = opening->property_area_id,
                .nature = opening->nature,
                .phase = opening->phase,
                .accounting_date = date,
        };

        return event_emit(q, event, &payload);
}

static int opening_voucher(Request *q, const OpeningBatch *opening, Date date, Voucher *ret) {
        const char *control =
                opening->nature == NATURE_PUBLIC ? ACCOUNT_FUND_PUBLIC : ACCOUNT_FUND_COMMODITY;
        VoucherLine lines[] = {
                { .account = ACCOUNT_BANK, .side = SIDE_DEBIT, .amount = opening->balance },
                { .account = control, .side = SIDE_CREDIT, .amount = opening->balance },
        };
        VoucherDraft draft = {
                .book = opening->book_id,
                .accounting_date = date,
                .source = VOUCHER_SOURCE_OPENING,
                .source_id = opening->head.id,
                .reference = opening->number,
                .prepared_by = opening->entered_by,
                .lines = lines,
                .n_lines = ELEMENTSOF(lines),
        };
        int r = accounting_bank_account(
                q, opening->book_id, opening->property_area_id, &lines[0].bank_account);

        if (r == 0)
                r = households_read(q, opening, date, &draft);
        return r < 0 ? r : accounting_post(q, &draft, ret);
}

int run_post_opening(Request *q, const void *input, void *ret_output) {
        const PostOpening *in = input;
        OpeningBatch opening;
        Voucher voucher;
        int r = record_load(q, &record_opening_batch, in->opening_id, &opening);

        if (r < 0)
                return r;
        if (opening.state != OPENING_ENTERED)
                return document_step(q, &record_opening_batch, &opening);
        r = request_other_person(q, opening.entered_by, NULL);
        if (r == 0 && opening.balance.fen == 0)
                return refuse(q, "accounting.opening_empty", "opening_id", NULL);
        if (r == 0)
                r = request_amount(q, opening.balance, "confirmed_balance");
        if (r == 0)
                r = confirmed_check(q, &opening, in->confirmed_balance);
        if (r == 0 && in->cutover_date.ymd > q->today.ymd)
                return refuse(q, "accounting.cutover_future", "cutover_date", NULL);
        if (r == 0)
                r = opening_voucher(q, &opening, in->cutover_date, &voucher);
        if (r < 0)
                return r;
        opening.cutover_date = in->cutover_date;
        opening.reviewed_by = q->person;
        opening.voucher_id = voucher.head.id;
        r = document_step(q, &record_opening_batch, &opening);
        if (r == 0)
                r = opening_tell(q, &accounting_opening_posted, &opening, in->cutover_date);
        if (r == 0)
                *(OpeningOutput *) ret_output = (OpeningOutput){
                        .opening_id = opening.head.id,
                        .voucher_id = voucher.head.id,
                        .month = voucher.month,
                        .number = voucher.number,
                        .amount = voucher.amount,
                };
        return r;
}

int run_withdraw_opening(Request *q, const void *input, void *ret_output) {
        const WithdrawOpening *in = input;
        OpeningBatch opening;
        int r = record_load(q, &record_opening_batch, in->opening_id, &opening);

        if (r < 0)
                return r;
        opening.closing_note = in->reason;
        r = document_step(q, &record_opening_batch, &opening);
        if (r == 0)
                *(OpeningOutput *) ret_output =
                        (OpeningOutput){ .opening_id = opening.head.id, .amount = opening.balance };
        return r;
}

int opening_reverse(Request *q, Id id, const Voucher *reversal, const char *reason) {
        OpeningBatch opening;
        int r = record_load(q, &record_opening_batch, id, &opening);

        if (r < 0)
                return r == -ENOENT ? -EBROKEN_ : r;
        opening.closing_note = reason;
        opening.reversal_voucher_id = reversal->head.id;
        r = document_step(q, &record_opening_batch, &opening);
        return r < 0 ? r
                     : opening_tell(q, &accounting_opening_reversed, &opening, reversal->accounting_date);
}
