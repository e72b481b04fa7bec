/* SPDX-License-Identifier: Apache-2.0 */
/* Building the world, moving frames along its lines, and breaking it. */
#include "world.h"

#include <federation/federation.h>
#include <node/error.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"

static const struct {
        int parent;
        int64_t level;
        unsigned capabilities;
} plan[NODES] = {
        { -1, 4, CAPABILITY_FACTS },
        { 0, 3, CAPABILITY_FACTS },
        { 0, 3, CAPABILITY_FACTS },
        { 1, 2, CAPABILITY_DETAIL | CAPABILITY_FACTS },
        { 2, 2, CAPABILITY_DETAIL | CAPABILITY_FACTS },
        { 3, 1, CAPABILITY_BUSINESS },
        { 3, 1, CAPABILITY_BUSINESS },
        { 4, 1, CAPABILITY_BUSINESS },
};

bool node_is_county(const Node *node) {
        return node->capabilities & CAPABILITY_BUSINESS;
}

/* splitmix64 */
static uint64_t chance_next(void *data) {
        World *world = data;
        uint64_t z = world->chance += UINT64_C(0x9e3779b97f4a7c15);

        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        return z ^ (z >> 31);
}

uint64_t world_chance(World *world, uint64_t below) {
        return chance_next(world) % below;
}

static Instant clock_wall(void *data) {
        return (Instant){ INT64_C(1795000000000) + ((World *) data)->now_ms };
}

static int64_t clock_steady(void *data) {
        return ((World *) data)->now_ms;
}

static void clock_random(void *data, void *ret, size_t size) {
        for (size_t i = 0; i < size; i++)
                ((uint8_t *) ret)[i] = (uint8_t) chance_next(data);
}

void world_fail(World *world, const char *format, ...) {
        va_list arguments;

        if (world->failure[0])
                return;
        va_start(arguments, format);
        vsnprintf(world->failure, sizeof world->failure, format, arguments);
        va_end(arguments);
}

/* --- nodes --- */

static bool has_store(const Node *node, StoreId id) {
        return id == STORE_SYSTEM || (id == STORE_BUSINESS) == node_is_county(node);
}

static int node_open(World *world, Node *node) {
        node->engine = (Engine){ .registry = node->registry,
                .keys = &node->keys,
                .clock = &world->clock,
                .digest_kind = DIGEST_SHA256 };
        for (StoreId id = STORE_SYSTEM; id <= STORE_REGULATORY; id++) {
                StoreOptions options = {
                        .id = id, .clock = &world->clock, .sqlite_vfs = DISK_VFS, .inline_writer = true
                };
                char dsn[64];
                int r;

                if (!has_store(node, id))
                        continue;
                snprintf(dsn, sizeof dsn, "sqlite:%d/store-%d", node->index, (int) id);
                options.dsn = dsn;
                r = store_open(&options, &node->stores[id]);
                if (r == 0)
                        r = engine_migrate(node->registry, node->stores[id]);
                if (r == 0 && id == STORE_REGULATORY)
                        r = federation_landing_migrate(node->stores[id], node->registry);
                if (r < 0)
                        return r;
                node->engine.stores[id] = node->stores[id];
        }
        return 0;
}

static void committed(void *data, StoreId store, int64_t seq) {
        const Node *node = data;

        (void) store;
        (void) seq;
        if (node->service)
                federation_service_changed(node->service);
}

static void talk(void *data, const char *event, const char *detail) {
        const Node *node = data;

        printf("  node %d: %s: %s\n", node->index, event, detail);
}

static int node_serve(World *world, Node *node) {
        FederationOptions options = { .engine = &node->engine,
                .office = node->office,
                .root = world->root,
                .inline_work = true,
                .log = world->verbose ? talk : NULL,
                .log_data = node };

        node->engine.committed = committed;
        node->engine.committed_data = node;
        return federation_service_new(&options, &node->service);
}

static void node_close(Node *node) {
        node->service = federation_service_free(node->service);
        for (StoreId id = STORE_SYSTEM; id <= STORE_REGULATORY; id++)
                node->stores[id] = store_close(node->stores[id]);
}

static int node_make(World *world, int index) {
        const Module *modules[] = { &module_node, &module_federation,
                plan[index].capabilities & CAPABILITY_BUSINESS ? &module_sim_county : &module_sim_above };
        Node *node = &world->nodes[index];
        int r;

        node->index = index;
        node->parent = plan[index].parent;
        node->level = plan[index].level;
        node->capabilities = plan[index].capabilities;
        snprintf(node->fingerprint, sizeof node->fingerprint, "%064d", index + 1);
        r = keys_simulation(world->seed * NODES + (uint64_t) index, &node->keys);
        if (r == 0)
                r = registry_new(modules, ELEMENTSOF(modules), node->capabilities, &node->registry);
        return r < 0 ? r : node_open(world, node);
}

/* --- enrolment, as people do it --- */

static int run_command(Node *node, int64_t person, const char *key, const char *name, const char *json,
        Arena *arena, Reply *reply) {
        Caller caller = { .person = { person }, .office = node->office, .key = key };
        json_t *input = json_loads(json, 0, NULL);

        command_execute_json(
                &node->engine, &caller, registry_command(node->registry, name), input, arena, reply);
        json_decref(input);
        return reply->result;
}

static int exchange(World *world, Node *node, const char *code) {
        Node *parent = &world->nodes[node->parent];
        EnrolAsk ask = { code, "joining office", "990000", node->fingerprint };
        uint8_t *request = NULL, *answer = NULL;
        size_t request_size, answer_size;
        char refusal[64];
        int r;

        r = federation_enrol_ask(&node->engine, &ask, &request, &request_size);
        if (r == 0)
                r = federation_enrol_serve(
                        parent->service, (Bytes){ request, request_size }, &answer, &answer_size);
        if (r == 0)
                r = federation_enrol_take(
                        &node->engine, &world->root, (Bytes){ answer, answer_size }, &node->office, refusal);
        free(request);
        free(answer);
        return r;
}

static int enrol(World *world, Node *node) {
        Node *parent = &world->nodes[node->parent];
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        char json[256], key[32];
        json_t *output;
        Reply reply;
        int r;

        snprintf(json, sizeof json,
                "{\"name\":\"office %d\",\"division_code\":\"990000\",\"level\":%d,\"capabilities\":%u}",
                node->index, (int) node->level, node->capabilities);
        snprintf(key, sizeof key, "issue-key-000000-%d", node->index);
        r = run_command(parent, 11, key, "federation.issue_code", json, arena, &reply);
        if (r < 0)
                return r;
        output = record_to_json(
                registry_command(parent->registry, "federation.issue_code")->output, reply.output);
        snprintf(json, sizeof json, "{\"enrolment\":\"%s\"}",
                json_string_value(json_object_get(output, "enrolment")));
        r = exchange(world, node, json_string_value(json_object_get(output, "code")));
        if (r != -EAGAIN)
                return -EPROTO;
        snprintf(key, sizeof key, "approve-same-0000-%d", node->index);
        if (run_command(parent, 11, key, "federation.approve_enrolment", json, arena, &reply) != -EREFUSED_)
                return -EPROTO;
        snprintf(key, sizeof key, "approve-key-00000-%d", node->index);
        r = run_command(parent, 12, key, "federation.approve_enrolment", json, arena, &reply);
        if (r == 0)
                r = exchange(world, node, json_string_value(json_object_get(output, "code")));
        json_decref(output);
        return r;
}

int world_begin(World *world, uint64_t seed) {
        RootAsk ask = { .office = 1,
                .name = "nation",
                .division_code = "000000",
                .level = 4,
                .capabilities = CAPABILITY_FACTS };
        int r;

        world->seed = world->chance = seed;
        world->clock = (Clock){ clock_wall, clock_steady, clock_random, world };
        disk_register(chance_next, world);
        for (int i = 0; i < NODES; i++) {
                Node *node = &world->nodes[i];

                r = node_make(world, i);
                if (r == 0 && i == 0) {
                        node->office = 1;
                        ask.fingerprint = node->fingerprint;
                        r = node->keys.public_key(node->keys.data, &world->root);
                        if (r == 0)
                                r = federation_root_create(&node->engine, &ask);
                } else if (r == 0)
                        r = enrol(world, node);
                if (r == 0)
                        r = node_serve(world, node);
                if (r < 0) {
                        world_fail(world, "node %d could not join: %d", i, r);
                        return r;
                }
        }
        return 0;
}

/* --- lines --- */

static void packets_free(Line *line) {
        for (int to = 0; to < 2; to++) {
                while (line->first[to]) {
                        Packet *packet = line->first[to];

                        line->first[to] = packet->next;
                        free(packet->data);
                        free(packet);
                }
                line->last[to] = NULL;
                if (line->echo[to])
                        free(line->echo[to]->data);
                free(line->echo[to]);
                line->echo[to] = NULL;
        }
}

static void line_drop(World *world, Line *line) {
        for (int i = 0; i < 2; i++)
                if (line->end[i])
                        federation_session_close(line->end[i]);
        line->end[0] = line->end[1] = NULL;
        packets_free(line);
        line->connect_at_ms = world->now_ms + 50 + (int64_t) world_chance(world, 4000);
}

void world_end(World *world) {
        for (int i = 0; i < NODES; i++)
                line_drop(world, &world->nodes[i].line);
        for (int i = 0; i < NODES; i++) {
                node_close(&world->nodes[i]);
                world->nodes[i].registry = registry_free(world->nodes[i].registry);
                if (world->nodes[i].keys.data)
                        keys_close(&world->nodes[i].keys);
        }
        disk_forget_all();
}

static Packet *packet_new(const uint8_t *data, size_t size, int64_t at_ms) {
        Packet *packet = calloc(1, sizeof *packet);
        uint8_t *copy = malloc(size ? size : 1);

        if (!packet || !copy)
                abort();
        memcpy(copy, data, size);
        *packet = (Packet){ .at_ms = at_ms, .data = copy, .size = size };
        return packet;
}

static void packet_append(Line *line, int to, Packet *packet) {
        if (line->last[to] && line->last[to]->at_ms > packet->at_ms)
                packet->at_ms = line->last[to]->at_ms;
        if (line->last[to])
                line->last[to]->next = packet;
        else
                line->first[to] = packet;
        line->last[to] = packet;
}

/* Tag of the frame's oneof; batches and acknowledgements may come twice. */
static bool repeatable(const uint8_t *data, size_t size) {
        return size > 0 && (data[0] == (3 << 3 | 2) || data[0] == (4 << 3 | 2));
}

/* Stream of a batch: header's office and stream are its third and fourth field, after 2 + 2 + 32 bytes. */
static bool batch_stream(const Packet *packet, uint8_t ret[16]) {
        static const uint8_t tree_tag[] = { 2 << 3 | 2, 32 };
        uint8_t *tree;

        if (!packet || packet->size < 80 || packet->data[0] != (3 << 3 | 2))
                return false;
        tree = memmem(packet->data, 32, tree_tag, sizeof tree_tag);
        if (!tree)
                return false;
        /* Number of the office (a varint of at most five bytes) and of the stream with their tags. */
        memset(ret, 0, 16);
        for (size_t i = 0, fields = 0; i < 12; i++) {
                ret[i] = tree[34 + i];
                if (!(tree[34 + i] & 0x80) && ++fields == 4)
                        return true;
        }
        return false;
}

/* Two batches of different streams may overtake one another. */
static void maybe_swap(World *world, Line *line, int to) {
        Packet *before = line->first[to], *last = line->last[to];
        uint8_t a[16], b[16], *data;
        size_t size;

        while (before && before->next != last)
                before = before->next;
        if (!before || before == last || !batch_stream(before, a) || !batch_stream(last, b) ||
                memcmp(a, b, 16) == 0)
                return;
        data = before->data;
        size = before->size;
        before->data = last->data;
        before->size = last->size;
        last->data = data;
        last->size = size;
        world->swaps++;
}

static void send_packet(World *world, Line *line, int to, const uint8_t *data, size_t size) {
        int64_t at = world->now_ms + 1 + (int64_t) world_chance(world, 40);

        packet_append(line, to, packet_new(data, size, at));
        if (!world->faults)
                return;
        if (world_chance(world, 8) == 0)
                maybe_swap(world, line, to);
        if (line->echo[to] && world_chance(world, 3) == 0) {
                packet_append(line, to, line->echo[to]);
                line->echo[to] = NULL;
                world->duplicates++;
        } else if (!line->echo[to] && repeatable(data, size) && world_chance(world, 20) == 0)
                line->echo[to] = packet_new(data, size, at);
}

/* One side asked for the end. */
static void line_end(World *world, Line *line, int side) {
        if (world->verbose)
                printf("%8lld line of node %d: %s ends it: %s\n", (long long) world->now_ms,
                        (int) ((Node *) ((char *) line - offsetof(Node, line)))->index,
                        side ? "parent" : "child", federation_session_reason(line->end[side]));
        line_drop(world, line);
}

static int line_collect(World *world, Line *line) {
        int did = 0;

        for (int i = 0; i < 2 && line->end[i]; i++)
                for (;;) {
                        uint8_t *data;
                        size_t size;
                        int r = federation_session_take(line->end[i], &data, &size);

                        if (r == 0)
                                break;
                        if (r < 0) {
                                line_end(world, line, i);
                                return 1;
                        }
                        send_packet(world, line, !i, data, size);
                        federation_session_sent(line->end[i]);
                        free(data);
                        did = 1;
                }
        return did;
}

static int line_deliver(World *world, Line *line) {
        for (int to = 0; to < 2; to++) {
                Packet *packet = line->first[to];
                int r;

                if (!packet || packet->at_ms > world->now_ms || !line->end[to])
                        continue;
                line->first[to] = packet->next;
                if (!line->first[to])
                        line->last[to] = NULL;
                r = federation_session_receive(line->end[to], (Bytes){ packet->data, packet->size });
                free(packet->data);
                free(packet);
                if (r < 0)
                        line_end(world, line, to);
                return 1;
        }
        return 0;
}

static int line_connect(World *world, Node *node) {
        Node *parent = &world->nodes[node->parent];
        Line *line = &node->line;

        if (line->end[0] || line->cut || line->connect_at_ms > world->now_ms)
                return 0;
        if (federation_session_open(node->service, FEDERATION_UP, parent->fingerprint, NULL, &line->end[0]) <
                        0 ||
                federation_session_open(
                        parent->service, FEDERATION_DOWN, node->fingerprint, NULL, &line->end[1]) < 0) {
                world_fail(world, "session of node %d could not open", node->index);
                return 0;
        }
        return 1;
}

/* --- breaking things --- */

int node_crash(World *world, Node *node) {
        int r;

        for (int i = 1; i < NODES; i++)
                if (i == node->index || world->nodes[i].parent == node->index)
                        line_drop(world, &world->nodes[i].line);
        node_close(node);
        disk_crash(node->index);
        world->crashes++;
        r = node_open(world, node);
        if (r == 0)
                r = node_serve(world, node);
        if (r < 0)
                world_fail(world, "node %d did not come up after a crash: %d", node->index, r);
        else
                oracle_after_restart(world, node);
        return r;
}

static void maybe_break(World *world) {
        Node *node = &world->nodes[world_chance(world, NODES)];

        switch (world_chance(world, 4)) {
        case 0:
                disk_fail_after(node->index, 1 + (int) world_chance(world, 60));
                break;
        case 1:
                (void) node_crash(world, node);
                break;
        default:
                if (node->index > 0) {
                        line_drop(world, &node->line);
                        world->cuts++;
                }
                break;
        }
}

static void revive(World *world) {
        for (int i = 0; i < NODES; i++)
                if (disk_failed(i))
                        (void) node_crash(world, &world->nodes[i]);
}

void world_heal(World *world) {
        world->faults = false;
        for (int i = 0; i < NODES; i++) {
                disk_fail_after(i, 0);
                world->nodes[i].line.cut = false;
        }
        revive(world);
}

/* --- time --- */

static int64_t next_event(const World *world, int64_t latest) {
        int64_t next = latest;

        for (int i = 1; i < NODES; i++) {
                const Line *line = &world->nodes[i].line;

                for (int to = 0; to < 2; to++)
                        if (line->first[to] && line->first[to]->at_ms < next)
                                next = line->first[to]->at_ms;
                if (!line->end[0] && !line->cut && line->connect_at_ms < next)
                        next = line->connect_at_ms;
        }
        return next;
}

int world_step(World *world, int64_t max_ms) {
        int start = (int) world_chance(world, NODES), did = 0;

        for (int k = 0; k < NODES; k++) {
                Node *node = &world->nodes[(start + k) % NODES];

                did |= federation_service_run(node->service);
                if (node->index > 0) {
                        did |= line_connect(world, node);
                        did |= line_collect(world, &node->line);
                        did |= line_deliver(world, &node->line);
                }
        }
        revive(world);
        if (world->faults && world_chance(world, 100) == 0)
                maybe_break(world);
        if (did || world->failure[0])
                return 1;
        int64_t before = world->now_ms, next = next_event(world, before + max_ms);
        world->now_ms = next > before ? next : before + 1;
        if (world->now_ms - before >= max_ms || world->now_ms / 1000 != before / 1000)
                for (int i = 0; i < NODES; i++)
                        federation_service_tick(world->nodes[i].service);
        return world->now_ms - before < max_ms;
}
