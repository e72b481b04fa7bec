/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of every module: it prepares on the engine it belongs to, its tables have the columns of
 * their records, and it stays at home. Arguments "postgres SCRIPT": on a PostgreSQL of the test's own
 * instead of SQLite. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include <federation/federation.h>
#include <federation/session.h>
#include <internal/engine.h>

#include <private-queries.h>

#include "all.h"
#include "tables.h"

/* node, identity, audit, documents, desk, private, federation: no modules in the sense of the rule */
#define KERNEL_MODULES 7

static const char *const store_words[] = { "", "system", "business", "regulatory" };

/* --- zones --- */

/* What exists on an outer node exists there alone; the kernel's own tables are the chain's and the store's.
 */
static void outer(void **state) {
        _cleanup_(registry_freep) Registry *registry = all_registry(CAPABILITY_PUBLIC);
        const unsigned inner = CAPABILITY_INNER;
        size_t n, found = 0;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++) {
                for (const Command *const *at = list[i]->commands; at && *at; at++)
                        if ((*at)->capabilities & inner && registry_command(registry, (*at)->name))
                                found += (size_t) printf("# command %s is on both sides\n", (*at)->name);
                for (const View *const *at = list[i]->views; at && *at; at++)
                        if ((*at)->capabilities & inner && registry_view(registry, (*at)->name))
                                found += (size_t) printf("# view %s is on both sides\n", (*at)->name);
                if (list[i] != &module_node && list[i]->capabilities == CAPABILITY_ANY)
                        found += (size_t) printf("# module %s makes its tables on both\n", list[i]->name);
        }
        assert_int_equal(found, 0);
}

/* --- a node's stores without a node --- */

typedef struct Stores {
        char folder[64];
        Registry *registry;
        Store *stores[4];
} Stores;

static const char *postgres_dsn(void) {
        const char *dsn = getenv("FUNDNODE_TEST_PG_DSN");

        return dsn && *dsn ? dsn : NULL;
}

static void postgres_empty(void) {
        PGconn *connection = PQconnectdb(postgres_dsn());

        assert_int_equal(PQstatus(connection), CONNECTION_OK);
        PQclear(PQexec(connection, "SET client_min_messages = error"));
        PGresult *result = PQexec(connection, "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public");
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
                fail_msg("%s", PQerrorMessage(connection));
        PQclear(result);
        PQfinish(connection);
}

/* The system store is always SQLite; the two others share the test's one database, so they are opened one
 * after the other. */
static void store_make(Stores *s, StoreId id) {
        char dsn[512];
        const StoreOptions options = {
                .id = id, .dsn = dsn, .clock = &clock_real, .readers = 1, .inline_writer = true
        };

        if (postgres_dsn() && id != STORE_SYSTEM) {
                postgres_empty();
                snprintf(dsn, sizeof(dsn), "%s", postgres_dsn());
        } else
                snprintf(dsn, sizeof(dsn), "sqlite:%s/%s.db", s->folder, store_words[id]);
        assert_int_equal(store_open(&options, &s->stores[id]), 0);
        if (id == STORE_REGULATORY)
                assert_int_equal(federation_landing_migrate(s->stores[id], s->registry), 0);
        assert_int_equal(engine_migrate(s->registry, s->stores[id]), 0);
}

static void stores_begin(Stores *s, unsigned capabilities) {
        memset(s, 0, sizeof(*s));
        strcpy(s->folder, "/tmp/fundnode-registry-XXXXXX");
        assert_non_null(mkdtemp(s->folder));
        s->registry = all_registry(capabilities);
}

static void stores_end(Stores *s) {
        char command[128];

        for (size_t i = 0; i < ELEMENTSOF(s->stores); i++)
                s->stores[i] = store_close(s->stores[i]);
        s->registry = registry_free(s->registry);
        snprintf(command, sizeof(command), "rm -r '%s'", s->folder);
        assert_int_equal(system(command), 0);
}

static bool has_store(unsigned capabilities, StoreId id) {
        return id == STORE_SYSTEM || (id == STORE_BUSINESS && capabilities & CAPABILITY_BUSINESS) ||
               (id == STORE_REGULATORY && capabilities & (CAPABILITY_DETAIL | CAPABILITY_FACTS));
}

/* --- what a node checks at its start, for each kind of node --- */

static void start_checks(void **state) {
        static const struct {
                const char *level;
                unsigned capabilities;
        } nodes[] = {
                { "county", CAPABILITY_BUSINESS },
                { "city", CAPABILITY_DETAIL | CAPABILITY_FACTS },
                { "city with business", CAPABILITY_BUSINESS | CAPABILITY_DETAIL | CAPABILITY_FACTS },
                { "province, nation", CAPABILITY_FACTS },
        };

        for (size_t i = 0; i < ELEMENTSOF(nodes); i++) {
                Stores s;
                stores_begin(&s, nodes[i].capabilities);
                for (StoreId id = STORE_SYSTEM; id <= STORE_REGULATORY; id++) {
                        if (!has_store(nodes[i].capabilities, id))
                                continue;
                        store_make(&s, id);
                        if (engine_prepare_check(s.registry, s.stores[id]) < 0)
                                finding("%s: a statement of the %s store does not prepare", nodes[i].level,
                                        store_words[id]);
                        s.stores[id] = store_close(s.stores[id]);
                }
                stores_end(&s);
        }
        findings_none();
}

/* --- every declared query --- */

#define QUERIES_MAX 2048

typedef struct Tried {
        const Query *query;
        bool prepared;
} Tried;
static Tried tried[QUERIES_MAX];

/* What a module lists, or what it keeps to itself. */
static const Query *const *queries_of(const Module *module) {
        return module == &module_federation ? private_queries : module->queries;
}

static void queries_try(const Module *module, Store *store, size_t *at) {
        for (const Query *const *query = queries_of(module); query && *query; query++) {
                assert_true(*at < QUERIES_MAX);
                tried[*at].query = *query;
                if (!tried[*at].prepared && tables_stores((*query)->sql) & 1u << store_id(store))
                        tried[*at].prepared = store_prepare_check(store, *query) == 0;
                ++*at;
        }
}

static void must_prepare(
        const Stores *s, StoreId id, const Query *query, const char *what, const char *name) {
        if (store_prepare_check(s->stores[id], query) < 0)
                finding("%s %s: query %s does not prepare on the %s store", what, name, query->name,
                        store_words[id]);
}

static void module_queries(const Stores *s, const Module *module, StoreId id) {
        for (const Measure *const *at = module->measures; at && *at; at++)
                if ((*at)->recompute && id == STORE_REGULATORY)
                        must_prepare(s, id, (*at)->recompute, "measure", (*at)->name);
        for (const Paper *const *at = module->papers; at && *at; at++)
                if ((*at)->store == id)
                        must_prepare(s, id, (*at)->query, "paper", (*at)->name);
        for (const Invariant *at = module->invariants; at && at->name; at++)
                if (at->all && at->store == id)
                        must_prepare(s, id, at->all, "invariant", at->name);
}

/* A query in a module's list does not say its store: it must prepare on one that has its tables. */
static void queries(void **state) {
        size_t n, count = 0;
        const Module *const *list = all_modules(&n);
        Stores s;

        memset(tried, 0, sizeof(tried));
        for (size_t i = 0; i < n; i++)
                tables_learn(list[i]);
        stores_begin(&s, CAPABILITY_ANY);
        for (StoreId id = STORE_SYSTEM; id <= STORE_REGULATORY; id++) {
                store_make(&s, id);
                count = 0;
                for (size_t i = 0; i < n; i++) {
                        queries_try(list[i], s.stores[id], &count);
                        module_queries(&s, list[i], id);
                }
                s.stores[id] = store_close(s.stores[id]);
        }
        for (size_t i = 0; i < count; i++)
                if (!tried[i].prepared)
                        finding("query %s prepares on no store", tried[i].query->name);
        stores_end(&s);
        findings_none();
}

/* --- every single filter of every view --- */

static const char *filter_value(FieldKind kind) {
        return kind == KIND_DATE ? "2026-11-23" : kind == KIND_BOOL ? "true" : "1";
}

static void filter_try(Engine *engine, const View *view, const Column *column, FilterOperator operator) {
        const Caller caller = { .office = 1 };
        ViewCall call = { .limit = 1,
                .sums = true,
                .n_filters = 1,
                .filters = { { column->name, operator, filter_value(column->kind) } } };
        json_t *page = NULL;

        if (column->kind == KIND_STATE)
                call.filters[0].value = column->states[0].name;
        int r = view_list_json(engine, &caller, view, &call, &page);
        if (r < 0)
                finding("view %s: filter %d of %s gives %d", view->name, (int) operator, column->name, r);
        json_decref(page);
}

static void view_filters(Engine *engine, const View *view) {
        const Caller caller = { .office = 1 };
        const ViewCall call = { .limit = 1, .sums = true };
        json_t *page = NULL;
        int r = view_list_json(engine, &caller, view, &call, &page);

        if (r < 0)
                finding("view %s gives %d", view->name, r);
        json_decref(page);
        for (const Column *column = view->columns; column->name; column++) {
                if (column->flags & (COLUMN_FILTER | COLUMN_CONTAINS))
                        filter_try(engine, view, column, FILTER_EQUAL);
                if (column->flags & COLUMN_CONTAINS)
                        filter_try(engine, view, column, FILTER_HAS);
        }
}

static void filters(void **state) {
        size_t n;
        const Module *const *list = all_modules(&n);
        Stores s;

        stores_begin(&s, CAPABILITY_ANY);
        Engine engine = { .registry = s.registry, .clock = &clock_real, .digest_kind = DIGEST_SM3 };
        for (StoreId id = STORE_SYSTEM; id <= STORE_REGULATORY; id++) {
                store_make(&s, id);
                engine.stores[id] = s.stores[id];
                for (size_t i = 0; i < n; i++)
                        for (const View *const *view = list[i]->views; view && *view; view++)
                                if ((*view)->store == id)
                                        view_filters(&engine, *view);
                s.stores[id] = store_close(s.stores[id]);
                engine.stores[id] = NULL;
        }
        stores_end(&s);
        findings_none();
}

/* --- columns --- */

static bool has_column(const Rows *rows, const char *name) {
        for (size_t i = 0; i < rows_columns(rows); i++)
                if (strcmp(rows_column_name(rows, i), name) == 0)
                        return true;
        return false;
}

/* landed: fields that stay at home have no column at the upper node. */
static void columns_check(Store *store, const Record *record, bool landed) {
        static const char *const head[] = { "id", "office", "version", "chain_seq" };
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        char sql[256];
        const Query query = { record->name, sql };
        size_t expected = ELEMENTSOF(head);

        snprintf(sql, sizeof(sql), "SELECT * FROM %s WHERE id = 0", record->name);
        assert_int_equal(store_read_begin(store, &tx), 0);
        if (tx_query(tx, &query, SQL_NO_ARGS, &rows) < 0) {
                finding("record %s has no table in the %s store", record->name,
                        store_words[store_id(store)]);
                return;
        }
        for (size_t i = 0; i < ELEMENTSOF(head); i++)
                if (!has_column(rows, head[i]))
                        finding("table %s has no column %s", record->name, head[i]);
        for (size_t i = 0; i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                bool stays = landed && (field->flags & FIELD_LOCAL || field->kind == KIND_SEALED);
                expected += !stays;
                if (has_column(rows, field->name) == stays)
                        finding("table %s of the %s store: column %s %s", record->name,
                                store_words[store_id(store)], field->name,
                                stays ? "must stay at home" : "is missing");
        }
        if (rows_columns(rows) != expected)
                finding("table %s has %zu columns, its record %zu", record->name, rows_columns(rows),
                        expected);
}

static void columns(void **state) {
        size_t n;
        const Module *const *list = all_modules(&n);
        Stores s;

        stores_begin(&s, CAPABILITY_ANY);
        for (StoreId id = STORE_SYSTEM; id <= STORE_REGULATORY; id++) {
                store_make(&s, id);
                for (size_t i = 0; i < n; i++) {
                        for (const Record *const *at = list[i]->records; at && *at; at++)
                                if ((*at)->shape != SHAPE_VALUE && (*at)->store == id)
                                        columns_check(s.stores[id], *at, false);
                        for (const Dataset *const *at = list[i]->datasets;
                                id == STORE_REGULATORY && at && *at; at++)
                                columns_check(s.stores[id], (*at)->record, true);
                }
                s.stores[id] = store_close(s.stores[id]);
        }
        stores_end(&s);
        findings_none();
}

/* --- nobody asks another module's tables --- */

typedef struct Asker {
        const Module *module;
        size_t place; /* in the order of modules */
        const char *query;
} Asker;

static size_t place_of(const Module *module) {
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++)
                if (list[i] == module)
                        return i;
        return n;
}

static void table_asked(void *data, const char *table) {
        const Asker *asker = data;
        bool view = false;
        const Module *owner = table_owner(table, &view);

        /* chain, fact cells and closure are the kernel's own: its folders and the federation may see them */
        if (owner == asker->module || (owner == &module_node && asker->place < KERNEL_MODULES))
                return;
        if (!owner)
                finding("query %s names %s, which no migration makes", asker->query, table);
        else if (!view || strncmp(table, "v_", 2) != 0)
                finding("query %s of %s reads table %s of %s", asker->query, asker->module->name, table,
                        owner->name);
        else if (place_of(owner) > asker->place)
                finding("query %s of %s reads %s of %s, which stands above it", asker->query,
                        asker->module->name, table, owner->name);
}

static void ask(const Module *module, const Query *query) {
        Asker asker = { module, place_of(module), query->name };

        tables_of(query->sql, table_asked, &asker);
}

static const char *const persons[] = { "owner", "ownership", "vault", "vault_index", "person", "login",
        "session" };

typedef struct Sought {
        const char *table;
        bool found;
} Sought;

static void table_sought(void *data, const char *table) {
        Sought *sought = data;

        sought->found = sought->found || strcmp(table, sought->table) == 0;
}

static bool names_table(const char *sql, const char *table) {
        Sought sought = { table, false };

        tables_of(sql, table_sought, &sought);
        return sought.found;
}

/* A finder's queries are listed, and none of them comes near a person's data. */
static void finder_home(const Module *module, const Finder *finder) {
        for (const Query *const *at = finder->queries; *at; at++) {
                bool listed = false;

                for (const Query *const *query = module->queries; query && *query; query++)
                        listed = listed || *query == *at;
                if (!listed)
                        finding("finder %s: query %s is not in its module's list", finder->name,
                                (*at)->name);
                for (size_t i = 0; i < ELEMENTSOF(persons); i++)
                        if (names_table((*at)->sql, persons[i]))
                                finding("finder %s looks into %s", finder->name, persons[i]);
        }
        for (const Column *column = finder->view->columns; column->name; column++)
                if (column->kind == KIND_SEALED)
                        finding("finder %s stands on a view with private values", finder->name);
}

static void home(void **state) {
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++)
                tables_learn(list[i]);
        for (size_t i = 0; i < n; i++) {
                const Module *module = list[i];
                for (const Query *const *at = queries_of(module); at && *at; at++)
                        ask(module, *at);
                for (const View *const *at = module->views; at && *at; at++)
                        ask(module, (*at)->query);
                for (const Finder *at = module->finders; at && at->name; at++)
                        finder_home(module, at);
                for (const Measure *const *at = module->measures; at && *at; at++)
                        if ((*at)->recompute)
                                ask(module, (*at)->recompute);
                for (const Paper *const *at = module->papers; at && *at; at++)
                        ask(module, (*at)->query);
                for (const Invariant *at = module->invariants; at && at->name; at++)
                        if (at->all)
                                ask(module, at->all);
        }
        findings_none();
}

static void each_table(void *data, const char *table) {
        char *text = data;

        strcat(strcat(text, table), " ");
}

/* The reader of SQL itself, or the case above could pass without seeing anything. */
static void reader(void **state) {
        static const struct {
                const char *sql, *tables;
        } cases[] = {
                { "SELECT a FROM b JOIN c ON c.x = b.x LEFT JOIN d e ON 1 = 1", "b c d " },
                { "SELECT a, (SELECT 1 FROM b WHERE z = 'FROM q') FROM c d, e WHERE f IN (SELECT g FROM h)",
                        "b c e h " },
                { "WITH a AS (SELECT 1 FROM b), c (d) AS (SELECT 2 FROM e) SELECT * FROM a, c", "b e " },
                { "WITH RECURSIVE a (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a, b) SELECT n FROM a",
                        "b " },
                { "INSERT INTO a (b) VALUES ($1) ON CONFLICT (b) DO UPDATE SET c = excluded.c", "a " },
                { "UPDATE a SET b = 1 WHERE c IS NOT DISTINCT FROM $1", "a " },
                { "DELETE FROM a WHERE b = $1", "a " },
        };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                char text[256] = "";
                tables_of(cases[i].sql, each_table, text);
                assert_string_equal(text, cases[i].tables);
        }
}

static int group(void) {
        const struct CMUnitTest tests[] = {
                { "nothing of the inner side is declared for an outer node [14.2.6 3.0.4]", outer, NULL,
                        NULL, NULL },
                { "a node of each level starts: its statements prepare", start_checks, NULL, NULL, NULL },
                { "every query prepares on the store it belongs to", queries, NULL, NULL, NULL },
                { "every view answers with every single filter", filters, NULL, NULL, NULL },
                { "tables have the columns of their records", columns, NULL, NULL, NULL },
                { "tables named in SQL are found", reader, NULL, NULL, NULL },
                { "nobody queries another module's tables, and no finder asks for persons [14.3.2]", home,
                        NULL, NULL, NULL },
        };

        return cmocka_run_group_tests_name("registry statements", tests, NULL, NULL);
}

static int harness(const char *script, const char *verb, const char *folder, char *ret_line, size_t size) {
        char command[512];

        snprintf(command, sizeof(command), "'%s' %s '%s/pg'", script, verb, folder);
        FILE *pipe = popen(command, "r");
        if (!pipe)
                return -1;
        if (!fgets(ret_line, (int) size, pipe))
                *ret_line = 0;
        ret_line[strcspn(ret_line, "\n")] = 0;
        int status = pclose(pipe);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int main(int argc, char **argv) {
        char folder[] = "/tmp/fundnode-registry-pg.XXXXXX", line[512];

        if (argc != 3 || strcmp(argv[1], "postgres") != 0)
                return group();
        if (!mkdtemp(folder) || chmod(folder, 0755) < 0)
                return 1;
        int r = harness(argv[2], "start", folder, line, sizeof(line));
        if (r == 77) {
                puts("1..0 # SKIP no PostgreSQL server");
                rmdir(folder);
                return 0;
        }
        if (r == 0) {
                setenv("FUNDNODE_TEST_PG_DSN", line, 1);
                r = group();
        }
        harness(argv[2], "stop", folder, line, sizeof(line));
        rmdir(folder);
        return r;
}
