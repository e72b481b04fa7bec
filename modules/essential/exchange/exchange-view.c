/* SPDX-License-Identifier: Apache-2.0 */
/* What of exchange is shown to clerks, and the lists that partners are answered from. */

#include "exchange-query.h"
#include "exchange-records.h"

static const char *const actions_partners[] = { "essential.change_partner", "essential.approve_partner",
        "essential.revoke_partner", NULL };
static const char *const actions_exchange_lists[] = { "essential.decide_list", "essential.check_list",
        "essential.close_list", NULL };
static const char *const actions_exchange_differences[] = { "essential.decide_difference", NULL };

static const Column columns_partners[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "name", "系统名称", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "exchange_partner" },
        { "kind", "系统类别", KIND_STATE, COLUMN_FILTER, NULL, essential_partner_kinds, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_partner_states, NULL },
        { "person_id", "登记身份", KIND_ID, 0, NULL, NULL, NULL },
        { "contact", "联系单位", KIND_TEXT, 0, NULL, NULL, NULL },
        { "fingerprint", "证书指纹", KIND_TEXT, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "public_key", "报文签名公钥", KIND_TEXT, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "push_building_table", "推送楼盘表", KIND_BOOL, 0, NULL, NULL, NULL },
        { "push_areas", "推送面积", KIND_BOOL, 0, NULL, NULL, NULL },
        { "push_ownership", "推送产权变更", KIND_BOOL, 0, NULL, NULL, NULL },
        { "pull_building_table", "查楼盘表", KIND_BOOL, 0, NULL, NULL, NULL },
        { "pull_deposit", "查交存状态", KIND_BOOL, 0, NULL, NULL, NULL },
        { "valid_from", "起始日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "valid_to", "终止日", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "requested_by", "申请人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "approved_by", "批准人", KIND_ID, 0, NULL, NULL, NULL },
        { 0 },
};
const View view_partners = {
        .name = "essential.partners",
        .label = "接口对端",
        .help = "可以与本机构交换数据的外部系统。先登记，由另一人对照书面指纹批准后才能连接。",
        .clause = "13.0.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &exchange_view_partners,
        .columns = columns_partners,
        .scope = "office",
        .key = "id",
        .menu = "数据交换",
        .actions = actions_partners,
};

static const Column columns_exchange_lists[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "reference", "批次号", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, "exchange_list" },
        { "partner_id", "对端系统", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "partner_name", "对端系统", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "kind", "数据种类", KIND_STATE, COLUMN_FILTER, NULL, essential_exchange_kinds, NULL },
        { "stage", "面积阶段", KIND_STATE, COLUMN_FILTER, NULL, essential_area_stages, NULL },
        { "rows_total", "行数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "rows_unchanged", "一致", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "rows_different", "有差异", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "rows_unmatched", "对不上", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "pending", "待处理", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { "accepted", "待复核", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_list_states, NULL },
        { 0 },
};
const View view_exchange_lists = {
        .name = "essential.exchange_lists",
        .label = "差异清单",
        .help = "对端系统推送或面积文件导入后，与我方不同的数据列成清单；在“处理差异”中逐项接受或拒绝。",
        .clause = "4.3.2",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &exchange_view_lists,
        .columns = columns_exchange_lists,
        .scope = "office",
        .key = "id",
        .menu = "数据交换",
        .actions = actions_exchange_lists,
        .descending = true,
};

static const Column columns_exchange_messages[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "list_id", "差异清单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "partner_id", "对端系统", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "message_number", "报文编号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "received", "收到时间", KIND_INSTANT, COLUMN_FILTER, NULL, NULL, NULL },
        { "rows_total", "行数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "rows_unchanged", "一致", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "rows_different", "有差异", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "rows_unmatched", "对不上", KIND_INTEGER, 0, NULL, NULL, NULL },
        { 0 },
};
const View view_exchange_messages = {
        .name = "essential.exchange_messages",
        .label = "对端报文",
        .clause = "13.0.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &exchange_view_messages,
        .columns = columns_exchange_messages,
        .scope = "office",
        .key = "id",
        .descending = true,
};

static const Column columns_exchange_differences[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "version", "版本", KIND_INTEGER, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "list_id", "差异清单", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "message_id", "报文", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "row_number", "行号", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "place", "对方所写坐落", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL,
                "exchange_difference" },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "item", "项目", KIND_STATE, COLUMN_FILTER, NULL, essential_difference_items, NULL },
        { "ours", "我方", KIND_TEXT, 0, NULL, NULL, NULL },
        { "theirs", "对方", KIND_TEXT, 0, NULL, NULL, NULL },
        { "ours_area", "我方面积", KIND_AREA, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "theirs_area", "对方面积", KIND_AREA, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "registration_number", "登记编号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "effective_on", "登记日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_difference_states, NULL },
        { "fault", "问题", KIND_TEXT, 0, NULL, NULL, NULL },
        { "reason", "处理意见", KIND_TEXT, 0, NULL, NULL, NULL },
        { "decided_by", "处理人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "checked_by", "复核人", KIND_ID, 0, NULL, NULL, NULL },
        { 0 },
};
const View view_exchange_differences = {
        .name = "essential.exchange_differences",
        .label = "差异",
        .clause = "4.3.2",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &exchange_view_differences,
        .columns = columns_exchange_differences,
        .scope = "office",
        .key = "id",
        .actions = actions_exchange_differences,
};

static const Column columns_exchange_owners[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "difference_id", "差异", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "name", "姓名或名称", KIND_SEALED, 0, NULL, NULL, NULL },
        { "id_number", "证件号码", KIND_SEALED, 0, NULL, NULL, NULL },
        { "kind", "业主类别", KIND_STATE, 0, NULL, essential_owner_kinds, NULL },
        { "share_numerator", "份额分子", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "share_denominator", "份额分母", KIND_INTEGER, 0, NULL, NULL, NULL },
        { 0 },
};
const View view_exchange_owners = {
        .name = "essential.exchange_owners",
        .label = "对方所报业主",
        .clause = "4.3.2A",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &exchange_view_owners,
        .columns = columns_exchange_owners,
        .scope = "office",
        .key = "id",
};

static const Column columns_exchange_accesses[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "partner_id", "对端系统", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "kind", "查询种类", KIND_STATE, COLUMN_FILTER, NULL, essential_access_kinds, NULL },
        { "subject", "查询条件", KIND_TEXT, COLUMN_FILTER | COLUMN_CONTAINS, NULL, NULL, NULL },
        { "asked", "查询时间", KIND_INSTANT, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_exchange_accesses = {
        .name = "essential.exchange_accesses",
        .label = "对端查询记录",
        .help = "对端系统每次来查楼盘表或交存状态，都在这里留一行。",
        .clause = "14.2.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &exchange_view_accesses,
        .columns = columns_exchange_accesses,
        .scope = "office",
        .key = "id",
        .menu = "数据交换",
        .descending = true,
};

static const Column columns_shared_apartments[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "area_name", "区域名称", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "division", "行政区划代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "building_name", "幢号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_name", "单元号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "room_number", "房号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "real_estate_unit_code", "不动产单元代码", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "floor", "所在层", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "covered_area", "建筑面积", KIND_AREA, 0, NULL, NULL, NULL },
        { "inner_area", "套内面积", KIND_AREA, 0, NULL, NULL, NULL },
        { "use_code", "房屋用途", KIND_CODE, 0, "house_use", NULL, NULL },
        { "state", "房屋状态", KIND_STATE, COLUMN_FILTER, NULL, essential_apartment_states, NULL },
        { "change_number", "变更号", KIND_INTEGER, COLUMN_FILTER, NULL, NULL, NULL },
        { 0 },
};
const View view_shared_apartments = {
        .name = "essential.shared_apartments",
        .label = "对端可查的楼盘表",
        .clause = "13.0.3",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &exchange_view_apartments,
        .columns = columns_shared_apartments,
        .scope = "office",
        .key = "id",
};
