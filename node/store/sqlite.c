/* SPDX-License-Identifier: Apache-2.0 */
/* The SQLite driver at work: statements with $n bound by name, transactions, and what each failure means. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sqlite.h"

static int constraint_failure(int rc) {
        switch (rc) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
                return -EEXIST;
        case SQLITE_CONSTRAINT_DATATYPE:
                return -EINVAL;
        default:
                return -EBROKEN_;
        }
}

static int io_failure(SqliteConnection *c, int rc) {
        if (rc == SQLITE_IOERR_NOMEM)
                return -ENOMEM;
        if (rc == SQLITE_IOERR_SHMSIZE)
                return -ENOSPC;
        c->base.broken = true;
        return -EIO;
}

int sqlite_failure(SqliteConnection *c, int rc) {
        const char *text = c->db ? sqlite3_errmsg(c->db) : sqlite3_errstr(rc);

        snprintf(c->base.error, sizeof(c->base.error), "%s", text);
        switch (rc & 0xff) {
        case SQLITE_CONSTRAINT:
                return constraint_failure(rc);
        case SQLITE_IOERR:
                return io_failure(c, rc);
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
                c->base.broken = true;
                return -EIO;
        case SQLITE_FULL:
                return -ENOSPC;
        case SQLITE_NOMEM:
                return -ENOMEM;
        case SQLITE_INTERRUPT:
                return -ETIMEDOUT;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
                return -EBUSY;
        case SQLITE_TOOBIG:
                return -E2BIG;
        case SQLITE_AUTH:
        case SQLITE_READONLY:
        case SQLITE_PERM:
                return -EPERM;
        case SQLITE_CANTOPEN:
                return -ENOENT;
        default:
                return strcmp(text, "integer overflow") == 0 ? -EOVERFLOW : -EINVAL;
        }
}

static void sqlite_statement_free(Connection *connection, Statement *statement) {
        sqlite3_finalize(((SqliteStatement *) statement)->statement);
        free(statement);
}

/* Exactly "$" and a number: "$1::bigint" would become a name of its own without a word of warning. */
static int parameter_number(const char *name) {
        int n = 0;

        if (!name || name[0] != '$' || name[1] < '1' || name[1] > '9')
                return -EINVAL;
        for (const char *p = name + 1; *p; p++) {
                if (*p < '0' || *p > '9' || n > PARAMETERS_MAX)
                        return -EINVAL;
                n = n * 10 + (*p - '0');
        }
        return n <= PARAMETERS_MAX ? n : -EINVAL;
}

static int number_parameters(SqliteConnection *c, SqliteStatement *s) {
        s->n_parameters = sqlite3_bind_parameter_count(s->statement);
        if (s->n_parameters > PARAMETERS_MAX)
                return -E2BIG;
        for (int i = 0; i < s->n_parameters; i++) {
                const char *name = sqlite3_bind_parameter_name(s->statement, i + 1);
                s->numbers[i] = parameter_number(name);
                if (s->numbers[i] < 0) {
                        snprintf(c->base.error, sizeof(c->base.error), "parameter \"%s\" is not $1 to $%d",
                                name ? name : "?", PARAMETERS_MAX);
                        return -EINVAL;
                }
                if (s->numbers[i] > s->highest)
                        s->highest = s->numbers[i];
        }
        if (s->highest != s->n_parameters) {
                snprintf(c->base.error, sizeof(c->base.error), "parameters $1 to $%d are not all used",
                        s->highest);
                return -EINVAL;
        }
        return 0;
}

static int prepare(SqliteConnection *c, const Query *query, SqliteStatement **ret) {
        SqliteStatement *s;
        const char *tail = NULL;
        int r, rc;

        s = calloc(1, sizeof(*s));
        if (!s)
                return -ENOMEM;
        rc = sqlite3_prepare_v3(c->db, query->sql, -1, SQLITE_PREPARE_PERSISTENT, &s->statement, &tail);
        if (rc != SQLITE_OK)
                r = sqlite_failure(c, rc);
        else if (!s->statement || (tail && tail[strspn(tail, " \t\n;")])) {
                snprintf(c->base.error, sizeof(c->base.error), "not exactly one statement");
                r = -EINVAL;
        } else
                r = number_parameters(c, s);
        if (r < 0) {
                sqlite_statement_free(&c->base, &s->base);
                return r;
        }
        *ret = s;
        return 0;
}

static int statement_for(SqliteConnection *c, const Query *query, SqliteStatement **ret) {
        SqliteStatement *s;
        Statement *known;
        int r;

        if (!c->db)
                return -EREADONLY_;
        known = cache_find(&c->base, query);
        if (known && !known->busy) {
                *ret = (SqliteStatement *) known;
                return 0;
        }
        r = prepare(c, query, &s);
        if (r < 0)
                return r;
        s->base.temporary = known != NULL;
        r = cache_add(&c->base, query, &s->base);
        if (r < 0)
                return r;
        *ret = s;
        return 0;
}

/* Values of a live result must outlive the call, those of a finished statement need not. */
static int bind(SqliteConnection *c, SqliteStatement *s, const Value *args, size_t n_args, bool keep) {
        sqlite3_destructor_type how = keep ? SQLITE_TRANSIENT : SQLITE_STATIC;

        if ((size_t) s->highest != n_args) {
                snprintf(c->base.error, sizeof(c->base.error), "%zu values for %d parameters", n_args,
                        s->highest);
                return -EINVAL;
        }
        for (int i = 0; i < s->n_parameters; i++) {
                const Value *v = &args[s->numbers[i] - 1];
                int rc = SQLITE_OK;

                switch (v->type) {
                case VALUE_NULL:
                        rc = sqlite3_bind_null(s->statement, i + 1);
                        break;
                case VALUE_INTEGER:
                        rc = sqlite3_bind_int64(s->statement, i + 1, v->integer);
                        break;
                case VALUE_TEXT:
                        rc = sqlite3_bind_text(s->statement, i + 1, v->text, -1, how);
                        break;
                case VALUE_BLOB:
                        rc = v->blob.size == 0 ? sqlite3_bind_zeroblob(s->statement, i + 1, 0)
                                               : sqlite3_bind_blob64(s->statement, i + 1, v->blob.data,
                                                         v->blob.size, how);
                        break;
                }
                if (rc != SQLITE_OK)
                        return sqlite_failure(c, rc);
        }
        return 0;
}

static void finish(SqliteConnection *c, SqliteStatement *s) {
        sqlite3_reset(s->statement);
        sqlite3_clear_bindings(s->statement);
        statement_release(&c->base, &s->base);
}

static int sqlite_exec(
        Connection *connection, const Query *query, const Value *args, size_t n_args, int64_t *ret_changed) {
        SqliteConnection *c = (SqliteConnection *) connection;
        SqliteStatement *s;
        int64_t changed = 0;
        int r, rc;

        r = rows_buffer_open(connection);
        if (r < 0)
                return r;
        r = statement_for(c, query, &s);
        if (r < 0)
                return r;
        r = bind(c, s, args, n_args, false);
        if (r == 0) {
                do
                        rc = sqlite3_step(s->statement);
                while (rc == SQLITE_ROW);
                if (rc != SQLITE_DONE)
                        r = sqlite_failure(c, rc);
                else if (!sqlite3_stmt_readonly(s->statement))
                        changed = sqlite3_changes64(c->db);
        }
        finish(c, s);
        if (r < 0)
                return r;
        if (ret_changed)
                *ret_changed = changed;
        return 0;
}

static int sqlite_exec_each(Connection *connection, const Query *query, const Value *args, size_t n_args,
        size_t n, int64_t *ret_changed) {
        int64_t changed, sum = 0;

        for (size_t i = 0; i < n; i++) {
                int r = sqlite_exec(connection, query, args + i * n_args, n_args, &changed);
                if (r < 0)
                        return r;
                sum += changed;
        }
        *ret_changed = sum;
        return 0;
}

static void sqlite_live_close(Rows *rows) {
        SqliteConnection *c = (SqliteConnection *) rows->tx->connection;
        SqliteStatement *s = (SqliteStatement *) rows->live;

        rows->live = NULL;
        finish(c, s);
}

static int sqlite_live_next(Rows *rows) {
        SqliteStatement *s = (SqliteStatement *) rows->live;
        int rc = sqlite3_step(s->statement);

        if (rc == SQLITE_ROW)
                return 1;
        if (rc == SQLITE_DONE)
                return 0;
        return sqlite_failure((SqliteConnection *) rows->tx->connection, rc);
}

static int sqlite_live_cell(const Rows *rows, size_t column, Cell *ret, const uint8_t **ret_data) {
        sqlite3_stmt *statement = ((SqliteStatement *) rows->live)->statement;
        Connection *c = rows->tx->connection;
        int at = (int) column;
        const void *data = NULL;
        Cell cell = { .type = VALUE_NULL };

        switch (sqlite3_column_type(statement, at)) {
        case SQLITE_INTEGER:
                cell = (Cell){ .type = VALUE_INTEGER, .integer = sqlite3_column_int64(statement, at) };
                break;
        case SQLITE_TEXT:
                data = sqlite3_column_text(statement, at);
                cell = (Cell){ .type = VALUE_TEXT, .size = (size_t) sqlite3_column_bytes(statement, at) };
                break;
        case SQLITE_BLOB:
                data = sqlite3_column_blob(statement, at);
                cell = (Cell){ .type = VALUE_BLOB, .size = (size_t) sqlite3_column_bytes(statement, at) };
                break;
        case SQLITE_FLOAT:
                snprintf(c->error, sizeof(c->error), "column \"%s\" is not a whole number",
                        sqlite3_column_name(statement, at));
                return -EOVERFLOW;
        default:
                break;
        }
        if (cell.size > 0 && !data)
                return -ENOMEM;
        *ret = cell;
        *ret_data = data ? data : (const uint8_t *) "";
        return 0;
}

static int name_columns(Rows *rows, sqlite3_stmt *statement) {
        size_t n = (size_t) sqlite3_column_count(statement);
        int r = rows_set_columns(rows, n);

        for (size_t i = 0; r == 0 && i < n; i++)
                r = rows_set_name(rows, i, sqlite3_column_name(statement, (int) i));
        return r;
}

static int sqlite_query(Tx *tx, const Query *query, const Value *args, size_t n_args, Rows *rows) {
        SqliteConnection *c = (SqliteConnection *) tx->connection;
        SqliteStatement *s;
        bool changes;
        int r;

        r = statement_for(c, query, &s);
        if (r < 0)
                return r;
        changes = !sqlite3_stmt_readonly(s->statement);
        if (changes && !tx->writable)
                r = -EPERM;
        if (r == 0 && changes)
                r = rows_buffer_open(&c->base);
        if (r == 0)
                r = name_columns(rows, s->statement);
        if (r == 0)
                r = bind(c, s, args, n_args, true);
        if (r < 0) {
                finish(c, s);
                return r;
        }
        s->base.busy = true;
        rows->live = &s->base;
        /* INSERT … RETURNING happens now, not when its rows are read */
        return changes ? rows_buffer_open(&c->base) : 0;
}

static int sqlite_check(Connection *connection, const Query *query) {
        SqliteStatement *s;

        return cache_find(connection, query) ? 0 : statement_for((SqliteConnection *) connection, query, &s);
}

static int sqlite_script(Connection *connection, const char *sql) {
        SqliteConnection *c = (SqliteConnection *) connection;
        int rc = sqlite3_exec(c->db, sql, NULL, NULL, NULL);

        return rc == SQLITE_OK ? 0 : sqlite_failure(c, rc);
}

static int sqlite_table_exists(Tx *tx, const char *table) {
        static const Query query = { "store.table", "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                                                    " AND name = $1" };
        int64_t n;
        int r = tx_integer(tx, &query, SQL_ARGS(value_text(table)), &n);

        return r < 0 ? r : n > 0;
}

static int simple(Connection *connection, const Query *query) {
        return sqlite_exec(connection, query, SQL_NO_ARGS, NULL);
}

static int sqlite_begin(Connection *connection, bool writable, bool limited) {
        static const Query begin = { "store.begin", "BEGIN" };
        static const Query begin_write = { "store.begin_write", "BEGIN IMMEDIATE" };
        static const Query snapshot = { "store.snapshot", "SELECT 1 FROM sqlite_schema LIMIT 1" };
        int r;

        r = simple(connection, writable ? &begin_write : &begin);
        if (r < 0)
                return r;
        connection->deadline_ms = 0;
        if (limited)
                connection->deadline_ms =
                        connection->clock->monotonic_ms(connection->clock->data) + READ_HOLD_MS_MAX;
        /* the snapshot is taken by the first read, so make one */
        r = writable ? 0 : simple(connection, &snapshot);
        if (r < 0)
                connection->driver->rollback(connection);
        return r;
}

static int sqlite_savepoint(Connection *connection) {
        static const Query query = { "store.savepoint", "SAVEPOINT command" };

        return simple(connection, &query);
}

static int sqlite_release(Connection *connection) {
        static const Query query = { "store.release", "RELEASE command" };

        return simple(connection, &query);
}

static int sqlite_rollback_to(Connection *connection) {
        static const Query query = { "store.rollback_to", "ROLLBACK TO command" };
        int r = simple(connection, &query);

        return r < 0 ? r : sqlite_release(connection);
}

static bool sqlite_in_transaction(const Connection *connection) {
        const SqliteConnection *c = (const SqliteConnection *) connection;

        return c->db && !c->base.broken && !sqlite3_get_autocommit(c->db);
}

static void sqlite_rollback(Connection *connection) {
        static const Query query = { "store.rollback", "ROLLBACK" };
        SqliteConnection *c = (SqliteConnection *) connection;

        connection->deadline_ms = 0;
        if (c->db && !sqlite3_get_autocommit(c->db))
                (void) simple(connection, &query);
        if (c->base.broken && c->base.role == ROLE_WRITER && c->db)
                sqlite_abandon(c);
}

static int sqlite_commit(Connection *connection) {
        static const Query query = { "store.commit", "COMMIT" };
        SqliteConnection *c = (SqliteConnection *) connection;
        char why[ERROR_TEXT_MAX];
        int r;

        connection->deadline_ms = 0;
        r = simple(connection, &query);
        if (r == 0)
                return 0;
        memcpy(why, connection->error, sizeof(why));
        sqlite_rollback(connection);
        memcpy(connection->error, why, sizeof(why));
        /* Frames of a commit whose write or fsync failed lie in the WAL and may be taken up after a restart.
         */
        return c->base.broken && c->base.role == ROLE_WRITER ? -EUNKNOWN_ : r;
}

static void sqlite_rest(Connection *connection) {
        SqliteConnection *c = (SqliteConnection *) connection;

        if (!c->db || c->wal_pages < c->checkpoint_at)
                return;
        /* a reader may keep the log from being used again from its start: not after every commit then */
        c->checkpoint_at = c->wal_pages + CHECKPOINT_AGAIN_PAGES;
        if (sqlite_checkpoint(c) < 0 && c->base.broken)
                sqlite_abandon(c);
}

static const char *const sqlite_words[][2] = { { "BIGINT", "INTEGER" }, { "BYTEA", "BLOB" },
        { NULL, NULL } };
static const char *const sqlite_setup[] = {
        "CREATE TABLE IF NOT EXISTS store_migration ("
        "name TEXT PRIMARY KEY, digest BLOB NOT NULL, seq INTEGER NOT NULL UNIQUE) STRICT",
        "CREATE TABLE IF NOT EXISTS store_truth (name TEXT PRIMARY KEY, sort TEXT NOT NULL) STRICT",
        NULL,
};
static const char *const sqlite_ledger[] = {
        "CREATE TRIGGER %s_no_update BEFORE UPDATE ON %s BEGIN SELECT RAISE(ABORT, 'append only'); END",
        "CREATE TRIGGER %s_no_delete BEFORE DELETE ON %s BEGIN SELECT RAISE(ABORT, 'append only'); END",
        NULL,
};

const Driver driver_sqlite = {
        .scheme = "sqlite:",
        .open = sqlite_open,
        .close = sqlite_close,
        .settle_open = sqlite_settle_open,
        .begin = sqlite_begin,
        .savepoint = sqlite_savepoint,
        .release = sqlite_release,
        .rollback_to = sqlite_rollback_to,
        .commit = sqlite_commit,
        .rollback = sqlite_rollback,
        .in_transaction = sqlite_in_transaction,
        .rest = sqlite_rest,
        .exec = sqlite_exec,
        .exec_each = sqlite_exec_each,
        .query = sqlite_query,
        .live_next = sqlite_live_next,
        .live_cell = sqlite_live_cell,
        .live_close = sqlite_live_close,
        .check = sqlite_check,
        .statement_free = sqlite_statement_free,
        .script = sqlite_script,
        .table_exists = sqlite_table_exists,
        .words = sqlite_words,
        .table_suffix = "STRICT",
        .setup = sqlite_setup,
        .ledger = sqlite_ledger,
};
