/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of emergencies, their measures and the plan that is ticked off (14.2.5). */

#include "emergency.h"

#define HEAD                                                                                                \
        { .name = "id", .label = "编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER },         \
                { .name = "office", .label = "机构", .kind = KIND_INTEGER, .flags = COLUMN_HIDDEN }, {      \
                .name = "version", .label = "版本", .kind = KIND_INTEGER, .flags = COLUMN_HIDDEN            \
        }
#define OF_EMERGENCY                                                                                        \
        { .name = "emergency", .label = "应急编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN | COLUMN_FILTER }
#define SESSIONS                                                                                            \
        { .name = "sessions", .label = "结束的会话数", .kind = KIND_INTEGER }

static const Column emergency_columns[] = {
        HEAD,
        { .name = "declared_at", .label = "宣布时间", .kind = KIND_INSTANT, .flags = COLUMN_FILTER },
        { .name = "kind",
                .label = "应急类别",
                .kind = KIND_CODE,
                .codes = "emergency_kind",
                .flags = COLUMN_FILTER },
        { .name = "reason", .label = "情况说明", .kind = KIND_TEXT, .link = "emergency" },
        { .name = "declared_by", .label = "宣布人编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN },
        { .name = "declared_name", .label = "宣布人", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "state",
                .label = "状态",
                .kind = KIND_STATE,
                .states = emergency_states,
                .flags = COLUMN_FILTER },
        { .name = "ended_name", .label = "解除人", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "ended_at", .label = "解除时间", .kind = KIND_INSTANT },
        SESSIONS,
        { .name = "steps_done", .label = "已完成步骤", .kind = KIND_INTEGER },
        { .name = "steps_open", .label = "未完成步骤", .kind = KIND_INTEGER },
        { 0 },
};
static const Column measure_columns[] = {
        HEAD,
        OF_EMERGENCY,
        { .name = "taken_at", .label = "采取时间", .kind = KIND_INSTANT },
        { .name = "measure",
                .label = "措施",
                .kind = KIND_CODE,
                .codes = "emergency_measure",
                .flags = COLUMN_FILTER },
        { .name = "taken_name", .label = "采取人", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        SESSIONS,
        { .name = "lifted_at", .label = "解除时间", .kind = KIND_INSTANT },
        { 0 },
};
static const Column step_columns[] = {
        HEAD,
        OF_EMERGENCY,
        { .name = "place", .label = "次序", .kind = KIND_INTEGER },
        { .name = "step", .label = "预案步骤", .kind = KIND_CODE, .codes = "emergency_step" },
        { .name = "done", .label = "已完成", .kind = KIND_BOOL, .flags = COLUMN_FILTER },
        { .name = "done_name", .label = "完成人", .kind = KIND_TEXT, .flags = COLUMN_FILTER },
        { .name = "done_at", .label = "完成时间", .kind = KIND_INSTANT },
        { .name = "note", .label = "办理情况", .kind = KIND_TEXT, .link = "emergency_step" },
        { 0 },
};

static const char *const emergency_actions[] = { "identity.declare_emergency", "identity.take_measure",
        "identity.end_emergency", NULL };
static const char *const step_actions[] = { "identity.tick_emergency_step", NULL };

#define VIEW(symbol_, label_, columns_, descending_, menu_, actions_, help_)                                \
        const View view_##symbol_ = { .name = "identity." #symbol_,                                         \
                .label = label_,                                                                            \
                .clause = "14.2.5",                                                                         \
                .store = STORE_SYSTEM,                                                                      \
                .capabilities = CAPABILITY_INNER,                                                             \
                .query = &query_view_##symbol_,                                                             \
                .columns = columns_,                                                                        \
                .scope = "office",                                                                          \
                .key = "id",                                                                                \
                .descending = descending_,                                                                  \
                .menu = menu_,                                                                              \
                .actions = actions_,                                                                        \
                .help = help_ }
VIEW(emergencies, "应急处置", emergency_columns, true, "系统管理", emergency_actions,
        "发现疑似入侵、账户泄露、数据损坏、银行接口故障或灾害时在此宣布应急；系统立即执行所选措施，并列出该"
        "类预案的步骤，"
        "由另一名管理员写明处置报告后解除。");
VIEW(emergency_measures, "应急措施", measure_columns, false, NULL, NULL, "宣布应急时所选和以后追加的措施。");
VIEW(emergency_steps, "应急预案步骤", step_columns, false, NULL, step_actions,
        "预案步骤随应急类别列出，完成一步登记一步。");

const Panel identity_panels[] = {
        { "emergency", &view_emergency_measures, "emergency" },
        { "emergency", &view_emergency_steps, "emergency" },
        { 0 },
};
