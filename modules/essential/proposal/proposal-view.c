/* SPDX-License-Identifier: Apache-2.0 */
/* What of proposals is shown, on whose page. */

#include "proposal-query.h"
#include "proposal-records.h"

static const char *const actions_proposal[] = { "essential.check_proposal", "essential.effect_proposal",
        "essential.return_proposal", "essential.withdraw_proposal", NULL };

static const Column columns_proposals[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "proposal_number", "申请单号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, "change_proposal" },
        { "command_label", "业务", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "property_area_id", "物业区域", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "building_id", "楼幢", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "unit_id", "单元", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "apartment_id", "分户", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "owner_id", "业主", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "private_name", "拟改姓名或名称", KIND_SEALED, 0, NULL, NULL, NULL },
        { "private_number", "拟改证件号码", KIND_SEALED, 0, NULL, NULL, NULL },
        { "reason", "变更原因", KIND_TEXT, 0, NULL, NULL, NULL },
        { "persons", "办理人数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "requested_on", "申请日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "requested_by", "申请人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "checked_on", "复核日期", KIND_DATE, 0, NULL, NULL, NULL },
        { "checked_by", "复核人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "effected_on", "生效日期", KIND_DATE, 0, NULL, NULL, NULL },
        { "effected_by", "生效经手人", KIND_ID, 0, NULL, NULL, NULL },
        { "closing_note", "退回原因", KIND_TEXT, 0, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_change_states, NULL },
        { 0 },
};
const View view_proposals = {
        .name = "essential.proposals",
        .label = "变更申请",
        .help = "改动基础信息须另一人复核时，申请在此等待；复核同意后生效。",
        .clause = "4.1.2",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_proposals,
        .columns = columns_proposals,
        .scope = "office",
        .key = "id",
        .descending = true,
        .menu = "房屋与业主",
        .actions = actions_proposal,
};

static const Column columns_proposal_fields[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "proposal_id", "变更申请", KIND_ID, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "label", "项目", KIND_TEXT, 0, NULL, NULL, NULL },
        { "before", "申请时", KIND_TEXT, 0, NULL, NULL, NULL },
        { "after", "拟改为", KIND_TEXT, 0, NULL, NULL, NULL },
        { 0 },
};
const View view_proposal_fields = {
        .name = "essential.proposal_fields",
        .label = "拟变更内容",
        .clause = "4.1.2",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_proposal_fields,
        .columns = columns_proposal_fields,
        .scope = "office",
        .key = "id",
};

static const Column columns_waiting[] = {
        { "id", "编号", KIND_INTEGER, COLUMN_HIDDEN | COLUMN_FILTER, NULL, NULL, NULL },
        { "change_proposal_id", "变更申请", KIND_ID, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "housing_change_id", "房屋变更单", KIND_ID, COLUMN_HIDDEN, NULL, NULL, NULL },
        { "number", "单号", KIND_TEXT, COLUMN_FILTER, NULL, NULL, NULL },
        { "what", "业务", KIND_TEXT, 0, NULL, NULL, NULL },
        { "subject", "对象", KIND_TEXT, 0, NULL, NULL, NULL },
        { "reason", "变更原因", KIND_TEXT, 0, NULL, NULL, NULL },
        { "persons", "办理人数", KIND_INTEGER, 0, NULL, NULL, NULL },
        { "requested_on", "申请日期", KIND_DATE, COLUMN_FILTER, NULL, NULL, NULL },
        { "requested_by", "申请人", KIND_ID, COLUMN_FILTER, NULL, NULL, NULL },
        { "checked_by", "复核人", KIND_ID, 0, NULL, NULL, NULL },
        { "state", "状态", KIND_STATE, COLUMN_FILTER, NULL, essential_change_states, NULL },
        { 0 },
};
const View view_waiting = {
        .name = "essential.waiting",
        .label = "待办的变更",
        .clause = "4.1.2",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .query = &essential_view_waiting,
        .columns = columns_waiting,
        .scope = "office",
        .key = "id",
        .descending = true,
};
