/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of the catalogue, the register and its works, and what the holder of detail sees. */

#include "facility-query.h"
#include "facility-records.h"

static const char *const actions_facility_categories[] = { "essential.change_facility_category",
        "essential.cancel_facility_category", NULL };
static const Column columns_facility_categories[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "scope", "类别", KIND_STATE, COLUMN_FILTER, NULL, essential_facility_scopes, NULL },
        { "level", "层级", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { "parent_id", "上级目录", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "parent_name", "上级目录", KIND_TEXT, 0, NULL, NULL, NULL },
        { "name", "名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "facility_category" },
        { "code", "目录编号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "facilities", "在用数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "cancelled", "已注销", KIND_BOOL, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_facility_categories = {
        .name = "essential.facility_categories",
        .label = "共用部位设施目录",
        .clause = "4.2.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_facility_categories,
        .columns = columns_facility_categories,
        .scope = "office",
        .key = "id",
        .menu = "共用部位设施",
        .actions = actions_facility_categories,
};

static const char *const actions_facilities[] = { "essential.change_facility", "essential.recheck_facility",
        "essential.record_facility_work", "essential.cancel_facility", NULL };
static const Column columns_facilities[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_id", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_id", "单元", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "category_id", "目录", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "scope", "类别", KIND_STATE, COLUMN_FILTER, NULL, essential_facility_scopes, NULL },
        { "category_name", "目录", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "facility" },
        { "model", "型号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "maker", "生产厂家", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "manufacture_date", "出厂日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "warranty_from", "保修期起", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "warranty_to", "保修期止", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "position", "位置", KIND_TEXT, 0, NULL, NULL, NULL },
        { "benefit", "受益范围", KIND_STATE, COLUMN_FILTER, NULL, essential_facility_benefits, NULL },
        { "benefit_count", "受益户数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "benefit_area", "受益建筑面积", KIND_AREA, 0, NULL, NULL, NULL },
        { "benefit_checked", "核对日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "channel", "采集渠道", KIND_STATE, COLUMN_FILTER, NULL, essential_facility_channels, NULL },
        { "cancelled", "已注销", KIND_BOOL, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_facilities = {
        .name = "essential.facilities",
        .label = "共用部位设施",
        .clause = "4.3.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_facilities,
        .columns = columns_facilities,
        .scope = "office",
        .key = "id",
        .menu = "共用部位设施",
        .actions = actions_facilities,
};

static const Column columns_facility_apartments[] = {
        { "pair", "编号", KIND_TEXT, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "facility_id", "共用部位设施", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "facility_name", "共用部位设施", KIND_TEXT, 0, NULL, NULL, NULL },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "covered_area", "建筑面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { "state", "房屋状态", KIND_STATE, COLUMN_FILTER, NULL, essential_apartment_states, NULL },
        { 0 },
};
const View view_facility_apartments = {
        .name = "essential.facility_apartments",
        .label = "受益分户",
        .clause = "4.3.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_facility_apartments,
        .columns = columns_facility_apartments,
        .scope = "office",
        .key = "pair",
};

static const char *const actions_facility_works[] = { "essential.change_facility_work",
        "essential.cancel_facility_work", NULL };
static const Column columns_facility_works[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "facility_id", "共用部位设施", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "facility_name", "共用部位设施", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL,
                "facility_work" },
        { "kind", "记录种类", KIND_STATE, COLUMN_FILTER, NULL, essential_facility_works, NULL },
        { "begun", "开始日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "ended", "完成日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "organization", "实施单位", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "cost", "费用", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "content", "内容", KIND_TEXT, 0, NULL, NULL, NULL },
        { "outcome", "结果", KIND_TEXT, 0, NULL, NULL, NULL },
        { "cancelled", "已撤销", KIND_BOOL, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_facility_works = {
        .name = "essential.facility_works",
        .label = "维修养护检查记录",
        .clause = "4.2.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_facility_works,
        .columns = columns_facility_works,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "共用部位设施",
        .actions = actions_facility_works,
};

static const Column columns_regulated_facilities[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "scope", "类别", KIND_STATE, COLUMN_FILTER, NULL, essential_facility_scopes, NULL },
        { "category_name", "目录", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "model", "型号", KIND_TEXT, 0, NULL, NULL, NULL },
        { "manufacture_date", "出厂日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "warranty_from", "保修期起", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "warranty_to", "保修期止", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "benefit_count", "受益户数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "benefit_area", "受益建筑面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { "cancelled", "已注销", KIND_BOOL, COLUMN_FILTER, NULL, NULL, NULL },
        { "office", "机构", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_regulated_facilities = {
        .name = "essential.regulated_facilities",
        .label = "辖区共用部位设施",
        .clause = "4.3.3",
        .store = STORE_REGULATORY,
        .capabilities = CAPABILITY_DETAIL,
        .query = &essential_view_regulated_facilities,
        .columns = columns_regulated_facilities,
        .scope = "office",
        .key = "id",
        .menu = "监管数据",
};
