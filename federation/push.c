/* SPDX-License-Identifier: Apache-2.0 */
/* What a session says of itself: receipts and returned rows downward, directory entries both ways. Tables
 * carry rising serials, so a session only remembers how far it has spoken. */
#include <node/error.h>
#include <string.h>

#include "federation-query.h"
#include "frame.h"
#include "service-private.h"

#define ENTRIES_PER_FRAME 50
#define RETURNED_ROWS_MAX 500
#define RETURNED_PER_PUSH 4

typedef struct Pushing {
        const Context *context;
        const Directory *directory;
        Work *work;
        Arena *arena;
} Pushing;

/* Is this office's news for the child at the other end? */
static bool for_peer(const Pushing *pushing, int64_t office) {
        return directory_below(pushing->directory, office, pushing->work->peer);
}

static SignedMessage *signed_of(Pushing *pushing, Bytes content, Bytes signature) {
        SignedMessage *message = ARENA_NEW(pushing->arena, SignedMessage);
        uint8_t *content_copy = arena_copy(pushing->arena, content.data, content.size);
        uint8_t *signature_copy = arena_copy(pushing->arena, signature.data, signature.size);

        if (!message || !content_copy || !signature_copy)
                return NULL;
        *message = (SignedMessage) FUNDNODE__FEDERATION__V1__SIGNED__INIT;
        message->content = frame_bytes(content_copy, content.size);
        message->signature = frame_bytes(signature_copy, signature.size);
        return message;
}

static int push_acknowledgements(Pushing *pushing, Tx *tx) {
        FrameMessage frame = FUNDNODE__FEDERATION__V1__FRAME__INIT;
        AcknowledgementsMessage list = FUNDNODE__FEDERATION__V1__ACKNOWLEDGEMENTS__INIT;
        SignedMessage *messages[WORK_VERDICTS_MAX];
        _cleanup_(rows_closep) Rows *rows = NULL;
        size_t seen = 0;
        int r;

        r = tx_query(tx, &query_ack_after,
                SQL_ARGS(value_integer(pushing->work->push.acknowledgements),
                        value_integer(WORK_VERDICTS_MAX)),
                &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                seen++;
                pushing->work->push.acknowledgements = rows_integer(rows, 5);
                if (!for_peer(pushing, rows_integer(rows, 0)) ||
                        rows_integer(rows, 2) == pushing->work->peer)
                        continue;
                messages[list.n_statements] = signed_of(pushing, rows_blob(rows, 3), rows_blob(rows, 4));
                if (!messages[list.n_statements++])
                        return -ENOMEM;
        }
        if (r < 0)
                return r;
        if (seen == WORK_VERDICTS_MAX)
                pushing->work->push_more = true;
        if (list.n_statements == 0)
                return 0;
        list.statements = messages;
        frame.body_case = FUNDNODE__FEDERATION__V1__FRAME__BODY_ACKNOWLEDGEMENTS;
        frame.acknowledgements = &list;
        return frame_add(pushing->work, &frame);
}

/* --- returned rows --- */

/* Column numbers differ: our own rows come from what stands aside, others' from what we were told. */
typedef struct ReturnedColumns {
        size_t stream, epoch, seq, record, id, version, code, field;
        int holder; /* column, -1: all are of the one holder */
} ReturnedColumns;

static ReturnedRowMessage *returned_row(Pushing *pushing, Rows *rows, const ReturnedColumns *columns) {
        ReturnedRowMessage *row = ARENA_NEW(pushing->arena, ReturnedRowMessage);
        char *code = arena_strdup(pushing->arena, rows_text(rows, columns->code));
        char *field = arena_strdup(pushing->arena, rows_text(rows, columns->field));

        if (!row || !code || !field)
                return NULL;
        *row = (ReturnedRowMessage) FUNDNODE__FEDERATION__V1__RETURNED_ROW__INIT;
        row->stream = (uint32_t) rows_integer(rows, columns->stream);
        row->epoch = rows_integer(rows, columns->epoch);
        row->seq = rows_integer(rows, columns->seq);
        row->record = (uint32_t) rows_integer(rows, columns->record);
        row->id = rows_integer(rows, columns->id);
        row->version = rows_integer(rows, columns->version);
        row->code = frame_bytes(code, strlen(code));
        row->field = frame_bytes(field, strlen(field));
        return row;
}

static int push_returned_of(Pushing *pushing, Tx *tx, int64_t office, int64_t holder, int64_t total) {
        static const ReturnedColumns own = { 0, 1, 2, 3, 4, 5, 6, 7, -1 },
                                     told = { 1, 5, 6, 2, 3, 4, 7, 8, 0 };
        const ReturnedColumns *columns = holder == pushing->context->office ? &own : &told;
        FrameMessage frame = FUNDNODE__FEDERATION__V1__FRAME__INIT;
        ReturnedMessage message = FUNDNODE__FEDERATION__V1__RETURNED__INIT;
        ReturnedRowMessage **list = ARENA_ARRAY(pushing->arena, ReturnedRowMessage *, RETURNED_ROWS_MAX);
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        if (!list)
                return -ENOMEM;
        r = tx_query(tx, columns == &own ? &query_aside_of : &query_returned_list,
                SQL_ARGS(value_integer(office)), &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0 && message.n_rows < RETURNED_ROWS_MAX) {
                if (columns->holder >= 0 && rows_integer(rows, (size_t) columns->holder) != holder)
                        continue;
                list[message.n_rows] = returned_row(pushing, rows, columns);
                if (!list[message.n_rows++])
                        return -ENOMEM;
        }
        if (r < 0)
                return r;
        message.office = office;
        message.holder = holder;
        message.total = total;
        message.rows = list;
        frame.body_case = FUNDNODE__FEDERATION__V1__FRAME__BODY_RETURNED;
        frame.returned = &message;
        return frame_add(pushing->work, &frame);
}

static int push_returned(Pushing *pushing, Tx *tx) {
        int64_t found[RETURNED_PER_PUSH][4];
        size_t n = 0;
        Rows *rows = NULL;
        int r;

        r = tx_query(tx, &query_returned_after,
                SQL_ARGS(value_integer(pushing->work->push.returned), value_integer(RETURNED_PER_PUSH)),
                &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0 && n < RETURNED_PER_PUSH) {
                for (size_t i = 0; i < 4; i++)
                        found[n][i] = rows_integer(rows, i);
                n++;
        }
        rows_close(rows);
        for (size_t i = 0; r >= 0 && i < n; i++) {
                pushing->work->push.returned = found[i][3];
                if (for_peer(pushing, found[i][0]) && found[i][1] != pushing->work->peer)
                        r = push_returned_of(pushing, tx, found[i][0], found[i][1], found[i][2]);
        }
        if (n == RETURNED_PER_PUSH)
                pushing->work->push_more = true;
        return r < 0 ? r : 0;
}

static int push_directory(Pushing *pushing) {
        FrameMessage frame = FUNDNODE__FEDERATION__V1__FRAME__INIT;
        DirectoryMessage message = FUNDNODE__FEDERATION__V1__DIRECTORY__INIT;
        SignedMessage *entries[ENTRIES_PER_FRAME];
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        size_t seen = 0;
        int r;

        r = store_read_begin(pushing->context->engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_entry_after,
                        SQL_ARGS(value_integer(pushing->work->push.directory),
                                value_integer(ENTRIES_PER_FRAME)),
                        &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                seen++;
                message.upto = rows_integer(rows, 0);
                if (rows_integer(rows, 3) == pushing->work->peer)
                        continue;
                entries[message.n_entries] = signed_of(pushing, rows_blob(rows, 1), rows_blob(rows, 2));
                if (!entries[message.n_entries++])
                        return -ENOMEM;
        }
        if (r < 0 || seen == 0)
                return r;
        pushing->work->push.directory = message.upto;
        if (seen == ENTRIES_PER_FRAME)
                pushing->work->push_more = true;
        if (message.n_entries == 0)
                return 0;
        message.entries = entries;
        frame.body_case = FUNDNODE__FEDERATION__V1__FRAME__BODY_DIRECTORY;
        frame.directory = &message;
        return frame_add(pushing->work, &frame);
}

static int push_down(Pushing *pushing) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int r = store_read_begin(context_archive(pushing->context), &tx);

        if (r == 0)
                r = push_acknowledgements(pushing, tx);
        return r < 0 ? r : push_returned(pushing, tx);
}

int work_push(FederationService *service, Work *work) {
        _cleanup_(directory_unrefp) Directory *directory = service_directory(service);
        Arena *arena = arena_new(WORK_ARENA_BYTES_MAX);
        Pushing pushing = { &service->context, directory, work, arena };
        int r;

        if (!arena)
                return -ENOMEM;
        /* The directory first: receipts are about offices that the peer must know. */
        r = push_directory(&pushing);
        if (r == 0 && work->role == FEDERATION_DOWN)
                r = push_down(&pushing);
        arena_free(arena);
        return r;
}
