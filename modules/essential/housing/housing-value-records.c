/* SPDX-License-Identifier: Apache-2.0 */
/* Inputs and outputs of the commands on housing and owners: field lists become descriptors here. */

#include "housing-records.h"

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)
#define VALUE(variable_, name_, label_, type_)                                                              \
        const Record record_##variable_ = {                                                                 \
                .name = name_,                                                                              \
                .label = label_,                                                                            \
                .shape = SHAPE_VALUE,                                                                       \
                RECORD_FIELDS(variable_##_fields, type_),                                                   \
        }

#define FIELDS_OF Created
static const Field created_fields[] = {
#include "created.def"
};
#undef FIELDS_OF
VALUE(created, "essential.created", "新建结果", Created);

#define FIELDS_OF CreatePropertyArea
static const Field create_property_area_fields[] = {
#include "create_property_area.def"
};
#undef FIELDS_OF
VALUE(create_property_area, "essential.create_property_area", "新建物业区域", CreatePropertyArea);

#define FIELDS_OF ChangePropertyArea
static const Field change_property_area_fields[] = {
#include "change_property_area.def"
};
#undef FIELDS_OF
VALUE(change_property_area, "essential.change_property_area", "物业区域变更", ChangePropertyArea);

#define FIELDS_OF CreateBuilding
static const Field create_building_fields[] = {
#include "create_building.def"
};
#undef FIELDS_OF
VALUE(create_building, "essential.create_building", "新建楼幢", CreateBuilding);

#define FIELDS_OF ChangeBuilding
static const Field change_building_fields[] = {
#include "change_building.def"
};
#undef FIELDS_OF
VALUE(change_building, "essential.change_building", "楼幢变更", ChangeBuilding);

#define FIELDS_OF CreateUnit
static const Field create_unit_fields[] = {
#include "create_unit.def"
};
#undef FIELDS_OF
VALUE(create_unit, "essential.create_unit", "新建单元", CreateUnit);

#define FIELDS_OF ChangeUnit
static const Field change_unit_fields[] = {
#include "change_unit.def"
};
#undef FIELDS_OF
VALUE(change_unit, "essential.change_unit", "单元变更", ChangeUnit);

#define FIELDS_OF CreateApartment
static const Field create_apartment_fields[] = {
#include "create_apartment.def"
};
#undef FIELDS_OF
VALUE(create_apartment, "essential.create_apartment", "新建分户", CreateApartment);

#define FIELDS_OF ChangeApartment
static const Field change_apartment_fields[] = {
#include "change_apartment.def"
};
#undef FIELDS_OF
VALUE(change_apartment, "essential.change_apartment", "分户变更", ChangeApartment);

#define FIELDS_OF CreateOwner
static const Field create_owner_fields[] = {
#include "create_owner.def"
};
#undef FIELDS_OF
VALUE(create_owner, "essential.create_owner", "新建业主", CreateOwner);

#define FIELDS_OF ChangeOwner
static const Field change_owner_fields[] = {
#include "change_owner.def"
};
#undef FIELDS_OF
VALUE(change_owner, "essential.change_owner", "业主变更", ChangeOwner);

#define FIELDS_OF OwnerShare
static const Field owner_share_fields[] = {
#include "owner_share.def"
};
#undef FIELDS_OF
VALUE(owner_share, "essential.owner_share", "业主份额", OwnerShare);

#define FIELDS_OF ChangeOwnership
static const Field change_ownership_fields[] = {
#include "change_ownership.def"
};
#undef FIELDS_OF
VALUE(change_ownership, "essential.change_ownership", "产权变更", ChangeOwnership);

#define FIELDS_OF BuildingTableOwner
static const Field building_table_owner_fields[] = {
#include <essential/building_table_owner.def>
};
#undef FIELDS_OF
VALUE(building_table_owner, "essential.building_table_owner", "楼盘表业主", BuildingTableOwner);

#define FIELDS_OF BuildingTableRow
static const Field building_table_row_fields[] = {
#include <essential/building_table_row.def>
};
#undef FIELDS_OF
VALUE(building_table_row, "essential.building_table_row", "楼盘表行", BuildingTableRow);

#define FIELDS_OF BuildingTable
static const Field building_table_fields[] = {
#include <essential/building_table.def>
};
#undef FIELDS_OF
VALUE(building_table, "essential.building_table", "楼盘表部分", BuildingTable);

#define FIELDS_OF BuildingTableResult
static const Field building_table_result_fields[] = {
#include <essential/building_table_result.def>
};
#undef FIELDS_OF
VALUE(building_table_result, "essential.building_table_result", "楼盘表导入结果", BuildingTableResult);

#define FIELDS_OF ImportFault
static const Field import_fault_fields[] = {
#include <essential/import_fault.def>
};
#undef FIELDS_OF
VALUE(import_fault, "essential.import_fault", "未导入的行", ImportFault);

#define FIELDS_OF ImportOutcome
static const Field import_outcome_fields[] = {
#include <essential/import_outcome.def>
};
#undef FIELDS_OF
VALUE(import_outcome, "essential.import_outcome", "文件部分导入结果", ImportOutcome);

#define FIELDS_OF OwnershipImportOwner
static const Field ownership_import_owner_fields[] = {
#include "ownership_import_owner.def"
};
#undef FIELDS_OF
VALUE(ownership_import_owner, "essential.ownership_import_owner", "产权变更业主", OwnershipImportOwner);

#define FIELDS_OF OwnershipImportRow
static const Field ownership_import_row_fields[] = {
#include "ownership_import_row.def"
};
#undef FIELDS_OF
VALUE(ownership_import_row, "essential.ownership_import_row", "产权变更行", OwnershipImportRow);

#define FIELDS_OF OwnershipImport
static const Field ownership_import_fields[] = {
#include "ownership_import.def"
};
#undef FIELDS_OF
VALUE(ownership_import, "essential.ownership_import", "导入产权变更", OwnershipImport);
