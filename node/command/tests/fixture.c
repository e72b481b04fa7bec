/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <example.h>

/* A module that does what no module may, so that the checks have something to find. */
static int break_balance(Request *q, const void *input, void *ret_output) {
        static const Query broken = { "test.break_balance",
                "UPDATE example_balance SET amount = amount + 1, chain_seq = chain_seq + 1 WHERE shelf_id = "
                "$1" };
        const Reference *in = input;

        return tx_exec(q->tx, &broken, SQL_ARGS(value_id(in->id)), NULL);
}

static int no_chain(Request *q, const void *input, void *ret_output) {
        Shelf shelf = { .name = "x", .area = { 1 }, .opened = q->today };

        return record_insert(q, &record_example_shelf, &shelf);
}

const Command command_break_balance = {
        .name = "test.break_balance",
        .label = "测试",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_ANY,
        .input = &record_example_reference,
        .run = break_balance,
};
const Command command_no_chain = {
        .name = "test.no_chain",
        .label = "测试",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_ANY,
        .flags = COMMAND_NO_CHAIN,
        .run = no_chain,
};
/* version says what to do wrong, id on which row */
static int misuse(Request *q, const void *input, void *ret_output) {
        const Reference *in = input;
        Order order = {
                .number = 1, .year = 2026, .shelf_id = { 1 }, .amount = { 1 }, .state = ORDER_POSTED
        };
        Entry entry = { .shelf_id = { 1 }, .order_id = { 1 }, .amount = { 1 } };
        Shelf shelf;
        int r;

        switch (in->version) {
        case MISUSE_CREATE_POSTED:
                return record_insert(q, &record_example_order, &order);
        case MISUSE_STATE:
                r = record_load(q, &record_example_order, in->id, &order);
                order.state = ORDER_POSTED;
                return r < 0 ? r : record_update(q, &record_example_order, &order, NULL);
        case MISUSE_FIXED:
                r = record_load(q, &record_example_shelf, in->id, &shelf);
                shelf.opened.ymd++;
                return r < 0 ? r : record_update(q, &record_example_shelf, &shelf, NULL);
        case MISUSE_LEDGER:
                r = record_insert(q, &record_example_entry, &entry);
                return r < 0 ? r : record_update(q, &record_example_entry, &entry, NULL);
        case MISUSE_KEEPER: /* no misuse: another keeper */
                r = record_load(q, &record_example_shelf, in->id, &shelf);
                shelf.keeper.plain_input = "王五";
                return r < 0 ? r : record_update(q, &record_example_shelf, &shelf, NULL);
        default:
                return -EINVAL;
        }
}

const Command command_misuse = {
        .name = "test.misuse",
        .label = "测试",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_ANY,
        .input = &record_example_reference,
        .run = misuse,
};
static const Setting settings[] = {
        { .name = "test.limit",
                .label = "测试上限",
                .clause = "14.2.2",
                .kind = KIND_INTEGER,
                .standard = "3",
                .min = 1,
                .max = 9,
                .store = STORE_BUSINESS },
        { .name = "test.system",
                .label = "测试系统参数",
                .clause = "14.2.2",
                .kind = KIND_BOOL,
                .standard = "1",
                .store = STORE_SYSTEM },
        { .name = "test.persons",
                .label = "测试人数",
                .clause = "14.2.2",
                .kind = KIND_INTEGER,
                .standard = "2",
                .min = 1,
                .max = 3,
                .weaker = WEAKER_LOWERED,
                .store = STORE_BUSINESS },
        { .name = "test.begin",
                .label = "测试时刻",
                .clause = "14.2.2",
                .kind = KIND_INTEGER,
                .standard = "700",
                .min = 0,
                .max = 2400,
                .clock = true,
                .store = STORE_BUSINESS },
        { 0 },
};

/* answers what holds today as id */
static int read_setting(Request *q, const void *input, void *ret_output) {
        return setting_integer(q, &settings[0], &((Reference *) ret_output)->id.value);
}

static int read_foreign_setting(Request *q, const void *input, void *ret_output) {
        return setting_integer(q, &settings[1], &((Reference *) ret_output)->id.value);
}

#define COMMAND_READ(run_, name_)                                                                           \
        {                                                                                                   \
                .name = (name_), .label = "测试", .store = STORE_BUSINESS, .capabilities = CAPABILITY_ANY,  \
                .output = &record_example_reference, .run = (run_)                                          \
        }
static const Command command_read_setting = COMMAND_READ(read_setting, "test.read_setting");
static const Command command_read_foreign = COMMAND_READ(read_foreign_setting, "test.read_foreign");
/* A shelf stands for what an involved organization has. */
static int read_own(Request *q, const void *input, void *ret_output) {
        const Reference *in = input;
        int r = request_own(q, in->id);

        if (r == 0)
                ((Reference *) ret_output)->id = in->id;
        return r;
}

static const Command command_read_own = { .name = "test.read_own",
        .label = "测试",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_ANY,
        .flags = COMMAND_ORGANIZATION,
        .input = &record_example_reference,
        .output = &record_example_reference,
        .run = read_own };
static const Query query_own_shelves = { "test.own_shelves",
        "SELECT id, name, area, id AS organization_id, office FROM example_shelf" };
static const Column own_columns[] = {
        { .name = "id", .label = "编号", .kind = KIND_ID },
        { .name = "name", .label = "名称", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "area", .label = "面积", .kind = KIND_AREA, .flags = COLUMN_SUM },
        { 0 },
};
static const View view_own_shelves = { .name = "test.own_shelves",
        .label = "测试",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_ANY,
        .query = &query_own_shelves,
        .columns = own_columns,
        .scope = "office",
        .organization = "organization_id",
        .key = "id" };
static const View *const test_views[] = { &view_own_shelves, NULL };
static const Command *const test_commands[] = { &command_break_balance, &command_no_chain, &command_misuse,
        &command_read_setting, &command_read_foreign, &command_read_own, NULL };

int fixture_heard;
static int hear_posted(Request *q, const void *payload) {
        const Reference *reference = payload;

        assert_true(reference->id.value > 0);
        fixture_heard++;
        return 0;
}
static const Subscription subscriptions[] = { { &event_example_posted, hear_posted }, { 0 } };
static const Module module_test = {
        .name = "test",
        .capabilities = CAPABILITY_ANY,
        .commands = test_commands,
        .views = test_views,
        .settings = settings,
        .subscriptions = subscriptions,
};

static Instant clock_now_fixed(void *data) {
        return (Instant){ __atomic_fetch_add(&((Fixture *) data)->now_ms, 1, __ATOMIC_RELAXED) };
}

static int64_t clock_monotonic(void *data) {
        return clock_real.monotonic_ms(clock_real.data);
}

static void clock_random(void *data, void *ret, size_t size_bytes) {
        memset(ret, 7, size_bytes);
}

static void committed(void *data, StoreId store, int64_t seq) {
        (void) __atomic_fetch_add(&((Fixture *) data)->committed, 1, __ATOMIC_RELAXED);
}

static const char *postgres_dsn(void) {
        const char *dsn = getenv("FUNDNODE_TEST_PG_DSN");

        return dsn && dsn[0] ? dsn : NULL;
}

static int harness(const char *script, const char *verb, const char *folder, char *ret_line, size_t size) {
        char command[512];
        FILE *pipe;
        int status;

        (void) snprintf(command, sizeof(command), "'%s' %s '%s/pg'", script, verb, folder);
        pipe = popen(command, "r");
        if (!pipe)
                return -1;
        if (!fgets(ret_line, (int) size, pipe))
                ret_line[0] = 0;
        ret_line[strcspn(ret_line, "\n")] = 0;
        status = pclose(pipe);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int fixture_main(int argc, char *argv[], const char *name, int (*group)(void)) {
        bool postgres = argc == 3 && strcmp(argv[1], "postgres") == 0;
        char folder[] = "/tmp/fundnode-command.XXXXXX", line[512];
        int r;

        if (!postgres)
                return group();
        if (!mkdtemp(folder) || chmod(folder, 0755) < 0)
                return 1;
        r = harness(argv[2], "start", folder, line, sizeof(line));
        if (r == 77) {
                printf("1..0 # SKIP %s: no PostgreSQL server\n", name);
                (void) rmdir(folder);
                return 0;
        }
        if (r == 0) {
                (void) setenv("FUNDNODE_TEST_PG_DSN", line, 1);
                r = group();
        }
        (void) harness(argv[2], "stop", folder, line, sizeof(line));
        (void) rmdir(folder);
        return r;
}

static void postgres_run(const char *sql) {
        const char *dsn = postgres_dsn();
        PGconn *connection =
                PQconnectdb(strncmp(dsn, "postgresql:", 11) == 0 && dsn[11] != '/' ? dsn + 11 : dsn);
        PGresult *result;

        assert_int_equal(PQstatus(connection), CONNECTION_OK);
        PQclear(PQexec(connection, "SET client_min_messages = error"));
        result = PQexec(connection, sql);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
                fail_msg("%s: %s", sql, PQerrorMessage(connection));
        PQclear(result);
        PQfinish(connection);
}

static void sqlite_run(const Fixture *f, const char *sql) {
        char *error = NULL;
        sqlite3 *db;

        assert_int_equal(sqlite3_open(f->dsn + strlen("sqlite:"), &db), SQLITE_OK);
        if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
                fail_msg("%s: %s", sql, error);
        sqlite3_close(db);
}

static void stores_open(Fixture *f) {
        char dsn[600];
        StoreOptions options = { .id = STORE_BUSINESS,
                .dsn = f->dsn,
                .clock = &f->clock,
                .readers = 2,
                .inline_writer = !f->threaded };

        assert_int_equal(store_open(&options, &f->business), 0);
        (void) snprintf(dsn, sizeof(dsn), "sqlite:%s/system.db", f->folder);
        options.id = STORE_SYSTEM;
        options.dsn = dsn;
        assert_int_equal(store_open(&options, &f->system), 0);
        assert_int_equal(engine_migrate(f->registry, f->business), 0);
        assert_int_equal(engine_migrate(f->registry, f->system), 0);
        f->engine.stores[STORE_BUSINESS] = f->business;
        f->engine.stores[STORE_SYSTEM] = f->system;
}

static void stores_close(Fixture *f) {
        f->business = store_close(f->business);
        f->system = store_close(f->system);
        f->engine.stores[STORE_BUSINESS] = NULL;
        f->engine.stores[STORE_SYSTEM] = NULL;
}

void fixture_restart(Fixture *f) {
        stores_close(f);
        stores_open(f);
}

void fixture_tamper(Fixture *f, const char *sql) {
        static const char *const tables[] = { "chain", "chain_row", "example_entry" };
        char text[512];

        stores_close(f);
        for (size_t i = 0; i < ELEMENTSOF(tables); i++) {
                if (postgres_dsn()) {
                        (void) snprintf(text, sizeof(text), "ALTER TABLE %s DISABLE TRIGGER ALL", tables[i]);
                        postgres_run(text);
                } else {
                        (void) snprintf(text, sizeof(text),
                                "DROP TRIGGER IF EXISTS %s_no_update; DROP TRIGGER IF EXISTS %s_no_delete",
                                tables[i], tables[i]);
                        sqlite_run(f, text);
                }
        }
        if (postgres_dsn())
                postgres_run(sql);
        else
                sqlite_run(f, sql);
        stores_open(f);
}

static int setup(void **state, bool threaded) {
        static const Module *const modules[] = { &module_example, &module_test };
        Fixture *f = calloc(1, sizeof(*f));

        assert_non_null(f);
        f->threaded = threaded;
        strcpy(f->folder, "/tmp/fundnode-test-XXXXXX");
        assert_non_null(mkdtemp(f->folder));
        f->now_ms = INT64_C(1795432283000);
        f->clock = (Clock){ clock_now_fixed, clock_monotonic, clock_random, f };
        assert_int_equal(registry_new(modules, ELEMENTSOF(modules), CAPABILITY_BUSINESS, &f->registry), 0);
        assert_int_equal(keys_simulation(1, &f->keys), 0);
        f->arena = arena_new(64u << 20);
        assert_non_null(f->arena);
        f->engine = (Engine){ .registry = f->registry,
                .keys = &f->keys,
                .clock = &f->clock,
                .digest_kind = DIGEST_SM3,
                .committed = committed,
                .committed_data = f };
        if (postgres_dsn()) {
                postgres_run("DROP SCHEMA IF EXISTS public CASCADE");
                postgres_run("CREATE SCHEMA public");
                (void) snprintf(f->dsn, sizeof(f->dsn), "%s", postgres_dsn());
        } else {
                (void) snprintf(f->dsn, sizeof(f->dsn), "sqlite:%s/business.db", f->folder);
        }
        stores_open(f);
        *state = f;
        return 0;
}

int fixture_setup(void **state) {
        return setup(state, false);
}

int fixture_setup_threaded(void **state) {
        return setup(state, true);
}

int fixture_teardown(void **state) {
        Fixture *f = *state;
        char command[128];

        stores_close(f);
        keys_close(&f->keys);
        registry_free(f->registry);
        arena_free(f->arena);
        (void) snprintf(command, sizeof(command), "rm -r '%s'", f->folder);
        assert_int_equal(system(command), 0);
        free(f);
        return 0;
}

static Reply run(Fixture *f, const Caller *caller, const char *name, const char *text) {
        const Command *command = registry_command(f->registry, name);
        json_error_t error;
        json_t *input = json_loads(text, 0, &error);
        Reply reply;

        assert_non_null(command);
        if (!input)
                fail_msg("%s: %s", text, error.text);
        command_execute_json(&f->engine, caller, command, input, f->arena, &reply);
        json_decref(input);
        return reply;
}

static Caller caller_make(Fixture *f, int64_t office, int64_t person, const char *key, char *own_key) {
        (void) snprintf(own_key, 32, "key-%d", ++f->key);
        return (Caller){ .person = { person }, .office = office, .key = key ? key : own_key };
}

Reply fixture_run(Fixture *f, int64_t office, int64_t person, const char *key, const char *command,
        const char *format, ...) {
        char own_key[32], *text;
        Caller caller = caller_make(f, office, person, key, own_key);
        va_list arguments;
        Reply reply;

        va_start(arguments, format);
        assert_true(vasprintf(&text, format, arguments) >= 0);
        va_end(arguments);
        reply = run(f, &caller, command, text);
        free(text);
        return reply;
}

int64_t fixture_ok(Fixture *f, int64_t person, const char *command, const char *format, ...) {
        char own_key[32], *text;
        Caller caller = caller_make(f, OFFICE, person, NULL, own_key);
        va_list arguments;
        Reply reply;

        va_start(arguments, format);
        assert_true(vasprintf(&text, format, arguments) >= 0);
        va_end(arguments);
        reply = run(f, &caller, command, text);
        if (reply.result != 0)
                fail_msg("%s %s: %d %s", command, text, reply.result,
                        reply.refusal.code ? reply.refusal.code : "");
        free(text);
        return ((Reference *) reply.output)->id.value;
}

int64_t fixture_shelf(Fixture *f, const char *name) {
        return fixture_ok(f, CLERK, "example.open_shelf",
                "{\"name\":\"%s\",\"use\":\"01\",\"keeper\":\"张小明\",\"area\":\"8937\"}", name);
}

int64_t fixture_integer(Fixture *f, const char *sql) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        Query query = { sql, sql };
        int64_t value = 0;

        assert_int_equal(store_read_begin(f->business, &tx), 0);
        assert_int_equal(tx_integer(tx, &query, SQL_NO_ARGS, &value), 0);
        return value;
}
