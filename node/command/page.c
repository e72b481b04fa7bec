/* SPDX-License-Identifier: Apache-2.0 */
/* One record's page: the row as it stands and its history from the chain. Private values appear as masks. */
#include <string.h>

#include <internal/chain-kernel.h>

#include "command-query.h"
#include "record-json.h"
#include "request.h"

#define HISTORY_MAX 1000u

/* The vault of another office than the row's keeps its masks to itself. */
static int masks_fill(Tx *tx, const Record *record, int64_t office, Arena *arena, void *row) {
        for (size_t i = 0; i < record->n_fields; i++) {
                _cleanup_(rows_closep) Rows *rows = NULL;
                Sealed *sealed;
                int r;

                if (record->fields[i].kind != KIND_SEALED)
                        continue;
                sealed = field_sealed(&record->fields[i], row);
                if (sealed->vault.value == 0)
                        continue;
                r = tx_query(tx, &query_vault_select,
                        SQL_ARGS(value_id(sealed->vault), value_integer(office)), &rows);
                if (r >= 0)
                        r = rows_next(rows);
                if (r < 0)
                        return r;
                if (r == 0)
                        continue;
                sealed->mask = arena_strdup(arena, rows_text(rows, 1));
                if (!sealed->mask)
                        return -ENOMEM;
        }
        return 0;
}

static int row_json(Tx *tx, const Record *record, Arena *arena, void *row, json_t **ret) {
        int r = masks_fill(tx, record, ((RowHead *) row)->office, arena, row);

        if (r < 0)
                return r;
        *ret = record_to_json(record, row);
        return *ret ? 0 : -ENOMEM;
}

int record_version_json(Tx *tx, const Record *record, Bytes bytes, Arena *arena, json_t **ret) {
        void *row;
        int r;

        if (bytes.size == 0) {
                *ret = json_null();
                return 0;
        }
        row = arena_alloc(arena, record->size);
        if (!row)
                return -ENOMEM;
        r = record_decode(record, bytes, arena, row);
        return r < 0 ? r : row_json(tx, record, arena, row, ret);
}

typedef struct PageRead {
        const Engine *engine;
        Tx *tx;
        const Record *record;
        Arena *arena;
} PageRead;

/* Both names where somebody stood in for another; 14.4.2. */
static int actor_json(const PageRead *page, const ChainEntry *entry, json_t *item) {
        const Engine *engine = page->engine;
        const struct {
                const char *id, *name;
                Id person;
        } actors[] = { { "person", "person_name", { entry->header.person } },
                { "principal", "principal_name", entry->principal } };

        for (size_t i = 0; i < ELEMENTSOF(actors); i++) {
                const char *name = NULL;

                if (i > 0 && actors[i].person.value == 0)
                        continue;
                if (actors[i].person.value != 0 && engine->person_name)
                        name = engine->person_name(engine->identity, actors[i].person, page->arena);
                if (json_object_set_new(
                            item, actors[i].id, value_to_json(KIND_ID, NULL, actors[i].person.value)) < 0 ||
                        (name && json_object_set_new(item, actors[i].name, json_string(name)) < 0))
                        return -ENOMEM;
        }
        return 0;
}

static int change_json(
        const PageRead *page, const ChainEntry *entry, const ChainChange *change, json_t *history) {
        const Record *record = page->record;
        Arena *arena = page->arena;
        Tx *tx = page->tx;
        json_t *before = NULL, *after = NULL, *item = json_object();
        int r;

        if (json_array_append_new(history, item) < 0)
                return -ENOMEM;
        r = record_version_json(tx, record, change->before, arena, &before);
        if (r < 0)
                return r;
        r = json_object_set_new(item, "before", before) < 0 ? -ENOMEM : 0;
        if (r >= 0)
                r = record_version_json(tx, record, change->after, arena, &after);
        if (r < 0)
                return r;
        if (json_object_set_new(item, "after", after) < 0 ||
                json_object_set_new(item, "seq", value_to_json(KIND_ID, NULL, entry->header.seq)) < 0 ||
                json_object_set_new(
                        item, "instant", value_to_json(KIND_INSTANT, NULL, entry->header.instant_ms)) < 0 ||
                json_object_set_new(item, "command", json_string(entry->header.command)) < 0 ||
                json_object_set_new(item, "reason", json_string(change->reason)) < 0)
                return -ENOMEM;
        return actor_json(page, entry, item);
}

/* What people call a command; imports and jobs are not in the description. "" when this node has none of the
 * name. */
static int label_add(const Registry *registry, const ChainEntry *entry, json_t *item) {
        const Command *command = registry_command(registry, entry->header.command);

        return json_object_set_new(item, "label", json_string(command ? command->label : "")) < 0 ? -ENOMEM
                                                                                                  : 0;
}

static int history_json(const PageRead *page, Id id, json_t *history) {
        const Record *record = page->record;
        ChainEntry *entries;
        int n;

        n = chain_read_row(page->tx, record->number, id, HISTORY_MAX, page->arena, &entries);
        for (int i = 0; i < n; i++)
                for (size_t k = 0; k < entries[i].n_changes; k++) {
                        const ChainChange *change = &entries[i].changes[k];
                        int r;

                        if (change->record != record->number || change->id.value != id.value)
                                continue;
                        r = change_json(page, &entries[i], change, history);
                        if (r == 0)
                                r = label_add(page->engine->registry, &entries[i],
                                        json_array_get(history, json_array_size(history) - 1));
                        if (r < 0)
                                return r;
                }
        return n < 0 ? n : 0;
}

static int row_read(
        Tx *tx, const Statements *statements, Id id, int64_t office, Arena *arena, void *ret_row) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        r = tx_query(tx, &statements->select_seen, SQL_ARGS(value_id(id), value_integer(office)), &rows);
        if (r >= 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return row_from_columns(statements->record, rows, arena, ret_row);
}

static int page_read(Engine *engine, const Caller *caller, const Statements *statements, Id id, Arena *arena,
        json_t *page) {
        const Record *record = statements->record;
        _cleanup_(store_read_endp) Tx *tx = NULL;
        void *row = arena_alloc(arena, record->size);
        json_t *history, *shown = NULL;
        int r;

        if (!row)
                return -ENOMEM;
        r = store_read_begin(engine->stores[record->store], &tx);
        if (r >= 0)
                r = row_read(tx, statements, id, caller->office, arena, row);
        if (r >= 0)
                r = row_json(tx, record, arena, row, &shown);
        if (r < 0)
                return r;
        history = json_array();
        if (json_object_set_new(page, "row", shown) < 0 || json_object_set_new(page, "history", history) < 0)
                return -ENOMEM;
        return history_json(&(PageRead){ engine, tx, record, arena }, id, history);
}

int record_page_json(Engine *engine, const Caller *caller, const Record *record, Id id, json_t **ret) {
        const Statements *statements = registry_statements(engine->registry, record);
        _cleanup_(arena_freep) Arena *arena = arena_new(4 * ARENA_REQUEST_BYTES_MAX);
        json_t *page;
        int r;

        if (!arena)
                return -ENOMEM;
        if (!statements || !engine->stores[record->store])
                return -ENOENT;
        /* a page shows the whole row and its history: users of organizations have their lists */
        if (caller->organization.value)
                return -EFORBIDDEN_;
        page = json_object();
        r = page_read(engine, caller, statements, id, arena, page);
        if (r < 0) {
                json_decref(page);
                return r;
        }
        *ret = page;
        return 0;
}

static bool row_seen(Tx *tx, const Query *query, Id id, int64_t office) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        return tx_query(tx, query, SQL_ARGS(value_id(id), value_integer(office)), &rows) == 0 &&
               rows_next(rows) > 0;
}

bool record_elsewhere(Engine *engine, const Record *record, Id id, int64_t office) {
        const Statements *statements = registry_statements(engine->registry, record);
        _cleanup_(store_read_endp) Tx *tx = NULL;

        if (!statements || !engine->stores[record->store] ||
                store_read_begin(engine->stores[record->store], &tx) < 0)
                return false;
        return row_seen(tx, &statements->select, id, id_office(id)) &&
               !row_seen(tx, &statements->select_seen, id, office);
}
