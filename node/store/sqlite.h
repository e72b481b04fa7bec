/* SPDX-License-Identifier: Apache-2.0 */
/* The SQLite driver's own types, shared by its two files: opening, and working. */
#pragma once

#include <sqlite3.h>

#include "driver.h"

typedef struct SqliteStatement {
        Statement base;
        sqlite3_stmt *statement;
        int n_parameters;
        int numbers[PARAMETERS_MAX]; /* bind index - 1 -> n of $n */
        int highest;
} SqliteStatement;

typedef struct SqliteConnection {
        Connection base;
        sqlite3 *db; /* NULL once broken */
        char *path, *vfs;
        int lock_fd;    /* held by the writer until the store is closed */
        bool exclusive; /* the only connection: no shared memory file */
        int wal_pages;  /* after the last commit */
        int checkpoint_at;
} SqliteConnection;

int sqlite_failure(SqliteConnection *c, int rc);
/* After a failed fsync the handle is not used again; the lock stays. */
void sqlite_abandon(SqliteConnection *c);
int sqlite_open(const StoreOptions *options, Role role, Connection **ret);
Connection *sqlite_close(Connection *connection);
int sqlite_settle_open(Connection *connection);
int sqlite_checkpoint(SqliteConnection *c);
