/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <node/store.h>

extern const Query sim_own_houses, sim_own_payments, sim_landed_house, sim_landed_payment, sim_aside,
        sim_landed_count, sim_own_cells, sim_landed_cells, sim_landed_total, sim_own_total, sim_aside_open,
        sim_batches, sim_attestations, sim_alarms, sim_acks, sim_position, sim_aside_bodies;
