/* SPDX-License-Identifier: Apache-2.0 */
/* Legacy balances were posted (domain 0.1.14): who paid before this system is not assessed again, and who
 * owed still owes. No money moves here. A household of which the old system knows neither is left to be
 * assessed; where one was assessed here already, what the old system says takes the place of that, so that
 * nothing is owed twice. What was kept, and no more, is taken back when the opening is reversed. */

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

/* What an apartment owes and has paid here, opening or not. */
typedef struct Standing {
        Money owed, paid;
        int64_t households, households_paid;
} Standing;

static int standing_load(Request *q, Id apartment, Standing *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(
                q->tx, &deposit_position_of, SQL_ARGS(value_integer(q->office), value_id(apartment)), &rows);

        *ret = (Standing){ 0 };
        if (r >= 0)
                r = rows_next(rows);
        if (r > 0)
                *ret = (Standing){ { rows_integer(rows, 0) }, { rows_integer(rows, 1) },
                        rows_integer(rows, 2), rows_integer(rows, 3) };
        return r < 0 ? r : 0;
}

/* A notice says what is owed no more: void, unless somebody has paid it and nobody has looked. */
static int notices_end(Request *q, Id apartment, const char *name) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, &deposit_payment_waiting,
                SQL_ARGS(value_integer(q->office), value_id(apartment)), &rows);

        if (r >= 0)
                r = rows_next(rows);
        if (r > 0)
                return refuse(q, "deposit.opening_payment", NULL, name, rows_text(rows, 1), NULL);
        return r < 0 ? r : notices_void(q, apartment);
}

static int position_keep(Request *q, const OpeningPosition *values, OpeningSums *sums) {
        OpeningPosition row = *values;
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

static int sums_tell(Request *q, const OpeningPosted *event, const OpeningSums *sums) {
        const FactKey key =
                essential_fact_key(date_year_month(event->accounting_date), event->nature, event->phase);
        int r = fact_add(q, &deposit_owed, key, sums->owed.fen);

        if (r == 0)
                r = fact_add(q, &deposit_paid, key, sums->paid.fen);
        if (r == 0)
                r = fact_add(q, &deposit_households, key, sums->households);
        return r < 0 ? r : fact_add(q, &deposit_households_paid, key, sums->households_paid);
}

static int line_keep(Request *q, const OpeningPosted *posted, const Rows *line, OpeningSums *sums) {
        const Money due = { rows_integer(line, 3) }, paid = { rows_integer(line, 4) },
                    more = { rows_integer(line, 5) };
        OpeningPosition row = {
                .opening_id = posted->opening_id,
                .apartment_id = { rows_integer(line, 0) },
                .property_area_id = { rows_integer(line, 1) },
                .building_id = { rows_integer(line, 2) },
                .opened_on = posted->accounting_date,
                .nature = posted->nature,
                .phase = posted->phase,
        };
        char amount[MONEY_TEXT_MAX];
        Standing before;

        if (due.fen == 0 && paid.fen == 0 && more.fen == 0)
                return 0;
        int r = standing_load(q, row.apartment_id, &before);
        if (r < 0)
                return r;
        /* a renewal was owed when it was paid */
        row.owed.fen = due.fen + more.fen - before.owed.fen;
        row.paid.fen = paid.fen + more.fen;
        row.households = before.households > 0 ? 0 : 1;
        row.households_paid = paid.fen > 0 ? 1 : 0;
        if (before.paid.fen != 0 && row.paid.fen != 0) {
                money_format_grouped(before.paid, amount);
                return refuse(q, "deposit.opening_paid", NULL, rows_text(line, 6), amount, NULL);
        }
        r = notices_end(q, row.apartment_id, rows_text(line, 6));
        return r < 0 ? r : position_keep(q, &row, sums);
}

int opening_posted_hear(Request *q, const void *event) {
        const OpeningPosted *posted = event;
        _cleanup_(rows_closep) Rows *rows = NULL;
        OpeningSums sums = { 0 };
        int r = tx_query(q->tx, &deposit_opening_lines,
                SQL_ARGS(value_integer(q->office), value_id(posted->opening_id)), &rows);

        while (r >= 0 && (r = rows_next(rows)) > 0)
                r = line_keep(q, posted, rows, &sums);
        return r < 0 ? r : sums_tell(q, posted, &sums);
}

/* What followed a change of housing into other households is not taken back from the one that ended. */
static int line_take(Request *q, const OpeningPosted *reversed, const Rows *line, OpeningSums *sums) {
        const OpeningPosition row = {
                .opening_id = reversed->opening_id,
                .apartment_id = { rows_integer(line, 0) },
                .property_area_id = { rows_integer(line, 1) },
                .building_id = { rows_integer(line, 2) },
                .owed = { 0 - rows_integer(line, 3) },
                .paid = { 0 - rows_integer(line, 4) },
                .households = 0 - rows_integer(line, 5),
                .households_paid = 0 - rows_integer(line, 6),
                .opened_on = reversed->accounting_date,
                .nature = reversed->nature,
                .phase = reversed->phase,
        };

        if (rows_integer(line, 8) > APARTMENT_CLOSED)
                return refuse(q, "deposit.opening_changed", NULL, rows_text(line, 7), NULL);
        int r = notices_end(q, row.apartment_id, rows_text(line, 7));
        return r < 0 ? r : position_keep(q, &row, sums);
}

int opening_reversed_hear(Request *q, const void *event) {
        const OpeningPosted *reversed = event;
        _cleanup_(rows_closep) Rows *rows = NULL;
        OpeningSums sums = { 0 };
        int r = tx_query(q->tx, &deposit_opening_kept,
                SQL_ARGS(value_integer(q->office), value_id(reversed->opening_id)), &rows);

        while (r >= 0 && (r = rows_next(rows)) > 0)
                r = line_take(q, reversed, rows, &sums);
        return r < 0 ? r : sums_tell(q, reversed, &sums);
}
