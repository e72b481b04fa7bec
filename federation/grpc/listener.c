/* SPDX-License-Identifier: Apache-2.0 */
/* Children call in. One request without a method of its own is posted at all times and sorted by name here:
 * a method that nobody knows is answered at once, where the library would let the caller hang until its
 * deadline. */
#include <stdlib.h>
#include <string.h>

#include <grpc/support/alloc.h>
#include <node/error.h>
#include <node/text.h>

#include "adapter.h"

typedef struct RefusedCall {
        Transport *transport;
        grpc_call *call;
        Tag sent;
        int cancelled;
} RefusedCall;

static void refusal_sent(void *owner, bool ok) {
        RefusedCall *refusal = owner;
        Transport *transport = refusal->transport;
        grpc_call_unref(refusal->call);
        free(refusal);
        transport->n_calls--;
        listener_post(transport);
}

void call_refuse(Transport *transport, grpc_call *call, grpc_status_code status, const char *detail) {
        char *peer = grpc_call_get_peer(call);
        transport_log(transport, "transport.refused", "%s: %s", peer, detail);
        gpr_free(peer);
        RefusedCall *refusal = calloc(1, sizeof(*refusal));
        if (!refusal) {
                grpc_call_cancel_with_status(call, status, detail, NULL);
                grpc_call_unref(call);
                return;
        }
        refusal->transport = transport;
        refusal->call = call;
        refusal->sent = (Tag){ refusal_sent, refusal };
        transport->n_calls++;
        grpc_slice text = grpc_slice_from_static_string(detail);
        grpc_op operations[3] = { { .op = GRPC_OP_SEND_INITIAL_METADATA },
                { .op = GRPC_OP_SEND_STATUS_FROM_SERVER }, { .op = GRPC_OP_RECV_CLOSE_ON_SERVER } };
        operations[1].data.send_status_from_server.status = status;
        operations[1].data.send_status_from_server.status_details = &text;
        operations[2].data.recv_close_on_server.cancelled = &refusal->cancelled;
        batch_start(call, operations, ELEMENTSOF(operations), &refusal->sent);
}

static void exchange_begin(Transport *transport, grpc_call *call) {
        char fingerprint[65];
        int64_t office;
        if (call_fingerprint(call, fingerprint) < 0 ||
                federation_child_office(transport->service, fingerprint, &office) < 0) {
                call_refuse(transport, call, GRPC_STATUS_PERMISSION_DENIED,
                        "the certificate is not in the directory");
                return;
        }
        int r = stream_accept(transport, call, fingerprint);
        if (r == -EAGAIN)
                call_refuse(transport, call, GRPC_STATUS_RESOURCE_EXHAUSTED, "too many sessions");
        else if (r < 0)
                call_refuse(transport, call, GRPC_STATUS_INTERNAL, "no session could be opened");
}

static void listener_arrived(void *owner, bool ok) {
        Transport *transport = owner;
        Listener *listener = &transport->listener;
        grpc_call *call = TAKE_PTR(listener->call);
        listener->posted = false;
        if (ok && transport->ending) {
                call_refuse(transport, call, GRPC_STATUS_UNAVAILABLE, "the node is stopping");
        } else if (ok) {
                if (grpc_slice_str_cmp(listener->details.method, METHOD_EXCHANGE) == 0)
                        exchange_begin(transport, call);
                else if (grpc_slice_str_cmp(listener->details.method, METHOD_ENROL) == 0)
                        desk_accept(transport, call);
                else
                        call_refuse(transport, call, GRPC_STATUS_UNIMPLEMENTED, "there is no such method");
        }
        grpc_call_details_destroy(&listener->details);
        grpc_metadata_array_destroy(&listener->metadata);
        listener_post(transport);
}

void listener_post(Transport *transport) {
        Listener *listener = &transport->listener;
        if (!listener->server || listener->closing || listener->posted || transport->n_calls >= CALLS_MAX)
                return;
        grpc_call_details_init(&listener->details);
        grpc_metadata_array_init(&listener->metadata);
        listener->posted = true;
        grpc_call_error error =
                grpc_server_request_call(listener->server, &listener->call, &listener->details,
                        &listener->metadata, transport->queue, transport->queue, &listener->arrived);
        if (error != GRPC_CALL_OK)
                abort();
}

static void listener_shut(void *owner, bool ok) {
        Transport *transport = owner;
        transport->listener.closed = true;
}

static grpc_arg argument(const char *key, int value) {
        return (grpc_arg){ .type = GRPC_ARG_INTEGER, .key = (char *) key, .value.integer = value };
}

int listener_open(Transport *transport) {
        Listener *listener = &transport->listener;
        if (!transport->listen)
                return 0;
        grpc_arg arguments[] = {
                argument(GRPC_ARG_ALLOW_REUSEPORT, 0), /* or a second process would share the port unseen */
                argument(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, FEDERATION_FRAME_BYTES_MAX),
                argument(GRPC_ARG_MAX_SEND_MESSAGE_LENGTH, FEDERATION_FRAME_BYTES_MAX),
                argument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0),
                argument(GRPC_COMPRESSION_CHANNEL_ENABLED_ALGORITHMS_BITSET, 1),
                argument(GRPC_ARG_KEEPALIVE_TIME_MS, 30000),
                argument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10000),
                argument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0),
                argument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10000),
                argument(GRPC_ARG_HTTP2_BDP_PROBE, 0),
                argument(GRPC_ARG_MAX_CONCURRENT_STREAMS, CALLS_PER_CONNECTION_MAX),
                argument(GRPC_ARG_MAX_METADATA_SIZE, 16384),
                argument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, 60000),
                argument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 20000),
        };
        grpc_channel_args list = { .num_args = ELEMENTSOF(arguments), .args = arguments };
        listener->arrived = (Tag){ listener_arrived, transport };
        listener->shut = (Tag){ listener_shut, transport };
        listener->server = grpc_server_create(&list, NULL);
        if (!listener->server)
                return -ENOMEM;
        grpc_server_register_completion_queue(listener->server, transport->queue, NULL);
        grpc_server_credentials *credentials = credentials_listen(transport);
        listener->port = grpc_server_add_http2_port(listener->server, transport->listen, credentials);
        grpc_server_credentials_release(credentials);
        if (listener->port == 0)
                return -EADDRINUSE;
        grpc_server_start(listener->server);
        transport_log(transport, "transport.listening", "%s, port %d", transport->listen, listener->port);
        return 0;
}

void listener_close(Transport *transport) {
        Listener *listener = &transport->listener;
        if (!listener->server || listener->closing)
                return;
        listener->closing = true;
        grpc_server_shutdown_and_notify(listener->server, transport->queue, &listener->shut);
}

void listener_done(Transport *transport) {
        if (transport->listener.server)
                grpc_server_destroy(transport->listener.server);
        transport->listener.server = NULL;
        transport->listener.port = 0;
}
