/* SPDX-License-Identifier: Apache-2.0 */
/* Inputs and outputs of the commands on common parts and facilities: field lists become descriptors here. */

#include "facility-records.h"

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)
#define VALUE(variable_, label_, type_)                                                                     \
        const Record record_##variable_ = {                                                                 \
                .name = "essential." #variable_,                                                            \
                .label = label_,                                                                            \
                .shape = SHAPE_VALUE,                                                                       \
                RECORD_FIELDS(variable_##_fields, type_),                                                   \
        }

#define FIELDS_OF FacilitySaved
static const Field facility_saved_fields[] = {
#include "facility_saved.def"
};
#undef FIELDS_OF
VALUE(facility_saved, "登记结果", FacilitySaved);

#define FIELDS_OF FacilityResult
static const Field facility_result_fields[] = {
#include "facility_result.def"
};
#undef FIELDS_OF
VALUE(facility_result, "共用部位设施登记结果", FacilityResult);

#define FIELDS_OF PresetCatalogue
static const Field preset_catalogue_fields[] = {
#include "preset_catalogue.def"
};
#undef FIELDS_OF
VALUE(preset_catalogue, "预置目录", PresetCatalogue);

#define FIELDS_OF PresetResult
static const Field preset_result_fields[] = {
#include "preset_result.def"
};
#undef FIELDS_OF
VALUE(preset_result, "预置目录结果", PresetResult);

#define FIELDS_OF CreateFacilityCategory
static const Field create_facility_category_fields[] = {
#include "create_facility_category.def"
};
#undef FIELDS_OF
VALUE(create_facility_category, "新建目录", CreateFacilityCategory);

#define FIELDS_OF ChangeFacilityCategory
static const Field change_facility_category_fields[] = {
#include "change_facility_category.def"
};
#undef FIELDS_OF
VALUE(change_facility_category, "变更目录", ChangeFacilityCategory);

#define FIELDS_OF CancelFacilityCategory
static const Field cancel_facility_category_fields[] = {
#include "cancel_facility_category.def"
};
#undef FIELDS_OF
VALUE(cancel_facility_category, "注销目录", CancelFacilityCategory);

#define FIELDS_OF FacilityApartment
static const Field facility_apartment_fields[] = {
#include "facility_apartment.def"
};
#undef FIELDS_OF
VALUE(facility_apartment, "受益分户", FacilityApartment);

#define FIELDS_OF CreateFacility
static const Field create_facility_fields[] = {
#include "create_facility.def"
};
#undef FIELDS_OF
VALUE(create_facility, "登记共用部位设施", CreateFacility);

#define FIELDS_OF ChangeFacility
static const Field change_facility_fields[] = {
#include "change_facility.def"
};
#undef FIELDS_OF
VALUE(change_facility, "变更共用部位设施", ChangeFacility);

#define FIELDS_OF CancelFacility
static const Field cancel_facility_fields[] = {
#include "cancel_facility.def"
};
#undef FIELDS_OF
VALUE(cancel_facility, "注销共用部位设施", CancelFacility);

#define FIELDS_OF RecheckFacility
static const Field recheck_facility_fields[] = {
#include "recheck_facility.def"
};
#undef FIELDS_OF
VALUE(recheck_facility, "核对受益范围", RecheckFacility);

#define FIELDS_OF RecordFacilityWork
static const Field record_facility_work_fields[] = {
#include "record_facility_work.def"
};
#undef FIELDS_OF
VALUE(record_facility_work, "登记维修养护检查", RecordFacilityWork);

#define FIELDS_OF ChangeFacilityWork
static const Field change_facility_work_fields[] = {
#include "change_facility_work.def"
};
#undef FIELDS_OF
VALUE(change_facility_work, "更正维修养护检查", ChangeFacilityWork);

#define FIELDS_OF CancelFacilityWork
static const Field cancel_facility_work_fields[] = {
#include "cancel_facility_work.def"
};
#undef FIELDS_OF
VALUE(cancel_facility_work, "撤销维修养护检查", CancelFacilityWork);

#define FIELDS_OF FacilityImportRoom
static const Field facility_import_room_fields[] = {
#include "facility_import_room.def"
};
#undef FIELDS_OF
VALUE(facility_import_room, "受益分户", FacilityImportRoom);

#define FIELDS_OF FacilityImportRow
static const Field facility_import_row_fields[] = {
#include "facility_import_row.def"
};
#undef FIELDS_OF
VALUE(facility_import_row, "共用部位设施行", FacilityImportRow);

#define FIELDS_OF FacilityImport
static const Field facility_import_fields[] = {
#include "facility_import.def"
};
#undef FIELDS_OF
VALUE(facility_import, "导入共用部位设施", FacilityImport);
