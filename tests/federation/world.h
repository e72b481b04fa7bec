/* SPDX-License-Identifier: Apache-2.0 */
/* The simulated world: eight nodes in four tiers, their disks, the lines between them, one clock, one source
 * of chance. */
#pragma once

#include <federation/session.h>
#include <internal/engine.h>
#include <internal/keys-process.h>

#include "sim-module.h"

#define NODES 8
#define HOUSES_MAX 64

typedef struct Packet {
        struct Packet *next;
        int64_t at_ms;
        uint8_t *data;
        size_t size;
} Packet;

typedef struct Line {
        FederationSession *end[2];  /* 0 the child's, 1 the parent's */
        Packet *first[2], *last[2]; /* toward end[i] */
        Packet *echo[2];            /* a copy that arrives once more, later */
        int64_t connect_at_ms;
        bool cut;
} Line;

typedef struct Node {
        int index, parent;
        int64_t level;
        unsigned capabilities;
        int64_t office;
        char fingerprint[65];
        Keys keys;
        Registry *registry;
        Store *stores[4];
        Engine engine;
        FederationService *service;
        Line line; /* to the parent */
        /* workload of counties */
        Id houses[HOUSES_MAX];
        size_t n_houses;
        int64_t commands, paid_acknowledged;
} Node;

typedef struct World {
        uint64_t seed, chance;
        int64_t now_ms;
        Clock clock;
        PublicKey root;
        Node nodes[NODES];
        bool faults, verbose;
        int64_t crashes, cuts, duplicates, swaps, commands;
        char failure[512];
} World;

uint64_t world_chance(World *world, uint64_t below);
/* Builds all nodes and enrols them as people would. */
int world_begin(World *world, uint64_t seed);
void world_end(World *world);
/* One event, or a jump of the clock of at most max_ms when nothing happens. 1 something happened. */
int world_step(World *world, int64_t max_ms);
void world_heal(World *world);
int node_crash(World *world, Node *node);
void world_fail(World *world, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool node_is_county(const Node *node);

/* oracle.c: I21, I22; notes the first finding in world->failure. */
void oracle_at_rest(World *world);
void oracle_after_restart(World *world, const Node *node);
