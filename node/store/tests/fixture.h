/* SPDX-License-Identifier: Apache-2.0 */
/* What the store's tests share: a fresh store on the engine under test, and a gate that holds the writer. */
#pragma once

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <internal/store-kernel.h>
#include <node/error.h>

typedef struct Fixture {
        bool postgres;
        char folder[64];      /* everything of this run */
        char dsn[256];        /* of the engine under test */
        char sqlite_dsn[256]; /* always, for comparing */
        const char *script;   /* postgres.sh */
} Fixture;

extern Fixture fixture;

/* Starts what the engine needs; 77 when it is not installed. */
int fixture_start(const char *engine, const char *script);
void fixture_stop(void);
/* Empties the database(s); the setup of every case. */
int fixture_fresh(void **state);

Store *store_fresh(void); /* opened and migrated, four readers, a writer thread */
Store *store_at(const char *dsn, size_t readers, bool inline_writer);
extern const Migration fixture_migrations[];
extern const size_t fixture_n_migrations;
/* Runs a statement that is not for modules, on a connection of its own (PostgreSQL only). */
void postgres_run(const char *sql);
/* "kill" ends the server as a crash would, "start" brings it back. */
void postgres_server(const char *verb);

/* Holds the writer's thread from gate_close to gate_open. */
typedef struct Gate {
        pthread_mutex_t lock;
        pthread_cond_t changed;
        bool reached, open;
} Gate;
void gate_close(Gate *gate, Store *store);
void gate_open(Gate *gate);

/* Collects outcomes of asynchronous writes. */
typedef struct Tally {
        pthread_mutex_t lock;
        pthread_cond_t changed;
        size_t n_done;
} Tally;
typedef struct Deed {
        Tally *tally;
        int64_t id;
        int answer;          /* what the work returns */
        size_t size_bytes;   /* of a blob to insert */
        bool ignore_failure; /* the work hides a failed statement */
        unsigned runs;
        int result;
} Deed;
void tally_init(Tally *tally);
void tally_wait(Tally *tally, size_t n);
/* Inserts a row of the table note with the deed's id, then answers. */
int deed_work(Tx *tx, void *data);
void deed_done(int result, void *data);

int64_t store_integer(Store *store, const Query *query);
int64_t note_count(Store *store);
bool note_exists(Store *store, int64_t id);
