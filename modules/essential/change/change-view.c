/* SPDX-License-Identifier: Apache-2.0 */
/* What of housing changes is shown, on whose page. */

#include "change-query.h"
#include "change-records.h"

static const char *const actions_change[] = { "essential.check_housing_change",
        "essential.return_housing_change", "essential.withdraw_housing_change",
        "accounting.effect_housing_change", NULL };

static const Column columns_housing_changes[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_number", "变更单号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "housing_change" },
        { "kind", "变更种类", KIND_STATE, COLUMN_FILTER, NULL, essential_change_kinds, NULL },
        { "level", "变更对象", KIND_STATE, COLUMN_FILTER, NULL, essential_change_levels, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "subject", "原房屋", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "reason", "变更原因", KIND_TEXT, 0, NULL, NULL, NULL },
        { "requested_on", "申请日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "requested_by", "申请人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "checked_by", "复核人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "effected_on", "生效日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "effected_by", "生效经手人", KIND_ID, 0, NULL, NULL, NULL },
        { "closing_note", "退回原因", KIND_TEXT, 0, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_change_states, NULL },
        { 0 },
};
const View view_housing_changes = {
        .name = "essential.housing_changes",
        .label = "房屋变更",
        .help = "房屋的分割、合并和灭失，从分户、单元、楼幢或物业区域的页面申请，由另一人复核后生效。",
        .clause = "4.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_housing_changes,
        .columns = columns_housing_changes,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "房屋与业主",
        .actions = actions_change,
};

static const Column columns_changes_of[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "of_apartment", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "of_unit", "单元", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "of_building", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "of_area", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "housing_change_id", "变更单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_number", "变更单号", KIND_TEXT, 0, NULL, NULL, "housing_change" },
        { "kind", "变更种类", KIND_STATE, COLUMN_FILTER, NULL, essential_change_kinds, NULL },
        { "reason", "变更原因", KIND_TEXT, 0, NULL, NULL, NULL },
        { "requested_on", "申请日期", KIND_DATE, 0, NULL, NULL, NULL },
        { "requested_by", "申请人", KIND_ID, 0, NULL, NULL, NULL },
        { "checked_on", "复核日期", KIND_DATE, 0, NULL, NULL, NULL },
        { "checked_by", "复核人", KIND_ID, 0, NULL, NULL, NULL },
        { "effected_on", "生效日期", KIND_DATE, 0, NULL, NULL, NULL },
        { "effected_by", "生效经手人", KIND_ID, 0, NULL, NULL, NULL },
        { "closing_note", "退回原因", KIND_TEXT, 0, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_change_states, NULL },
        { 0 },
};
const View view_changes_of = {
        .name = "essential.changes_of",
        .label = "分割、合并与灭失",
        .clause = "4.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_changes_of,
        .columns = columns_changes_of,
        .scope = "office",
        .key = "id",
        .descending = true,
};

static const Column columns_change_olds[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_id", "变更单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "name", "原房屋", KIND_TEXT, 0, NULL, NULL, "apartment" },
        { "covered_area", "建筑面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { 0 },
};
const View view_change_olds = {
        .name = "essential.change_olds",
        .label = "变更前的房屋",
        .clause = "4.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_change_olds,
        .columns = columns_change_olds,
        .scope = "office",
        .key = "id",
};

static const Column columns_change_news[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_id", "变更单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "position", "序号", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "name", "新房号或名称", KIND_TEXT, 0, NULL, NULL, "apartment" },
        { "floor", "所在层", KIND_INTEGER, COLUMN_ZERO_UNKNOWN, NULL, NULL, NULL },
        { "covered_area", "建筑面积", KIND_AREA, COLUMN_SUM | COLUMN_ZERO_UNKNOWN, NULL, NULL, NULL },
        { "inner_area", "套内面积", KIND_AREA, COLUMN_ZERO_UNKNOWN, NULL, NULL, NULL },
        { "use_code", "房屋用途", KIND_CODE, 0, "house_use", NULL, NULL },
        { 0 },
};
const View view_change_news = {
        .name = "essential.change_news",
        .label = "变更后的房屋",
        .clause = "4.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_change_news,
        .columns = columns_change_news,
        .scope = "office",
        .key = "id",
};

static const Column columns_change_owners[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_id", "变更单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "position", "新房屋序号", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "owner_id", "业主", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "姓名或名称", KIND_SEALED, 0, NULL, NULL, NULL },
        { "kind", "业主类别", KIND_STATE, 0, NULL, essential_owner_kinds, NULL },
        { "share_numerator", "份额分子", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "share_denominator", "份额分母", KIND_INTEGER, 0, NULL, NULL, NULL },
        { 0 },
};
const View view_change_owners = {
        .name = "essential.change_owners",
        .label = "变更后的业主",
        .clause = "4.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_change_owners,
        .columns = columns_change_owners,
        .scope = "office",
        .key = "id",
};

static const Column columns_change_children[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_id", "变更单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "position", "新房屋序号", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "name", "下级", KIND_TEXT, 0, NULL, NULL, NULL },
        { 0 },
};
const View view_change_children = {
        .name = "essential.change_children",
        .label = "下级归属",
        .clause = "4.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_change_children,
        .columns = columns_change_children,
        .scope = "office",
        .key = "id",
};

static const Column columns_housing_predecessors[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "of_apartment", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "of_unit", "单元", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "of_building", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "of_area", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "原房屋", KIND_TEXT, 0, NULL, NULL, "apartment" },
        { "generation", "代", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { "old_area", "原建筑面积", KIND_AREA, 0, NULL, NULL, NULL },
        { "new_area", "新建筑面积", KIND_AREA, 0, NULL, NULL, NULL },
        { "housing_change_id", "变更单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_number", "变更单号", KIND_TEXT, 0, NULL, NULL, "housing_change" },
        { "kind", "变更种类", KIND_STATE, COLUMN_FILTER, NULL, essential_change_kinds, NULL },
        { "level", "变更对象", KIND_STATE, COLUMN_FILTER, NULL, essential_change_levels, NULL },
        { "effected_on", "生效日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_housing_predecessors = {
        .name = "essential.housing_predecessors",
        .label = "变更前身",
        .clause = "4.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_housing_predecessors,
        .columns = columns_housing_predecessors,
        .scope = "office",
        .key = "id",
        .descending = true,
};

static const Column columns_housing_successors[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "of_apartment", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "of_unit", "单元", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "of_building", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "of_area", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "新房屋", KIND_TEXT, 0, NULL, NULL, "apartment" },
        { "generation", "代", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { "old_area", "原建筑面积", KIND_AREA, 0, NULL, NULL, NULL },
        { "new_area", "新建筑面积", KIND_AREA, 0, NULL, NULL, NULL },
        { "housing_change_id", "变更单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_number", "变更单号", KIND_TEXT, 0, NULL, NULL, "housing_change" },
        { "kind", "变更种类", KIND_STATE, COLUMN_FILTER, NULL, essential_change_kinds, NULL },
        { "level", "变更对象", KIND_STATE, COLUMN_FILTER, NULL, essential_change_levels, NULL },
        { "effected_on", "生效日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_housing_successors = {
        .name = "essential.housing_successors",
        .label = "变更去向",
        .clause = "4.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_housing_successors,
        .columns = columns_housing_successors,
        .scope = "office",
        .key = "id",
        .descending = true,
};

static const Column columns_regulated_links[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_number", "变更单号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "kind", "变更种类", KIND_STATE, COLUMN_FILTER, NULL, essential_change_kinds, NULL },
        { "level", "变更对象", KIND_STATE, COLUMN_FILTER, NULL, essential_change_levels, NULL },
        { "old_id", "原房屋", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "new_id", "新房屋", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "generation", "代", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { "old_area", "原建筑面积", KIND_AREA, 0, NULL, NULL, NULL },
        { "new_area", "新建筑面积", KIND_AREA, 0, NULL, NULL, NULL },
        { "effected_on", "生效日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "office", "机构", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_regulated_links = {
        .name = "essential.regulated_links",
        .label = "辖区房屋沿革",
        .clause = "4.2.1.4",
        .store = STORE_REGULATORY,
        .capabilities = CAPABILITY_DETAIL,
        .query = &essential_view_regulated_links,
        .columns = columns_regulated_links,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "监管数据",
};
