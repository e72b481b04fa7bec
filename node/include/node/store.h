/* SPDX-License-Identifier: Apache-2.0 */
/* One SQL interface over SQLite and PostgreSQL. Modules see a transaction and constant queries, nothing else.
 * Parameters are $1..$n; types BIGINT, INTEGER, TEXT, BYTEA; see docs/style.md for the SQL both engines read alike. */
#pragma once

#include <node/arena.h>
#include <node/macro.h>
#include <node/types.h>

typedef enum StoreId { STORE_SYSTEM = 1, STORE_BUSINESS = 2, STORE_REGULATORY = 3 } StoreId;

typedef struct Tx Tx;           /* the writer's transaction of one command, or a reader's snapshot */
typedef struct Rows Rows;

/* A constant SQL text: prepared on first use of a connection, and every one of them at start as a check. */
typedef struct Query {
        const char *name;       /* "deposit.payment_by_notice" */
        const char *sql;
} Query;

typedef enum ValueType { VALUE_NULL, VALUE_INTEGER, VALUE_TEXT, VALUE_BLOB } ValueType;
typedef struct Value {
        ValueType type;
        int64_t integer;
        const char *text;       /* not copied; must live until the call returns */
        Bytes blob;
} Value;

static inline Value value_null(void) { return (Value) { .type = VALUE_NULL }; }
static inline Value value_integer(int64_t i) { return (Value) { .type = VALUE_INTEGER, .integer = i }; }
static inline Value value_text(const char *t) { return t ? (Value) { .type = VALUE_TEXT, .text = t } : value_null(); }
static inline Value value_blob(const void *data, size_t size) {
        return (Value) { .type = VALUE_BLOB, .blob = { data, size } };
}
static inline Value value_id(Id id) { return value_integer(id.value); }
static inline Value value_money(Money m) { return value_integer(m.fen); }

/* Values of one statement: SQL_ARGS(value_id(a), value_money(b)) gives pointer and count. */
#define SQL_ARGS(...) (const Value[]) { __VA_ARGS__ }, ELEMENTSOF(((const Value[]) { __VA_ARGS__ }))
#define SQL_NO_ARGS NULL, 0

/* Runs a statement; ret_changed (may be NULL) is the number of rows it touched. Any failure dooms the command. Without
 * ret_changed PostgreSQL does not wait: a failure may show at a later statement or at the end of the command, so
 * never branch on the error; ask for row counts (ON CONFLICT DO NOTHING) instead. */
int tx_exec(Tx *tx, const Query *query, const Value *args, size_t n_args, int64_t *ret_changed) _must_check_;
/* The same statement n times, with n_args values each, one set behind the other; ret_changed is the sum.
 * PostgreSQL waits once for all of them. */
int tx_exec_each(Tx *tx, const Query *query, const Value *args, size_t n_args, size_t n,
        int64_t *ret_changed) _must_check_;
/* Rows are owned by the caller; close before the next statement on engines that want it is done for you. */
int tx_query(Tx *tx, const Query *query, const Value *args, size_t n_args, Rows **ret) _must_check_;
/* First column of the first row. -ENOENT when there is none; NULL reads as 0. */
int tx_integer(Tx *tx, const Query *query, const Value *args, size_t n_args, int64_t *ret) _must_check_;
StoreId tx_store(const Tx *tx);
/* Only the writer's transactions may change; readers get -EPERM. */
bool tx_writable(const Tx *tx);

/* 1 with a row, 0 at the end, negative on failure. */
int rows_next(Rows *rows) _must_check_;
Rows *rows_close(Rows *rows);
DEFINE_CLEANUP(Rows, rows_close)
bool rows_null(const Rows *rows, size_t column);
ValueType rows_type(const Rows *rows, size_t column);
int64_t rows_integer(const Rows *rows, size_t column);
/* Valid until the next rows_next or close; "" for NULL. */
const char *rows_text(const Rows *rows, size_t column);
Bytes rows_blob(const Rows *rows, size_t column);
size_t rows_columns(const Rows *rows);
const char *rows_column_name(const Rows *rows, size_t column);

/* Numbered, frozen, digested; SQL only adds. One file may hold many statements, separated by lines of "--;". */
typedef struct Migration {
        StoreId store;
        const char *name;       /* "deposit/001-first": applied in registry order, then by name */
        const char *sql;
} Migration;
