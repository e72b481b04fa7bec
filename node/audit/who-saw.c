/* SPDX-License-Identifier: Apache-2.0 */
/* Who saw this household: everybody who had it, or a person behind it, on a page, in a file or on paper. */

#include <stdlib.h>
#include <string.h>

#include <node/text.h>

#include "audit-private.h"

#define PERSONS_BEHIND_MAX 500
#define ANSWERS_MAX 100

/* Rows of the panels on the record's page lead to people: an apartment's ownerships lead to its owners. */
static int panel_persons(Audit *audit, const Caller *caller, const Panel *panel, Id id, AccessIds *ids) {
        Caller system = { .office = caller->office };
        char text[24];
        json_t *list = NULL, *row;
        size_t i;

        snprintf(text, sizeof(text), "%lld", (long long) id.value);
        const ViewCall call = { .filters = { { panel->column, FILTER_EQUAL, text } },
                .n_filters = 1,
                .limit = PERSONS_BEHIND_MAX };
        int r = view_list_json(audit->engine, &system, panel->view, &call, &list);
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        for (const Column *column = panel->view->columns; column->name; column++) {
                const Record *record = access_column_record(audit->engine->registry, panel->view, column);
                int64_t other;

                if (record_private_fields(record) == 0)
                        continue;
                json_array_foreach(json_object_get(list, "rows"), i, row) {
                        const char *value = json_string_value(json_object_get(row, column->name));
                        if (value && integer_parse(value, &other) == 0)
                                access_ids_add(ids, record->number, other);
                }
        }
        json_decref(list);
        return ids->error;
}

static int subjects_find(Audit *audit, const Caller *caller, const SawCall *call, AccessIds *ids) {
        size_t n;
        const Module *const *modules = registry_modules(audit->engine->registry, &n);
        int r = 0;

        access_ids_add(ids, call->record->number, call->id.value);
        for (size_t i = 0; i < n; i++)
                for (const Panel *panel = modules[i]->panels; r == 0 && panel && panel->record; panel++)
                        if (text_equal(panel->record, call->record->name))
                                r = panel_persons(audit, caller, panel, call->id, ids);
        access_ids_order(ids);
        return r < 0 ? r : ids->error;
}

static json_t *access_json(const Registry *registry, const Rows *rows) {
        const char *kind = rows_text(rows, 6), *name = rows_text(rows, 7);
        const char *label = registry_code_label(registry, CODES_DECLARED, name);

        return json_pack("{s:o, s:o, s:o, s:o, s:s, s:s, s:s, s:s, s:o, s:s, s:I, s:s, s:s}", "id",
                number_text(rows_integer(rows, 0)), "instant", number_text(rows_integer(rows, 1)), "office",
                number_text(rows_integer(rows, 2)), "person", number_text(rows_integer(rows, 3)), "address",
                rows_text(rows, 5), "kind", kind, "name", name, "label", label ? label : name, "subject",
                number_text(rows_integer(rows, 8)), "filter", rows_text(rows, 9), "rows",
                (json_int_t) rows_integer(rows, 10), "number", rows_text(rows, 11), "digest",
                rows_text(rows, 12));
}

typedef struct Found {
        const SawCall *call;
        const Registry *registry;
        json_t *accesses;
        int64_t lowest; /* where the answer may go on; 0: nothing is left */
} Found;

static bool within(const SawCall *call, int64_t instant) {
        return instant >= call->from.ms && (call->to.ms == 0 || instant <= call->to.ms);
}

static int saw_one(Tx *tx, const AccessId *subject, Found *found) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int64_t before = found->call->after > 0 ? found->call->after : INT64_MAX, looked = 0;
        size_t n = 0;

        int r = tx_query(tx, &query_access_saw,
                SQL_ARGS(value_integer(subject->record), value_integer(subject->id >> ACCESS_BLOCK_BITS),
                        value_integer(before), value_integer(ACCESS_SCAN_MAX)),
                &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                int64_t id = rows_integer(rows, 0), instant = rows_integer(rows, 1);

                if (instant < found->call->from.ms)
                        return 0; /* what follows is older */
                looked++;
                if (looked == ACCESS_SCAN_MAX || n == ANSWERS_MAX) {
                        found->lowest = id + 1 > found->lowest ? id + 1 : found->lowest;
                        return 0;
                }
                r = within(found->call, instant)
                            ? access_ids_hold(rows_blob(rows, 13), subject->record, subject->id)
                            : 0;
                if (r <= 0)
                        continue;
                n++;
                if (json_array_append_new(found->accesses, access_json(found->registry, rows)) < 0)
                        return -ENOMEM;
        }
        return r;
}

static int64_t id_of(const json_t *item) {
        int64_t id = 0;

        return integer_parse(json_string_value(json_object_get(item, "id")), &id) < 0 ? 0 : id;
}

static int newest_first(const void *left, const void *right) {
        int64_t a = id_of(*(json_t *const *) left), b = id_of(*(json_t *const *) right);

        return a > b ? -1 : a < b;
}

/* Answers of several subjects: by number, each once, none below where one of them stopped looking. */
static int answers_order(Found *found, json_t **ret) {
        size_t n = json_array_size(found->accesses);
        json_t **items = calloc(n + 1, sizeof(*items)), *ordered = json_array(), *next = json_null();
        int64_t last = 0;
        int r = items && ordered ? 0 : -ENOMEM;

        for (size_t i = 0; i < n && r == 0; i++)
                items[i] = json_array_get(found->accesses, i);
        if (r == 0)
                qsort(items, n, sizeof(*items), newest_first);
        for (size_t i = 0; i < n && r == 0; i++) {
                int64_t id = id_of(items[i]);
                if (id == last)
                        continue;
                if (id < found->lowest || json_array_size(ordered) == ANSWERS_MAX) {
                        found->lowest = last > found->lowest ? last : found->lowest;
                        break;
                }
                last = id;
                r = json_array_append(ordered, items[i]) < 0 ? -ENOMEM : 0;
        }
        free(items);
        if (found->lowest > 0)
                next = number_text(found->lowest);
        *ret = r == 0 ? json_pack("{s:o, s:o}", "accesses", ordered, "next", next) : NULL;
        return *ret ? 0 : -ENOMEM;
}

static int ledger_search(Audit *audit, const AccessIds *subjects, Found *found) {
        _cleanup_(store_read_endp) Tx *tx = NULL;

        int r = store_read_begin(audit->engine->stores[STORE_SYSTEM], &tx);
        for (size_t i = 0; i < subjects->n && r >= 0; i++)
                r = saw_one(tx, &subjects->items[i], found);
        return r;
}

int audit_who_saw(Audit *audit, const Caller *caller, const SawCall *call, json_t **ret) {
        AccessIds subjects = { 0 };
        Found found = { .call = call, .registry = audit->engine->registry, .accesses = json_array() };
        json_t *page = NULL;
        Caller system = { .office = caller->office };

        int r = record_page_json(audit->engine, &system, call->record, call->id, &page);
        json_decref(page);
        if (r == 0)
                r = subjects_find(audit, caller, call, &subjects);
        if (r == 0)
                r = audit_flush(audit);
        if (r == 0 || r == -EREADONLY_)
                r = ledger_search(audit, &subjects, &found);
        access_ids_done(&subjects);
        if (r >= 0)
                r = answers_order(&found, ret);
        json_decref(found.accesses);
        if (r == 0)
                r = person_names_fill(audit->engine, json_object_get(*ret, "accesses"));
        return r;
}
