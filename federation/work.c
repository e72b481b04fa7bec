/* SPDX-License-Identifier: Apache-2.0 */
/* What a session's frames mean: greeting, landing, receipts. Whatever moves a position here stands on a
 * verified signature (I22). */
#include <node/error.h>
#include <stdlib.h>
#include <string.h>

#include "federation-query.h"
#include "land.h"
#include "work-private.h"


int act_fail(Work *work, int result, const char *reason) {
        work->reason = reason;
        return result;
}

/* --- greeting --- */

static int peer_known(Acting *acting, int64_t peer, int64_t *ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int r = store_read_begin(acting->context->engine->stores[STORE_SYSTEM], &tx);

        *ret = 0;
        if (r < 0)
                return r;
        r = tx_integer(tx, &query_peer_get, SQL_ARGS(value_integer(peer)), ret);
        return r == -ENOENT ? 0 : r;
}

static int act_greet(Acting *acting) {
        FrameMessage frame = FUNDNODE__FEDERATION__V1__FRAME__INIT;
        HelloMessage hello = FUNDNODE__FEDERATION__V1__HELLO__INIT;
        const Entry *self = directory_entry(acting->directory, acting->context->office);
        int64_t peer = acting->work->peer;
        int r;

        if (!self)
                return act_fail(acting->work, -ENOENT, "not in the directory");
        if (acting->work->role == FEDERATION_UP)
                peer = self->parent;
        r = peer_known(acting, peer, &hello.directory_known);
        if (r < 0)
                return r;
        hello.format = 1;
        hello.tree = frame_bytes(acting->context->tree.bytes, sizeof acting->context->tree.bytes);
        hello.office = acting->context->office;
        hello.credit_bytes = FEDERATION_CREDIT_BYTES;
        frame.body_case = FUNDNODE__FEDERATION__V1__FRAME__BODY_HELLO;
        frame.hello = &hello;
        return frame_add(acting->work, &frame);
}

static int act_hello(Acting *acting, const HelloMessage *hello) {
        const Context *context = acting->context;
        const Entry *self = directory_entry(acting->directory, context->office);
        const Entry *peer = directory_entry(acting->directory, hello->office);
        Work *work = acting->work;

        if (hello->format != 1)
                return act_fail(work, -EOPNOTSUPP, "unknown format");
        if (hello->tree.len != sizeof context->tree.bytes ||
                memcmp(hello->tree.data, context->tree.bytes, sizeof context->tree.bytes) != 0)
                return act_fail(work, -EACCES, "another tree");
        if (!self || !peer || peer->revoked)
                return act_fail(work, -EACCES, "unknown office");
        if (strcmp(peer->fingerprint, work->fingerprint) != 0)
                return act_fail(work, -EACCES, "certificate is not the office's");
        if (work->role == FEDERATION_UP
                        ? self->parent != peer->office || peer->office == self->office
                        : !context_hosts(context, peer->parent) || peer->office == peer->parent)
                return act_fail(work, -EACCES, "not a neighbour in the directory");
        if (work->role == FEDERATION_DOWN && !context->engine->stores[STORE_REGULATORY])
                return act_fail(work, -EACCES, "no regulatory store here");
        work->peer = peer->office;
        work->credit = hello->credit_bytes > 4 * (uint64_t) FEDERATION_CREDIT_BYTES
                               ? 4 * (int64_t) FEDERATION_CREDIT_BYTES
                               : (int64_t) hello->credit_bytes;
        /* We may have been restored: what the peer knows beyond our own table is told again. */
        work->directory_known =
                hello->directory_known > directory_serial(acting->directory) || hello->directory_known < 0
                        ? 0
                        : hello->directory_known;
        return 0;
}

/* --- batches --- */

static int send_refusal(Acting *acting, const Landing *landing, const char *code) {
        FrameMessage frame = FUNDNODE__FEDERATION__V1__FRAME__INIT;
        SignedMessage message = FUNDNODE__FEDERATION__V1__SIGNED__INIT;
        const BatchHeader *header = &landing->header;
        Statement statement = {
                .format = STATEMENT_REFUSAL,
                .office = header->office,
                .stream = header->stream,
                .epoch = header->epoch,
                .seq = header->seq,
                .digest = landing->bytes.digest,
                .instant_ms = clock_now(acting->context->engine->clock).ms,
                .code = code,
        };
        _cleanup_(store_read_endp) Tx *tx = NULL;
        Signature signature;
        StreamRow held;
        Bytes content;
        int r;

        r = store_read_begin(context_archive(acting->context), &tx);
        if (r == 0)
                r = stream_get(tx, header->office, header->stream, &held);
        if (r < 0 && r != -ENOENT)
                return r;
        statement.held_epoch = held.position.epoch;
        statement.held_seq = held.position.seq;
        r = statement_sign(acting->context, &statement, acting->arena, &content, &signature);
        if (r < 0)
                return r;
        message.content = frame_bytes(content.data, content.size);
        message.signature = frame_bytes(signature.bytes, sizeof signature.bytes);
        frame.body_case = FUNDNODE__FEDERATION__V1__FRAME__BODY_REFUSAL;
        frame.refusal = &message;
        return frame_add(acting->work, &frame);
}

typedef struct Note {
        Statement about;
        const char *kind;
        int64_t peer, instant_ms;
        bool with_state;
        StreamState state;
} Note;

static int write_note(Tx *tx, void *data) {
        const Note *note = data;
        StreamState before;
        int r = stream_state(tx, note->about.office, note->about.stream, &before);

        if (r < 0)
                return r;
        if (note->with_state) {
                /* The same finding again, or less than a fork after a fork, changes nothing. */
                if (before == note->state || before == STREAM_FORK)
                        return 0;
                r = stream_state_put(
                        tx, note->about.office, note->about.stream, note->state, note->instant_ms);
        }
        if (r == 0 && note->kind)
                r = alarm_add(tx, &note->about, note->kind, note->peer, note->instant_ms);
        return r;
}

static int note_finding(Acting *acting, const Statement *about, const char *kind, const StreamState *state) {
        Note note = { *about, kind, acting->work->peer, clock_now(acting->context->engine->clock).ms,
                state != NULL, state ? *state : STREAM_IN_STEP };

        if (kind)
                service_log(acting->service, "alarm", kind);
        return store_write(context_archive(acting->context), write_note, &note);
}

/* What we acknowledged before, once more: the peer has not heard it. */
static int send_known(Acting *acting, const Landing *landing) {
        FrameMessage frame = FUNDNODE__FEDERATION__V1__FRAME__INIT;
        AcknowledgementsMessage list = FUNDNODE__FEDERATION__V1__ACKNOWLEDGEMENTS__INIT;
        SignedMessage message = FUNDNODE__FEDERATION__V1__SIGNED__INIT, *messages[] = { &message };
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        Bytes content, signature;
        int r;

        r = store_read_begin(context_archive(acting->context), &tx);
        if (r == 0)
                r = tx_query(tx, &query_ack_get,
                        SQL_ARGS(value_integer(landing->header.office),
                                value_integer(landing->header.stream),
                                value_integer(acting->context->office)),
                        &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        content = rows_blob(rows, 6);
        signature = rows_blob(rows, 7);
        message.content = frame_bytes(content.data, content.size);
        message.signature = frame_bytes(signature.data, signature.size);
        list.n_statements = 1;
        list.statements = messages;
        frame.body_case = FUNDNODE__FEDERATION__V1__FRAME__BODY_ACKNOWLEDGEMENTS;
        frame.acknowledgements = &list;
        return frame_add(acting->work, &frame);
}

static int refused_batch(Acting *acting, const Landing *landing, const char *code) {
        static const StreamState forked = STREAM_FORK;
        Statement about = {
                .office = landing->header.office,
                .stream = landing->header.stream,
                .epoch = landing->header.epoch,
                .seq = landing->header.seq,
        };
        int r = 0;

        if (strcmp(code, "federation.known") == 0)
                return send_known(acting, landing);
        if (strcmp(code, "federation.fork") == 0)
                r = note_finding(acting, &about, code, &forked);
        else if (strcmp(code, "federation.gap") != 0 && strcmp(code, "federation.frozen") != 0)
                r = note_finding(acting, &about, code, NULL);
        return r < 0 ? r : send_refusal(acting, landing, code);
}

static int act_batch(Acting *acting, const BatchMessage *message) {
        Bytes chunks[BATCH_CHUNKS_MAX];
        ReceivedBatch received = { bytes_of(message->header), bytes_of(message->signature), chunks,
                message->n_chunks };
        const char *code = "";
        Landing landing = {};
        int r;

        if (acting->work->peer == 0)
                return act_fail(acting->work, -EACCES, "batch before hello");
        if (message->n_chunks > BATCH_CHUNKS_MAX)
                return act_fail(acting->work, -EMALFORMED_, "too many chunks");
        for (size_t i = 0; i < message->n_chunks; i++)
                chunks[i] = bytes_of(message->chunks[i]);
        r = landing_check(acting->context, acting->directory, &received, acting->work->peer, acting->arena,
                &landing, &code);
        if (r == 0)
                r = landing_execute(&landing, acting->arena, &code);
        if (r == 0) {
                acting->work->changed = true;
                return 0;
        }
        if (r != -EREFUSED_)
                return act_fail(acting->work, r, "could not land");
        if (landing.header.office == 0)
                return act_fail(acting->work, -EMALFORMED_, "malformed batch");
        return refused_batch(acting, &landing, code);
}

/* --- receipts --- */

static int verify_statement(
        Acting *acting, const SignedMessage *message, Statement *ret, Signature *ret_signature) {
        Bytes content = bytes_of(message->content);
        int r;

        r = statement_decode(content, acting->arena, ret);
        if (r == 0)
                r = frame_signature(message->signature, ret_signature);
        if (r < 0)
                return r;
        if (memcmp(&ret->tree, &acting->context->tree, sizeof ret->tree) != 0 ||
                ret->signer == ret->office || !directory_below(acting->directory, ret->office, ret->signer))
                return -EBADMSG;
        return directory_verify(acting->directory, ret->signer, content, ret_signature);
}

typedef struct AckWrite {
        const Statement *statement;
        Bytes content;
        const Signature *signature;
        bool settle; /* it is in step again */
        int64_t now_ms;
        bool stored;
} AckWrite;

static int write_ack(Tx *tx, void *data) {
        AckWrite *write = data;
        const Statement *said = write->statement;
        Rows *rows = NULL;
        StreamState state;
        bool newer = true;
        int r;

        write->stored = false;
        r = tx_query(tx, &query_ack_get,
                SQL_ARGS(value_integer(said->office), value_integer(said->stream),
                        value_integer(said->signer)),
                &rows);
        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r > 0)
                newer = position_compare((Position){ said->epoch, said->seq },
                                (Position){ rows_integer(rows, 0), rows_integer(rows, 1) }) > 0;
        rows_close(rows);
        if (r >= 0 && newer) {
                r = acknowledgement_put(tx, said, write->content, write->signature);
                write->stored = true;
        }
        if (r < 0 || !write->settle)
                return r < 0 ? r : 0;
        r = stream_state(tx, said->office, said->stream, &state);
        if (r == 0 && (state == STREAM_BEHIND || state == STREAM_UNKNOWN || state == STREAM_REFUSED))
                r = stream_state_put(tx, said->office, said->stream, STREAM_IN_STEP, write->now_ms);
        return r;
}

/* How the parent's receipt compares with our archive. */
static int compare_receipt(Acting *acting, const Statement *said, FlowVerdict *verdict) {
        static const StreamState forked = STREAM_FORK, ahead = STREAM_AHEAD;
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        bool found = false, same = false;
        int r;

        r = store_read_begin(context_archive(acting->context), &tx);
        if (r == 0)
                r = tx_query(tx, &query_receipt_digest,
                        SQL_ARGS(value_integer(said->office), value_integer(said->stream),
                                value_integer(said->epoch), value_integer(said->seq)),
                        &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r < 0)
                return r;
        if (r > 0) {
                Bytes digest = rows_blob(rows, 0);

                found = true;
                same = digest.size == sizeof said->digest &&
                       memcmp(digest.data, said->digest.bytes, digest.size) == 0;
        }
        rows = rows_close(rows);
        tx = store_read_end(tx);
        *verdict = (FlowVerdict){ said->office, said->stream, { said->epoch, said->seq }, VERDICT_ADVANCED };
        if (found && same)
                return 0;
        if (!found && !context_hosts(acting->context, said->office))
                return 0; /* we were restored and pass on: the origin sends us again what the parent has
                             already */
        verdict->verdict = VERDICT_FROZEN;
        return note_finding(
                acting, said, found ? "federation.fork" : "federation.ahead", found ? &forked : &ahead);
}

static int act_acknowledgement(Acting *acting, const SignedMessage *message) {
        FlowVerdict verdict = {};
        Signature signature;
        Statement said;
        AckWrite write;
        int r;

        r = verify_statement(acting, message, &said, &signature);
        if (r == -ENOENT)
                return 0; /* about an office that our directory does not know yet: it comes again */
        if (r < 0 || said.format != STATEMENT_ACKNOWLEDGEMENT)
                return act_fail(acting->work, -EBADMSG, "bad acknowledgement");
        if (said.signer == acting->work->peer) {
                r = compare_receipt(acting, &said, &verdict);
                if (r < 0)
                        return r;
                acting->work->verdicts[acting->work->n_verdicts++] = verdict;
        }
        write = (AckWrite){ &said, bytes_of(message->content), &signature,
                verdict.verdict == VERDICT_ADVANCED, clock_now(acting->context->engine->clock).ms, false };
        r = store_write(context_archive(acting->context), write_ack, &write);
        if (r == 0 && write.stored)
                acting->work->changed = true;
        return r;
}

static int act_acknowledgements(Acting *acting, const AcknowledgementsMessage *list) {
        if (list->n_statements > WORK_VERDICTS_MAX)
                return act_fail(acting->work, -EMALFORMED_, "too many acknowledgements");
        for (size_t i = 0; i < list->n_statements; i++) {
                int r = act_acknowledgement(acting, list->statements[i]);

                if (r < 0)
                        return r;
        }
        return 0;
}

static int act_refusal(Acting *acting, const SignedMessage *message) {
        StreamState state = STREAM_REFUSED;
        FlowVerdict *verdict;
        Signature signature;
        Statement said;
        int r;

        r = verify_statement(acting, message, &said, &signature);
        if (r < 0 || said.format != STATEMENT_REFUSAL || said.signer != acting->work->peer)
                return act_fail(acting->work, -EBADMSG, "bad refusal");
        verdict = &acting->work->verdicts[acting->work->n_verdicts++];
        *verdict = (FlowVerdict){ said.office, said.stream, { said.held_epoch, said.held_seq },
                VERDICT_RESEND };
        if (strcmp(said.code, "federation.gap") == 0)
                return 0;
        verdict->verdict = VERDICT_FROZEN;
        if (strcmp(said.code, "federation.fork") == 0 || strcmp(said.code, "federation.frozen") == 0)
                state = STREAM_FORK;
        return note_finding(acting, &said, said.code, &state);
}

/* --- sending --- */

static int act_flows(Acting *acting) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        Work *work = acting->work;
        int r;

        r = store_read_begin(context_archive(acting->context), &tx);
        if (r == 0)
                r = tx_query(tx, &query_stream_list, SQL_NO_ARGS, &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                int64_t office = rows_integer(rows, 0), stream = rows_integer(rows, 1);
                Flow *more;

                if (!stream_wanted(acting->context, office, stream))
                        continue;
                more = realloc(work->flows, (work->n_flows + 1) * sizeof *more);
                if (!more)
                        return -ENOMEM;
                work->flows = more;
                work->flows[work->n_flows++] = (Flow){ .office = office,
                        .stream = stream,
                        .head = { rows_integer(rows, 2), rows_integer(rows, 3) } };
        }
        return r;
}

static int act_load(Acting *acting) {
        FrameMessage frame = FUNDNODE__FEDERATION__V1__FRAME__INIT;
        BatchMessage batch = FUNDNODE__FEDERATION__V1__BATCH__INIT;
        ProtobufCBinaryData chunks[BATCH_CHUNKS_MAX];
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        Work *work = acting->work;
        Bytes header, signature, *body;
        int r;

        r = store_read_begin(context_archive(acting->context), &tx);
        if (r == 0)
                r = tx_query(tx, &query_batch_next,
                        SQL_ARGS(value_integer(work->office), value_integer(work->stream),
                                value_integer(work->position.epoch), value_integer(work->position.seq)),
                        &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        header = rows_blob(rows, 3);
        signature = rows_blob(rows, 4);
        r = batch_body_split(rows_blob(rows, 5), acting->arena, &body, &batch.n_chunks);
        if (r < 0)
                return r;
        for (size_t i = 0; i < batch.n_chunks; i++)
                chunks[i] = frame_bytes(body[i].data, body[i].size);
        batch.header = frame_bytes(header.data, header.size);
        batch.signature = frame_bytes(signature.data, signature.size);
        batch.chunks = chunks;
        frame.body_case = FUNDNODE__FEDERATION__V1__FRAME__BODY_BATCH;
        frame.batch = &batch;
        r = frame_add(work, &frame);
        if (r == 0)
                work->position = (Position){ rows_integer(rows, 0), rows_integer(rows, 1) };
        return r;
}

/* --- all --- */

static int act_frame(Acting *acting) {
        Work *work = acting->work;
        _cleanup_(frame_freep) FrameMessage *frame =
                frame_unpack((Bytes){ work->frame.data, work->frame.size });

        if (!frame)
                return act_fail(work, -EMALFORMED_, "malformed frame");
        switch (frame->body_case) {
        case FUNDNODE__FEDERATION__V1__FRAME__BODY_HELLO:
                return act_hello(acting, frame->hello);
        case FUNDNODE__FEDERATION__V1__FRAME__BODY_READY:
                work->ready = true;
                return 0;
        case FUNDNODE__FEDERATION__V1__FRAME__BODY_BATCH:
                return act_batch(acting, frame->batch);
        case FUNDNODE__FEDERATION__V1__FRAME__BODY_ACKNOWLEDGEMENTS:
                return act_acknowledgements(acting, frame->acknowledgements);
        case FUNDNODE__FEDERATION__V1__FRAME__BODY_REFUSAL:
                return act_refusal(acting, frame->refusal);
        case FUNDNODE__FEDERATION__V1__FRAME__BODY_DIRECTORY:
                return act_directory(acting, frame->directory);
        case FUNDNODE__FEDERATION__V1__FRAME__BODY_RETURNED:
                return act_returned(acting, frame->returned);
        default:
                return act_fail(work, -EMALFORMED_, "malformed frame");
        }
}

static int act(Acting *acting) {
        switch (acting->work->kind) {
        case WORK_GREET:
                return act_greet(acting);
        case WORK_FRAME:
                return act_frame(acting);
        case WORK_PUSH:
                return work_push(acting->service, acting->work);
        case WORK_FLOWS:
                return act_flows(acting);
        case WORK_LOAD:
                return act_load(acting);
        }
        return -EINVAL;
}

void work_run(FederationService *service, Work *work) {
        _cleanup_(directory_unrefp) Directory *directory = service_directory(service);
        Arena *arena = arena_new(WORK_ARENA_BYTES_MAX);
        Acting acting = { service, &service->context, directory, work, arena };

        work->result = arena ? act(&acting) : -ENOMEM;
        if (work->result > 0)
                work->result = 0;
        arena_free(arena);
}
