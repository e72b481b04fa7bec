/* SPDX-License-Identifier: Apache-2.0 */
/* The records of proposals, their steps, and the words values are said by. */

#include "proposal-records.h"

const char essential_said_true[] = "是";
const char essential_said_false[] = "否";
const char essential_said_purpose[] = "变更申请生效";
const char essential_said_sealed[] = "（已加密，见申请单）";

static const Transition change_proposal_transitions[] = {
        { "essential.change_property_area", -1, CHANGE_REQUESTED },
        { "essential.change_building", -1, CHANGE_REQUESTED },
        { "essential.change_unit", -1, CHANGE_REQUESTED },
        { "essential.change_apartment", -1, CHANGE_REQUESTED },
        { "essential.change_owner", -1, CHANGE_REQUESTED },
        { "essential.change_ownership", -1, CHANGE_REQUESTED },
        { "essential.check_proposal", CHANGE_REQUESTED, CHANGE_CHECKED },
        { "essential.effect_proposal", CHANGE_CHECKED, CHANGE_EFFECTED },
        { "essential.return_proposal", CHANGE_REQUESTED, CHANGE_RETURNED },
        { "essential.return_proposal", CHANGE_CHECKED, CHANGE_RETURNED },
        { "essential.withdraw_proposal", CHANGE_REQUESTED, CHANGE_WITHDRAWN },
        { "essential.withdraw_proposal", CHANGE_CHECKED, CHANGE_WITHDRAWN },
        { NULL, 0, 0 },
};

#define FIELD(name_, kind_, ...) FIELD_ROW(FIELDS_OF, name_, kind_, __VA_ARGS__)

#define FIELDS_OF ChangeProposal
static const Field change_proposal_fields[] = {
#include "change_proposal.def"
};
#undef FIELDS_OF
static const char *const change_proposal_unique[] = { "year,number", NULL };
const Record record_change_proposal = {
        .name = "change_proposal",
        .label = "变更申请",
        .clause = "4.1.2",
        .number = 114,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(change_proposal_fields, ChangeProposal),
        .unique = change_proposal_unique,
        .state = "state",
        .transitions = change_proposal_transitions,
};

#define FIELDS_OF ProposalField
static const Field proposal_field_fields[] = {
#include "proposal_field.def"
};
#undef FIELDS_OF
const Record record_proposal_field = {
        .name = "proposal_field",
        .label = "拟变更内容",
        .clause = "4.1.2",
        .number = 115,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(proposal_field_fields, ProposalField),
};

#define FIELDS_OF ProposalInput
static const Field proposal_input_fields[] = {
#include "proposal_input.def"
};
#undef FIELDS_OF
const Record record_proposal_input = {
        .name = "proposal_input",
        .label = "申请的输入",
        .clause = "4.1.2",
        .number = 116,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(proposal_input_fields, ProposalInput),
};

#define FIELDS_OF Changed
static const Field changed_fields[] = {
#include "changed.def"
};
#undef FIELDS_OF
const Record record_changed = {
        .name = "essential.changed",
        .label = "变更结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(changed_fields, Changed),
};

#define FIELDS_OF DecideProposal
static const Field decide_proposal_fields[] = {
#include "decide_proposal.def"
};
#undef FIELDS_OF
const Record record_decide_proposal = {
        .name = "essential.decide_proposal",
        .label = "变更申请办理",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(decide_proposal_fields, DecideProposal),
};

#define FIELDS_OF ReturnProposal
static const Field return_proposal_fields[] = {
#include "return_proposal.def"
};
#undef FIELDS_OF
const Record record_return_proposal = {
        .name = "essential.return_proposal",
        .label = "变更申请退回",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(return_proposal_fields, ReturnProposal),
};
