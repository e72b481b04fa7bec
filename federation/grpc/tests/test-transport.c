/* SPDX-License-Identifier: Apache-2.0 */
/* The adapter between two services in one process, over real sockets and real TLS. Everything is waited for
 * as an event; what never comes ends in the runner's time limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <internal/transport-key.h>
#include <node/clock.h>
#include <node/error.h>

#include "../adapter.h"
#include "fake-service.h"

typedef struct Identity {
        const char *key_pem, *pem;
        char fingerprint[65];
} Identity;

static Arena *arena;
static Identity parent_identity, child_identity, stranger;

static void identity_make(int64_t office, Identity *ret) {
        assert_int_equal(transport_key_make(arena, &ret->key_pem), 0);
        int64_t now_ms = clock_now(&clock_real).ms;
        TransportIssue issue = { .office = office,
                .from = { now_ms - 86400000 },
                .until = { now_ms + 86400000 },
                .issuer_key_pem = ret->key_pem };
        assert_int_equal(transport_certificate_issue(&issue, arena, &ret->pem), 0);
        assert_int_equal(certificate_fingerprint(ret->pem, strlen(ret->pem), ret->fingerprint), 0);
}

typedef struct Node {
        FederationService service;
        Transport *transport;
} Node;

static void node_start(Node *node, const Identity *identity, const char *listen, const char *parent) {
        TransportOptions options = { .listen = listen,
                .parent = parent,
                .certificate_pem = identity->pem,
                .key_pem = identity->key_pem,
                .log = fake_log,
                .log_data = &node->service };
        assert_int_equal(transport_new(&options, &node->transport), 0);
        node->service.ready = transport_ready;
        node->service.ready_data = node->transport;
        assert_int_equal(transport_start(node->transport, &node->service), 0);
}

static void node_init(Node *node, size_t n_frames, size_t frame_size) {
        fake_init(&node->service);
        node->service.n_frames = n_frames;
        node->service.frame_size = frame_size;
        strcpy(node->service.child, child_identity.fingerprint);
        strcpy(node->service.parent, parent_identity.fingerprint);
}

static void node_stop(Node *node) {
        node->transport = transport_stop(node->transport);
        assert_int_equal(node->service.n_open, 0);
        assert_int_equal(node->service.n_disordered, 0);
        fake_done(&node->service);
}

static void address_of(const Node *node, char ret[static 32]) {
        int port = transport_port(node->transport);
        assert_true(port > 0);
        snprintf(ret, 32, "127.0.0.1:%d", port);
}

/* Both up; the child calls at once. */
static void pair_start(Node *parent, Node *child) {
        char address[32];
        node_start(parent, &parent_identity, "127.0.0.1:0", NULL);
        address_of(parent, address);
        node_start(child, &child_identity, NULL, address);
}

static void pair_stop(Node *parent, Node *child) {
        node_stop(child);
        node_stop(parent);
}

static void test_fingerprint(void **state) {
        TransportCertificate certificate;
        char hex[65];
        assert_int_equal(transport_certificate_read(child_identity.pem, &certificate), 0);
        for (size_t i = 0; i < 32; i++)
                snprintf(hex + 2 * i, 3, "%02x", certificate.fingerprint.bytes[i]);
        assert_string_equal(hex, child_identity.fingerprint);
        const char *bad[] = { "", "-----BEGIN CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE----------END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nA=AA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAB==\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAA!A\n-----END CERTIFICATE-----" };
        for (size_t i = 0; i < ELEMENTSOF(bad); i++)
                assert_int_equal(certificate_fingerprint(bad[i], strlen(bad[i]), hex), -EMALFORMED_);
}

static void test_addresses(void **state) {
        const char *bad[] = { "unix:/x", "127.0.0.1", "127.0.0.1:", ":1", "127.0.0.1:65536", "127.0.0.1:-1",
                "::1:80", "dns:///a:1", "127.0.0.1:1x" };
        for (size_t i = 0; i < ELEMENTSOF(bad); i++) {
                Transport *transport = NULL;
                TransportOptions options = { .listen = bad[i],
                        .certificate_pem = parent_identity.pem,
                        .key_pem = parent_identity.key_pem };
                assert_int_equal(transport_new(&options, &transport), -EINVAL);
        }
}

static void test_both_ways(void **state) {
        Node parent, child;
        node_init(&parent, 500, 100);
        node_init(&child, 500, 2000);
        pair_start(&parent, &child);
        fake_wait(&parent.service, &parent.service.n_received, 500);
        fake_wait(&child.service, &child.service.n_received, 500);
        fake_say(&parent.service, 7);
        fake_say(&child.service, 3);
        fake_wait(&child.service, &child.service.n_received, 507);
        fake_wait(&parent.service, &parent.service.n_received, 503);
        fake_wait(&parent.service, &parent.service.n_sent, 507);
        pair_stop(&parent, &child);
}

static void test_many(void **state) {
        enum { MANY = 200 };
        Node parent;
        Node *children = calloc(MANY, sizeof(*children));
        char address[32];
        assert_non_null(children);
        node_init(&parent, 5, 300);
        node_start(&parent, &parent_identity, "127.0.0.1:0", NULL);
        address_of(&parent, address);
        for (size_t i = 0; i < MANY; i++) {
                node_init(&children[i], 5, 300);
                node_start(&children[i], &child_identity, NULL, address);
        }
        fake_wait(&parent.service, &parent.service.n_received, 5 * MANY);
        for (size_t i = 0; i < MANY; i++)
                fake_wait(&children[i].service, &children[i].service.n_received, 5);
        assert_int_equal(fake_read(&parent.service, &parent.service.n_open), MANY);
        for (size_t i = 0; i < MANY; i++)
                node_stop(&children[i]);
        fake_wait_zero(&parent.service, &parent.service.n_open);
        node_stop(&parent);
        free(children);
}

static void test_long_frames(void **state) {
        Node parent, child;
        node_init(&parent, 3, FEDERATION_FRAME_BYTES_MAX);
        node_init(&child, 3, FEDERATION_FRAME_BYTES_MAX);
        pair_start(&parent, &child);
        fake_wait(&parent.service, &parent.service.n_received, 3);
        fake_wait(&child.service, &child.service.n_received, 3);
        pair_stop(&parent, &child);
}

static void test_last_words(void **state) {
        Node parent, child;
        node_init(&parent, 0, 100);
        node_init(&child, 1, 100);
        parent.service.refuse_at = 1;
        pair_start(&parent, &child);
        fake_wait(&child.service, &child.service.n_last_words, 1);
        fake_wait(&child.service, &child.service.n_events_closed, 1);
        assert_non_null(strstr(child.service.detail, "refused for the test"));
        pair_stop(&parent, &child);
}

static void test_wrong_child(void **state) {
        Node parent, child;
        node_init(&parent, 5, 100);
        node_init(&child, 5, 100);
        strcpy(parent.service.child, stranger.fingerprint);
        pair_start(&parent, &child);
        fake_wait(&parent.service, &parent.service.n_events_refused, 1);
        fake_wait(&child.service, &child.service.n_events_closed, 1);
        assert_non_null(strstr(child.service.detail, "not in the directory"));
        assert_int_equal(parent.service.n_opened, 0);
        assert_int_equal(child.service.n_received, 0);
        pair_stop(&parent, &child);
}

static void test_wrong_parent(void **state) {
        Node parent, child;
        node_init(&parent, 5, 100);
        node_init(&child, 5, 100);
        strcpy(child.service.parent, stranger.fingerprint);
        pair_start(&parent, &child);
        fake_wait(&child.service, &child.service.n_events_closed, 2);
        assert_non_null(strstr(child.service.detail, "not the parent's"));
        assert_int_equal(parent.service.n_opened, 0);
        assert_int_equal(child.service.n_taken, 0);
        pair_stop(&parent, &child);
}

static void test_removed_child(void **state) {
        Node parent, child;
        node_init(&parent, 1, 100);
        node_init(&child, 1, 100);
        pair_start(&parent, &child);
        fake_wait(&parent.service, &parent.service.n_received, 1);
        fake_trust(&parent.service, stranger.fingerprint);
        fake_wait(&child.service, &child.service.n_events_closed, 1);
        assert_non_null(strstr(child.service.detail, "no longer in the directory"));
        pair_stop(&parent, &child);
}

static void test_parent_later(void **state) {
        Node parent, child, holder;
        char address[32];
        node_init(&holder, 0, 8);
        node_start(&holder, &parent_identity, "127.0.0.1:0", NULL);
        address_of(&holder, address);
        node_stop(&holder);

        node_init(&child, 4, 100);
        node_start(&child, &child_identity, NULL, address);
        fake_wait(&child.service, &child.service.n_events_closed, 2);
        assert_int_equal(child.service.n_opened, 0);
        for (unsigned i = 1; i <= 2; i++) {
                node_init(&parent, 4, 100);
                node_start(&parent, &parent_identity, address, NULL);
                fake_wait(&parent.service, &parent.service.n_received, 4);
                fake_wait(&child.service, &child.service.n_received, 4 * i);
                node_stop(&parent);
                fake_wait_zero(&child.service, &child.service.n_open);
        }
        node_stop(&child);
}

static void test_line(void **state) {
        Node parent, child;
        node_init(&parent, 1, 100);
        node_init(&child, 1, 100);
        pair_start(&parent, &child);
        fake_wait(&parent.service, &parent.service.n_received, 1);
        transport_parent_line(child.transport, false);
        fake_wait_zero(&parent.service, &parent.service.n_open);
        fake_wait(&child.service, &child.service.n_events_closed, 1);
        assert_int_equal(fake_read(&child.service, &child.service.n_open), 0);
        transport_parent_line(child.transport, true);
        fake_wait(&parent.service, &parent.service.n_received, 2);
        pair_stop(&parent, &child);
}

static void test_same_port(void **state) {
        Node first;
        char address[32];
        Transport *second = NULL;
        node_init(&first, 0, 8);
        node_start(&first, &parent_identity, "127.0.0.1:0", NULL);
        address_of(&first, address);
        TransportOptions options = {
                .listen = address, .certificate_pem = child_identity.pem, .key_pem = child_identity.key_pem
        };
        assert_int_equal(transport_new(&options, &second), 0);
        assert_int_equal(transport_start(second, &first.service), -EADDRINUSE);
        assert_null(transport_stop(second));
        node_stop(&first);
}

static void test_stop_in_traffic(void **state) {
        for (unsigned i = 0; i < 4; i++) {
                Node parent, child;
                node_init(&parent, 1000000, 60000);
                node_init(&child, 1000000, 60000);
                pair_start(&parent, &child);
                fake_wait(&parent.service, &parent.service.n_received, 40);
                fake_wait(&child.service, &child.service.n_received, 40);
                if (i % 2 == 0) {
                        pair_stop(&parent, &child);
                } else {
                        node_stop(&parent);
                        node_stop(&child);
                }
        }
}

/* While one pair moves 64 MiB, the other's sender, whose receiver does not read, gets rid of a few frames
 * only. */
static void test_back_pressure(void **state) {
        Node parent, child, other_parent, other_child;
        node_init(&parent, 0, 1 << 20);
        node_init(&child, 64, 1 << 20);
        parent.service.held = true;
        pair_start(&parent, &child);
        fake_wait(&child.service, &child.service.n_sent, 1);

        node_init(&other_parent, 0, 1 << 20);
        node_init(&other_child, 64, 1 << 20);
        pair_start(&other_parent, &other_child);
        fake_wait(&other_parent.service, &other_parent.service.n_received, 64);
        size_t n_taken = fake_read(&child.service, &child.service.n_taken);
        fake_hold(&parent.service, false);
        assert_in_range(n_taken, 1, 12);
        fake_wait(&parent.service, &parent.service.n_received, 64);
        pair_stop(&parent, &child);
        pair_stop(&other_parent, &other_child);
}

static void test_enrol(void **state) {
        Node parent;
        char address[32];
        uint8_t *reply = NULL;
        size_t size = 0;
        node_init(&parent, 0, 8);
        node_start(&parent, &parent_identity, "127.0.0.1:0", NULL);
        address_of(&parent, address);
        TransportOptions options = {
                .parent = address, .certificate_pem = stranger.pem, .key_pem = stranger.key_pem
        };
        assert_int_equal(transport_enrol(&options, (Bytes){ (const uint8_t *) "abc", 3 }, &reply, &size), 0);
        assert_int_equal(size, 3);
        assert_memory_equal(reply, "cba", 3);
        free(reply);
        assert_int_equal(
                transport_enrol(&options, (Bytes){ (const uint8_t *) "?", 1 }, &reply, &size), -EPROTO);
        fake_wait(&parent.service, &parent.service.n_events_refused, 1);
        node_stop(&parent);
        assert_int_equal(transport_enrol(&options, (Bytes){ (const uint8_t *) "abc", 3 }, &reply, &size),
                -ECONNREFUSED);
}

/* A client of its own: one call, one message, the status. identity NULL: shows no certificate. */
static grpc_status_code stranger_call(
        const Node *node, const Identity *identity, const char *method, size_t size, bool compressed) {
        char address[32];
        address_of(node, address);
        grpc_init();
        grpc_tls_certificate_verifier *verifier = grpc_tls_certificate_verifier_no_op_create();
        grpc_tls_credentials_options *tls = grpc_tls_credentials_options_create();
        if (identity) {
                grpc_tls_identity_pairs *pairs = grpc_tls_identity_pairs_create();
                grpc_tls_identity_pairs_add_pair(pairs, identity->key_pem, identity->pem);
                grpc_tls_certificate_provider *provider =
                        grpc_tls_certificate_provider_static_data_create(NULL, pairs);
                grpc_tls_credentials_options_set_certificate_provider(tls, provider);
                grpc_tls_credentials_options_watch_identity_key_cert_pairs(tls);
                grpc_tls_certificate_provider_release(provider);
        }
        grpc_tls_credentials_options_set_verify_server_cert(tls, 0);
        grpc_tls_credentials_options_set_check_call_host(tls, 0);
        grpc_tls_credentials_options_set_certificate_verifier(tls, verifier);
        grpc_tls_certificate_verifier_release(verifier);
        grpc_channel_credentials *credentials = grpc_tls_credentials_create(tls);
        grpc_channel *channel = grpc_channel_create(address, credentials, NULL);
        grpc_channel_credentials_release(credentials);
        grpc_completion_queue *queue = grpc_completion_queue_create_for_next(NULL);
        grpc_call *call = grpc_channel_create_call(channel, NULL, GRPC_PROPAGATE_DEFAULTS, queue,
                grpc_slice_from_static_string(method), NULL, gpr_inf_future(GPR_CLOCK_REALTIME), NULL);

        grpc_metadata_array initial, trailing;
        grpc_metadata_array_init(&initial);
        grpc_metadata_array_init(&trailing);
        grpc_slice detail = grpc_empty_slice();
        grpc_status_code status = GRPC_STATUS_UNKNOWN;
        grpc_byte_buffer *message = message_new(calloc(1, size), size);
        grpc_metadata gzip = { .key = grpc_slice_from_static_string("grpc-internal-encoding-request"),
                .value = grpc_slice_from_static_string("gzip") };
        grpc_op operations[4] = { { .op = GRPC_OP_SEND_INITIAL_METADATA },
                { .op = GRPC_OP_SEND_MESSAGE, .data.send_message.send_message = message },
                { .op = GRPC_OP_RECV_STATUS_ON_CLIENT },
                { .op = GRPC_OP_RECV_INITIAL_METADATA,
                        .data.recv_initial_metadata.recv_initial_metadata = &initial } };
        if (compressed) {
                operations[0].data.send_initial_metadata.count = 1;
                operations[0].data.send_initial_metadata.metadata = &gzip;
        }
        operations[2].data.recv_status_on_client.trailing_metadata = &trailing;
        operations[2].data.recv_status_on_client.status = &status;
        operations[2].data.recv_status_on_client.status_details = &detail;
        assert_int_equal(grpc_call_start_batch(call, operations, 4, &status, NULL), GRPC_CALL_OK);
        grpc_completion_queue_next(queue, gpr_inf_future(GPR_CLOCK_REALTIME), NULL);
        grpc_byte_buffer_destroy(message);
        grpc_slice_unref(detail);
        grpc_metadata_array_destroy(&initial);
        grpc_metadata_array_destroy(&trailing);
        grpc_call_unref(call);
        grpc_channel_destroy(channel);
        grpc_completion_queue_shutdown(queue);
        grpc_completion_queue_next(queue, gpr_inf_future(GPR_CLOCK_REALTIME), NULL);
        grpc_completion_queue_destroy(queue);
        grpc_shutdown();
        return status;
}

static void test_strangers(void **state) {
        Node parent;
        node_init(&parent, 0, 8);
        node_start(&parent, &parent_identity, "127.0.0.1:0", NULL);
        const char *unknown = "/fundnode.federation.v1.Federation/Destroy";
        assert_int_equal(
                stranger_call(&parent, &child_identity, unknown, 8, false), GRPC_STATUS_UNIMPLEMENTED);
        assert_int_equal(
                stranger_call(&parent, &stranger, METHOD_EXCHANGE, 8, false), GRPC_STATUS_PERMISSION_DENIED);
        assert_int_equal(stranger_call(&parent, NULL, METHOD_EXCHANGE, 8, false), GRPC_STATUS_UNAVAILABLE);
        assert_int_equal(stranger_call(&parent, NULL, METHOD_ENROL, 8, false), GRPC_STATUS_UNAVAILABLE);
        assert_int_equal(stranger_call(&parent, &stranger, METHOD_ENROL, ENROL_BYTES_MAX + 1, false),
                GRPC_STATUS_INVALID_ARGUMENT);
        assert_int_equal(parent.service.n_opened, 0);
        assert_int_equal(stranger_call(&parent, &child_identity, METHOD_EXCHANGE,
                                 FEDERATION_FRAME_BYTES_MAX + 1, false),
                GRPC_STATUS_RESOURCE_EXHAUSTED);
        assert_int_equal(fake_read(&parent.service, &parent.service.n_received), 0);
        assert_int_not_equal(
                stranger_call(&parent, &child_identity, METHOD_EXCHANGE, 1 << 20, true), GRPC_STATUS_OK);
        assert_int_equal(fake_read(&parent.service, &parent.service.n_received), 0);

        Node child;
        char address[32];
        address_of(&parent, address);
        node_init(&child, 2, 100);
        node_start(&child, &child_identity, NULL, address);
        fake_wait(&parent.service, &parent.service.n_received, 2);
        pair_stop(&parent, &child);
}

static void test_never_started(void **state) {
        TransportOptions options = { .certificate_pem = child_identity.pem,
                .key_pem = child_identity.key_pem };
        Transport *transport = NULL;
        assert_null(transport_stop(NULL));
        assert_int_equal(transport_new(&options, &transport), 0);
        transport_parent_line(transport, false);
        assert_null(transport_stop(transport));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "fingerprint equals the directory's form", test_fingerprint, NULL, NULL, NULL },
                { "addresses with a scheme of gRPC's are refused", test_addresses, NULL, NULL, NULL },
                { "made and stopped without a start", test_never_started, NULL, NULL, NULL },
                { "frames both ways, in order", test_both_ways, NULL, NULL, NULL },
                { "frames at the limit", test_long_frames, NULL, NULL, NULL },
                { "last words arrive before the refusal", test_last_words, NULL, NULL, NULL },
                { "unknown certificate of a child", test_wrong_child, NULL, NULL, NULL },
                { "unknown certificate of the parent", test_wrong_parent, NULL, NULL, NULL },
                { "a child removed from the directory loses its line", test_removed_child, NULL, NULL,
                        NULL },
                { "the parent comes later, goes and comes back", test_parent_later, NULL, NULL, NULL },
                { "the line is cut and restored", test_line, NULL, NULL, NULL },
                { "a second listener on the port", test_same_port, NULL, NULL, NULL },
                { "unknown method, no certificate, too long, compressed", test_strangers, NULL, NULL, NULL },
                { "enrolment", test_enrol, NULL, NULL, NULL },
                { "stop in the middle of traffic", test_stop_in_traffic, NULL, NULL, NULL },
                { "a slow receiver holds up the sender", test_back_pressure, NULL, NULL, NULL },
                { "two hundred children", test_many, NULL, NULL, NULL },
        };
        arena = arena_new(1 << 20);
        identity_make(51, &parent_identity);
        identity_make(5101, &child_identity);
        identity_make(99, &stranger);
        int r = cmocka_run_group_tests(tests, NULL, NULL);
        arena_free(arena);
        return r;
}
