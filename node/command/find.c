/* SPDX-License-Identifier: Apache-2.0 */
/* One typed text, asked of every module: each says what the text may mean to it, and the rows that the
 * caller may see answer. Persons are found nowhere here; they have lists of their own, which are logged. */
#include <ctype.h>
#include <string.h>

#include <node/error.h>

#include "registry.h"
#include "request.h"

#define FIND_GROUP_HITS 8u
#define FIND_ARGUMENTS_MAX 16u
/* The last character of all: upper bound of what begins with a prefix, in the order of bytes. */
#define TEXT_LAST "\xf4\x8f\xbf\xbf"

const char *text_last_with(const char *text, Arena *arena) {
        return arena_printf(arena, "%s" TEXT_LAST, text);
}

const char *text_pattern_of(const char *text, Arena *arena) {
        char *pattern = arena_alloc(arena, strlen(text) + 3), *to = pattern;

        if (!pattern)
                return NULL;
        *to++ = '%';
        for (; *text; text++)
                if ((unsigned char) *text >= 0x80 || isalnum((unsigned char) *text))
                        *to++ = *text;
                else if (to[-1] != '%')
                        *to++ = '%';
        if (to[-1] != '%')
                *to++ = '%';
        *to = 0;
        return pattern;
}

size_t finder_by_number(
        const Query *query, const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]) {
        Value *args = ARENA_ARRAY(arena, Value, 2);
        const char *last = text_last_with(text, arena);

        if (!text[strcspn(text, "0123456789")] || strchr(text, ' ') || !args || !last)
                return 0;
        args[0] = value_text(text);
        args[1] = value_text(last);
        ret[0] = (FinderCall){ query, args, 2 };
        return 1;
}

static bool hit_known(const json_t *hits, const char *id) {
        const json_t *hit;
        size_t i;

        json_array_foreach(hits, i,
                hit) if (strcmp(json_string_value(json_object_get(hit, "id")), id) == 0) return true;
        return false;
}

static int hit_add(json_t *hits, const Rows *rows) {
        json_t *hit = json_pack("{s:s, s:s, s:s}", "id", rows_text(rows, 0), "title", rows_text(rows, 1),
                "detail", rows_text(rows, 2));

        return json_array_append_new(hits, hit) < 0 ? -ENOMEM : 0;
}

static int call_run(Tx *tx, const FinderCall *call, int64_t office, Arena *arena, json_t *hits) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Value args[FIND_ARGUMENTS_MAX];
        Query query;
        int r;

        if (call->n_args + 2 > FIND_ARGUMENTS_MAX || find_parameters(call->query->sql) != call->n_args)
                return -EINVAL;
        r = find_statement(call->query, arena, &query);
        if (r < 0)
                return r;
        memcpy(args, call->args, call->n_args * sizeof(Value));
        args[call->n_args] = value_integer(office);
        args[call->n_args + 1] = value_integer(FIND_GROUP_HITS + 1);
        r = tx_query(tx, &query, args, call->n_args + 2, &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0 && json_array_size(hits) <= FIND_GROUP_HITS)
                if (!hit_known(hits, rows_text(rows, 0)))
                        r = hit_add(hits, rows);
        return r < 0 ? r : 0;
}

/* The likeliest reading first; a later one only fills what is free. */
static int finder_run(Engine *engine, const Caller *caller, const Finder *finder, const char *text,
        Arena *arena, json_t *groups) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        FinderCall calls[FINDER_CALLS_MAX];
        size_t n = finder->ask(text, arena, calls);
        json_t *hits, *group;
        int r;

        if (n == 0)
                return 0;
        r = store_read_begin(engine->stores[finder->view->store], &tx);
        if (r < 0)
                return r;
        hits = json_array();
        for (size_t i = 0; r >= 0 && i < n && json_array_size(hits) <= FIND_GROUP_HITS; i++)
                r = call_run(tx, &calls[i], caller->office, arena, hits);
        bool more = json_array_size(hits) > FIND_GROUP_HITS;
        if (more)
                (void) json_array_remove(hits, FIND_GROUP_HITS);
        if (r < 0 || json_array_size(hits) == 0) {
                json_decref(hits);
                return r;
        }
        group = json_pack("{s:s, s:s, s:s, s:i, s:b, s:o}", "finder", finder->name, "label", finder->label,
                "record", finder->record, "weight", finder->weight, "more", (int) more, "hits", hits);
        return json_array_append_new(groups, group) < 0 ? -ENOMEM : 0;
}

/* A user of another organization sees rows of his own only; a finder cannot tell which those are. */
static bool may_ask(const Engine *engine, const Caller *caller, const FindCall *call, const Finder *finder) {
        if (caller->organization.value)
                return false;
        if (!registry_view(engine->registry, finder->view->name) || !engine->stores[finder->view->store])
                return false;
        for (size_t i = 0; i < call->n_views; i++)
                if (call->views[i] == finder->view)
                        return true;
        return false;
}

static int groups_fill(Engine *engine, const Caller *caller, const FindCall *call, const char *text,
        Arena *arena, json_t *groups) {
        size_t n;
        const Module *const *modules = registry_modules(engine->registry, &n);

        for (size_t i = 0; i < n; i++)
                for (const Finder *finder = modules[i]->finders; finder && finder->name; finder++) {
                        int r = may_ask(engine, caller, call, finder)
                                        ? finder_run(engine, caller, finder, text, arena, groups)
                                        : 0;

                        if (r < 0)
                                return r;
                }
        return 0;
}

/* Half-width, trimmed, single blanks; NULL: nothing left, or no text. */
static char *text_typed(const char *text, Arena *arena) {
        char *folded, *to;

        if (!text || !text_is_utf8(text, strlen(text)) || text_characters(text) > FINDER_TEXT_MAX)
                return NULL;
        folded = arena_strdup(arena, text);
        if (!folded)
                return NULL;
        text_fold_width(folded);
        to = folded;
        for (const char *from = folded; *from; from++)
                if (*from != ' ' || (to > folded && to[-1] != ' '))
                        *to++ = *from;
        *to = 0;
        return *folded ? folded : NULL;
}

static json_int_t weight(const json_t *group) {
        return json_integer_value(json_object_get(group, "weight"));
}

/* Heaviest first, and the order of the modules among equals. */
static int groups_order(json_t *groups, Arena *arena) {
        size_t n = json_array_size(groups);
        json_t **list = ARENA_ARRAY(arena, json_t *, n + 1);

        if (!list)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++)
                list[i] = json_incref(json_array_get(groups, i));
        for (size_t i = 1; i < n; i++)
                for (size_t k = i; k > 0 && weight(list[k - 1]) < weight(list[k]); k--) {
                        json_t *other = list[k];

                        list[k] = list[k - 1];
                        list[k - 1] = other;
                }
        (void) json_array_clear(groups);
        for (size_t i = 0; i < n; i++)
                (void) json_array_append_new(groups, list[i]);
        return 0;
}

int find_json(Engine *engine, const Caller *caller, const FindCall *call, json_t **ret) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        char *typed = arena ? text_typed(call->text, arena) : NULL;
        json_t *answer, *groups;
        int r;

        if (!arena)
                return -ENOMEM;
        if (!typed)
                return -EMALFORMED_;
        groups = json_array();
        answer = json_pack("{s:s, s:o}", "text", typed, "groups", groups);
        if (!answer)
                return -ENOMEM;
        r = groups_fill(engine, caller, call, typed, arena, groups);
        if (r >= 0)
                r = groups_order(groups, arena);
        if (r < 0) {
                json_decref(answer);
                return r;
        }
        *ret = answer;
        return 0;
}
