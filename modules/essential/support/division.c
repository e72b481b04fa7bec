/* SPDX-License-Identifier: Apache-2.0 */
/* Administrative divisions are added, changed and ended (4.2.5A). What has been is never rewritten: an ended
 * code keeps its row, a new name is a new row, and areas keep the code of their day. */

#include <string.h>

#include <node/date.h>

#include "support-domain.h"
#include "support-query.h"
#include "support-records.h"

int division_current(Request *q, const char *code, Division *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(
                q->tx, &essential_division_at, SQL_ARGS(value_integer(q->office), value_text(code)), &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return record_from_rows(&record_division, rows, q->arena, ret);
}

int essential_division_check(Request *q, const char *code, const char *field) {
        char county[7];
        int64_t known;

        if (!essential_division_valid(code))
                return refuse(q, "essential.division_invalid", field, code, NULL);
        memcpy(county, code, 6);
        county[6] = 0;
        int r = tx_integer(q->tx, &essential_division_any,
                SQL_ARGS(value_integer(q->office), value_text(code), value_integer(q->today.ymd),
                        value_text(county)),
                &known);
        if (r < 0 || known != 0)
                return r;
        return refuse(q, "essential.division_unknown", field, code, NULL);
}

int division_begin_check(Request *q, const char *code, Date *from) {
        char given[DATE_TEXT_MAX], until[DATE_TEXT_MAX];
        int64_t last;
        int r = tx_integer(
                q->tx, &essential_division_until, SQL_ARGS(value_integer(q->office), value_text(code)), &last);

        if (r < 0 || last == 0)
                return r;
        if (from->ymd == 0)
                *from = q->today;
        if (from->ymd >= last)
                return 0;
        date_format(*from, given);
        date_format((Date){ (int32_t) last }, until);
        return refuse(q, "essential.division_held", "valid_from", code, until, given, NULL);
}

int divisions_read(
        Request *q, const Query *query, const Value *args, size_t n_args, Division **ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Division *divisions = ARENA_ARRAY(q->arena, Division, DIVISION_ENDS_MAX + 1);
        size_t n = 0;

        if (!divisions)
                return -ENOMEM;
        int r = tx_query(q->tx, query, args, n_args, &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0)
                r = record_from_rows(&record_division, rows, q->arena, &divisions[n++]);
        if (r < 0)
                return r;
        if (n > DIVISION_ENDS_MAX) {
                const char *most = arena_printf(q->arena, "%d", DIVISION_ENDS_MAX);
                return most ? refuse(q, "essential.divisions_many", "id", most, NULL) : -ENOMEM;
        }
        *ret = divisions;
        *ret_n = n;
        return 0;
}

int divisions_below(Request *q, const Division *division, Division **ret, size_t *ret_n) {
        return divisions_read(q, &essential_division_below,
                SQL_ARGS(value_integer(q->office), value_text(division->code),
                        value_integer(DIVISION_ENDS_MAX + 1)),
                ret, ret_n);
}

int division_end(Request *q, Division *division, Date day, const char *reason) {
        char given[DATE_TEXT_MAX], from[DATE_TEXT_MAX];

        if (day.ymd < division->valid_from.ymd) {
                date_format(day, given);
                date_format(division->valid_from, from);
                return refuse(q, "essential.division_date", "valid_to", given, from, NULL);
        }
        division->valid_to = day;
        return record_update(q, &record_division, division, reason);
}

int division_rename(
        Request *q, Division *old, const char *name, Date day, const char *reason, Division *ret) {
        Division renamed = *old;

        renamed.head = (RowHead){ 0 };
        renamed.name = name;
        renamed.valid_from = day;
        int r = record_insert(q, &record_division, &renamed);
        if (r < 0)
                return r;
        old->successor_id = renamed.head.id;
        r = division_end(q, old, day, reason);
        if (r == 0)
                *ret = renamed;
        return r;
}

/* Told by the code; a code of the office's own says it itself. */
static int parent_find(Request *q, const AddDivision *in, char ret[static DIVISION_CODE_MAX + 1]) {
        Division parent;

        division_parent(in->code, ret);
        if (in->kind == DIVISION_LOCAL) {
                if (text_empty(in->parent_code))
                        return refuse(q, "essential.division_parent_missing", "parent_code", NULL);
                strcpy(ret, in->parent_code); /* at most twelve characters, as the field says */
        } else if (!text_empty(in->parent_code) && !text_equal(in->parent_code, ret))
                return refuse(q, "essential.division_parent", "parent_code", ret, NULL);
        if (!ret[0])
                return 0;
        int r = division_current(q, ret, &parent);
        if (r == -ENOENT && (in->kind == DIVISION_LOCAL || division_level(in->code) >= LEVEL_STREET))
                return refuse(q, "essential.division_parent_unknown", "parent_code", ret, NULL);
        return r == -ENOENT ? 0 : r;
}

int run_add_division(Request *q, const void *input, void *ret_output) {
        const AddDivision *in = input;
        char parent[DIVISION_CODE_MAX + 1];
        Division other;

        if (strlen(in->code) > DIVISION_CODE_MAX || !essential_division_valid(in->code))
                return refuse(q, "essential.division_invalid", "code", in->code, NULL);
        if (!text_empty(in->parent_code) && !essential_division_valid(in->parent_code))
                return refuse(q, "essential.division_invalid", "parent_code", in->parent_code, NULL);
        int r = division_current(q, in->code, &other);
        if (r == 0)
                return refuse(q, "essential.division_exists", "code", in->code, other.name, NULL);
        if (r == -ENOENT)
                r = parent_find(q, in, parent);
        if (r < 0)
                return r;
        Division division = {
                .code = in->code,
                .name = in->name,
                .level = division_level(in->code),
                .parent_code = parent,
                .kind = in->kind,
                .valid_from = in->valid_from,
        };
        r = division_begin_check(q, division.code, &division.valid_from);
        if (r == 0)
                r = record_insert(q, &record_division, &division);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = division.head.id };
        return r;
}

static int current_load(Request *q, Id id, Division *ret) {
        int r = record_load(q, &record_division, id, ret);

        if (r < 0)
                return r;
        return ret->valid_to.ymd == 0 ? 0 : refuse(q, "essential.division_ended", "id", ret->name, NULL);
}

int run_change_division(Request *q, const void *input, void *ret_output) {
        const ChangeDivision *in = input;
        Division division;
        int r = current_load(q, in->id, &division);

        if (r < 0)
                return r;
        division.head.version = in->version;
        if (in->effective.ymd == 0) {
                division.name = in->name;
                r = record_update(q, &record_division, &division, in->reason);
        } else
                r = division_rename(q, &division, in->name, in->effective, in->reason, &division);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = division.head.id };
        return r;
}

static int successor_check(Request *q, Id division, Id successor) {
        Division other;

        if (division.value == successor.value)
                return refuse(q, "essential.division_itself", "successor_id", NULL);
        return record_load(q, &record_division, successor, &other);
}

int run_cancel_division(Request *q, const void *input, void *ret_output) {
        const CancelDivision *in = input;
        Date day = in->valid_to.ymd ? in->valid_to : q->today;
        Division division, *below;
        size_t n;
        int r = current_load(q, in->id, &division);

        if (r == 0 && in->successor_id.value)
                r = successor_check(q, in->id, in->successor_id);
        if (r == 0)
                r = divisions_below(q, &division, &below, &n);
        for (size_t i = 0; r == 0 && i < n; i++)
                r = division_end(q, &below[i], day, in->reason);
        if (r < 0)
                return r;
        division.head.version = in->version;
        division.successor_id = in->successor_id;
        r = division_end(q, &division, day, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = division.head.id };
        return r;
}

int run_succeed_division(Request *q, const void *input, void *ret_output) {
        const SucceedDivision *in = input;
        Division division;
        int r = record_load(q, &record_division, in->id, &division);

        if (r < 0)
                return r;
        if (division.valid_to.ymd == 0)
                return refuse(q, "essential.division_current", "id", division.name, NULL);
        r = successor_check(q, in->id, in->successor_id);
        if (r < 0)
                return r;
        division.head.version = in->version;
        division.successor_id = in->successor_id;
        r = record_update(q, &record_division, &division, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = division.head.id };
        return r;
}
