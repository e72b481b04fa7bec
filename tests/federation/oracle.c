/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold (reliability: I21, I22), found out by looking at the stores themselves. */
#include <federation/federation.h>
#include <node/error.h>
#include <node/wire.h>
#include <stdlib.h>
#include <string.h>

#include "sim-query.h"
#include "world.h"

#define QUERY(tx, query, rows, ...) (tx_query((tx), (query), SQL_ARGS(__VA_ARGS__), (rows)) == 0)

static Node *node_of_office(World *world, int64_t office) {
        for (int i = 0; i < NODES; i++)
                if (world->nodes[i].office == office)
                        return &world->nodes[i];
        return NULL;
}

static Store *archive_of(const Node *node) {
        return node->stores[node_is_county(node) ? STORE_BUSINESS : STORE_REGULATORY];
}

/* Everything that this node ever told anybody it holds, it holds: a receipt never runs ahead of durable
 * rows. */
void oracle_after_restart(World *world, const Node *node) {
        _cleanup_(store_read_endp) Tx *own = NULL;

        if (node_is_county(node) || store_read_begin(archive_of(node), &own) < 0)
                return;
        for (int i = 0; i < NODES; i++) {
                _cleanup_(store_read_endp) Tx *tx = NULL;
                _cleanup_(rows_closep) Rows *acks = NULL;

                if (i == node->index || !archive_of(&world->nodes[i]) ||
                        store_read_begin(archive_of(&world->nodes[i]), &tx) < 0 ||
                        tx_query(tx, &sim_acks, SQL_NO_ARGS, &acks) < 0)
                        continue;
                while (rows_next(acks) > 0) {
                        _cleanup_(rows_closep) Rows *held = NULL;

                        if (rows_integer(acks, 2) != node->office)
                                continue;
                        if (!QUERY(own, &sim_position, &held, value_integer(rows_integer(acks, 0)),
                                    value_integer(rows_integer(acks, 1))) ||
                                rows_next(held) <= 0 || rows_integer(held, 1) < rows_integer(acks, 4))
                                world_fail(world,
                                        "node %d acknowledged what it does not hold after a restart [I22]",
                                        node->index);
                }
        }
}

static bool stands_aside(Tx *tx, int64_t office, int64_t record, int64_t id, int64_t version) {
        int64_t found;

        return tx_integer(tx, &sim_aside,
                       SQL_ARGS(value_integer(office), value_integer(record), value_integer(id)),
                       &found) == 0 &&
               found == version;
}

static void check_rows(World *world, const Node *county, Tx *own, Tx *city, bool houses) {
        const Query *mine = houses ? &sim_own_houses : &sim_own_payments;
        const Query *theirs = houses ? &sim_landed_house : &sim_landed_payment;
        int64_t record = houses ? 30001 : 30002;
        _cleanup_(rows_closep) Rows *rows = NULL;

        if (tx_query(own, mine, SQL_NO_ARGS, &rows) < 0) {
                world_fail(world, "county %d cannot be read", county->index);
                return;
        }
        while (rows_next(rows) > 0) {
                _cleanup_(rows_closep) Rows *landed = NULL;
                int64_t id = rows_integer(rows, 0), version = rows_integer(rows, 1);
                bool there, same;

                there = QUERY(city, theirs, &landed, value_integer(county->office), value_integer(id)) &&
                        rows_next(landed) > 0;
                same = there && rows_integer(landed, 0) == version &&
                       rows_integer(landed, 2) == rows_integer(rows, 3) &&
                       strcmp(rows_text(landed, 1), rows_text(rows, 2)) == 0;
                landed = rows_close(landed);
                if (same == stands_aside(city, county->office, record, id, version))
                        world_fail(world, "county %d: row %lld of record %lld is %s at the city [I21]",
                                county->index, (long long) id, (long long) record,
                                same ? "both landed and aside" : "lost");
        }
}

/* Cells as bytes, so that equal means equal. */
static void cells_digest(Tx *tx, const Query *query, int64_t office, Digest *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Buffer buffer = BUFFER_INIT(4u << 20);

        memset(ret, 0, sizeof *ret);
        if (!QUERY(tx, query, &rows, value_integer(office)))
                return;
        while (rows_next(rows) > 0)
                for (uint32_t i = 0; i < 7; i++)
                        wire_put_signed(&buffer, i + 1, rows_integer(rows, i));
        if (digest_compute(
                    DIGEST_SHA256, buffer.data ? buffer.data : (const uint8_t *) "", buffer.size, ret) < 0)
                memset(ret, 0, sizeof *ret);
        buffer_done(&buffer);
}

/* facts(landed) + facts(set aside) = the county's signed facts */
static void check_sums(World *world, const Node *county, Tx *own, Tx *city) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int64_t mine = -1, theirs = -2, aside = 0;

        if (tx_integer(own, &sim_own_total, SQL_NO_ARGS, &mine) < 0 ||
                tx_integer(city, &sim_landed_total, SQL_ARGS(value_integer(county->office)), &theirs) < 0 ||
                !QUERY(city, &sim_aside_bodies, &rows, value_integer(county->office)))
                mine = -1;
        while (rows && rows_next(rows) > 0) {
                WireReader wire;
                WireField field;

                wire_reader_init(&wire, rows_blob(rows, 0));
                while (wire_next(&wire, &field) > 0)
                        if (field.number == 6)
                                aside += wire_signed(field.varint);
        }
        if (mine != theirs + aside)
                world_fail(world, "county %d: %lld paid, %lld landed and %lld aside at the city [I21]",
                        county->index, (long long) mine, (long long) theirs, (long long) aside);
        if (mine < county->paid_acknowledged)
                world_fail(world, "county %d lost an acknowledged payment", county->index);
}

static void check_tiers(World *world, const Node *county, Tx *own, int64_t aside) {
        static const Query *const query = &sim_own_cells;
        Digest mine, theirs;

        cells_digest(own, query, county->office, &mine);
        for (int at = county->parent; at >= 0; at = world->nodes[at].parent) {
                _cleanup_(store_read_endp) Tx *tx = NULL;
                _cleanup_(rows_closep) Rows *rows = NULL;

                if (store_read_begin(archive_of(&world->nodes[at]), &tx) < 0) {
                        world_fail(world, "node %d cannot be read", at);
                        return;
                }
                cells_digest(tx, &sim_landed_cells, county->office, &theirs);
                if (memcmp(&mine, &theirs, sizeof mine) != 0)
                        world_fail(world, "cells of county %d differ at node %d [I21]", county->index, at);
                if (!QUERY(tx, &sim_attestations, &rows, value_integer(county->office)))
                        return;
                while (rows_next(rows) > 0)
                        if (aside == 0 && rows_integer(rows, 1) != 1)
                                world_fail(world,
                                        "node %d says that county %d differs although nothing stands aside",
                                        at, county->index);
        }
}

/* The nation checks the county's own signature over the bytes that the county made. */
static void check_signatures(World *world, const Node *county, Tx *own) {
        const Node *nation = &world->nodes[0];
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *mine = NULL, *theirs = NULL;
        PublicKey key;

        if (store_read_begin(archive_of(nation), &tx) < 0 ||
                county->keys.public_key(county->keys.data, &key) < 0 ||
                !QUERY(own, &sim_batches, &mine, value_integer(county->office), value_integer(3)) ||
                !QUERY(tx, &sim_batches, &theirs, value_integer(county->office), value_integer(3))) {
                world_fail(world, "archives cannot be read");
                return;
        }
        for (;;) {
                int a = rows_next(mine), b = rows_next(theirs);
                Bytes header, other, proof;
                Signature signature;

                if (a != b)
                        world_fail(world, "nation and county %d hold different numbers of batches",
                                county->index);
                if (a <= 0 || b <= 0)
                        return;
                header = rows_blob(mine, 3);
                other = rows_blob(theirs, 3);
                proof = rows_blob(theirs, 4);
                if (header.size != other.size || memcmp(header.data, other.data, header.size) != 0 ||
                        proof.size != sizeof signature.bytes) {
                        world_fail(world, "a batch of county %d was changed on its way", county->index);
                        return;
                }
                memcpy(signature.bytes, proof.data, sizeof signature.bytes);
                if (signature_verify(&key, other.data, other.size, &signature) < 0)
                        world_fail(world, "a signature of county %d does not verify at the nation",
                                county->index);
        }
}

static void check_receipts(World *world, const Node *county, Tx *own) {
        static const int64_t streams[] = { 1, 3 };
        _cleanup_(rows_closep) Rows *rows = NULL;
        int64_t seen[2] = {};

        if (tx_query(own, &sim_acks, SQL_NO_ARGS, &rows) < 0)
                return;
        while (rows_next(rows) > 0)
                for (size_t i = 0; i < ELEMENTSOF(streams); i++) {
                        _cleanup_(rows_closep) Rows *head = NULL;

                        if (rows_integer(rows, 1) != streams[i])
                                continue;
                        if (QUERY(own, &sim_position, &head, value_integer(county->office),
                                    value_integer(streams[i])) &&
                                rows_next(head) > 0 && rows_integer(head, 1) == rows_integer(rows, 4) &&
                                node_of_office(world, rows_integer(rows, 2)))
                                seen[i]++;
                }
        if (seen[0] != 1 || seen[1] != 3)
                world_fail(world,
                        "county %d has receipts for its last batch from %lld holders of detail and %lld of "
                        "facts",
                        county->index, (long long) seen[0], (long long) seen[1]);
}

static void check_alarms(World *world, const Node *node) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;

        if (store_read_begin(archive_of(node), &tx) == 0 &&
                tx_query(tx, &sim_alarms, SQL_NO_ARGS, &rows) == 0 && rows_next(rows) > 0)
                world_fail(world, "node %d raised %s without a cause", node->index, rows_text(rows, 0));
}

static int64_t text_number(const json_t *object, const char *name) {
        const char *text = json_string_value(json_object_get(object, name));
        int64_t value;

        return text && integer_parse(text, &value) == 0 ? value : INT64_MIN;
}

/* The figures on the page of a node are the sum of what the counties below it hold. */
static void check_figures(World *world, const Node *node, const char *by) {
        FactsAsk ask = { .measures = "sim.paid", .by = by, .from = 202601, .to = 202612 };
        Caller caller = { .office = node->office };
        int64_t expected = 0, rows = 0;
        json_t *page = NULL, *row;
        size_t i;

        for (int k = 0; k < NODES; k++) {
                _cleanup_(store_read_endp) Tx *tx = NULL;
                int64_t total = 0;
                int at = k;

                while (at >= 0 && at != node->index)
                        at = world->nodes[at].parent;
                if (at >= 0 && node_is_county(&world->nodes[k]) &&
                        store_read_begin(archive_of(&world->nodes[k]), &tx) == 0 &&
                        tx_integer(tx, &sim_own_total, SQL_NO_ARGS, &total) == 0)
                        expected += total;
        }
        if (federation_facts_json(node->service, &caller, &ask, &page) < 0) {
                world_fail(world, "node %d has no figures by %s", node->index, by);
                return;
        }
        json_array_foreach(json_object_get(page, "rows"), i, row) rows +=
                text_number(json_object_get(row, "values"), "sim.paid");
        if (rows != expected || text_number(json_object_get(json_object_get(page, "total"), "values"),
                                        "sim.paid") != expected)
                world_fail(world, "node %d shows %lld by %s, the counties hold %lld", node->index,
                        (long long) rows, by, (long long) expected);
        json_decref(page);
}

/* Every batch that a node lists can be opened and verifies. */
static void check_pages(World *world, const Node *node) {
        BatchListAsk ask = { .limit = 20 };
        Caller caller = { .office = node->office };
        json_t *tree = NULL, *list = NULL, *row;
        size_t i;

        if (federation_tree_json(node->service, &caller, &tree) < 0 ||
                json_array_size(json_object_get(tree, "tree")) == 0 ||
                federation_batches_json(node->service, &caller, &ask, &list) < 0) {
                world_fail(world, "pages of node %d fail", node->index);
                json_decref(tree);
                return;
        }
        json_array_foreach(json_object_get(list, "rows"), i, row) {
                json_t *batch = NULL;

                if (federation_batch_json(node->service, &caller, text_number(row, "office"),
                            json_string_value(json_object_get(row, "stream")), text_number(row, "epoch"),
                            text_number(row, "seq"), &batch) < 0 ||
                        !json_is_true(json_object_get(batch, "verified")))
                        world_fail(world, "a batch kept at node %d does not verify", node->index);
                json_decref(batch);
        }
        json_decref(tree);
        json_decref(list);
}

static void check_shown(World *world) {
        static const char *const by[] = { "child", "month", "phase" };

        for (int i = 0; i < NODES; i++) {
                for (size_t k = 0; k < ELEMENTSOF(by); k++)
                        check_figures(world, &world->nodes[i], by[k]);
                check_pages(world, &world->nodes[i]);
        }
}

void oracle_at_rest(World *world) {
        for (int i = 0; i < NODES; i++) {
                const Node *county = &world->nodes[i], *city;
                _cleanup_(store_read_endp) Tx *own = NULL, *tx = NULL;
                int64_t aside = 0;

                check_alarms(world, county);
                if (!node_is_county(county))
                        continue;
                city = &world->nodes[county->parent];
                if (store_read_begin(archive_of(county), &own) < 0 ||
                        store_read_begin(archive_of(city), &tx) < 0 ||
                        tx_integer(tx, &sim_aside_open, SQL_ARGS(value_integer(county->office)), &aside) <
                                0) {
                        world_fail(world, "county %d or its city cannot be read", i);
                        return;
                }
                check_rows(world, county, own, tx, true);
                check_rows(world, county, own, tx, false);
                check_sums(world, county, own, tx);
                check_signatures(world, county, own);
                check_receipts(world, county, own);
                tx = store_read_end(tx);
                check_tiers(world, county, own, aside);
        }
        check_shown(world);
}
