/* SPDX-License-Identifier: Apache-2.0 */
/* What looking up costs in a store of many apartments: Ctrl+K, a page of the list under each filter, the
 * diagram of a building, each beside the plain statement one would write by hand. Arguments: DSN APARTMENTS
 * ROUNDS; one line of JSON. The rows are written straight into the tables, so no chain covers them: the
 * store is good for reading only. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <essential/essential.h>
#include <internal/engine.h>
#include <modules/modules.h>
#include <node/clock.h>

#include "look-up-query.h"

#define OFFICE 510129
#define ROUNDS_MAX 200
#define VIEWS_MAX 256

typedef struct Bench {
        Engine engine;
        Caller caller;
        const View *views[VIEWS_MAX];
        size_t n_views;
        int64_t apartments;
        int rounds;
        bool postgres;
} Bench;

static int64_t now_us(void) {
        struct timespec now;

        clock_gettime(CLOCK_MONOTONIC, &now);
        return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static void must(int r, const char *what) {
        if (r < 0) {
                fprintf(stderr, "%s: %d\n", what, r);
                exit(1);
        }
}

/* --- the store --- */

static int fill(Tx *tx, void *data) {
        const Bench *bench = data;
        int r = 0;

        for (size_t i = 0; r == 0 && look_up_fill[i]; i++)
                r = tx_exec(tx, look_up_fill[i],
                        SQL_ARGS(value_integer(OFFICE), value_integer(bench->apartments)), NULL);
        return r;
}

static int ready(Tx *tx, void *data) {
        return tx_exec(tx, &look_up_analyze, SQL_NO_ARGS, NULL);
}

static void store_fill(Bench *bench, Store *store) {
        int64_t there = 0;
        Tx *tx;

        must(store_read_begin(store, &tx), "read");
        must(tx_integer(tx, &look_up_count, SQL_NO_ARGS, &there), "count");
        store_read_end(tx);
        if (there > 0)
                return;
        fprintf(stderr, "writing %lld apartments\n", (long long) bench->apartments);
        must(store_write(store, fill, bench), "fill");
        must(store_write(store, ready, bench), "analyze");
}

/* --- one measure: the way through the engine and the plain statement by turns --- */

typedef struct Case {
        const char *name;
        const char *text;                  /* find */
        const char *view, *column, *value; /* list: NULL column: no filter */
        FilterOperator operator;
        bool narrow;        /* the diagram: chosen columns of all rows */
        const Query *plain; /* $1 office, $2 value: by the best index */
        bool number;        /* value is a number */
} Case;

static size_t plain_run(Bench *bench, const Case *one, const Query *query) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        const char *value = one->value ? one->value : "";
        size_t n = 0, bytes = 0;
        int r;

        must(store_read_begin(bench->engine.stores[STORE_BUSINESS], &tx), "read");
        must(tx_query(tx, query,
                     SQL_ARGS(value_integer(OFFICE),
                             one->number ? value_integer(strtoll(value, NULL, 10)) : value_text(value)),
                     &rows),
                one->name);
        while ((r = rows_next(rows)) > 0) {
                for (size_t i = 0; i < rows_columns(rows); i++)
                        bytes += strlen(rows_text(rows, i));
                n++;
        }
        must(r, one->name);
        return bytes > 0 ? n : 0;
}

static size_t engine_run(Bench *bench, const Case *one) {
        json_t *answer = NULL;

        if (one->text) {
                FindCall call = { one->text, bench->views, bench->n_views };

                must(find_json(&bench->engine, &bench->caller, &call, &answer), one->name);
        } else {
                ViewCall call = { .limit = one->narrow ? VIEW_NARROW_MAX : 50 };

                if (one->column)
                        call.filters[call.n_filters++] = (Filter){ one->column, one->operator, one->value };
                if (one->narrow) {
                        static const char *const columns[] = { "id", "unit_id", "unit_name", "room_number",
                                "floor", "covered_area", "state" };

                        memcpy(call.columns, columns, sizeof(columns));
                        call.n_columns = ELEMENTSOF(columns);
                }
                must(view_list_json(&bench->engine, &bench->caller,
                             registry_view(bench->engine.registry, one->view), &call, &answer),
                        one->name);
        }
        char *text = json_dumps(answer, JSON_COMPACT);
        size_t size = strlen(text);
        free(text);
        json_decref(answer);
        return size;
}

static int earlier(const void *a, const void *b) {
        const int64_t *x = a, *y = b;

        return (*x > *y) - (*x < *y);
}

typedef struct Spread {
        int64_t us[ROUNDS_MAX];
} Spread;

static int64_t median(Spread *spread, int rounds) {
        qsort(spread->us, (size_t) rounds, sizeof(*spread->us), earlier);
        return spread->us[rounds / 2];
}

/* Work, the plain statement, and for lists the plain statement that makes the same text, by turns. */
static void measure(Bench *bench, const Case *one, json_t *all) {
        static Spread work, plain, text;
        _cleanup_(arena_freep) Arena *arena = arena_new(1 << 20);
        bool list = one->plain && one->view && !one->narrow;
        Query as_json;
        size_t rows = 0, bytes = engine_run(bench, one);

        if (list)
                must(look_up_as_json(one->plain, bench->postgres, arena, &as_json), one->name);
        if (one->plain)
                rows = plain_run(bench, one, one->plain);
        for (int i = 0; i < bench->rounds; i++) {
                int64_t before = now_us(), after;

                (void) engine_run(bench, one);
                work.us[i] = (after = now_us()) - before;
                if (one->plain)
                        (void) plain_run(bench, one, one->plain);
                plain.us[i] = (before = now_us()) - after;
                if (list)
                        (void) plain_run(bench, one, &as_json);
                text.us[i] = now_us() - before;
        }
        int64_t middle = median(&work, bench->rounds);
        json_t *told = json_pack("{s:I, s:I, s:i}", "median_us", (json_int_t) middle, "longest_us",
                (json_int_t) work.us[bench->rounds - 1], "bytes", (int) bytes);
        if (one->plain) {
                json_object_set_new(told, "plain_us", json_integer(median(&plain, bench->rounds)));
                json_object_set_new(told, "rows", json_integer((json_int_t) rows));
        }
        if (list)
                json_object_set_new(told, "plain_as_json_us", json_integer(median(&text, bench->rounds)));
        json_object_set_new(all, one->name, told);
}

static const Case cases[] = {
        { .name = "find 3-1-1201", .text = "3-1-1201" },
        { .name = "find area 3 1201",
                .text = "量测7区 3 1201",
                .plain = &look_up_plain_place,
                .value = "1201" },
        { .name = "find 1201", .text = "1201" },
        { .name = "find 12", .text = "12" },
        { .name = "find 3-1-1", .text = "3-1-1" },
        { .name = "find every area 1201", .text = "量测 1201" },
        { .name = "find an area", .text = "量测41" },
        { .name = "find nothing", .text = "没有的地方 9-9-9999" },
        { .name = "find a notice", .text = "2026-000123" },
        { .name = "list", .view = "essential.apartments", .plain = &look_up_plain_list },
        { .name = "list by building",
                .view = "essential.apartments",
                .column = "building_id",
                .value = "4100",
                .plain = &look_up_plain_building,
                .number = true },
        { .name = "list by area",
                .view = "essential.apartments",
                .column = "property_area_id",
                .value = "400",
                .plain = &look_up_plain_area,
                .number = true },
        { .name = "list by area name",
                .view = "essential.apartments",
                .column = "area_name",
                .value = "量测400区",
                .plain = &look_up_plain_area_name },
        { .name = "list by part of the area name",
                .view = "essential.apartments",
                .column = "area_name",
                .operator= FILTER_HAS,
                .value = "400",
                .plain = &look_up_plain_area_part },
        { .name = "list by room",
                .view = "essential.apartments",
                .column = "room_number",
                .value = "1201",
                .plain = &look_up_plain_room },
        { .name = "list by building number",
                .view = "essential.apartments",
                .column = "building_name",
                .value = "7",
                .plain = &look_up_plain_building_name },
        { .name = "list by unit number",
                .view = "essential.apartments",
                .column = "unit_name",
                .value = "2",
                .plain = &look_up_plain_unit_name },
        { .name = "list by state nobody has",
                .view = "essential.apartments",
                .column = "state",
                .value = "extinct",
                .plain = &look_up_plain_state,
                .number = false },
        { .name = "list by use nobody has",
                .view = "essential.apartments",
                .column = "use_code",
                .value = "99",
                .plain = &look_up_plain_use },
        { .name = "list by area over all",
                .view = "essential.apartments",
                .column = "covered_area",
                .operator= FILTER_MIN,
                .value = "99999999",
                .plain = &look_up_plain_covered,
                .number = true },
        { .name = "diagram of 2,000",
                .view = "essential.apartments",
                .column = "building_id",
                .value = "9000000",
                .narrow = true,
                .plain = &look_up_plain_diagram,
                .number = true },
};

static void views_take(Bench *bench) {
        size_t n;
        const Module *const *list = registry_modules(bench->engine.registry, &n);

        for (size_t i = 0; i < n; i++)
                for (const View *const *at = list[i]->views; at && *at && bench->n_views < VIEWS_MAX; at++)
                        bench->views[bench->n_views++] = *at;
}

int main(int argc, char **argv) {
        static Bench bench = { .caller = { .office = OFFICE } };
        Registry *registry = NULL;
        Store *store = NULL;
        json_t *all = json_object();

        if (argc < 4) {
                fprintf(stderr, "usage: look-up DSN APARTMENTS ROUNDS [NAME]\n");
                return 2;
        }
        bench.apartments = strtoll(argv[2], NULL, 10);
        bench.postgres = strncmp(argv[1], "sqlite:", 7) != 0;
        bench.rounds = atoi(argv[3]) < ROUNDS_MAX ? atoi(argv[3]) : ROUNDS_MAX;
        must(registry_new(modules, n_modules, CAPABILITY_BUSINESS, &registry), "registry");
        must(store_open(&(StoreOptions){ .id = STORE_BUSINESS,
                                .dsn = argv[1],
                                .clock = &clock_real,
                                .readers = 2,
                                .inline_writer = true },
                     &store),
                "store");
        must(engine_migrate(registry, store), "migrate");
        bench.engine = (Engine){ .registry = registry, .clock = &clock_real, .digest_kind = DIGEST_SM3 };
        bench.engine.stores[STORE_BUSINESS] = store;
        store_fill(&bench, store);
        views_take(&bench);
        for (size_t i = 0; i < ELEMENTSOF(cases); i++)
                if (argc < 5 || strstr(cases[i].name, argv[4]))
                        measure(&bench, &cases[i], all);
        json_dumpf(all, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(all);
        store_close(store);
        registry_free(registry);
        return 0;
}
