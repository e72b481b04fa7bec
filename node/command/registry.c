/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that modules declare, found by name or number. Declarations of all modules exist on every node;
 * commands and views only where the node has one of their capabilities. Checked once, here, so that nothing
 * else needs to. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <internal/log.h>

#include "registry.h"

#define REGISTRY_BYTES_MAX (64u << 20)
#define REGISTRY_ITEMS_MAX 8192u

typedef struct Named {
        const char *name;
        const void *item;
} Named;

typedef struct Names {
        Named *items;
        size_t n;
} Names;

struct Registry {
        Arena *arena;
        unsigned capabilities;
        const Module **modules;
        size_t n_modules;
        Names commands, views, records, errors;
        Statements *statements;  /* by record number */
        const Record **numbered; /* by record number, stored or not */
        size_t n_records, n_statements;
        Query touched[STORE_REGULATORY + 1];
};

static int named_compare(const void *a, const void *b) {
        return strcmp(((const Named *) a)->name, ((const Named *) b)->name);
}

static const void *names_find(const Names *names, const char *name) {
        Named key = { .name = name };
        const Named *found;

        if (!name || names->n == 0)
                return NULL;
        found = bsearch(&key, names->items, names->n, sizeof(Named), named_compare);
        return found ? found->item : NULL;
}

static int names_add(Names *names, const char *name, const void *item) {
        if (names->n == REGISTRY_ITEMS_MAX)
                return -E2BIG;
        names->items[names->n++] = (Named){ .name = name, .item = item };
        return 0;
}

static int names_settle(Names *names, const char *what) {
        qsort(names->items, names->n, sizeof(Named), named_compare);
        for (size_t i = 1; i < names->n; i++)
                if (strcmp(names->items[i - 1].name, names->items[i].name) == 0) {
                        log_error("registry: %s %s is declared twice", what, names->items[i].name);
                        return -EEXIST;
                }
        return 0;
}

bool record_stored(const Record *record) {
        return record->shape != SHAPE_VALUE;
}

static int field_verify(const Record *record, size_t at) {
        const Field *field = &record->fields[at];
        const Field *scope;

        for (size_t i = 0; i < at; i++)
                if (strcmp(record->fields[i].name, field->name) == 0 ||
                        record->fields[i].number >= field->number)
                        return -EEXIST;
        if (field->number <= HEAD_COLUMNS || !field->label)
                return -EINVAL;
        switch (field->kind) {
        case KIND_STATE:
                return field->states ? 0 : -EINVAL;
        case KIND_LINES:
                return record_stored(record) || !field->lines ? -EINVAL : 0;
        case KIND_SEALED:
                scope = field->references ? record_field(record, field->references) : NULL;
                return field->references && (!scope || scope->kind != KIND_ID) ? -EINVAL : 0;
        default:
                return record_stored(record) && field->flags & FIELD_SECRET ? -EINVAL : 0;
        }
}

static int record_verify(const Record *record) {
        for (size_t i = 0; i < record->n_fields; i++) {
                int r = field_verify(record, i);

                if (r < 0) {
                        log_error("registry: field %s.%s is not sound (name, number above the ones before "
                                  "it and "
                                  "above 4, label, states, lines)",
                                record->name, record->fields[i].name);
                        return r;
                }
        }
        if (record->shape == SHAPE_DOCUMENT) {
                const Field *state = record->state ? record_field(record, record->state) : NULL;

                if (!state || state->kind != KIND_STATE || !record->transitions) {
                        log_error("registry: document %s needs a state field and transitions", record->name);
                        return -EINVAL;
                }
        }
        return 0;
}

static bool exists(const Registry *registry, const Module *module, unsigned capabilities) {
        return (module->capabilities & capabilities & registry->capabilities) != 0;
}

static int view_verify(const View *view) {
        bool key = false;

        if (!view->scope || !view->key || !view->query || !view->columns) {
                log_error("registry: view %s needs query, columns, scope and key", view->name);
                return -EINVAL;
        }
        for (const Column *column = view->columns; column->name; column++)
                key = key || strcmp(column->name, view->key) == 0;
        if (!key) {
                log_error("registry: key %s is no column of view %s", view->key, view->name);
                return -EINVAL;
        }
        return 0;
}

static int module_add(Registry *registry, const Module *module) {
        int r = 0;

        for (size_t i = 0; r >= 0 && module->records && module->records[i]; i++) {
                r = record_verify(module->records[i]);
                if (r >= 0)
                        r = names_add(&registry->records, module->records[i]->name, module->records[i]);
        }
        for (size_t i = 0; r >= 0 && module->commands && module->commands[i]; i++)
                if (exists(registry, module, module->commands[i]->capabilities))
                        r = names_add(&registry->commands, module->commands[i]->name, module->commands[i]);
        for (size_t i = 0; r >= 0 && module->views && module->views[i]; i++) {
                r = view_verify(module->views[i]);
                if (r >= 0 && exists(registry, module, module->views[i]->capabilities))
                        r = names_add(&registry->views, module->views[i]->name, module->views[i]);
        }
        for (const ErrorText *error = module->errors; r >= 0 && error && error->code; error++)
                r = names_add(&registry->errors, error->code, error);
        return r;
}

static int numbered_compare(const void *a, const void *b) {
        const Record *const *x = a, *const *y = b;

        return ((*x)->number > (*y)->number) - ((*x)->number < (*y)->number);
}

static int records_settle(Registry *registry) {
        int r;

        registry->n_records = registry->records.n;
        for (size_t i = 0; i < registry->n_records; i++)
                registry->numbered[i] = registry->records.items[i].item;
        qsort(registry->numbered, registry->n_records, sizeof(Record *), numbered_compare);
        for (size_t i = 0; i < registry->n_records; i++) {
                const Record *record = registry->numbered[i];

                if (i > 0 && record->number == registry->numbered[i - 1]->number && record->number != 0) {
                        log_error("registry: %s and %s have the same number",
                                registry->numbered[i - 1]->name, record->name);
                        return -EEXIST;
                }
                if (!record_stored(record))
                        continue;
                if (record->number == 0) {
                        log_error("registry: stored record %s has no number", record->name);
                        return -EINVAL;
                }
                r = statements_build(record, registry->arena, &registry->statements[registry->n_statements]);
                if (r < 0) {
                        log_error("registry: record %s has a unique set of unknown fields", record->name);
                        return r;
                }
                registry->n_statements++;
        }
        return 0;
}

static int registry_alloc(Registry *registry) {
        Names *all[] = { &registry->commands, &registry->views, &registry->records, &registry->errors };

        for (size_t i = 0; i < ELEMENTSOF(all); i++) {
                all[i]->items = ARENA_ARRAY(registry->arena, Named, REGISTRY_ITEMS_MAX);
                if (!all[i]->items)
                        return -ENOMEM;
        }
        registry->statements = ARENA_ARRAY(registry->arena, Statements, REGISTRY_ITEMS_MAX);
        registry->numbered = ARENA_ARRAY(registry->arena, const Record *, REGISTRY_ITEMS_MAX);
        return registry->statements && registry->numbered ? 0 : -ENOMEM;
}

static int modules_take(Registry *registry, const Module *const *modules, size_t n) {
        bool own = false;

        for (size_t i = 0; i < n; i++)
                own = own || modules[i] == &module_node;
        registry->modules = ARENA_ARRAY(registry->arena, const Module *, n + 1);
        if (!registry->modules)
                return -ENOMEM;
        if (!own)
                registry->modules[registry->n_modules++] = &module_node;
        for (size_t i = 0; i < n; i++)
                registry->modules[registry->n_modules++] = modules[i];
        return 0;
}

int registry_new(const Module *const *modules, size_t n, unsigned capabilities, Registry **ret) {
        _cleanup_(registry_freep) Registry *registry = calloc(1, sizeof(Registry));
        int r;

        if (!registry)
                return -ENOMEM;
        registry->capabilities = capabilities;
        registry->arena = arena_new(REGISTRY_BYTES_MAX);
        if (!registry->arena)
                return -ENOMEM;
        r = registry_alloc(registry);
        if (r >= 0)
                r = modules_take(registry, modules, n);
        for (size_t i = 0; r >= 0 && i < registry->n_modules; i++)
                r = module_add(registry, registry->modules[i]);
        if (r >= 0)
                r = names_settle(&registry->commands, "command");
        if (r >= 0)
                r = names_settle(&registry->views, "view");
        if (r >= 0)
                r = names_settle(&registry->records, "record");
        if (r >= 0)
                r = names_settle(&registry->errors, "error");
        if (r >= 0)
                r = records_settle(registry);
        for (StoreId store = STORE_SYSTEM; r >= 0 && store <= STORE_REGULATORY; store++)
                r = touched_build(registry, store, registry->arena, &registry->touched[store]);
        if (r < 0)
                return r;
        *ret = TAKE_PTR(registry);
        return 0;
}

Registry *registry_free(Registry *registry) {
        if (registry) {
                arena_free(registry->arena);
                free(registry);
        }
        return NULL;
}

const Command *registry_command(const Registry *registry, const char *name) {
        return names_find(&registry->commands, name);
}

const View *registry_view(const Registry *registry, const char *name) {
        return names_find(&registry->views, name);
}

const Record *registry_record(const Registry *registry, const char *name) {
        return names_find(&registry->records, name);
}

const Record *registry_record_by_number(const Registry *registry, int64_t number) {
        size_t low = 0, high = registry->n_records;

        if (number == 0)
                return NULL;
        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (registry->numbered[middle]->number < number)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low < registry->n_records && registry->numbered[low]->number == number
                       ? registry->numbered[low]
                       : NULL;
}

const Statements *registry_statements(const Registry *registry, const Record *record) {
        size_t low = 0, high = registry->n_statements;

        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (registry->statements[middle].record->number < record->number)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low < registry->n_statements && registry->statements[low].record == record
                       ? &registry->statements[low]
                       : NULL;
}

const Query *registry_touched(const Registry *registry, StoreId store) {
        return &registry->touched[store];
}

const ErrorText *registry_error(const Registry *registry, const char *code) {
        return names_find(&registry->errors, code);
}

const Module *const *registry_modules(const Registry *registry, size_t *ret_n) {
        *ret_n = registry->n_modules;
        return registry->modules;
}

unsigned registry_capabilities(const Registry *registry) {
        return registry->capabilities;
}

static const char *declared_label(const Registry *registry, const char *name) {
        const View *view = registry_view(registry, name);
        const Record *record = view ? NULL : registry_record(registry, name);

        for (size_t i = 0; !view && !record && i < registry->n_modules; i++)
                for (const Paper *const *at = registry->modules[i]->papers; at && *at; at++)
                        if (strcmp((*at)->name, name) == 0)
                                return (*at)->label;
        return view ? view->label : record ? record->label : NULL;
}

static const char *importer_label(const Registry *registry, const char *name) {
        for (size_t i = 0; i < registry->n_modules; i++)
                for (const Importer *const *at = registry->modules[i]->importers; at && *at; at++)
                        if (strcmp((*at)->name, name) == 0)
                                return (*at)->label;
        return NULL;
}

bool registry_code_set(const Registry *registry, const char *set) {
        if (strcmp(set, CODES_DECLARED) == 0 || strcmp(set, CODES_IMPORTER) == 0)
                return true;
        for (size_t i = 0; i < registry->n_modules; i++)
                for (const CodeValue *value = registry->modules[i]->codes; value && value->set; value++)
                        if (strcmp(value->set, set) == 0)
                                return true;
        return false;
}

const char *registry_code_label(const Registry *registry, const char *set, const char *code) {
        if (strcmp(set, CODES_DECLARED) == 0)
                return declared_label(registry, code);
        if (strcmp(set, CODES_IMPORTER) == 0)
                return importer_label(registry, code);
        for (size_t i = 0; i < registry->n_modules; i++)
                for (const CodeValue *value = registry->modules[i]->codes; value && value->set; value++)
                        if (strcmp(value->set, set) == 0 && strcmp(value->code, code) == 0)
                                return value->label;
        return NULL;
}

const Query *registry_code_rows(const Registry *registry) {
        for (size_t i = 0; i < registry->n_modules; i++)
                if (registry->modules[i]->code_rows)
                        return registry->modules[i]->code_rows;
        return NULL;
}

const Query *registry_calendar(const Registry *registry) {
        for (size_t i = 0; i < registry->n_modules; i++)
                if (registry->modules[i]->calendar)
                        return registry->modules[i]->calendar;
        return NULL;
}

const Setting *registry_setting(const Registry *registry, StoreId store, const char *name) {
        for (size_t i = 0; i < registry->n_modules; i++)
                for (const Setting *at = registry->modules[i]->settings; at && at->name; at++)
                        if (at->store == store && strcmp(at->name, name) == 0)
                                return at;
        return NULL;
}
