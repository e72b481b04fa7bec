/* SPDX-License-Identifier: Apache-2.0 */
/* The PostgreSQL driver's own types, shared by its two files: the line to the server, and the work on it. */
#pragma once

#include <libpq-fe.h>

#include "driver.h"

#define PENDING_MAX 128 /* statements sent and not yet heard of */

typedef struct PostgresStatement {
        Statement base;
        char name[24];
} PostgresStatement;

typedef struct PostgresConnection {
        Connection base;
        PGconn *pg; /* always in pipeline mode; NULL when lost */
        char *dsn;
        StoreId id;
        unsigned pending;
        int64_t *changed;   /* adds up the rows that statements touch, or NULL */
        unsigned uncounted; /* of the pending ones, those sent before the counting began */
        uint64_t names;
        bool in_transaction;
} PostgresConnection;

/* Connects, checks the database's encoding and order, takes the writer's lock (-EBUSY when another session keeps
 * it for READ_HOLD_MS_MAX) or sets the reader's limits. */
int postgres_connect(PostgresConnection *c);
/* What a lost connection leaves: -ENOTCONN. */
int postgres_lost(PostgresConnection *c);
int postgres_failure(PostgresConnection *c, const PGresult *result);
/* Sends a text without parameters; heard of at the next settle. */
int postgres_send(PostgresConnection *c, const char *sql);
/* Waits for everything sent; the first failure, or 0 and the last result (owned by the caller). */
int postgres_settle(PostgresConnection *c, PGresult **ret_last);
