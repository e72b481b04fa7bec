/* SPDX-License-Identifier: Apache-2.0 */
/* A node's beginning: folder, keys, stores, administrators; then its place in the tree. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <federation/session.h>
#include <federation/transport.h>
#include <internal/identity.h>
#include <node/error.h>
#include <node/text.h>

#include "node.h"
#include "verbs.h"

#define ROOT_OFFICE 1
#define ENROL_PAUSE_S 2

static int root_create(Node *node, const TransportPair *pair) {
        const RootAsk ask = { .office = ROOT_OFFICE,
                .name = node->config.name,
                .division_code = node->config.division,
                .fingerprint = pair->fingerprint,
                .level = node->config.level,
                .capabilities = config_capabilities(&node->config) };

        int r = federation_root_create(&node->engine, &ask);
        return r == 0 || r == -EEXIST ? node_office_write(node, ROOT_OFFICE) : r;
}

static void key_print(const PublicKey *key) {
        uint8_t bytes[1 + sizeof(key->point)];
        char hex[2 * sizeof(bytes) + 1];

        bytes[0] = key->algorithm;
        memcpy(bytes + 1, key->point, sizeof(key->point));
        hex_encode(bytes, sizeof(bytes), hex);
        printf("identity %s\n", hex);
}

/* The three administrators belong to an office, so they are made once it has its number. */
static int administrators_make(Node *node) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        _cleanup_(identity_closep) Identity *identity = NULL;
        FirstLogin logins[3];

        int r = arena ? identity_open(
                                &node->engine, (PasswordMethod) node->config.password_method, &identity)
                      : -ENOMEM;
        if (r == 0)
                r = identity_first_start(identity, node->office, arena, logins);
        if (r == -EEXIST) {
                puts("administrators exist; their one-time passwords were shown once");
                return 0;
        }
        for (size_t i = 0; r == 0 && i < ELEMENTSOF(logins); i++)
                printf("login %s %s %s\n", logins[i].login, logins[i].password, logins[i].label);
        return r;
}

static int init_do(Node *node) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        TransportPair pair;
        PublicKey key;

        int r = arena ? node_transport(node, arena, &pair) : -ENOMEM;
        if (r == 0)
                r = node->keys.public_key(node->keys.data, &key);
        if (r == 0)
                key_print(&key);
        if (r == 0 && node->config.level == LEVEL_NATION && text_empty(node->config.parent))
                r = root_create(node, &pair);
        if (r == 0 && node->office != 0)
                r = administrators_make(node);
        if (r < 0) {
                fprintf(stderr, "fundnode: init: %s\n", r > -5000 ? strerror(-r) : "refused");
                return EXIT_FAILURE;
        }
        if (node->office == 0)
                puts("next: fundnode enrol --config FILE --code CODE");
        return EXIT_SUCCESS;
}

int verb_init(int argc, char **argv) {
        Node node = { 0 };

        int r = inner_open(argc, argv, &node);
        if (r == EXIT_SUCCESS)
                r = init_do(&node);
        node_close(&node);
        return r;
}

/* One question to the parent. -EAGAIN: the second person has not approved yet. */
static int enrol_once(Node *node, const TransportPair *pair, const char *code, int64_t *ret_office,
        char ret_refusal[static 64]) {
        const EnrolAsk ask = { .code = code,
                .name = node->config.name,
                .division_code = node->config.division,
                .fingerprint = pair->fingerprint };
        const TransportOptions transport = {
                .parent = node->config.parent, .certificate_pem = pair->certificate, .key_pem = pair->key
        };
        uint8_t *request = NULL, *reply = NULL;
        size_t request_size, reply_size;
        PublicKey root;

        int r = node_root_key(node, &root);
        if (r == 0)
                r = federation_enrol_ask(&node->engine, &ask, &request, &request_size);
        if (r == 0)
                r = transport_enrol(&transport, (Bytes){ request, request_size }, &reply, &reply_size);
        if (r == 0)
                r = federation_enrol_take(
                        &node->engine, &root, (Bytes){ reply, reply_size }, ret_office, ret_refusal);
        free(request);
        free(reply);
        return r;
}

static int enrol_do(Node *node, const char *code) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        char refusal[64] = "";
        TransportPair pair;
        bool told = false;
        int64_t office;

        int r = arena ? node_transport(node, arena, &pair) : -ENOMEM;
        while (r == 0 && (r = enrol_once(node, &pair, code, &office, refusal)) == -EAGAIN) {
                if (!told)
                        puts("waiting for the second person's approval at the parent");
                fflush(stdout);
                told = true;
                sleep(ENROL_PAUSE_S);
                r = 0;
        }
        if (r == 0)
                r = node_office_write(node, office);
        if (r == 0)
                r = administrators_make(node);
        if (r < 0) {
                fprintf(stderr, "fundnode: enrolment: %s\n",
                        *refusal        ? refusal
                        : r == -EBADMSG ? "the reply does not follow from the configured root ('tree')"
                        : r == -ENOENT  ? "'tree' is missing in the configuration"
                        : r > -5000     ? strerror(-r)
                                        : "the parent's reply could not be read");
                return EXIT_FAILURE;
        }
        printf("office %lld\n", (long long) office);
        return EXIT_SUCCESS;
}

int verb_enrol(int argc, char **argv) {
        const char *code = option_value(argc, argv, "--code");
        Node node = { 0 };

        if (!code)
                return VERB_USAGE;
        int r = inner_open(argc, argv, &node);
        if (r == EXIT_SUCCESS)
                r = enrol_do(&node, code);
        node_close(&node);
        return r;
}
