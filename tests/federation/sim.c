/* SPDX-License-Identifier: Apache-2.0 */
/* sim --seed N | --seeds N [--from N] [--verbose]: one run per seed; prints the seed and the verdict. */
#include <node/date.h>
#include <node/error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"
#include "sim-query.h"
#include "world.h"

#define COMMANDS_PER_COUNTY 40
#define STEPS_MAX 100000

static int run(World *world, Node *node, const Command *command, const void *input) {
        Caller caller = { .office = node->office };
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        Reply reply;

        command_execute(&node->engine, &caller, command, input, arena, &reply);
        world->commands++;
        return reply.result;
}

static void remember_houses(World *world, Node *node) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;

        if (store_read_begin(node->stores[STORE_BUSINESS], &tx) < 0 ||
                tx_query(tx, &sim_own_houses, SQL_NO_ARGS, &rows) < 0)
                return;
        node->n_houses = 0;
        while (rows_next(rows) > 0 && node->n_houses < HOUSES_MAX)
                node->houses[node->n_houses++] = (Id){ rows_integer(rows, 0) };
}

/* One in eight houses is good at home and bad above; its payments are parked until it is corrected. */
static int build(World *world, Node *node, Id house) {
        SimHouseInput input = { .house = house,
                .name = "house",
                .floor = world_chance(world, 8) == 0 ? 91 + (int64_t) world_chance(world, 9)
                                                     : (int64_t) world_chance(world, 90) };

        return run(world, node, &command_sim_house, &input);
}

static void pay(World *world, Node *node) {
        static const int64_t counts[] = { 1, 1, 2, 3, 7, 400, 1300 };
        SimPayInput input = { .house = node->houses[world_chance(world, node->n_houses)],
                .amount = { world_chance(world, 30) == 0 ? 95000
                                                         : 1 + (int64_t) world_chance(world, 80000) },
                .count = counts[world_chance(world, world_chance(world, 12) == 0 ? 7 : 5)] };

        if (date_make(2026, 1 + (int) world_chance(world, 3), 1 + (int) world_chance(world, 28),
                    &input.paid) == 0 &&
                run(world, node, &command_sim_pay, &input) == 0)
                node->paid_acknowledged += input.amount.fen * input.count;
}

static void work_a_little(World *world, Node *node) {
        remember_houses(world, node);
        if (node->n_houses < 3 || (node->n_houses < HOUSES_MAX && world_chance(world, 6) == 0))
                (void) build(world, node, (Id){});
        else if (world_chance(world, 6) == 0)
                (void) build(world, node, node->houses[world_chance(world, node->n_houses)]);
        else
                pay(world, node);
        node->commands++;
        if (disk_failed(node->index))
                (void) node_crash(world, node);
}

/* Most of what stands aside is corrected at the end; some stays. */
static void correct(World *world) {
        for (int i = 0; i < NODES; i++) {
                Node *node = &world->nodes[i];

                if (!node_is_county(node) || world_chance(world, 4) == 0)
                        continue;
                remember_houses(world, node);
                for (size_t k = 0; k < node->n_houses; k++) {
                        SimHouseInput input = { .house = node->houses[k], .name = "corrected", .floor = 5 };

                        if (run(world, node, &command_sim_house, &input) < 0)
                                world_fail(world, "county %d cannot correct a house", i);
                }
        }
}

static bool busy(World *world) {
        for (int i = 0; i < NODES; i++)
                if (node_is_county(&world->nodes[i]) && world->nodes[i].commands < COMMANDS_PER_COUNTY)
                        return true;
        return false;
}

static void trouble(World *world) {
        world->faults = true;
        for (int steps = 0; busy(world) && steps < STEPS_MAX && !world->failure[0]; steps++) {
                Node *node = &world->nodes[world_chance(world, NODES)];

                (void) world_step(world, 500);
                if (node_is_county(node) && node->commands < COMMANDS_PER_COUNTY &&
                        world_chance(world, 12) == 0)
                        work_a_little(world, node);
        }
}

static void settle(World *world) {
        int quiet = 0;

        for (int steps = 0; quiet < 30 && !world->failure[0]; steps++) {
                quiet = world_step(world, 30000) ? 0 : quiet + 1;
                if (steps > STEPS_MAX)
                        world_fail(world, "does not come to rest");
        }
}

static int simulate(uint64_t seed, bool verbose) {
        World *world = calloc(1, sizeof *world);
        int failed;

        if (!world)
                return 1;
        world->verbose = verbose;
        if (world_begin(world, seed) == 0) {
                trouble(world);
                world_heal(world);
                settle(world);
                correct(world);
                settle(world);
                if (!world->failure[0])
                        oracle_at_rest(world);
        }
        failed = world->failure[0] != 0;
        if (failed || verbose)
                printf("seed %llu: %s; %lld commands, %lld crashes, %lld cuts, %lld duplicates, %lld "
                       "overtakings, "
                       "%lld s simulated%s%s\n",
                        (unsigned long long) seed, failed ? "FAILED" : "good", (long long) world->commands,
                        (long long) world->crashes, (long long) world->cuts, (long long) world->duplicates,
                        (long long) world->swaps, (long long) (world->now_ms / 1000), failed ? ": " : "",
                        world->failure);
        world_end(world);
        free(world);
        return failed;
}

int main(int argc, char **argv) {
        unsigned long long from = 1, n = 1;
        bool verbose = false;
        int failures = 0;

        for (int i = 1; i < argc; i++) {
                if (strcmp(argv[i], "--verbose") == 0)
                        verbose = true;
                else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc) {
                        from = strtoull(argv[++i], NULL, 10);
                        verbose = true;
                } else if (strcmp(argv[i], "--from") == 0 && i + 1 < argc)
                        from = strtoull(argv[++i], NULL, 10);
                else if (strcmp(argv[i], "--seeds") == 0 && i + 1 < argc)
                        n = strtoull(argv[++i], NULL, 10);
                else {
                        fprintf(stderr, "usage: sim [--seed N | --seeds N [--from N]] [--verbose]\n");
                        return 2;
                }
        }
        crypto_allow_simulation();
        for (unsigned long long i = 0; i < n; i++)
                failures += simulate(from + i, verbose);
        printf("%llu seeds from %llu: %d failed\n", n, from, failures);
        return failures > 0;
}
