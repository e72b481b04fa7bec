/* SPDX-License-Identifier: Apache-2.0 */
/* What enrolment declares: states, records, commands. */
#include "enrolment.h"

const StateName enrolment_states[] = {
        { "issued", "已发码" },
        { "requested", "待批准" },
        { "granted", "已入网" },
        { "refused", "未批准" },
        {},
};

#define FIELD(name, kind, ...) FIELD_ROW(Enrolment, name, kind, __VA_ARGS__)
static const Field enrolment_fields[] = {
#include "enrolment.def"
};
#undef FIELD
#define FIELD(name, kind, ...) FIELD_ROW(IssueInput, name, kind, __VA_ARGS__)
static const Field issue_input_fields[] = {
#include "issue-input.def"
};
#undef FIELD
#define FIELD(name, kind, ...) FIELD_ROW(IssueOutput, name, kind, __VA_ARGS__)
static const Field issue_output_fields[] = {
#include "issue-output.def"
};
#undef FIELD
#define FIELD(name, kind, ...) FIELD_ROW(RequestInput, name, kind, __VA_ARGS__)
static const Field request_input_fields[] = {
#include "request-input.def"
};
#undef FIELD
#define FIELD(name, kind, ...) FIELD_ROW(DecideInput, name, kind, __VA_ARGS__)
static const Field decide_input_fields[] = {
#include "decide-input.def"
};
#undef FIELD

const Record record_enrolment = {
        .name = "enrolment",
        .label = "入网登记",
        .clause = "17.2.1",
        .number = 900,
        .shape = SHAPE_REGISTER,
        .store = STORE_SYSTEM,
        RECORD_FIELDS(enrolment_fields, Enrolment),
};
const Record record_issue_input = {
        .name = "enrolment_issue_input",
        .label = "发放入网码",
        .clause = "17.2.1",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(issue_input_fields, IssueInput),
};
const Record record_issue_output = {
        .name = "enrolment_issue_output",
        .label = "入网码",
        .clause = "17.2.1",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(issue_output_fields, IssueOutput),
};
const Record record_request_input = {
        .name = "enrolment_request_input",
        .label = "入网申请",
        .clause = "17.2.1",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(request_input_fields, RequestInput),
};
const Record record_decide_input = {
        .name = "enrolment_decide_input",
        .label = "入网审批",
        .clause = "17.2.1",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(decide_input_fields, DecideInput),
};

const Command command_issue_code = {
        .name = "federation.issue_code",
        .label = "发放入网码",
        .clause = "17.2.1",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_DETAIL | CAPABILITY_FACTS,
        .input = &record_issue_input,
        .output = &record_issue_output,
        .run = enrolment_issue_run,
};
const Command command_request_enrolment = {
        .name = "federation.request_enrolment",
        .label = "入网申请",
        .clause = "17.2.1",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_DETAIL | CAPABILITY_FACTS,
        .flags = COMMAND_INTERNAL,
        .input = &record_request_input,
        .run = enrolment_request_run,
};
const Command command_approve_enrolment = {
        .name = "federation.approve_enrolment",
        .label = "批准入网",
        .clause = "17.2.1",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_DETAIL | CAPABILITY_FACTS,
        .flags = COMMAND_OTHER_PERSON,
        .input = &record_decide_input,
        .run = enrolment_approve_run,
};
const Command command_refuse_enrolment = {
        .name = "federation.refuse_enrolment",
        .label = "不予入网",
        .clause = "17.2.1",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_DETAIL | CAPABILITY_FACTS,
        .input = &record_decide_input,
        .run = enrolment_refuse_run,
};
