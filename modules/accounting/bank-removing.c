/* SPDX-License-Identifier: Apache-2.0 */
/* A bank with open accounts of ours stays in the register (4.2.4). */

#include <stdio.h>

#include "accounting-query.h"
#include "accounting-records.h"

int bank_removing_hear(Request *q, const void *payload) {
        const BankRemoving *removing = payload;
        int64_t open;
        char count[24];
        int r = tx_integer(q->tx, &accounting_bank_accounts_open,
                SQL_ARGS(value_integer(q->office), value_text(removing->cnaps)), &open);

        if (r < 0 || open == 0)
                return r;
        snprintf(count, sizeof(count), "%lld", (long long) open);
        return refuse(q, "accounting.bank_in_use", "id", removing->cnaps, count, NULL);
}
