/* SPDX-License-Identifier: Apache-2.0 */
/* The same declarations twice: a county's, and those of the tiers above with narrower limits, as after an upgrade that
 * has not reached everybody. */
#include "sim-module.h"

#include <node/date.h>

#define SIM_FLOOR_MAX 1000
#define SIM_AMOUNT_MAX 10000000
#define FIELD(name, kind, ...) FIELD_ROW(SimHouse, name, kind, __VA_ARGS__)
static const Field house_fields[] = {
#include "sim-house.def"
};
#undef FIELD
#define FIELD(name, kind, ...) FIELD_ROW(SimPayment, name, kind, __VA_ARGS__)
static const Field payment_fields[] = {
#include "sim-payment.def"
};
#undef FIELD
#undef SIM_FLOOR_MAX
#undef SIM_AMOUNT_MAX

#define SIM_FLOOR_MAX SIM_FLOOR_MAX_ABOVE
#define SIM_AMOUNT_MAX SIM_AMOUNT_MAX_ABOVE
#define FIELD(name, kind, ...) FIELD_ROW(SimHouse, name, kind, __VA_ARGS__)
static const Field house_fields_above[] = {
#include "sim-house.def"
};
#undef FIELD
#define FIELD(name, kind, ...) FIELD_ROW(SimPayment, name, kind, __VA_ARGS__)
static const Field payment_fields_above[] = {
#include "sim-payment.def"
};
#undef FIELD

#define FIELD(name, kind, ...) FIELD_ROW(SimHouseInput, name, kind, __VA_ARGS__)
static const Field house_input_fields[] = {
#include "sim-house-input.def"
};
#undef FIELD
#define FIELD(name, kind, ...) FIELD_ROW(SimPayInput, name, kind, __VA_ARGS__)
static const Field pay_input_fields[] = {
#include "sim-pay-input.def"
};
#undef FIELD

#define HOUSE(array)                                                                                                   \
        { .name = "sim_house", .label = "房屋", .number = 30001, .shape = SHAPE_REGISTER, .store = STORE_BUSINESS,     \
                RECORD_FIELDS(array, SimHouse) }
#define PAYMENT(array)                                                                                                 \
        { .name = "sim_payment", .label = "交款", .number = 30002, .shape = SHAPE_LEDGER, .store = STORE_BUSINESS,     \
                RECORD_FIELDS(array, SimPayment) }
static const Record record_house = HOUSE(house_fields), record_house_above = HOUSE(house_fields_above);
static const Record record_payment = PAYMENT(payment_fields), record_payment_above = PAYMENT(payment_fields_above);
static const Record record_house_input = { .name = "sim_house_input", .label = "房屋", .shape = SHAPE_VALUE,
        RECORD_FIELDS(house_input_fields, SimHouseInput) };
static const Record record_pay_input = { .name = "sim_pay_input", .label = "交款", .shape = SHAPE_VALUE,
        RECORD_FIELDS(pay_input_fields, SimPayInput) };

static const Query recompute = { "sim.recompute",
        "SELECT paid / 100, 1, 1, 0, CAST(SUM(amount) AS BIGINT) FROM sim_payment WHERE office = $1 AND "
        "paid / 100 = $2 GROUP BY paid / 100" };
static const Measure measure_paid = { "sim.paid", "实交金额", "5.2.1", 3001, KIND_MONEY, &recompute };

static int house_run(Request *q, const void *data, void *ret_output) {
        const SimHouseInput *input = data;
        SimHouse house = { .name = input->name, .floor = input->floor, .note = "stays here" };
        int r;

        if (input->house.value == 0)
                return record_insert(q, &record_house, &house);
        r = record_load(q, &record_house, input->house, &house);
        if (r < 0)
                return r;
        house.name = input->name;
        house.floor = input->floor;
        return record_update(q, &record_house, &house, "corrected");
}

static int pay_run(Request *q, const void *data, void *ret_output) {
        const SimPayInput *input = data;
        int r = 0;

        for (int64_t i = 0; r == 0 && i < input->count; i++) {
                SimPayment payment = { .house = input->house, .amount = input->amount, .paid = input->paid };

                r = record_insert(q, &record_payment, &payment);
                if (r == 0)
                        r = fact_add(q, &measure_paid,
                                (FactKey) { .month = date_year_month(input->paid), .nature = 1, .phase = 1 },
                                input->amount.fen);
        }
        return r;
}

const Command command_sim_house = { .name = "sim.house", .label = "房屋", .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS, .input = &record_house_input, .run = house_run };
const Command command_sim_pay = { .name = "sim.pay", .label = "交款", .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS, .input = &record_pay_input, .run = pay_run };

static const Migration migrations[] = {
        { STORE_BUSINESS, "sim/001",
                "CREATE TABLE sim_house (id BIGINT NOT NULL PRIMARY KEY, office BIGINT NOT NULL, "
                "version BIGINT NOT NULL, chain_seq BIGINT NOT NULL, "
                "name TEXT NOT NULL, floor BIGINT NOT NULL, note TEXT NOT NULL)\n--;\n"
                "CREATE TABLE sim_payment (id BIGINT NOT NULL PRIMARY KEY, office BIGINT NOT NULL, "
                "version BIGINT NOT NULL, chain_seq BIGINT NOT NULL, "
                "house BIGINT NOT NULL, amount BIGINT NOT NULL, paid BIGINT NOT NULL)\n"
                "--;\n--ledger: sim_payment\n" },
        {},
};

static const Dataset dataset_house = { "sim.houses", "房屋", "17", "detail", &record_house };
static const Dataset dataset_payment = { "sim.payments", "交款", "17", "detail", &record_payment };
static const Dataset dataset_house_above = { "sim.houses", "房屋", "17", "detail", &record_house_above };
static const Dataset dataset_payment_above = { "sim.payments", "交款", "17", "detail", &record_payment_above };

static const Record *const records[] = { &record_house, &record_payment, NULL };
static const Record *const records_above[] = { &record_house_above, &record_payment_above, NULL };
static const Command *const commands[] = { &command_sim_house, &command_sim_pay, NULL };
static const Measure *const measures[] = { &measure_paid, NULL };
static const Dataset *const datasets[] = { &dataset_house, &dataset_payment, NULL };
static const Dataset *const datasets_above[] = { &dataset_house_above, &dataset_payment_above, NULL };

const Module module_sim_county = { .name = "sim", .label = "模拟", .capabilities = CAPABILITY_ANY,
        .migrations = migrations, .records = records, .commands = commands, .measures = measures,
        .datasets = datasets };
const Module module_sim_above = { .name = "sim", .label = "模拟", .capabilities = CAPABILITY_ANY,
        .migrations = migrations, .records = records_above, .commands = commands, .measures = measures,
        .datasets = datasets_above };
