/* SPDX-License-Identifier: Apache-2.0 */
/* News from a neighbour: directory entries, which must follow from the root, and rows that stand aside above us. */
#include <node/error.h>
#include <string.h>

#include "federation-query.h"
#include "work-private.h"

typedef struct EntriesWrite {
        Acting *acting;
        const DirectoryMessage *message;
        Directory *directory; /* a picture of our own that grows */
        int64_t now_ms;
} EntriesWrite;

static int write_entry(Tx *tx, EntriesWrite *write, const SignedMessage *message) {
        int64_t serial = directory_serial(write->directory) + 1;
        Bytes content = bytes_of(message->content);
        Signature signature;
        Entry entry;
        int r;

        r = frame_signature(message->signature, &signature);
        if (r == 0)
                r = directory_add(write->directory, content, &signature, serial);
        if (r == -EEXIST)
                return 0;
        if (r == 0)
                r = entry_decode(content, write->acting->arena, &entry);
        if (r < 0)
                return r;
        write->acting->work->changed = true;
        return tx_exec(tx, &query_entry_insert,
                SQL_ARGS(value_integer(serial), value_integer(entry.office), value_integer(entry.version),
                        value_integer(entry.parent), value_integer(entry.block_first),
                        value_integer(entry.block_last), value_blob(content.data, content.size),
                        value_blob(signature.bytes, sizeof signature.bytes),
                        value_integer(write->acting->work->peer)),
                NULL);
}

static int write_entries(Tx *tx, void *data) {
        EntriesWrite *write = data;
        int r = 0;

        for (size_t i = 0; r == 0 && i < write->message->n_entries; i++)
                r = write_entry(tx, write, write->message->entries[i]);
        if (r < 0)
                return r;
        return tx_exec(tx, &query_peer_put,
                SQL_ARGS(value_integer(write->acting->work->peer), value_integer(write->message->upto),
                        value_integer(write->now_ms)),
                NULL);
}

int act_directory(Acting *acting, const DirectoryMessage *message) {
        FederationService *service = acting->service;
        Store *system = acting->context->engine->stores[STORE_SYSTEM];
        EntriesWrite write = { acting, message, NULL, clock_now(acting->context->engine->clock).ms };
        int r;

        if (acting->work->peer == 0)
                return act_fail(acting->work, -EACCES, "directory before hello");
        pthread_mutex_lock(&service->directory_lock);
        r = directory_load(system, &acting->context->root, &write.directory);
        if (r == 0)
                r = store_write(system, write_entries, &write);
        directory_unref(write.directory);
        if (r == 0 && acting->work->changed)
                r = service_directory_reload(service);
        pthread_mutex_unlock(&service->directory_lock);
        return r < 0 ? act_fail(acting->work, r, "directory does not follow") : 0;
}

typedef struct ReturnedWrite {
        const ReturnedMessage *message;
        Arena *arena;
} ReturnedWrite;

static int write_returned_row(Tx *tx, const ReturnedWrite *write, const ReturnedRowMessage *row) {
        const char *code, *field;
        int r = frame_text(row->code, 64, write->arena, &code);

        if (r == 0)
                r = frame_text(row->field, 64, write->arena, &field);
        if (r < 0)
                return r;
        return tx_exec(tx, &query_returned_insert,
                SQL_ARGS(value_integer(write->message->office), value_integer(write->message->holder),
                        value_integer(row->stream), value_integer(row->record), value_integer(row->id),
                        value_integer(row->version), value_integer(row->epoch), value_integer(row->seq),
                        value_text(code), value_text(field)),
                NULL);
}

static int write_returned(Tx *tx, void *data) {
        const ReturnedWrite *write = data;
        const ReturnedMessage *message = write->message;
        int64_t serial;
        int r;

        r = tx_exec(tx, &query_returned_clear,
                SQL_ARGS(value_integer(message->office), value_integer(message->holder)), NULL);
        for (size_t i = 0; r == 0 && i < message->n_rows; i++)
                r = write_returned_row(tx, write, message->rows[i]);
        if (r == 0)
                r = counter_next(tx, "push", &serial);
        if (r < 0)
                return r;
        return tx_exec(tx, &query_returned_total_put,
                SQL_ARGS(value_integer(message->office), value_integer(message->holder),
                        value_integer(message->total), value_integer(serial)),
                NULL);
}

int act_returned(Acting *acting, const ReturnedMessage *message) {
        ReturnedWrite write = { message, acting->arena };

        if (message->n_rows > 500 || message->holder == acting->context->office ||
                !directory_below(acting->directory, message->office, message->holder) ||
                !directory_below(acting->directory, message->office, acting->context->office))
                return act_fail(acting->work, -EMALFORMED_, "returned rows out of place");
        acting->work->changed = true;
        return store_write(context_archive(acting->context), write_returned, &write);
}
