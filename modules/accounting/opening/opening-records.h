/* SPDX-License-Identifier: Apache-2.0 */
/* Legacy balances (domain 0.1.14): what the old system says, kept as lines until another person has compared
 * their sum with the old trial balance and posts it. */
#pragma once

#include <accounting/opening.h>
#include <essential/import.h>

#include "accounting-records.h"

/* A household has at most two lines of a voucher: principal and interest. */
#define OPENING_HOUSEHOLDS_MAX (VOUCHER_HOUSEHOLDS_MAX / 2)
#define OPENING_AMOUNT_MAX 100000000 /* fen: 1,000,000 yuan for one dwelling */

typedef enum OpeningState {
        OPENING_ENTERED = 0,
        OPENING_POSTED = 1,
        OPENING_WITHDRAWN = 2,
        OPENING_REVERSED = 3,
} OpeningState;

#define FIELD FIELD_MEMBER
typedef struct OpeningBatch {
        RowHead head;
#include "opening_batch.def"
} OpeningBatch;
typedef struct OpeningLine {
        RowHead head;
#include "opening_line.def"
} OpeningLine;
typedef struct OpeningRow {
#include "opening_row.def"
} OpeningRow;
typedef struct OpeningImport {
#include "opening_import.def"
} OpeningImport;
typedef struct PostOpening {
#include "post_opening.def"
} PostOpening;
typedef struct WithdrawOpening {
#include "withdraw_opening.def"
} WithdrawOpening;
typedef struct OpeningOutput {
#include "opening_output.def"
} OpeningOutput;
#undef FIELD

extern const StateName accounting_opening_states[];
extern const Record record_opening_batch, record_opening_line, record_opening_row, record_opening_import,
        record_post_opening, record_withdraw_opening, record_opening_output, record_opening_posted;
extern const View view_openings, view_opening_lines;
extern const Importer accounting_balance_file;
extern const Setting setting_interest_first;

/* --- opening-domain.c --- */
/* Code of what is wrong with the amounts of a row, or NULL: NEGATIVE, AMT_RANGE, BALANCE_MISMATCH. */
const char *opening_row_fault(const OpeningRow *row);
/* What is left of principal and interest after used came out of the one and then of the other. The row is
 * sound. */
void opening_parts(const OpeningRow *row, bool interest_first, Money *ret_principal, Money *ret_interest);

/* --- opening-step.c --- */
/* The voucher of an opening was reversed, in the same transaction. */
int opening_reverse(Request *q, Id opening, const Voucher *reversal, const char *reason) _must_check_;
/* 1: a line of the apartment waits for review. */
int opening_waits(Request *q, Id apartment, OpeningBatch *ret) _must_check_;
