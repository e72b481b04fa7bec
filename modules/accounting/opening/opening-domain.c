/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of legacy balances: pure. */

#include <node/macro.h>

#include "opening-records.h"

const char *opening_row_fault(const OpeningRow *row) {
        const int64_t amounts[] = { row->due.fen, row->paid.fen, row->more.fen, row->returns.fen,
                row->used.fen, row->balance.fen };

        for (size_t i = 0; i < ELEMENTSOF(amounts); i++)
                if (amounts[i] < 0)
                        return "NEGATIVE";
        for (size_t i = 0; i < ELEMENTSOF(amounts); i++)
                if (amounts[i] > OPENING_AMOUNT_MAX)
                        return "AMT_RANGE";
        return row->paid.fen + row->more.fen + row->returns.fen - row->used.fen == row->balance.fen
                       ? NULL
                       : "BALANCE_MISMATCH";
}

void opening_parts(const OpeningRow *row, bool interest_first, Money *ret_principal, Money *ret_interest) {
        int64_t principal = row->paid.fen + row->more.fen, interest = row->returns.fen;
        int64_t *first = interest_first ? &interest : &principal;
        int64_t from_first = row->used.fen < *first ? row->used.fen : *first;

        *first -= from_first;
        *(interest_first ? &principal : &interest) -= row->used.fen - from_first;
        *ret_principal = (Money){ principal };
        *ret_interest = (Money){ interest };
}
