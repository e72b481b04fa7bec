/* SPDX-License-Identifier: Apache-2.0 */
/* Books with their chart of accounts, and the bank accounts money is paid into (8.2.1, 8.1.1). */

#include <stdio.h>
#include <string.h>

#include <node/date.h>
#include <node/identifier.h>

#include "accounting-domain.h"
#include "accounting-query.h"
#include "accounting-records.h"

int accounting_row(
        Request *q, const Record *record, const Query *query, const Value *args, size_t n, void *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, query, args, n, &rows);

        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return record_from_rows(record, rows, q->arena, ret);
}

int accounting_book(Request *q, Nature nature, Id *ret) {
        int64_t id;
        int r = tx_integer(q->tx, &accounting_book_by_nature,
                SQL_ARGS(value_integer(q->office), value_integer(nature)), &id);

        if (r == -ENOENT)
                return refuse(q, "accounting.no_book", NULL, essential_natures[nature].label, NULL);
        if (r == 0)
                ret->value = id;
        return r;
}

int accounting_bank_account(Request *q, Id book, Id property_area, Id *ret) {
        int64_t id;
        int r = tx_integer(q->tx, &accounting_bank_account_for,
                SQL_ARGS(value_integer(q->office), value_id(book), value_id(property_area)), &id);

        if (r == -ENOENT)
                return refuse(q, "accounting.no_bank_account", NULL, NULL);
        if (r == 0)
                ret->value = id;
        return r;
}

int run_create_book(Request *q, const void *input, void *ret_output) {
        const CreateBook *in = input;
        Book book = { .name = in->name, .nature = in->nature, .first_month = in->first_month };
        AccountingPeriod period;
        char text[DATE_TEXT_MAX];
        int r;

        if (book.first_month == 0)
                book.first_month = date_year_month(q->today);
        year_month_format(book.first_month, text);
        if (!month_valid(book.first_month))
                return refuse(q, "accounting.month_invalid", "first_month", text, NULL);
        r = record_insert(q, &record_book, &book);
        for (size_t i = 0; r == 0 && accounting_chart[i].code; i++) {
                LedgerAccount account = {
                        .book_id = book.head.id,
                        .code = accounting_chart[i].code,
                        .name = accounting_chart[i].name,
                        .element = accounting_chart[i].element,
                        .normal_side = accounting_chart[i].normal_side,
                };
                r = record_insert(q, &record_ledger_account, &account);
        }
        if (r == 0)
                r = period_open(q, book.head.id, book.first_month, &period);
        if (r == 0)
                *(AccountingCreated *) ret_output = (AccountingCreated){ .id = book.head.id };
        return r;
}

/* Name and number come from the register of banks where one is chosen (4.2.4). */
static int bank_take(Request *q, Id id, BankAccount *account) {
        Bank bank;

        if (id.value == 0)
                return text_empty(account->bank_name)
                               ? refuse(q, "accounting.bank_missing", "bank_name", NULL)
                               : 0;
        int r = essential_bank_active(q, id, "bank_id", &bank);
        if (r < 0)
                return r;
        account->bank_name = bank.name;
        account->cnaps = bank.cnaps;
        return 0;
}

int run_create_bank_account(Request *q, const void *input, void *ret_output) {
        const CreateBankAccount *in = input;
        BankAccount account = {
                .book_id = in->book_id,
                .bank_name = in->bank_name,
                .cnaps = in->cnaps,
                .account_name = in->account_name,
                .account_number = in->account_number,
                .property_area_id = in->property_area_id,
        };
        PropertyArea area;
        Book book;
        int r = record_load(q, &record_book, in->book_id, &book);

        if (r == 0 && in->property_area_id.value != 0)
                r = record_load(q, &record_property_area, in->property_area_id, &area);
        if (r == 0)
                r = bank_take(q, in->bank_id, &account);
        if (r < 0)
                return r;
        /* the same number in two widths or spacings would be two accounts, and banks match by digits */
        if (account.account_number[strspn(account.account_number, "0123456789")])
                return refuse(q, "accounting.account_number_invalid", "account_number",
                        account.account_number, NULL);
        if (!text_empty(account.cnaps) && cnaps_check(account.cnaps) != IDENTIFIER_OK)
                return refuse(q, "accounting.cnaps_invalid", "cnaps", account.cnaps, NULL);
        r = record_insert(q, &record_bank_account, &account);
        if (r == 0)
                *(AccountingCreated *) ret_output = (AccountingCreated){ .id = account.head.id };
        return r;
}
