/* SPDX-License-Identifier: Apache-2.0 */
/* An engine over a fresh business and system store with the example module: SQLite in a temporary folder, or
 * PostgreSQL (emptied first) where FUNDNODE_TEST_PG_DSN names a database of the tests' own. */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include <internal/engine.h>
#include <internal/keys-process.h>
#include <node/error.h>

#define OFFICE 510129
#define OFFICE_OTHER 510104
#define OFFICE_CITY 5101
#define CLERK 71
#define REVIEWER 72

typedef struct Fixture {
        char folder[64];
        char dsn[512];
        Registry *registry;
        Store *business, *system;
        Keys keys;
        Clock clock;
        Engine engine;
        Arena *arena;
        int64_t now_ms;
        int key;
        int committed;
        bool threaded; /* a writer of its own, as in the product */
} Fixture;

/* example.posted as heard by the test's own module, over all cases of the program */
extern int fixture_heard;

enum { MISUSE_CREATE_POSTED = 1, MISUSE_STATE, MISUSE_FIXED, MISUSE_LEDGER, MISUSE_KEEPER };
extern const Command command_break_balance, command_no_chain, command_misuse;

/* What a test program's main does: the group on SQLite; with arguments "postgres HARNESS" on a PostgreSQL of
 * its own, skipped where no server is installed; with FUNDNODE_TEST_PG_DSN on that one. */
int fixture_main(int argc, char *argv[], const char *name, int (*group)(void));
int fixture_setup(void **state);
int fixture_setup_threaded(void **state);
int fixture_teardown(void **state);
/* Closes both stores and opens them again: a restart. */
void fixture_restart(Fixture *f);
/* As somebody at the database itself would: past the node, triggers off. Between two opens of the stores. */
void fixture_tamper(Fixture *f, const char *sql);

/* Runs by name with JSON text; key NULL: a new one each time. Office and person as given. */
Reply fixture_run(Fixture *f, int64_t office, int64_t person, const char *key, const char *command,
        const char *format, ...) _printf_(6, 7);
/* The same, must succeed; id of the output, and its version in f. */
int64_t fixture_ok(Fixture *f, int64_t person, const char *command, const char *format, ...) _printf_(4, 5);
int64_t fixture_shelf(Fixture *f, const char *name);
int64_t fixture_integer(Fixture *f, const char *sql);
