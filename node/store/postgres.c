/* SPDX-License-Identifier: Apache-2.0 */
/* The PostgreSQL driver at work: prepared statements, values as text or bytes, results in binary,
 * transactions whose writes are sent without waiting unless the caller asks how many rows they touched. */
#include <assert.h>
#include <endian.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "postgres.h"

/* Types of pg_type.h whose numbers are frozen. */
enum {
        TYPE_BOOL = 16,
        TYPE_BYTEA = 17,
        TYPE_NAME = 19,
        TYPE_INT8 = 20,
        TYPE_INT2 = 21,
        TYPE_INT4 = 23,
        TYPE_TEXT = 25,
        TYPE_UNKNOWN = 705,
        TYPE_VARCHAR = 1043,
};

static int postgres_open(const StoreOptions *options, Role role, Connection **ret) {
        PostgresConnection *c = calloc(1, sizeof(*c));
        int r;

        if (!c)
                return -ENOMEM;
        c->base.driver = &driver_postgres;
        c->base.clock = options->clock;
        c->base.role = role;
        c->id = options->id;
        c->dsn = strdup(options->dsn);
        r = c->dsn ? postgres_connect(c) : -ENOMEM;
        if (r < 0) {
                if (r != -EBUSY)
                        fprintf(stderr, "<3>store %d: %s\n", (int) options->id, c->base.error);
                driver_postgres.close(&c->base);
                return r;
        }
        *ret = &c->base;
        return 0;
}

static Connection *postgres_close(Connection *connection) {
        PostgresConnection *c = (PostgresConnection *) connection;

        if (!c)
                return NULL;
        (void) postgres_lost(c);
        free(c->dsn);
        free(c);
        return NULL;
}

static int postgres_settle_open(Connection *connection) {
        return 0;
}

static void postgres_statement_free(Connection *connection, Statement *statement) {
        PostgresConnection *c = (PostgresConnection *) connection;
        char sql[64];

        /* In a failed transaction this fails as well, and the name stays until the session ends: it is never
         * reused. */
        if (c->pg && PQstatus(c->pg) == CONNECTION_OK && PQtransactionStatus(c->pg) != PQTRANS_INERROR) {
                snprintf(sql, sizeof(sql), "DEALLOCATE %s", ((PostgresStatement *) statement)->name);
                (void) postgres_send(c, sql);
        }
        free(statement);
}

/* Preparing waits, so that a later failure in the pipeline cannot leave a name that the server never saw. */
static int statement_for(PostgresConnection *c, const Query *query, PostgresStatement **ret) {
        PostgresStatement *s;
        int r;

        if (!c->pg)
                return -ENOTCONN;
        s = (PostgresStatement *) cache_find(&c->base, query);
        if (s) {
                *ret = s;
                return 0;
        }
        r = postgres_settle(c, NULL);
        if (r < 0)
                return r;
        s = calloc(1, sizeof(*s));
        if (!s)
                return -ENOMEM;
        snprintf(s->name, sizeof(s->name), "q%" PRIu64, ++c->names);
        if (!PQsendPrepare(c->pg, s->name, query->sql, 0, NULL)) {
                free(s);
                return postgres_lost(c);
        }
        c->pending++;
        r = postgres_settle(c, NULL);
        if (r < 0) {
                free(s);
                return r;
        }
        r = cache_add(&c->base, query, &s->base);
        if (r < 0)
                return r;
        *ret = s;
        return 0;
}

static int send_values(PostgresConnection *c, const PostgresStatement *s, const Value *args, size_t n_args) {
        const char *values[PARAMETERS_MAX];
        char integers[PARAMETERS_MAX][24];
        int sizes[PARAMETERS_MAX], binary[PARAMETERS_MAX];

        if (n_args > PARAMETERS_MAX)
                return -E2BIG;
        for (size_t i = 0; i < n_args; i++) {
                const Value *v = &args[i];

                values[i] = NULL;
                sizes[i] = 0;
                binary[i] = 0;
                if (v->type == VALUE_INTEGER) {
                        snprintf(integers[i], sizeof(integers[i]), "%" PRId64, v->integer);
                        values[i] = integers[i];
                } else if (v->type == VALUE_TEXT)
                        values[i] = v->text;
                else if (v->type == VALUE_BLOB) {
                        if (v->blob.size > INT32_MAX)
                                return -E2BIG;
                        values[i] = v->blob.size > 0 ? (const char *) v->blob.data : "";
                        sizes[i] = (int) v->blob.size;
                        binary[i] = 1;
                }
        }
        if (!PQsendQueryPrepared(c->pg, s->name, (int) n_args, values, sizes, binary, 1))
                return postgres_lost(c);
        c->pending++;
        return 0;
}

static int postgres_exec(
        Connection *connection, const Query *query, const Value *args, size_t n_args, int64_t *ret_changed) {
        PostgresConnection *c = (PostgresConnection *) connection;
        PostgresStatement *s;
        PGresult *last = NULL;
        int r;

        r = statement_for(c, query, &s);
        if (r == 0)
                r = send_values(c, s, args, n_args);
        if (r < 0)
                return r;
        if (!ret_changed)
                return c->pending >= PENDING_MAX ? postgres_settle(c, NULL) : 0;
        r = postgres_settle(c, &last);
        if (r < 0)
                return r;
        *ret_changed =
                strncmp(PQcmdStatus(last), "SELECT", 6) == 0 ? 0 : strtoll(PQcmdTuples(last), NULL, 10);
        PQclear(last);
        return 0;
}

/* Sent without waiting in between; what was sent before is not counted. */
static int postgres_exec_each(Connection *connection, const Query *query, const Value *args, size_t n_args,
        size_t n, int64_t *ret_changed) {
        PostgresConnection *c = (PostgresConnection *) connection;
        PostgresStatement *s;
        int64_t changed = 0;
        int r;

        r = statement_for(c, query, &s);
        c->changed = &changed;
        c->uncounted = c->pending;
        for (size_t i = 0; r == 0 && i < n; i++) {
                r = send_values(c, s, args + i * n_args, n_args);
                if (r == 0 && c->pending >= PENDING_MAX)
                        r = postgres_settle(c, NULL);
        }
        if (r == 0)
                r = postgres_settle(c, NULL);
        c->changed = NULL;
        if (r < 0)
                return r;
        *ret_changed = changed;
        return 0;
}

static int append_integer(Rows *rows, const char *data, int size) {
        int64_t value;

        if (size == 8) {
                uint64_t raw;
                memcpy(&raw, data, sizeof(raw));
                value = (int64_t) be64toh(raw);
        } else if (size == 4) {
                uint32_t raw;
                memcpy(&raw, data, sizeof(raw));
                value = (int32_t) be32toh(raw);
        } else if (size == 2) {
                uint16_t raw;
                memcpy(&raw, data, sizeof(raw));
                value = (int16_t) be16toh(raw);
        } else
                value = data[0] != 0;
        return rows_append(rows, VALUE_INTEGER, value, NULL, 0);
}

static int append_value(PostgresConnection *c, Rows *rows, const PGresult *result, int row, int column) {
        const char *data = PQgetvalue(result, row, column);
        int size = PQgetlength(result, row, column);

        if (PQgetisnull(result, row, column))
                return rows_append(rows, VALUE_NULL, 0, NULL, 0);
        switch (PQftype(result, column)) {
        case TYPE_INT8:
        case TYPE_INT4:
        case TYPE_INT2:
        case TYPE_BOOL:
                return append_integer(rows, data, size);
        case TYPE_TEXT:
        case TYPE_VARCHAR:
        case TYPE_NAME:
        case TYPE_UNKNOWN:
                return rows_append(rows, VALUE_TEXT, 0, data, (size_t) size);
        case TYPE_BYTEA:
                return rows_append(rows, VALUE_BLOB, 0, data, (size_t) size);
        default:
                snprintf(c->base.error, sizeof(c->base.error),
                        "column \"%s\" has type %u: CAST it AS BIGINT", PQfname(result, column),
                        (unsigned) PQftype(result, column));
                return -EINVAL;
        }
}

static int fill(PostgresConnection *c, Rows *rows, const PGresult *result) {
        int n_rows = PQntuples(result), n_columns = PQnfields(result);
        int r = rows_set_columns(rows, (size_t) n_columns);

        for (int i = 0; r == 0 && i < n_columns; i++)
                r = rows_set_name(rows, (size_t) i, PQfname(result, i));
        for (int i = 0; r == 0 && i < n_rows; i++)
                for (int j = 0; r == 0 && j < n_columns; j++)
                        r = append_value(c, rows, result, i, j);
        return r;
}

static int postgres_query(Tx *tx, const Query *query, const Value *args, size_t n_args, Rows *rows) {
        PostgresConnection *c = (PostgresConnection *) tx->connection;
        PostgresStatement *s;
        PGresult *last = NULL;
        int r;

        r = statement_for(c, query, &s);
        if (r == 0)
                r = send_values(c, s, args, n_args);
        if (r == 0)
                r = postgres_settle(c, &last);
        if (r < 0)
                return r;
        r = fill(c, rows, last);
        PQclear(last);
        return r;
}

/* Results are always buffered. */
static int postgres_live_next(Rows *rows) {
        return 0;
}

static int postgres_live_cell(const Rows *rows, size_t column, Cell *ret, const uint8_t **ret_data) {
        return -EINVAL;
}

static void postgres_live_close(Rows *rows) {
        rows->live = NULL;
}

static bool type_known(Oid type) {
        static const Oid known[] = { TYPE_BOOL, TYPE_BYTEA, TYPE_NAME, TYPE_INT8, TYPE_INT2, TYPE_INT4,
                TYPE_TEXT, TYPE_UNKNOWN, TYPE_VARCHAR };

        for (size_t i = 0; i < ELEMENTSOF(known); i++)
                if (known[i] == type)
                        return true;
        return false;
}

static int check_types(PostgresConnection *c, const PGresult *described) {
        for (int i = 0; i < PQnparams(described); i++)
                if (!type_known(PQparamtype(described, i))) {
                        snprintf(c->base.error, sizeof(c->base.error), "$%d is taken for type %u: CAST it",
                                i + 1, (unsigned) PQparamtype(described, i));
                        return -EINVAL;
                }
        for (int i = 0; i < PQnfields(described); i++)
                if (!type_known(PQftype(described, i))) {
                        snprintf(c->base.error, sizeof(c->base.error), "column \"%s\" has type %u: CAST it",
                                PQfname(described, i), (unsigned) PQftype(described, i));
                        return -EINVAL;
                }
        return 0;
}

static int postgres_check(Connection *connection, const Query *query) {
        PostgresConnection *c = (PostgresConnection *) connection;
        PostgresStatement *s;
        PGresult *described = NULL;
        int r;

        r = statement_for(c, query, &s);
        if (r < 0)
                return r;
        if (!PQsendDescribePrepared(c->pg, s->name))
                return postgres_lost(c);
        c->pending++;
        r = postgres_settle(c, &described);
        if (r < 0)
                return r;
        r = check_types(c, described);
        PQclear(described);
        return r;
}

static int postgres_script(Connection *connection, const char *sql) {
        PostgresConnection *c = (PostgresConnection *) connection;
        int r = postgres_send(c, sql);

        return r < 0 ? r : postgres_settle(c, NULL);
}

static int postgres_table_exists(Tx *tx, const char *table) {
        static const Query query = { "store.table",
                "SELECT CAST(to_regclass(CAST($1 AS TEXT)) IS NOT NULL AS INTEGER)" };
        int64_t n;
        int r = tx_integer(tx, &query, SQL_ARGS(value_text(table)), &n);

        return r < 0 ? r : n > 0;
}

/* A line lost since the last use is made anew; nothing was open on it. The writer does not wait: a loss
 * shows at its first settle and the group runs again. */
static int begin_on(PostgresConnection *c, bool writable, bool limited) {
        int r = 0;

        if (!c->pg || PQstatus(c->pg) != CONNECTION_OK) {
                r = postgres_connect(c);
                if (r < 0)
                        return r;
        }
        if (writable) {
                r = postgres_send(c, "BEGIN");
                c->in_transaction = r == 0;
                return r;
        }
        r = postgres_send(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        if (r == 0 && !limited)
                r = postgres_send(c, "SET LOCAL statement_timeout = 0");
        if (r == 0 && !limited)
                r = postgres_send(c, "SET LOCAL idle_in_transaction_session_timeout = 0");
        /* the snapshot is taken by the first read, so make one */
        if (r == 0)
                r = postgres_send(c, "SELECT 1");
        if (r == 0)
                r = postgres_settle(c, NULL);
        c->in_transaction = r == 0;
        return r;
}

static int postgres_begin(Connection *connection, bool writable, bool limited) {
        PostgresConnection *c = (PostgresConnection *) connection;
        int r = begin_on(c, writable, limited);

        /* an idle line that the server has closed is noticed only by using it; once more, on a new one */
        if (r == -ENOTCONN)
                r = begin_on(c, writable, limited);
        if (r < 0)
                return r;
        connection->deadline_ms = 0;
        if (limited)
                connection->deadline_ms =
                        connection->clock->monotonic_ms(connection->clock->data) + READ_HOLD_MS_MAX;
        return 0;
}

static int postgres_savepoint(Connection *connection) {
        return postgres_send((PostgresConnection *) connection, "SAVEPOINT command");
}

/* The end of a command: everything it sent has succeeded, or it fails here. */
static int postgres_release(Connection *connection) {
        return postgres_script(connection, "RELEASE SAVEPOINT command");
}

static int postgres_rollback_to(Connection *connection) {
        PostgresConnection *c = (PostgresConnection *) connection;
        char why[ERROR_TEXT_MAX];
        int r;

        memcpy(why, connection->error, sizeof(why));
        (void) postgres_settle(c, NULL);
        r = postgres_send(c, "ROLLBACK TO SAVEPOINT command");
        if (r == 0)
                r = postgres_release(connection);
        if (r == 0)
                memcpy(connection->error, why, sizeof(why));
        return r;
}

static bool postgres_in_transaction(const Connection *connection) {
        const PostgresConnection *c = (const PostgresConnection *) connection;

        return c->pg && c->in_transaction;
}

static void postgres_rollback(Connection *connection) {
        PostgresConnection *c = (PostgresConnection *) connection;
        char why[ERROR_TEXT_MAX];

        connection->deadline_ms = 0;
        if (!c->pg || !c->in_transaction)
                return;
        memcpy(why, connection->error, sizeof(why));
        (void) postgres_settle(c, NULL);
        (void) postgres_script(connection, "ROLLBACK");
        c->in_transaction = false;
        memcpy(connection->error, why, sizeof(why));
}

static int postgres_commit(Connection *connection) {
        PostgresConnection *c = (PostgresConnection *) connection;
        PGresult *last = NULL;
        int r;

        connection->deadline_ms = 0;
        /* before COMMIT is sent, a lost line means certainly undone */
        r = c->pending > 0 ? postgres_settle(c, NULL) : 0;
        if (r < 0) {
                postgres_rollback(connection);
                return r;
        }
        r = postgres_send(c, "COMMIT");
        if (r == 0)
                r = postgres_settle(c, &last);
        if (r == 0 && strcmp(PQcmdStatus(last), "COMMIT") != 0)
                r = -EIO;
        PQclear(last);
        c->in_transaction = false;
        return r == -ENOTCONN ? -EUNKNOWN_ : r;
}

static void postgres_rest(Connection *connection) {
}

static const char *const postgres_words[][2] = { { "INTEGER", "BIGINT" }, { "INT", "BIGINT" },
        { NULL, NULL } };
static const char *const postgres_setup[] = {
        "CREATE TABLE IF NOT EXISTS store_migration ("
        "name TEXT PRIMARY KEY, digest BYTEA NOT NULL, seq BIGINT NOT NULL UNIQUE)",
        "CREATE TABLE IF NOT EXISTS store_truth (name TEXT PRIMARY KEY, sort TEXT NOT NULL)",
        "CREATE OR REPLACE FUNCTION store_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'append only'; END$$",
        NULL,
};
static const char *const postgres_ledger[] = {
        "CREATE TRIGGER %s_no_change BEFORE UPDATE OR DELETE ON %s"
        " FOR EACH ROW EXECUTE FUNCTION store_append_only()",
        "CREATE TRIGGER %s_no_truncate BEFORE TRUNCATE ON %s"
        " FOR EACH STATEMENT EXECUTE FUNCTION store_append_only()",
        NULL,
};

const Driver driver_postgres = {
        .scheme = "postgresql:",
        .open = postgres_open,
        .close = postgres_close,
        .settle_open = postgres_settle_open,
        .begin = postgres_begin,
        .savepoint = postgres_savepoint,
        .release = postgres_release,
        .rollback_to = postgres_rollback_to,
        .commit = postgres_commit,
        .rollback = postgres_rollback,
        .in_transaction = postgres_in_transaction,
        .rest = postgres_rest,
        .exec = postgres_exec,
        .exec_each = postgres_exec_each,
        .query = postgres_query,
        .live_next = postgres_live_next,
        .live_cell = postgres_live_cell,
        .live_close = postgres_live_close,
        .check = postgres_check,
        .statement_free = postgres_statement_free,
        .script = postgres_script,
        .table_exists = postgres_table_exists,
        .words = postgres_words,
        .setup = postgres_setup,
        .ledger = postgres_ledger,
};
