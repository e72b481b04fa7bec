/* SPDX-License-Identifier: Apache-2.0 */
/* The records of essential: field lists become descriptors here, and the words that states and codes are
 * shown by. */

#include "essential-records.h"

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

/* Stand-ins until the official codes of CJJ/T 257 are loaded (domain 3.2). */
const CodeValue essential_codes[] = {
        { "house_use", "01", "住宅" },
        { "house_use", "02", "商业" },
        { "house_use", "03", "办公" },
        { "house_use", "04", "车位" },
        { "house_use", "05", "车库" },
        { "house_use", "06", "储藏室" },
        { "house_use", "07", "物业管理用房" },
        { "house_use", "99", "其他" },
        { NULL, NULL, NULL },
};

bool essential_code_known(const char *set, const char *code) {
        for (const CodeValue *value = essential_codes; value->set; value++)
                if (text_equal(value->set, set) && text_equal(value->code, code))
                        return true;
        return false;
}

static const Field property_area_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(PropertyArea, name, kind, __VA_ARGS__)
#include <essential/property_area.def>
#undef FIELD
};
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
};

static const Field building_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Building, name, kind, __VA_ARGS__)
#include <essential/building.def>
#undef FIELD
};
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
};

static const Field unit_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Unit, name, kind, __VA_ARGS__)
#include <essential/unit.def>
#undef FIELD
};
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
};

static const Field apartment_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Apartment, name, kind, __VA_ARGS__)
#include <essential/apartment.def>
#undef FIELD
};
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
};

static const Field owner_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Owner, name, kind, __VA_ARGS__)
#include "owner.def"
#undef FIELD
};
const Record record_owner = {
        .name = "owner",
        .label = "业主",
        .clause = "4.2.1",
        .number = 105,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(owner_fields, Owner),
};

static const Field ownership_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Ownership, name, kind, __VA_ARGS__)
#include "ownership.def"
#undef FIELD
};
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

static const Field import_part_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ImportPart, name, kind, __VA_ARGS__)
#include "import_part.def"
#undef FIELD
};
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

static const Field created_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Created, name, kind, __VA_ARGS__)
#include "created.def"
#undef FIELD
};
const Record record_created = {
        .name = "essential.created",
        .label = "新建结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(created_fields, Created),
};

static const Field create_property_area_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(CreatePropertyArea, name, kind, __VA_ARGS__)
#include "create_property_area.def"
#undef FIELD
};
const Record record_create_property_area = {
        .name = "essential.create_property_area",
        .label = "新建物业区域",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(create_property_area_fields, CreatePropertyArea),
};

static const Field change_property_area_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ChangePropertyArea, name, kind, __VA_ARGS__)
#include "change_property_area.def"
#undef FIELD
};
const Record record_change_property_area = {
        .name = "essential.change_property_area",
        .label = "物业区域变更",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(change_property_area_fields, ChangePropertyArea),
};

static const Field create_building_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(CreateBuilding, name, kind, __VA_ARGS__)
#include "create_building.def"
#undef FIELD
};
const Record record_create_building = {
        .name = "essential.create_building",
        .label = "新建楼幢",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(create_building_fields, CreateBuilding),
};

static const Field change_building_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ChangeBuilding, name, kind, __VA_ARGS__)
#include "change_building.def"
#undef FIELD
};
const Record record_change_building = {
        .name = "essential.change_building",
        .label = "楼幢变更",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(change_building_fields, ChangeBuilding),
};

static const Field create_unit_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(CreateUnit, name, kind, __VA_ARGS__)
#include "create_unit.def"
#undef FIELD
};
const Record record_create_unit = {
        .name = "essential.create_unit",
        .label = "新建单元",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(create_unit_fields, CreateUnit),
};

static const Field change_unit_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ChangeUnit, name, kind, __VA_ARGS__)
#include "change_unit.def"
#undef FIELD
};
const Record record_change_unit = {
        .name = "essential.change_unit",
        .label = "单元变更",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(change_unit_fields, ChangeUnit),
};

static const Field create_apartment_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(CreateApartment, name, kind, __VA_ARGS__)
#include "create_apartment.def"
#undef FIELD
};
const Record record_create_apartment = {
        .name = "essential.create_apartment",
        .label = "新建分户",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(create_apartment_fields, CreateApartment),
};

static const Field change_apartment_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ChangeApartment, name, kind, __VA_ARGS__)
#include "change_apartment.def"
#undef FIELD
};
const Record record_change_apartment = {
        .name = "essential.change_apartment",
        .label = "分户变更",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(change_apartment_fields, ChangeApartment),
};

static const Field create_owner_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(CreateOwner, name, kind, __VA_ARGS__)
#include "create_owner.def"
#undef FIELD
};
const Record record_create_owner = {
        .name = "essential.create_owner",
        .label = "新建业主",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(create_owner_fields, CreateOwner),
};

static const Field change_owner_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ChangeOwner, name, kind, __VA_ARGS__)
#include "change_owner.def"
#undef FIELD
};
const Record record_change_owner = {
        .name = "essential.change_owner",
        .label = "业主变更",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(change_owner_fields, ChangeOwner),
};

static const Field owner_share_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(OwnerShare, name, kind, __VA_ARGS__)
#include "owner_share.def"
#undef FIELD
};
const Record record_owner_share = {
        .name = "essential.owner_share",
        .label = "业主份额",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(owner_share_fields, OwnerShare),
};

static const Field change_ownership_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ChangeOwnership, name, kind, __VA_ARGS__)
#include "change_ownership.def"
#undef FIELD
};
const Record record_change_ownership = {
        .name = "essential.change_ownership",
        .label = "产权变更",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(change_ownership_fields, ChangeOwnership),
};

static const Field building_table_owner_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(BuildingTableOwner, name, kind, __VA_ARGS__)
#include <essential/building_table_owner.def>
#undef FIELD
};
const Record record_building_table_owner = {
        .name = "essential.building_table_owner",
        .label = "楼盘表业主",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(building_table_owner_fields, BuildingTableOwner),
};

static const Field building_table_row_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(BuildingTableRow, name, kind, __VA_ARGS__)
#include <essential/building_table_row.def>
#undef FIELD
};
const Record record_building_table_row = {
        .name = "essential.building_table_row",
        .label = "楼盘表行",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(building_table_row_fields, BuildingTableRow),
};

static const Field building_table_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(BuildingTable, name, kind, __VA_ARGS__)
#include <essential/building_table.def>
#undef FIELD
};
const Record record_building_table = {
        .name = "essential.building_table",
        .label = "楼盘表部分",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(building_table_fields, BuildingTable),
};

static const Field building_table_result_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(BuildingTableResult, name, kind, __VA_ARGS__)
#include <essential/building_table_result.def>
#undef FIELD
};
const Record record_building_table_result = {
        .name = "essential.building_table_result",
        .label = "楼盘表导入结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(building_table_result_fields, BuildingTableResult),
};

const Record *const essential_records[] = {
        &record_property_area,
        &record_building,
        &record_unit,
        &record_apartment,
        &record_owner,
        &record_ownership,
        &record_import_part,
        &record_created,
        &record_create_property_area,
        &record_change_property_area,
        &record_create_building,
        &record_change_building,
        &record_create_unit,
        &record_change_unit,
        &record_create_apartment,
        &record_change_apartment,
        &record_create_owner,
        &record_change_owner,
        &record_owner_share,
        &record_change_ownership,
        &record_building_table_owner,
        &record_building_table_row,
        &record_building_table,
        &record_building_table_result,
        NULL,
};
