/* SPDX-License-Identifier: Apache-2.0 */
/* One digest over what a store holds as truth, the same on both engines and after every restart. Tables in
 * order of the registry, rows by key, columns as created: each value as type, length and bytes. Read in
 * pages, one snapshot. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include <node/crypto.h>

#include "driver.h"

#define PAGE_ROWS 1000
#define TRUTHS_MAX 32

static void put_integer(DigestState *state, int64_t value) {
        uint8_t bytes[8];

        for (size_t i = 0; i < sizeof(bytes); i++)
                bytes[i] = (uint8_t) ((uint64_t) value >> (56 - 8 * i));
        digest_update(state, bytes, sizeof(bytes));
}

static void put_value(DigestState *state, char type, const void *data, size_t size) {
        digest_update(state, &type, 1);
        put_integer(state, (int64_t) size);
        if (size > 0)
                digest_update(state, data, size);
}

/* Distinguishes the kinds of values, so that 49 and "1" differ. */
static void put_cell(DigestState *state, const Rows *rows, size_t column, ValueType type) {
        Bytes bytes;

        switch (type) {
        case VALUE_NULL:
                put_value(state, 'n', NULL, 0);
                break;
        case VALUE_INTEGER:
                digest_update(state, "i", 1);
                put_integer(state, rows_integer(rows, column));
                break;
        case VALUE_TEXT:
        case VALUE_BLOB:
                bytes = rows_blob(rows, column);
                put_value(state, type == VALUE_TEXT ? 't' : 'b', bytes.data, bytes.size);
                break;
        }
}

static void put_row(DigestState *state, const Rows *rows) {
        put_integer(state, (int64_t) rows_columns(rows));
        for (size_t i = 0; i < rows_columns(rows); i++)
                put_cell(state, rows, i, rows_type(rows, i));
}

typedef struct Table {
        char name[64], key[64];
} Table;

/* Rows after the last key seen; the key of the last one goes back. Keys are integers or texts. */
static int page(Tx *tx, DigestState *state, const Query *query, Value after, char *ret_key, size_t key_size,
        Value *ret_after) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        bool first = after.type == VALUE_NULL;
        int n = 0, r;

        r = first ? tx_query(tx, query, SQL_NO_ARGS, &rows) : tx_query(tx, query, &after, 1, &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                size_t last = rows_columns(rows) - 1;
                put_row(state, rows);
                n++;
                if (rows_type(rows, last) == VALUE_INTEGER)
                        *ret_after = value_integer(rows_integer(rows, last));
                else if ((size_t) snprintf(ret_key, key_size, "%s", rows_text(rows, last)) >= key_size)
                        return -E2BIG;
                else
                        *ret_after = value_text(ret_key);
        }
        return r < 0 ? r : n;
}

static int table_digest(Tx *tx, DigestState *state, const Table *table) {
        char first_sql[384], next_sql[384], key[1024];
        Query first = { "store.digest_first", first_sql }, next = { "store.digest_next", next_sql };
        Value after = value_null();
        int64_t n = 0;
        int r;

        if (!identifier_valid(table->name) || !identifier_valid(table->key))
                return -EINVAL;
        r = tx->connection->driver->table_exists(tx, table->name);
        if (r <= 0)
                return r;
        snprintf(first_sql, sizeof(first_sql),
                "SELECT t.*, t.%s AS digest_key FROM %s t ORDER BY t.%s LIMIT %d", table->key, table->name,
                table->key, PAGE_ROWS);
        snprintf(next_sql, sizeof(next_sql),
                "SELECT t.*, t.%s AS digest_key FROM %s t WHERE t.%s > $1 ORDER BY t.%s LIMIT %d",
                table->key, table->name, table->key, table->key, PAGE_ROWS);
        put_value(state, 'T', table->name, strlen(table->name));
        do {
                r = page(tx, state, after.type == VALUE_NULL ? &first : &next, after, key, sizeof(key),
                        &after);
                if (r < 0)
                        return r;
                n += r;
        } while (r == PAGE_ROWS);
        put_integer(state, n);
        return 0;
}

static int records_digest(Tx *tx, DigestState *state, const Module *module) {
        for (const Record *const *record = module->records; record && *record; record++) {
                Table table = { .key = "id" };
                int r;

                if ((*record)->store != tx_store(tx) || (*record)->shape == SHAPE_VALUE ||
                        (*record)->shape == SHAPE_PROJECTION)
                        continue;
                if ((size_t) snprintf(table.name, sizeof(table.name), "%s", (*record)->name) >=
                        sizeof(table.name))
                        return -E2BIG;
                r = table_digest(tx, state, &table);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* What migrations named, by name, and the list of migrations itself. */
static int truths_digest(Tx *tx, DigestState *state) {
        static const Query query = { "store.truths", "SELECT name, sort FROM store_truth ORDER BY name" };
        _cleanup_(rows_closep) Rows *rows = NULL;
        Table tables[TRUTHS_MAX + 1] = { { "store_migration", "seq" } };
        size_t n = 1;
        int r;

        r = tx_query(tx, &query, SQL_NO_ARGS, &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                if (n == ELEMENTSOF(tables))
                        return -E2BIG;
                snprintf(tables[n].name, sizeof(tables[n].name), "%s", rows_text(rows, 0));
                snprintf(tables[n].key, sizeof(tables[n].key), "%s", rows_text(rows, 1));
                n++;
        }
        for (size_t i = 0; r == 0 && i < n; i++)
                r = table_digest(tx, state, &tables[i]);
        return r;
}

int store_digest(Store *store, const Module *const *modules, Digest *ret) {
        _cleanup_(digest_freep) DigestState *state = NULL;
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int r;

        assert(store && ret);
        r = store_read_begin_long(store, &tx);
        if (r < 0)
                return r;
        state = digest_new(DIGEST_SHA256);
        if (!state)
                return -ENOMEM;
        for (const Module *const *module = modules; module && *module; module++) {
                r = records_digest(tx, state, *module);
                if (r < 0)
                        return r;
        }
        r = truths_digest(tx, state);
        if (r < 0)
                return r;
        digest_final(state, ret);
        return 0;
}
