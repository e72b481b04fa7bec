/* SPDX-License-Identifier: Apache-2.0 */
/* Banks of special accounts are added, changed and removed (4.2.4). Removing asks the modules above first:
 * who still uses the bank refuses; otherwise it stays in the books as ended. */

#include <node/identifier.h>

#include "support-domain.h"
#include "support-query.h"
#include "support-records.h"

static int bank_check(Request *q, Bank *bank) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char *cnaps = arena_strdup(q->arena, bank->cnaps);

        if (!cnaps)
                return -ENOMEM;
        identifier_normalise(cnaps);
        bank->cnaps = cnaps;
        const char *fault = bank_number_fault(cnaps, bank->bank_code);
        if (fault)
                return refuse(q, fault, "cnaps", cnaps, bank->bank_code, NULL);
        int r = tx_query(q->tx, &essential_bank_by_cnaps,
                SQL_ARGS(value_integer(q->office), value_text(cnaps), value_id(bank->head.id)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        Bank other;
        r = record_from_rows(&record_bank, rows, q->arena, &other);
        return r < 0 ? r : refuse(q, "essential.bank_exists", "cnaps", cnaps, other.name, NULL);
}

int run_add_bank(Request *q, const void *input, void *ret_output) {
        const AddBank *in = input;
        Bank bank = {
                .bank_code = in->bank_code,
                .name = in->name,
                .cnaps = in->cnaps,
                .address = in->address,
                .phone = in->phone,
                .valid_from = in->valid_from.ymd ? in->valid_from : q->today,
        };
        int r = bank_check(q, &bank);

        if (r == 0)
                r = record_insert(q, &record_bank, &bank);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = bank.head.id };
        return r;
}

int essential_bank_active(Request *q, Id id, const char *field, Bank *ret) {
        Bank bank;
        int r = record_load(q, &record_bank, id, &bank);

        if (r < 0)
                return r;
        if (bank.valid_to.ymd != 0)
                return refuse(q, "essential.bank_removed", field, bank.name, NULL);
        *ret = bank;
        return 0;
}

int run_change_bank(Request *q, const void *input, void *ret_output) {
        const ChangeBank *in = input;
        Bank bank;
        int r = essential_bank_active(q, in->id, "id", &bank);

        if (r < 0)
                return r;
        bank.head.version = in->version;
        bank.bank_code = in->bank_code;
        bank.name = in->name;
        bank.cnaps = in->cnaps;
        bank.address = in->address;
        bank.phone = in->phone;
        r = bank_check(q, &bank);
        if (r == 0)
                r = record_update(q, &record_bank, &bank, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = bank.head.id };
        return r;
}

int run_delete_bank(Request *q, const void *input, void *ret_output) {
        const DeleteBank *in = input;
        Bank bank;
        int r = essential_bank_active(q, in->id, "id", &bank);

        if (r < 0)
                return r;
        const BankRemoving removing = { .bank_id = bank.head.id, .cnaps = bank.cnaps };
        r = event_emit(q, &essential_bank_removing, &removing);
        if (r < 0)
                return r;
        bank.head.version = in->version;
        /* taken out before its first day it has held on none */
        bank.valid_to = bank.valid_from.ymd > q->today.ymd ? bank.valid_from : q->today;
        r = record_update(q, &record_bank, &bank, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = bank.head.id };
        return r;
}
