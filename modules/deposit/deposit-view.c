/* SPDX-License-Identifier: Apache-2.0 */
/* What of deposits is shown, and on whose page. */

#include "deposit-query.h"
#include "deposit-records.h"

static const char *const actions_standards[] = { "deposit.end_standard", NULL };
static const Column columns_standards[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "name", "标准名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "deposit_standard" },
        { "division", "行政区划代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_class", "房屋类别", KIND_CODE, COLUMN_FILTER, "building_class", NULL, NULL },
        { "per_m2", "每平方米金额", KIND_MONEY, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_from", "起始日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_to", "终止日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
static const View view_standards = {
        .name = "deposit.standards",
        .label = "交存标准",
        .help = "交存标准规定每平方米交多少元。先登记标准，才能核定各户的应交金额。",
        .clause = "5.2.1.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &deposit_view_standards,
        .columns = columns_standards,
        .scope = "office",
        .key = "id",
        .menu = "资金交存",
        .actions = actions_standards,
};

static const char *const actions_areas[] = { "deposit.assess", "deposit.issue_notice", NULL };
static const Column columns_areas[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "property_area" },
        { "nature", "住宅性质", KIND_STATE, COLUMN_FILTER, NULL, essential_natures, NULL },
        { "phase", "管理阶段", KIND_STATE, COLUMN_FILTER, NULL, essential_phases, NULL },
        { "apartments", "分户数", KIND_INTEGER, COLUMN_SUM, NULL, NULL, NULL },
        { "households", "已核定户数", KIND_INTEGER, COLUMN_SUM, NULL, NULL, NULL },
        { "households_paid", "交清户数", KIND_INTEGER, COLUMN_SUM, NULL, NULL, NULL },
        { "owed", "应交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "paid", "已交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "unpaid", "欠交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { 0 },
};
static const View view_areas = {
        .name = "deposit.areas",
        .label = "区域交存情况",
        .help = "这里按物业区域核定应交、开具通知单。先导入楼盘表或新增物业区域。",
        .clause = "5.2.5",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &deposit_view_areas,
        .columns = columns_areas,
        .scope = "office",
        .key = "id",
        .menu = "资金交存",
        .actions = actions_areas,
};

static const char *const actions_households[] = { "deposit.assess", "deposit.issue_notice", NULL };
static const Column columns_households[] = {
        { "id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_id", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "apartment" },
        { "covered_area", "建筑面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { "owed", "应交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "paid", "已交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "unpaid", "欠交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "nature", "住宅性质", KIND_STATE, COLUMN_FILTER, NULL, essential_natures, NULL },
        { "phase", "管理阶段", KIND_STATE, COLUMN_FILTER, NULL, essential_phases, NULL },
        { "balance", "分户余额", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { 0 },
};
static const View view_households = {
        .name = "deposit.households",
        .label = "分户交存情况",
        .help = "这里是各户应交和已交的情况。先导入楼盘表或新增分户。",
        .clause = "5.2.1.6",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &deposit_view_households,
        .columns = columns_households,
        .scope = "office",
        .key = "id",
        .menu = "资金交存",
        .actions = actions_households,
};

static const StateName mark_states[] = { { "unassessed", "未核定" }, { "unpaid", "未缴" },
        { "partly", "部分" }, { "settled", "已缴" }, { NULL, NULL } };
static const MarkSign mark_signs[] = { { "plain", "" }, { "bad", "欠" }, { "wait", "半" }, { "good", "✓" } };
static const Column columns_marks[] = {
        { "id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, "apartment" },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_id", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "owed", "应交金额", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "paid", "已交金额", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "state", "交款状态", KIND_STATE, COLUMN_FILTER, NULL, mark_states, NULL },
        { 0 },
};
static const View view_marks = {
        .name = "deposit.marks",
        .label = "交款状态",
        .clause = "5.1.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &deposit_view_marks,
        .columns = columns_marks,
        .scope = "office",
        .key = "id",
};
const Mark deposit_marks[] = {
        { "apartment", "交款状态", &view_marks, "building_id", "id", "state", mark_signs },
        { 0 },
};

static const char *const actions_unpaid[] = { "deposit.issue_notice", NULL };
static const Column columns_unpaid[] = {
        { "id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_id", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "apartment" },
        { "owed", "应交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "paid", "已交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "unpaid", "欠交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { 0 },
};
static const View view_unpaid = {
        .name = "deposit.unpaid",
        .label = "欠交清单",
        .help = "这里是应交而未交足的分户；空表说明都已交足，或还没有核定应交金额。",
        .clause = "5.1.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &deposit_view_unpaid,
        .columns = columns_unpaid,
        .scope = "office",
        .key = "id",
        .menu = "资金交存",
        .actions = actions_unpaid,
};

static const Column columns_assessments[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "apartment" },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "kind", "交存类型", KIND_CODE, COLUMN_FILTER, "deposit_kind", NULL, NULL },
        { "standard_id", "交存标准", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "standard_name", "标准名称", KIND_TEXT, 0, NULL, NULL, NULL },
        { "per_m2", "每平方米金额", KIND_MONEY, 0, NULL, NULL, NULL },
        { "covered_area", "建筑面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { "owed", "应交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "assessed_on", "核定日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "nature", "住宅性质", KIND_STATE, COLUMN_FILTER, NULL, essential_natures, NULL },
        { "phase", "管理阶段", KIND_STATE, COLUMN_FILTER, NULL, essential_phases, NULL },
        { 0 },
};
static const View view_assessments = {
        .name = "deposit.assessments",
        .label = "应交核定",
        .help = "这里是各户应交金额的核定记录。在“物业区域交存”中办理核定。",
        .clause = "5.2.1.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &deposit_view_assessments,
        .columns = columns_assessments,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "资金交存",
};

static const char *const actions_notices[] = { "deposit.enter_payment", "deposit.void_notice", NULL };
static const Column columns_notices[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "notice_number", "通知单号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "payment_notice" },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "apartment" },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "kind", "交存类型", KIND_CODE, COLUMN_FILTER, "deposit_kind", NULL, NULL },
        { "amount", "应交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "bank_account_id", "收款账户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "bank_name", "开户银行", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "account_number", "账号", KIND_TEXT, 0, NULL, NULL, NULL },
        { "issued_on", "出单日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "issued_by", "出单人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, deposit_notice_states, NULL },
        { "qr_text", "二维码内容", KIND_TEXT, COLUMN_HIDDEN, NULL, NULL, NULL },
        { 0 },
};
static const View view_notices = {
        .name = "deposit.notices",
        .label = "交款通知单",
        .help = "这里是交款通知单。先核定应交金额，再在“物业区域交存”中开具。",
        .clause = "5.1.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &deposit_view_notices,
        .columns = columns_notices,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "资金交存",
        .actions = actions_notices,
};

static const char *const actions_payments[] = { "deposit.post", "deposit.refuse_payment",
        "deposit.void_payment", "deposit.reverse", NULL };
static const Column columns_payments[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "notice_id", "交款通知单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "notice_number", "通知单号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "payment" },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "apartment" },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "kind", "交存类型", KIND_CODE, COLUMN_FILTER, "deposit_kind", NULL, NULL },
        { "amount", "实交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "method", "交款方式", KIND_CODE, COLUMN_FILTER, "pay_method", NULL, NULL },
        { "bank_account_id", "收款账户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "bank_reference", "银行流水号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "entered_on", "业务日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "value_date", "到账日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "operator_id", "经办人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, deposit_payment_states, NULL },
        { "reviewer_id", "复核人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "accounting_date", "财务日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "voucher_id", "记账凭证", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "closing_note", "退回、作废或冲正原因", KIND_TEXT, 0, NULL, NULL, NULL },
        { "reversed_on", "冲正日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
static const View view_payments = {
        .name = "deposit.payments",
        .label = "交款",
        .help = "这里是收到的交款。凭通知单在“收款登记”中登记，由另一人审核入账。",
        .clause = "5.1.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &deposit_view_payments,
        .columns = columns_payments,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "资金交存",
        .actions = actions_payments,
};

static const Column columns_regulated_areas[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "households", "已核定户数", KIND_INTEGER, COLUMN_SUM, NULL, NULL, NULL },
        { "owed", "应交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "paid", "已交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "office", "机构", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
static const View view_regulated_areas = {
        .name = "deposit.regulated_areas",
        .label = "辖区区域交存情况",
        .help = "这里是下级上报的物业区域，下级入网并同步后出现。",
        .clause = "5.2.5",
        .store = STORE_REGULATORY,
        .capabilities = CAPABILITY_DETAIL,
        .query = &deposit_view_regulated_areas,
        .columns = columns_regulated_areas,
        .scope = "office",
        .key = "id",
        .menu = "监管数据",
};

static const Column columns_regulated_households[] = {
        { "id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_id", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "covered_area", "建筑面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { "nature", "住宅性质", KIND_STATE, COLUMN_FILTER, NULL, essential_natures, NULL },
        { "phase", "管理阶段", KIND_STATE, COLUMN_FILTER, NULL, essential_phases, NULL },
        { "owed", "应交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "paid", "已交金额", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "office", "机构", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
static const View view_regulated_households = {
        .name = "deposit.regulated_households",
        .label = "辖区分户交存情况",
        .help = "这里是下级上报的分户交存情况，下级入网并同步后出现。",
        .clause = "5.2.5",
        .store = STORE_REGULATORY,
        .capabilities = CAPABILITY_DETAIL,
        .query = &deposit_view_regulated_households,
        .columns = columns_regulated_households,
        .scope = "office",
        .key = "id",
        .menu = "监管数据",
};

static const Column columns_position_transfers[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_id", "变更单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_number", "变更单号", KIND_TEXT, 0, NULL, NULL, NULL },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, 0, NULL, NULL, "apartment" },
        { "owed", "应交金额增减", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "paid", "实交金额增减", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "transferred_on", "日期", KIND_DATE, 0, NULL, NULL, NULL },
        { 0 },
};
static const View view_position_transfers = {
        .name = "deposit.position_transfers",
        .label = "交存情况转移",
        .clause = "4.2.1.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &deposit_view_position_transfers,
        .columns = columns_position_transfers,
        .scope = "office",
        .key = "id",
};

/* --- what follows from surveyed areas, and what partners may ask (4.3.2, 13.0.4) --- */

static const StateName difference_states[] = { { "pending", "待处理" }, { "accepted", "待复核" },
        { "applied", "已接受" }, { "refused", "已拒绝" }, { "unusable", "不能使用" }, { "same", "已一致" },
        { NULL, NULL } };
static const Column columns_area_differences[] = {
        { "id", "差异", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "list_id", "差异清单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "apartment" },
        { "ours_area", "原面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { "theirs_area", "新面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { "per_m2", "每平方米金额", KIND_MONEY, 0, NULL, NULL, NULL },
        { "amount", "应补（负数为应退）", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { "state", "差异状态", KIND_STATE, COLUMN_FILTER, NULL, difference_states, NULL },
        { 0 },
};
static const View view_area_differences = {
        .name = "deposit.area_differences",
        .label = "面积差异对应的补退金额",
        .clause = "4.3.2",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &deposit_view_area_differences,
        .columns = columns_area_differences,
        .scope = "office",
        .key = "id",
};

static const char *const actions_area_consequences[] = { "deposit.make_up", NULL };
static const Column columns_area_consequences[] = {
        { "id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "apartment" },
        { "covered_area", "现面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { "assessed_area", "已核定面积", KIND_AREA, COLUMN_SUM, NULL, NULL, NULL },
        { "per_m2", "每平方米金额", KIND_MONEY, 0, NULL, NULL, NULL },
        { "amount", "应补（负数为应退）", KIND_MONEY, COLUMN_FILTER | COLUMN_SUM, NULL, NULL, NULL },
        { 0 },
};
static const View view_area_consequences = {
        .name = "deposit.area_consequences",
        .label = "面积变化补退清单",
        .help = "实测面积与原面积不同、应交金额随之增减的分户，在此列出应补或应退的金额。",
        .clause = "5.2.1.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &deposit_view_area_consequences,
        .columns = columns_area_consequences,
        .scope = "office",
        .key = "id",
        .menu = "资金交存",
        .actions = actions_area_consequences,
};

static const StateName deposit_states[] = { { "not_assessed", "未核定" }, { "unpaid", "未交" },
        { "partly", "部分交清" }, { "paid", "已交清" }, { NULL, NULL } };
static const Column columns_deposit_states[] = {
        { "id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "real_estate_unit_code", "不动产单元代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "apartment" },
        { "deposit_state", "交存状态", KIND_STATE, COLUMN_FILTER, NULL, deposit_states, NULL },
        { "owed", "应交金额", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "paid", "已交金额", KIND_MONEY, COLUMN_SUM, NULL, NULL, NULL },
        { "change_number", "变更号", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
static const View view_deposit_states = {
        .name = "deposit.deposit_states",
        .label = "对端可查的交存状态",
        .clause = "13.0.4",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &deposit_view_deposit_states,
        .columns = columns_deposit_states,
        .scope = "office",
        .key = "id",
};

const View *const deposit_views[] = {
        &view_position_transfers,
        &view_standards,
        &view_areas,
        &view_households,
        &view_marks,
        &view_unpaid,
        &view_assessments,
        &view_notices,
        &view_payments,
        &view_area_differences,
        &view_area_consequences,
        &view_deposit_states,
        &view_regulated_areas,
        &view_regulated_households,
        NULL,
};

const OpenWork deposit_open_work[] = {
        { &view_payments, "operator_id", "state", "entered", "已登记待复核的交款" },
        { 0 },
};

/* Reversing a voucher in accounting takes the payment with it, so it asks as well. */
const PaperAsk deposit_paper_asks[] = {
        { "first_payment", "payment", "deposit.post" },
        { "first_payment", "payment", "deposit.post_batch" },
        { "refund", "payment", "deposit.reverse" },
        { "refund", "payment", "accounting.reverse" },
        { 0 },
};

const PrivateCase deposit_private_cases[] = {
        { "payment", "owner", &deposit_case_payment },
        { "payment_notice", "owner", &deposit_case_notice },
        { 0 },
};

const Panel deposit_panels[] = {
        { "apartment", &view_households, "id" },
        { "apartment", &view_assessments, "apartment_id" },
        { "apartment", &view_notices, "apartment_id" },
        { "apartment", &view_payments, "apartment_id" },
        { "apartment", &view_position_transfers, "apartment_id" },
        { "housing_change", &view_position_transfers, "change_id" },
        { "exchange_list", &view_area_differences, "list_id" },
        { "property_area", &view_area_consequences, "property_area_id" },
        { "property_area", &view_areas, "id" },
        { "property_area", &view_unpaid, "property_area_id" },
        { "building", &view_households, "building_id" },
        { "payment_notice", &view_payments, "notice_id" },
        { "voucher", &view_payments, "voucher_id" },
        { NULL, NULL, NULL },
};

static const Query *const find_notices[] = { &deposit_find_notices, NULL };
static const Query *const find_payments[] = { &deposit_find_payments, &deposit_find_payments_by_bank, NULL };
const Finder deposit_finders[] = {
        { "deposit.notice", "交款通知单", &view_notices, "payment_notice", 80, find_notices,
                deposit_ask_notices },
        { "deposit.payment", "交款与回单", &view_payments, "payment", 75, find_payments,
                deposit_ask_payments },
        { 0 },
};
