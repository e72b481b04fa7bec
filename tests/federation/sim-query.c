/* SPDX-License-Identifier: Apache-2.0 */
/* What the oracle asks; written apart from the queries it checks. */
#include "sim-query.h"

const Query sim_own_houses = { "sim.own_houses",
        "SELECT id, version, name, floor FROM sim_house ORDER BY id" };
const Query sim_own_payments = { "sim.own_payments",
        "SELECT id, version, house, amount FROM sim_payment ORDER BY id" };
const Query sim_landed_house = { "sim.landed_house",
        "SELECT version, name, floor FROM sim_house WHERE office = $1 AND id = $2" };
const Query sim_landed_payment = { "sim.landed_payment",
        "SELECT version, house, amount FROM sim_payment WHERE office = $1 AND id = $2" };
const Query sim_landed_count = { "sim.landed_count",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM sim_payment WHERE office = $1" };
const Query sim_aside = {
        "sim.aside",
        "SELECT version FROM federation_set_aside WHERE office = $1 AND record = $2 AND id = $3 AND open = 1"
};
const Query sim_aside_open = { "sim.aside_open",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM federation_set_aside WHERE office = $1 AND open = 1" };
const Query sim_aside_bodies = { "sim.aside_bodies",
        "SELECT body FROM federation_set_aside WHERE office = $1 AND record = 30002 AND open = 1" };
const Query sim_own_cells = { "sim.own_cells",
        "SELECT measure, month, nature, phase, category, revision, value FROM fact_cell WHERE office = $1 "
        "ORDER BY measure, month, nature, phase, category" };
const Query sim_landed_cells = { "sim.landed_cells",
        "SELECT measure, month, nature, phase, category, revision, value FROM federation_cell WHERE office "
        "= $1 "
        "ORDER BY measure, month, nature, phase, category" };
const Query sim_own_total = { "sim.own_total",
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM sim_payment" };
const Query sim_landed_total = { "sim.landed_total",
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM sim_payment WHERE office = $1" };
const Query sim_batches = { "sim.batches", "SELECT epoch, seq, digest, header, signature FROM "
                                           "federation_batch WHERE office = $1 AND stream = $2 "
                                           "ORDER BY epoch, seq" };
const Query sim_attestations = { "sim.attestations",
        "SELECT month, verdict FROM federation_attestation WHERE office = $1" };
const Query sim_alarms = { "sim.alarms", "SELECT kind FROM federation_alarm ORDER BY serial" };
const Query sim_acks = { "sim.acks",
        "SELECT office, stream, signer, epoch, seq FROM federation_acknowledgement" };
const Query sim_position = { "sim.position",
        "SELECT epoch, seq FROM federation_stream WHERE office = $1 AND stream = $2" };
