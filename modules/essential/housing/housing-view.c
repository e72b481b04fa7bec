/* SPDX-License-Identifier: Apache-2.0 */
/* What of housing and owners is shown, on whose page, and what leaves the office. */

#include "find/find-query.h"
#include "housing-query.h"
#include "housing-records.h"

static const char *const actions_area[] = { "essential.change_property_area",
        "essential.request_structure_split", "essential.request_structure_merge",
        "essential.request_extinction", NULL };
static const char *const actions_building[] = { "essential.change_building",
        "essential.request_structure_split", "essential.request_structure_merge",
        "essential.request_extinction", NULL };
static const char *const actions_unit[] = { "essential.change_unit", "essential.request_structure_split",
        "essential.request_structure_merge", "essential.request_extinction", NULL };
static const char *const actions_apartment[] = { "essential.change_apartment", "essential.change_ownership",
        "essential.request_split", "essential.request_merge", "essential.request_extinction", NULL };
static const char *const actions_owner[] = { "essential.change_owner", NULL };

static const Column columns_areas[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "property_area" },
        { "division", "行政区划代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "address", "坐落", KIND_TEXT, 0, NULL, NULL, NULL },
        { "nature", "住宅性质", KIND_STATE, COLUMN_FILTER, NULL, essential_natures, NULL },
        { "phase", "管理阶段", KIND_STATE, COLUMN_FILTER, NULL, essential_phases, NULL },
        { "buildings", "幢数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "apartments", "户数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "covered_area", "建筑面积", KIND_AREA, 0, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_structure_states, NULL },
        { 0 },
};
const View view_areas = {
        .name = "essential.areas",
        .label = "物业区域",
        .help = "物业区域（小区）是一切房屋数据的起点。可以逐个新增，也可以用楼盘表一次导入。",
        .clause = "4.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_areas,
        .columns = columns_areas,
        .scope = "office",
        .key = "id",
        .menu = "房屋与业主",
        .actions = actions_area,
};

static const Column columns_buildings[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "building" },
        { "floors_total", "总层数", KIND_INTEGER, COLUMN_ZERO_UNKNOWN, NULL, NULL, NULL },
        { "address", "坐落", KIND_TEXT, 0, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_structure_states, NULL },
        { 0 },
};
const View view_buildings = {
        .name = "essential.buildings",
        .label = "楼幢",
        .help = "这里是各物业区域的楼幢。可以逐幢新增，也可以随楼盘表导入。",
        .clause = "4.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_buildings,
        .columns = columns_buildings,
        .scope = "office",
        .key = "id",
        .menu = "房屋与业主",
        .actions = actions_building,
};

static const Column columns_units[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_id", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "unit" },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_structure_states, NULL },
        { 0 },
};
const View view_units = {
        .name = "essential.units",
        .label = "单元",
        .help = "这里是各楼幢的单元；不分单元的楼幢有一个名为“-”的单元。",
        .clause = "4.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_units,
        .columns = columns_units,
        .scope = "office",
        .key = "id",
        .menu = "房屋与业主",
        .actions = actions_unit,
};

/* By ApartmentState. What is gone is shown in pictures only on demand. */
const MarkSign essential_apartment_signs[] = {
        [APARTMENT_NORMAL] = { "plain", "" },
        [APARTMENT_NOT_SHARING] = { "apart", "免" },
        [APARTMENT_CLOSED] = { "apart", "销" },
        [APARTMENT_EXTINCT] = { "gone", "灭" },
        [APARTMENT_SPLIT] = { "gone", "分" },
        [APARTMENT_MERGED] = { "gone", "并" },
};

static const Column columns_apartments[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL,
                "property_area_id", &essential_among_areas },
        { "building_id", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_id", "单元", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "apartment" },
        { "floor", "所在层", KIND_INTEGER, COLUMN_FILTER | COLUMN_ZERO_UNKNOWN, NULL, NULL, NULL },
        { "floor_name", "楼层名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "covered_area", "建筑面积", KIND_AREA, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "inner_area", "套内面积", KIND_AREA, COLUMN_SUM | COLUMN_ZERO_UNKNOWN, NULL, NULL, NULL },
        { "use_code", "房屋用途", KIND_CODE, COLUMN_FILTER, "house_use", NULL, NULL },
        { "elevator", "有电梯", KIND_BOOL, COLUMN_FILTER, NULL, NULL, NULL },
        { "delivery_date", "交付日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "real_estate_unit_code", "不动产单元代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "nature", "住宅性质", KIND_STATE, COLUMN_FILTER, NULL, essential_natures, NULL },
        { "phase", "管理阶段", KIND_STATE, COLUMN_FILTER, NULL, essential_phases, NULL },
        { "state", "房屋状态", KIND_STATE, COLUMN_FILTER, NULL, essential_apartment_states, NULL },
        { 0 },
};
const View view_apartments = {
        .name = "essential.apartments",
        .label = "分户",
        .help = "这里是每一套房屋。大批房屋请用楼盘表导入，零星的逐套新增。",
        .clause = "4.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_apartments,
        .columns = columns_apartments,
        .scope = "office",
        .key = "id",
        .menu = "房屋与业主",
        .actions = actions_apartment,
};

static const Column columns_owners[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "name", "姓名或名称", KIND_SEALED, 0, NULL, NULL, NULL },
        { "id_number", "证件号码", KIND_SEALED, 0, NULL, NULL, NULL },
        { "kind", "业主类别", KIND_STATE, COLUMN_FILTER, NULL, essential_owner_kinds, NULL },
        { 0 },
};
const View view_owners = {
        .name = "essential.owners",
        .label = "业主",
        .help = "这里是业主，姓名和证件号码加密保存。可以随楼盘表导入，也可以逐个新增。",
        .clause = "4.3.2A",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_owners,
        .columns = columns_owners,
        .scope = "office",
        .key = "id",
        .menu = "房屋与业主",
        .actions = actions_owner,
};

static const Column columns_ownerships[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "owner_id", "业主", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "姓名或名称", KIND_SEALED, 0, NULL, NULL, NULL },
        { "id_number", "证件号码", KIND_SEALED, 0, NULL, NULL, NULL },
        { "kind", "业主类别", KIND_STATE, COLUMN_FILTER, NULL, essential_owner_kinds, NULL },
        { "share_numerator", "份额分子", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "share_denominator", "份额分母", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "valid_from", "起始日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_to", "止于", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_ownerships = {
        .name = "essential.ownerships",
        .label = "产权份额",
        .help = "这里是谁在何时拥有哪套房屋，新增分户和产权变更时生成。",
        .clause = "4.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_ownerships,
        .columns = columns_ownerships,
        .scope = "office",
        .key = "id",
        .descending = true,
};

/* --- the holder of detail: landed rows --- */

static const Column columns_regulated_areas[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "division", "行政区划代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "address", "坐落", KIND_TEXT, 0, NULL, NULL, NULL },
        { "nature", "住宅性质", KIND_STATE, COLUMN_FILTER, NULL, essential_natures, NULL },
        { "phase", "管理阶段", KIND_STATE, COLUMN_FILTER, NULL, essential_phases, NULL },
        { "office", "机构", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_regulated_areas = {
        .name = "essential.regulated_areas",
        .label = "辖区物业区域",
        .help = "这里是下级上报的物业区域，下级入网并同步后出现。",
        .clause = "4.2.1",
        .store = STORE_REGULATORY,
        .capabilities = CAPABILITY_DETAIL,
        .query = &essential_view_regulated_areas,
        .columns = columns_regulated_areas,
        .scope = "office",
        .key = "id",
        .menu = "监管数据",
};

static const Column columns_regulated_apartments[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_id", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "floor", "所在层", KIND_INTEGER, COLUMN_ZERO_UNKNOWN, NULL, NULL, NULL },
        { "covered_area", "建筑面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { "use_code", "房屋用途", KIND_CODE, COLUMN_FILTER, "house_use", NULL, NULL },
        { "nature", "住宅性质", KIND_STATE, COLUMN_FILTER, NULL, essential_natures, NULL },
        { "phase", "管理阶段", KIND_STATE, COLUMN_FILTER, NULL, essential_phases, NULL },
        { "state", "房屋状态", KIND_STATE, COLUMN_FILTER, NULL, essential_apartment_states, NULL },
        { "office", "机构", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_regulated_apartments = {
        .name = "essential.regulated_apartments",
        .label = "辖区分户",
        .help = "这里是下级上报的分户，下级入网并同步后出现。",
        .clause = "4.2.1",
        .store = STORE_REGULATORY,
        .capabilities = CAPABILITY_DETAIL,
        .query = &essential_view_regulated_apartments,
        .columns = columns_regulated_apartments,
        .scope = "office",
        .key = "id",
        .menu = "监管数据",
};
