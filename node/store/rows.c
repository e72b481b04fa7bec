/* SPDX-License-Identifier: Apache-2.0 */
/* Transactions as callers see them, and results: live on SQLite while nothing changes, buffered otherwise,
 * so that both engines give the rows as they were when the query ran. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"

int tx_fail(Tx *tx, int error) {
        assert(error < 0);
        if (tx->doomed == 0)
                tx->doomed = error;
        return error;
}

/* A snapshot held too long stops checkpoints: the reader is told, not the writer. */
static int tx_usable(Tx *tx) {
        const Connection *c = tx->connection;

        if (tx->doomed < 0)
                return tx->doomed;
        if (c->deadline_ms > 0 && c->clock->monotonic_ms(c->clock->data) > c->deadline_ms)
                return tx_fail(tx, -ETIMEDOUT);
        return 0;
}

int tx_exec(Tx *tx, const Query *query, const Value *args, size_t n_args, int64_t *ret_changed) {
        int r;

        assert(tx && query && (args || n_args == 0));
        if (!tx->writable)
                return -EPERM;
        r = tx_usable(tx);
        if (r < 0)
                return r;
        r = tx->connection->driver->exec(tx->connection, query, args, n_args, ret_changed);
        return r < 0 ? tx_fail(tx, r) : 0;
}

int tx_exec_each(
        Tx *tx, const Query *query, const Value *args, size_t n_args, size_t n, int64_t *ret_changed) {
        int r;

        assert(tx && query && ret_changed && args && n_args > 0);
        if (!tx->writable)
                return -EPERM;
        r = tx_usable(tx);
        if (r < 0)
                return r;
        r = tx->connection->driver->exec_each(tx->connection, query, args, n_args, n, ret_changed);
        return r < 0 ? tx_fail(tx, r) : 0;
}

int tx_query(Tx *tx, const Query *query, const Value *args, size_t n_args, Rows **ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        assert(tx && query && ret && (args || n_args == 0));
        r = tx_usable(tx);
        if (r < 0)
                return r;
        rows = calloc(1, sizeof(*rows));
        if (!rows)
                return tx_fail(tx, -ENOMEM);
        rows->tx = tx;
        rows->next = tx->connection->open_rows;
        tx->connection->open_rows = rows;
        r = tx->connection->driver->query(tx, query, args, n_args, rows);
        if (r < 0)
                return tx_fail(tx, r);
        *ret = TAKE_PTR(rows);
        return 0;
}

int tx_integer(Tx *tx, const Query *query, const Value *args, size_t n_args, int64_t *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int64_t value;
        int r;

        r = tx_query(tx, query, args, n_args, &rows);
        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r < 0)
                return r;
        if (r == 0)
                return -ENOENT;
        value = rows_integer(rows, 0);
        if (tx->doomed < 0)
                return tx->doomed;
        *ret = value;
        return 0;
}

StoreId tx_store(const Tx *tx) {
        return tx->store->options.id;
}

bool tx_writable(const Tx *tx) {
        return tx->writable;
}

const char *tx_error_text(const Tx *tx) {
        return tx->connection->error;
}

int rows_set_columns(Rows *rows, size_t n) {
        rows->names = calloc(n ? n : 1, sizeof(*rows->names));
        if (!rows->names)
                return -ENOMEM;
        rows->n_columns = n;
        return 0;
}

int rows_set_name(Rows *rows, size_t column, const char *name) {
        assert(column < rows->n_columns);
        rows->names[column] = strdup(name);
        return rows->names[column] ? 0 : -ENOMEM;
}

static int bytes_reserve(Rows *rows, size_t size) {
        size_t want = rows->bytes_capacity ? rows->bytes_capacity : 256;

        if (size > ROWS_BUFFER_BYTES_MAX - rows->n_bytes)
                return -E2BIG;
        if (rows->n_bytes + size <= rows->bytes_capacity)
                return 0;
        while (want < rows->n_bytes + size)
                want *= 2;

        uint8_t *bytes = realloc(rows->bytes, want);
        if (!bytes)
                return -ENOMEM;
        rows->bytes = bytes;
        rows->bytes_capacity = want;
        return 0;
}

int rows_append(Rows *rows, ValueType type, int64_t integer, const void *data, size_t size_bytes) {
        int r;

        if (rows->n_cells == rows->cells_capacity) {
                size_t want = rows->cells_capacity ? rows->cells_capacity * 2 : 16;
                Cell *cells = realloc(rows->cells, want * sizeof(*cells));
                if (!cells)
                        return -ENOMEM;
                rows->cells = cells;
                rows->cells_capacity = want;
        }
        r = bytes_reserve(rows, size_bytes + 1);
        if (r < 0)
                return r;

        rows->cells[rows->n_cells++] =
                (Cell){ .type = type, .integer = integer, .offset = rows->n_bytes, .size = size_bytes };
        if (size_bytes > 0)
                memcpy(rows->bytes + rows->n_bytes, data, size_bytes);
        rows->bytes[rows->n_bytes + size_bytes] = 0;
        rows->n_bytes += size_bytes + 1;
        return 0;
}

/* The row at hand and all that follow; the row at hand becomes row 0 of the buffer. */
static int rows_buffer(Rows *rows) {
        const Driver *driver = rows->tx->connection->driver;
        int r = 1;

        if (rows->at == 0)
                r = driver->live_next(rows);
        while (r > 0) {
                for (size_t i = 0; i < rows->n_columns; i++) {
                        Cell cell;
                        const uint8_t *data;
                        r = driver->live_cell(rows, i, &cell, &data);
                        if (r < 0)
                                return r;
                        r = rows_append(rows, cell.type, cell.integer, data, cell.size);
                        if (r < 0)
                                return r;
                }
                r = driver->live_next(rows);
        }
        if (r < 0)
                return r;
        driver->live_close(rows);
        return 0;
}

int rows_buffer_open(Connection *connection) {
        for (Rows *rows = connection->open_rows; rows; rows = rows->next) {
                if (!rows->live)
                        continue;
                int r = rows_buffer(rows);
                if (r < 0)
                        return r;
                /* at counts rows handed out; live, that was "is there one at hand" */
                rows->at = rows->at > 0 ? 1 : 0;
        }
        return 0;
}

int rows_next(Rows *rows) {
        int r;

        if (rows->tx->doomed < 0)
                return rows->tx->doomed;
        if (!rows->live) {
                if (rows->n_columns == 0 || rows->at >= rows->n_cells / rows->n_columns)
                        return 0;
                rows->at++;
                return 1;
        }
        r = tx_usable(rows->tx);
        if (r < 0)
                return r;
        r = rows->tx->connection->driver->live_next(rows);
        if (r < 0)
                return tx_fail(rows->tx, r);
        if (r == 0) {
                rows->tx->connection->driver->live_close(rows);
                rows->n_cells = 0;
                return 0;
        }
        rows->at = 1;
        return 1;
}

Rows *rows_close(Rows *rows) {
        if (!rows)
                return NULL;
        if (rows->live)
                rows->tx->connection->driver->live_close(rows);
        for (Rows **at = &rows->tx->connection->open_rows; *at; at = &(*at)->next)
                if (*at == rows) {
                        *at = rows->next;
                        break;
                }
        for (size_t i = 0; i < rows->n_columns; i++)
                free(rows->names[i]);
        free(rows->names);
        free(rows->cells);
        free(rows->bytes);
        free(rows->integers);
        free(rows);
        return NULL;
}

static Cell rows_cell(const Rows *rows, size_t column, const uint8_t **ret_data) {
        Cell cell = { .type = VALUE_NULL };

        assert(column < rows->n_columns);
        *ret_data = (const uint8_t *) "";
        if (rows->live) {
                int r = rows->tx->connection->driver->live_cell(rows, column, &cell, ret_data);
                if (r < 0) {
                        tx_fail(rows->tx, r);
                        *ret_data = (const uint8_t *) "";
                        return (Cell){ .type = VALUE_NULL };
                }
        } else {
                assert(rows->at > 0 && rows->at * rows->n_columns <= rows->n_cells);
                cell = rows->cells[(rows->at - 1) * rows->n_columns + column];
                *ret_data = rows->bytes + cell.offset;
        }
        return cell;
}

bool rows_null(const Rows *rows, size_t column) {
        const uint8_t *data;

        return rows_cell(rows, column, &data).type == VALUE_NULL;
}

ValueType rows_type(const Rows *rows, size_t column) {
        const uint8_t *data;

        return rows_cell(rows, column, &data).type;
}

int64_t rows_integer(const Rows *rows, size_t column) {
        const uint8_t *data;
        Cell cell = rows_cell(rows, column, &data);

        /* a parameter selected untyped is text on one engine and integer on the other */
        if (cell.type == VALUE_TEXT)
                return strtoll((const char *) data, NULL, 10);
        return cell.type == VALUE_INTEGER ? cell.integer : 0;
}

const char *rows_text(const Rows *rows, size_t column) {
        const uint8_t *data;
        Cell cell = rows_cell(rows, column, &data);

        if (cell.type == VALUE_INTEGER) {
                Rows *mutable = (Rows *) rows;
                if (!mutable->integers)
                        mutable->integers = calloc(rows->n_columns, sizeof(*mutable->integers));
                if (!mutable->integers) {
                        tx_fail(rows->tx, -ENOMEM);
                        return "";
                }
                snprintf(mutable->integers[column], sizeof(mutable->integers[column]), "%" PRId64,
                        cell.integer);
                return mutable->integers[column];
        }
        return cell.type == VALUE_TEXT ? (const char *) data : "";
}

Bytes rows_blob(const Rows *rows, size_t column) {
        const uint8_t *data;
        Cell cell = rows_cell(rows, column, &data);

        if (cell.type != VALUE_BLOB && cell.type != VALUE_TEXT)
                return (Bytes){ NULL, 0 };
        return (Bytes){ data, cell.size };
}

size_t rows_columns(const Rows *rows) {
        return rows->n_columns;
}

const char *rows_column_name(const Rows *rows, size_t column) {
        assert(column < rows->n_columns);
        return rows->names[column];
}
