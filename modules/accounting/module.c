/* SPDX-License-Identifier: Apache-2.0 */
/* accounting: books, vouchers, balances (chapter 8). A table of contents. */

#include <essential/housing_change.h>
#include <essential/support.h>

#include "accounting-query.h"
#include "accounting-records.h"
#include "opening/opening-query.h"
#include "opening/opening-records.h"

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
        {
                STORE_BUSINESS,
                "accounting/business-002-find",
#include "business-002-find.sql.h"
        },
        {
                STORE_BUSINESS,
                "accounting/business-003-opening",
#include "business-003-opening.sql.h"
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
        const Command accounting_##variable##_command = {              \
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
#define COMMAND(variable, ...) &accounting_##variable##_command,
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
const Event accounting_opening_posted = {
        .name = "accounting.opening_posted",
        .label = "期初余额已入账",
        .payload = &record_opening_posted,
};
const Event accounting_opening_reversed = {
        .name = "accounting.opening_reversed",
        .label = "期初余额已冲正",
        .payload = &record_opening_posted,
};
static const Event *const events[] = { &accounting_reversed, &accounting_opening_posted,
        &accounting_opening_reversed, NULL };

static const Importer *const importers[] = { &accounting_balance_file, NULL };

#define SETTING(variable, ...) const Setting variable = SETTING_ROW(STORE_BUSINESS, __VA_ARGS__);
#include "settings.def"
#undef SETTING
#define SETTING(variable, ...) SETTING_ROW(STORE_BUSINESS, __VA_ARGS__),
static const Setting settings[] = {
#include "settings.def"
        { 0 },
};
#undef SETTING

static const Subscription subscriptions[] = {
        { &essential_bank_removing, bank_removing_hear },
        { &essential_housing_changing, household_changing_hear },
        { &essential_areas_changing, accounts_changing_hear },
        { NULL, NULL },
};

static const char *const offers_book[] = { "name={office_name}商品住宅维修资金", "nature=commodity", NULL };
static const char *const offers_bank_account[] = { "book_id={only}",
        "account_name={office_name}住宅专项维修资金专户", NULL };
static const Step steps[] = {
        { .name = "accounting.book",
                .label = "建立账套",
                .purpose = "商品住宅与已售公有住房的资金分账套核算。建立后即有《住宅专项维修资金会计核算办法》"
                           "规定的会计科目，不必逐个录入。",
                .clause = "8.2.1",
                .capabilities = CAPABILITY_BUSINESS,
                .place = 40,
                .store = STORE_BUSINESS,
                .done = &accounting_setup_book,
                .command = &accounting_create_book_command,
                .offers = offers_book },
        { .name = "accounting.bank_account",
                .label = "登记银行账户",
                .purpose = "业主把资金交到这个专户，交款通知单上印有户名和账号。请对照开户许可证或银行回单填写。",
                .clause = "8.1.1",
                .capabilities = CAPABILITY_BUSINESS,
                .place = 50,
                .store = STORE_BUSINESS,
                .done = &accounting_setup_bank_account,
                .command = &accounting_create_bank_account_command,
                .offers = offers_bank_account },
        { 0 },
};

/* Nobody lets through what he asked for or brought. */
static const Offer offers[] = {
        { "accounting.effect_housing_change", "housing_change", "requested_by", OFFER_OTHERS },
        { "accounting.continue_housing_change", "housing_change", "requested_by", OFFER_OTHERS },
        { "accounting.post_opening", "opening_batch", "entered_by", OFFER_OTHERS },
        { 0 },
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
        .offers = offers,
        .invariants = accounting_invariants,
        .finders = accounting_finders,
        .importers = importers,
        .settings = settings,
        .open_work = accounting_open_work,
        .steps = steps,
};
