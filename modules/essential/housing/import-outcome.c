/* SPDX-License-Identifier: Apache-2.0 */
/* What the importers on stored housing share: places by their names, and rows that are left out one by one.
 */

#include <stdlib.h>

#include <essential/housing_change.h>
#include <node/text.h>

#include "housing-query.h"
#include "housing-records.h"

static int fault_note(Request *q, ImportOutcome *outcome, ImportFault fault) {
        ImportFault *faults = outcome->faults.rows;

        if (!faults) {
                faults = ARENA_ARRAY(q->arena, ImportFault, BUILDING_TABLE_ROWS_MAX);
                outcome->faults = (Lines){ faults, 0 };
        }
        if (!faults || outcome->faults.n == BUILDING_TABLE_ROWS_MAX)
                return -ENOMEM;
        faults[outcome->faults.n++] = fault;
        return 0;
}

int outcome_fault(Request *q, ImportOutcome *outcome, int64_t line, const char *code) {
        return fault_note(q, outcome, (ImportFault){ .line = line, .code = code });
}

int outcome_warning(Request *q, ImportOutcome *outcome, int64_t line, const char *code) {
        return fault_note(q, outcome, (ImportFault){ .line = line, .code = code, .taken = true });
}

static int line_compare(const void *a, const void *b) {
        const ImportFault *left = a, *right = b;

        return (left->line > right->line) - (left->line < right->line);
}

void outcome_sort(ImportOutcome *outcome) {
        if (outcome->faults.n > 0)
                qsort(outcome->faults.rows, outcome->faults.n, sizeof(ImportFault), line_compare);
}

void outcome_tally(const void *output, int64_t counts[static 3]) {
        const ImportOutcome *outcome = output;

        counts[0] += outcome->created;
        counts[1] += outcome->changed;
        counts[2] += outcome->unchanged;
}

int import_faults(Lines given, Arena *arena, const Finding **ret, size_t *ret_n) {
        const ImportFault *faults = given.rows;
        Finding *findings = ARENA_ARRAY(arena, Finding, given.n + 1);

        if (!findings)
                return -ENOMEM;
        for (size_t i = 0; i < given.n; i++)
                findings[i] = (Finding){ .level = faults[i].taken ? FINDING_WARNING : FINDING_REJECT,
                        .line = faults[i].line,
                        .code = faults[i].code };
        *ret = findings;
        *ret_n = given.n;
        return 0;
}

int outcome_faults(const void *output, Arena *arena, const Finding **ret, size_t *ret_n) {
        return import_faults(((const ImportOutcome *) output)->faults, arena, ret, ret_n);
}

static int row_named(
        Request *q, const Record *record, const Query *query, const Value *args, size_t n, void *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, query, args, n, &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        r = record_from_rows(record, rows, q->arena, ret);
        /* a second row of a name that is no key: which one is meant cannot be told */
        if (r == 0 && rows_next(rows) > 0)
                r = -ENOENT;
        return r;
}

static int areas_exact(Request *q, const char *name, PropertyArea *ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(
                q->tx, &essential_area_by_name, SQL_ARGS(value_integer(q->office), value_text(name)), &rows);

        *ret_n = 0;
        while (r >= 0 && (r = rows_next(rows)) > 0)
                r = (*ret_n)++ == 0 ? record_from_rows(&record_property_area, rows, q->arena, ret) : 0;
        return r;
}

/* The same characters in another width: 示范花园（一期） and 示范花园(一期) are one. */
static int areas_spelled(Request *q, const char *name, PropertyArea *ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char *wanted = arena_strdup(q->arena, name);
        int r = wanted ? tx_query(q->tx, &essential_areas_by_length,
                                 SQL_ARGS(value_integer(q->office),
                                         value_integer((int64_t) text_characters(name))),
                                 &rows)
                       : -ENOMEM;

        *ret_n = 0;
        if (wanted)
                text_fold_width(wanted);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                char *have = arena_strdup(q->arena, rows_text(rows, 0));
                if (!have)
                        return -ENOMEM;
                text_fold_width(have);
                if (!text_equal(have, wanted))
                        continue;
                r = record_load(q, &record_property_area, (Id){ rows_integer(rows, 1) }, ret);
                (*ret_n)++;
        }
        return r;
}

int areas_named(Request *q, const char *name, PropertyArea *ret, size_t *ret_n) {
        PropertyArea spelled;
        size_t n = 0;
        int r = areas_exact(q, name, ret, ret_n);

        if (r < 0 || (*ret_n > 0 && ret->state == STRUCTURE_NORMAL))
                return r;
        r = areas_spelled(q, name, &spelled, &n);
        if (r == 0 && n > 0) {
                *ret = spelled;
                *ret_n = n;
        }
        return r;
}

int area_named(Request *q, const char *name, PropertyArea *ret) {
        size_t n;

        if (text_empty(name))
                return row_named(q, &record_property_area, &essential_area_only,
                        SQL_ARGS(value_integer(q->office)), ret);
        int r = areas_named(q, name, ret, &n);
        return r == 0 && n != 1 ? -ENOENT : r;
}

int building_named(Request *q, Id area, const char *name, Building *ret) {
        return row_named(q, &record_building, &essential_building_by_name,
                SQL_ARGS(value_integer(q->office), value_id(area), value_text(name)), ret);
}

int unit_named(Request *q, Id building, const char *name, Unit *ret) {
        return row_named(q, &record_unit, &essential_unit_by_name,
                SQL_ARGS(value_integer(q->office), value_id(building), value_text(name)), ret);
}

int apartment_named(Request *q, Id area, const char *building_name, const char *unit_name, const char *room,
        Apartment *ret) {
        Building building;
        Unit unit;
        int r = building_named(q, area, building_name, &building);

        if (r == 0)
                r = unit_named(q, building.head.id, text_empty(unit_name) ? UNIT_NONE : unit_name, &unit);
        if (r < 0)
                return r;
        return row_named(q, &record_apartment, &essential_apartment_by_room,
                SQL_ARGS(value_integer(q->office), value_id(unit.head.id), value_text(room)), ret);
}
