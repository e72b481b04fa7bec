/* SPDX-License-Identifier: Apache-2.0 */
/* A node's stores for one scenario: business and regulatory on the engine under test, the clock in our
 * hands. */
#pragma once

#include <internal/engine.h>
#include <internal/keys-process.h>
#include <modules/modules.h>

typedef struct World {
        char folder[64], business_dsn[600], regulatory_dsn[128];
        bool postgres;
        int64_t now_ms;
        int64_t office;
        Clock clock;
        Keys keys;
        Registry *registry;
        Store *business, *regulatory;
        Engine engine;
        int key;
} World;

/* 0, or negative with a line on stderr. postgres_dsn NULL: SQLite. */
int world_open(World *world, const char *postgres_dsn);
void world_close(World *world);
int world_restart(World *world);
/* Noon of a day, UTC+8. */
int world_day(World *world, const char *day);
/* Changes the database behind the node's back, append-only triggers off. */
int world_tamper(World *world, const char *sql);
/* Copies the rows of every detail dataset to the regulatory store and compares every measure with what the
 * county posted. 0 equal, 1 different (said on stderr). */
int world_attest(World *world);
int world_integer(World *world, const char *sql, int64_t *ret);
