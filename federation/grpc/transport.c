/* SPDX-License-Identifier: Apache-2.0 */
/* The queue thread and its bell. gRPC's C core has no timer and no plain event to put into a completion
 * queue; an empty batch on a call that leads nowhere comes back at once, from any thread, and that is the
 * bell. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <grpc/byte_buffer_reader.h>
#include <grpc/support/log.h>
#include <node/clock.h>
#include <node/error.h>
#include <node/text.h>

#include "adapter.h"

int64_t transport_now_ms(void) {
        return clock_real.monotonic_ms(clock_real.data);
}

void transport_log(Transport *transport, const char *event, const char *format, ...) {
        if (!transport->log)
                return;
        char detail[512];
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(detail, sizeof(detail), format, arguments);
        va_end(arguments);
        transport->log(transport->log_data, event, detail);
}

void batch_start(grpc_call *call, const grpc_op *operations, size_t n, Tag *tag) {
        grpc_call_error error = grpc_call_start_batch(call, operations, n, tag, NULL);
        if (error != GRPC_CALL_OK) {
                gpr_log(GPR_ERROR, "batch refused: %s", grpc_call_error_to_string(error));
                abort();
        }
}

int message_bytes(grpc_byte_buffer *message, size_t size_max, uint8_t **ret, size_t *ret_size) {
        if (message->type != GRPC_BB_RAW || message->data.raw.compression != GRPC_COMPRESS_NONE)
                return -EMALFORMED_;
        size_t size = grpc_byte_buffer_length(message);
        if (size > size_max)
                return -E2BIG;
        uint8_t *data = malloc(size + 1);
        if (!data)
                return -ENOMEM;
        grpc_byte_buffer_reader reader;
        grpc_byte_buffer_reader_init(&reader, message);
        grpc_slice slice;
        size_t at = 0;
        while (grpc_byte_buffer_reader_next(&reader, &slice)) {
                memcpy(data + at, GRPC_SLICE_START_PTR(slice), GRPC_SLICE_LENGTH(slice));
                at += GRPC_SLICE_LENGTH(slice);
                grpc_slice_unref(slice);
        }
        grpc_byte_buffer_reader_destroy(&reader);
        *ret = data;
        *ret_size = at;
        return 0;
}

grpc_byte_buffer *message_new(uint8_t *data, size_t size) {
        grpc_slice slice = grpc_slice_new(data, size, free);
        grpc_byte_buffer *message = grpc_raw_byte_buffer_create(&slice, 1);
        grpc_slice_unref(slice);
        return message;
}

static Transport *transport_free(Transport *transport) {
        pthread_mutex_destroy(&transport->lock);
        free(transport->listen);
        free(transport->parent);
        free(transport->certificate_pem);
        if (transport->key_pem)
                explicit_bzero(transport->key_pem, strlen(transport->key_pem));
        free(transport->key_pem);
        free(transport);
        return NULL;
}

/* host:port, [v6]:port; nothing that gRPC would read as a scheme of its own. */
static bool address_good(const char *address) {
        const char *colon = strrchr(address, ':');
        int64_t port;
        if (!colon || colon == address || integer_parse(colon + 1, &port) < 0 || port < 0 || port > 65535)
                return false;
        const char *other = memchr(address, ':', (size_t) (colon - address));
        return !strchr(address, '/') && (!other || (address[0] == '[' && colon[-1] == ']'));
}

static int text_copy(const char *text, char **ret) {
        if (text_empty(text))
                return 0;
        *ret = strdup(text);
        return *ret ? 0 : -ENOMEM;
}

int transport_new(const TransportOptions *options, Transport **ret) {
        char fingerprint[65];
        if ((!text_empty(options->listen) && !address_good(options->listen)) ||
                (!text_empty(options->parent) && !address_good(options->parent)) ||
                text_empty(options->certificate_pem) || text_empty(options->key_pem))
                return -EINVAL;
        int r = certificate_fingerprint(
                options->certificate_pem, strlen(options->certificate_pem), fingerprint);
        if (r < 0)
                return r;
        Transport *transport = calloc(1, sizeof(*transport));
        if (!transport)
                return -ENOMEM;
        pthread_mutex_init(&transport->lock, NULL);
        transport->log = options->log;
        transport->log_data = options->log_data;
        transport->line_up = true;
        if (text_copy(options->listen, &transport->listen) < 0 ||
                text_copy(options->parent, &transport->parent) < 0 ||
                text_copy(options->certificate_pem, &transport->certificate_pem) < 0 ||
                text_copy(options->key_pem, &transport->key_pem) < 0) {
                transport_free(transport);
                return -ENOMEM;
        }
        *ret = transport;
        return 0;
}

void transport_ring(Transport *transport) {
        pthread_mutex_lock(&transport->lock);
        bool ring = transport->running && !transport->rung;
        if (ring)
                transport->rung = true;
        pthread_mutex_unlock(&transport->lock);
        /* Outside of the lock: the library may run other work of its own before it returns. */
        if (ring)
                batch_start(transport->bell_call, NULL, 0, &transport->bell);
}

static void transport_end(Transport *transport) {
        transport->ending = true;
        transport->cancel_at_ms = transport_now_ms() + STOP_WAIT_MS;
        listener_close(transport);
        for (Stream *each = transport->streams, *next; each; each = next) {
                next = stream_next(each);
                stream_end(each, GRPC_STATUS_UNAVAILABLE, "the node is stopping");
        }
}

static void transport_rung(void *owner, bool ok) {
        Transport *transport = owner;
        pthread_mutex_lock(&transport->lock);
        transport->rung = false;
        bool stopping = transport->stopping, line_up = transport->line_up;
        pthread_mutex_unlock(&transport->lock);

        desk_answer(transport);
        for (Stream *each; (each = stream_take_ready(transport));)
                stream_push(each);
        if (stopping && !transport->ending)
                transport_end(transport);
        else if (!stopping)
                caller_line(transport, line_up);
}

static void transport_pulse(Transport *transport, int64_t now_ms) {
        bool check_trust = now_ms >= transport->trust_at_ms;
        if (check_trust)
                transport->trust_at_ms = now_ms + TRUST_CHECK_MS;
        for (Stream *each = transport->streams, *next; each; each = next) {
                next = stream_next(each);
                stream_pulse(each, now_ms, check_trust);
        }
        desk_pulse(transport, now_ms);
        if (!transport->ending) {
                caller_pulse(transport, now_ms);
        } else if (transport->cancel_at_ms > 0 && now_ms >= transport->cancel_at_ms) {
                transport->cancel_at_ms = 0;
                for (Stream *each = transport->streams; each; each = stream_next(each))
                        stream_cut(each, "the node is stopping");
                desk_cancel(transport);
                if (transport->listener.server)
                        grpc_server_cancel_all_calls(transport->listener.server);
        }
}

static void *transport_run(void *data) {
        Transport *transport = data;
        for (;;) {
                gpr_timespec until = gpr_time_add(
                        gpr_now(GPR_CLOCK_MONOTONIC), gpr_time_from_millis(PULSE_MS, GPR_TIMESPAN));
                grpc_event event = grpc_completion_queue_next(transport->queue, until, NULL);
                if (event.type == GRPC_OP_COMPLETE) {
                        Tag *tag = event.tag;
                        tag->done(tag->owner, event.success != 0);
                }
                int64_t now_ms = transport_now_ms();
                if (now_ms >= transport->pulse_at_ms) {
                        transport->pulse_at_ms = now_ms + PULSE_MS;
                        transport_pulse(transport, now_ms);
                }
                const Listener *listener = &transport->listener;
                if (transport->ending && transport->n_calls == 0 &&
                        (!listener->server || (listener->closed && !listener->posted)))
                        return NULL;
        }
}

static int bell_open(Transport *transport) {
        transport->queue = grpc_completion_queue_create_for_next(NULL);
        transport->bell_channel = grpc_lame_client_channel_create("bell", GRPC_STATUS_UNAVAILABLE, "bell");
        if (!transport->queue || !transport->bell_channel)
                return -ENOMEM;
        transport->bell = (Tag){ transport_rung, transport };
        transport->bell_call = grpc_channel_create_call(transport->bell_channel, NULL,
                GRPC_PROPAGATE_DEFAULTS, transport->queue, grpc_slice_from_static_string("/bell"), NULL,
                gpr_inf_future(GPR_CLOCK_REALTIME), NULL);
        return transport->bell_call ? 0 : -ENOMEM;
}

/* The thread has gone or never was: events that still come are counted by nobody. */
static void transport_undo(Transport *transport) {
        if (transport->queue) {
                grpc_completion_queue_shutdown(transport->queue);
                while (grpc_completion_queue_next(transport->queue, gpr_inf_future(GPR_CLOCK_REALTIME), NULL)
                                .type != GRPC_QUEUE_SHUTDOWN)
                        ;
        }
        listener_done(transport);
        if (transport->bell_call)
                grpc_call_unref(transport->bell_call);
        if (transport->bell_channel)
                grpc_channel_destroy(transport->bell_channel);
        if (transport->queue)
                grpc_completion_queue_destroy(transport->queue);
        transport->bell_call = NULL;
        transport->bell_channel = NULL;
        transport->queue = NULL;
        journal_close(transport);
        grpc_shutdown();
}

int transport_start(Transport *transport, FederationService *service) {
        if (transport->started)
                return -EALREADY;
        grpc_init();
        journal_open(transport);
        transport->service = service;
        transport->caller.pause_ms = PAUSE_FIRST_MS;
        transport->caller.up = transport->line_up;
        int r = bell_open(transport);
        if (r == 0)
                r = listener_open(transport);
        if (r == 0)
                r = desk_open(transport);
        if (r < 0) {
                listener_close(transport);
                transport_undo(transport);
                return r;
        }
        transport->running = true;
        transport->started = true;
        listener_post(transport);
        r = -pthread_create(&transport->thread, NULL, transport_run, transport);
        if (r < 0) {
                /* Without the thread the posted request comes back in the draining. */
                transport->running = transport->started = false;
                desk_close(transport);
                listener_close(transport);
                transport_undo(transport);
                return r;
        }
        return 0;
}

Transport *transport_stop(Transport *transport) {
        if (!transport)
                return NULL;
        if (transport->started) {
                pthread_mutex_lock(&transport->lock);
                transport->stopping = true;
                pthread_mutex_unlock(&transport->lock);
                transport_ring(transport);
                pthread_join(transport->thread, NULL);
                pthread_mutex_lock(&transport->lock);
                transport->running = false;
                pthread_mutex_unlock(&transport->lock);
                desk_close(transport);
                transport_undo(transport);
        }
        return transport_free(transport);
}

void transport_parent_line(Transport *transport, bool up) {
        pthread_mutex_lock(&transport->lock);
        transport->line_up = up;
        pthread_mutex_unlock(&transport->lock);
        transport_ring(transport);
}

int transport_port(const Transport *transport) {
        return transport->listener.port;
}
