/* SPDX-License-Identifier: Apache-2.0 */
/* The table of identity's commands. What gives or takes rights, or opens an account to somebody, asks the
 * second authentication. */

#include "emergency.h"

#define COMMAND(symbol_, label_, clause_, flags_, input_, output_)                                          \
        const Command command_##symbol_ = { .name = "identity." #symbol_,                                   \
                .label = label_,                                                                            \
                .clause = clause_,                                                                          \
                .store = STORE_SYSTEM,                                                                      \
                .capabilities = CAPABILITY_INNER,                                                             \
                .flags = flags_,                                                                            \
                .input = input_,                                                                            \
                .output = output_,                                                                          \
                .run = run_##symbol_ }

const Command command_create_person = { .name = "identity.create_person",
        .label = "登记人员",
        .clause = "14.4.1",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_INNER,
        .input = &record_person_input,
        .output = &record_login_output,
        .run = run_create_person,
        .prepare = create_person_prepare };
static COMMAND(add_login, "增加登录名", "14.4.1", 0, &record_login_input, &record_login_output);
static COMMAND(reset_password, "重置密码", "14.4.1", COMMAND_STEP_UP, &record_login_reason_input,
        &record_login_output);
static COMMAND(lock, "锁定登录名", "14.4.1", 0, &record_login_reason_input, NULL);
static COMMAND(unlock, "解锁登录名", "14.4.1", COMMAND_STEP_UP, &record_login_reason_input, NULL);
COMMAND(change_password, "修改密码", "14.3.1", COMMAND_INTERNAL, &record_password_input, NULL);
static COMMAND(end_session, "结束会话", "14.4.3", 0, &record_session_input, NULL);
COMMAND(note_event, "记录安全事件", "14.2.3", COMMAND_INTERNAL, &record_event_input, NULL);
static COMMAND(handle_event, "处理安全事件", "14.2.3", 0, &record_handle_event_input, NULL);
COMMAND(first_start, "首次启动", "14.4.2", COMMAND_INTERNAL, NULL, &record_first_start_output);
COMMAND(set_post, "任命岗位", "14.4.3", COMMAND_STEP_UP, &record_post_input, &record_id_output);
COMMAND(end_post, "终止岗位", "14.4.3", COMMAND_STEP_UP, &record_end_input, NULL);
COMMAND(grant_right, "授予权限", "14.4.2", COMMAND_STEP_UP, &record_right_input, &record_id_output);
COMMAND(revoke_right, "收回权限", "14.4.3", COMMAND_STEP_UP, &record_end_input, NULL);
COMMAND(set_post_rule, "设定岗位限额与认证", "14.4.2", COMMAND_STEP_UP, &record_post_rule_input,
        &record_id_output);
COMMAND(request_delegation, "申请委托", "14.4.2", COMMAND_OWN, &record_delegation_input, &record_id_output);
COMMAND(enter_delegation, "代为登记委托", "14.4.2", COMMAND_STEP_UP, &record_delegation_entry,
        &record_id_output);
COMMAND(approve_delegation, "批准委托", "14.4.2", COMMAND_STEP_UP, &record_delegation_decision, NULL);
COMMAND(refuse_delegation, "不予批准委托", "14.4.2", 0, &record_delegation_decision, NULL);
COMMAND(withdraw_delegation, "撤回委托", "14.4.2", COMMAND_OWN, &record_delegation_decision, NULL);
COMMAND(end_delegation, "终止委托", "14.4.2", 0, &record_delegation_decision, NULL);
const Command command_prepare_departure = { .name = "identity.prepare_departure",
        .label = "编制移交清册",
        .clause = "14.4.3",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_INNER,
        .input = &record_departure_input,
        .output = &record_id_output,
        .run = run_prepare_departure,
        .prepare = prepare_departure_prepare };
COMMAND(confirm_departure, "确认移交", "14.4.3", COMMAND_OWN, &record_departure_confirm, NULL);
COMMAND(cancel_departure, "作废移交清册", "14.4.3", 0, &record_departure_note, NULL);
COMMAND(leave, "离岗", "14.4.3", COMMAND_STEP_UP, &record_leave_input, &record_leave_output);
COMMAND(bind_factor, "绑定认证因素", "14.4.2A", COMMAND_STEP_UP, &record_factor_input, &record_factor_changed);
COMMAND(revoke_factor, "申请解除认证因素", "14.4.2A", COMMAND_STEP_UP, &record_factor_revoke,
        &record_factor_changed);
COMMAND(approve_factor, "批准变更认证因素", "14.4.2A", COMMAND_STEP_UP | COMMAND_OTHER_PERSON,
        &record_factor_decision, &record_factor_changed);
COMMAND(refuse_factor, "不予变更认证因素", "14.4.2A", 0, &record_factor_decision, NULL);
COMMAND(bind_totp, "绑定动态口令", "14.4.2A", COMMAND_INTERNAL, &record_totp_input, NULL);

#define EMERGENCY_COMMAND(symbol_, label_, flags_, input_, output_, prepare_)                               \
        const Command command_##symbol_ = { .name = "identity." #symbol_,                                   \
                .label = label_,                                                                            \
                .clause = "14.2.5",                                                                         \
                .store = STORE_SYSTEM,                                                                      \
                .capabilities = CAPABILITY_INNER,                                                             \
                .flags = flags_,                                                                            \
                .input = input_,                                                                            \
                .output = output_,                                                                          \
                .run = run_##symbol_,                                                                       \
                .prepare = prepare_ }
EMERGENCY_COMMAND(declare_emergency, "宣布应急", COMMAND_STEP_UP, &record_emergency_input, &record_id_output,
        emergency_prepare);
EMERGENCY_COMMAND(take_measure, "追加应急措施", COMMAND_STEP_UP, &record_emergency_take, &record_id_output,
        emergency_prepare);
EMERGENCY_COMMAND(tick_emergency_step, "完成预案步骤", 0, &record_emergency_tick, NULL, NULL);
EMERGENCY_COMMAND(end_emergency, "解除应急", COMMAND_STEP_UP | COMMAND_OTHER_PERSON, &record_emergency_end,
        NULL, NULL);

const Command *const identity_commands[] = {
        &command_create_person,
        &command_add_login,
        &command_reset_password,
        &command_lock,
        &command_unlock,
        &command_change_password,
        &command_end_session,
        &command_note_event,
        &command_handle_event,
        &command_first_start,
        &command_set_post,
        &command_end_post,
        &command_grant_right,
        &command_revoke_right,
        &command_set_post_rule,
        &command_request_delegation,
        &command_enter_delegation,
        &command_approve_delegation,
        &command_refuse_delegation,
        &command_withdraw_delegation,
        &command_end_delegation,
        &command_prepare_departure,
        &command_confirm_departure,
        &command_cancel_departure,
        &command_leave,
        &command_bind_factor,
        &command_revoke_factor,
        &command_bind_totp,
        &command_approve_factor,
        &command_refuse_factor,
        &command_declare_emergency,
        &command_take_measure,
        &command_tick_emergency_step,
        &command_end_emergency,
        NULL,
};
