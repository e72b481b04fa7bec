/* SPDX-License-Identifier: Apache-2.0 */
/* What of legacy balances is shown. */

#include "opening-query.h"
#include "opening-records.h"

static const Column columns_openings[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "number", "批次号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "opening_batch" },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "book_name", "账套名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, accounting_opening_states, NULL },
        { "households", "户数", KIND_INTEGER, COLUMN_SUM, NULL, NULL, NULL },
        { "balance", "余额合计", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "due", "应交合计", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "paid", "首期实交合计", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "more", "续交合计", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "returns", "分摊收益合计", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "used", "累计使用合计", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "principal", "本金合计", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "interest", "收益合计", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "entered_on", "导入日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "entered_by", "导入人", KIND_ID, COLUMN_FILTER, NULL, NULL, "person" },
        { "cutover_date", "余额截止日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "reviewed_by", "复核人", KIND_ID, 0, NULL, NULL, "person" },
        { "voucher_id", "记账凭证", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "closing_note", "撤回或冲正原因", KIND_TEXT, 0, NULL, NULL, NULL },
        { 0 },
};
static const char *const actions_openings[] = { "accounting.post_opening", "accounting.withdraw_opening",
        NULL };
const View view_openings = {
        .name = "accounting.openings",
        .label = "期初余额",
        .help = "从旧系统带来的分户余额。先在“导入”页导入余额表，再由另一人与旧系统余额表核对合计后复核入账"
                "。",
        .clause = "8.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &accounting_view_openings,
        .columns = columns_openings,
        .scope = "office",
        .key = "id",
        .descending = true,
        .actions = actions_openings,
        .menu = "财务核算",
};

static const Column columns_opening_lines[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "opening_id", "批次", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "number", "批次号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, accounting_opening_states, NULL },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "due", "首期应交", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "paid", "首期实交", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "more", "续交", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "returns", "分摊收益", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "used", "累计使用", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "balance", "余额", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "principal", "其中本金", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "interest", "其中收益", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "last_paid_on", "最近交存日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "bill_number", "票据号码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_opening_lines = {
        .name = "accounting.opening_lines",
        .label = "期初余额明细",
        .help = "这里是各户的期初余额。先导入余额表，各户才会出现。",
        .clause = "8.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &accounting_view_opening_lines,
        .columns = columns_opening_lines,
        .scope = "office",
        .key = "id",
};
