/* SPDX-License-Identifier: Apache-2.0 */
/* What of organizations is shown, on whose page, and what offices above see of it. */

#include "organization-query.h"
#include "organization-records.h"

static const char *const actions_organization[] = { "essential.change_organization",
        "essential.rename_organization", "essential.merge_organization", "essential.cancel_organization",
        "essential.add_area_service", NULL };
static const char *const actions_service[] = { "essential.end_area_service", NULL };

static const Column columns_organizations[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "kind", "机构类型", KIND_CODE, COLUMN_FILTER, "organization_kind", NULL, NULL },
        { "name", "机构名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "organization" },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_organization_states, NULL },
        { "credit_code", "统一社会信用代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "local_code", "本地编号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "involved", "参与机构", KIND_BOOL, COLUMN_FILTER, NULL, NULL, NULL },
        { "division", "行政区划代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "address", "地址", KIND_TEXT, 0, NULL, NULL, NULL },
        { "legal_person", "法定代表人或负责人", KIND_SEALED, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "contact", "联系人", KIND_SEALED, 0, NULL, NULL, NULL },
        { "phone", "联系电话", KIND_SEALED, 0, NULL, NULL, NULL },
        { "valid_from", "登记日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_to", "止于", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "successor_id", "继任机构编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "successor_name", "继任机构", KIND_TEXT, 0, NULL, NULL, NULL },
        { 0 },
};
const View view_organizations = {
        .name = "essential.organizations",
        .label = "机构",
        .clause = "4.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_organizations,
        .columns = columns_organizations,
        .scope = "office",
        .organization = "id",
        .key = "id",
        .menu = "机构与支撑数据",
        .actions = actions_organization,
};

static const Column columns_predecessors[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "successor_id", "继任机构", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "前身名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "organization" },
        { "credit_code", "统一社会信用代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "local_code", "本地编号", KIND_TEXT, 0, NULL, NULL, NULL },
        { "valid_from", "登记日期", KIND_DATE, 0, NULL, NULL, NULL },
        { "valid_to", "止于", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, 0, NULL, essential_organization_states, NULL },
        { 0 },
};
const View view_predecessors = {
        .name = "essential.predecessors",
        .label = "前身机构",
        .clause = "4.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_predecessors,
        .columns = columns_predecessors,
        .scope = "office",
        .organization = "successor_id",
        .key = "id",
        .descending = true,
};

static const Column columns_area_services[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "property_area_id", "物业区域编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "物业区域", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "property_area" },
        { "organization_id", "机构编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "organization_name", "机构", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL,
                "organization" },
        { "role", "服务角色", KIND_CODE, COLUMN_FILTER, "organization_kind", NULL, NULL },
        { "valid_from", "起始日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_to", "止于", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_area_services = {
        .name = "essential.area_services",
        .label = "服务机构",
        .clause = "4.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_area_services,
        .columns = columns_area_services,
        .scope = "office",
        .organization = "organization_id",
        .key = "id",
        .descending = true,
        .menu = "机构与支撑数据",
        .actions = actions_service,
};

static const Column columns_choose_organization[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "机构名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "organization" },
        { "kind", "机构类型", KIND_CODE, COLUMN_FILTER, "organization_kind", NULL, NULL },
        { "credit_code", "统一社会信用代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_choose_organization = {
        .name = "essential.choose_organization",
        .label = "选择机构",
        .help = "有效的机构，供登记参与机构的用户时选择。",
        .clause = "4.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_choose_organization,
        .columns = columns_choose_organization,
        .scope = "office",
        .key = "id",
        .choosing = true,
};

/* --- users of involved organizations: what they serve, without owners (2.0.11) --- */

static const Column columns_served_areas[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "organization_id", "机构编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "division", "行政区划代码", KIND_TEXT, 0, NULL, NULL, NULL },
        { "address", "坐落", KIND_TEXT, 0, NULL, NULL, NULL },
        { "nature", "住宅性质", KIND_STATE, COLUMN_FILTER, NULL, essential_natures, NULL },
        { "phase", "管理阶段", KIND_STATE, COLUMN_FILTER, NULL, essential_phases, NULL },
        { "buildings", "幢数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "apartments", "户数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_structure_states, NULL },
        { 0 },
};
const View view_served_areas = {
        .name = "essential.served_areas",
        .label = "服务的物业区域",
        .help = "本单位正在服务的物业区域，由资金管理机构登记服务关系后列出。",
        .clause = "4.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_served_areas,
        .columns = columns_served_areas,
        .scope = "office",
        .key = "id",
        .organization = "organization_id",
        .menu = "本单位的房屋",
};

static const Column columns_served_buildings[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "organization_id", "机构编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "floors_total", "总层数", KIND_INTEGER, COLUMN_ZERO_UNKNOWN, NULL, NULL, NULL },
        { "address", "坐落", KIND_TEXT, 0, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_structure_states, NULL },
        { 0 },
};
const View view_served_buildings = {
        .name = "essential.served_buildings",
        .label = "服务的楼幢",
        .help = "本单位正在服务的物业区域内的楼幢。",
        .clause = "4.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_served_buildings,
        .columns = columns_served_buildings,
        .scope = "office",
        .key = "id",
        .organization = "organization_id",
        .menu = "本单位的房屋",
};

static const Column columns_served_apartments[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "organization_id", "机构编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_id", "楼幢编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "floor", "所在层", KIND_INTEGER, COLUMN_FILTER | COLUMN_ZERO_UNKNOWN, NULL, NULL, NULL },
        { "covered_area", "建筑面积", KIND_AREA, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "inner_area", "套内面积", KIND_AREA, COLUMN_SUM | COLUMN_ZERO_UNKNOWN, NULL, NULL, NULL },
        { "use_code", "房屋用途", KIND_CODE, COLUMN_FILTER, "house_use", NULL, NULL },
        { "state", "房屋状态", KIND_STATE, COLUMN_FILTER, NULL, essential_apartment_states, NULL },
        { 0 },
};
const View view_served_apartments = {
        .name = "essential.served_apartments",
        .label = "服务的分户",
        .help = "本单位正在服务的物业区域内的房屋，不含业主信息。",
        .clause = "4.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_served_apartments,
        .columns = columns_served_apartments,
        .scope = "office",
        .key = "id",
        .organization = "organization_id",
        .menu = "本单位的房屋",
};

/* --- offices above: landed rows --- */

static const Column columns_regulated_organizations[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "kind", "机构类型", KIND_CODE, COLUMN_FILTER, "organization_kind", NULL, NULL },
        { "name", "机构名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "credit_code", "统一社会信用代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "local_code", "本地编号", KIND_TEXT, 0, NULL, NULL, NULL },
        { "involved", "参与机构", KIND_BOOL, COLUMN_FILTER, NULL, NULL, NULL },
        { "division", "行政区划代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "address", "地址", KIND_TEXT, 0, NULL, NULL, NULL },
        { "valid_from", "登记日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_to", "止于", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_organization_states, NULL },
        { "office", "机构", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_regulated_organizations = {
        .name = "essential.regulated_organizations",
        .label = "辖区机构",
        .clause = "4.2.3",
        .store = STORE_REGULATORY,
        .capabilities = CAPABILITY_DETAIL | CAPABILITY_FACTS,
        .query = &essential_view_regulated_organizations,
        .columns = columns_regulated_organizations,
        .scope = "office",
        .key = "id",
        .menu = "监管数据",
};
