/* SPDX-License-Identifier: Apache-2.0 */
/* From chain and ledgers to signed batches. The federation's own writes leave no chain entries here, so a
 * cut never causes the next one. */
#include "cut-private.h"

#include <node/error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "federation-query.h"

#define ROW_BYTES_MAX (256u << 10)

static int cut_begin(Cut *cut, const Context *context, Tx *tx, Arena *arena) {
        int r = stream_get(tx, cut->office, cut->stream, &cut->before);

        if (r < 0 && r != -ENOENT)
                return r;
        cut->context = context;
        cut->tx = tx;
        cut->arena = arena;
        cut->row = (Buffer) BUFFER_INIT(ROW_BYTES_MAX);
        cut->scanned = cut->before.chain_last;
        cut->partial = cut->before.partial;
        batch_packer_init(&cut->packer, context->engine->digest_kind, arena);
        return 0;
}

static void cut_done(Cut *cut) {
        buffer_done(&cut->row);
        batch_packer_done(&cut->packer);
}

/* --- sealing and signing --- */

static int seal_chunks(Cut *cut) {
        const Keys *keys = cut->context->engine->keys;

        for (size_t i = 0; i < cut->packer.n_chunks; i++) {
                BatchChunk *chunk = &cut->packer.chunks[i];
                char place[128];
                Bytes sealed;
                int n, r;

                n = snprintf(place, sizeof place, "backup/%lld/%lld/%lld/%zu", (long long) cut->office,
                        (long long) cut->header.epoch, (long long) cut->header.seq, i);
                r = keys->seal(keys->data, KEY_BACKUP, (Bytes){ (const uint8_t *) place, (size_t) n },
                        cut->packer.packed[i], cut->arena, &sealed);
                if (r < 0)
                        return r;
                if (sealed.size > CHUNK_PACKED_MAX)
                        return -E2BIG;
                cut->packer.packed[i] = sealed;
                chunk->packed = (int64_t) sealed.size;
                r = digest_compute(
                        (DigestKind) cut->header.digest_algorithm, sealed.data, sealed.size, &chunk->digest);
                if (r < 0)
                        return r;
        }
        cut->header.compression = COMPRESSION_ZSTD_SEALED;
        return 0;
}

/* Next number: in the epoch at hand, or the first of one that the parent has granted since. */
static int number_batch(Cut *cut, Tx *tx) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        BatchHeader *header = &cut->header;
        Bytes content, signature;
        Statement grant;
        int r;

        header->epoch = cut->before.position.epoch ? cut->before.position.epoch : 1;
        header->seq = cut->before.position.seq + 1;
        header->previous = cut->before.digest;
        header->kind = BATCH_DELTA;
        r = tx_query(tx, &query_grant_of_stream,
                SQL_ARGS(value_integer(cut->office), value_integer(cut->stream),
                        value_integer(header->epoch)),
                &rows);
        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r <= 0)
                return r;
        content = rows_blob(rows, 1);
        signature = rows_blob(rows, 2);
        header->grant = (Bytes){ arena_copy(cut->arena, content.data, content.size), content.size };
        header->grant_signature =
                (Bytes){ arena_copy(cut->arena, signature.data, signature.size), signature.size };
        if (!header->grant.data || !header->grant_signature.data)
                return -ENOMEM;
        r = statement_decode(header->grant, cut->arena, &grant);
        if (r < 0)
                return r;
        header->epoch = grant.epoch;
        header->seq = 1;
        header->previous = grant.digest;
        header->kind = BATCH_BASELINE;
        return 0;
}

static int sign_batch(Cut *cut) {
        const Keys *keys = cut->context->engine->keys;
        Buffer buffer = BUFFER_INIT(BATCH_HEADER_BYTES_MAX), body = BUFFER_INIT(FEDERATION_FRAME_BYTES_MAX);
        PublicKey key;
        int r;

        r = keys->public_key(keys->data, &key);
        cut->header.signature_algorithm = key.algorithm;
        if (r == 0)
                r = batch_header_encode(&cut->header, &buffer);
        if (r == 0)
                r = batch_body_join(cut->packer.packed, cut->packer.n_chunks, &body);
        if (r == 0) {
                cut->bytes.header = &cut->header;
                cut->bytes.header_bytes =
                        (Bytes){ arena_copy(cut->arena, buffer.data, buffer.size), buffer.size };
                cut->bytes.body = (Bytes){ arena_copy(cut->arena, body.data, body.size), body.size };
                r = cut->bytes.header_bytes.data && cut->bytes.body.data ? 0 : -ENOMEM;
        }
        if (r == 0)
                r = digest_compute((DigestKind) cut->header.digest_algorithm, buffer.data, buffer.size,
                        &cut->bytes.digest);
        if (r == 0)
                r = keys->sign(keys->data, KEY_IDENTITY, cut->bytes.header_bytes.data,
                        cut->bytes.header_bytes.size, &cut->bytes.signature);
        buffer_done(&buffer);
        buffer_done(&body);
        return r;
}

/* The parent has the last batch (or nobody waits for it): then even one row makes the next batch. */
static int last_acknowledged(const Cut *cut, bool *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Position position = {};
        int r;

        *ret = true;
        if (cut->before.position.seq == 0 || cut->parent == 0 ||
                cut->context->engine->stores[STORE_REGULATORY])
                return 0;
        r = tx_query(cut->tx, &query_ack_get,
                SQL_ARGS(value_integer(cut->office), value_integer(cut->stream), value_integer(cut->parent)),
                &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r < 0)
                return r;
        if (r > 0)
                position = (Position){ rows_integer(rows, 0), rows_integer(rows, 1) };
        *ret = position_compare(position, cut->before.position) >= 0;
        return 0;
}

static int cut_finish(Cut *cut) {
        bool acknowledged;
        StreamState state;
        int r;

        if (cut->packer.rows == 0)
                return 0;
        r = last_acknowledged(cut, &acknowledged);
        if (r < 0 || (!acknowledged && !batch_packer_full(&cut->packer)))
                return r;
        r = stream_state(cut->tx, cut->office, cut->stream, &state);
        if (r < 0)
                return r;
        cut->header = (BatchHeader){
                .format = BATCH_FORMAT,
                .tree = cut->context->tree,
                .office = cut->office,
                .stream = cut->stream,
                .chain_first = cut->before.partial > 0 ? cut->before.chain_last : cut->before.chain_last + 1,
                .chain_last = cut->scanned,
                .partial = cut->partial,
                .digest_algorithm = cut->context->engine->digest_kind,
                .instant_ms = clock_now(cut->context->engine->clock).ms,
                .detail_epoch = cut->header.detail_epoch,
                .detail_seq = cut->header.detail_seq,
        };
        r = number_batch(cut, cut->tx);
        /* Ahead or forked: nothing more in this epoch; what a grant opens goes on. */
        if (r == 0 && (state == STREAM_AHEAD || state == STREAM_FORK) && cut->header.grant.size == 0)
                return 0;
        if (r == 0)
                r = batch_packer_finish(&cut->packer, &cut->header);
        if (r == 0 && cut->stream == STREAM_BACKUP)
                r = seal_chunks(cut);
        if (r == 0)
                r = sign_batch(cut);
        if (r == 0)
                cut->ready = true;
        return r;
}

/* --- writing --- */

typedef struct CutWrite {
        Cut *cuts;
        size_t n;
} CutWrite;

static int write_one(Tx *tx, const Cut *cut) {
        StreamRow now, after;
        int r = stream_get(tx, cut->office, cut->stream, &now);

        if (r < 0 && r != -ENOENT)
                return r;
        if (position_compare(now.position, cut->before.position) != 0)
                return -ECONFLICT_;
        after = (StreamRow){
                .position = { cut->header.epoch, cut->header.seq },
                .digest = cut->bytes.digest,
                .chain_last = cut->scanned,
                .partial = cut->partial,
                .landed = cut->before.landed + cut->header.rows,
                .detail_epoch = cut->header.detail_epoch,
                .detail_seq = cut->header.detail_seq,
                .instant_ms = cut->header.instant_ms,
        };
        r = archive_add(tx, &cut->bytes, cut->header.instant_ms);
        if (r == 0)
                r = stream_put(tx, cut->office, cut->stream, &after);
        /* In our own epoch again: whatever was ahead of us is closed. */
        if (r == 0 && cut->header.grant.size > 0)
                r = stream_state_put(tx, cut->office, cut->stream, STREAM_IN_STEP, cut->header.instant_ms);
        return r;
}

static int write_cuts(Tx *tx, void *data) {
        const CutWrite *write = data;

        for (size_t i = 0; i < write->n; i++) {
                int r = write->cuts[i].ready ? write_one(tx, &write->cuts[i]) : 0;

                if (r < 0)
                        return r;
        }
        return 0;
}

static CutMark *mark_of(CutMarks *marks, int64_t office, int64_t stream) {
        for (size_t i = 0; i < marks->n; i++)
                if (marks->marks[i].office == office && marks->marks[i].stream == stream)
                        return &marks->marks[i];
        if (marks->n == ELEMENTSOF(marks->marks))
                return NULL;
        marks->marks[marks->n] = (CutMark){ .office = office, .stream = stream };
        return &marks->marks[marks->n++];
}

/* While a receipt is awaited only a full batch is cut. The walk is repeated once its entries have grown by
 * half, so that all looks together cost a few walks, not one for each commit. */
static int look_is_idle(const Cut *cut, const CutMark *mark, bool *ret) {
        bool acknowledged;
        Digest head;
        int64_t seq;
        int r;

        *ret = false;
        if (mark->looked <= cut->before.chain_last)
                return 0;
        r = last_acknowledged(cut, &acknowledged);
        if (r < 0 || acknowledged)
                return r;
        r = chain_head(cut->tx, &seq, &head);
        if (r == 0)
                *ret = seq - mark->looked <= (mark->looked - cut->before.chain_last) / 2;
        return r;
}

static int build_chain_stream(Cut *cut, CutMarks *marks, bool *ret_end) {
        CutMark *mark = mark_of(marks, cut->office, cut->stream);
        bool idle = false;
        int r = mark ? look_is_idle(cut, mark, &idle) : 0;

        *ret_end = false;
        if (r == 0 && !idle)
                r = cut_walk_chain(cut, mark ? mark->scanned : 0, ret_end);
        if (r < 0 || idle)
                return r;
        if (cut->packer.rows == 0) {
                if (mark && cut->partial == 0)
                        mark->scanned = cut->scanned;
                cut->again = !*ret_end;
                return 0;
        }
        r = cut_finish(cut);
        /* Rows wait for a receipt: the stream has not reached the end. */
        if (r == 0 && !cut->ready) {
                if (mark)
                        mark->looked = *ret_end ? cut->scanned : 0;
                *ret_end = false;
        }
        return r;
}

enum { CUT_DETAIL, CUT_SUPERVISION, CUT_FACTS, CUT_BACKUP, CUTS };

static int build_all(Cut *cuts, CutMarks *marks) {
        bool end, ignored;
        int r;

        r = build_chain_stream(&cuts[CUT_DETAIL], marks, &end);
        if (r == 0)
                r = build_chain_stream(&cuts[CUT_SUPERVISION], marks, &ignored);
        if (r == 0)
                r = build_chain_stream(&cuts[CUT_BACKUP], marks, &ignored);
        if (r < 0 || !end)
                return r;
        Cut *facts = &cuts[CUT_FACTS], *detail = &cuts[CUT_DETAIL];
        facts->header.detail_epoch = detail->ready ? detail->header.epoch : detail->before.position.epoch;
        facts->header.detail_seq = detail->ready ? detail->header.seq : detail->before.position.seq;
        r = cut_walk_facts(facts);
        return r < 0 ? r : cut_finish(facts);
}

static int cut_with(const Context *context, Cut *cuts, size_t n, CutMarks *marks, Arena *arena) {
        Store *store = context->engine->stores[marks ? STORE_BUSINESS : STORE_REGULATORY];
        _cleanup_(store_read_endp) Tx *tx = NULL;
        CutWrite write = { cuts, n };
        bool any = false, again = false;
        int r;

        r = store_read_begin(store, &tx);
        for (size_t i = 0; r == 0 && i < n; i++)
                r = cut_begin(&cuts[i], context, tx, arena);
        if (r == 0 && marks)
                r = build_all(cuts, marks);
        else if (r == 0) {
                r = cut_walk_attestations(&cuts[0]);
                if (r == 0)
                        r = cut_finish(&cuts[0]);
        }
        tx = store_read_end(tx);
        if (r < 0)
                return r;
        for (size_t i = 0; i < n; i++) {
                any = any || cuts[i].ready;
                again = again || cuts[i].again;
        }
        if (!any)
                return again;
        r = store_write(store, write_cuts, &write);
        return r < 0 ? (r == -ECONFLICT_ ? 0 : r) : 1;
}

static int cut_run(const Context *context, Cut *cuts, size_t n, CutMarks *marks) {
        Arena *arena = arena_new(WORK_ARENA_BYTES_MAX);
        int r;

        if (!arena)
                return -ENOMEM;
        r = cut_with(context, cuts, n, marks, arena);
        for (size_t i = 0; i < n; i++)
                cut_done(&cuts[i]);
        arena_free(arena);
        return r;
}

int cut_office(const Context *context, CutMarks *marks, int64_t office, int64_t parent) {
        static const int64_t streams[CUTS] = { STREAM_DETAIL, STREAM_SUPERVISION, STREAM_FACTS,
                STREAM_BACKUP };
        Cut *cuts;
        int r;

        if (!context->engine->stores[STORE_BUSINESS])
                return 0;
        cuts = calloc(CUTS, sizeof *cuts);
        if (!cuts)
                return -ENOMEM;
        for (size_t i = 0; i < CUTS; i++) {
                cuts[i].office = office;
                cuts[i].stream = streams[i];
                cuts[i].parent = parent;
        }
        r = cut_run(context, cuts, CUTS, marks);
        free(cuts);
        return r;
}

int cut_attestations(const Context *context, int64_t parent) {
        Cut *cut;
        int r;

        if (!context->engine->stores[STORE_REGULATORY])
                return 0;
        cut = calloc(1, sizeof *cut);
        if (!cut)
                return -ENOMEM;
        cut->office = context->office;
        cut->stream = STREAM_ATTESTATION;
        cut->parent = parent;
        r = cut_run(context, cut, 1, NULL);
        free(cut);
        return r;
}
