/* SPDX-License-Identifier: Apache-2.0 */
/* What landing declares. */
#include "land.h"

static const Field land_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(LandInput, name, kind, __VA_ARGS__)
#include "land-input.def"
#undef FIELD
};

const Record record_land_input = {
        .name = "federation_land_input",
        .label = "批次落库",
        .clause = "17.2.1",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(land_fields, LandInput),
};

const Command command_land = {
        .name = "federation.land",
        .label = "上报批次落库",
        .clause = "17.2.1",
        .store = STORE_REGULATORY,
        .capabilities = CAPABILITY_DETAIL | CAPABILITY_FACTS,
        .flags = COMMAND_INTERNAL,
        .input = &record_land_input,
        .run = landing_run,
};
