/* SPDX-License-Identifier: Apache-2.0 */
/* How long an auditor waits: searches of a chain of a million entries and of a ledger of a million readings.
 * Prints one line per question; judges nothing. Usage: audit-search FOLDER [ENTRIES] */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include <internal/audit.h>
#include <node/error.h>

#define OFFICE 7
#define PEOPLE 60
#define FIRST_MS INT64_C(1764000000000)

static const char *const commands[] = { "deposit.enter_payment", "deposit.post",
        "essential.change_apartment", "identity.note_event" };

static void must(int r, const char *what) {
        if (r < 0) {
                fprintf(stderr, "audit-search: %s: %d\n", what, r);
                exit(1);
        }
}

static void sql(sqlite3 *db, const char *text) {
        if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK) {
                fprintf(stderr, "audit-search: %s: %s\n", text, sqlite3_errmsg(db));
                exit(1);
        }
}

/* Entries are bound row by row; bodies are one change of a person each. */
static void fill(const char *path, int64_t n) {
        char text[2048];
        sqlite3 *db;

        if (sqlite3_open(path, &db) != SQLITE_OK)
                exit(1);
        sql(db, "PRAGMA synchronous = OFF; BEGIN");
        snprintf(text, sizeof(text),
                "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %" PRId64 ") "
                "INSERT INTO chain SELECT i, %" PRId64 " + i * 30000, %d, (%d << 32) + i %% %d + 1, "
                "CASE i %% 40 WHEN 0 THEN '%s' WHEN 1 THEN '%s' WHEN 2 THEN '%s' ELSE '%s' END, 'key-' || "
                "i, zeroblob(32), "
                "zeroblob(32), zeroblob(32), zeroblob(32), "
                "X'0a0408281002' FROM n",
                n, FIRST_MS, OFFICE, OFFICE, PEOPLE, commands[0], commands[1], commands[2], commands[3]);
        sql(db, text);
        snprintf(text, sizeof(text),
                "INSERT INTO chain_row SELECT 20, (%d << 32) + seq / 5, seq FROM chain; "
                "INSERT INTO chain_kind SELECT CASE WHEN seq %% 1000 = 0 THEN 21 ELSE 20 END, seq FROM "
                "chain",
                OFFICE);
        sql(db, text);
        snprintf(text, sizeof(text),
                "INSERT INTO access_entry SELECT seq, instant, %d, person, 1, '10.0.0.1', 'page', 'person', "
                "seq %% 100000, "
                "'', 1, '', '', X'14018580808070' FROM chain; "
                "INSERT INTO access_block SELECT 20, ((%d << 32) + seq %% 100000) >> 10, seq FROM chain; "
                "COMMIT; ANALYZE",
                OFFICE, OFFICE);
        sql(db, text);
        snprintf(text, sizeof(text),
                "INSERT INTO person (id, office, version, chain_seq, name, staff_number) VALUES ((%d << 32) "
                "+ 5, %d, 1, 1, 'bench', '')",
                OFFICE, OFFICE);
        sql(db, text);
        sqlite3_close(db);
}

static int64_t ms(void) {
        return clock_real.monotonic_ms(clock_real.data);
}

static void ask(Audit *audit, const char *what, const TrailCall *call) {
        Caller caller = { .office = OFFICE };
        json_t *answer = NULL;
        int64_t before = ms();

        must(audit_trail(audit, &caller, call, &answer), what);
        printf("%-46s %6" PRId64 " ms, %zu entries\n", what, ms() - before,
                json_array_size(json_object_get(answer, "entries")));
        json_decref(answer);
}

static void questions(Audit *audit, Engine *engine, int64_t n) {
        const Record *common = registry_record(engine->registry, "person");
        const int64_t person = (INT64_C(7) << 32) + 5;
        const Instant from = { FIRST_MS + n / 2 * 30000 }, to = { FIRST_MS + (n / 2 + 1000) * 30000 };

        ask(audit, "newest", &(TrailCall){ .store = STORE_SYSTEM });
        ask(audit, "by person", &(TrailCall){ .store = STORE_SYSTEM, .person = person });
        ask(audit, "by a person who did nothing", &(TrailCall){ .store = STORE_SYSTEM, .person = 1 });
        ask(audit, "by command", &(TrailCall){ .store = STORE_SYSTEM, .command = "deposit.post" });
        ask(audit, "by person and command",
                &(TrailCall){ .store = STORE_SYSTEM, .person = person, .command = "deposit.post" });
        ask(audit, "by time, half a year back",
                &(TrailCall){ .store = STORE_SYSTEM, .from = from, .to = to });
        ask(audit, "by kind of record", &(TrailCall){ .store = STORE_SYSTEM, .record = common });
        ask(audit, "by one record", &(TrailCall){ .store = STORE_SYSTEM, .record = common, .id = person });
        ask(audit, "by field of a kind",
                &(TrailCall){ .store = STORE_SYSTEM, .record = common, .field = "name" });
        ask(audit, "deep page", &(TrailCall){ .store = STORE_SYSTEM, .after = n / 3 });
}

static void who_saw(Audit *audit, Engine *engine) {
        Caller caller = { .office = OFFICE };
        const SawCall call = { .record = registry_record(engine->registry, "person"),
                .id = { (INT64_C(7) << 32) + 5 } };
        json_t *answer = NULL;
        int64_t before = ms();

        must(audit_who_saw(audit, &caller, &call, &answer), "who saw");
        printf("%-46s %6" PRId64 " ms, %zu readings\n", "who saw one record", ms() - before,
                json_array_size(json_object_get(answer, "accesses")));
        json_decref(answer);
}

int main(int argc, char **argv) {
        static const Module *const modules[] = { &module_node, &module_identity, &module_audit };
        int64_t n = argc > 2 ? atoll(argv[2]) : 1000000;
        char path[512], dsn[544];
        Engine engine = { .clock = &clock_real, .digest_kind = DIGEST_SM3 };
        Registry *registry = NULL;
        Audit *audit = NULL;

        if (argc < 2)
                return 2;
        snprintf(path, sizeof(path), "%s/system.db", argv[1]);
        snprintf(dsn, sizeof(dsn), "sqlite:%s", path);
        must(registry_new(modules, ELEMENTSOF(modules), CAPABILITY_ANY, &registry), "registry");
        const StoreOptions options = { .id = STORE_SYSTEM, .dsn = dsn, .clock = &clock_real, .readers = 2 };
        must(store_open(&options, &engine.stores[STORE_SYSTEM]), "store");
        must(engine_migrate(registry, engine.stores[STORE_SYSTEM]), "migrations");
        engine.stores[STORE_SYSTEM] = store_close(engine.stores[STORE_SYSTEM]);
        fill(path, n);
        must(store_open(&options, &engine.stores[STORE_SYSTEM]), "store");
        engine.registry = registry;
        must(audit_open(&engine, NULL, &audit), "audit");
        questions(audit, &engine, n);
        who_saw(audit, &engine);
        audit_close(audit);
        store_close(engine.stores[STORE_SYSTEM]);
        registry_free(registry);
        return 0;
}
