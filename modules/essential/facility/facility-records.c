/* SPDX-License-Identifier: Apache-2.0 */
/* Field lists of common parts and facilities become descriptors here, with the words their states are shown
 * by. */

#include "facility-records.h"

const StateName essential_facility_scopes[] = { { "part", "共用部位" }, { "equipment", "共用设施设备" },
        { NULL, NULL } };
const StateName essential_facility_benefits[] = { { "area", "整个区域" }, { "building", "本幢" },
        { "unit", "本单元" }, { "apartments", "指定分户" }, { NULL, NULL } };
const StateName essential_facility_channels[] = { { "window", "窗口录入" }, { "file", "文件导入" },
        { "interface", "接口交换" }, { NULL, NULL } };
const StateName essential_facility_works[] = { { "repair", "维修" }, { "upkeep", "养护" },
        { "inspection", "检查" }, { NULL, NULL } };

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)

#define FIELDS_OF FacilityCategory
static const Field facility_category_fields[] = {
#include <essential/facility_category.def>
};
#undef FIELDS_OF
const Record record_facility_category = {
        .name = "facility_category",
        .label = "共用部位设施目录",
        .clause = "4.2.2.1",
        .number = 130,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(facility_category_fields, FacilityCategory),
};

#define FIELDS_OF Facility
static const Field facility_fields[] = {
#include <essential/facility.def>
};
#undef FIELDS_OF
const Record record_facility = {
        .name = "facility",
        .label = "共用部位设施",
        .clause = "4.3.3",
        .number = 131,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(facility_fields, Facility),
};

#define FIELDS_OF FacilityBenefit
static const Field facility_benefit_fields[] = {
#include "facility_benefit.def"
};
#undef FIELDS_OF
static const char *const facility_benefit_unique[] = { "facility_id,apartment_id", NULL };
const Record record_facility_benefit = {
        .name = "facility_benefit",
        .label = "受益分户",
        .clause = "4.3.3",
        .number = 132,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(facility_benefit_fields, FacilityBenefit),
        .unique = facility_benefit_unique,
};

#define FIELDS_OF FacilityWork
static const Field facility_work_fields[] = {
#include "facility_work.def"
};
#undef FIELDS_OF
const Record record_facility_work = {
        .name = "facility_work",
        .label = "维修养护检查记录",
        .clause = "4.2.2.3",
        .number = 133,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(facility_work_fields, FacilityWork),
};
