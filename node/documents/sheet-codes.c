/* SPDX-License-Identifier: Apache-2.0 */
/* Codes that an office has added are words of its files like those that the program declares (3.0.3). */

#include <string.h>

#include <internal/sheets.h>
#include <node/date.h>
#include <node/text.h>

#define CODES_MAX 10000

static const View *codes_view(const Engine *engine) {
        size_t n;
        const Module *const *modules = registry_modules(engine->registry, &n);

        for (size_t i = 0; i < n; i++)
                if (modules[i]->code_view && registry_view(engine->registry, modules[i]->code_view->name))
                        return modules[i]->code_view;
        return NULL;
}

static char *text_of(const json_t *row, const char *name, Arena *arena) {
        const char *text = json_string_value(json_object_get(row, name));

        return arena_strdup(arena, text ? text : "");
}

static char *name_compared(const json_t *row, Arena *arena) {
        char *name = text_of(row, "name", arena), *to = name;

        if (!name)
                return NULL;
        text_fold_width(name);
        for (const char *from = name; *from; from++)
                if (*from != ' ')
                        *to++ = *from;
        *to = 0;
        return name;
}

/* As the engine's own check has it: from its first day to the day before it ends. */
static bool code_holds(const json_t *row, const char *today) {
        const char *from = json_string_value(json_object_get(row, "valid_from"));
        const char *to = json_string_value(json_object_get(row, "valid_to"));

        return (!from || strcmp(from, today) <= 0) && (!to || strcmp(to, today) > 0);
}

static int page_take(const json_t *page, const char *today, Arena *arena, SheetCode *codes, size_t *n) {
        const json_t *row;
        size_t i;

        json_array_foreach(json_object_get(page, "rows"), i, row) {
                if (!code_holds(row, today))
                        continue;
                if (*n == CODES_MAX)
                        return -E2BIG;
                SheetCode *one = &codes[(*n)++];
                one->set = text_of(row, "code_set", arena);
                one->code = text_of(row, "code", arena);
                one->name = name_compared(row, arena);
                if (!one->set || !one->code || !one->name)
                        return -ENOMEM;
        }
        return 0;
}

int sheet_codes_read(Engine *engine, int64_t office, Arena *arena, const SheetCode **ret) {
        const View *view = codes_view(engine);
        const Caller system = { .office = office };
        ViewCall call = { .limit = VIEW_LIMIT_MAX };
        SheetCode *codes = view ? ARENA_ARRAY(arena, SheetCode, CODES_MAX + 1) : NULL;
        char today[DATE_TEXT_MAX];
        size_t n = 0;
        int r = 0;

        *ret = codes;
        if (!view)
                return 0;
        if (!codes)
                return -ENOMEM;
        date_format(date_of_instant(clock_now(engine->clock)), today);
        do {
                json_t *page = NULL;

                r = view_list_json(engine, &system, view, &call, &page);
                if (r == 0)
                        r = page_take(page, today, arena, codes, &n);
                const char *next = json_string_value(json_object_get(page, "next"));
                call.after = next ? arena_strdup(arena, next) : NULL;
                json_decref(page);
        } while (r == 0 && call.after);
        return r;
}
