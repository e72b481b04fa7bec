/* SPDX-License-Identifier: Apache-2.0 */
/* A part of a file of legacy balances: rows that the store knows become lines of an opening of their area,
 * nothing is posted. A dwelling has one line that counts; the same file again changes nothing. */

#include <stdio.h>

#include <node/date.h>
#include <node/money.h>

#include "accounting-query.h"
#include "opening-query.h"
#include "opening-records.h"

typedef struct Taken {
        const OpeningRow *row;
        Apartment apartment;
        bool done; /* is in an opening */
} Taken;

static int line_live(Request *q, Id apartment, OpeningLine *ret) {
        return accounting_row(q, &record_opening_line, &accounting_opening_line_live,
                SQL_ARGS(value_integer(q->office), value_id(apartment)), ret);
}

static bool line_same(const OpeningLine *line, const OpeningRow *row) {
        return line->due.fen == row->due.fen && line->paid.fen == row->paid.fen &&
               line->more.fen == row->more.fen && line->returns.fen == row->returns.fen &&
               line->used.fen == row->used.fen && line->balance.fen == row->balance.fen;
}

/* Code of what stands against the row, or NULL. *ret_known: it is there already. */
static int row_find(Request *q, const OpeningRow *row, const Taken *taken, size_t n, Apartment *ret,
        bool *ret_known, const char **ret_code) {
        const DwellingName name = { row->area_name, row->building, row->unit, row->room_number };
        OpeningLine line;
        bool owned = true;
        int r = dwelling_find(q, &name, ret, ret_code);

        *ret_known = false;
        if (r == 0 && !*ret_code)
                r = dwelling_owned_by(q, ret->head.id, row->id_numbers, &owned);
        if (r < 0 || *ret_code)
                return r;
        if (!owned)
                *ret_code = "ID_MISMATCH";
        for (size_t i = 0; i < n; i++)
                if (taken[i].apartment.head.id.value == ret->head.id.value)
                        *ret_code = "DUP_KEY";
        if (*ret_code)
                return 0;
        r = line_live(q, ret->head.id, &line);
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        *ret_known = line_same(&line, row);
        *ret_code = *ret_known ? NULL : "OPENING_DIFFERS";
        return 0;
}

static int amounts_add(OpeningBatch *opening, const OpeningLine *line) {
        const struct {
                Money *sum, amount;
        } pairs[] = { { &opening->due, line->due }, { &opening->paid, line->paid },
                { &opening->more, line->more }, { &opening->returns, line->returns },
                { &opening->used, line->used }, { &opening->principal, line->principal },
                { &opening->interest, line->interest }, { &opening->balance, line->balance } };
        int r = 0;

        for (size_t i = 0; r == 0 && i < ELEMENTSOF(pairs); i++)
                r = money_add(*pairs[i].sum, pairs[i].amount, pairs[i].sum);
        opening->households++;
        return r;
}

static int opening_begin(Request *q, Id area_id, OpeningBatch *ret) {
        PropertyArea area;
        int64_t number = 0;
        int r = record_load(q, &record_property_area, area_id, &area);

        if (r < 0)
                return r;
        OpeningBatch opening = {
                .property_area_id = area_id,
                .nature = area.nature,
                .phase = area.phase,
                .entered_by = q->person,
                .entered_on = q->today,
                .state = OPENING_ENTERED,
        };
        r = accounting_book(q, (Nature) area.nature, &opening.book_id);
        if (r == 0)
                r = number_next(q, "opening", q->today.ymd / 10000, &number);
        opening.number =
                arena_printf(q->arena, "QC%d-%06lld", (int) (q->today.ymd / 10000), (long long) number);
        if (r == 0)
                *ret = opening;
        return r < 0 ? r : opening.number ? 0 : -ENOMEM;
}

/* Rows of one area that stand in `taken` from `first` on, as many as the opening has room for. */
static int area_take(Request *q, Taken *taken, size_t n, size_t first) {
        const Id area = taken[first].apartment.property_area_id;
        OpeningLine *lines = ARENA_ARRAY(q->arena, OpeningLine, n);
        int64_t interest_first = 1;
        size_t n_lines = 0;
        OpeningBatch opening;
        int r = lines ? setting_integer(q, &setting_interest_first, &interest_first) : -ENOMEM;

        if (r == 0)
                r = accounting_row(q, &record_opening_batch, &accounting_opening_open,
                        SQL_ARGS(value_integer(q->office), value_id(area), value_id(q->person),
                                value_integer(OPENING_HOUSEHOLDS_MAX)),
                        &opening);
        bool begun = r == -ENOENT;
        if (begun)
                r = opening_begin(q, area, &opening);
        for (size_t i = first; r == 0 && i < n && opening.households < OPENING_HOUSEHOLDS_MAX; i++) {
                const OpeningRow *row = taken[i].row;
                if (taken[i].done || taken[i].apartment.property_area_id.value != area.value)
                        continue;
                OpeningLine *line = &lines[n_lines++];
                *line = (OpeningLine){ .apartment_id = taken[i].apartment.head.id,
                        .property_area_id = area,
                        .building_id = taken[i].apartment.building_id,
                        .due = row->due,
                        .paid = row->paid,
                        .more = row->more,
                        .returns = row->returns,
                        .used = row->used,
                        .balance = row->balance,
                        .last_paid_on = row->last_paid_on,
                        .bill_number = row->bill_number };
                opening_parts(row, interest_first != 0, &line->principal, &line->interest);
                taken[i].done = true;
                r = amounts_add(&opening, line);
        }
        if (r == 0)
                r = begun ? record_insert(q, &record_opening_batch, &opening)
                          : record_update(q, &record_opening_batch, &opening, NULL);
        for (size_t i = 0; r == 0 && i < n_lines; i++) {
                lines[i].opening_id = opening.head.id;
                r = record_insert(q, &record_opening_line, &lines[i]);
        }
        return r;
}

static int rows_go(Request *q, const OpeningImport *part, bool take, ImportOutcome *ret) {
        const OpeningRow *rows = part->rows.rows;
        Taken *taken = ARENA_ARRAY(q->arena, Taken, part->rows.n + 1);
        ImportOutcome outcome = { 0 };
        size_t n = 0;
        int r = part->rows.n > IMPORT_PART_ROWS_MAX ? -EMALFORMED_ : taken ? 0 : -ENOMEM;

        for (size_t i = 0; r == 0 && i < part->rows.n; i++) {
                const char *code = opening_row_fault(&rows[i]);
                bool known = false;
                Apartment apartment;
                if (!code)
                        r = row_find(q, &rows[i], taken, n, &apartment, &known, &code);
                if (r == 0 && code)
                        r = outcome_fault(q, &outcome, rows[i].source_line, code);
                if (r < 0 || code)
                        continue;
                outcome.unchanged += known;
                if (known)
                        continue;
                outcome.created++;
                taken[n++] = (Taken){ .row = &rows[i], .apartment = apartment };
        }
        for (size_t i = 0; r == 0 && take && i < n;)
                if (taken[i].done)
                        i++;
                else
                        r = area_take(q, taken, n, i);
        if (r == 0)
                *ret = outcome;
        return r;
}

int run_import_opening_rows(Request *q, const void *input, void *ret_output) {
        return rows_go(q, input, true, ret_output);
}

int run_try_opening_rows(Request *q, const void *input, void *ret_output) {
        return rows_go(q, input, false, ret_output);
}
