/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of records: insert, change, load, step. What they do to registers, documents and ledgers enters the
 * chain by itself, so no command can forget it. */
#include <assert.h>
#include <string.h>

#include <internal/log.h>

#include "request.h"

#define ROW_COLUMNS_MAX 256u

static int column_take(const Field *field, const Rows *rows, size_t column, Arena *arena, void *row) {
        int64_t value;

        if (field_is_text(field)) {
                const char *text = arena_strdup(arena, rows_text(rows, column));

                if (!text)
                        return -ENOMEM;
                field_text_set(field, row, text);
                return 0;
        }
        value = rows_integer(rows, column);
        if (field->kind == KIND_DATE && value != (int32_t) value)
                return -EOVERFLOW;
        field_integer_set(field, row, value);
        return 0;
}

int row_from_columns(const Record *record, const Rows *rows, Arena *arena, void *ret_row) {
        RowHead *head = ret_row;

        memset(ret_row, 0, record->size);
        head->id.value = rows_integer(rows, 0);
        head->office = rows_integer(rows, 1);
        head->version = rows_integer(rows, 2);
        head->chain_seq = rows_integer(rows, 3);
        for (size_t i = 0; i < record->n_fields; i++) {
                int r = column_take(&record->fields[i], rows, HEAD_COLUMNS + i, arena, ret_row);

                if (r < 0)
                        return r;
        }
        return 0;
}

static int64_t *head_member(RowHead *head, const char *name) {
        if (strcmp(name, "id") == 0)
                return &head->id.value;
        if (strcmp(name, "office") == 0)
                return &head->office;
        if (strcmp(name, "version") == 0)
                return &head->version;
        return strcmp(name, "chain_seq") == 0 ? &head->chain_seq : NULL;
}

int record_from_rows(const Record *record, const Rows *rows, Arena *arena, void *ret_row) {
        memset(ret_row, 0, record->size);
        for (size_t column = 0; column < rows_columns(rows); column++) {
                const char *name = rows_column_name(rows, column);
                const Field *field = record_field(record, name);
                int64_t *head = record->shape == SHAPE_VALUE ? NULL : head_member(ret_row, name);

                if (field) {
                        int r = column_take(field, rows, column, arena, ret_row);

                        if (r < 0)
                                return r;
                } else if (head) {
                        *head = rows_integer(rows, column);
                }
        }
        return 0;
}

/* Store, shape and chain allow this command to write rows of the record. */
static int row_writable(const Request *q, const Record *record, const Statements **ret) {
        const Statements *statements = registry_statements(q->kernel->registry, record);

        if (!statements) {
                log_error("command %s: record %s is not in the registry", q->command->name, record->name);
                return -EINVAL;
        }
        if (record->store != tx_store(q->tx))
                return -EXDEV;
        if (record->shape != SHAPE_PROJECTION && !request_chained(q)) {
                log_error("command %s leaves no chain entry and may not write %s", q->command->name,
                        record->name);
                return -EPERM;
        }
        assert(record->n_fields + HEAD_COLUMNS <= ROW_COLUMNS_MAX);
        *ret = statements;
        return 0;
}

static Value field_value(const Field *field, const void *row) {
        return field_is_text(field) ? value_text(field_text(field, row))
                                    : value_integer(field_integer(field, row));
}

static size_t values_fill(const Record *record, const void *row, Value *values) {
        for (size_t i = 0; i < record->n_fields; i++)
                values[i] = field_value(&record->fields[i], row);
        return record->n_fields;
}

static int refuse_duplicate(Request *q, const UniqueSet *set, const void *row) {
        const Field *last = set->fields[set->n - 1];

        return refuse(q, "node.duplicate", last->name, last->label,
                field_is_text(last) ? field_text(last, row) : "", NULL);
}

static bool row_ended(const Record *record, const void *row) {
        return record->ends && field_integer(record_field(record, record->ends), row) >= record->ends_from;
}

/* Which unique set another row has taken already; 0 when none. */
static int unique_check(Request *q, const Statements *statements, const void *row, const void *before) {
        const RowHead *head = row;

        if (row_ended(statements->record, row))
                return 0;
        if (before && row_ended(statements->record, before))
                before = NULL;
        for (size_t i = 0; i < statements->n_unique; i++) {
                const UniqueSet *set = &statements->unique[i];
                Value values[ROW_COLUMNS_MAX] = { value_integer(head->office) };
                bool changed = !before;
                int64_t other;
                int r;

                for (size_t k = 0; k < set->n; k++) {
                        values[k + 1] = field_value(set->fields[k], row);
                        changed =
                                changed || (field_is_text(set->fields[k])
                                                           ? strcmp(values[k + 1].text,
                                                                     field_text(set->fields[k], before)) != 0
                                                           : values[k + 1].integer !=
                                                                     field_integer(set->fields[k], before));
                }
                if (!changed)
                        continue;
                r = tx_integer(q->tx, &set->select, values, set->n + 1, &other);
                if (r == -ENOENT || (r >= 0 && other == head->id.value))
                        continue;
                return r < 0 ? r : refuse_duplicate(q, set, row);
        }
        return 0;
}

/* State that the command leads to from this one; -1 when it does not. */
static int64_t transition_to(const Record *record, const char *command, int64_t from) {
        for (const Transition *step = record->transitions; step->command; step++)
                if (step->from == from && strcmp(step->command, command) == 0)
                        return step->to;
        return -1;
}

/* A document is created in a state that its table knows as a beginning, by whichever command. */
static int creation_allowed(const Request *q, const Record *record, const void *row) {
        int64_t state = field_integer(record_field(record, record->state), row);

        for (const Transition *step = record->transitions; step->command; step++)
                if (step->from == -1 && step->to == state)
                        return 0;
        log_error("command %s: no document %s begins in state %lld", q->command->name, record->name,
                (long long) state);
        return -EPERM;
}

static int insert_check(Request *q, const Record *record, const void *row) {
        FieldFault fault;
        int r = record_check(record, row, &fault);

        if (r < 0)
                return r == -EREFUSED_ ? refuse_fault(q, record, &fault) : r;
        return record->shape == SHAPE_DOCUMENT ? creation_allowed(q, record, row) : 0;
}

/* Some row was there already: which, and as what. */
static int insert_refuse(Request *q, const Statements *statements, const char *rows, size_t n) {
        const Record *record = statements->record;

        for (size_t i = 0; i < n; i++) {
                int r = unique_check(q, statements, rows + i * record->size, NULL);
                if (r < 0)
                        return r;
        }
        return refuse(q, "node.duplicate", NULL, record->label, "", NULL);
}

static int insert_write(Request *q, const Statements *statements, const char *rows, size_t n) {
        const Record *record = statements->record;
        size_t n_values = HEAD_COLUMNS + record->n_fields;
        Value one[ROW_COLUMNS_MAX], *values = n == 1 ? one : ARENA_ARRAY(q->arena, Value, n * n_values);
        int64_t changed;
        int r;

        if (!values)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++) {
                const RowHead *head = (const void *) (rows + i * record->size);
                Value *at = values + i * n_values;

                at[0] = value_id(head->id);
                at[1] = value_integer(head->office);
                at[2] = value_integer(head->version);
                at[3] = value_integer(head->chain_seq);
                (void) values_fill(record, head, at + HEAD_COLUMNS);
        }
        r = tx_exec_each(q->tx, &statements->insert, values, n_values, n, &changed);
        if (r < 0)
                return r;
        return changed == (int64_t) n ? 0 : insert_refuse(q, statements, rows, n);
}

static int insert_note(Request *q, const Record *record, const void *row) {
        const RowHead *head = row;

        if (record->shape == SHAPE_LEDGER)
                return request_ledger_row(q, record, row);
        if (record->shape == SHAPE_PROJECTION)
                return 0;
        return request_change(q, record, head->id, head->version, NULL, row, NULL);
}

int record_insert_many(Request *q, const Record *record, void *rows, size_t n) {
        const Statements *statements;
        char *at = rows;
        Id first;
        int r;

        if (n == 0)
                return 0;
        r = row_writable(q, record, &statements);
        for (size_t i = 0; r >= 0 && i < n; i++)
                r = insert_check(q, record, at + i * record->size);
        if (r < 0)
                return r;
        r = request_ids(q, record, (int64_t) n, &first);
        if (r < 0)
                return r;
        for (size_t i = 0; i < n; i++) {
                RowHead *head = (void *) (at + i * record->size);

                head->id = (Id){ first.value + (int64_t) i };
                head->office = q->office;
                head->version = 1;
                head->chain_seq = q->kernel->chain_seq;
        }
        r = rows_seal(q, record, rows, n);
        if (r >= 0)
                r = insert_write(q, statements, rows, n);
        for (size_t i = 0; r >= 0 && i < n; i++)
                r = insert_note(q, record, at + i * record->size);
        return r;
}

int record_insert(Request *q, const Record *record, void *row) {
        return record_insert_many(q, record, row, 1);
}

static int row_select(Request *q, const Statements *statements, Id id, void *ret_row) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        r = tx_query(q->tx, &statements->select, SQL_ARGS(value_id(id), value_integer(q->office)), &rows);
        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return row_from_columns(statements->record, rows, q->arena, ret_row);
}

int record_load(Request *q, const Record *record, Id id, void *ret_row) {
        const Statements *statements = registry_statements(q->kernel->registry, record);

        if (!statements)
                return -EINVAL;
        if (record->store != tx_store(q->tx))
                return -EXDEV;
        return row_select(q, statements, id, ret_row);
}

static bool field_changed(const Field *field, const void *before, const void *after) {
        if (field_is_text(field))
                return strcmp(field_text(field, before), field_text(field, after)) != 0;
        if (field->kind == KIND_SEALED && field_sealed(field, after)->plain_input)
                return true;
        return field_integer(field, before) != field_integer(field, after);
}

static int update_allowed(Request *q, const Record *record, const void *before, const void *after) {
        for (size_t i = 0; i < record->n_fields; i++) {
                const Field *field = &record->fields[i];

                if (!field_changed(field, before, after))
                        continue;
                if (field->flags & FIELD_FIXED)
                        return refuse(q, "node.fixed", field->name, field->label, NULL);
                if (record->shape == SHAPE_DOCUMENT && strcmp(field->name, record->state) == 0 &&
                        (!q->kernel->stepping ||
                                transition_to(record, q->command->name, field_integer(field, before)) !=
                                        field_integer(field, after)))
                        return -EPERM;
        }
        return 0;
}

static int update_write(
        Request *q, const Statements *statements, void *row, const void *before, const char *reason) {
        const Record *record = statements->record;
        Value values[ROW_COLUMNS_MAX];
        RowHead *head = row;
        int64_t changed;
        int r;

        values[0] = value_id(head->id);
        values[1] = value_integer(head->version);
        values[2] = value_integer(q->kernel->chain_seq);
        r = tx_exec(q->tx, &statements->update, values, 3 + values_fill(record, row, values + 3), &changed);
        if (r < 0)
                return r;
        if (changed != 1)
                return -EIO;
        head->version++;
        head->chain_seq = q->kernel->chain_seq;
        if (record->shape == SHAPE_PROJECTION)
                return 0;
        return request_change(q, record, head->id, head->version, before, row, reason);
}

int record_update(Request *q, const Record *record, void *row, const char *reason) {
        const Statements *statements;
        RowHead *head = row;
        FieldFault fault;
        void *before;
        int r;

        if (record->shape == SHAPE_LEDGER)
                return -EPERM;
        r = row_writable(q, record, &statements);
        if (r < 0)
                return r;
        before = arena_alloc(q->arena, record->size);
        if (!before)
                return -ENOMEM;
        r = row_select(q, statements, head->id, before);
        if (r < 0)
                return r;
        if (((RowHead *) before)->version != head->version) {
                r = refuse(q, "node.moved_on", NULL, record->label, NULL);
                return r == -EREFUSED_ ? -ECONFLICT_ : r;
        }
        head->office = q->office;
        head->chain_seq = ((RowHead *) before)->chain_seq;
        r = record_check(record, row, &fault);
        if (r < 0)
                return r == -EREFUSED_ ? refuse_fault(q, record, &fault) : r;
        r = update_allowed(q, record, before, row);
        if (r < 0)
                return r;
        r = unique_check(q, statements, row, before);
        if (r < 0)
                return r;
        r = rows_seal(q, record, row, 1);
        if (r < 0)
                return r;
        return update_write(q, statements, row, before, reason);
}

int document_step(Request *q, const Record *record, void *row) {
        const Field *state;
        int64_t from, to;
        int r;

        if (record->shape != SHAPE_DOCUMENT)
                return -EINVAL;
        state = record_field(record, record->state);
        from = field_integer(state, row);
        to = transition_to(record, q->command->name, from);
        if (to < 0)
                return refuse(q, "node.wrong_state", state->name, state->states[from].label,
                        q->command->label, NULL);
        field_integer_set(state, row, to);
        q->kernel->stepping = true;
        r = record_update(q, record, row, NULL);
        q->kernel->stepping = false;
        if (r < 0)
                field_integer_set(state, row, from);
        return r;
}
