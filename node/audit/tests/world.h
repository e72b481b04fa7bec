/* SPDX-License-Identifier: Apache-2.0 */
/* A node of two stores with households and residents, an auditor and a clerk, for the tests of audit. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <internal/audit.h>

#define OFFICE 7
#define NEIGHBOUR 8

typedef struct World {
        char folder[64];
        Instant now;
        Clock clock;
        Registry *registry;
        Store *stores[4];
        Keys keys;
        Engine engine;
        Identity *identity;
        Audit *audit;
        Arena *arena;
        unsigned keys_used;
        Id households[3], resident;
} World;

extern const Record record_household, record_resident;
extern const View view_households, view_residents;
extern const Command command_add_household, command_change_household;
extern const Paper paper_card;

/* Without households: the kernel's modules and these. */
World *world_open(const Module *const *own, size_t n, unsigned capabilities);
int world_setup(void **state);
int world_teardown(void **state);
/* By the clerk of OFFICE; the id of what was made. */
Id world_run(World *w, const Command *command, const void *input);
Seer world_seer(int64_t person);
json_t *world_list(World *w, const View *view, const ViewCall *call);
/* A statement outside the program, with the ledger's triggers taken away. */
void world_tamper(World *w, const char *store, const char *sql);
/* A statement outside the program. */
void world_statement(World *w, const char *store, const char *sql);
int64_t world_count(World *w, const char *store, const char *sql);

typedef struct Household {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "household.def"
#undef FIELD
} Household;
typedef struct Resident {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "resident.def"
#undef FIELD
} Resident;
