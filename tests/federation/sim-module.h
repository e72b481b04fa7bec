/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest business a federation can carry: houses (register), payments (ledger), one measure. */
#pragma once

#include <node/module.h>

#define SIM_FLOOR_MAX_ABOVE 90
#define SIM_AMOUNT_MAX_ABOVE 90000

typedef struct SimHouse {
        RowHead head;
#define SIM_FLOOR_MAX 1000
#define FIELD FIELD_MEMBER
#include "sim-house.def"
#undef FIELD
#undef SIM_FLOOR_MAX
} SimHouse;

typedef struct SimPayment {
        RowHead head;
#define SIM_AMOUNT_MAX 10000000
#define FIELD FIELD_MEMBER
#include "sim-payment.def"
#undef FIELD
#undef SIM_AMOUNT_MAX
} SimPayment;

typedef struct SimHouseInput {
#define FIELD FIELD_MEMBER
#include "sim-house-input.def"
#undef FIELD
} SimHouseInput;

typedef struct SimPayInput {
#define FIELD FIELD_MEMBER
#include "sim-pay-input.def"
#undef FIELD
} SimPayInput;

extern const Module module_sim_county, module_sim_above;
extern const Command command_sim_house, command_sim_pay;
