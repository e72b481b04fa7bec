/* SPDX-License-Identifier: Apache-2.0 */
/* What of books, vouchers and balances is shown, and on whose page. */

#include "accounting-query.h"
#include "accounting-records.h"
#include "opening/opening-records.h"

static const Column columns_books[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "name", "账套名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "book" },
        { "nature", "住宅性质", KIND_STATE, COLUMN_FILTER, NULL, essential_natures, NULL },
        { "first_month", "启用月份", KIND_MONTH, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
static const View view_books = {
        .name = "accounting.books",
        .label = "账套",
        .help = "账套按住宅性质分开核算；商品住宅和已售公有住房各建一个，办理任何收款之前先建账套。",
        .clause = "8.2.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &accounting_view_books,
        .columns = columns_books,
        .scope = "office",
        .key = "id",
        .menu = "财务核算",
};

static const Column columns_accounts[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "book_id", "账套", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "book_name", "账套名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "code", "科目编号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "科目名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "ledger_account" },
        { "element", "会计要素", KIND_STATE, COLUMN_FILTER, NULL, accounting_elements, NULL },
        { "normal_side", "余额方向", KIND_STATE, COLUMN_FILTER, NULL, accounting_sides, NULL },
        { "debit_total", "借方累计", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "credit_total", "贷方累计", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "balance", "余额", KIND_MONEY, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
static const View view_accounts = {
        .name = "accounting.accounts",
        .label = "科目余额",
        .help = "这里是各账套的科目和余额，建账套时自动生成。",
        .clause = "8.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &accounting_view_accounts,
        .columns = columns_accounts,
        .scope = "office",
        .key = "id",
        .menu = "财务核算",
};

static const Column columns_bank_accounts[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "book_id", "账套", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "book_name", "账套名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "bank_name", "开户银行", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "cnaps", "联行号", KIND_TEXT, 0, NULL, NULL, NULL },
        { "account_name", "户名", KIND_TEXT, 0, NULL, NULL, NULL },
        { "account_number", "账号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "bank_account" },
        { "property_area_id", "专用于物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "closed_on", "销户日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
static const View view_bank_accounts = {
        .name = "accounting.bank_accounts",
        .label = "银行账户",
        .help = "这里登记存放资金的专户。先登记专户，才能登记收款。",
        .clause = "8.1.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &accounting_view_bank_accounts,
        .columns = columns_bank_accounts,
        .scope = "office",
        .key = "id",
        .menu = "财务核算",
};

static const Column columns_periods[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "book_id", "账套", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "book_name", "账套名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "month", "月份", KIND_MONTH, COLUMN_FILTER, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, accounting_period_states, NULL },
        { "closed_on", "关账日期", KIND_DATE, 0, NULL, NULL, NULL },
        { 0 },
};
static const View view_periods = {
        .name = "accounting.periods",
        .label = "会计期间",
        .help = "这里是各账套的会计期间，建账套时开放启用月份，最多同时开放两个月。",
        .clause = "8.2.5",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &accounting_view_periods,
        .columns = columns_periods,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "财务核算",
};

static const char *const actions_vouchers[] = { "accounting.reverse", NULL };
static const Column columns_vouchers[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "book_id", "账套", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "book_name", "账套名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "month", "期间", KIND_MONTH, COLUMN_FILTER, NULL, NULL, NULL },
        { "number", "凭证号", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, "voucher" },
        { "accounting_date", "财务日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "source", "业务种类", KIND_CODE, COLUMN_FILTER, "voucher_source", NULL, NULL },
        { "source_id", "业务单据", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "reference", "业务单据号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "amount", "金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "prepared_by", "制证", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "reviewed_by", "复核", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "reversal_of", "冲正的凭证", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
static const View view_vouchers = {
        .name = "accounting.vouchers",
        .label = "记账凭证",
        .help = "审核入账后自动生成记账凭证，一笔一张或一批一张。",
        .clause = "8.2.2",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &accounting_view_vouchers,
        .columns = columns_vouchers,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "财务核算",
        .actions = actions_vouchers,
};

static const Column columns_entries[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "voucher_id", "凭证", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "month", "期间", KIND_MONTH, COLUMN_FILTER, NULL, NULL, NULL },
        { "number", "凭证号", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { "line", "行号", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "accounting_date", "财务日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "account_id", "科目", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "account_code", "科目编号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "account_name", "科目名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "side", "方向", KIND_STATE, COLUMN_FILTER, NULL, accounting_sides, NULL },
        { "debit", "借方金额", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "credit", "贷方金额", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "balance_after", "科目余额（借方为正）", KIND_MONEY, 0, NULL, NULL, NULL },
        { "reference", "业务单据号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
static const View view_entries = {
        .name = "accounting.entries",
        .label = "明细账",
        .help = "这里是凭证的各行分录，随凭证自动生成。",
        .clause = "8.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &accounting_view_entries,
        .columns = columns_entries,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "财务核算",
};

static const Column columns_household_entries[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "voucher_id", "凭证", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "source", "业务种类", KIND_CODE, COLUMN_FILTER, "voucher_source", NULL, NULL },
        { "reference", "业务单据号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "control_code", "控制科目", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "part", "本金或收益", KIND_STATE, COLUMN_FILTER, NULL, accounting_parts, NULL },
        { "amount", "金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "business_date", "业务日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "value_date", "起息日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "accounting_date", "财务日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "balance_after", "分户余额", KIND_MONEY, 0, NULL, NULL, NULL },
        { 0 },
};
static const View view_household_entries = {
        .name = "accounting.household_entries",
        .label = "分户账明细",
        .help = "这里是每户每笔收支的明细，审核入账后自动生成。",
        .clause = "8.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &accounting_view_household_entries,
        .columns = columns_household_entries,
        .scope = "office",
        .key = "id",
        .descending = true,
};

static const Column columns_household_balances[] = {
        { "id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_id", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "apartment" },
        { "covered_area", "建筑面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { "principal", "本金", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "interest", "收益", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "balance", "余额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { 0 },
};
static const View view_household_balances = {
        .name = "accounting.household_balances",
        .label = "分户余额",
        .help = "这里是每户的本金、收益和余额，第一笔入账后出现。",
        .clause = "8.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &accounting_view_household_balances,
        .columns = columns_household_balances,
        .scope = "office",
        .key = "id",
        .menu = "财务核算",
};

static const Column columns_transfers[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "voucher_id", "调账凭证", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_id", "变更单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "from_apartment_id", "转出分户编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "to_apartment_id", "转入分户编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "from_room", "转出分户", KIND_TEXT, 0, NULL, NULL, NULL },
        { "to_room", "转入分户", KIND_TEXT, 0, NULL, NULL, NULL },
        { "part", "本金或收益", KIND_STATE, COLUMN_FILTER, NULL, accounting_parts, NULL },
        { "computation", "计算", KIND_TEXT, 0, NULL, NULL, NULL },
        { "floor_share", "舍去尾数后", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "rank", "余数名次", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "extra_fen", "得尾差一分", KIND_BOOL, 0, NULL, NULL, NULL },
        { "amount", "转入金额", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "remainder", "余数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "total", "转出金额", KIND_MONEY, 0, NULL, NULL, NULL },
        { "month", "期间", KIND_MONTH, 0, NULL, NULL, NULL },
        { "number", "凭证号", KIND_INTEGER, 0, NULL, NULL, "voucher" },
        { 0 },
};
static const View view_transfers = {
        .name = "accounting.transfers",
        .label = "调账明细",
        .clause = "4.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &accounting_view_transfers,
        .columns = columns_transfers,
        .scope = "office",
        .key = "id",
};

static const Column columns_earlier_entries[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "apartment_id", "现分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "old_apartment_id", "原分户编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "old_room", "原分户", KIND_TEXT, 0, NULL, NULL, NULL },
        { "generation", "代", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "source", "业务种类", KIND_CODE, COLUMN_FILTER, "voucher_source", NULL, NULL },
        { "reference", "业务单据号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "part", "本金或收益", KIND_STATE, COLUMN_FILTER, NULL, accounting_parts, NULL },
        { "amount", "金额", KIND_MONEY, COLUMN_FILTER, NULL, NULL, NULL },
        { "business_date", "业务日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "value_date", "起息日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "accounting_date", "财务日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "balance_after", "分户余额", KIND_MONEY, 0, NULL, NULL, NULL },
        { 0 },
};
static const View view_earlier_entries = {
        .name = "accounting.earlier_entries",
        .label = "变更前分户账明细",
        .clause = "4.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &accounting_view_earlier_entries,
        .columns = columns_earlier_entries,
        .scope = "office",
        .key = "id",
        .descending = true,
};

const View *const accounting_views[] = {
        &view_books,
        &view_accounts,
        &view_bank_accounts,
        &view_periods,
        &view_vouchers,
        &view_entries,
        &view_household_entries,
        &view_household_balances,
        &view_transfers,
        &view_earlier_entries,
        &view_openings,
        &view_opening_lines,
        NULL,
};

const Finder accounting_finders[] = {
        { "accounting.voucher", "记账凭证", &view_vouchers, "voucher", 65, accounting_find_queries,
                accounting_ask_vouchers },
        { 0 },
};

const OpenWork accounting_open_work[] = {
        { &view_openings, "entered_by", "state", "entered", "已导入待复核的期初余额" },
        { 0 },
};

const Panel accounting_panels[] = {
        { "opening_batch", &view_opening_lines, "opening_id" },
        { "apartment", &view_opening_lines, "apartment_id" },
        { "property_area", &view_openings, "property_area_id" },
        { "voucher", &view_openings, "voucher_id" },
        { "apartment", &view_household_balances, "id" },
        { "apartment", &view_household_entries, "apartment_id" },
        { "apartment", &view_transfers, "to_apartment_id" },
        { "apartment", &view_earlier_entries, "apartment_id" },
        { "housing_change", &view_transfers, "change_id" },
        { "property_area", &view_household_balances, "property_area_id" },
        { "building", &view_household_balances, "building_id" },
        { "book", &view_accounts, "book_id" },
        { "book", &view_bank_accounts, "book_id" },
        { "book", &view_periods, "book_id" },
        { "ledger_account", &view_entries, "account_id" },
        { "voucher", &view_entries, "voucher_id" },
        { "voucher", &view_household_entries, "voucher_id" },
        { NULL, NULL, NULL },
};
