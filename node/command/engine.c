/* SPDX-License-Identifier: Apache-2.0 */
/* What the engine does with a store as a whole: migrations, the check of every statement, the offices'
 * closure. */
#include <string.h>

#include <internal/log.h>

#include "registry.h"
#include "request.h"
#include "view-query.h"

int engine_migrate(const Registry *registry, Store *store) {
        size_t n;
        const Module *const *modules = registry_modules(registry, &n);

        for (size_t i = 0; i < n; i++) {
                const Migration *migration = modules[i]->migrations;

                if (!(modules[i]->capabilities & registry_capabilities(registry)))
                        continue;
                for (; migration && migration->sql; migration++) {
                        int r;

                        if (migration->store != store_id(store))
                                continue;
                        r = store_migrate(store, migration, 1);
                        if (r < 0) {
                                log_error("migration %s: %s", migration->name, strerror(-r));
                                return r;
                        }
                }
        }
        return 0;
}

static int record_prepare(const Registry *registry, const Record *record, Store *store) {
        const Statements *statements = registry_statements(registry, record);
        int r;

        if (!statements || record->store != store_id(store))
                return 0;
        r = store_prepare_check(store, &statements->insert);
        if (r >= 0 && record->shape != SHAPE_LEDGER)
                r = store_prepare_check(store, &statements->update);
        if (r >= 0)
                r = store_prepare_check(store, &statements->select);
        if (r >= 0)
                r = store_prepare_check(store, &statements->select_seen);
        for (size_t i = 0; r >= 0 && i < statements->n_unique; i++)
                r = store_prepare_check(store, &statements->unique[i].select);
        return r;
}

/* With offices beneath; alone is the same column by plain equality. */
static int view_prepare(const View *view, Store *store) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        ViewCall call = { .limit = 1, .sums = true };
        const Scope scope = { .office = 1, .organization = { view->organization ? 1 : 0 } };
        ViewStatement list, totals;
        int r;

        if (view->store != store_id(store))
                return 0;
        if (!arena)
                return -ENOMEM;
        r = view_statement(view, &scope, &call, arena, &list);
        if (r >= 0)
                r = view_totals_statement(view, &scope, &call, arena, &totals);
        if (r >= 0)
                r = store_prepare_check(store, &list.query);
        if (r >= 0)
                r = store_prepare_check(store, &totals.query);
        return r;
}

static int finder_prepare(const Finder *finder, Store *store) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        Query query;
        int r = arena ? 0 : -ENOMEM;

        if (finder->view->store != store_id(store))
                return 0;
        for (const Query *const *at = finder->queries; r >= 0 && *at; at++) {
                r = find_statement(*at, arena, &query);
                if (r >= 0)
                        r = store_prepare_check(store, &query);
        }
        return r;
}

static int module_prepare(const Registry *registry, const Module *module, Store *store) {
        int r = 0;

        for (size_t i = 0; r >= 0 && module->records && module->records[i]; i++)
                r = record_prepare(registry, module->records[i], store);
        for (size_t i = 0; r >= 0 && module->views && module->views[i]; i++)
                if (registry_view(registry, module->views[i]->name))
                        r = view_prepare(module->views[i], store);
        for (const Finder *finder = module->finders; r >= 0 && finder && finder->name; finder++)
                if (registry_view(registry, finder->view->name))
                        r = finder_prepare(finder, store);
        for (const Step *step = module->steps; r >= 0 && step && step->name; step++)
                if (step->store == store_id(store))
                        r = store_prepare_check(store, step->done);
        for (const Invariant *invariant = module->invariants; r >= 0 && invariant && invariant->name;
                invariant++)
                if (invariant->all && invariant->store == store_id(store) &&
                        invariant->capabilities & registry_capabilities(registry))
                        r = store_prepare_check(store, invariant->all);
        return r;
}

int engine_prepare_check(const Registry *registry, Store *store) {
        size_t n;
        const Module *const *modules = registry_modules(registry, &n);

        for (size_t i = 0; i < n; i++) {
                int r;

                if (!(modules[i]->capabilities & registry_capabilities(registry)))
                        continue;
                r = module_prepare(registry, modules[i], store);
                if (r < 0) {
                        log_error("module %s has a statement that does not prepare", modules[i]->name);
                        return r;
                }
        }
        const Query *touched = registry_touched(registry, store_id(store));
        int r = touched->sql ? store_prepare_check(store, touched) : 0;
        if (r < 0)
                return r;
        for (size_t i = 0; command_queries[store_id(store)][i]; i++) {
                r = store_prepare_check(store, command_queries[store_id(store)][i]);
                if (r < 0)
                        return r;
        }
        return 0;
}

typedef struct Closure {
        const OfficePair *pairs;
        size_t n;
} Closure;

static int closure_work(Tx *tx, void *data) {
        const Closure *closure = data;
        int r;

        r = tx_exec(tx, &query_closure_clear, SQL_NO_ARGS, NULL);
        for (size_t i = 0; r >= 0 && i < closure->n; i++)
                r = tx_exec(tx, &query_closure_add,
                        SQL_ARGS(value_integer(closure->pairs[i].root),
                                value_integer(closure->pairs[i].office)),
                        NULL);
        return r;
}

int engine_closure_replace(Engine *engine, StoreId store, const OfficePair *pairs, size_t n) {
        Closure closure = { pairs, n };

        if (!engine->stores[store])
                return -ENOENT;
        return store_write(engine->stores[store], closure_work, &closure);
}
