/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by cutting, landing and sessions: the rows of the archive's small tables. */
#include "context.h"

#include <node/error.h>
#include <string.h>

#include "federation-query.h"

Store *context_archive(const Context *context) {
        Store *regulatory = context->engine->stores[STORE_REGULATORY];

        return regulatory ? regulatory : context->engine->stores[STORE_BUSINESS];
}

bool context_hosts(const Context *context, int64_t office) {
        for (size_t i = 0; i < context->n_offices; i++)
                if (context->offices[i] == office)
                        return true;
        return false;
}

bool context_lands(const Context *context, int64_t stream) {
        switch (stream) {
        case STREAM_DETAIL:
                return context->capabilities & CAPABILITY_DETAIL;
        case STREAM_SUPERVISION:
        case STREAM_FACTS:
        case STREAM_ATTESTATION:
                return context->capabilities & (CAPABILITY_DETAIL | CAPABILITY_FACTS);
        default:
                return false;
        }
}

bool stream_goes_on(const Context *context, int64_t stream) {
        if (stream == STREAM_DETAIL)
                return !(context->capabilities & CAPABILITY_DETAIL);
        return stream != STREAM_BACKUP;
}

bool stream_wanted(const Context *context, int64_t office, int64_t stream) {
        if (context_hosts(context, office))
                return stream == STREAM_BACKUP || stream_goes_on(context, stream);
        return stream_goes_on(context, stream);
}

int statement_sign(
        const Context *context, Statement *statement, Arena *arena, Bytes *ret_content, Signature *ret) {
        _cleanup_(buffer_done) Buffer buffer = BUFFER_INIT(STATEMENT_BYTES_MAX);
        const Keys *keys = context->engine->keys;
        uint8_t *copy;
        int r;

        statement->tree = context->tree;
        statement->signer = context->office;
        r = statement_encode(statement, &buffer);
        if (r < 0)
                return r;
        copy = arena_copy(arena, buffer.data, buffer.size);
        if (!copy)
                return -ENOMEM;
        r = keys->sign(keys->data, KEY_IDENTITY, copy, buffer.size, ret);
        if (r < 0)
                return r;
        *ret_content = (Bytes){ copy, buffer.size };
        return 0;
}

int counter_next(Tx *tx, const char *name, int64_t *ret) {
        int r = tx_exec(tx, &query_counter_next, SQL_ARGS(value_text(name)), NULL);

        return r < 0 ? r : tx_integer(tx, &query_counter_get, SQL_ARGS(value_text(name)), ret);
}

static int digest_take(Bytes bytes, Digest *ret) {
        if (bytes.size != sizeof ret->bytes)
                return -EBADMSG;
        memcpy(ret->bytes, bytes.data, sizeof ret->bytes);
        return 0;
}

int stream_get(Tx *tx, int64_t office, int64_t stream, StreamRow *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        *ret = (StreamRow){};
        r = tx_query(tx, &query_stream_get, SQL_ARGS(value_integer(office), value_integer(stream)), &rows);
        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        ret->position = (Position){ rows_integer(rows, 0), rows_integer(rows, 1) };
        ret->chain_last = rows_integer(rows, 3);
        ret->partial = rows_integer(rows, 4);
        ret->landed = rows_integer(rows, 5);
        ret->detail_epoch = rows_integer(rows, 6);
        ret->detail_seq = rows_integer(rows, 7);
        ret->instant_ms = rows_integer(rows, 8);
        return digest_take(rows_blob(rows, 2), &ret->digest);
}

int stream_put(Tx *tx, int64_t office, int64_t stream, const StreamRow *row) {
        return tx_exec(tx, &query_stream_put,
                SQL_ARGS(value_integer(office), value_integer(stream), value_integer(row->position.epoch),
                        value_integer(row->position.seq),
                        value_blob(row->digest.bytes, sizeof row->digest.bytes),
                        value_integer(row->chain_last), value_integer(row->partial),
                        value_integer(row->landed), value_integer(row->detail_epoch),
                        value_integer(row->detail_seq), value_integer(row->instant_ms)),
                NULL);
}

int archive_add(Tx *tx, const BatchBytes *batch, int64_t instant_ms) {
        const BatchHeader *header = batch->header;
        int r;

        r = tx_exec(tx, &query_batch_insert,
                SQL_ARGS(value_integer(header->office), value_integer(header->stream),
                        value_integer(header->epoch), value_integer(header->seq),
                        value_integer(header->kind),
                        value_blob(batch->digest.bytes, sizeof batch->digest.bytes),
                        value_blob(batch->header_bytes.data, batch->header_bytes.size),
                        value_blob(batch->signature.bytes, sizeof batch->signature.bytes),
                        value_blob(batch->body.data ? batch->body.data : (const uint8_t *) "",
                                batch->body.size),
                        value_integer(header->rows),
                        value_integer((int64_t) (batch->header_bytes.size + batch->body.size)),
                        value_integer(instant_ms)),
                NULL);
        if (r < 0)
                return r;
        return tx_exec(tx, &query_receipt_insert,
                SQL_ARGS(value_integer(header->office), value_integer(header->stream),
                        value_integer(header->epoch), value_integer(header->seq),
                        value_blob(batch->digest.bytes, sizeof batch->digest.bytes)),
                NULL);
}

int acknowledgement_put(Tx *tx, const Statement *statement, Bytes content, const Signature *signature) {
        int64_t serial;
        int r = counter_next(tx, "push", &serial);

        if (r < 0)
                return r;
        return tx_exec(tx, &query_ack_put,
                SQL_ARGS(value_integer(statement->office), value_integer(statement->stream),
                        value_integer(statement->signer), value_integer(statement->epoch),
                        value_integer(statement->seq),
                        value_blob(statement->digest.bytes, sizeof statement->digest.bytes),
                        value_integer(statement->landed), value_integer(statement->set_aside),
                        value_integer(statement->instant_ms), value_blob(content.data, content.size),
                        value_blob(signature->bytes, sizeof signature->bytes), value_integer(serial)),
                NULL);
}

int alarm_add(Tx *tx, const Statement *about, const char *kind, int64_t peer, int64_t instant_ms) {
        int64_t serial;
        int r = counter_next(tx, "alarm", &serial);

        if (r < 0)
                return r;
        return tx_exec(tx, &query_alarm_insert,
                SQL_ARGS(value_integer(serial), value_integer(about->office), value_integer(about->stream),
                        value_integer(about->epoch), value_integer(about->seq), value_text(kind),
                        value_integer(peer), value_integer(instant_ms)),
                NULL);
}

int stream_state(Tx *tx, int64_t office, int64_t stream, StreamState *ret) {
        int64_t state;
        int r = tx_integer(
                tx, &query_state_get, SQL_ARGS(value_integer(office), value_integer(stream)), &state);

        if (r < 0 && r != -ENOENT)
                return r;
        *ret = r == -ENOENT ? STREAM_IN_STEP : (StreamState) state;
        return 0;
}

int stream_state_put(Tx *tx, int64_t office, int64_t stream, StreamState state, int64_t instant_ms) {
        return tx_exec(tx, &query_state_put,
                SQL_ARGS(value_integer(office), value_integer(stream), value_integer(state),
                        value_integer(instant_ms)),
                NULL);
}
