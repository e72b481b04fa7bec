/* SPDX-License-Identifier: Apache-2.0 */
/* The records of filings: field lists become descriptors here. */

#include "filing-records.h"

const StateName essential_filing_states[] = {
        { "filed", "已报送" },
        { "accepted", "已受理待导入" },
        { "returned", "已退回" },
        { "imported", "已导入" },
        { NULL, NULL },
};
const StateName essential_filing_kinds[] = {
        { "building_table", "楼盘表" },
        { "ownership", "购房人" },
        { NULL, NULL },
};
static const Transition building_filing_transitions[] = {
        { "essential.file_buildings", -1, FILING_FILED },
        { "essential.file_owners", -1, FILING_FILED },
        { "essential.accept_filing", FILING_FILED, FILING_ACCEPTED },
        { "essential.conclude_filing", FILING_ACCEPTED, FILING_IMPORTED },
        { "essential.send_back_filing", FILING_FILED, FILING_RETURNED },
        { NULL, 0, 0 },
};

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)
#define VALUE(variable_, name_, label_, type_)                                                              \
        const Record record_##variable_ = {                                                                 \
                .name = name_,                                                                              \
                .label = label_,                                                                            \
                .shape = SHAPE_VALUE,                                                                       \
                RECORD_FIELDS(variable_##_fields, type_),                                                   \
        }

#define FIELDS_OF BuildingFiling
static const Field building_filing_fields[] = {
#include "building_filing.def"
};
#undef FIELDS_OF
const Record record_building_filing = {
        .name = "building_filing",
        .label = "报送",
        .clause = "4.2.3",
        .number = 117,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(building_filing_fields, BuildingFiling),
        .state = "state",
        .transitions = building_filing_transitions,
};

#define FIELDS_OF FileBuildings
static const Field file_buildings_fields[] = {
#include "file_buildings.def"
};
#undef FIELDS_OF
VALUE(file_buildings, "essential.file_buildings", "报送楼盘表", FileBuildings);

#define FIELDS_OF FileOwners
static const Field file_owners_fields[] = {
#include "file_owners.def"
};
#undef FIELDS_OF
VALUE(file_owners, "essential.file_owners", "报送购房人", FileOwners);

#define FIELDS_OF ConcludeFiling
static const Field conclude_filing_fields[] = {
#include "conclude_filing.def"
};
#undef FIELDS_OF
VALUE(conclude_filing, "essential.conclude_filing", "报送导入完毕", ConcludeFiling);

#define FIELDS_OF AcceptFiling
static const Field accept_filing_fields[] = {
#include "accept_filing.def"
};
#undef FIELDS_OF
VALUE(accept_filing, "essential.accept_filing", "受理报送", AcceptFiling);

#define FIELDS_OF ReturnFiling
static const Field return_filing_fields[] = {
#include "return_filing.def"
};
#undef FIELDS_OF
VALUE(return_filing, "essential.send_back_filing", "退回报送", ReturnFiling);
