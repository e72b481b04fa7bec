/* SPDX-License-Identifier: Apache-2.0 */
/* Legacy balances were posted (domain 0.1.14): who paid before this system is not assessed again, and who
 * owed still owes. No money moves here. A household of which the old system knows neither is left to be
 * assessed. */

#include <accounting/opening.h>
#include <node/date.h>
#include <node/money.h>

#include "deposit-domain.h"
#include "deposit-query.h"
#include "deposit-records.h"

typedef struct OpeningSums {
        Money owed, paid;
        int64_t households, households_paid;
} OpeningSums;

static int line_keep(
        Request *q, const OpeningPosted *posted, const Rows *line, int sign, OpeningSums *sums) {
        Money due = { rows_integer(line, 3) }, paid = { rows_integer(line, 4) },
              more = { rows_integer(line, 5) };
        OpeningPosition row = {
                .opening_id = posted->opening_id,
                .apartment_id = { rows_integer(line, 0) },
                .property_area_id = { rows_integer(line, 1) },
                .building_id = { rows_integer(line, 2) },
                .households = sign,
                .households_paid = paid.fen > 0 ? sign : 0,
                .opened_on = posted->accounting_date,
                .nature = posted->nature,
                .phase = posted->phase,
        };

        if (due.fen == 0 && paid.fen == 0 && more.fen == 0)
                return 0;
        /* a renewal was owed when it was paid */
        row.owed.fen = sign * (due.fen + more.fen);
        row.paid.fen = sign * (paid.fen + more.fen);
        int r = record_insert(q, &record_opening_position, &row);
        if (r < 0)
                return r;
        const DepositPosition delta = {
                .head.id = row.apartment_id,
                .property_area_id = row.property_area_id,
                .building_id = row.building_id,
                .owed = row.owed,
                .paid = row.paid,
        };
        sums->households += row.households;
        sums->households_paid += row.households_paid;
        r = position_add(q, &delta, row.head.chain_seq);
        if (r == 0)
                r = money_add(sums->owed, row.owed, &sums->owed);
        return r < 0 ? r : money_add(sums->paid, row.paid, &sums->paid);
}

static int opening_keep(Request *q, const OpeningPosted *posted, int sign) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const FactKey key =
                essential_fact_key(date_year_month(posted->accounting_date), posted->nature, posted->phase);
        OpeningSums sums = { 0 };
        int r = tx_query(q->tx, &deposit_opening_lines,
                SQL_ARGS(value_integer(q->office), value_id(posted->opening_id)), &rows);

        while (r >= 0 && (r = rows_next(rows)) > 0)
                r = line_keep(q, posted, rows, sign, &sums);
        if (r == 0)
                r = fact_add(q, &deposit_owed, key, sums.owed.fen);
        if (r == 0)
                r = fact_add(q, &deposit_paid, key, sums.paid.fen);
        if (r == 0)
                r = fact_add(q, &deposit_households, key, sums.households);
        return r < 0 ? r : fact_add(q, &deposit_households_paid, key, sums.households_paid);
}

int opening_posted_hear(Request *q, const void *event) {
        return opening_keep(q, event, 1);
}

int opening_reversed_hear(Request *q, const void *event) {
        return opening_keep(q, event, -1);
}
