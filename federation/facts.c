/* SPDX-License-Identifier: Apache-2.0 */
/* Figures from fact cells, by child, month, nature, phase or category. Everything is a sum of flows; ratios
 * are made by whoever shows them, from the sums. A county reads its own cells, every tier above the landed
 * ones. */
#include <node/error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "federation-query.h"
#include "service-private.h"

#define MEASURES_MAX 16
#define KEYS_MAX 5000

typedef enum Grouping { BY_CHILD, BY_MONTH, BY_NATURE, BY_PHASE, BY_CATEGORY } Grouping;
typedef enum Period { PERIOD_NOW, PERIOD_YEAR, PERIOD_BEFORE, PERIODS } Period;

typedef struct Figure {
        int64_t key;
        int64_t values[PERIODS][MEASURES_MAX];
        bool present[PERIODS];
} Figure;

typedef struct Facts {
        const Context *context;
        const Directory *directory;
        Tx *tx;
        const Query *queries;
        Grouping grouping;
        int64_t office;
        int32_t from, to;
        const Measure *measures[MEASURES_MAX];
        size_t n_measures;
        Figure *figures;
        size_t n_figures;
} Facts;

static const Measure *measure_named(const Registry *registry, const char *name, size_t size) {
        size_t n;
        const Module *const *modules = registry_modules(registry, &n);

        for (size_t m = 0; m < n; m++)
                for (const Measure *const *measure = modules[m]->measures; measure && *measure; measure++)
                        if (strlen((*measure)->name) == size && memcmp((*measure)->name, name, size) == 0)
                                return *measure;
        return NULL;
}

static int measures_parse(Facts *facts, const char *text) {
        if (text_empty(text))
                return -EINVAL;
        for (const char *at = text;; at++) {
                size_t size = strcspn(at, ",");
                const Measure *measure = measure_named(facts->context->engine->registry, at, size);

                if (!measure || facts->n_measures == MEASURES_MAX)
                        return -EINVAL;
                facts->measures[facts->n_measures++] = measure;
                at += size;
                if (!*at)
                        return 0;
        }
}

static int grouping_parse(const char *text, Grouping *ret) {
        static const char *const names[] = { "child", "month", "nature", "phase", "category" };

        for (size_t i = 0; i < ELEMENTSOF(names); i++)
                if (text && strcmp(text, names[i]) == 0) {
                        *ret = (Grouping) i;
                        return 0;
                }
        return -EINVAL;
}

static int32_t month_shift(int32_t month, int32_t by) {
        int32_t n = month / 100 * 12 + month % 100 - 1 + by;

        return n / 12 * 100 + n % 12 + 1;
}

static Figure *figure_of(Facts *facts, int64_t key) {
        Figure *more;

        for (size_t i = 0; i < facts->n_figures; i++)
                if (facts->figures[i].key == key)
                        return &facts->figures[i];
        if (facts->n_figures == KEYS_MAX)
                return NULL;
        more = realloc(facts->figures, (facts->n_figures + 1) * sizeof *more);
        if (!more)
                return NULL;
        facts->figures = more;
        facts->figures[facts->n_figures] = (Figure){ .key = key };
        return &facts->figures[facts->n_figures++];
}

/* Where a row of this office and key belongs; 0: outside. by child, our own rows stand under our own number.
 */
static int64_t key_of(const Facts *facts, int64_t office, int64_t key, int32_t shift) {
        if (!directory_below(facts->directory, office, facts->office))
                return -1;
        if (facts->grouping == BY_CHILD)
                return office == facts->office ? office
                                               : directory_towards(facts->directory, facts->office, office);
        return facts->grouping == BY_MONTH ? month_shift((int32_t) key, shift) : key;
}

static int collect(Facts *facts, Period period, size_t measure, int32_t shift) {
        int32_t from = facts->from ? month_shift(facts->from, -shift) : 0;
        int32_t to = facts->to ? month_shift(facts->to, -shift) : 999912;
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        r = tx_query(facts->tx, &facts->queries[facts->grouping],
                SQL_ARGS(value_integer(facts->measures[measure]->number), value_integer(from),
                        value_integer(to)),
                &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                int64_t key = key_of(facts, rows_integer(rows, 0), rows_integer(rows, 1), shift);
                Figure *figure;
                int64_t sum;

                if (key < 0)
                        continue;
                figure = figure_of(facts, key);
                if (!figure)
                        return -ENOMEM;
                if (__builtin_add_overflow(figure->values[period][measure], rows_integer(rows, 2), &sum))
                        return -EOVERFLOW;
                figure->values[period][measure] = sum;
                figure->present[period] = true;
        }
        return r;
}

static int collect_all(Facts *facts) {
        bool bounded = facts->from && facts->to;
        int32_t span = bounded ? (facts->to / 100 - facts->from / 100) * 12 + facts->to % 100 -
                                         facts->from % 100 + 1
                               : 1;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < facts->n_measures; i++) {
                r = collect(facts, PERIOD_NOW, i, 0);
                /* By month each month is compared with its own year and month before; else the whole period.
                 */
                if (r >= 0 && (bounded || facts->grouping == BY_MONTH))
                        r = collect(facts, PERIOD_YEAR, i, 12);
                if (r >= 0 && (bounded || facts->grouping == BY_MONTH))
                        r = collect(facts, PERIOD_BEFORE, i, facts->grouping == BY_MONTH ? 1 : span);
        }
        return r;
}

static json_t *values_json(const Facts *facts, const int64_t *values) {
        json_t *object = json_object();
        char text[32];

        for (size_t i = 0; i < facts->n_measures; i++) {
                snprintf(text, sizeof text, "%lld", (long long) values[i]);
                json_object_set_new(object, facts->measures[i]->name, json_string(text));
        }
        return object;
}

static bool has_children(const Facts *facts, int64_t office) {
        for (size_t i = 0; i < directory_count(facts->directory); i++) {
                const Entry *entry = directory_at(facts->directory, i);

                if (entry->parent == office && entry->office != office)
                        return true;
        }
        return false;
}

static json_t *row_json(const Facts *facts, const Figure *figure) {
        const Entry *entry =
                facts->grouping == BY_CHILD ? directory_entry(facts->directory, figure->key) : NULL;
        char key[32], label[48];

        snprintf(key, sizeof key, "%lld", (long long) figure->key);
        if (facts->grouping == BY_MONTH)
                snprintf(label, sizeof label, "%04lld-%02lld", (long long) figure->key / 100,
                        (long long) figure->key % 100);
        else
                snprintf(label, sizeof label, "%s", key);
        return json_pack("{s:s, s:s, s:b, s:o, s:o, s:o}", "key", key, "label", entry ? entry->name : label,
                "has_children",
                facts->grouping == BY_CHILD && figure->key != facts->office
                        ? has_children(facts, figure->key)
                        : 0,
                "values", values_json(facts, figure->values[PERIOD_NOW]), "previous_year",
                figure->present[PERIOD_YEAR] ? values_json(facts, figure->values[PERIOD_YEAR]) : json_null(),
                "previous_period",
                figure->present[PERIOD_BEFORE] ? values_json(facts, figure->values[PERIOD_BEFORE])
                                               : json_null());
}

static int figure_compare(const void *a, const void *b) {
        const Figure *x = a, *y = b;

        return x->key < y->key ? -1 : x->key > y->key;
}

/* A month that appears only as somebody's comparison is not a row of its own. */
static json_t *rows_json(Facts *facts, int64_t *totals) {
        json_t *list = json_array();

        if (facts->n_figures > 0)
                qsort(facts->figures, facts->n_figures, sizeof *facts->figures, figure_compare);
        for (size_t i = 0; i < facts->n_figures; i++) {
                if (!facts->figures[i].present[PERIOD_NOW])
                        continue;
                for (size_t m = 0; m < facts->n_measures; m++)
                        totals[m] += facts->figures[i].values[PERIOD_NOW][m];
                json_array_append_new(list, row_json(facts, &facts->figures[i]));
        }
        return list;
}

static json_t *path_json(const Facts *facts) {
        json_t *list = json_array();
        int64_t office = facts->office;

        for (int depth = 0; depth < 16; depth++) {
                const Entry *entry = directory_entry(facts->directory, office);
                char id[32];

                if (!entry)
                        break;
                snprintf(id, sizeof id, "%lld", (long long) office);
                json_array_insert_new(list, 0, json_pack("{s:s, s:s}", "id", id, "name", entry->name));
                if (entry->parent == office || office == facts->context->office)
                        break;
                office = entry->parent;
        }
        return list;
}

static json_t *as_of_json(const Facts *facts) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        json_t *batches = json_array();
        char text[32];
        int64_t last = 0;

        if (tx_query(facts->tx, &query_stream_list, SQL_NO_ARGS, &rows) == 0)
                while (rows_next(rows) > 0) {
                        const Entry *entry = directory_entry(facts->directory, rows_integer(rows, 0));

                        if (rows_integer(rows, 1) != STREAM_FACTS ||
                                !directory_below(facts->directory, rows_integer(rows, 0), facts->office))
                                continue;
                        if (rows_integer(rows, 6) > last)
                                last = rows_integer(rows, 6);
                        snprintf(text, sizeof text, "%lld", (long long) rows_integer(rows, 0));
                        json_array_append_new(
                                batches, json_pack("{s:s, s:s, s:s, s:I, s:I}", "office", text, "name",
                                                 entry ? entry->name : "", "stream", "facts", "epoch",
                                                 (json_int_t) rows_integer(rows, 2), "seq",
                                                 (json_int_t) rows_integer(rows, 3)));
                }
        snprintf(text, sizeof text, "%lld", (long long) last);
        return json_pack("{s:s, s:o}", "instant", text, "batches", batches);
}

static json_t *facts_json(Facts *facts) {
        static const char *const level_names[] = { "", "county", "city", "province", "national" };
        const Entry *entry = directory_entry(facts->directory, facts->office);
        int64_t totals[MEASURES_MAX] = {};
        json_t *rows = rows_json(facts, totals);
        char id[32];

        snprintf(id, sizeof id, "%lld", (long long) facts->office);
        return json_pack("{s:{s:s, s:s, s:s}, s:o, s:o, s:{s:o}, s:o}", "office", "id", id, "name",
                entry->name, "level", level_names[entry->level], "path", path_json(facts), "rows", rows,
                "total", "values", values_json(facts, totals), "as_of", as_of_json(facts));
}

static bool month_valid(int32_t month) {
        return month == 0 || (month >= 190001 && month <= 219912 && month % 100 >= 1 && month % 100 <= 12);
}

int federation_facts_json(
        FederationService *service, const Caller *caller, const FactsAsk *ask, json_t **ret) {
        const Context *context = &service->context;
        _cleanup_(directory_unrefp) Directory *directory = service_directory(service);
        _cleanup_(store_read_endp) Tx *tx = NULL;
        bool landed = context->engine->stores[STORE_REGULATORY] != NULL;
        Facts facts = { .context = context,
                .directory = directory,
                .from = ask->from,
                .to = ask->to,
                .queries = landed ? query_landed_figures : query_own_figures };
        int64_t root = caller && caller->office ? caller->office : context->office;
        int r;

        facts.office = ask->office ? ask->office : root;
        if (!directory_entry(directory, facts.office) || !directory_below(directory, facts.office, root))
                return -ENOENT;
        r = grouping_parse(ask->by, &facts.grouping);
        if (r == 0)
                r = measures_parse(&facts, ask->measures);
        if (r == 0 && (!month_valid(ask->from) || !month_valid(ask->to) || (ask->to && ask->from > ask->to)))
                r = -EINVAL;
        if (r == 0)
                r = store_read_begin(context_archive(context), &tx);
        if (r < 0)
                return r;
        facts.tx = tx;
        r = collect_all(&facts);
        if (r >= 0) {
                *ret = facts_json(&facts);
                r = *ret ? 0 : -ENOMEM;
        }
        free(facts.figures);
        return r;
}
