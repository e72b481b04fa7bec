/* SPDX-License-Identifier: Apache-2.0 */
/* What a new office still needs: the steps that modules declare, each with the answer of its own query. */
#include <stdlib.h>
#include <string.h>

#include <node/error.h>

#include "registry.h"
#include "request.h"

#define STEPS_MAX 128u

/* A step exists where its command does. */
static bool step_exists(const Engine *engine, const Step *step) {
        return engine->stores[step->store] && step->capabilities & registry_capabilities(engine->registry) &&
               (!step->command || registry_command(engine->registry, step->command->name) == step->command);
}

static size_t steps_take(const Engine *engine, const Step **ret) {
        size_t n_modules, n = 0;
        const Module *const *modules = registry_modules(engine->registry, &n_modules);

        for (size_t i = 0; i < n_modules; i++)
                for (const Step *step = modules[i]->steps; step && step->name && n < STEPS_MAX; step++)
                        if (step_exists(engine, step))
                                ret[n++] = step;
        return n;
}

static int place_compare(const void *a, const void *b) {
        const Step *const *x = a, *const *y = b;

        return ((*x)->place > (*y)->place) - ((*x)->place < (*y)->place);
}

static json_t *pairs_json(const char *const *pairs) {
        json_t *object = json_object();

        for (; pairs && *pairs; pairs++) {
                const char *equal = strchr(*pairs, '=');
                json_t *value = json_string(equal + 1);

                (void) json_object_setn_new(object, *pairs, (size_t) (equal - *pairs), value);
        }
        return object;
}

static json_t *step_json(const Step *step, bool done) {
        json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:b, s:s?, s:s?}", "name", step->name, "label",
                step->label, "purpose", step->purpose, "clause", step->clause, "done", (int) done, "command",
                step->command ? step->command->name : NULL, "page", step->page);

        (void) json_object_set_new(object, "offers", pairs_json(step->offers));
        if (step->example) {
                (void) json_object_set_new(object, "example", pairs_json(step->example));
                (void) json_object_set_new(object, "example_note", json_string(step->example_note));
        }
        return object;
}

static int step_add(Engine *engine, const Caller *caller, const Step *step, json_t *steps) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int64_t done = 0;
        int r = store_read_begin(engine->stores[step->store], &tx);

        if (r >= 0)
                r = tx_integer(tx, step->done, SQL_ARGS(value_integer(caller->office)), &done);
        if (r < 0)
                return r;
        return json_array_append_new(steps, step_json(step, done > 0)) < 0 ? -ENOMEM : 0;
}

int setup_json(Engine *engine, const Caller *caller, json_t **ret) {
        const Step *list[STEPS_MAX];
        size_t n = caller->organization.value ? 0 : steps_take(engine, list);
        json_t *steps = json_array();
        int r = 0;

        qsort(list, n, sizeof(*list), place_compare);
        for (size_t i = 0; r >= 0 && i < n; i++)
                r = step_add(engine, caller, list[i], steps);
        if (r < 0) {
                json_decref(steps);
                return r;
        }
        *ret = json_pack("{s:o}", "steps", steps);
        return *ret ? 0 : -ENOMEM;
}
