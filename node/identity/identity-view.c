/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of persons, rights, sessions and events. */

#include "emergency.h"

#define OFFICE                                                                                              \
        { .name = "office", .label = "机构", .kind = KIND_INTEGER, .flags = COLUMN_HIDDEN }
#define PERSON_ID                                                                                           \
        { .name = "person", .label = "人员编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER }
#define PERSON_NAME                                                                                         \
        { .name = "person_name", .label = "姓名", .kind = KIND_TEXT, .flags = COLUMN_FILTER }
#define AMOUNT_MAX                                                                                          \
        { .name = "amount_max",                                                                             \
                .label = "单笔限额",                                                                        \
                .kind = KIND_MONEY,                                                                         \
                .flags = COLUMN_FILTER | COLUMN_ZERO_UNKNOWN }
#define VERSION                                                                                             \
        { .name = "version", .label = "版本", .kind = KIND_INTEGER, .flags = COLUMN_HIDDEN }
#define FROM                                                                                                \
        { .name = "valid_from", .label = "起始日期", .kind = KIND_DATE, .flags = COLUMN_FILTER }
#define TO                                                                                                  \
        { .name = "valid_to", .label = "终止日期", .kind = KIND_DATE, .flags = COLUMN_FILTER }
#define KEY                                                                                                 \
        { .name = "id", .label = "编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER }

static const Column person_columns[] = {
        KEY,
        OFFICE,
        PERSON_ID,
        VERSION,
        PERSON_NAME,
        { .name = "staff_number", .label = "工号", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "login", .label = "登录名", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "locked", .label = "已锁定", .kind = KIND_BOOL, .flags = COLUMN_FILTER },
        { .name = "home_office",
                .label = "所属机构",
                .kind = KIND_INTEGER,
                .flags = COLUMN_FILTER | COLUMN_ZERO_UNKNOWN },
        { .name = "organization", .label = "参与机构编号", .kind = KIND_ID, .flags = COLUMN_FILTER },
        { 0 },
};
/* For business, which may name colleagues and see no log-ins. */
static const Column choose_columns[] = {
        KEY,
        OFFICE,
        { .name = "person_name",
                .label = "姓名",
                .kind = KIND_TEXT,
                .flags = COLUMN_FILTER,
                .link = "person" },
        { .name = "staff_number", .label = "工号", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { 0 },
};
static const Column post_columns[] = {
        KEY,
        OFFICE,
        VERSION,
        PERSON_ID,
        PERSON_NAME,
        { .name = "kind", .label = "岗位", .kind = KIND_CODE, .codes = "post_kind", .flags = COLUMN_FILTER },
        { .name = "post", .label = "岗位编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN },
        FROM,
        TO,
        AMOUNT_MAX,
        { .name = "home_office",
                .label = "所属机构",
                .kind = KIND_INTEGER,
                .flags = COLUMN_FILTER | COLUMN_ZERO_UNKNOWN },
        { 0 },
};
static const Column rule_columns[] = {
        KEY,
        OFFICE,
        VERSION,
        { .name = "kind", .label = "岗位", .kind = KIND_CODE, .codes = "post_kind", .flags = COLUMN_FILTER },
        AMOUNT_MAX,
        { .name = "factors", .label = "第二认证因素", .kind = KIND_TEXT },
        { 0 },
};
static const Column delegation_columns[] = {
        KEY,
        OFFICE,
        VERSION,
        { .name = "principal",
                .label = "委托人编号",
                .kind = KIND_ID,
                .flags = COLUMN_HIDDEN | COLUMN_FILTER },
        { .name = "principal_name",
                .label = "委托人",
                .kind = KIND_TEXT,
                .flags = COLUMN_FILTER,
                .link = "delegation" },
        { .name = "delegate",
                .label = "受托人编号",
                .kind = KIND_ID,
                .flags = COLUMN_HIDDEN | COLUMN_FILTER },
        { .name = "delegate_name", .label = "受托人", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "kind", .label = "岗位", .kind = KIND_CODE, .codes = "post_kind", .flags = COLUMN_FILTER },
        { .name = "function", .label = "限于功能", .kind = KIND_TEXT },
        AMOUNT_MAX,
        FROM,
        TO,
        { .name = "reason", .label = "委托事由", .kind = KIND_TEXT },
        { .name = "decided_name", .label = "审批人", .kind = KIND_TEXT },
        { .name = "state",
                .label = "状态",
                .kind = KIND_STATE,
                .states = delegation_states,
                .flags = COLUMN_FILTER },
        { 0 },
};
static const Column right_columns[] = {
        KEY,
        OFFICE,
        VERSION,
        PERSON_ID,
        PERSON_NAME,
        { .name = "kind", .label = "岗位", .kind = KIND_CODE, .codes = "post_kind", .flags = COLUMN_FILTER },
        { .name = "function", .label = "功能", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "at_office", .label = "适用机构", .kind = KIND_INTEGER, .flags = COLUMN_FILTER },
        { .name = "book", .label = "账套", .kind = KIND_ID },
        FROM,
        TO,
        AMOUNT_MAX,
        { 0 },
};
#define SIGNATORY(name_, label_)                                                                            \
        { .name = name_, .label = label_, .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER }
static const Column departure_columns[] = {
        KEY,
        OFFICE,
        VERSION,
        SIGNATORY("person", "移交人编号"),
        { .name = "person_name",
                .label = "移交人",
                .kind = KIND_TEXT,
                .flags = COLUMN_FILTER,
                .link = "departure" },
        { .name = "kind",
                .label = "离岗类别",
                .kind = KIND_CODE,
                .codes = "departure_kind",
                .flags = COLUMN_FILTER },
        { .name = "last_day", .label = "最后工作日", .kind = KIND_DATE, .flags = COLUMN_FILTER },
        SIGNATORY("receiver", "接收人编号"),
        { .name = "receiver_name", .label = "接收人", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        SIGNATORY("witness", "监交人编号"),
        { .name = "witness_name", .label = "监交人", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "handed_on", .label = "移交人确认", .kind = KIND_INSTANT },
        { .name = "received_on", .label = "接收人确认", .kind = KIND_INSTANT },
        { .name = "witnessed_on", .label = "监交人确认", .kind = KIND_INSTANT },
        { .name = "left_on", .label = "离岗生效", .kind = KIND_INSTANT },
        { .name = "state",
                .label = "状态",
                .kind = KIND_STATE,
                .states = departure_states,
                .flags = COLUMN_FILTER },
        { 0 },
};
static const Column factor_columns[] = {
        KEY,
        OFFICE,
        VERSION,
        PERSON_ID,
        PERSON_NAME,
        { .name = "login", .label = "登录名", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "kind",
                .label = "认证因素",
                .kind = KIND_CODE,
                .codes = "factor_kind",
                .flags = COLUMN_FILTER },
        { .name = "label", .label = "设备", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "bound_on", .label = "绑定时间", .kind = KIND_INSTANT },
        { .name = "revoked", .label = "已解除", .kind = KIND_BOOL, .flags = COLUMN_FILTER },
        { .name = "waiting", .label = "解除待批准", .kind = KIND_BOOL, .flags = COLUMN_FILTER },
        { 0 },
};
#define NAMED(name_, label_)                                                                                \
        { .name = name_, .label = label_ "编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER }, \
                { .name = name_ "_name", .label = label_, .kind = KIND_TEXT, .flags = COLUMN_FILTER }
static const Column factor_request_columns[] = {
        KEY,
        OFFICE,
        VERSION,
        PERSON_ID,
        { .name = "person_name",
                .label = "姓名",
                .kind = KIND_TEXT,
                .flags = COLUMN_FILTER,
                .link = "factor_request" },
        { .name = "login", .label = "登录名", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "change",
                .label = "变更",
                .kind = KIND_CODE,
                .codes = "factor_change",
                .flags = COLUMN_FILTER },
        { .name = "factor",
                .label = "认证因素编号",
                .kind = KIND_ID,
                .flags = COLUMN_HIDDEN | COLUMN_FILTER },
        { .name = "kind",
                .label = "认证因素",
                .kind = KIND_CODE,
                .codes = "factor_kind",
                .flags = COLUMN_FILTER },
        { .name = "label", .label = "设备", .kind = KIND_TEXT },
        { .name = "reason", .label = "原因", .kind = KIND_TEXT },
        NAMED("requested_by", "申请人"),
        { .name = "requested_at", .label = "申请时间", .kind = KIND_INSTANT },
        NAMED("decided_by", "批准人"),
        { .name = "decided_at", .label = "批准时间", .kind = KIND_INSTANT },
        { .name = "note", .label = "意见", .kind = KIND_TEXT },
        { .name = "state",
                .label = "状态",
                .kind = KIND_STATE,
                .states = factor_request_states,
                .flags = COLUMN_FILTER },
        { 0 },
};
static const Column session_columns[] = {
        KEY,
        OFFICE,
        PERSON_ID,
        PERSON_NAME,
        { .name = "login", .label = "登录名", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "address", .label = "客户端地址", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "agent", .label = "浏览器", .kind = KIND_TEXT },
        { .name = "factor", .label = "第二认证", .kind = KIND_CODE, .codes = "factor_kind" },
        { .name = "started", .label = "登录时间", .kind = KIND_INSTANT, .flags = COLUMN_FILTER },
        { .name = "seen", .label = "最近活动", .kind = KIND_INSTANT, .flags = COLUMN_FILTER },
        { 0 },
};
static const Column event_columns[] = {
        KEY,
        OFFICE,
        { .name = "instant", .label = "时间", .kind = KIND_INSTANT, .flags = COLUMN_FILTER },
        { .name = "kind",
                .label = "事件",
                .kind = KIND_CODE,
                .codes = "security_event",
                .flags = COLUMN_FILTER },
        PERSON_ID,
        PERSON_NAME,
        { .name = "login", .label = "登录名", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "address", .label = "客户端地址", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "detail", .label = "对象", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "waiting", .label = "待处理", .kind = KIND_BOOL, .flags = COLUMN_HIDDEN | COLUMN_FILTER },
        { .name = "handled", .label = "已处理", .kind = KIND_BOOL, .flags = COLUMN_FILTER },
        { .name = "handled_by", .label = "处理人", .kind = KIND_TEXT },
        { .name = "handled_at", .label = "处理时间", .kind = KIND_INSTANT },
        { .name = "note", .label = "处理意见", .kind = KIND_TEXT },
        { 0 },
};

static const char *const person_actions[] = { "identity.reset_password", "identity.lock", "identity.unlock",
        "identity.add_login", "identity.set_post", "identity.bind_factor", NULL };
static const char *const post_actions[] = { "identity.end_post", NULL };
static const char *const rule_actions[] = { "identity.set_post_rule", NULL };
static const char *const delegation_actions[] = { "identity.approve_delegation",
        "identity.refuse_delegation", "identity.withdraw_delegation", "identity.end_delegation", NULL };
static const char *const departure_actions[] = { "identity.confirm_departure", "identity.leave",
        "identity.cancel_departure", NULL };
static const char *const factor_actions[] = { "identity.revoke_factor", NULL };
static const char *const factor_request_actions[] = { "identity.approve_factor", "identity.refuse_factor",
        NULL };
static const char *const right_actions[] = { "identity.revoke_right", NULL };
static const char *const event_actions[] = { "identity.handle_event", NULL };
static const char *const session_actions[] = { "identity.end_session", NULL };

#define VIEW(symbol_, name_, label_, clause_, columns_, descending_, actions_)                              \
        static const View view_##symbol_ = { .name = "identity." name_,                                     \
                .label = label_,                                                                            \
                .clause = clause_,                                                                          \
                .store = STORE_SYSTEM,                                                                      \
                .capabilities = CAPABILITY_INNER,                                                             \
                .query = &query_view_##symbol_,                                                             \
                .columns = columns_,                                                                        \
                .scope = "office",                                                                          \
                .key = "id",                                                                                \
                .descending = descending_,                                                                  \
                .menu = "系统管理",                                                                         \
                .actions = actions_ }
VIEW(persons, "persons", "人员与登录名", "14.4.1", person_columns, false, person_actions);
VIEW(posts, "posts", "任职", "14.4.3", post_columns, false, post_actions);
VIEW(rights, "rights", "权限", "14.4.2", right_columns, false, right_actions);
static const View view_choose_person = { .name = "identity.choose_person",
        .label = "选择人员",
        .clause = "14.4.1",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_INNER,
        .query = &query_view_choose_person,
        .columns = choose_columns,
        .scope = "office",
        .key = "id",
        .choosing = true };
VIEW(rules, "post_rules", "岗位限额与认证", "14.4.2", rule_columns, false, rule_actions);
VIEW(delegations, "delegations", "委托", "14.4.2", delegation_columns, true, delegation_actions);
VIEW(departures, "departures", "移交清册", "14.4.3", departure_columns, true, departure_actions);
VIEW(factors, "factors", "认证因素", "14.4.2A", factor_columns, true, factor_actions);
VIEW(factor_requests, "factor_requests", "认证因素变更申请", "14.4.2A", factor_request_columns, true,
        factor_request_actions);
VIEW(sessions, "sessions", "在线会话", "14.4.3", session_columns, true, session_actions);
VIEW(events, "security_events", "安全事件", "14.2.3", event_columns, true, event_actions);
const View *const identity_views[] = {
        &view_persons,
        &view_posts,
        &view_rights,
        &view_choose_person,
        &view_rules,
        &view_delegations,
        &view_departures,
        &view_factors,
        &view_factor_requests,
        &view_sessions,
        &view_events,
        &view_emergencies,
        &view_emergency_measures,
        &view_emergency_steps,
        NULL,
};

/* What waits for a person here: what he asked for and stands in for. */
const OpenWork identity_open_works[] = {
        { &view_delegations, "principal", "state", "requested", "申请中的委托" },
        { &view_delegations, "delegate", "state", "approved", "受托代办的岗位" },
        { 0 },
};
