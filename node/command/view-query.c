/* SPDX-License-Identifier: Apache-2.0 */
/* SQL of lists and of the vault's masks. Column names come from the View, operators from a fixed table, and
 * the caller's closure over the scope column is always there. */
#include <stdlib.h>
#include <string.h>

#include <node/error.h>

#include "command-query.h"
#include "record-json.h"
#include "view-query.h"

#define STATEMENT_BYTES_MAX (64u << 10)
/* The last character of all: upper bound of what begins with a prefix, in the order of bytes. */
#define TEXT_LAST "\xf4\x8f\xbf\xbf"

typedef struct Composer {
        const View *view;
        Arena *arena;
        Buffer text;
        ViewStatement statement;
} Composer;

const Column *view_column(const View *view, const char *name) {
        for (const Column *column = view->columns; column->name; column++)
                if (strcmp(column->name, name) == 0)
                        return column;
        return NULL;
}

static bool kind_is_text(FieldKind kind) {
        return kind == KIND_TEXT || kind == KIND_CODE;
}

/* Adds a parameter; its number is what the text says next. */
static size_t argument(Composer *composer, Value value) {
        composer->statement.args[composer->statement.n_args++] = value;
        return composer->statement.n_args;
}

int scope_read(Tx *tx, const Caller *caller, Scope *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = tx_query(tx, &query_closure_below, SQL_ARGS(value_integer(caller->office)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r < 0)
                return r;
        *ret = (Scope){
                .office = caller->office, .organization = caller->organization, .alone = r == 0
        };
        return 0;
}

static void scope_write(Composer *composer, const Scope *scope) {
        size_t root = argument(composer, value_integer(scope->office));
        const View *view = composer->view;

        buffer_printf(&composer->text, " FROM (%s) v WHERE v.%s ", view->query->sql, view->scope);
        if (scope->alone)
                buffer_printf(&composer->text, "= $%zu", root);
        else
                buffer_printf(&composer->text,
                        "IN (SELECT office_closure.office FROM office_closure "
                        "WHERE office_closure.root = $%zu UNION ALL SELECT CAST($%zu AS BIGINT))",
                        root, root);
        if (scope->organization.value)
                buffer_printf(&composer->text, " AND v.%s = $%zu", view->organization,
                        argument(composer, value_id(scope->organization)));
}

/* subject: the column, or the text of the rows above. */
static int text_filter(Composer *composer, const char *subject, const Column *column, const Filter *filter) {
        size_t first, last;
        const char *upper;

        switch (filter->operator) {
        case FILTER_HAS:
                if (!(column->flags & COLUMN_CONTAINS) || text_empty(filter->value))
                        return -EMALFORMED_;
                first = argument(composer, value_text(filter->value));
                buffer_printf(&composer->text, " AND replace(%s, $%zu, '') <> %s", subject, first, subject);
                return 0;
        case FILTER_EQUAL:
                first = argument(composer, value_text(filter->value));
                if (column->kind == KIND_CODE || text_empty(filter->value)) {
                        buffer_printf(&composer->text, " AND %s = $%zu", subject, first);
                        return 0;
                }
                upper = arena_printf(composer->arena, "%s" TEXT_LAST, filter->value);
                if (!upper)
                        return -ENOMEM;
                last = argument(composer, value_text(upper));
                buffer_printf(
                        &composer->text, " AND %s >= $%zu AND %s <= $%zu", subject, first, subject, last);
                return 0;
        case FILTER_MIN:
        case FILTER_MAX:
                first = argument(composer, value_text(filter->value));
                buffer_printf(&composer->text, " AND %s %s $%zu", subject,
                        filter->operator== FILTER_MIN ? ">=" : "<=", first);
                return 0;
        default:
                return -EMALFORMED_;
        }
}

static int number_filter(Composer *composer, const Column *column, const Filter *filter) {
        static const char *const operators[] = {
                [FILTER_EQUAL] = "=", [FILTER_MIN] = ">=", [FILTER_MAX] = "<="
        };
        int64_t number;
        int r;

        if (filter->operator!= FILTER_EQUAL && filter->operator!= FILTER_MIN && filter->operator!=
                FILTER_MAX)
                return -EMALFORMED_;
        r = value_parse(column->kind, column->states, filter->value, &number);
        if (r < 0)
                return -EMALFORMED_;
        buffer_printf(&composer->text, " AND v.%s %s $%zu", column->name, operators[filter->operator],
                argument(composer, value_integer(number)));
        return 0;
}

static void ids_write(Composer *composer, const Column *column, const Filter *filter) {
        const char *separator = "";

        if (filter->n_ids == 0) {
                buffer_text(&composer->text, " AND 1 = 0");
                return;
        }
        buffer_printf(&composer->text, " AND v.%s IN (", column->via);
        for (size_t i = 0; i < filter->n_ids; i++, separator = ", ")
                buffer_printf(&composer->text, "%s$%zu", separator,
                        argument(composer, value_integer(filter->ids[i])));
        buffer_text(&composer->text, ")");
}

static int column_filter(Composer *composer, const Column *column, const Filter *filter) {
        const char *subject;

        if (!kind_is_text(column->kind))
                return number_filter(composer, column, filter);
        if (filter->ids) {
                ids_write(composer, column, filter);
                return 0;
        }
        subject = arena_printf(composer->arena, "v.%s", column->name);
        return subject ? text_filter(composer, subject, column, filter) : -ENOMEM;
}

static int filters_write(Composer *composer, const ViewCall *call) {
        if (call->n_filters > VIEW_FILTERS_MAX)
                return -EMALFORMED_;
        for (size_t i = 0; i < call->n_filters; i++) {
                const Filter *filter = &call->filters[i];
                const Column *column = view_column(composer->view, filter->column);
                int r;

                if (!column || !filter->value || !text_is_utf8(filter->value, strlen(filter->value)) ||
                        !(column->flags & (COLUMN_FILTER | COLUMN_CONTAINS)))
                        return -EMALFORMED_;
                r = column_filter(composer, column, filter);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int finish(Composer *composer, const char *what, int r, ViewStatement *ret) {
        if (r >= 0)
                r = buffer_error(&composer->text);
        if (r >= 0) {
                composer->statement.query.name =
                        arena_printf(composer->arena, "%s.%s", composer->view->name, what);
                composer->statement.query.sql = arena_strndup(
                        composer->arena, (const char *) composer->text.data, composer->text.size);
                if (!composer->statement.query.name || !composer->statement.query.sql)
                        r = -ENOMEM;
        }
        buffer_done(&composer->text);
        if (r >= 0)
                *ret = composer->statement;
        return r;
}

/* The order of a page: one column of the view's own, then its key, both the same way. */
typedef struct Order {
        const Column *key, *column; /* column NULL: by the key alone */
        bool falling;
} Order;

static int order_read(const View *view, const char *asked, Order *ret) {
        *ret = (Order){ .key = view_column(view, view->key), .falling = view->descending };
        if (text_empty(asked))
                return 0;
        ret->falling = *asked == '-';
        const Column *column = view_column(view, asked + ret->falling);
        if (!column || column->kind == KIND_SEALED || !(column->flags & COLUMN_FILTER || column == ret->key))
                return -EMALFORMED_;
        ret->column = column == ret->key ? NULL : column;
        return 0;
}

static const char *nothing_of(const Column *column) {
        return kind_is_text(column->kind) ? "''" : "0";
}

static int position_value(const Column *column, const char *text, Value *ret) {
        int64_t number = 0;

        if (kind_is_text(column->kind)) {
                *ret = value_text(text);
                return text_is_utf8(text, strlen(text)) ? 0 : -EMALFORMED_;
        }
        if (*text && integer_parse(text, &number) < 0)
                return -EMALFORMED_;
        *ret = value_integer(number);
        return 0;
}

/* What key_to_json wrote: the key alone, or length of the key, colon, key, value of the column. */
static int after_write(Composer *composer, const Order *order, const char *after) {
        const char *operator= order->falling ? "<" : ">", *colon;
        Value key, value;

        if (!after)
                return 0;
        if (!order->column) {
                int r = *after ? position_value(order->key, after, &key) : -EMALFORMED_;
                if (r >= 0)
                        buffer_printf(&composer->text, " AND v.%s %s $%zu", order->key->name, operator,
                                argument(composer, key));
                return r;
        }
        char *end = NULL;
        colon = strchr(after, ':');
        unsigned long length = colon ? strtoul(after, &end, 10) : 0;
        if (!colon || end != colon || length == 0 || length > strlen(colon + 1))
                return -EMALFORMED_;
        char *key_text = arena_strndup(composer->arena, colon + 1, length);
        int r = key_text ? position_value(order->key, key_text, &key) : -ENOMEM;
        if (r >= 0)
                r = position_value(order->column, colon + 1 + length, &value);
        if (r < 0)
                return r;
        size_t first = argument(composer, value);
        buffer_printf(&composer->text, " AND (coalesce(v.%s, %s), v.%s) %s ($%zu, $%zu)",
                order->column->name, nothing_of(order->column), order->key->name, operator, first,
                argument(composer, key));
        return 0;
}

static void order_write(Composer *composer, const Order *order) {
        const char *way = order->falling ? " DESC" : "";

        buffer_text(&composer->text, " ORDER BY ");
        if (order->column)
                buffer_printf(&composer->text, "coalesce(v.%s, %s)%s, ", order->column->name,
                        nothing_of(order->column), way);
        buffer_printf(&composer->text, "v.%s%s", order->key->name, way);
}

/* A private value is shown by its mask, which stands in the vault. */
static void column_write(Composer *composer, const Column *column, const char *separator) {
        if (column->kind == KIND_SEALED)
                buffer_printf(&composer->text,
                        "%s(SELECT vault.mask FROM vault WHERE vault.id = v.%s) AS %s", separator,
                        column->name, column->name);
        else
                buffer_printf(&composer->text, "%sv.%s", separator, column->name);
}

/* Chosen columns are followed by the key, for whoever reads on. */
static int columns_write(Composer *composer, const ViewCall *call) {
        const char *separator = "SELECT ";

        if (call->n_columns > VIEW_COLUMNS_MAX)
                return -EMALFORMED_;
        for (size_t i = 0; i < call->n_columns; i++, separator = ", ") {
                const Column *column = view_column(composer->view, call->columns[i]);

                if (!column)
                        return -EMALFORMED_;
                column_write(composer, column, separator);
        }
        if (call->n_columns > 0) {
                buffer_printf(&composer->text, ", v.%s", composer->view->key);
                return 0;
        }
        for (const Column *column = composer->view->columns; column->name; column++, separator = ", ")
                column_write(composer, column, separator);
        return 0;
}

int view_statement(
        const View *view, const Scope *scope, const ViewCall *call, Arena *arena, ViewStatement *ret) {
        Composer composer = { .view = view, .arena = arena, .text = BUFFER_INIT(STATEMENT_BYTES_MAX) };
        Order order;
        int r;

        r = columns_write(&composer, call);
        scope_write(&composer, scope);
        if (r >= 0)
                r = order_read(view, call->order, &order);
        if (r >= 0)
                r = filters_write(&composer, call);
        if (r >= 0)
                r = after_write(&composer, &order, call->after);
        if (r >= 0) {
                order_write(&composer, &order);
                buffer_printf(&composer.text, " LIMIT $%zu",
                        argument(&composer, value_integer((int64_t) call->limit + 1)));
                composer.statement.order = order.column;
        }
        return finish(&composer, "list", r, ret);
}

int view_among_statement(const View *view, const Filter *filter, Arena *arena, ViewStatement *ret) {
        Composer composer = { .view = view, .arena = arena, .text = BUFFER_INIT(STATEMENT_BYTES_MAX) };
        const Column *column = view_column(view, filter->column);

        buffer_printf(&composer.text, "SELECT w.id FROM (%s) w WHERE 1 = 1", column->among->sql);
        int r = text_filter(&composer, "w.text", column, filter);
        if (r >= 0)
                buffer_printf(&composer.text, " ORDER BY w.id LIMIT $%zu",
                        argument(&composer, value_integer(VIEW_AMONG_MAX + 1)));
        return finish(&composer, "among", r, ret);
}

int view_totals_statement(
        const View *view, const Scope *scope, const ViewCall *call, Arena *arena, ViewStatement *ret) {
        Composer composer = { .view = view, .arena = arena, .text = BUFFER_INIT(STATEMENT_BYTES_MAX) };
        int r;

        buffer_text(&composer.text, "SELECT COUNT(*)");
        for (const Column *column = view->columns; column->name; column++)
                if (column->flags & COLUMN_SUM)
                        buffer_printf(&composer.text, ", CAST(SUM(v.%s) AS BIGINT)", column->name);
        scope_write(&composer, scope);
        r = filters_write(&composer, call);
        return finish(&composer, "totals", r, ret);
}
