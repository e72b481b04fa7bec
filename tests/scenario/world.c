/* SPDX-License-Identifier: Apache-2.0 */
/* Why: scenarios need real stores, a fixed clock, and a hand that can spoil the database as an intruder
 * would. */

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <internal/private.h>
#include <node/date.h>

#include "opening.h"
#include "world.h"

#define MODULES_MAX 40
#define DAY_MS INT64_C(86400000)

static Instant world_now(void *data) {
        return (Instant){ ((World *) data)->now_ms++ };
}

static int64_t world_monotonic(void *data) {
        return clock_real.monotonic_ms(clock_real.data);
}

static void world_random(void *data, void *ret, size_t size_bytes) {
        clock_real.random(clock_real.data, ret, size_bytes);
}

int world_day(World *world, const char *day) {
        Date date, epoch;
        int r = date_parse(day, &date);

        if (r == 0)
                r = date_make(1970, 1, 1, &epoch);
        if (r == 0)
                world->now_ms = date_days_between(epoch, date) * DAY_MS + DAY_MS / 6;
        return r;
}

static int postgres_run(const World *world, const char *sql) {
        const char *dsn = world->business_dsn;
        bool prefixed = strncmp(dsn, "postgresql:", 11) == 0 && dsn[11] != '/';
        PGconn *connection = PQconnectdb(prefixed ? dsn + 11 : dsn);
        PGresult *result = PQexec(connection, sql);
        int r = 0;

        if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK) {
                fprintf(stderr, "%s: %s\n", sql, PQerrorMessage(connection));
                r = -EIO;
        }
        PQclear(result);
        PQfinish(connection);
        return r;
}

static int sqlite_run(const World *world, const char *sql) {
        char *error = NULL;
        sqlite3 *db = NULL;
        int r = 0;

        if (sqlite3_open(world->business_dsn + strlen("sqlite:"), &db) != SQLITE_OK ||
                sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
                fprintf(stderr, "%s: %s\n", sql, error ? error : "cannot open");
                r = -EIO;
        }
        sqlite3_free(error);
        sqlite3_close(db);
        return r;
}

static bool travels(const Field *field) {
        return !(field->flags & FIELD_LOCAL) && field->kind != KIND_SEALED && field->kind != KIND_LINES;
}

/* The landed table of a dataset, as the federation makes it from the field list. */
static int landed_table(Store *regulatory, const Record *record) {
        char sql[8000], name[100];
        size_t n = (size_t) snprintf(sql, sizeof(sql),
                "CREATE TABLE %s (office BIGINT NOT NULL, id BIGINT NOT NULL, version BIGINT NOT NULL,"
                " chain_seq BIGINT NOT NULL",
                record->name);

        for (size_t i = 0; i < record->n_fields && n < sizeof(sql); i++) {
                const Field *field = &record->fields[i];
                bool text = field->kind == KIND_TEXT || field->kind == KIND_CODE;
                if (travels(field))
                        n += (size_t) snprintf(sql + n, sizeof(sql) - n, ", %s %s NOT NULL", field->name,
                                text ? "TEXT" : "BIGINT");
        }
        if (n < sizeof(sql))
                n += (size_t) snprintf(sql + n, sizeof(sql) - n, ", PRIMARY KEY (office, id))");
        if (n >= sizeof(sql))
                return -E2BIG;
        snprintf(name, sizeof(name), "landing/%s", record->name);
        return store_migrate(regulatory, &(Migration){ STORE_REGULATORY, name, sql }, 1);
}

static int landed_tables(World *world) {
        size_t n;
        const Module *const *all = registry_modules(world->registry, &n);
        int r = 0;

        for (size_t i = 0; r == 0 && i < n; i++)
                for (size_t k = 0; r == 0 && all[i]->datasets && all[i]->datasets[k]; k++)
                        r = landed_table(world->regulatory, all[i]->datasets[k]->record);
        return r;
}

static int stores_open(World *world) {
        StoreOptions options = {
                .id = STORE_BUSINESS,
                .dsn = world->business_dsn,
                .clock = &world->clock,
                .readers = 2,
                .inline_writer = true,
        };
        int r = store_open(&options, &world->business);

        if (r == 0) {
                options.id = STORE_REGULATORY;
                options.dsn = world->regulatory_dsn;
                r = store_open(&options, &world->regulatory);
        }
        if (r == 0)
                r = landed_tables(world);
        if (r == 0)
                r = engine_migrate(world->registry, world->business);
        if (r == 0)
                r = engine_migrate(world->registry, world->regulatory);
        if (r == 0)
                r = engine_prepare_check(world->registry, world->business);
        if (r == 0)
                r = engine_prepare_check(world->registry, world->regulatory);
        world->engine.stores[STORE_BUSINESS] = world->business;
        world->engine.stores[STORE_REGULATORY] = world->regulatory;
        if (r < 0)
                fprintf(stderr, "stores do not open: %d\n", r);
        return r;
}

static void stores_close(World *world) {
        world->business = store_close(world->business);
        world->regulatory = store_close(world->regulatory);
}

int world_restart(World *world) {
        stores_close(world);
        return stores_open(world);
}

int world_open(World *world, const char *postgres_dsn) {
        int r;

        *world = (World){ .office = 510129, .postgres = postgres_dsn != NULL };
        strcpy(world->folder, "/tmp/fundnode-scenario-XXXXXX");
        if (!mkdtemp(world->folder))
                return -errno;
        world->clock = (Clock){ world_now, world_monotonic, world_random, world };
        snprintf(world->regulatory_dsn, sizeof(world->regulatory_dsn), "sqlite:%s/regulatory.db",
                world->folder);
        if (postgres_dsn)
                snprintf(world->business_dsn, sizeof(world->business_dsn), "%s", postgres_dsn);
        else
                snprintf(world->business_dsn, sizeof(world->business_dsn), "sqlite:%s/business.db",
                        world->folder);
        r = world_day(world, "2026-11-23");
        if (r == 0 && postgres_dsn)
                r = postgres_run(world, "SET client_min_messages = warning; DROP SCHEMA IF EXISTS public "
                                        "CASCADE; CREATE SCHEMA public");
        const Module *all[MODULES_MAX + 2];
        if (r == 0 && n_modules > MODULES_MAX)
                r = -E2BIG;
        for (size_t i = 0; r == 0 && i < n_modules; i++)
                all[i] = modules[i];
        all[n_modules] = &module_private;
        all[n_modules + 1] = &module_opening;
        if (r == 0)
                r = registry_new(
                        all, n_modules + 2, CAPABILITY_BUSINESS | CAPABILITY_DETAIL, &world->registry);
        if (r == 0)
                r = keys_simulation(1, &world->keys);
        if (r < 0)
                return r;
        world->engine = (Engine){
                .registry = world->registry,
                .keys = &world->keys,
                .clock = &world->clock,
                .digest_kind = DIGEST_SM3,
                .division = "510129",
        };
        return stores_open(world);
}

void world_close(World *world) {
        char command[128];

        stores_close(world);
        keys_close(&world->keys);
        registry_free(world->registry);
        snprintf(command, sizeof(command), "rm -r '%s'", world->folder);
        if (system(command) != 0)
                fprintf(stderr, "%s stays\n", world->folder);
}

static int triggers_off(const World *world) {
        size_t n;
        const Module *const *all = registry_modules(world->registry, &n);

        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; all[i]->records && all[i]->records[k]; k++) {
                        const Record *record = all[i]->records[k];
                        char sql[300];
                        int r;
                        if (record->shape != SHAPE_LEDGER || record->store != STORE_BUSINESS)
                                continue;
                        if (world->postgres)
                                snprintf(sql, sizeof(sql), "ALTER TABLE %s DISABLE TRIGGER ALL",
                                        record->name);
                        else
                                snprintf(sql, sizeof(sql),
                                        "DROP TRIGGER IF EXISTS %s_no_update; DROP TRIGGER IF EXISTS "
                                        "%s_no_delete",
                                        record->name, record->name);
                        r = world->postgres ? postgres_run(world, sql) : sqlite_run(world, sql);
                        if (r < 0)
                                return r;
                }
        return 0;
}

int world_tamper(World *world, const char *sql) {
        int r;

        stores_close(world);
        r = triggers_off(world);
        if (r == 0)
                r = world->postgres ? postgres_run(world, sql) : sqlite_run(world, sql);
        return r < 0 ? r : stores_open(world);
}

int world_integer(World *world, const char *sql, int64_t *ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        Query query = { sql, sql };
        int r = store_read_begin(world->business, &tx);

        return r < 0 ? r : tx_integer(tx, &query, SQL_NO_ARGS, ret);
}

/* --- landing by hand, and the city's recomputation --- */

typedef struct Landing {
        World *world;
        Tx *from;
        const Record *record;
} Landing;

#define COLUMNS_MAX 64

/* fields[i] is the field of column i, NULL for the head. Number of columns. */
static int columns_text(const Record *record, const Field **fields, char *names, char *places, size_t max) {
        int columns = 4;
        size_t n = (size_t) snprintf(names, max, "id, office, version, chain_seq");
        size_t m = (size_t) snprintf(places, max, "$1, $2, $3, $4");

        for (size_t i = 0; i < record->n_fields && n < max && m < max; i++) {
                if (!travels(&record->fields[i]))
                        continue;
                fields[columns++] = &record->fields[i];
                n += (size_t) snprintf(names + n, max - n, ", %s", record->fields[i].name);
                m += (size_t) snprintf(places + m, max - m, ", $%d", columns);
        }
        return n < max && m < max ? columns : -E2BIG;
}

static int land_work(Tx *tx, void *data) {
        Landing *landing = data;
        _cleanup_(rows_closep) Rows *rows = NULL;
        char names[2000], places[2000], select[2400], insert[4400];
        const Field *fields[COLUMNS_MAX] = { NULL };
        int columns = columns_text(landing->record, fields, names, places, sizeof(names)), r;

        if (columns < 0)
                return columns;
        snprintf(select, sizeof(select), "SELECT %s FROM %s", names, landing->record->name);
        snprintf(insert, sizeof(insert),
                "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (office, id) DO NOTHING", landing->record->name,
                names, places);
        Query from = { select, select }, to = { insert, insert };
        r = tx_query(landing->from, &from, SQL_NO_ARGS, &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                Value values[COLUMNS_MAX];
                for (int i = 0; i < columns; i++) {
                        bool text =
                                fields[i] && (fields[i]->kind == KIND_TEXT || fields[i]->kind == KIND_CODE);
                        values[i] = text ? value_text(rows_text(rows, (size_t) i))
                                         : value_integer(rows_integer(rows, (size_t) i));
                }
                r = tx_exec(tx, &to, values, (size_t) columns, NULL);
        }
        return r;
}

static int land_all(World *world) {
        size_t n;
        const Module *const *all = registry_modules(world->registry, &n);
        int r = 0;

        for (size_t i = 0; r == 0 && i < n; i++)
                for (size_t k = 0; r == 0 && all[i]->datasets && all[i]->datasets[k]; k++) {
                        _cleanup_(store_read_endp) Tx *tx = NULL;
                        Landing landing = { .world = world, .record = all[i]->datasets[k]->record };
                        r = store_read_begin(world->business, &tx);
                        landing.from = tx;
                        if (r == 0)
                                r = store_write(world->regulatory, land_work, &landing);
                }
        return r;
}

/* The county's cell for what the city found. */
static int cell_equal(Tx *business, const World *world, const Measure *measure, const Rows *found) {
        static const Query cell = {
                "test.cell",
                "SELECT value FROM fact_cell WHERE office = $1 AND measure = $2 AND month = $3 AND nature = "
                "$4"
                " AND phase = $5 AND category = $6",
        };
        int64_t value = 0;
        int r = tx_integer(business, &cell,
                SQL_ARGS(value_integer(world->office), value_integer(measure->number),
                        value_integer(rows_integer(found, 0)), value_integer(rows_integer(found, 1)),
                        value_integer(rows_integer(found, 2)), value_integer(rows_integer(found, 3))),
                &value);

        if (r < 0 && r != -ENOENT)
                return r;
        if (value == rows_integer(found, 4))
                return 0;
        fprintf(stderr, "%s of %lld: county %lld, recomputed %lld\n", measure->name,
                (long long) rows_integer(found, 0), (long long) value, (long long) rows_integer(found, 4));
        return 1;
}

static int measure_attest(World *world, Tx *business, Tx *regulatory, const Measure *measure) {
        static const Query months = {
                "test.months",
                "SELECT month, CAST(SUM(value) AS BIGINT) FROM fact_cell WHERE office = $1 AND measure = $2"
                " GROUP BY month ORDER BY month",
        };
        _cleanup_(rows_closep) Rows *rows = NULL;
        int result = 0;
        int r = tx_query(business, &months,
                SQL_ARGS(value_integer(world->office), value_integer(measure->number)), &rows);

        while (r >= 0 && (r = rows_next(rows)) > 0) {
                _cleanup_(rows_closep) Rows *found = NULL;
                int64_t sum = 0;
                r = tx_query(regulatory, measure->recompute,
                        SQL_ARGS(value_integer(world->office), value_integer(rows_integer(rows, 0))),
                        &found);
                while (r >= 0 && (r = rows_next(found)) > 0) {
                        sum += rows_integer(found, 4);
                        r = cell_equal(business, world, measure, found);
                        result |= r > 0;
                }
                if (r >= 0 && sum != rows_integer(rows, 1)) {
                        fprintf(stderr, "%s: recomputed %lld in all, county %lld\n", measure->name,
                                (long long) sum, (long long) rows_integer(rows, 1));
                        result = 1;
                }
        }
        return r < 0 ? r : result;
}

int world_attest(World *world) {
        _cleanup_(store_read_endp) Tx *business = NULL;
        _cleanup_(store_read_endp) Tx *regulatory = NULL;
        size_t n;
        const Module *const *all = registry_modules(world->registry, &n);
        int result = 0;
        int r = land_all(world);

        if (r == 0)
                r = store_read_begin(world->business, &business);
        if (r == 0)
                r = store_read_begin(world->regulatory, &regulatory);
        for (size_t i = 0; r >= 0 && i < n; i++)
                for (size_t k = 0; r >= 0 && all[i]->measures && all[i]->measures[k]; k++) {
                        r = measure_attest(world, business, regulatory, all[i]->measures[k]);
                        result |= r > 0;
                }
        return r < 0 ? r : result;
}
