/* SPDX-License-Identifier: Apache-2.0 */
/* Days off are the office's own calendar's: kept by a module, asked by the kernel's audit, which sees no module. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include <internal/audit.h>
#include <internal/keys-process.h>
#include <modules/modules.h>

int keys_simulation(uint64_t seed, Keys *ret);
void keys_close(Keys *keys);

#define OFFICE 510129
#define NEIGHBOUR 510184
#define DAY_MS INT64_C(86400000)
#define MONDAY INT64_C(1795401000000) /* 2026-11-23 10:30 */
#define MODULES_MAX 64

typedef struct World {
        char folder[64];
        int64_t now_ms;
        Clock clock;
        Keys keys;
        Registry *registry;
        Store *stores[STORE_BUSINESS + 1];
        Engine engine;
        Identity *identity;
        Audit *audit;
        Arena *arena;
        unsigned keys_used;
} World;

static Instant world_now(void *data) {
        return (Instant){ ((World *) data)->now_ms };
}
static int64_t world_monotonic(void *data) {
        return ((World *) data)->now_ms;
}
static void world_random(void *data, void *ret, size_t size_bytes) {
        clock_real.random(clock_real.data, ret, size_bytes);
}

static void store_begin(World *w, StoreId id, const char *name) {
        char dsn[128];

        snprintf(dsn, sizeof(dsn), "sqlite:%s/%s.db", w->folder, name);
        const StoreOptions options = { .id = id, .dsn = dsn, .clock = &w->clock, .readers = 2 };
        assert_int_equal(store_open(&options, &w->stores[id]), 0);
        assert_int_equal(engine_migrate(w->registry, w->stores[id]), 0);
        w->engine.stores[id] = w->stores[id];
}

static int world_setup(void **state) {
        const Module *list[MODULES_MAX] = { &module_node, &module_identity, &module_audit };
        World *w = calloc(1, sizeof(*w));
        FirstLogin logins[3];

        strcpy(w->folder, "/tmp/test-off-hours-XXXXXX");
        assert_non_null(mkdtemp(w->folder));
        w->now_ms = MONDAY;
        w->clock = (Clock){ world_now, world_monotonic, world_random, w };
        w->arena = arena_new(64u << 20);
        assert_int_equal(keys_simulation(1, &w->keys), 0);
        assert_true(n_modules + 3 <= MODULES_MAX);
        memcpy(list + 3, modules, n_modules * sizeof(modules[0]));
        assert_int_equal(registry_new(list, n_modules + 3, CAPABILITY_BUSINESS, &w->registry), 0);
        w->engine = (Engine){
                .registry = w->registry, .keys = &w->keys, .clock = &w->clock, .digest_kind = DIGEST_SM3
        };
        store_begin(w, STORE_SYSTEM, "system");
        store_begin(w, STORE_BUSINESS, "business");
        assert_int_equal(identity_open(&w->engine, PASSWORD_SCRYPT, &w->identity), 0);
        assert_int_equal(identity_first_start(w->identity, OFFICE, w->arena, logins), 0);
        w->engine.permit_command = NULL; /* rights have their own tests */
        assert_int_equal(audit_open(&w->engine, w->identity, &w->audit), 0);
        *state = w;
        return 0;
}

static int world_teardown(void **state) {
        World *w = *state;
        char command[128];

        w->audit = audit_close(w->audit);
        w->identity = identity_close(w->identity);
        for (StoreId id = STORE_SYSTEM; id <= STORE_BUSINESS; id++)
                w->stores[id] = store_close(w->stores[id]);
        registry_free(w->registry);
        keys_close(&w->keys);
        arena_free(w->arena);
        snprintf(command, sizeof(command), "rm -r '%s'", w->folder);
        assert_int_equal(system(command), 0);
        free(w);
        return 0;
}

static void calendar_set(World *w, const char *day, const char *kind) {
        const Command *command = registry_command(w->registry, "essential.set_calendar_day");
        const Caller caller = { .person = { id_make(OFFICE, 2).value },
                .office = OFFICE,
                .key = arena_printf(w->arena, "key-%u", ++w->keys_used) };
        json_t *input = json_pack("{s:s,s:s,s:s,s:s}", "day", day, "kind", kind, "name", "调休", "reason", "通知");
        Reply reply;

        assert_non_null(command);
        command_execute_json(&w->engine, &caller, command, input, w->arena, &reply);
        json_decref(input);
        assert_int_equal(reply.result, 0);
}

static int64_t events(World *w) {
        sqlite3_stmt *statement;
        char path[128];
        sqlite3 *db;

        snprintf(path, sizeof(path), "%s/system.db", w->folder);
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_prepare_v2(db, "SELECT COUNT(*) FROM security_event WHERE kind = 'off_hours'", -1,
                                 &statement, NULL),
                SQLITE_OK);
        assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
        int64_t n = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        sqlite3_close(db);
        return n;
}

/* Somebody of the office works at half past ten, so many days after the Monday: whether that is noted. */
static bool noted_at(World *w, int64_t office, int64_t days, int64_t hours) {
        const Seer seer = { { id_make(office, 2).value }, office, office, "10.1.2.3" };
        int64_t before = events(w);

        w->now_ms = MONDAY + days * DAY_MS + hours * INT64_C(3600000);
        audit_worked(w->audit, &seer, "/api/me");
        return events(w) > before;
}
static bool noted(World *w, int64_t days) {
        return noted_at(w, OFFICE, days, 0);
}

static void calendar_empty(void **state) {
        static const bool off[7] = { [5] = true, [6] = true };
        World *w = *state;

        for (int64_t day = 0; day < 7; day++)
                assert_int_equal(noted(w, day), off[day]);
}

static void calendar_kept(void **state) {
        World *w = *state;

        calendar_set(w, "2026-11-24", "holiday");
        calendar_set(w, "2026-11-25", "holiday");
        calendar_set(w, "2026-11-25", "ordinary");
        calendar_set(w, "2026-11-28", "worked");
        calendar_set(w, "2026-11-29", "worked");
        calendar_set(w, "2026-11-29", "ordinary");
        assert_false(noted(w, 0));
        assert_true(noted(w, 1));
        assert_false(noted(w, 2)); /* taken back: a Wednesday again */
        assert_false(noted(w, 5)); /* a Saturday worked instead, but not its night */
        assert_true(noted_at(w, OFFICE, 5, 11));
        assert_true(noted(w, 6));
        /* another office keeps its own */
        assert_false(noted_at(w, NEIGHBOUR, 1, 0));
        assert_true(noted_at(w, NEIGHBOUR, 5, 0));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "without a calendar weekends are days off [14.2.3 4.3.1]", calendar_empty, world_setup,
                        world_teardown, NULL },
                { "a holiday is a day off and a day worked instead is none [14.2.3 4.3.1]", calendar_kept,
                        world_setup, world_teardown, NULL },
        };

        crypto_allow_simulation();
        return cmocka_run_group_tests_name("people::off_hours", tests, NULL, NULL);
}
