/* SPDX-License-Identifier: Apache-2.0 */
/* The descriptor of identity: a table of contents. */

#include "identity-kernel.h"

static const char sql_identity[] =
#include "001-identity.sql.h"
        ;
static const char sql_published[] =
#include "002-published.sql.h"
        ;
static const char sql_events[] =
#include "003-events.sql.h"
        ;
static const Migration migrations[] = {
        { STORE_SYSTEM, "identity/001-identity", sql_identity },
        { STORE_SYSTEM, "identity/002-published", sql_published },
        { STORE_SYSTEM, "identity/003-events", sql_events },
        { 0 },
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

static const Record *const records[] = {
        &record_person,
        &record_login,
        &record_post,
        &record_post_holder,
        &record_right_grant,
        &record_security_event,
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
        NULL,
};

#define OFFICE                                                                                              \
        { .name = "office", .label = "机构", .kind = KIND_INTEGER, .flags = COLUMN_HIDDEN }
#define PERSON_ID                                                                                           \
        { .name = "person", .label = "人员编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER }
#define PERSON_NAME                                                                                         \
        { .name = "person_name", .label = "姓名", .kind = KIND_TEXT, .flags = COLUMN_FILTER }
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
        { 0 },
};
static const Column session_columns[] = {
        KEY,
        OFFICE,
        PERSON_ID,
        PERSON_NAME,
        { .name = "login", .label = "登录名", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "address", .label = "客户端地址", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
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
        { .name = "handled", .label = "已处理", .kind = KIND_BOOL, .flags = COLUMN_FILTER },
        { .name = "handled_by", .label = "处理人", .kind = KIND_TEXT },
        { .name = "handled_at", .label = "处理时间", .kind = KIND_INSTANT },
        { .name = "note", .label = "处理意见", .kind = KIND_TEXT },
        { 0 },
};

static const char *const person_actions[] = { "identity.reset_password", "identity.lock", "identity.unlock",
        "identity.add_login", "identity.set_post", NULL };
static const char *const post_actions[] = { "identity.end_post", NULL };
static const char *const right_actions[] = { "identity.revoke_right", NULL };
static const char *const event_actions[] = { "identity.handle_event", NULL };
static const char *const session_actions[] = { "identity.end_session", NULL };

#define VIEW(symbol_, name_, label_, clause_, columns_, descending_, actions_)                              \
        static const View view_##symbol_ = { .name = "identity." name_,                                     \
                .label = label_,                                                                            \
                .clause = clause_,                                                                          \
                .store = STORE_SYSTEM,                                                                      \
                .capabilities = CAPABILITY_ANY,                                                             \
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
VIEW(sessions, "sessions", "在线会话", "14.4.3", session_columns, true, session_actions);
VIEW(events, "security_events", "安全事件", "14.2.3", event_columns, true, event_actions);
static const View *const views[] = {
        &view_persons,
        &view_posts,
        &view_rights,
        &view_sessions,
        &view_events,
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
        { "post_kind", "accountant", "会计" },
        { "post_kind", "supervisor", "监管" },
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
        { "security_event", "config_changed", "配置文件变更" },
        { "security_event", "clock_jump", "系统时钟跳变" },
        { 0 },
};

static const Invariant invariants[] = {
        { .name = "ADMINISTRATORS",
                .store = STORE_SYSTEM,
                .capabilities = CAPABILITY_ANY,
                .all = &query_exclusive_all },
        { 0 },
};

const Module module_identity = {
        .name = "identity",
        .label = "人员与权限",
        .clause = "14.4.1",
        .capabilities = CAPABILITY_ANY,
        .migrations = migrations,
        .records = records,
        .queries = identity_queries,
        .commands = identity_commands,
        .views = views,
        .errors = errors,
        .codes = codes,
        .invariants = invariants,
};
