/* SPDX-License-Identifier: Apache-2.0 */
/* Codes as rows (3.0.3): official codes are loaded as data, in addition to those that the program declares.
 * The engine asks Module.code_rows wherever a code enters. */

#include <node/date.h>

#include "support-query.h"
#include "support-records.h"

#define REASON_LIST "code list"

static int code_find(Request *q, const char *set, const char *code, CodeEntry *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, &essential_code_find,
                SQL_ARGS(value_integer(q->office), value_text(set), value_text(code)), &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return record_from_rows(&record_code_entry, rows, q->arena, ret);
}

static int dates_check(Request *q, const CodeEntry *entry) {
        char from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];

        if (entry->valid_to.ymd == 0 || entry->valid_to.ymd >= entry->valid_from.ymd)
                return 0;
        date_format(entry->valid_from, from);
        date_format(entry->valid_to, to);
        return refuse(q, "essential.code_dates", "valid_to", to, from, NULL);
}

int run_add_code(Request *q, const void *input, void *ret_output) {
        const AddCode *in = input;
        const char *declared = code_declared(q, in->code_set, in->code);
        CodeEntry entry;

        if (!code_set_declared(q, in->code_set))
                return refuse(q, "essential.code_set_unknown", "code_set", in->code_set, NULL);
        if (declared)
                return refuse(q, "essential.code_declared", "code", in->code, declared, NULL);
        int r = code_find(q, in->code_set, in->code, &entry);
        if (r == 0)
                return refuse(q, "essential.code_exists", "code", in->code, entry.name, NULL);
        if (r != -ENOENT)
                return r;
        entry = (CodeEntry){
                .code_set = in->code_set,
                .code = in->code,
                .name = in->name,
                .parent = in->parent,
                .external_code = in->external_code,
                .valid_from = in->valid_from,
        };
        r = record_insert(q, &record_code_entry, &entry);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = entry.head.id };
        return r;
}

int run_change_code(Request *q, const void *input, void *ret_output) {
        const ChangeCode *in = input;
        CodeEntry entry;
        int r = record_load(q, &record_code_entry, in->id, &entry);

        if (r < 0)
                return r;
        entry.head.version = in->version;
        entry.name = in->name;
        entry.parent = in->parent;
        entry.external_code = in->external_code;
        entry.valid_to = in->valid_to;
        r = dates_check(q, &entry);
        if (r == 0)
                r = record_update(q, &record_code_entry, &entry, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = entry.head.id };
        return r;
}

static bool same_text(const char *a, const char *b) {
        return text_empty(a) ? text_empty(b) : text_equal(a, b);
}

/* What a list does not say is left as it is: a code keeps the day from which its papers hold. */
static Date day_or(Date said, Date kept) {
        return said.ymd ? said : kept;
}

static bool entry_differs(const CodeEntry *entry, const CodeRow *row) {
        return !same_text(entry->name, row->name) || !same_text(entry->parent, row->parent) ||
               !same_text(entry->external_code, row->external_code) ||
               entry->valid_from.ymd != day_or(row->valid_from, entry->valid_from).ymd ||
               entry->valid_to.ymd != day_or(row->valid_to, entry->valid_to).ymd;
}

static int row_left_out(Request *q, const CodeRow *row, ListResult *result) {
        RowNote note = { .line = row->source_line, .value = row->code, .left_out = 1 };

        if (!code_set_declared(q, row->code_set)) {
                note.code = "SET_UNKNOWN";
                note.value = row->code_set;
        } else if (code_declared(q, row->code_set, row->code))
                note.code = "CODE_DECLARED";
        if (!note.code)
                return 0;
        int r = list_note(result, note, q->arena);
        return r < 0 ? r : 1;
}

static int row_take(Request *q, const CodeRow *row, bool apply, ListResult *result) {
        CodeEntry entry = { 0 };
        int r = row_left_out(q, row, result);

        if (r != 0)
                return r < 0 ? r : 0;
        r = code_find(q, row->code_set, row->code, &entry);
        if (r < 0 && r != -ENOENT)
                return r;
        bool found = r == 0, differs = !found || entry_differs(&entry, row);
        entry.code_set = row->code_set;
        entry.code = row->code;
        entry.name = row->name;
        entry.parent = row->parent;
        entry.external_code = row->external_code;
        entry.valid_from = day_or(row->valid_from, entry.valid_from);
        entry.valid_to = day_or(row->valid_to, entry.valid_to);
        r = dates_check(q, &entry);
        if (r == 0 && apply && !found)
                r = record_insert(q, &record_code_entry, &entry);
        else if (r == 0 && apply && differs)
                r = record_update(q, &record_code_entry, &entry, REASON_LIST);
        if (r < 0)
                return r;
        result->rows_created += !found;
        result->rows_changed += found && differs;
        result->rows_unchanged += !differs;
        return 0;
}

static int table_take(Request *q, const CodeTable *table, bool apply, ListResult *ret) {
        const CodeRow *rows = table->rows.rows;
        ListResult result = { 0 };
        int r = list_rows_check(q, table->rows.n, CODE_TABLE_ROWS_MAX);

        for (size_t i = 0; r == 0 && i < table->rows.n; i++)
                r = row_take(q, &rows[i], apply, &result);
        if (r == 0)
                *ret = result;
        return r;
}

int run_import_codes(Request *q, const void *input, void *ret_output) {
        return table_take(q, input, true, ret_output);
}

int run_try_codes(Request *q, const void *input, void *ret_output) {
        return table_take(q, input, false, ret_output);
}
