/* SPDX-License-Identifier: Apache-2.0 */
/* See world.h. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include <internal/keys-process.h>
#include <node/error.h>

#include "world.h"

#define MODULES_MAX 64

int keys_simulation(uint64_t seed, Keys *ret);
void keys_close(Keys *keys);

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)
#define FIELDS_OF Household
static const Field household_fields[] = {
#include "household.def"
};
#undef FIELDS_OF
#define FIELDS_OF Resident
static const Field resident_fields[] = {
#include "resident.def"
};
#undef FIELDS_OF
#undef FIELD

#define RECORD(symbol_, label_, number_, fields_, type_)                                                    \
        const Record record_##symbol_ = { .name = #symbol_,                                                 \
                .label = label_,                                                                            \
                .number = number_,                                                                          \
                .shape = SHAPE_REGISTER,                                                                    \
                .store = STORE_BUSINESS,                                                                    \
                RECORD_FIELDS(fields_, type_) }
RECORD(household, "户", 9001, household_fields, Household);
RECORD(resident, "住户", 9002, resident_fields, Resident);

static int run_add_household(Request *q, const void *input, void *ret_output) {
        *(Household *) ret_output = *(const Household *) input;
        return record_insert(q, &record_household, ret_output);
}
static int run_change_household(Request *q, const void *input, void *ret_output) {
        const Household *in = input;
        Household row;

        int r = record_load(q, &record_household, in->head.id, &row);
        if (r < 0)
                return r;
        if (strcmp(in->room, "payee") == 0 && (r = request_note(q, "payee_changed", "household 1")) < 0)
                return r;
        row.room = in->room;
        *(Household *) ret_output = row;
        return record_update(q, &record_household, ret_output, "门牌更正");
}
static int run_add_resident(Request *q, const void *input, void *ret_output) {
        *(Resident *) ret_output = *(const Resident *) input;
        return record_insert(q, &record_resident, ret_output);
}

#define COMMAND(symbol_, record_)                                                                           \
        const Command command_##symbol_ = { .name = "sample." #symbol_,                                     \
                .label = #symbol_,                                                                          \
                .store = STORE_BUSINESS,                                                                    \
                .capabilities = CAPABILITY_ANY,                                                             \
                .input = &record_,                                                                          \
                .output = &record_,                                                                         \
                .run = run_##symbol_ }
COMMAND(add_household, record_household);
COMMAND(change_household, record_household);
static COMMAND(add_resident, record_resident);

static const Query query_households = { "sample.households",
        "SELECT id, office, room, area FROM household" };
static const Query query_residents = { "sample.residents",
        "SELECT id, office, id AS resident_id, household_id, name FROM resident" };
static const Column household_columns[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "office", "机构", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "room", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "household" },
        { "area", "面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { 0 },
};
static const Column resident_columns[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "office", "机构", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "resident_id", "住户", KIND_ID, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "household_id", "户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "姓名", KIND_SEALED, 0, NULL, NULL, NULL },
        { 0 },
};
#define VIEW(symbol_, label_, query_, columns_)                                                             \
        const View view_##symbol_ = { .name = "sample." #symbol_,                                           \
                .label = label_,                                                                            \
                .store = STORE_BUSINESS,                                                                    \
                .capabilities = CAPABILITY_ANY,                                                             \
                .query = &query_,                                                                           \
                .columns = columns_,                                                                        \
                .scope = "office",                                                                          \
                .key = "id" }
VIEW(households, "户", query_households, household_columns);
VIEW(residents, "住户", query_residents, resident_columns);

const Paper paper_card = { .name = "sample.card", .view = "sample.households", .store = STORE_BUSINESS };

static const Record *const records[] = { &record_household, &record_resident, NULL };
static const Command *const commands[] = { &command_add_household, &command_change_household,
        &command_add_resident, NULL };
static const View *const views[] = { &view_households, &view_residents, NULL };
static const Panel panels[] = { { "household", &view_residents, "household_id" }, { 0 } };
static const Migration migrations[] = {
        { STORE_BUSINESS, "sample/001",
                "CREATE TABLE household (id BIGINT NOT NULL PRIMARY KEY, office BIGINT NOT NULL, version "
                "BIGINT NOT "
                "NULL, chain_seq BIGINT NOT NULL, room TEXT NOT NULL, area BIGINT NOT NULL);\n"
                "CREATE TABLE resident (id BIGINT NOT NULL PRIMARY KEY, office BIGINT NOT NULL, version "
                "BIGINT NOT "
                "NULL, chain_seq BIGINT NOT NULL, name BIGINT NOT NULL, household_id BIGINT NOT NULL);\n" },
        { 0 },
};
static const Module module_sample = { .name = "sample",
        .label = "样品",
        .capabilities = CAPABILITY_ANY,
        .migrations = migrations,
        .records = records,
        .commands = commands,
        .views = views,
        .panels = panels };

static Instant world_now(void *data) {
        return ((World *) data)->now;
}
static int64_t world_monotonic(void *data) {
        return clock_real.monotonic_ms(clock_real.data);
}
static void world_random(void *data, void *ret, size_t size_bytes) {
        clock_real.random(clock_real.data, ret, size_bytes);
}

static void store_begin(World *w, StoreId id, const char *name) {
        char dsn[128];

        snprintf(dsn, sizeof(dsn), "sqlite:%s/%s.db", w->folder, name);
        assert_int_equal(
                store_open(&(StoreOptions){ .id = id, .dsn = dsn, .clock = &w->clock, .readers = 2 },
                        &w->stores[id]),
                0);
        assert_int_equal(engine_migrate(w->registry, w->stores[id]), 0);
        assert_int_equal(engine_prepare_check(w->registry, w->stores[id]), 0);
        w->engine.stores[id] = w->stores[id];
}

Id world_run(World *w, const Command *command, const void *input) {
        char *key = arena_printf(w->arena, "key-%u", ++w->keys_used);
        Caller caller = { .person = { id_make(OFFICE, 2).value }, .office = OFFICE, .key = key };
        Reply reply;

        command_execute(&w->engine, &caller, command, input, w->arena, &reply);
        assert_int_equal(reply.result, 0);
        return ((RowHead *) reply.output)->id;
}

World *world_open(const Module *const *own, size_t n, unsigned capabilities) {
        const Module *modules[MODULES_MAX] = { &module_node, &module_identity, &module_audit };
        World *w = calloc(1, sizeof(*w));
        FirstLogin logins[3];

        assert_true(n + 3 <= MODULES_MAX);
        memcpy(modules + 3, own, n * sizeof(own[0]));
        strcpy(w->folder, "/tmp/test-audit-XXXXXX");
        assert_non_null(mkdtemp(w->folder));
        w->now.ms = INT64_C(1795401000000); /* Monday 2026-11-23 10:30 */
        w->clock = (Clock){ world_now, world_monotonic, world_random, w };
        w->arena = arena_new(64u << 20);
        assert_int_equal(keys_simulation(1, &w->keys), 0);
        assert_int_equal(registry_new(modules, n + 3, capabilities, &w->registry), 0);
        w->engine = (Engine){
                .registry = w->registry, .keys = &w->keys, .clock = &w->clock, .digest_kind = DIGEST_SM3
        };
        store_begin(w, STORE_SYSTEM, "system");
        store_begin(w, STORE_BUSINESS, "business");
        assert_int_equal(identity_open(&w->engine, PASSWORD_SCRYPT, &w->identity), 0);
        assert_int_equal(identity_first_start(w->identity, OFFICE, w->arena, logins), 0);
        w->engine.permit_command = NULL; /* rights have their own tests */
        w->engine.permit_view = NULL;
        assert_int_equal(audit_open(&w->engine, w->identity, &w->audit), 0);
        return w;
}

int world_setup(void **state) {
        static const Module *const own[] = { &module_sample };
        World *w = world_open(own, ELEMENTSOF(own), CAPABILITY_ANY);

        for (int i = 0; i < 3; i++)
                w->households[i] = world_run(w, &command_add_household,
                        &(Household){ .room = arena_printf(w->arena, "%d01", i + 1), .area = { 8937 } });
        w->resident = world_run(w, &command_add_resident,
                &(Resident){ .name.plain_input = "张三", .household_id = w->households[0] });
        *state = w;
        return 0;
}

int world_teardown(void **state) {
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

Seer world_seer(int64_t person) {
        return (Seer){ { id_make(OFFICE, person).value }, OFFICE, 100 + person, "10.1.2.3" };
}

json_t *world_list(World *w, const View *view, const ViewCall *call) {
        Caller caller = { .office = OFFICE };
        json_t *list = NULL;

        assert_int_equal(view_list_json(&w->engine, &caller, view, call, &list), 0);
        return list;
}

static sqlite3 *database(World *w, const char *store) {
        sqlite3 *db;
        char path[128];

        snprintf(path, sizeof(path), "%s/%s.db", w->folder, store);
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        return db;
}

void world_tamper(World *w, const char *store, const char *sql) {
        sqlite3 *db = database(w, store);
        sqlite3_stmt *list;

        assert_int_equal(
                sqlite3_prepare_v2(db,
                        "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger' AND "
                        "tbl_name LIKE 'access%'",
                        -1, &list, NULL),
                SQLITE_OK);
        char *drops[32];
        int n = 0;
        while (sqlite3_step(list) == SQLITE_ROW)
                drops[n++] = strdup((const char *) sqlite3_column_text(list, 0));
        sqlite3_finalize(list);
        for (int i = 0; i < n; i++) {
                assert_int_equal(sqlite3_exec(db, drops[i], NULL, NULL, NULL), SQLITE_OK);
                free(drops[i]);
        }
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
}

void world_statement(World *w, const char *store, const char *sql) {
        sqlite3 *db = database(w, store);

        sqlite3_busy_timeout(db, 60000); /* the node's own writer may be at it */
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
}

int64_t world_count(World *w, const char *store, const char *sql) {
        sqlite3 *db = database(w, store);
        sqlite3_stmt *query;

        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &query, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(query), SQLITE_ROW);
        int64_t n = sqlite3_column_int64(query, 0);
        sqlite3_finalize(query);
        sqlite3_close(db);
        return n;
}
