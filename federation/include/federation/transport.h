/* SPDX-License-Identifier: Apache-2.0 */
/* The gRPC adapter: one completion-queue thread carries every stream; children call in, we call our parent.
 * Mutual TLS with the nodes' own P-256 certificates; who may connect is decided by fingerprint against the
 * directory, never by a CA. */
#pragma once

#include <federation/session.h>

typedef struct Transport Transport;

typedef struct TransportOptions {
        const char *listen;                    /* "127.0.0.1:7443"; NULL or "": no children */
        const char *parent;                    /* "127.0.0.1:7444"; NULL or "": no parent */
        const char *certificate_pem, *key_pem; /* our transport certificate; copied */
        void (*log)(void *data, const char *event, const char *detail);
        void *log_data;
} TransportOptions;

/* Makes the adapter so that its transport_ready can be given to the service; nothing moves yet. */
int transport_new(const TransportOptions *options, Transport **ret) _must_check_;
/* FederationOptions.ready, with the transport as its data. */
void transport_ready(void *data, FederationSession *session, void *adapter);
/* Listens and calls the parent, again and again with growing pauses (1 s to 60 s). -EADDRINUSE: another
 * process has the port. */
int transport_start(Transport *transport, FederationService *service) _must_check_;
/* Ends calls after a short grace, joins the thread. Call before federation_service_free. NULL is accepted.
 */
Transport *transport_stop(Transport *transport);
DEFINE_CLEANUP(Transport, transport_stop)
/* Cuts (false) or restores (true) the line to the parent: an operator's switch, and the tests'. */
void transport_parent_line(Transport *transport, bool up);

/* The unary enrolment call, before any service exists; the server's certificate is not checked here, the
 * reply is proven by its signatures. Reply malloc'd. -ECONNREFUSED, -ETIMEDOUT, -EPROTO. */
int transport_enrol(
        const TransportOptions *options, Bytes request, uint8_t **ret_reply, size_t *ret_size) _must_check_;

/* The port that children reach: the one asked for, or the free one that was found for "host:0"; 0 before
 * start and without children. */
int transport_port(const Transport *transport);
