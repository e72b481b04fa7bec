/* SPDX-License-Identifier: Apache-2.0 */
/* A newer list of divisions meets the register: new codes begin, changed names become new rows tied to the
 * old, and codes that a complete list leaves out end. The preview takes the same steps and changes nothing.
 */

#include <string.h>

#include <node/date.h>

#include "support-domain.h"
#include "support-query.h"
#include "support-records.h"

#define REASON_LIST "division list"

typedef struct Meeting {
        Request *q;
        bool apply;
        Date day; /* of the row's own name: from when it says, or today */
        const DivisionRow *row;
        ListResult result;
} Meeting;

static int note(
        Meeting *meeting, const char *code, const char *division, const char *name, const char *after) {
        const char *value =
                arena_printf(meeting->q->arena, "%s %s%s%s", division, name, *after ? " -> " : "", after);

        const RowNote said = { .line = meeting->row->source_line, .code = code, .value = value };
        return value ? list_note(&meeting->result, said, meeting->q->arena) : -ENOMEM;
}

/* Today, whenever its neighbour in the list began: until now it was held. What has not begun yet the list does
 * not know. */
static int one_end(Meeting *meeting, Division *division) {
        if (division->valid_from.ymd > meeting->q->today.ymd)
                return 0;
        int r = meeting->apply ? division_end(meeting->q, division, meeting->q->today, REASON_LIST) : 0;

        meeting->result.rows_changed++;
        return r < 0 ? r : note(meeting, "DIVISION_ENDS", division->code, division->name, "");
}

/* Siblings that the list passes over, each with what lies below it. */
static int span_end(Meeting *meeting, const char *parent, const char *after, const char *before) {
        Request *q = meeting->q;
        Division *missing, *below;
        size_t n, n_below;
        int r = divisions_read(q, &essential_division_span,
                SQL_ARGS(value_integer(q->office), value_text(parent), value_text(after), value_text(before),
                        value_integer(DIVISION_ENDS_MAX + 1)),
                &missing, &n);

        for (size_t i = 0; r == 0 && i < n; i++) {
                r = divisions_below(q, &missing[i], &below, &n_below);
                for (size_t k = 0; r == 0 && k < n_below; k++)
                        r = one_end(meeting, &below[k]);
                if (r == 0)
                        r = one_end(meeting, &missing[i]);
        }
        return r;
}

static int row_begin(Meeting *meeting, const char *parent) {
        const DivisionRow *row = meeting->row;
        Division division = {
                .code = row->code,
                .name = row->name,
                .level = division_level(row->code),
                .parent_code = parent,
                .kind = row->kind,
                .valid_from = row->valid_from,
        };

        int r = division_begin_check(meeting->q, row->code, &division.valid_from);
        if (r < 0)
                return r;
        meeting->result.rows_created++;
        return meeting->apply ? record_insert(meeting->q, &record_division, &division) : 0;
}

static int row_meet(Meeting *meeting) {
        Request *q = meeting->q;
        const DivisionRow *row = meeting->row;
        char parent[DIVISION_CODE_MAX + 1];
        Division division, renamed;

        if (!essential_division_valid(row->code))
                return refuse(q, "essential.division_invalid", "code", row->code, NULL);
        meeting->day = row->valid_from.ymd ? row->valid_from : q->today;
        division_parent(row->code, parent);
        int r = division_current(q, row->code, &division);
        if (r == -ENOENT)
                r = row_begin(meeting, parent);
        else if (r == 0 && text_equal(division.name, row->name))
                meeting->result.rows_unchanged++;
        else if (r == 0) {
                meeting->result.rows_changed++;
                r = note(meeting, "DIVISION_RENAMED", row->code, division.name, row->name);
                if (r == 0 && meeting->apply)
                        r = division_rename(q, &division, row->name, meeting->day, REASON_LIST, &renamed);
        }
        if (r == 0 && row->whole)
                r = span_end(meeting, parent, row->after, row->code);
        if (r == 0 && row->whole && row->last_sibling)
                r = span_end(meeting, parent, row->code, "");
        return r;
}

static int table_meet(Request *q, const DivisionTable *table, bool apply, ListResult *ret) {
        const DivisionRow *rows = table->rows.rows;
        Meeting meeting = { .q = q, .apply = apply };
        int r = list_rows_check(q, table->rows.n, DIVISION_TABLE_ROWS_MAX);

        for (size_t i = 0; r == 0 && i < table->rows.n; i++) {
                meeting.row = &rows[i];
                r = row_meet(&meeting);
        }
        if (r == -E2BIG) {
                const char *most = arena_printf(q->arena, "%d", DIVISION_ENDS_MAX);
                return most ? refuse(q, "essential.divisions_many", "rows", most, NULL) : -ENOMEM;
        }
        if (r == 0)
                *ret = meeting.result;
        return r;
}

int run_import_divisions(Request *q, const void *input, void *ret_output) {
        return table_meet(q, input, true, ret_output);
}

int run_try_divisions(Request *q, const void *input, void *ret_output) {
        return table_meet(q, input, false, ret_output);
}
