/* SPDX-License-Identifier: Apache-2.0 */
/* The sheet of who leaves reads lists by a person's column: one that cannot be filtered would leave the
 * sheet empty and nobody would notice (14.4.3). */
#include <string.h>

#include "all.h"
#include "open-work.h"

static const Column *column_of(const View *view, const char *name) {
        for (const Column *column = view->columns; name && column->name; column++)
                if (strcmp(column->name, name) == 0)
                        return column;
        return NULL;
}

static bool state_known(const Column *column, const char *value) {
        for (const StateName *state = column->states; state && state->name; state++)
                if (strcmp(state->name, value) == 0)
                        return true;
        return false;
}

static void work_check(const Registry *registry, const Module *module, const OpenWork *work) {
        const Column *person = column_of(work->view, work->person),
                     *state = column_of(work->view, work->column);

        if (registry_view(registry, work->view->name) != work->view)
                finding("open work %s of %s: its view is not declared", work->label, module->name);
        if (!person || person->kind != KIND_ID || !(person->flags & COLUMN_FILTER))
                finding("open work %s: %s has no filter column %s with a person", work->label,
                        work->view->name, work->person);
        if (work->column && (!state || !(state->flags & COLUMN_FILTER) || !state_known(state, work->value)))
                finding("open work %s: %s has no filter %s = %s", work->label, work->view->name,
                        work->column, work->value);
}

void open_work(void **state) {
        Registry *registry = all_registry(CAPABILITY_BUSINESS);
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++)
                for (const OpenWork *work = list[i]->open_work; work && work->view; work++)
                        work_check(registry, list[i], work);
        registry_free(registry);
        findings_none();
}
