/* SPDX-License-Identifier: Apache-2.0 */
/* The records of legacy balances, and the words that their states are shown by. */

#include "opening-records.h"

const StateName accounting_opening_states[] = {
        { "entered", "待复核" },
        { "posted", "已入账" },
        { "withdrawn", "已撤回" },
        { "reversed", "已冲正" },
        { NULL, NULL },
};

static const Transition opening_transitions[] = {
        { "accounting.import_opening_rows", -1, OPENING_ENTERED },
        { "accounting.post_opening", OPENING_ENTERED, OPENING_POSTED },
        { "accounting.withdraw_opening", OPENING_ENTERED, OPENING_WITHDRAWN },
        { "accounting.reverse", OPENING_POSTED, OPENING_REVERSED },
        { NULL, 0, 0 },
};

static const Field opening_fields_list[] = {
#define FIELD(name, kind, ...) FIELD_ROW(OpeningBatch, name, kind, __VA_ARGS__)
#include "opening_batch.def"
#undef FIELD
};
static const char *const opening_unique[] = { "number", NULL };
const Record record_opening_batch = {
        .name = "opening_batch",
        .label = "期初余额批次",
        .clause = "8.2.1",
        .number = 211,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(opening_fields_list, OpeningBatch),
        .unique = opening_unique,
        .state = "state",
        .transitions = opening_transitions,
};

static const Field opening_line_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(OpeningLine, name, kind, __VA_ARGS__)
#include "opening_line.def"
#undef FIELD
};
const Record record_opening_line = {
        .name = "opening_line",
        .label = "期初余额明细",
        .clause = "8.2.1",
        .number = 212,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(opening_line_fields, OpeningLine),
};

static const Field opening_row_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(OpeningRow, name, kind, __VA_ARGS__)
#include "opening_row.def"
#undef FIELD
};
const Record record_opening_row = {
        .name = "accounting.opening_row",
        .label = "期初余额行",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(opening_row_fields, OpeningRow),
};

static const Field opening_import_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(OpeningImport, name, kind, __VA_ARGS__)
#include "opening_import.def"
#undef FIELD
};
const Record record_opening_import = {
        .name = "accounting.opening_import",
        .label = "期初余额导入",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(opening_import_fields, OpeningImport),
};

static const Field post_opening_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(PostOpening, name, kind, __VA_ARGS__)
#include "post_opening.def"
#undef FIELD
};
const Record record_post_opening = {
        .name = "accounting.post_opening",
        .label = "期初余额复核入账",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(post_opening_fields, PostOpening),
};

static const Field withdraw_opening_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(WithdrawOpening, name, kind, __VA_ARGS__)
#include "withdraw_opening.def"
#undef FIELD
};
const Record record_withdraw_opening = {
        .name = "accounting.withdraw_opening",
        .label = "撤回期初余额批次",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(withdraw_opening_fields, WithdrawOpening),
};

static const Field opening_output_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(OpeningOutput, name, kind, __VA_ARGS__)
#include "opening_output.def"
#undef FIELD
};
const Record record_opening_output = {
        .name = "accounting.opening_output",
        .label = "期初余额办理结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(opening_output_fields, OpeningOutput),
};

static const Field opening_posted_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(OpeningPosted, name, kind, __VA_ARGS__)
#include <accounting/opening_posted.def>
#undef FIELD
};
const Record record_opening_posted = {
        .name = "accounting.opening_posted",
        .label = "期初余额已入账",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(opening_posted_fields, OpeningPosted),
};
