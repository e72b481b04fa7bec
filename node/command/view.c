/* SPDX-License-Identifier: Apache-2.0 */
/* The one path of a read: a View's rows within the caller's closure, as JSON. */
#include <string.h>

#include <node/error.h>

#include "record-json.h"
#include "view-query.h"

#define VIEW_LIMIT_USUAL 50u

static json_t *cell_to_json(const Column *column, const Rows *rows, size_t at) {
        if (column->kind == KIND_TEXT || column->kind == KIND_CODE || column->kind == KIND_SEALED)
                return rows_null(rows, at) ? json_null() : json_string(rows_text(rows, at));
        if (rows_null(rows, at))
                return json_null();
        return value_to_json(column->kind, column->states, rows_integer(rows, at));
}

static json_t *row_to_json(const View *view, const Rows *rows) {
        json_t *row = json_object();
        size_t at = 0;

        for (const Column *column = view->columns; column->name; column++, at++)
                if (json_object_set_new(row, column->name, cell_to_json(column, rows, at)) < 0) {
                        json_decref(row);
                        return NULL;
                }
        return row;
}

static json_t *narrow_row_to_json(const View *view, const ViewCall *call, const Rows *rows) {
        json_t *row = json_array();

        for (size_t i = 0; i < call->n_columns; i++)
                if (json_array_append_new(row, cell_to_json(view_column(view, call->columns[i]), rows, i)) <
                        0) {
                        json_decref(row);
                        return NULL;
                }
        return row;
}

static size_t column_at(const View *view, const char *name) {
        size_t at = 0;

        while (strcmp(view->columns[at].name, name) != 0)
                at++;
        return at;
}

/* Where the page ends, as "after" takes it back: numbers as stored, whatever their kind is shown as. */
static json_t *key_to_json(const View *view, const ViewCall *call, const Column *order, const Rows *rows) {
        /* chosen columns come with the key behind them, and in its order */
        const char *key =
                rows_text(rows, call->n_columns > 0 ? call->n_columns : column_at(view, view->key));

        return order ? json_sprintf(
                               "%zu:%s%s", strlen(key), key, rows_text(rows, column_at(view, order->name)))
                     : json_string(key);
}

static int rows_read(
        Tx *tx, const View *view, const ViewStatement *statement, const ViewCall *call, json_t *answer) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        json_t *array = json_array(), *next = json_null();
        size_t n = 0;
        int r;

        r = tx_query(tx, &statement->query, statement->args, statement->n_args, &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0 && n < call->limit) {
                json_t *row =
                        call->n_columns > 0 ? narrow_row_to_json(view, call, rows) : row_to_json(view, rows);

                if (json_array_append_new(array, row) < 0)
                        r = -ENOMEM;
                n++;
                if (n == call->limit)
                        next = key_to_json(view, call, statement->order, rows);
        }
        /* r > 0: there is a row beyond the limit */
        if (r == 0 && n == call->limit) {
                json_decref(next);
                next = json_null();
        }
        if (json_object_set_new(answer, "rows", array) < 0 || json_object_set_new(answer, "next", next) < 0)
                return -ENOMEM;
        return r < 0 ? r : 0;
}

static int names_put(const ViewCall *call, json_t *answer) {
        json_t *names = json_array();

        if (json_object_set_new(answer, "columns", names) < 0)
                return -ENOMEM;
        for (size_t i = 0; i < call->n_columns; i++)
                if (json_array_append_new(names, json_string(call->columns[i])) < 0)
                        return -ENOMEM;
        return 0;
}

static int totals_read(Tx *tx, const View *view, const ViewStatement *statement, json_t *answer) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        json_t *sums;
        size_t at = 1;
        int r;

        r = tx_query(tx, &statement->query, statement->args, statement->n_args, &rows);
        if (r >= 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -EIO;
        sums = json_object();
        if (json_object_set_new(answer, "sums", sums) < 0 ||
                json_object_set_new(answer, "count", json_integer(rows_integer(rows, 0))) < 0)
                return -ENOMEM;
        for (const Column *column = view->columns; column->name; column++)
                if (column->flags & COLUMN_SUM &&
                        json_object_set_new(sums, column->name,
                                value_to_json(column->kind, column->states, rows_integer(rows, at++))) < 0)
                        return -ENOMEM;
        return 0;
}

/* Looks up which rows above a filter means; what is many stays as it was typed. */
static int among_read(Tx *tx, const View *view, Filter *filter, Arena *arena) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int64_t *ids = ARENA_ARRAY(arena, int64_t, VIEW_AMONG_MAX + 1);
        ViewStatement statement;
        size_t n = 0;
        int r = ids ? view_among_statement(view, filter, arena, &statement) : -ENOMEM;

        if (r >= 0)
                r = tx_query(tx, &statement.query, statement.args, statement.n_args, &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0 && n <= VIEW_AMONG_MAX)
                ids[n++] = rows_integer(rows, 0);
        if (r < 0)
                return r;
        if (n <= VIEW_AMONG_MAX) {
                filter->ids = ids;
                filter->n_ids = n;
        }
        return 0;
}

/* Unknown columns and malformed texts are refused when the list itself is composed. */
static int filters_read(Tx *tx, const View *view, ViewCall *call, Arena *arena) {
        for (size_t i = 0; i < call->n_filters && i < VIEW_FILTERS_MAX; i++) {
                Filter *filter = &call->filters[i];
                const Column *column = view_column(view, filter->column);
                int r;

                filter->ids = NULL;
                if (!column || !column->among || text_empty(filter->value) ||
                        !text_is_utf8(filter->value, strlen(filter->value)) ||
                        !(column->flags & (COLUMN_FILTER | COLUMN_CONTAINS)))
                        continue;
                r = among_read(tx, view, filter, arena);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int view_read(Engine *engine, const Caller *caller, const View *view, ViewCall *call, Arena *arena,
        json_t *answer) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        ViewStatement list, totals;
        Scope scope;
        int r;

        r = store_read_begin(engine->stores[view->store], &tx);
        if (r >= 0)
                r = scope_read(tx, caller, &scope);
        if (r >= 0)
                r = filters_read(tx, view, call, arena);
        if (r >= 0)
                r = view_statement(view, &scope, call, arena, &list);
        if (r >= 0 && call->sums)
                r = view_totals_statement(view, &scope, call, arena, &totals);
        if (r >= 0)
                r = rows_read(tx, view, &list, call, answer);
        if (r >= 0 && call->n_columns > 0)
                r = names_put(call, answer);
        if (r >= 0 && call->sums)
                r = totals_read(tx, view, &totals, answer);
        return r;
}

int view_list_json(
        Engine *engine, const Caller *caller, const View *view, const ViewCall *call, json_t **ret) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        ViewCall bounded = *call;
        json_t *answer;
        int r;

        if (!arena)
                return -ENOMEM;
        if (!engine->stores[view->store])
                return -ENOENT;
        if (caller->organization.value && !view->organization)
                return -EFORBIDDEN_;
        if (engine->permit_view) {
                r = engine->permit_view(engine->identity, caller, view);
                if (r < 0)
                        return r;
        }
        if (bounded.limit == 0)
                bounded.limit = VIEW_LIMIT_USUAL;
        /* a picture of many rows comes in the order of the key */
        if (bounded.n_columns > 0 && bounded.order)
                return -EMALFORMED_;
        if (bounded.limit > (bounded.n_columns > 0 ? VIEW_NARROW_MAX : VIEW_LIMIT_MAX))
                return -EMALFORMED_;
        answer = json_object();
        r = view_read(engine, caller, view, &bounded, arena, answer);
        if (r < 0) {
                json_decref(answer);
                return r;
        }
        *ret = answer;
        return 0;
}
