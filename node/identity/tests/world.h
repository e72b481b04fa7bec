/* SPDX-License-Identifier: Apache-2.0 */
/* A system store of its own, its first administrators, a stand-in business module and a clock that the test
 * turns. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <internal/keys-process.h>

#include "identity-kernel.h"

#define OFFICE 510129
#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define NEW_PASSWORD "Correct-Horse-9"

typedef struct World {
        char folder[64], path[96];
        Instant now;
        uint64_t random;
        Clock clock;
        Keys keys;
        Registry *registry;
        Store *store;
        Engine engine;
        Identity *identity;
        Arena *arena;
        FirstLogin first[3];
        unsigned keys_used;
} World;

/* of the stand-in module; the second asks a second authentication */
extern const Command command_enter, command_review;
/* moves an amount after somebody else's work; the other forgets to ask */
extern const Command command_pay, command_forgetful;
typedef struct PayInput {
        Id earlier;
        Money amount;
} PayInput;

void world_open(World *w);
void world_close(World *w);
int world_setup(void **state);
int world_teardown(void **state);
/* Executes as the person; as the system itself when who is NULL. */
Reply run(World *w, const Session *who, const Command *command, const void *input, const char *proof);
void expect_refused(Reply reply, const char *code);
const LoginOutput *person_make(World *w, const char *login);
Id post_give(World *w, Id person, const char *kind, int32_t from, int32_t to);
void enter(World *w, const char *login, const char *password, Session *ret);
/* A person in working order: one-time password changed. */
Session person_ready(World *w, const char *login, const char *kind);
Session administrator_ready(World *w, int which);
int permit(World *w, const Session *who, const char *function);
/* First column of the first row, read past the program. */
int64_t number(World *w, const char *sql);
/* Step-up for this very input. */
int proof_for(World *w, const Session *who, const Command *command, const void *input, char *ret);
const Command *command_of(World *w, const char *name);
