/* SPDX-License-Identifier: Apache-2.0 */
/* Records of deposit that nobody above may touch, and the inputs of its commands. */
#pragma once

#include "deposit-domain.h"

/* One command each: the chain body of a ledger row is a few bytes, of a document the row itself. */
#define ASSESS_HOUSEHOLDS_MAX 2000
#define ISSUE_NOTICES_MAX 150
/* A payment, its notice, voucher and balances are about 800 bytes of the chain entry. */
#define POST_BATCH_MAX 60
#define STANDARDS_MAX 500
#define BUSINESS_DAY_FIRST 19980101

#define FIELD FIELD_MEMBER
typedef struct DepositStandard {
        RowHead head;
#include "deposit_standard.def"
} DepositStandard;
typedef struct Assessment {
        RowHead head;
#include "assessment.def"
} Assessment;
typedef struct DepositPosition {
        RowHead head;
#include "deposit_position.def"
} DepositPosition;
typedef struct PositionTransfer {
        RowHead head;
#include "position_transfer.def"
} PositionTransfer;

typedef struct OpeningPosition {
        RowHead head;
#include "opening_position.def"
} OpeningPosition;

typedef struct CreateStandard {
#include "create_standard.def"
} CreateStandard;
typedef struct EndStandard {
#include "end_standard.def"
} EndStandard;
typedef struct DepositCreated {
#include "created.def"
} DepositCreated;
typedef struct AssessInput {
#include "assess_input.def"
} AssessInput;
typedef struct MakeUpInput {
#include "make_up_input.def"
} MakeUpInput;
typedef struct AssessOutput {
#include "assess_output.def"
} AssessOutput;
typedef struct IssueInput {
#include "issue_input.def"
} IssueInput;
typedef struct IssueOutput {
#include "issue_output.def"
} IssueOutput;
typedef struct EnterInput {
#include "enter_input.def"
} EnterInput;
typedef struct EnterOutput {
#include "enter_output.def"
} EnterOutput;
typedef struct PostInput {
#include "post_input.def"
} PostInput;
typedef struct PostOutput {
#include "post_output.def"
} PostOutput;
typedef struct PostBatchLine {
#include "post_batch_line.def"
} PostBatchLine;
typedef struct PostBatchInput {
#include "post_batch_input.def"
} PostBatchInput;
typedef struct PostBatchOutput {
#include "post_batch_output.def"
} PostBatchOutput;
typedef struct ClosePayment {
#include "close_payment.def"
} ClosePayment;
typedef struct VoidNotice {
#include "void_notice.def"
} VoidNotice;
#undef FIELD

extern const Record record_deposit_standard, record_assessment, record_deposit_position, record_position_transfer,
        record_opening_position;
extern const Record record_make_up_input;
extern const Record record_create_standard, record_end_standard, record_deposit_created, record_assess_input,
        record_assess_output, record_deposit_issue_input, record_deposit_issue_output, record_enter_input,
        record_enter_output, record_deposit_post_input, record_post_output, record_close_payment,
        record_void_notice, record_deposit_posted, record_post_batch_line, record_post_batch_input,
        record_post_batch_output;

extern const CodeValue deposit_codes[];
const char *deposit_code_label(const char *set, const char *code);
/* How a refusal speaks of a standard. */
extern const char deposit_standard_none[], deposit_standard_own[], deposit_standard_wide[], deposit_standard_unit[];

extern const Record *const deposit_records[];
extern const View *const deposit_views[];
extern const Panel deposit_panels[];
extern const OpenWork deposit_open_work[];
extern const PaperAsk deposit_paper_asks[];
extern const PrivateCase deposit_private_cases[];
extern const Mark deposit_marks[];
extern const Finder deposit_finders[];
extern const Invariant deposit_invariants[];

/* --- assess.c, notice.c, payment.c --- */
#define COMMAND(variable, ...) int run_##variable(Request *q, const void *input, void *ret_output);
#include "commands.def"
#undef COMMAND
extern const Subscription deposit_subscriptions[];

/* Standards as rows and as the domain chooses among them, in the same order. */
typedef struct Standards {
        DepositStandard *rows;
        StandardChoice *choices;
        size_t n;
} Standards;
/* Of the office, by a query of (office, day, limit); -E2BIG beyond STANDARDS_MAX. */
int standards_load(Request *q, const Query *query, Date on, Standards *ret) _must_check_;

/* --- area.c --- */
/* Areas to be merged assess by the same standards from today on; refuses deposit.standards_differ. */
int standards_changing_hear(Request *q, const void *event) _must_check_;
/* Each area that a change has made begins with the standards of the one it came from. */
int standards_follow(Request *q, Id change) _must_check_;
/* No day before the area was made, when another standard may have held; refuses deposit.date_before_area. */
int area_began_check(Request *q, Id area, Date on) _must_check_;

/* --- housing.c --- */
/* Open notices of an apartment become void: what they ask for is owed no more. */
int notices_void(Request *q, Id apartment) _must_check_;
int housing_changing_hear(Request *q, const void *event) _must_check_;
int housing_changed_hear(Request *q, const void *event) _must_check_;
int apartment_moved_hear(Request *q, const void *event) _must_check_;

/* --- opening.c --- */
int opening_posted_hear(Request *q, const void *event) _must_check_;
int opening_reversed_hear(Request *q, const void *event) _must_check_;

/* Adds to what an apartment owes and has paid. chain_seq: of the row that says so. */
int position_add(Request *q, const DepositPosition *delta, int64_t chain_seq) _must_check_;
/* The day, today when none is given. Refuses deposit.date_future, deposit.date_early. */
int business_day(Request *q, Date given, const char *field, Date *ret) _must_check_;

/* --- find.c --- */
size_t deposit_ask_notices(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]);
size_t deposit_ask_payments(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]);
