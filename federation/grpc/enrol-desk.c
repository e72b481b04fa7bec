/* SPDX-License-Identifier: Apache-2.0 */
/* Answers enrolments, the one call that strangers may make: small requests, few at a time, short limits. The
 * service's answer may wait for the store, so it is asked on a thread of its own. */
#include <stdlib.h>
#include <string.h>

#include <grpc/support/alloc.h>
#include <node/error.h>

#include "adapter.h"

struct EnrolCall {
        Transport *transport;
        grpc_call *call;
        Tag received, answered, over;
        grpc_byte_buffer *in;
        uint8_t *request, *reply;
        size_t request_size, reply_size;
        int result;
        int cancelled;
        size_t n_pending;
        bool at_desk; /* with the worker, or on the way back */
        int64_t until_ms;
        EnrolCall *next_queued; /* under the lock */
        EnrolCall *previous, *next;
};

static void enrol_settle(EnrolCall *enrol) {
        Transport *transport = enrol->transport;
        if (enrol->n_pending > 0 || enrol->at_desk)
                return;
        if (enrol->previous)
                enrol->previous->next = enrol->next;
        else
                transport->desk.calls = enrol->next;
        if (enrol->next)
                enrol->next->previous = enrol->previous;
        transport->desk.n_calls--;
        transport->n_calls--;
        grpc_call_unref(enrol->call);
        if (enrol->in)
                grpc_byte_buffer_destroy(enrol->in);
        free(enrol->request);
        free(enrol->reply);
        free(enrol);
        listener_post(transport);
}

static void enrol_over(void *owner, bool ok) {
        EnrolCall *enrol = owner;
        enrol->n_pending--;
        enrol->until_ms = 0;
        enrol_settle(enrol);
}

static void enrol_answered(void *owner, bool ok) {
        EnrolCall *enrol = owner;
        enrol->n_pending--;
        enrol_settle(enrol);
}

static void enrol_answer(EnrolCall *enrol, grpc_status_code status, const char *detail) {
        grpc_slice text = grpc_slice_from_static_string(detail);
        grpc_op operations[3] = { { .op = GRPC_OP_SEND_INITIAL_METADATA },
                { .op = GRPC_OP_SEND_STATUS_FROM_SERVER } };
        size_t n = 2;
        grpc_byte_buffer *message = NULL;
        operations[1].data.send_status_from_server.status = status;
        operations[1].data.send_status_from_server.status_details = &text;
        if (status == GRPC_STATUS_OK) {
                message = message_new(TAKE_PTR(enrol->reply), enrol->reply_size);
                operations[n++] =
                        (grpc_op){ .op = GRPC_OP_SEND_MESSAGE, .data.send_message.send_message = message };
        } else {
                char *peer = grpc_call_get_peer(enrol->call);
                transport_log(enrol->transport, "transport.refused", "%s: enrolment: %s", peer, detail);
                gpr_free(peer);
        }
        enrol->n_pending++;
        batch_start(enrol->call, operations, n, &enrol->answered);
        if (message)
                grpc_byte_buffer_destroy(message);
}

static void enrol_received(void *owner, bool ok) {
        EnrolCall *enrol = owner;
        Transport *transport = enrol->transport;
        EnrolDesk *desk = &transport->desk;
        enrol->n_pending--;
        int r = ok && enrol->in
                        ? message_bytes(enrol->in, ENROL_BYTES_MAX, &enrol->request, &enrol->request_size)
                        : -EMALFORMED_;
        if (r < 0) {
                enrol_answer(enrol, GRPC_STATUS_INVALID_ARGUMENT,
                        "the request is missing, compressed or too long");
        } else {
                enrol->at_desk = true;
                pthread_mutex_lock(&transport->lock);
                EnrolCall **last = &desk->waiting;
                while (*last)
                        last = &(*last)->next_queued;
                *last = enrol;
                pthread_cond_signal(&desk->changed);
                pthread_mutex_unlock(&transport->lock);
        }
        enrol_settle(enrol);
}

void desk_accept(Transport *transport, grpc_call *call) {
        EnrolDesk *desk = &transport->desk;
        if (desk->n_calls >= ENROL_WAITING_MAX) {
                call_refuse(
                        transport, call, GRPC_STATUS_RESOURCE_EXHAUSTED, "too many enrolments at one time");
                return;
        }
        EnrolCall *enrol = calloc(1, sizeof(*enrol));
        if (!enrol) {
                call_refuse(transport, call, GRPC_STATUS_RESOURCE_EXHAUSTED, "out of memory");
                return;
        }
        enrol->transport = transport;
        enrol->call = call;
        enrol->received = (Tag){ enrol_received, enrol };
        enrol->answered = (Tag){ enrol_answered, enrol };
        enrol->over = (Tag){ enrol_over, enrol };
        enrol->until_ms = transport_now_ms() + ENROL_WAIT_MS;
        enrol->next = desk->calls;
        if (enrol->next)
                enrol->next->previous = enrol;
        desk->calls = enrol;
        desk->n_calls++;
        transport->n_calls++;
        grpc_op over = { .op = GRPC_OP_RECV_CLOSE_ON_SERVER,
                .data.recv_close_on_server.cancelled = &enrol->cancelled };
        grpc_op receive = { .op = GRPC_OP_RECV_MESSAGE, .data.recv_message.recv_message = &enrol->in };
        enrol->n_pending = 2;
        batch_start(call, &over, 1, &enrol->over);
        batch_start(call, &receive, 1, &enrol->received);
}

static void *desk_run(void *data) {
        Transport *transport = data;
        EnrolDesk *desk = &transport->desk;
        pthread_mutex_lock(&transport->lock);
        for (;;) {
                EnrolCall *enrol = desk->waiting;
                if (!enrol) {
                        if (desk->closing)
                                break;
                        pthread_cond_wait(&desk->changed, &transport->lock);
                        continue;
                }
                desk->waiting = enrol->next_queued;
                pthread_mutex_unlock(&transport->lock);
                enrol->result = federation_enrol_serve(transport->service,
                        (Bytes){ enrol->request, enrol->request_size }, &enrol->reply, &enrol->reply_size);
                pthread_mutex_lock(&transport->lock);
                enrol->next_queued = desk->answered;
                desk->answered = enrol;
                pthread_mutex_unlock(&transport->lock);
                transport_ring(transport);
                pthread_mutex_lock(&transport->lock);
        }
        pthread_mutex_unlock(&transport->lock);
        return NULL;
}

void desk_answer(Transport *transport) {
        pthread_mutex_lock(&transport->lock);
        EnrolCall *each = TAKE_PTR(transport->desk.answered);
        pthread_mutex_unlock(&transport->lock);
        while (each) {
                EnrolCall *enrol = each;
                each = each->next_queued;
                enrol->next_queued = NULL;
                enrol->at_desk = false;
                if (enrol->result == 0)
                        enrol_answer(enrol, GRPC_STATUS_OK, "");
                else if (enrol->result == -EMALFORMED_)
                        enrol_answer(enrol, GRPC_STATUS_INVALID_ARGUMENT, "the request cannot be read");
                else
                        enrol_answer(enrol, GRPC_STATUS_INTERNAL, "the request could not be worked on");
        }
}

void desk_pulse(Transport *transport, int64_t now_ms) {
        for (EnrolCall *each = transport->desk.calls; each; each = each->next) {
                if (each->until_ms == 0 || now_ms < each->until_ms)
                        continue;
                each->until_ms = 0;
                grpc_call_cancel_with_status(
                        each->call, GRPC_STATUS_DEADLINE_EXCEEDED, "no answer in time", NULL);
        }
}

void desk_cancel(Transport *transport) {
        for (EnrolCall *each = transport->desk.calls; each; each = each->next)
                grpc_call_cancel_with_status(
                        each->call, GRPC_STATUS_UNAVAILABLE, "the node is stopping", NULL);
}

int desk_open(Transport *transport) {
        if (!transport->listen)
                return 0;
        pthread_cond_init(&transport->desk.changed, NULL);
        int r = -pthread_create(&transport->desk.thread, NULL, desk_run, transport);
        if (r < 0)
                pthread_cond_destroy(&transport->desk.changed);
        transport->desk.running = r == 0;
        return r;
}

void desk_close(Transport *transport) {
        if (!transport->desk.running)
                return;
        pthread_mutex_lock(&transport->lock);
        transport->desk.closing = true;
        pthread_cond_signal(&transport->desk.changed);
        pthread_mutex_unlock(&transport->lock);
        pthread_join(transport->desk.thread, NULL);
        pthread_cond_destroy(&transport->desk.changed);
        transport->desk.running = false;
}
