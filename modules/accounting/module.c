/* SPDX-License-Identifier: Apache-2.0 */
/* accounting: books, vouchers, balances (chapter 8). A table of contents. */

#include <essential/housing_change.h>

#include "accounting-query.h"
#include "accounting-records.h"

static const Migration migrations[] = {
        {
                STORE_BUSINESS,
                "accounting/business-001",
#include "business-001-accounting.sql.h"
        },
        {
                STORE_BUSINESS,
                "accounting/business-002-transfer",
#include "business-002-transfer.sql.h"
        },
        { 0 },
};

#define ERROR(code, sentence, clause) { code, sentence, clause },
static const ErrorText errors[] = {
#include "errors.def"
        { NULL, NULL, NULL },
};
#undef ERROR

#define COMMAND(variable, name_, label_, clause_, flags_, input_, output_) \
        static const Command command_##variable = {                    \
                .name = name_,                                         \
                .label = label_,                                       \
                .clause = clause_,                                     \
                .store = STORE_BUSINESS,                               \
                .capabilities = CAPABILITY_BUSINESS,                   \
                .flags = flags_,                                       \
                .input = &input_,                                      \
                .output = &output_,                                    \
                .run = run_##variable,                                 \
        };
#include "commands.def"
#undef COMMAND
#define COMMAND(variable, ...) &command_##variable,
static const Command *const commands[] = {
#include "commands.def"
        NULL,
};
#undef COMMAND

const Event accounting_reversed = {
        .name = "accounting.reversed",
        .label = "凭证已冲正",
        .payload = &record_accounting_reversed,
};
static const Event *const events[] = { &accounting_reversed, NULL };

static const Subscription subscriptions[] = {
        { &essential_bank_removing, bank_removing_hear },
        { &essential_housing_changing, household_changing_hear },
        { NULL, NULL },
};

const Module module_accounting = {
        .name = "accounting",
        .label = "资金核算管理",
        .clause = "8",
        .capabilities = CAPABILITY_BUSINESS,
        .migrations = migrations,
        .records = accounting_records,
        .queries = accounting_queries,
        .commands = commands,
        .views = accounting_views,
        .errors = errors,
        .codes = accounting_codes,
        .events = events,
        .subscriptions = subscriptions,
        .panels = accounting_panels,
        .invariants = accounting_invariants,
};
