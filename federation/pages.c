/* SPDX-License-Identifier: Apache-2.0 */
/* The federation's pages: the tree with its streams, the batches held here, and one batch with everything
 * that proves it. An office outside the caller's part of the tree does not exist. */
#include <node/error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "federation-query.h"
#include "service-private.h"

#define SILENT_MS INT64_C(900000)
#define LIST_MAX 200

static const char *const state_names[] = { "in_step", "behind", "ahead", "fork", "unknown", "refused" };
static const char *const level_names[] = { "", "county", "city", "province", "national" };

static json_t *text_of(int64_t value) {
        char text[32];

        snprintf(text, sizeof text, "%lld", (long long) value);
        return json_string(text);
}

static json_t *hex_of(Bytes bytes) {
        char *text = malloc(2 * bytes.size + 1);
        json_t *value;

        if (!text)
                return json_null();
        hex_encode(bytes.data ? bytes.data : (const uint8_t *) "", bytes.size, text);
        value = json_string(text);
        free(text);
        return value;
}

static const char *state_name(int64_t state) {
        return state >= 0 && state < (int64_t) ELEMENTSOF(state_names) ? state_names[state] : "unknown";
}

static json_t *receipts_of(Tx *tx, int64_t office, int64_t stream, const Directory *directory) {
        static const Query *const query = &query_ack_list;
        _cleanup_(rows_closep) Rows *rows = NULL;
        json_t *list = json_array();

        if (tx_query(tx, query, SQL_NO_ARGS, &rows) < 0)
                return list;
        while (rows_next(rows) > 0) {
                const Entry *signer = directory_entry(directory, rows_integer(rows, 2));

                if (rows_integer(rows, 0) != office || rows_integer(rows, 1) != stream)
                        continue;
                json_array_append_new(list,
                        json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "office",
                                text_of(rows_integer(rows, 2)), "name", signer ? signer->name : "", "epoch",
                                text_of(rows_integer(rows, 3)), "seq", text_of(rows_integer(rows, 4)),
                                "digest", hex_of(rows_blob(rows, 5)), "landed",
                                text_of(rows_integer(rows, 6)), "set_aside", text_of(rows_integer(rows, 7)),
                                "instant", text_of(rows_integer(rows, 8))));
        }
        return list;
}

/* --- the tree --- */

typedef struct Tree {
        const Context *context;
        const Directory *directory;
        Tx *tx;
        int64_t now_ms, upward; /* our parent, 0 at the root */
} Tree;

static int64_t aside_of(const Tree *tree, int64_t office, int64_t stream) {
        int64_t n = 0;

        if (!tree->context->engine->stores[STORE_REGULATORY] ||
                tx_integer(tree->tx, &query_aside_count,
                        SQL_ARGS(value_integer(office), value_integer(stream)), &n) < 0)
                return 0;
        return n;
}

static json_t *stream_json(const Tree *tree, int64_t office, int64_t stream, const StreamRow *row) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        StreamState state = STREAM_IN_STEP;
        int64_t sent = 0, aside = aside_of(tree, office, stream), instant = 0;
        bool goes_on = tree->upward && stream_wanted(tree->context, office, stream);

        if (tx_query(tree->tx, &query_ack_get,
                    SQL_ARGS(value_integer(office), value_integer(stream), value_integer(tree->upward)),
                    &rows) == 0 &&
                rows_next(rows) > 0) {
                sent = rows_integer(rows, 0) == row->position.epoch ? rows_integer(rows, 1) : 0;
                instant = rows_integer(rows, 5);
                if (context_hosts(tree->context, office) && !tree->context->engine->stores[STORE_REGULATORY])
                        aside = rows_integer(rows, 4);
        }
        rows = rows_close(rows);
        if (stream_state(tree->tx, office, stream, &state) < 0)
                state = STREAM_UNKNOWN;
        return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o}", "stream",
                federation_stream_name(stream), "epoch", text_of(row->position.epoch), "head",
                text_of(row->position.seq), "acknowledged", goes_on ? text_of(sent) : json_null(), "landed",
                text_of(row->landed), "set_aside", text_of(aside), "lag_batches",
                json_integer(goes_on ? row->position.seq - sent : 0), "lag_ms",
                text_of(goes_on && row->position.seq > sent ? tree->now_ms - row->instant_ms : 0),
                "last_instant", text_of(row->instant_ms), "state", state_name(state), "acknowledged_instant",
                instant ? text_of(instant) : json_null(), "receipts",
                receipts_of(tree->tx, office, stream, tree->directory));
}

static json_t *office_json(const Tree *tree, const Entry *entry) {
        json_t *streams = json_array();
        bool self = context_hosts(tree->context, entry->office);
        int64_t last = 0;

        for (int64_t stream = 1; stream <= STREAM_LAST; stream++) {
                StreamRow row;

                if (stream_get(tree->tx, entry->office, stream, &row) < 0)
                        continue;
                json_array_append_new(streams, stream_json(tree, entry->office, stream, &row));
                if (row.instant_ms > last)
                        last = row.instant_ms;
        }
        return json_pack("{s:o, s:s, s:s, s:s, s:o, s:s, s:o, s:b}", "office", text_of(entry->office),
                "name", entry->name, "division_code", entry->division_code, "level",
                level_names[entry->level], "parent", text_of(entry->parent), "status",
                entry->revoked ? "revoked" : "active", "streams", streams, "silent",
                !self && last > 0 && tree->now_ms - last > SILENT_MS);
}

static int64_t root_of(const Context *context, const Caller *caller) {
        return caller && caller->office ? caller->office : context->office;
}

int federation_tree_json(FederationService *service, const Caller *caller, json_t **ret) {
        const Context *context = &service->context;
        _cleanup_(directory_unrefp) Directory *directory = service_directory(service);
        _cleanup_(store_read_endp) Tx *tx = NULL;
        const Entry *self = directory_entry(directory, context->office);
        Tree tree = { context, directory, NULL, clock_now(context->engine->clock).ms,
                self && self->parent != self->office ? self->parent : 0 };
        json_t *list;
        int r;

        if (!self)
                return -ENOENT;
        r = store_read_begin(context_archive(context), &tx);
        if (r < 0)
                return r;
        tree.tx = tx;
        list = json_array();
        for (size_t i = 0; i < directory_count(directory); i++) {
                const Entry *entry = directory_at(directory, i);

                if (directory_below(directory, entry->office, root_of(context, caller)))
                        json_array_append_new(list, office_json(&tree, entry));
        }
        *ret = json_pack("{s:o, s:o}", "self", office_json(&tree, self), "tree", list);
        return *ret ? 0 : -ENOMEM;
}

/* --- batches --- */

typedef struct After {
        int64_t instant_ms, office, stream, epoch, seq;
} After;

static int after_parse(const char *text, After *ret) {
        long long v[5];
        int used = 0;

        *ret = (After){ .instant_ms = INT64_MAX };
        if (text_empty(text))
                return 0;
        if (sscanf(text, "%lld.%lld.%lld.%lld.%lld%n", &v[0], &v[1], &v[2], &v[3], &v[4], &used) != 5 ||
                text[used])
                return -EMALFORMED_;
        *ret = (After){ v[0], v[1], v[2], v[3], v[4] };
        return 0;
}

int federation_batches_json(
        FederationService *service, const Caller *caller, const BatchListAsk *ask, json_t **ret) {
        const Context *context = &service->context;
        _cleanup_(directory_unrefp) Directory *directory = service_directory(service);
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        size_t limit = ask->limit ? ask->limit : 50, seen = 0;
        char next[160] = "";
        json_t *list;
        After after;
        int r;

        if (limit > LIST_MAX)
                return -EINVAL;
        r = after_parse(ask->after, &after);
        if (r == 0)
                r = store_read_begin(context_archive(context), &tx);
        if (r == 0)
                r = tx_query(tx, &query_batch_list,
                        SQL_ARGS(value_integer(ask->office), value_integer(ask->stream),
                                value_integer(after.instant_ms), value_integer(after.office),
                                value_integer(after.stream), value_integer(after.epoch),
                                value_integer(after.seq), value_integer((int64_t) limit)),
                        &rows);
        if (r < 0)
                return r;
        list = json_array();
        while ((r = rows_next(rows)) > 0) {
                int64_t office = rows_integer(rows, 0);

                seen++;
                snprintf(next, sizeof next, "%lld.%lld.%lld.%lld.%lld", (long long) rows_integer(rows, 8),
                        (long long) office, (long long) rows_integer(rows, 1),
                        (long long) rows_integer(rows, 2), (long long) rows_integer(rows, 3));
                if (!directory_below(directory, office, root_of(context, caller)))
                        continue;
                json_array_append_new(list,
                        json_pack("{s:o, s:s, s:o, s:o, s:i, s:o, s:i, s:i, s:o}", "office", text_of(office),
                                "stream", federation_stream_name(rows_integer(rows, 1)), "epoch",
                                text_of(rows_integer(rows, 2)), "seq", text_of(rows_integer(rows, 3)),
                                "kind", (int) rows_integer(rows, 4), "digest", hex_of(rows_blob(rows, 5)),
                                "rows", (int) rows_integer(rows, 6), "bytes", (int) rows_integer(rows, 7),
                                "instant", text_of(rows_integer(rows, 8))));
        }
        *ret = json_pack(
                "{s:o, s:o}", "rows", list, "next", seen == limit ? json_string(next) : json_null());
        return r < 0 ? r : *ret ? 0 : -ENOMEM;
}

/* --- one batch --- */

static json_t *sums_json(const BatchHeader *header) {
        json_t *list = json_array();

        for (size_t i = 0; i < header->n_sums; i++)
                json_array_append_new(
                        list, json_pack("{s:i, s:i, s:o}", "record", (int) header->sums[i].record, "field",
                                      (int) header->sums[i].field, "sum", text_of(header->sums[i].sum)));
        return list;
}

static json_t *chunks_json(const BatchHeader *header) {
        json_t *list = json_array();

        for (size_t i = 0; i < header->n_chunks; i++)
                json_array_append_new(
                        list, json_pack("{s:o, s:i, s:i}", "digest",
                                      hex_of((Bytes){ header->chunks[i].digest.bytes, 32 }), "bytes",
                                      (int) header->chunks[i].packed, "raw", (int) header->chunks[i].raw));
        return list;
}

static json_t *header_json(const BatchHeader *header) {
        return json_pack(
                "{s:i, s:o, s:o, s:s, s:o, s:o, s:o, s:i, s:o, s:o, s:i, s:o, s:o, s:i, s:i, s:i, s:o}",
                "format", (int) header->format, "tree", hex_of((Bytes){ header->tree.bytes, 32 }), "office",
                text_of(header->office), "stream", federation_stream_name(header->stream), "epoch",
                text_of(header->epoch), "seq", text_of(header->seq), "previous",
                hex_of((Bytes){ header->previous.bytes, 32 }), "kind", (int) header->kind, "chain_first",
                text_of(header->chain_first), "chain_last", text_of(header->chain_last), "rows",
                (int) header->rows, "sums", sums_json(header), "chunks", chunks_json(header),
                "signature_algorithm", (int) header->signature_algorithm, "digest_algorithm",
                (int) header->digest_algorithm, "compression", (int) header->compression, "instant",
                text_of(header->instant_ms));
}

/* Checked now, from the bytes that are kept: key by directory, header, every chunk. */
static bool verify_kept(const Directory *directory, const BatchHeader *header, Bytes bytes, Bytes signature,
        Bytes body, Arena *arena) {
        Signature proof;
        PublicKey key;
        Bytes *chunks;
        size_t n;

        if (signature.size != sizeof proof.bytes)
                return false;
        memcpy(proof.bytes, signature.data, sizeof proof.bytes);
        if (directory_key(directory, header->office, header->stream,
                    (Position){ header->epoch, header->seq }, &key) < 0)
                return false;
        if (signature_verify(&key, bytes.data, bytes.size, &proof) < 0)
                return false;
        return batch_body_split(body, arena, &chunks, &n) == 0 && batch_chunks_check(header, chunks, n) == 0;
}

static json_t *aside_json(const Context *context, Tx *tx, const BatchHeader *header) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        json_t *list = json_array();

        if (!context->engine->stores[STORE_REGULATORY] ||
                tx_query(tx, &query_aside_by_batch,
                        SQL_ARGS(value_integer(header->office), value_integer(header->stream),
                                value_integer(header->epoch), value_integer(header->seq)),
                        &rows) < 0)
                return list;
        while (rows_next(rows) > 0) {
                const Record *record =
                        registry_record_by_number(context->engine->registry, rows_integer(rows, 0));

                json_array_append_new(
                        list, json_pack("{s:s, s:o, s:o, s:s, s:s, s:b}", "record",
                                      record ? record->name : "", "id", text_of(rows_integer(rows, 1)),
                                      "version", text_of(rows_integer(rows, 2)), "code", rows_text(rows, 3),
                                      "field", rows_text(rows, 4), "open", rows_integer(rows, 5) != 0));
        }
        return list;
}

static int batch_page(
        const Context *context, const Directory *directory, Tx *tx, Rows *rows, Arena *arena, json_t **ret) {
        Bytes parts[4];
        const Entry *signer;
        BatchHeader header;
        bool verified;
        int r;

        for (size_t i = 0; i < 4; i++) {
                Bytes part = rows_blob(rows, i + 2);

                parts[i] =
                        (Bytes){ arena_copy(arena, part.data ? part.data : (const uint8_t *) "", part.size),
                                part.size };
                if (!parts[i].data)
                        return -ENOMEM;
        }
        rows_close(rows);
        r = batch_header_decode(parts[1], arena, &header);
        if (r < 0)
                return r;
        signer = directory_entry(directory, header.office);
        verified = verify_kept(directory, &header, parts[1], parts[2], parts[3], arena);
        *ret = json_pack("{s:o, s:o, s:o, s:{s:o, s:s}, s:b, s:o, s:o}", "header", header_json(&header),
                "digest", hex_of(parts[0]), "signature", hex_of(parts[2]), "signer", "office",
                text_of(header.office), "name", signer ? signer->name : "", "verified", verified,
                "acknowledgements", receipts_of(tx, header.office, header.stream, directory), "set_aside",
                aside_json(context, tx, &header));
        return *ret ? 0 : -ENOMEM;
}

int federation_batch_json(FederationService *service, const Caller *caller, int64_t office,
        const char *stream, int64_t epoch, int64_t seq, json_t **ret) {
        const Context *context = &service->context;
        _cleanup_(directory_unrefp) Directory *directory = service_directory(service);
        _cleanup_(store_read_endp) Tx *tx = NULL;
        Rows *rows = NULL;
        int64_t number;
        Arena *arena;
        int r;

        if (federation_stream_parse(stream, &number) < 0 ||
                !directory_below(directory, office, root_of(context, caller)))
                return -ENOENT;
        r = store_read_begin(context_archive(context), &tx);
        if (r == 0)
                r = tx_query(tx, &query_batch_get,
                        SQL_ARGS(value_integer(office), value_integer(number), value_integer(epoch),
                                value_integer(seq)),
                        &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0) {
                rows_close(rows);
                return r < 0 ? r : -ENOENT;
        }
        arena = arena_new(WORK_ARENA_BYTES_MAX);
        r = arena ? batch_page(context, directory, tx, rows, arena, ret) : -ENOMEM;
        if (arena)
                arena_free(arena);
        else
                rows_close(rows);
        return r;
}
