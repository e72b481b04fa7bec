/* SPDX-License-Identifier: Apache-2.0 */
/* Which area a special account serves (4.2.4, 8.1.1): assigned by hand, and agreed before areas become one, because
 * what is owed in them is paid into the account that their notices name. */

#include <essential/housing_change.h>

#include "accounting-query.h"
#include "accounting-records.h"

int run_assign_bank_account(Request *q, const void *input, void *ret_output) {
        const AssignBankAccount *in = input;
        BankAccount account;
        PropertyArea area;
        Book book;
        int r = record_load(q, &record_bank_account, in->bank_account_id, &account);

        if (r == 0 && in->property_area_id.value != 0) {
                r = record_load(q, &record_book, account.book_id, &book);
                if (r == 0)
                        r = record_load(q, &record_property_area, in->property_area_id, &area);
                if (r == 0 && area.state != STRUCTURE_NORMAL)
                        return refuse(q, "accounting.area_ended", "property_area_id", area.name,
                                essential_structure_states[area.state].label, NULL);
                if (r == 0 && area.nature != book.nature)
                        return refuse(q, "accounting.area_other_book", "property_area_id", area.name, book.name, NULL);
        }
        if (r < 0)
                return r;
        account.property_area_id = in->property_area_id;
        r = record_update(q, &record_bank_account, &account, in->reason);
        if (r == 0)
                *(AccountingCreated *) ret_output = (AccountingCreated){ .id = account.head.id };
        return r;
}

static int account_load(Request *q, Nature nature, Id area, BankAccount *ret) {
        int64_t id;
        int r = tx_integer(q->tx, &accounting_book_by_nature,
                SQL_ARGS(value_integer(q->office), value_integer(nature)), &id);

        if (r == 0)
                r = tx_integer(q->tx, &accounting_bank_account_for,
                        SQL_ARGS(value_integer(q->office), value_integer(id), value_id(area)), &id);
        *ret = (BankAccount){ 0 };
        if (r == -ENOENT)
                return 0;
        return r < 0 ? r : record_load(q, &record_bank_account, (Id){ id }, ret);
}

/* Two areas that are to be one are paid into one account already. */
int accounts_changing_hear(Request *q, const void *event) {
        const AreasChanging *changing = event;
        const char *names[CHANGE_OBJECTS_MAX];
        BankAccount accounts[CHANGE_OBJECTS_MAX];
        Id areas[CHANGE_OBJECTS_MAX];
        Nature nature = NATURE_COMMODITY;
        size_t n = 0;
        int r = 0;

        if (changing->kind != CHANGE_MERGE)
                return 0;
        {
                _cleanup_(rows_closep) Rows *rows = NULL;
                r = tx_query(q->tx, &accounting_change_areas,
                        SQL_ARGS(value_integer(q->office), value_id(changing->change_id)), &rows);
                while (r >= 0 && (r = rows_next(rows)) > 0) {
                        if (n == CHANGE_OBJECTS_MAX)
                                return -E2BIG;
                        areas[n].value = rows_integer(rows, 0);
                        names[n] = arena_strdup(q->arena, rows_text(rows, 1));
                        nature = (Nature) rows_integer(rows, 2);
                        if (!names[n++])
                                return -ENOMEM;
                }
        }
        for (size_t i = 0; r == 0 && i < n; i++) {
                r = account_load(q, nature, areas[i], &accounts[i]);
                if (r == 0 && accounts[i].head.id.value != accounts[0].head.id.value)
                        return refuse(q, "accounting.accounts_differ", NULL, names[0],
                                accounts[0].account_number, names[i], accounts[i].account_number, NULL);
        }
        return r;
}
