/* SPDX-License-Identifier: Apache-2.0 */
/* The records of essential: field lists become descriptors here, and the words that states and codes are
 * shown by. */

#include <essential/housing_change.h>

#include "housing-records.h"

const StateName essential_natures[] = { { "commodity", "商品住宅" }, { "public", "已售公有住房" },
        { NULL, NULL } };
const StateName essential_phases[] = { { "hosted", "代管" }, { "self", "自管" }, { NULL, NULL } };
const StateName essential_apartment_states[] = {
        { "normal", "正常" },
        { "not_sharing", "不分摊" },
        { "closed", "销户" },
        { "extinct", "灭失" },
        { "split", "已分割" },
        { "merged", "已合并" },
        { NULL, NULL },
};
const StateName essential_owner_kinds[] = { { "citizen", "个人" }, { "organization", "单位" },
        { NULL, NULL } };

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)

#define FIELDS_OF PropertyArea
static const Field property_area_fields[] = {
#include <essential/property_area.def>
};
#undef FIELDS_OF
static const char *const property_area_unique[] = { "division,name", NULL };
const Record record_property_area = {
        .name = "property_area",
        .label = "物业区域",
        .clause = "4.2.1",
        .number = 101,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(property_area_fields, PropertyArea),
        .unique = property_area_unique,
        .ends = "state",
        .ends_from = STRUCTURE_EXTINCT,
};

#define FIELDS_OF Building
static const Field building_fields[] = {
#include <essential/building.def>
};
#undef FIELDS_OF
static const char *const building_unique[] = { "property_area_id,name", NULL };
const Record record_building = {
        .name = "building",
        .label = "楼幢",
        .clause = "4.2.1",
        .number = 102,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(building_fields, Building),
        .unique = building_unique,
        .ends = "state",
        .ends_from = STRUCTURE_EXTINCT,
};

#define FIELDS_OF Unit
static const Field unit_fields[] = {
#include <essential/unit.def>
};
#undef FIELDS_OF
static const char *const unit_unique[] = { "building_id,name", NULL };
const Record record_unit = {
        .name = "unit",
        .label = "单元",
        .clause = "4.2.1",
        .number = 103,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(unit_fields, Unit),
        .unique = unit_unique,
        .ends = "state",
        .ends_from = STRUCTURE_EXTINCT,
};

#define FIELDS_OF Apartment
static const Field apartment_fields[] = {
#include <essential/apartment.def>
};
#undef FIELDS_OF
static const char *const apartment_unique[] = { "unit_id,room_number", NULL };
const Record record_apartment = {
        .name = "apartment",
        .label = "分户",
        .clause = "4.2.1",
        .number = 104,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(apartment_fields, Apartment),
        .unique = apartment_unique,
        .ends = "state",
        .ends_from = APARTMENT_EXTINCT,
};

#define FIELDS_OF Owner
static const Field owner_fields[] = {
#include "owner.def"
};
#undef FIELDS_OF
const Record record_owner = {
        .name = "owner",
        .label = "业主",
        .clause = "4.2.1",
        .number = 105,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(owner_fields, Owner),
};

#define FIELDS_OF Ownership
static const Field ownership_fields[] = {
#include "ownership.def"
};
#undef FIELDS_OF
static const char *const ownership_unique[] = { "apartment_id,owner_id,valid_from", NULL };
const Record record_ownership = {
        .name = "ownership",
        .label = "产权份额",
        .clause = "4.2.1",
        .number = 106,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(ownership_fields, Ownership),
        .unique = ownership_unique,
};

#define FIELDS_OF ImportPart
static const Field import_part_fields[] = {
#include "import_part.def"
};
#undef FIELDS_OF
static const char *const import_part_unique[] = { "file_digest,part", NULL };
const Record record_import_part = {
        .name = "import_part",
        .label = "已导入文件部分",
        .clause = "4.1.1",
        .number = 107,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(import_part_fields, ImportPart),
        .unique = import_part_unique,
};
