/* SPDX-License-Identifier: Apache-2.0 */
/* The descriptor of identity: a table of contents. */

#include "emergency.h"
#include "identity-setting.h"

static const char sql_identity[] =
#include "001-identity.sql.h"
        ;
static const char sql_published[] =
#include "002-published.sql.h"
        ;
static const char sql_events[] =
#include "003-events.sql.h"
        ;
static const char sql_people[] =
#include "004-people.sql.h"
        ;
static const char sql_outside[] =
#include "005-outside.sql.h"
        ;
static const char sql_emergency[] =
#include "006-emergency.sql.h"
        ;
static const char sql_places[] =
#include "007-places.sql.h"
        ;
static const char sql_factor_request[] =
#include "008-factor-request.sql.h"
        ;
static const Migration migrations[] = {
        { STORE_SYSTEM, "identity/001-identity", sql_identity },
        { STORE_SYSTEM, "identity/002-published", sql_published },
        { STORE_SYSTEM, "identity/003-events", sql_events },
        { STORE_SYSTEM, "identity/004-people", sql_people },
        { STORE_SYSTEM, "identity/005-outside", sql_outside },
        { STORE_SYSTEM, "identity/006-emergency", sql_emergency },
        { STORE_SYSTEM, "identity/007-places", sql_places },
        { STORE_SYSTEM, "identity/008-factor-request", sql_factor_request },
        { 0 },
};

const StateName delegation_states[] = {
        { "requested", "待审批" },
        { "approved", "已批准" },
        { "refused", "未批准" },
        { "withdrawn", "已撤回" },
        { "ended", "已终止" },
        { NULL, NULL },
};
static const Transition delegation_transitions[] = {
        { "identity.request_delegation", -1, DELEGATION_REQUESTED },
        { "identity.enter_delegation", -1, DELEGATION_APPROVED },
        { "identity.approve_delegation", DELEGATION_REQUESTED, DELEGATION_APPROVED },
        { "identity.refuse_delegation", DELEGATION_REQUESTED, DELEGATION_REFUSED },
        { "identity.withdraw_delegation", DELEGATION_REQUESTED, DELEGATION_WITHDRAWN },
        { "identity.withdraw_delegation", DELEGATION_APPROVED, DELEGATION_WITHDRAWN },
        { "identity.end_delegation", DELEGATION_APPROVED, DELEGATION_ENDED },
        { "identity.leave", DELEGATION_REQUESTED, DELEGATION_ENDED },
        { "identity.leave", DELEGATION_APPROVED, DELEGATION_ENDED },
        { NULL, 0, 0 },
};
const StateName departure_states[] = {
        { "prepared", "待确认" },
        { "confirmed", "三方已确认" },
        { "left", "已离岗" },
        { "cancelled", "已作废" },
        { NULL, NULL },
};
static const Transition departure_transitions[] = {
        { "identity.prepare_departure", -1, DEPARTURE_PREPARED },
        { "identity.confirm_departure", DEPARTURE_PREPARED, DEPARTURE_CONFIRMED },
        { "identity.cancel_departure", DEPARTURE_PREPARED, DEPARTURE_CANCELLED },
        { "identity.cancel_departure", DEPARTURE_CONFIRMED, DEPARTURE_CANCELLED },
        { "identity.leave", DEPARTURE_PREPARED, DEPARTURE_LEFT },
        { "identity.leave", DEPARTURE_CONFIRMED, DEPARTURE_LEFT },
        { NULL, 0, 0 },
};
const StateName factor_request_states[] = {
        { "waits", "待批准" },
        { "approved", "已批准" },
        { "refused", "未批准" },
        { NULL, NULL },
};
static const Transition factor_request_transitions[] = {
        { "identity.revoke_factor", -1, FACTOR_REQUEST_WAITS },
        { "identity.bind_factor", -1, FACTOR_REQUEST_WAITS },
        { "identity.approve_factor", FACTOR_REQUEST_WAITS, FACTOR_REQUEST_APPROVED },
        { "identity.refuse_factor", FACTOR_REQUEST_WAITS, FACTOR_REQUEST_REFUSED },
        { NULL, 0, 0 },
};

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)
#define FIELDS_OF Person
static const Field person_fields[] = {
#include "person.def"
};
#undef FIELDS_OF
#define FIELDS_OF Login
static const Field login_fields[] = {
#include "login.def"
};
#undef FIELDS_OF
#define FIELDS_OF Post
static const Field post_fields[] = {
#include "post.def"
};
#undef FIELDS_OF
#define FIELDS_OF PostHolder
static const Field holder_fields[] = {
#include "post-holder.def"
};
#undef FIELDS_OF
#define FIELDS_OF RightGrant
static const Field grant_fields[] = {
#include "right-grant.def"
};
#undef FIELDS_OF
#define FIELDS_OF SecurityEvent
static const Field event_fields[] = {
#include "security-event.def"
};
#undef FIELDS_OF
#define FIELDS_OF EventHandling
static const Field handling_fields[] = {
#include "event-handling.def"
};
#undef FIELDS_OF
#define FIELDS_OF HandleEventInput
static const Field handle_event_input_fields[] = {
#include "handle-event-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF EventInput
static const Field event_input_fields[] = {
#include "event-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF PersonInput
static const Field person_input_fields[] = {
#include "person-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF LoginInput
static const Field login_input_fields[] = {
#include "login-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF LoginOutput
static const Field login_output_fields[] = {
#include "login-output.def"
};
#undef FIELDS_OF
#define FIELDS_OF PostInput
static const Field post_input_fields[] = {
#include "post-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF RightInput
static const Field right_input_fields[] = {
#include "right-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF EndInput
static const Field end_input_fields[] = {
#include "end-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF LoginReasonInput
static const Field login_reason_input_fields[] = {
#include "login-reason-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF SessionInput
static const Field session_input_fields[] = {
#include "session-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF PasswordInput
static const Field password_input_fields[] = {
#include "password-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF FirstStartOutput
static const Field first_start_output_fields[] = {
#include "first-start-output.def"
};
#undef FIELDS_OF
#define FIELDS_OF PostRuleInput
static const Field post_rule_input_fields[] = {
#include "post-rule-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF Delegation
static const Field delegation_fields[] = {
#include "delegation.def"
};
#undef FIELDS_OF
#define FIELDS_OF DelegationInput
static const Field delegation_input_fields[] = {
#include "delegation-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF DelegationEntry
static const Field delegation_entry_fields[] = {
#include "delegation-entry.def"
};
#undef FIELDS_OF
#define FIELDS_OF DelegationDecision
static const Field delegation_decision_fields[] = {
#include "delegation-decision.def"
};
#undef FIELDS_OF
#define FIELDS_OF Departure
static const Field departure_fields[] = {
#include "departure.def"
};
#undef FIELDS_OF
#define FIELDS_OF DepartureInput
static const Field departure_input_fields[] = {
#include "departure-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF DepartureConfirm
static const Field departure_confirm_fields[] = {
#include "departure-confirm.def"
};
#undef FIELDS_OF
#define FIELDS_OF DepartureNote
static const Field departure_note_fields[] = {
#include "departure-note.def"
};
#undef FIELDS_OF
#define FIELDS_OF LeaveInput
static const Field leave_input_fields[] = {
#include "leave-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF LeaveOutput
static const Field leave_output_fields[] = {
#include "leave-output.def"
};
#undef FIELDS_OF
#define FIELDS_OF Factor
static const Field factor_fields[] = {
#include "factor.def"
};
#undef FIELDS_OF
#define FIELDS_OF FactorInput
static const Field factor_input_fields[] = {
#include "factor-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF FactorRevoke
static const Field factor_revoke_fields[] = {
#include "factor-revoke.def"
};
#undef FIELDS_OF
#define FIELDS_OF FactorRequest
static const Field factor_request_fields[] = {
#include "factor-request.def"
};
#undef FIELDS_OF
#define FIELDS_OF FactorChanged
static const Field factor_changed_fields[] = {
#include "factor-changed.def"
};
#undef FIELDS_OF
#define FIELDS_OF FactorDecision
static const Field factor_decision_fields[] = {
#include "factor-decision.def"
};
#undef FIELDS_OF
#define FIELDS_OF TotpInput
static const Field totp_input_fields[] = {
#include "totp-input.def"
};
#undef FIELDS_OF
#define FIELDS_OF IdOutput
static const Field id_output_fields[] = {
#include "id-output.def"
};
#undef FIELDS_OF
#undef FIELD

static const char *const post_unique[] = { "kind", NULL };
static const char *const login_unique[] = { "name", NULL };

#define RECORD(symbol_, label_, number_, shape_, fields_, type_, unique_)                                   \
        const Record record_##symbol_ = { .name = #symbol_,                                                 \
                .label = label_,                                                                            \
                .clause = "14.4.1",                                                                         \
                .number = number_,                                                                          \
                .shape = shape_,                                                                            \
                .store = STORE_SYSTEM,                                                                      \
                RECORD_FIELDS(fields_, type_),                                                              \
                .unique = unique_ }
RECORD(person, "人员", 20, SHAPE_REGISTER, person_fields, Person, NULL);
RECORD(login, "登录名", 21, SHAPE_REGISTER, login_fields, Login, login_unique);
RECORD(post, "岗位", 22, SHAPE_REGISTER, post_fields, Post, post_unique);
RECORD(post_holder, "任职", 23, SHAPE_REGISTER, holder_fields, PostHolder, NULL);
RECORD(right_grant, "权限", 24, SHAPE_REGISTER, grant_fields, RightGrant, NULL);
RECORD(security_event, "安全事件", 25, SHAPE_LEDGER, event_fields, SecurityEvent, NULL);
RECORD(factor, "认证因素", 34, SHAPE_REGISTER, factor_fields, Factor, NULL);

const Record record_delegation = { .name = "delegation",
        .label = "委托",
        .clause = "14.4.2",
        .number = 32,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_SYSTEM,
        RECORD_FIELDS(delegation_fields, Delegation),
        .state = "state",
        .transitions = delegation_transitions };

const Record record_departure = { .name = "departure",
        .label = "移交清册",
        .clause = "14.4.3",
        .number = 33,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_SYSTEM,
        RECORD_FIELDS(departure_fields, Departure),
        .state = "state",
        .transitions = departure_transitions };

const Record record_factor_request = { .name = "factor_request",
        .label = "认证因素变更申请",
        .clause = "14.4.2A",
        .number = 38,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_SYSTEM,
        RECORD_FIELDS(factor_request_fields, FactorRequest),
        .state = "state",
        .transitions = factor_request_transitions };
RECORD(event_handling, "安全事件处理", 51, SHAPE_LEDGER, handling_fields, EventHandling, NULL);

#define VALUE_RECORD(symbol_, label_, fields_, type_)                                                       \
        const Record record_##symbol_ = { .name = "identity." #symbol_,                                     \
                .label = label_,                                                                            \
                .clause = "14.4.1",                                                                         \
                .shape = SHAPE_VALUE,                                                                       \
                .store = STORE_SYSTEM,                                                                      \
                RECORD_FIELDS(fields_, type_) }
VALUE_RECORD(event_input, "安全事件", event_input_fields, EventInput);
VALUE_RECORD(handle_event_input, "处理安全事件", handle_event_input_fields, HandleEventInput);
VALUE_RECORD(person_input, "登记人员", person_input_fields, PersonInput);
VALUE_RECORD(login_input, "增加登录名", login_input_fields, LoginInput);
VALUE_RECORD(login_output, "登录名与一次性密码", login_output_fields, LoginOutput);
VALUE_RECORD(post_input, "任命岗位", post_input_fields, PostInput);
VALUE_RECORD(right_input, "授予权限", right_input_fields, RightInput);
VALUE_RECORD(end_input, "终止", end_input_fields, EndInput);
VALUE_RECORD(login_reason_input, "登录名处理", login_reason_input_fields, LoginReasonInput);
VALUE_RECORD(session_input, "结束会话", session_input_fields, SessionInput);
VALUE_RECORD(password_input, "修改密码", password_input_fields, PasswordInput);
VALUE_RECORD(first_start_output, "首次启动", first_start_output_fields, FirstStartOutput);
VALUE_RECORD(id_output, "编号", id_output_fields, IdOutput);
VALUE_RECORD(post_rule_input, "岗位规定", post_rule_input_fields, PostRuleInput);
VALUE_RECORD(delegation_input, "申请委托", delegation_input_fields, DelegationInput);
VALUE_RECORD(delegation_entry, "登记委托", delegation_entry_fields, DelegationEntry);
VALUE_RECORD(delegation_decision, "委托办理", delegation_decision_fields, DelegationDecision);
VALUE_RECORD(departure_input, "编制移交清册", departure_input_fields, DepartureInput);
VALUE_RECORD(departure_confirm, "确认移交", departure_confirm_fields, DepartureConfirm);
VALUE_RECORD(departure_note, "作废移交清册", departure_note_fields, DepartureNote);
VALUE_RECORD(leave_input, "离岗", leave_input_fields, LeaveInput);
VALUE_RECORD(leave_output, "离岗结果", leave_output_fields, LeaveOutput);
VALUE_RECORD(factor_input, "绑定认证因素", factor_input_fields, FactorInput);
VALUE_RECORD(factor_revoke, "解除认证因素", factor_revoke_fields, FactorRevoke);
VALUE_RECORD(factor_changed, "认证因素办理结果", factor_changed_fields, FactorChanged);
VALUE_RECORD(factor_decision, "批准变更认证因素", factor_decision_fields, FactorDecision);
VALUE_RECORD(totp_input, "绑定动态口令", totp_input_fields, TotpInput);

static const Record *const records[] = {
        &record_person,
        &record_login,
        &record_post,
        &record_post_holder,
        &record_right_grant,
        &record_security_event,
        &record_delegation,
        &record_departure,
        &record_factor,
        &record_factor_request,
        &record_event_handling,
        &record_event_input,
        &record_handle_event_input,
        &record_person_input,
        &record_login_input,
        &record_login_output,
        &record_post_input,
        &record_right_input,
        &record_end_input,
        &record_login_reason_input,
        &record_session_input,
        &record_password_input,
        &record_id_output,
        &record_first_start_output,
        &record_post_rule_input,
        &record_delegation_input,
        &record_delegation_entry,
        &record_delegation_decision,
        &record_departure_input,
        &record_departure_confirm,
        &record_departure_note,
        &record_leave_input,
        &record_leave_output,
        &record_factor_input,
        &record_factor_revoke,
        &record_totp_input,
        &record_factor_changed,
        &record_factor_decision,
        &record_emergency,
        &record_emergency_measure,
        &record_emergency_step,
        &record_emergency_choice,
        &record_emergency_input,
        &record_emergency_take,
        &record_emergency_tick,
        &record_emergency_end,
        NULL,
};

static const ErrorText errors[] = {
#define ERROR(code_, sentence_, clause_) { .code = code_, .sentence = sentence_, .clause = clause_ },
#include "errors.def"
#undef ERROR
        { 0 },
};

static const CodeValue codes[] = {
        { "post_kind", "system", "系统管理员" },
        { "post_kind", "security", "安全管理员" },
        { "post_kind", "audit", "审计管理员" },
        { "post_kind", "operator", "经办" },
        { "post_kind", "reviewer", "复核" },
        { "post_kind", "approver", "审批" },
        { "post_kind", "accountant", "会计" },
        { "post_kind", "supervisor", "监管" },
        { "post_kind", "auditor", "审计检查" },
        { "post_kind", "construction_unit", "建设单位" },
        { "post_kind", "property_company", "物业服务企业" },
        { "post_kind", "owner_committee", "业主委员会" },
        { "post_kind", "cost_reviewer", "审价单位" },
        { "post_kind", "supervision_unit", "监理单位" },
        { "departure_kind", "leave", "离岗" },
        { "departure_kind", "transfer", "调离" },
        { "departure_kind", "retire", "退休" },
        { "departure_kind", "resign", "辞职" },
        { "departure_kind", "dismiss", "解聘" },
        { "factor_kind", "totp", "动态口令" },
        { "factor_kind", "certificate", "客户端证书" },
        { "factor_kind", "sm2", "国密密钥" },
        { "factor_change", "revoke", "解除" },
        { "factor_change", "bind", "增加" },
        { "security_event", "factor_failed", "第二认证因素错误" },
        { "security_event", "login", "登录" },
        { "security_event", "login_failed", "登录失败" },
        { "security_event", "locked_out", "连续失败锁定" },
        { "security_event", "logout", "退出" },
        { "security_event", "session_ended", "会话被结束" },
        { "security_event", "step_up_failed", "二次认证失败" },
        { "security_event", "step_up_refused", "二次认证凭据无效" },
        { "security_event", "password_failed", "修改密码时原密码错误" },
        { "security_event", "forbidden", "越权访问" },
        { "security_event", "right_broken", "权限数据校验失败" },
        { "security_event", "password_reset", "重置他人密码" },
        { "security_event", "factor_waiting", "申请变更他人认证因素" },
        { "security_event", "factor_bound", "为他人绑定认证因素" },
        { "security_event", "factor_revoked", "解除他人认证因素" },
        { "security_event", "first_start", "首次启动" },
        { "security_event", "foreign_id", "访问范围外数据" },
        { "security_event", "mass_export", "大量导出" },
        { "security_event", "read_only", "系统转为只读" },
        { "security_event", "off_hours", "非工作时间操作" },
        { "security_event", "payee_changed", "付款前变更收款账户" },
        { "security_event", "system_started", "系统启动" },
        { "security_event", "system_stopped", "系统停止" },
        { "security_event", "system_broke_off", "系统曾异常中止" },
        { "security_event", "version_changed", "程序版本变更" },
        { "security_event", "schema_changed", "数据结构升级" },
        { "security_event", "setting_changed", "参数变更" },
        { "security_event", "setting_waiting", "申请放宽参数" },
        { "security_event", "config_changed", "配置文件变更" },
        { "security_event", "clock_jump", "系统时钟跳变" },
        { "security_event", "readings_failing", "查看记录无法写入，已停止查询" },
        { "security_event", "readings_resumed", "查看记录恢复写入" },
        { "security_event", "emergency_declared", "宣布应急" },
        { "security_event", "emergency_measure", "采取应急措施" },
        { "security_event", "emergency_step", "完成应急预案步骤" },
        { "security_event", "emergency_ended", "解除应急" },
        { "security_event", "emergency_login", "应急期间登录被拒" },
#define CODE(set_, code_, label_) { set_, code_, label_ },
#include "emergency-codes.def"
#undef CODE
        { 0 },
};

#define POST_STEP(kind_, label_, purpose_, place_)                                                          \
        {                                                                                                   \
                .name = "identity." #kind_, .label = (label_), .purpose = (purpose_), .clause = "14.4.3",   \
                .capabilities = CAPABILITY_BUSINESS, .place = (place_), .store = STORE_SYSTEM,              \
                .done = &query_setup_##kind_, .command = &command_set_post, .offers = offers_##kind_        \
        }
static const char *const offers_operator[] = { "kind=operator", "valid_from={today}", NULL };
static const char *const offers_reviewer[] = { "kind=reviewer", "valid_from={today}", NULL };
static const char *const offers_accountant[] = { "kind=accountant", "valid_from={today}", NULL };
static const Step steps[] = {
        { .name = "identity.people",
                .label = "登记工作人员",
                .purpose = "至少两人：登记业务的人不能审核自己登记的业务。每人得到只显示一次的首次登录密码，"
                           "请当面交给本人。",
                .clause = "14.4.1",
                .capabilities = CAPABILITY_BUSINESS,
                .place = 20,
                .store = STORE_SYSTEM,
                .done = &query_setup_people,
                .command = &command_create_person },
        POST_STEP(operator, "任命经办",
                "经办登记房屋、交款等业务。任命由安全管理员办理，须再次输入自己的密码。", 30),
        POST_STEP(accountant, "任命会计",
                "会计建账套、管银行账户、记账。可与经办同为一人，但不能与复核同为一人办理同一笔业务。", 31),
        POST_STEP(reviewer, "任命复核", "复核审核经办登记的业务后入账，须与经办不是同一人。", 32),
        { 0 },
};

static const Invariant invariants[] = {
        { .name = "ADMINISTRATORS",
                .store = STORE_SYSTEM,
                .capabilities = CAPABILITY_INNER,
                .all = &query_exclusive_all },
        { 0 },
};

/* Done once. A log-in may also be closed for a time, which a list does not say: unlocking is offered always.
 */
static const Offer offers[] = {
        { "identity.handle_event", "security_event", "handled", OFFER_VALUES("false") },
        { "identity.revoke_factor", "factor", "revoked", OFFER_VALUES("false") },
        { "identity.revoke_factor", "factor", "waiting", OFFER_VALUES("false") },
        { "identity.lock", "person", "locked", OFFER_VALUES("false") },
        { "identity.approve_factor", "factor_request", "requested_by", OFFER_OTHERS },
        { "identity.approve_factor", "factor_request", "person", OFFER_OTHERS },
        { "identity.end_emergency", "emergency", "declared_by", OFFER_OTHERS },
        { 0 },
};

const Module module_identity = {
        .name = "identity",
        .label = "人员与权限",
        .clause = "14.4.1",
        .capabilities = CAPABILITY_INNER,
        .migrations = migrations,
        .records = records,
        .queries = identity_queries,
        .commands = identity_commands,
        .views = identity_views,
        .errors = errors,
        .codes = codes,
        .offers = offers,
        .invariants = invariants,
        .papers = identity_papers,
        .open_work = identity_open_works,
        .steps = steps,
        .settings = identity_settings,
        .panels = identity_panels,
};
