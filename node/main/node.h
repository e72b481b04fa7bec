/* SPDX-License-Identifier: Apache-2.0 */
/* An open node: registry, keys, stores and engine in their start order. What serve adds (identity,
 * federation, web) stands in serve.c; what the command line needs stands in tool.c. */
#pragma once

#include <internal/config.h>
#include <internal/engine.h>
#include <internal/imports.h>
#include <internal/papers.h>

typedef enum NodeUse {
        NODE_SERVE, /* keys in their own process, writer threads */
        NODE_TOOL,  /* keys in process, writer in the caller */
        NODE_LOOK,  /* registry only: describe */
} NodeUse;

typedef struct Node {
        Config config;
        int64_t office; /* whose books these are; 0 before enrolment */
        Registry *registry;
        Keys keys;
        bool has_keys;
        pid_t keys_process;
        Store *stores[4];
        Engine engine;
        char blobs[CONFIG_TEXT_MAX], key_folder[CONFIG_TEXT_MAX];
} Node;

/* Says on stderr what stopped it. -EBUSY: another process has the node open. */
int node_open(const Config *config, NodeUse use, Node *ret) _must_check_;
void node_close(Node *node);

/* Opens the node of --config for a command-line tool. Gives an exit status; says on stderr what stopped it. */
int tool_open(int argc, char **argv, Node *ret);
/* The same for what an outer node does not have (3.0.4): it says so there. */
int inner_open(int argc, char **argv, Node *ret);

/* Every module of this program, kernel first. */
const Module *const *node_modules(size_t *ret_n);
/* Remembers the number that enrolment gave; durable. */
int node_office_write(Node *node, int64_t office) _must_check_;

/* The node's own certificate and key for the wire, made where they are missing. PEM in the arena. */
typedef struct TransportPair {
        const char *certificate, *key;
        char fingerprint[65];
} TransportPair;
int node_transport(Node *node, Arena *arena, TransportPair *ret) _must_check_;
/* Identity key of the tree's root, from the configuration; at the root its own. -ENOENT: not configured. */
int node_root_key(Node *node, PublicKey *ret) _must_check_;
