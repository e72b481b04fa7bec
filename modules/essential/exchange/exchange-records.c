/* SPDX-License-Identifier: Apache-2.0 */
/* The records of exchange, and the words that their states are shown by. */

#include "exchange-records.h"

const StateName essential_partner_kinds[] = {
        { "survey", "测绘系统" },
        { "market", "房地产市场系统" },
        { "registration", "不动产登记系统" },
        { "other", "其他部门系统" },
        { NULL, NULL },
};
const StateName essential_partner_states[] = {
        { "requested", "待批准" },
        { "active", "已启用" },
        { "revoked", "已停用" },
        { NULL, NULL },
};
const StateName essential_exchange_kinds[] = {
        { "building_table", "楼盘表" },
        { "areas", "房屋面积" },
        { "ownership", "产权变更" },
        { NULL, NULL },
};
const StateName essential_area_stages[] = {
        { "none", "不区分" },
        { "forecast", "预测" },
        { "measured", "实测" },
        { NULL, NULL },
};
const StateName essential_list_states[] = { { "open", "处理中" }, { "closed", "已办结" }, { NULL, NULL } };
const StateName essential_difference_items[] = {
        { "covered_area", "建筑面积" },
        { "inner_area", "套内面积" },
        { "floor", "所在层" },
        { "use", "房屋用途" },
        { "unit_code", "不动产单元代码" },
        { "owners", "业主" },
        { "apartment", "我方无此户" },
        { "row", "问题行" },
        { NULL, NULL },
};
const StateName essential_difference_states[] = {
        { "pending", "待处理" },
        { "accepted", "待复核" },
        { "applied", "已接受" },
        { "refused", "已拒绝" },
        { "unusable", "不能使用" },
        { "same", "已一致" },
        { NULL, NULL },
};
const StateName essential_decisions[] = { { "accept", "接受" }, { "refuse", "拒绝" }, { NULL, NULL } };
const StateName essential_decision_scopes[] = {
        { "within_tolerance", "容差以内的面积" },
        { "areas", "全部面积" },
        { "all", "全部待处理" },
        { NULL, NULL },
};
const StateName essential_check_decisions[] = { { "confirm", "同意" }, { "send_back", "退回" },
        { NULL, NULL } };
const StateName essential_access_kinds[] = {
        { "building_table", "楼盘表" },
        { "deposit", "交存状态" },
        { "changes", "变更" },
        { NULL, NULL },
};

static const Transition partner_transitions[] = {
        { "essential.create_partner", -1, PARTNER_REQUESTED },
        { "essential.change_partner", PARTNER_REQUESTED, PARTNER_REQUESTED },
        { "essential.change_partner", PARTNER_ACTIVE, PARTNER_REQUESTED },
        { "essential.approve_partner", PARTNER_REQUESTED, PARTNER_ACTIVE },
        { "essential.revoke_partner", PARTNER_REQUESTED, PARTNER_REVOKED },
        { "essential.revoke_partner", PARTNER_ACTIVE, PARTNER_REVOKED },
        { NULL, 0, 0 },
};

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)

#define FIELDS_OF ExchangePartner
static const Field exchange_partner_fields[] = {
#include "partner.def"
};
#undef FIELDS_OF
static const char *const exchange_partner_unique[] = { "fingerprint", NULL };
const Record record_exchange_partner = {
        .name = "exchange_partner",
        .label = "接口对端系统",
        .clause = "13.0.3",
        .number = 140,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(exchange_partner_fields, ExchangePartner),
        .unique = exchange_partner_unique,
        .state = "state",
        .transitions = partner_transitions,
};

#define FIELDS_OF ExchangeList
static const Field exchange_list_fields[] = {
#include "exchange_list.def"
};
#undef FIELDS_OF
static const char *const exchange_list_unique[] = { "partner_id,kind,reference", NULL };
const Record record_exchange_list = {
        .name = "exchange_list",
        .label = "差异清单",
        .clause = "4.3.2",
        .number = 141,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(exchange_list_fields, ExchangeList),
        .unique = exchange_list_unique,
};

#define FIELDS_OF ExchangeMessage
static const Field exchange_message_fields[] = {
#include "exchange_message.def"
};
#undef FIELDS_OF
static const char *const exchange_message_unique[] = { "partner_id,message_number", NULL };
const Record record_exchange_message = {
        .name = "exchange_message",
        .label = "对端报文",
        .clause = "13.0.3",
        .number = 142,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(exchange_message_fields, ExchangeMessage),
        .unique = exchange_message_unique,
};

#define FIELDS_OF ExchangeDifference
static const Field exchange_difference_fields[] = {
#include "exchange_difference.def"
};
#undef FIELDS_OF
const Record record_exchange_difference = {
        .name = "exchange_difference",
        .label = "差异",
        .clause = "4.3.2",
        .number = 143,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(exchange_difference_fields, ExchangeDifference),
};

#define FIELDS_OF ExchangeOwner
static const Field exchange_owner_fields[] = {
#include "exchange_owner.def"
};
#undef FIELDS_OF
const Record record_exchange_owner = {
        .name = "exchange_owner",
        .label = "对方所报业主",
        .clause = "4.3.2A",
        .number = 144,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(exchange_owner_fields, ExchangeOwner),
};

#define FIELDS_OF ExchangeAccess
static const Field exchange_access_fields[] = {
#include "exchange_access.def"
};
#undef FIELDS_OF
const Record record_exchange_access = {
        .name = "exchange_access",
        .label = "对端查询",
        .clause = "14.2.3",
        .number = 145,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(exchange_access_fields, ExchangeAccess),
};
