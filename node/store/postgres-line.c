/* SPDX-License-Identifier: Apache-2.0 */
/* The line to PostgreSQL: connecting, the pipeline, and what each failure means. Statements are sent without
 * waiting and heard of together; a failure makes the server skip the rest up to the next settle, which is
 * what we want. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "postgres.h"

#define LOCK_CLASS 0x66756e64 /* "fund" */

static void silent(void *data, const char *message) {
}

int postgres_lost(PostgresConnection *c) {
        PGconn *pg = c->pg;

        c->pg = NULL;
        cache_clear(&c->base);
        if (pg) {
                const char *text = PQerrorMessage(pg);
                if (text && text[0])
                        snprintf(c->base.error, sizeof(c->base.error), "%.*s", (int) strcspn(text, "\n"),
                                text);
                PQfinish(pg);
        }
        c->pending = 0;
        c->in_transaction = false;
        return -ENOTCONN;
}

static const struct {
        const char *state; /* whole SQLSTATE or its class */
        int error;
} failures[] = {
        { "23505", EEXIST },
        { "23", EBROKEN_ },
        { "P0001", EBROKEN_ }, /* the triggers of ledgers */
        { "22003", EOVERFLOW },
        { "22", EINVAL },
        { "25006", EPERM },
        { "42501", EPERM },
        { "42", EINVAL },
        { "53100", ENOSPC },
        { "53200", ENOMEM },
        { "54", E2BIG },
        { "55P03", EBUSY },
        { "57014", ETIMEDOUT },
        { "25P03", ETIMEDOUT },
        { "40", EAGAIN },
};

int postgres_failure(PostgresConnection *c, const PGresult *result) {
        const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

        snprintf(c->base.error, sizeof(c->base.error), "%s: %s", state ? state : "?",
                text ? text : PQresultErrorMessage(result));
        for (size_t i = 0; state && i < ELEMENTSOF(failures); i++)
                if (strncmp(state, failures[i].state, strlen(failures[i].state)) == 0)
                        return -failures[i].error;
        return -EIO;
}

int postgres_send(PostgresConnection *c, const char *sql) {
        if (!c->pg)
                return -ENOTCONN;
        if (!PQsendQueryParams(c->pg, sql, 0, NULL, NULL, NULL, NULL, 1))
                return postgres_lost(c);
        c->pending++;
        return 0;
}

static bool alive(const PostgresConnection *c) {
        return PQstatus(c->pg) == CONNECTION_OK;
}

/* The result of one statement; NULL when the line is gone. */
static PGresult *result_next(PostgresConnection *c) {
        PGresult *result = PQgetResult(c->pg), *more;

        while (result && alive(c) && PQresultStatus(result) != PGRES_PIPELINE_SYNC &&
                (more = PQgetResult(c->pg)))
                PQclear(more);
        return result;
}

int postgres_settle(PostgresConnection *c, PGresult **ret_last) {
        PGresult *last = NULL;
        int error = 0;

        if (!c->pg)
                return -ENOTCONN;
        if (!PQpipelineSync(c->pg))
                return postgres_lost(c);
        for (unsigned i = 0; i < c->pending + 1; i++) {
                PGresult *result = result_next(c);
                ExecStatusType status = result ? PQresultStatus(result) : PGRES_FATAL_ERROR;

                if (result && status == PGRES_FATAL_ERROR && error == 0)
                        error = postgres_failure(c, result);
                if (!result || !alive(c)) {
                        PQclear(result);
                        PQclear(last);
                        return postgres_lost(c);
                }
                if (i < c->pending) {
                        if (c->changed && i >= c->uncounted)
                                *c->changed += strtoll(PQcmdTuples(result), NULL, 10);
                        PQclear(last);
                        last = result;
                } else {
                        PQclear(result);
                        if (status != PGRES_PIPELINE_SYNC) {
                                PQclear(last);
                                return postgres_lost(c);
                        }
                }
        }
        c->pending = 0;
        c->uncounted = 0;
        if (error < 0 || !ret_last) {
                PQclear(last);
                return error;
        }
        *ret_last = last;
        return 0;
}

/* Byte order and UTF-8, or lists and keys would differ from the other engine's. */
static int check_database(PostgresConnection *c) {
        PGresult *result = PQexec(c->pg, "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database"
                                         " WHERE datname = current_database()");
        int r = 0;

        if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
                r = postgres_failure(c, result);
        else {
                const char *collate = PQgetvalue(result, 0, 1);
                if (strcmp(PQgetvalue(result, 0, 0), "UTF8") != 0 ||
                        (strcmp(collate, "C") != 0 && strcmp(collate, "POSIX") != 0 &&
                                strcmp(collate, "C.UTF-8") != 0)) {
                        snprintf(c->base.error, sizeof(c->base.error),
                                "the database must be UTF8 with collation C (initdb --no-locale -E UTF8)");
                        r = -EOPNOTSUPP;
                }
        }
        PQclear(result);
        return r;
}

static int run(PostgresConnection *c, const char *sql) {
        PGresult *result = PQexec(c->pg, sql);
        ExecStatusType status = PQresultStatus(result);
        int r = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? 0 : postgres_failure(c, result);

        PQclear(result);
        return r;
}

/* A session ends on the server some time after its client has gone, and of our own lost one it is decided only
 * then what it was committing: whoever comes right after it waits. */
static int take_lock(PostgresConnection *c) {
        char sql[160];

        snprintf(sql, sizeof(sql),
                "SET lock_timeout = %d; SELECT pg_advisory_lock(%d, %d); SET lock_timeout = 0",
                READ_HOLD_MS_MAX, LOCK_CLASS, (int) c->id);
        return run(c, sql);
}

static int configure(PostgresConnection *c) {
        char sql[256];
        int r;

        r = check_database(c);
        if (r < 0)
                return r;
        r = run(c,
                "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; SET TimeZone = 'UTC'");
        if (r < 0)
                return r;
        if (c->base.role == ROLE_READER) {
                snprintf(sql, sizeof(sql),
                        "SET default_transaction_read_only = on; SET statement_timeout = %d;"
                        "SET idle_in_transaction_session_timeout = %d",
                        READ_HOLD_MS_MAX, READ_HOLD_MS_MAX);
                return run(c, sql);
        }
        r = run(c, "SET synchronous_commit = on; SET default_transaction_isolation = 'read committed'");
        return r < 0 ? r : take_lock(c);
}

int postgres_connect(PostgresConnection *c) {
        int r;

        (void) postgres_lost(c);
        c->pg = PQconnectdb(c->dsn);
        if (!c->pg)
                return -ENOMEM;
        PQsetNoticeProcessor(c->pg, silent, NULL);
        if (!alive(c))
                return postgres_lost(c);
        r = configure(c);
        if (r == 0 && !PQenterPipelineMode(c->pg))
                r = -ENOTCONN;
        if (r < 0) {
                char why[ERROR_TEXT_MAX];
                memcpy(why, c->base.error, sizeof(why));
                (void) postgres_lost(c);
                memcpy(c->base.error, why, sizeof(why));
        }
        return r;
}
