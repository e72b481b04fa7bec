/* SPDX-License-Identifier: Apache-2.0 */
/* Enrolment: one person issues a one-time code, the joining node proves its key by a signature, another
 * person approves. issued -> requested -> granted | refused. */
#pragma once

#include "context.h"

#define ENROLMENT_DAYS 7
#define ENROLMENT_CODE_CHARACTERS 24

typedef enum EnrolmentState {
        ENROLMENT_ISSUED,
        ENROLMENT_REQUESTED,
        ENROLMENT_GRANTED,
        ENROLMENT_REFUSED
} EnrolmentState;
extern const StateName enrolment_states[];

typedef struct Enrolment {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "enrolment.def"
#undef FIELD
} Enrolment;

typedef struct RequestInput {
#define FIELD FIELD_MEMBER
#include "request-input.def"
#undef FIELD
} RequestInput;

typedef struct IssueInput {
#define FIELD FIELD_MEMBER
#include "issue-input.def"
#undef FIELD
} IssueInput;
typedef struct IssueOutput {
#define FIELD FIELD_MEMBER
#include "issue-output.def"
#undef FIELD
} IssueOutput;
typedef struct DecideInput {
#define FIELD FIELD_MEMBER
#include "decide-input.def"
#undef FIELD
} DecideInput;

int enrolment_issue_run(Request *q, const void *data, void *ret_output) _must_check_;
int enrolment_request_run(Request *q, const void *data, void *ret_output) _must_check_;
int enrolment_approve_run(Request *q, const void *data, void *ret_output) _must_check_;
int enrolment_refuse_run(Request *q, const void *data, void *ret_output) _must_check_;

extern const Record record_enrolment, record_issue_input, record_issue_output, record_request_input,
        record_decide_input;
extern const Command command_issue_code, command_request_enrolment, command_approve_enrolment,
        command_refuse_enrolment;

/* Hex SM3 of a code as typed: blanks and hyphens do not count, letters are upper case. */
int enrolment_code_digest(const char *code, char ret[static 65]) _must_check_;
