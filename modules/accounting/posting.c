/* SPDX-License-Identifier: Apache-2.0 */
/* Posting: the one way money moves. A voucher, its entries, the household lines and both kinds of balance
 * are written in one transaction, and none of it is ever changed. */

#include <stdio.h>

#include <node/date.h>
#include <node/money.h>

#include "accounting-domain.h"
#include "accounting-query.h"
#include "accounting-records.h"

typedef struct AccountState {
        Id id;
        Money debit_total, credit_total, balance;
} AccountState;

static int refuse_draft(Request *q, const DraftFinding *finding) {
        char left[MONEY_TEXT_MAX], right[MONEY_TEXT_MAX], at[24];

        money_format_grouped(finding->left, left);
        money_format_grouped(finding->right, right);
        snprintf(at, sizeof(at), "%zu", finding->at + 1);
        switch (finding->fault) {
        case DRAFT_SOUND:
                return 0;
        case DRAFT_LINE:
                return refuse(q, "accounting.line_invalid", NULL, at, NULL);
        case DRAFT_BALANCE:
                return refuse(q, "accounting.not_balanced", NULL, left, right, NULL);
        case DRAFT_CONTROL:
                return refuse(q, "accounting.control_differs", NULL, accounting_controls[finding->at], left,
                        right, NULL);
        case DRAFT_OVERFLOW:
                return -EOVERFLOW;
        case DRAFT_SIZE:
                return -E2BIG;
        }
        return -EINVAL;
}

static int account_load(Request *q, Id book, const char *code, AccountState *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, &accounting_account_state,
                SQL_ARGS(value_integer(q->office), value_id(book), value_text(code)), &rows);

        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r == 0)
                return refuse(q, "accounting.unknown_account", NULL, code, NULL);
        if (r < 0)
                return r;
        *ret = (AccountState){
                .id = { rows_integer(rows, 0) },
                .debit_total = { rows_integer(rows, 1) },
                .credit_total = { rows_integer(rows, 2) },
                .balance = { rows_integer(rows, 3) },
        };
        return 0;
}

static int entry_post(Request *q, const Voucher *voucher, const VoucherLine *line, size_t number) {
        AccountState account;
        int r = account_load(q, voucher->book_id, line->account, &account);

        if (r == 0 && line->side == SIDE_DEBIT) {
                r = money_add(account.debit_total, line->amount, &account.debit_total);
                if (r == 0)
                        r = money_add(account.balance, line->amount, &account.balance);
        } else if (r == 0) {
                r = money_add(account.credit_total, line->amount, &account.credit_total);
                if (r == 0)
                        r = money_subtract(account.balance, line->amount, &account.balance);
        }
        if (r < 0)
                return r;
        VoucherEntry entry = {
                .voucher_id = voucher->head.id,
                .book_id = voucher->book_id,
                .account_id = account.id,
                .account_code = line->account,
                .line = (int64_t) number,
                .side = line->side,
                .amount = line->amount,
                .bank_account_id = line->bank_account,
                .balance_after = account.balance,
        };
        r = record_insert(q, &record_voucher_entry, &entry);
        if (r < 0)
                return r;
        return tx_exec(q->tx, &accounting_account_balance_set,
                SQL_ARGS(value_id(account.id), value_integer(q->office),
                        value_integer(voucher->head.chain_seq), value_id(voucher->book_id),
                        value_text(line->account), value_money(account.debit_total),
                        value_money(account.credit_total), value_money(account.balance)),
                NULL);
}

static int household_read(Request *q, Id apartment, HouseholdBalance *ret, int64_t *ret_state) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, &accounting_household_state,
                SQL_ARGS(value_integer(q->office), value_id(apartment)), &rows);

        if (r < 0)
                return r;
        *ret = (HouseholdBalance){ 0 };
        *ret_state = APARTMENT_NORMAL;
        r = rows_next(rows);
        if (r <= 0)
                return r;
        ret->principal.fen = rows_integer(rows, 0);
        ret->interest.fen = rows_integer(rows, 1);
        ret->entry_count = rows_integer(rows, 2);
        ret->property_area_id.value = rows_integer(rows, 3);
        *ret_state = rows_integer(rows, 4);
        return 0;
}

int household_load(Request *q, Id apartment, HouseholdBalance *ret) {
        int64_t ignored;

        return household_read(q, apartment, ret, &ignored);
}

static int household_add(Request *q, const HouseholdLine *line, HouseholdBalance *balance) {
        Money *part = line->part == PART_INTEREST ? &balance->interest : &balance->principal;
        char available[MONEY_TEXT_MAX], wanted[MONEY_TEXT_MAX];
        Money before;
        int r = money_add(balance->principal, balance->interest, &before);

        if (r == 0)
                r = money_add(*part, line->amount, part);
        if (r == 0)
                r = money_add(balance->principal, balance->interest, &balance->balance);
        if (r < 0)
                return r;
        balance->entry_count++;
        if (balance->balance.fen >= 0 || line->permission.value != 0)
                return 0;
        money_format_grouped(before, available);
        money_format_grouped((Money){ 0 - line->amount.fen }, wanted);
        return refuse(q, "accounting.balance_below_zero", NULL, available, wanted, NULL);
}

/* An entry belongs to the area its household lies in now, whatever a paper from before says; only a transfer
 * takes it out of one and into another. What was split, merged or extinguished gains nothing any more, and has
 * nothing to take away: that lies with whoever took its place. */
static int household_post(Request *q, const Voucher *voucher, const HouseholdLine *line, bool transfer) {
        HouseholdBalance balance;
        int64_t state;
        int r = household_read(q, line->apartment, &balance, &state);
        Id area = line->property_area;

        if (r == 0 && state > APARTMENT_CLOSED && (line->amount.fen > 0 || !transfer))
                return refuse(q, "accounting.household_ended", NULL, NULL);
        if (r == 0)
                r = household_add(q, line, &balance);
        if (r < 0)
                return r;
        if (!transfer && balance.property_area_id.value != 0)
                area = balance.property_area_id;
        HouseholdEntry entry = {
                .voucher_id = voucher->head.id,
                .book_id = voucher->book_id,
                .apartment_id = line->apartment,
                .property_area_id = area,
                .phase = line->phase,
                .control_code = line->control,
                .part = line->part,
                .amount = line->amount,
                .business_date = line->business_date,
                .value_date = line->value_date,
                .accounting_date = voucher->accounting_date,
                .balance_after = balance.balance,
                .permission_id = line->permission,
        };
        r = record_insert(q, &record_household_entry, &entry);
        if (r < 0)
                return r;
        return tx_exec(q->tx, &accounting_household_balance_set,
                SQL_ARGS(value_id(line->apartment), value_integer(q->office),
                        value_integer(voucher->head.chain_seq), value_id(voucher->book_id), value_id(area),
                        value_money(balance.principal), value_money(balance.interest),
                        value_money(balance.balance), value_integer(balance.entry_count)),
                NULL);
}

static int bank_accounts_check(Request *q, const VoucherDraft *draft) {
        for (size_t i = 0; i < draft->n_lines; i++) {
                int64_t known;
                if (draft->lines[i].bank_account.value == 0)
                        continue;
                int r = tx_integer(q->tx, &accounting_bank_account_in_book,
                        SQL_ARGS(value_integer(q->office), value_id(draft->book),
                                value_id(draft->lines[i].bank_account)),
                        &known);
                if (r < 0)
                        return r;
                if (known != 1)
                        return refuse(q, "accounting.bank_account_other_book", NULL, NULL);
        }
        return 0;
}

static int voucher_insert(Request *q, const VoucherDraft *draft, Money amount, Voucher *ret) {
        Voucher voucher = {
                .book_id = draft->book,
                .month = date_year_month(draft->accounting_date),
                .accounting_date = draft->accounting_date,
                .source = draft->source,
                .source_id = draft->source_id,
                .reference = draft->reference,
                .amount = amount,
                .prepared_by = draft->prepared_by,
                .reviewed_by = q->person,
                .reversal_of = draft->reversal_of,
        };
        const char *series = arena_printf(q->arena, "voucher.%lld", (long long) draft->book.value);
        int r = series ? number_next(q, series, (int32_t) voucher.month, &voucher.number) : -ENOMEM;

        if (r == 0)
                r = record_insert(q, &record_voucher, &voucher);
        if (r == 0)
                *ret = voucher;
        return r;
}

int accounting_post(Request *q, const VoucherDraft *draft, Voucher *ret) {
        DraftFinding finding;
        Money amount;
        Voucher voucher;
        int r;

        draft_check(draft->lines, draft->n_lines, draft->households, draft->n_households, &finding);
        r = refuse_draft(q, &finding);
        if (r == 0)
                r = request_other_person(q, draft->prepared_by, NULL);
        if (r == 0)
                r = bank_accounts_check(q, draft);
        if (r == 0)
                r = period_for(q, draft->book, draft->accounting_date);
        if (r == 0)
                r = draft->n_lines > 0 ? lines_sum(draft->lines, draft->n_lines, SIDE_DEBIT, &amount)
                                       : households_moved(draft->households, draft->n_households, &amount);
        if (r == 0)
                r = voucher_insert(q, draft, amount, &voucher);
        for (size_t i = 0; r == 0 && i < draft->n_lines; i++)
                r = entry_post(q, &voucher, &draft->lines[i], i + 1);
        for (size_t i = 0; r == 0 && i < draft->n_households; i++)
                r = household_post(q, &voucher, &draft->households[i], draft->n_lines == 0);
        if (r == 0)
                *ret = voucher;
        return r;
}
