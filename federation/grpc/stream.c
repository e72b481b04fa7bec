/* SPDX-License-Identifier: Apache-2.0 */
/* One Exchange call, seen from either end: frames of one session in, frames of it out. At most one message
 * each way is under way; the next is taken from the session when the one before has left, so that a slow
 * peer holds up the session and not our memory. */
#include <stdlib.h>
#include <string.h>

#include <grpc/support/alloc.h>
#include <node/error.h>

#include "adapter.h"

typedef enum StreamState {
        STREAM_CALLING = 1, /* up only: waiting for the parent's first word */
        STREAM_STANDING,    /* frames go both ways */
        STREAM_DRAINING,    /* the session wants to end: what it still says is sent */
        STREAM_ENDING,      /* status or half-close is given, the session is gone */
} StreamState;

struct Stream {
        Transport *transport;
        FederationRole role;
        StreamState state;
        FederationSession *session;
        grpc_call *call;
        grpc_channel *channel; /* up only */
        char *peer;
        char fingerprint[65];
        const char *why; /* static text */
        grpc_status_code end_status;
        Tag opened, received, sent, ended, over;
        grpc_byte_buffer *in;
        grpc_metadata_array initial, trailing;
        grpc_status_code status;
        grpc_slice status_detail;
        int cancelled;
        size_t n_pending; /* batches that have not come back */
        bool sending;
        int64_t stood_at_ms, until_ms;
        bool queued; /* under the lock, with ready_next */
        Stream *ready_next, *previous, *next;
};

Stream *stream_next(Stream *stream) {
        return stream->next;
}

static void stream_batch(Stream *stream, const grpc_op *operations, size_t n, Tag *tag) {
        stream->n_pending++;
        batch_start(stream->call, operations, n, tag);
}

void transport_ready(void *data, FederationSession *session, void *adapter) {
        Transport *transport = data;
        Stream *stream = adapter;
        pthread_mutex_lock(&transport->lock);
        if (!stream->queued) {
                stream->queued = true;
                stream->ready_next = transport->ready;
                transport->ready = stream;
        }
        pthread_mutex_unlock(&transport->lock);
        transport_ring(transport);
}

Stream *stream_take_ready(Transport *transport) {
        pthread_mutex_lock(&transport->lock);
        Stream *stream = transport->ready;
        if (stream) {
                transport->ready = stream->ready_next;
                stream->queued = false;
        }
        pthread_mutex_unlock(&transport->lock);
        return stream;
}

/* After this nobody rings for the stream any more. */
static void stream_close_session(Stream *stream) {
        Transport *transport = stream->transport;
        if (!stream->session)
                return;
        federation_session_close(stream->session);
        stream->session = NULL;
        pthread_mutex_lock(&transport->lock);
        if (stream->queued) {
                Stream **each = &transport->ready;
                while (*each != stream)
                        each = &(*each)->ready_next;
                *each = stream->ready_next;
                stream->queued = false;
        }
        pthread_mutex_unlock(&transport->lock);
}

static void stream_settle(Stream *stream) {
        Transport *transport = stream->transport;
        if (stream->n_pending > 0)
                return;
        stream_close_session(stream);
        if (stream->previous)
                stream->previous->next = stream->next;
        else
                transport->streams = stream->next;
        if (stream->next)
                stream->next->previous = stream->previous;
        transport->n_calls--;
        grpc_call_unref(stream->call);
        if (stream->channel)
                grpc_channel_destroy(stream->channel);
        if (stream->in)
                grpc_byte_buffer_destroy(stream->in);
        grpc_metadata_array_destroy(&stream->initial);
        grpc_metadata_array_destroy(&stream->trailing);
        grpc_slice_unref(stream->status_detail);
        if (stream->role == FEDERATION_UP)
                caller_lost(transport, stream->stood_at_ms ? transport_now_ms() - stream->stood_at_ms : 0);
        else
                listener_post(transport);
        gpr_free(stream->peer);
        free(stream);
}

static void stream_ended(void *owner, bool ok) {
        Stream *stream = owner;
        stream->n_pending--;
        stream_settle(stream);
}

/* No message is under way: the status (down) or the half-close (up) goes out. */
static void stream_finish(Stream *stream) {
        stream->state = STREAM_ENDING;
        stream->until_ms = transport_now_ms() + DRAIN_WAIT_MS;
        stream_close_session(stream);
        grpc_op operation = { .op = GRPC_OP_SEND_CLOSE_FROM_CLIENT };
        grpc_slice detail = grpc_slice_from_static_string(stream->why ? stream->why : "");
        if (stream->role == FEDERATION_DOWN) {
                operation.op = GRPC_OP_SEND_STATUS_FROM_SERVER;
                operation.data.send_status_from_server.status = stream->end_status;
                operation.data.send_status_from_server.status_details = &detail;
        }
        stream_batch(stream, &operation, 1, &stream->ended);
}

void stream_end(Stream *stream, grpc_status_code status, const char *detail) {
        if (stream->state == STREAM_ENDING)
                return;
        stream->why = detail;
        stream->end_status = status;
        if (stream->state == STREAM_CALLING) {
                stream_cut(stream, detail);
                return;
        }
        stream_close_session(stream);
        if (!stream->sending) {
                stream_finish(stream);
        } else if (stream->state != STREAM_DRAINING) {
                stream->state = STREAM_DRAINING; /* stream_sent() finishes */
                stream->until_ms = transport_now_ms() + DRAIN_WAIT_MS;
        }
}

void stream_cut(Stream *stream, const char *detail) {
        stream->state = STREAM_ENDING;
        stream->until_ms = 0;
        if (!stream->why)
                stream->why = detail;
        stream_close_session(stream);
        grpc_call_cancel_with_status(stream->call, GRPC_STATUS_CANCELLED, detail, NULL);
}

/* The session has asked to be closed, its reason being static text. */
static void stream_refuse(Stream *stream) {
        stream_end(stream, GRPC_STATUS_FAILED_PRECONDITION, federation_session_reason(stream->session));
}

void stream_push(Stream *stream) {
        uint8_t *frame;
        size_t size;
        if (!stream->session || stream->sending)
                return;
        int r = federation_session_take(stream->session, &frame, &size);
        if (r < 0 || (r == 0 && stream->state == STREAM_DRAINING)) {
                stream_refuse(stream);
                return;
        }
        if (r == 0)
                return;
        if (size > FEDERATION_FRAME_BYTES_MAX) {
                free(frame);
                stream_end(stream, GRPC_STATUS_INTERNAL, "a frame is longer than allowed");
                return;
        }
        grpc_byte_buffer *message = message_new(frame, size);
        grpc_op operation = { .op = GRPC_OP_SEND_MESSAGE, .data.send_message.send_message = message };
        stream->sending = true;
        stream_batch(stream, &operation, 1, &stream->sent);
        grpc_byte_buffer_destroy(message);
}

static void stream_sent(void *owner, bool ok) {
        Stream *stream = owner;
        stream->n_pending--;
        stream->sending = false;
        if (!ok) {
                /* The call is broken; "over" follows. */
                stream_close_session(stream);
        } else if (stream->session) {
                federation_session_sent(stream->session);
                stream_push(stream);
        } else if (stream->state == STREAM_DRAINING) {
                stream_finish(stream);
        }
        stream_settle(stream);
}

static void stream_listen(Stream *stream) {
        grpc_op operation = { .op = GRPC_OP_RECV_MESSAGE, .data.recv_message.recv_message = &stream->in };
        stream->in = NULL;
        stream_batch(stream, &operation, 1, &stream->received);
}

static void stream_frame(Stream *stream) {
        uint8_t *data;
        size_t size;
        int r = message_bytes(stream->in, FEDERATION_FRAME_BYTES_MAX, &data, &size);
        if (r < 0) {
                stream_end(stream, GRPC_STATUS_INVALID_ARGUMENT, "a compressed message is not read");
                return;
        }
        r = federation_session_receive(stream->session, (Bytes){ data, size });
        free(data);
        if (r == 0)
                return;
        stream->state = STREAM_DRAINING;
        stream->until_ms = transport_now_ms() + DRAIN_WAIT_MS;
        stream_push(stream);
}

static void stream_received(void *owner, bool ok) {
        Stream *stream = owner;
        stream->n_pending--;
        if (!ok || !stream->in) {
                /* The peer has nothing more to say, or the call is broken, or the message was too long. */
                if (stream->role == FEDERATION_DOWN)
                        stream_end(stream, GRPC_STATUS_OK, "");
                else
                        stream_close_session(stream);
        } else {
                if (stream->state == STREAM_STANDING && stream->session)
                        stream_frame(stream);
                grpc_byte_buffer_destroy(stream->in);
                stream->in = NULL;
                /* Also at the end: a status waits behind messages nobody has read. */
                stream_listen(stream);
        }
        stream_settle(stream);
}

/* RECV_STATUS_ON_CLIENT or RECV_CLOSE_ON_SERVER: the call is over. */
static void stream_over(void *owner, bool ok) {
        Stream *stream = owner;
        Transport *transport = stream->transport;
        stream->n_pending--;
        stream->state = STREAM_ENDING;
        stream->until_ms = 0;
        stream_close_session(stream);
        const char *name = stream->role == FEDERATION_UP ? "the line to the parent" : "the line to a child";
        const char *peer = stream->peer ? stream->peer : transport->parent;
        if (stream->role == FEDERATION_DOWN) {
                const char *why = stream->why && *stream->why ? stream->why
                                  : stream->cancelled         ? "it broke"
                                                              : "it ended";
                transport_log(transport, "transport.closed", "%s %s, certificate %.16s: %s", name, peer,
                        stream->fingerprint, why);
        } else {
                char *detail = grpc_slice_to_c_string(stream->status_detail);
                transport_log(transport, "transport.closed", "%s %s: status %d %s%s%s", name, peer,
                        (int) stream->status, detail, stream->why ? "; we: " : "",
                        stream->why ? stream->why : "");
                gpr_free(detail);
        }
        stream_settle(stream);
}

static void stream_stand(Stream *stream) {
        Transport *transport = stream->transport;
        stream->state = STREAM_STANDING;
        stream->stood_at_ms = transport_now_ms();
        stream->until_ms = 0;
        if (!stream->peer)
                stream->peer = grpc_call_get_peer(stream->call);
        transport_log(transport, "transport.connected", "%s %s, certificate %.16s",
                stream->role == FEDERATION_UP ? "to the parent" : "a child called from", stream->peer,
                stream->fingerprint);
        stream_listen(stream);
        stream_push(stream);
}

/* up: the parent's first word has come, or the call has failed; only a proven peer gets a session. */
static void stream_answered(Stream *stream) {
        char expected[65];
        if (stream->state != STREAM_CALLING || call_fingerprint(stream->call, stream->fingerprint) < 0)
                return;
        if (federation_parent_fingerprint(stream->transport->service, expected) < 0 ||
                strcmp(expected, stream->fingerprint) != 0) {
                stream_cut(stream, "the certificate is not the parent's");
                return;
        }
        int r = federation_session_open(
                stream->transport->service, FEDERATION_UP, stream->fingerprint, stream, &stream->session);
        if (r < 0)
                stream_cut(stream, "no session can be opened");
        else
                stream_stand(stream);
}

static void stream_opened(void *owner, bool ok) {
        Stream *stream = owner;
        stream->n_pending--;
        if (stream->role == FEDERATION_UP && ok)
                stream_answered(stream);
        stream_settle(stream);
}

static Stream *stream_new(Transport *transport, FederationRole role, grpc_call *call) {
        Stream *stream = calloc(1, sizeof(*stream));
        if (!stream)
                return NULL;
        stream->transport = transport;
        stream->role = role;
        stream->call = call;
        stream->opened = (Tag){ stream_opened, stream };
        stream->received = (Tag){ stream_received, stream };
        stream->sent = (Tag){ stream_sent, stream };
        stream->ended = (Tag){ stream_ended, stream };
        stream->over = (Tag){ stream_over, stream };
        stream->status_detail = grpc_empty_slice();
        grpc_metadata_array_init(&stream->initial);
        grpc_metadata_array_init(&stream->trailing);
        return stream;
}

static void stream_link(Stream *stream) {
        Transport *transport = stream->transport;
        stream->next = transport->streams;
        if (stream->next)
                stream->next->previous = stream;
        transport->streams = stream;
        transport->n_calls++;
}

int stream_accept(Transport *transport, grpc_call *call, const char *fingerprint) {
        Stream *stream = stream_new(transport, FEDERATION_DOWN, call);
        if (!stream)
                return -ENOMEM;
        memcpy(stream->fingerprint, fingerprint, sizeof(stream->fingerprint));
        int r = federation_session_open(
                transport->service, FEDERATION_DOWN, fingerprint, stream, &stream->session);
        if (r < 0) {
                grpc_metadata_array_destroy(&stream->initial);
                grpc_metadata_array_destroy(&stream->trailing);
                free(stream);
                return r;
        }
        stream_link(stream);
        grpc_op over = { .op = GRPC_OP_RECV_CLOSE_ON_SERVER,
                .data.recv_close_on_server.cancelled = &stream->cancelled };
        stream_batch(stream, &over, 1, &stream->over);
        grpc_op first = { .op = GRPC_OP_SEND_INITIAL_METADATA };
        stream_batch(stream, &first, 1, &stream->opened);
        stream_stand(stream);
        return 0;
}

int stream_call(Transport *transport, grpc_channel *channel, Stream **ret) {
        grpc_call *call = grpc_channel_create_call(channel, NULL, GRPC_PROPAGATE_DEFAULTS, transport->queue,
                grpc_slice_from_static_string(METHOD_EXCHANGE), NULL, gpr_inf_future(GPR_CLOCK_REALTIME),
                NULL);
        if (!call)
                return -ENOMEM;
        Stream *stream = stream_new(transport, FEDERATION_UP, call);
        if (!stream) {
                grpc_call_unref(call);
                return -ENOMEM;
        }
        stream->channel = channel;
        stream->state = STREAM_CALLING;
        stream->until_ms = transport_now_ms() + STAND_WAIT_MS;
        stream_link(stream);
        grpc_op over = { .op = GRPC_OP_RECV_STATUS_ON_CLIENT };
        over.data.recv_status_on_client.trailing_metadata = &stream->trailing;
        over.data.recv_status_on_client.status = &stream->status;
        over.data.recv_status_on_client.status_details = &stream->status_detail;
        stream_batch(stream, &over, 1, &stream->over);
        grpc_op first[2] = { { .op = GRPC_OP_SEND_INITIAL_METADATA },
                { .op = GRPC_OP_RECV_INITIAL_METADATA } };
        first[1].data.recv_initial_metadata.recv_initial_metadata = &stream->initial;
        stream_batch(stream, first, 2, &stream->opened);
        *ret = stream;
        return 0;
}

/* A certificate that has left the directory loses its line. */
static bool stream_trusted(Stream *stream) {
        char expected[65];
        int64_t office;
        if (stream->role == FEDERATION_DOWN)
                return federation_child_office(stream->transport->service, stream->fingerprint, &office) ==
                       0;
        return federation_parent_fingerprint(stream->transport->service, expected) == 0 &&
               strcmp(expected, stream->fingerprint) == 0;
}

void stream_pulse(Stream *stream, int64_t now_ms, bool check_trust) {
        if (stream->until_ms > 0 && now_ms >= stream->until_ms)
                stream_cut(stream, "no end in time");
        else if (check_trust && stream->state == STREAM_STANDING && !stream_trusted(stream))
                stream_end(stream, GRPC_STATUS_PERMISSION_DENIED,
                        "the certificate is no longer in the directory");
}
