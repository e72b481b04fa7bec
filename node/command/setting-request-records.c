/* SPDX-License-Identifier: Apache-2.0 */
/* Records, commands and lists of settings that wait for another person, one of each for each store. */

#include "request.h"

const StateName setting_request_states[] = {
        { "waits", "待批准" },
        { "approved", "已批准" },
        { "refused", "未批准" },
        { NULL, NULL },
};
#define TRANSITIONS(suffix_)                                                                                \
        {                                                                                                   \
                { "node.change_setting" suffix_, -1, SETTING_WAITS },                                       \
                        { "node.approve_setting" suffix_, SETTING_WAITS, SETTING_APPROVED },                \
                        { "node.refuse_setting" suffix_, SETTING_WAITS, SETTING_REFUSED }, { NULL, 0, 0 },  \
        }
static const Transition transitions[3][4] = { TRANSITIONS("_system"), TRANSITIONS(""),
        TRANSITIONS("_regulatory") };

static const Field request_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(SettingRequest, name, kind, __VA_ARGS__)
#include "setting-request.def"
#undef FIELD
};
static const Field changed_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(SettingChanged, name, kind, __VA_ARGS__)
#include "setting-changed.def"
#undef FIELD
};
static const Field decide_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(DecideSetting, name, kind, __VA_ARGS__)
#include "decide-setting.def"
#undef FIELD
};

#define RECORD_REQUEST(suffix_, number_, store_)                                                            \
        {                                                                                                   \
                .name = "setting_request" suffix_, .label = "参数变更申请", .clause = "14.2.2",             \
                .number = (number_), .shape = SHAPE_DOCUMENT, .store = (store_),                            \
                RECORD_FIELDS(request_fields, SettingRequest), .state = "state",                            \
                .transitions = transitions[(store_) -STORE_SYSTEM]                                          \
        }
const Record setting_request_records[3] = {
        RECORD_REQUEST("_system", 14, STORE_SYSTEM),
        RECORD_REQUEST("", 15, STORE_BUSINESS),
        RECORD_REQUEST("_regulatory", 16, STORE_REGULATORY),
};
const Record *const record_setting_request[4] = { NULL, &setting_request_records[0],
        &setting_request_records[1], &setting_request_records[2] };
const Record record_setting_changed = {
        .name = "node.setting_changed",
        .label = "参数变更结果",
        .clause = "14.2.2",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(changed_fields, SettingChanged),
};
const Record record_decide_setting = {
        .name = "node.decide_setting",
        .label = "批准参数变更",
        .clause = "14.2.2",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(decide_fields, DecideSetting),
};

#define DECISION(verb_, suffix_, store_, label_, flags_)                                                    \
        {                                                                                                   \
                .name = "node." #verb_ "_setting" suffix_, .label = (label_), .clause = "14.2.2",           \
                .store = (store_), .capabilities = STORE_CAPABILITIES(store_), .flags = (flags_),           \
                .input = &record_decide_setting, .run = setting_##verb_##_run                               \
        }
#define APPROVE (COMMAND_STEP_UP | COMMAND_OTHER_PERSON)
const Command setting_decisions[6] = {
        DECISION(approve, "_system", STORE_SYSTEM, "批准系统参数变更", APPROVE),
        DECISION(approve, "", STORE_BUSINESS, "批准业务参数变更", APPROVE),
        DECISION(approve, "_regulatory", STORE_REGULATORY, "批准监管参数变更", APPROVE),
        DECISION(refuse, "_system", STORE_SYSTEM, "不予批准系统参数变更", 0),
        DECISION(refuse, "", STORE_BUSINESS, "不予批准业务参数变更", 0),
        DECISION(refuse, "_regulatory", STORE_REGULATORY, "不予批准监管参数变更", 0),
};

#define COLUMN(name_, label_, kind_, flags_)                                                                \
        { .name = name_, .label = label_, .kind = kind_, .flags = flags_ }
static const Column columns[] = {
        COLUMN("id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER),
        COLUMN("office", "机构", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER),
        COLUMN("version", "版本", KIND_INTEGER, COLUMN_HIDDEN),
        COLUMN("name", "参数", KIND_TEXT, COLUMN_FILTER),
        COLUMN("before_value", "原取值", KIND_TEXT, 0),
        COLUMN("value", "申请的取值", KIND_TEXT, 0),
        COLUMN("valid_from", "启用日期", KIND_DATE, COLUMN_FILTER),
        COLUMN("reason", "变更原因", KIND_TEXT, 0),
        COLUMN("requested_by", "申请人", KIND_ID, COLUMN_FILTER),
        COLUMN("requested_at", "申请时间", KIND_INSTANT, 0),
        COLUMN("decided_by", "批准人", KIND_ID, COLUMN_FILTER),
        COLUMN("decided_at", "批准时间", KIND_INSTANT, 0),
        COLUMN("note", "意见", KIND_TEXT, 0),
        { .name = "state",
                .label = "状态",
                .kind = KIND_STATE,
                .states = setting_request_states,
                .flags = COLUMN_FILTER },
        { 0 },
};
#define ACTIONS(suffix_)                                                                                    \
        { "node.approve_setting" suffix_, "node.refuse_setting" suffix_, NULL }
static const char *const actions[3][3] = { ACTIONS("_system"), ACTIONS(""), ACTIONS("_regulatory") };

static const char help[] = "放宽规则的参数变更在此等待另一人批准，批准后自启用日期起生效。";

#define VIEW_REQUEST(suffix_, store_, label_)                                                               \
        {                                                                                                   \
                .name = "node.setting_requests" suffix_, .label = (label_), .clause = "14.2.2",             \
                .store = (store_), .capabilities = STORE_CAPABILITIES(store_),                              \
                .query = &query_view_setting_request[store_], .columns = columns, .scope = "office",        \
                .key = "id", .descending = true, .actions = actions[(store_) -STORE_SYSTEM], .help = help   \
        }
const View setting_request_views[3] = {
        VIEW_REQUEST("_system", STORE_SYSTEM, "系统参数变更申请"),
        VIEW_REQUEST("", STORE_BUSINESS, "业务参数变更申请"),
        VIEW_REQUEST("_regulatory", STORE_REGULATORY, "监管参数变更申请"),
};
