/* SPDX-License-Identifier: Apache-2.0 */
/* The search of a chain: who changed what, when, by which command, with the fields before and after. */

#include <string.h>

#include <internal/chain-kernel.h>
#include <node/text.h>

#include "audit-private.h"

#define TRAIL_LIMIT_STANDARD 50u
#define CHANGES_SHOWN_MAX 100u

enum { C_SEQ, C_INSTANT, C_OFFICE, C_PERSON, C_COMMAND, C_KEY, C_BODY_DIGEST, C_HEAD, C_BODY };

typedef struct Trail {
        Audit *audit;
        const TrailCall *call;
        Tx *tx;
        Arena *scratch;
        json_t *entries;
        size_t limit;
        int64_t next;
} Trail;

static json_t *hex_text(Bytes bytes) {
        char hex[2 * sizeof(Digest) + 1] = "";

        if (bytes.size == sizeof(Digest))
                hex_encode(bytes.data, bytes.size, hex);
        return json_string(hex);
}

static bool change_asked(const TrailCall *call, const ChainChange *change) {
        return !call->record ||
               (change->record == call->record->number && (call->id == 0 || change->id.value == call->id));
}

/* Whether the field asked for differs; a row that came into being changed every field it has. */
static bool field_changed(const TrailCall *call, const json_t *before, const json_t *after) {
        return !call->field ||
               !json_equal(json_object_get(before, call->field), json_object_get(after, call->field));
}

static int change_json(Trail *trail, const ChainChange *change, json_t *changes) {
        const Record *record = registry_record_by_number(trail->audit->engine->registry, change->record);
        json_t *before = json_null(), *after = json_null();
        int r = 0;

        if (record) {
                r = record_version_json(trail->tx, record, change->before, trail->scratch, &before);
                if (r == 0)
                        r = record_version_json(trail->tx, record, change->after, trail->scratch, &after);
        }
        if (r < 0 || !field_changed(trail->call, before, after)) {
                json_decref(before);
                json_decref(after);
                return r;
        }
        json_t *item = json_pack("{s:s, s:o, s:o, s:s, s:o, s:o}", "record", record ? record->name : "",
                "id", number_text(change->id.value), "version", number_text(change->version), "reason",
                change->reason, "before", before, "after", after);
        return item && json_array_append_new(changes, item) == 0 ? 1 : -ENOMEM;
}

static int ranges_json(Trail *trail, const ChainEntry *entry, json_t *ranges) {
        for (size_t i = 0; i < entry->n_ranges; i++) {
                const ChainRange *range = &entry->ranges[i];
                const Record *record =
                        registry_record_by_number(trail->audit->engine->registry, range->record);

                if (trail->call->record && range->record != trail->call->record->number)
                        continue;
                json_t *item = json_pack("{s:s, s:o, s:o, s:I}", "record", record ? record->name : "",
                        "first", number_text(range->first.value), "last", number_text(range->last.value),
                        "count", (json_int_t) range->count);
                if (!item || json_array_append_new(ranges, item) < 0)
                        return -ENOMEM;
        }
        return 0;
}

/* 1: shown; 0: does not hold what was asked for. */
static int body_json(Trail *trail, const Rows *rows, json_t *item) {
        Bytes stored = rows_blob(rows, C_BODY);
        ChainEntry entry = { 0 };
        json_t *changes = json_array(), *ranges = json_array();
        size_t matched = 0;

        if (json_object_set_new(item, "changes", changes) < 0 ||
                json_object_set_new(item, "ranges", ranges) < 0)
                return -ENOMEM;
        int r = chain_body_decode(stored, trail->scratch, &entry);
        for (size_t i = 0; i < entry.n_changes && r >= 0; i++) {
                if (!change_asked(trail->call, &entry.changes[i]))
                        continue;
                r = matched < CHANGES_SHOWN_MAX ? change_json(trail, &entry.changes[i], changes) : 0;
                matched += r == 1;
        }
        if (r >= 0 && entry.principal.value != 0 &&
                json_object_set_new(item, "principal", number_text(entry.principal.value)) < 0)
                r = -ENOMEM;
        if (r >= 0 && !trail->call->field)
                r = ranges_json(trail, &entry, ranges);
        if (r >= 0)
                r = json_object_set_new(item, "changes_total", json_integer((json_int_t) entry.n_changes)) <
                                    0
                            ? -ENOMEM
                            : 0;
        return r < 0 ? r : !trail->call->field || matched > 0;
}

static int entry_json(Trail *trail, const Rows *rows) {
        const Command *command =
                registry_command(trail->audit->engine->registry, rows_text(rows, C_COMMAND));
        json_t *item = json_pack("{s:o, s:o, s:o, s:o, s:s, s:s, s:s, s:o, s:o}", "seq",
                number_text(rows_integer(rows, C_SEQ)), "instant",
                number_text(rows_integer(rows, C_INSTANT)), "office",
                number_text(rows_integer(rows, C_OFFICE)), "person",
                number_text(rows_integer(rows, C_PERSON)), "command", rows_text(rows, C_COMMAND), "label",
                command ? command->label : rows_text(rows, C_COMMAND), "key", rows_text(rows, C_KEY), "body",
                hex_text(rows_blob(rows, C_BODY_DIGEST)), "head", hex_text(rows_blob(rows, C_HEAD)));
        int r = item ? body_json(trail, rows, item) : -ENOMEM;

        arena_reset(trail->scratch);
        if (r <= 0) {
                json_decref(item);
                return r;
        }
        return json_array_append_new(trail->entries, item) < 0 ? -ENOMEM : 0;
}

static int pair_read(Tx *tx, const Query *query, const Value *args, size_t n_args, int64_t ret[static 2]) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = tx_query(tx, query, args, n_args, &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -EIO;
        ret[0] = rows_integer(rows, 0);
        ret[1] = rows_integer(rows, 1);
        return 0;
}

/* Numbers between which the page lies; a search that would look at too much ends early and goes on at next.
 */
static int bounds_find(Trail *trail, TrailBounds *ret) {
        const TrailCall *call = trail->call;
        TrailBounds bounds = { .floor = 0, .after = INT64_MAX };
        int64_t pair[2];
        int r = 0;

        if (call->seq > 0)
                bounds = (TrailBounds){ .floor = call->seq, .after = call->seq + 1 };
        else if (call->after > 0)
                bounds.after = call->after;
        if (call->from.ms || call->to.ms) {
                r = pair_read(trail->tx, &trail_query_instants,
                        SQL_ARGS(value_integer(call->from.ms),
                                value_integer(call->to.ms ? call->to.ms : INT64_MAX)),
                        pair);
                if (r < 0)
                        return r;
                bounds.floor = pair[0] > bounds.floor ? pair[0] : bounds.floor;
                bounds.after = pair[1] + 1 < bounds.after ? pair[1] + 1 : bounds.after;
        }
        if (call->record && call->id == 0) {
                r = pair_read(trail->tx, &trail_query_window,
                        SQL_ARGS(value_integer(call->record->number), value_integer(bounds.after),
                                value_integer(TRAIL_SCAN_MAX)),
                        pair);
                if (r == 0 && pair[1] == TRAIL_SCAN_MAX && pair[0] > bounds.floor) {
                        bounds.floor = pair[0];
                        trail->next = pair[0];
                }
        }
        bounds.limit = call->field ? TRAIL_SCAN_MAX : (int64_t) trail->limit + 1;
        *ret = bounds;
        return r;
}

static int trail_read(Trail *trail, const Caller *caller, Arena *arena) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        TrailStatement statement;
        TrailBounds bounds;
        int64_t looked = 0, seq = 0;

        int r = bounds_find(trail, &bounds);
        if (r == 0)
                r = trail_statement(trail->call, caller->office, &bounds, arena, &statement);
        if (r == 0)
                r = tx_query(trail->tx, &statement.query, statement.args, statement.n_args, &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                if (json_array_size(trail->entries) == trail->limit) {
                        trail->next = seq;
                        return 0;
                }
                seq = rows_integer(rows, C_SEQ);
                if (++looked == TRAIL_SCAN_MAX)
                        trail->next = seq;
                r = entry_json(trail, rows);
        }
        return r;
}

int audit_trail(Audit *audit, const Caller *caller, const TrailCall *call, json_t **ret) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20),
                                     *scratch = arena_new(4 * ARENA_REQUEST_BYTES_MAX);
        _cleanup_(store_read_endp) Tx *tx = NULL;
        Trail trail = { .audit = audit,
                .call = call,
                .scratch = scratch,
                .limit = call->limit ? call->limit : TRAIL_LIMIT_STANDARD };

        if (!arena || !scratch)
                return -ENOMEM;
        if (call->store < STORE_SYSTEM || call->store > STORE_REGULATORY || trail.limit > TRAIL_LIMIT_MAX ||
                (call->field && (!call->record || !record_field(call->record, call->field))) ||
                (call->id && !call->record))
                return -EMALFORMED_;
        if (!audit->engine->stores[call->store])
                return -ENOENT;
        int r = store_read_begin(audit->engine->stores[call->store], &tx);
        if (r < 0)
                return r;
        trail.tx = tx;
        trail.entries = json_array();
        r = trail_read(&trail, caller, arena);
        tx = store_read_end(tx);
        if (r >= 0)
                r = person_names_fill(audit->engine, trail.entries);
        json_t *next = trail.next > 0 ? number_text(trail.next) : json_null();
        *ret = json_pack("{s:o, s:o}", "entries", trail.entries, "next", next);
        if (r < 0 || !*ret) {
                json_decref(*ret);
                *ret = NULL;
        }
        return r < 0 ? r : *ret ? 0 : -ENOMEM;
}
