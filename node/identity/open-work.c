/* SPDX-License-Identifier: Apache-2.0 */
/* Work that waits for a person, as the modules declare it; read on the caller's thread, because it lies in
 * other stores than persons do. */

#include <stdio.h>
#include <string.h>

#include "identity-kernel.h"

#define SHOWN_MAX 5u

/* The column by which people know a row: the first that is shown. */
static const Column *shown_column(const View *view) {
        for (const Column *column = view->columns; column->name; column++)
                if (!(column->flags & COLUMN_HIDDEN) && column->kind == KIND_TEXT)
                        return column;
        return NULL;
}

static const char *shown_text(const View *view, const json_t *rows, Arena *arena) {
        const Column *column = shown_column(view);
        char *text = arena_strdup(arena, "");

        for (size_t i = 0; column && text && i < SHOWN_MAX && i < json_array_size(rows); i++) {
                const char *cell = json_string_value(json_object_get(json_array_get(rows, i), column->name));
                if (cell && *cell)
                        text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "", cell);
        }
        return text;
}

static int work_read(
        Engine *engine, int64_t office, const OpenWork *work, Id person, Arena *arena, OpenWorkRow *ret) {
        ViewCall call = { .limit = SHOWN_MAX, .sums = true };
        char id[24];
        json_t *answer;

        snprintf(id, sizeof(id), "%lld", (long long) person.value);
        call.filters[call.n_filters++] = (Filter){ work->person, FILTER_EQUAL, id };
        if (work->column)
                call.filters[call.n_filters++] = (Filter){ work->column, FILTER_EQUAL, work->value };
        int r = view_list_json(engine, &(Caller){ .office = office }, work->view, &call, &answer);
        if (r < 0)
                return r;
        *ret = (OpenWorkRow){ .work = work,
                .count = json_integer_value(json_object_get(answer, "count")),
                .first = shown_text(work->view, json_object_get(answer, "rows"), arena) };
        json_decref(answer);
        return ret->first ? 0 : -ENOMEM;
}

int identity_open_work(
        Engine *engine, int64_t office, Id person, Arena *arena, OpenWorkRow **ret, size_t *ret_n) {
        OpenWorkRow *rows = ARENA_ARRAY(arena, OpenWorkRow, OPEN_WORK_MAX);
        size_t n_modules, n = 0;
        const Module *const *modules = registry_modules(engine->registry, &n_modules);
        int r = 0;

        if (!rows)
                return -ENOMEM;
        for (size_t i = 0; i < n_modules; i++)
                for (const OpenWork *work = modules[i]->open_work; work && work->view; work++) {
                        if (registry_view(engine->registry, work->view->name) != work->view ||
                                !engine->stores[work->view->store])
                                continue;
                        if (n == OPEN_WORK_MAX)
                                return -E2BIG;
                        r = work_read(engine, office, work, person, arena, &rows[n]);
                        if (r < 0)
                                return r;
                        n += rows[n].count > 0;
                }
        *ret = rows;
        *ret_n = n;
        return 0;
}

int prepare_departure_prepare(
        Engine *engine, const Caller *caller, const void *input, Arena *arena, void **ret) {
        const DepartureInput *in = input;
        char *text = arena_strdup(arena, "");
        OpenWorkRow *rows;
        size_t n;

        int r = identity_open_work(engine, caller->office, in->person, arena, &rows, &n);
        for (size_t i = 0; r == 0 && text && i < n; i++)
                text = arena_printf(arena, "%s%s\t%lld\t%s\n", text, rows[i].work->label,
                        (long long) rows[i].count, rows[i].first);
        if (r < 0)
                return r;
        *ret = text;
        return text ? 0 : -ENOMEM;
}
