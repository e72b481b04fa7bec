/* SPDX-License-Identifier: Apache-2.0 */
/* What of support data is shown, and on whose page. */

#include "support-query.h"
#include "support-records.h"

static const char *const actions_bank[] = { "essential.change_bank", "essential.delete_bank", NULL };
static const char *const actions_division[] = { "essential.change_division", "essential.cancel_division",
        "essential.succeed_division", NULL };

static const char *const actions_code[] = { "essential.change_code", NULL };

static const Column columns_codes[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "code_set", "代码集", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "code", "代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "code_entry" },
        { "parent", "上级代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "external_code", "外部代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_from", "起始日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_to", "止于", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "current", "现行", KIND_BOOL, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_codes = {
        .name = "essential.codes",
        .label = "代码",
        .help = "本机构自用的代码。可以逐项增加，也可以在“代码导入”中导入；通用代码不用录入。",
        .clause = "3.0.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_codes,
        .columns = columns_codes,
        .scope = "office",
        .key = "id",
        .menu = "机构与支撑数据",
        .actions = actions_code,
};

static const Column columns_banks[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "bank_code", "银行", KIND_CODE, COLUMN_FILTER, "bank", NULL, NULL },
        { "name", "网点全称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "bank" },
        { "cnaps", "联行号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "address", "地址", KIND_TEXT, 0, NULL, NULL, NULL },
        { "phone", "对公电话", KIND_TEXT, 0, NULL, NULL, NULL },
        { "valid_from", "起始日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_to", "止于", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "in_use", "在用", KIND_BOOL, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_banks = {
        .name = "essential.banks",
        .label = "专户管理银行",
        .clause = "4.2.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_banks,
        .columns = columns_banks,
        .scope = "office",
        .key = "id",
        .menu = "机构与支撑数据",
        .actions = actions_bank,
};

static const Column columns_divisions[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "code", "区划代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "区划名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "division" },
        { "level", "级别", KIND_STATE, COLUMN_FILTER, NULL, essential_division_levels, NULL },
        { "parent_code", "上级代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "parent_name", "上级名称", KIND_TEXT, 0, NULL, NULL, NULL },
        { "kind", "类别", KIND_STATE, COLUMN_FILTER, NULL, essential_division_kinds, NULL },
        { "current", "现行", KIND_BOOL, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_from", "起始日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_to", "止于", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "successor_id", "继任区划编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "successor_name", "继任区划", KIND_TEXT, 0, NULL, NULL, NULL },
        { 0 },
};
const View view_divisions = {
        .name = "essential.divisions",
        .label = "行政区划",
        .clause = "4.2.5A",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_divisions,
        .columns = columns_divisions,
        .scope = "office",
        .key = "id",
        .menu = "机构与支撑数据",
        .actions = actions_division,
};

static const Column columns_division_predecessors[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "successor_id", "继任区划", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "code", "区划代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "原名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "division" },
        { "valid_from", "起始日", KIND_DATE, 0, NULL, NULL, NULL },
        { "valid_to", "止于", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_division_predecessors = {
        .name = "essential.division_predecessors",
        .label = "沿革：前身区划",
        .clause = "4.2.5A",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_division_predecessors,
        .columns = columns_division_predecessors,
        .scope = "office",
        .key = "id",
        .descending = true,
};

static const Column columns_calendar_days[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "day", "日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "year", "年份", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { "kind", "安排", KIND_STATE, COLUMN_FILTER, NULL, essential_day_kinds, NULL },
        { "name", "节日", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "calendar_day" },
        { 0 },
};
const View view_calendar_days = {
        .name = "essential.calendar_days",
        .label = "节假日安排",
        .clause = "4.3.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_calendar_days,
        .columns = columns_calendar_days,
        .scope = "office",
        .key = "day",
        .menu = "机构与支撑数据",
};
