/* SPDX-License-Identifier: Apache-2.0 */
/* essential: housing and owners (chapter 4). A table of contents: each room (4.3.1) lists in its .def files
 * what it declares. */

#include "change/change-query.h"
#include "change/change-records.h"
#include "essential-codes.h"
#include "find/find-query.h"
#include "find/find.h"
#include "attachment/attachment-query.h"
#include "attachment/attachment-records.h"
#include "exchange/exchange-query.h"
#include "exchange/exchange-records.h"
#include "exchange/exchange-setting.h"
#include "facility/facility-query.h"
#include "facility/facility-records.h"
#include "filing/filing-query.h"
#include "filing/filing-records.h"
#include "housing/housing-query.h"
#include "housing/housing-records.h"
#include "proposal/proposal-query.h"
#include "proposal/proposal-records.h"
#include "organization/organization-query.h"
#include "organization/organization-records.h"
#include "support/support-query.h"
#include "support/support-records.h"
#include "sheet/sheet-importers.h"
#include "work/work-query.h"
#include "work/work.h"

static const Migration migrations[] = {
        {
                STORE_BUSINESS,
                "essential/business-001",
#include "business-001-essential.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-002-change",
#include "business-002-change.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-002-attachment",
#include "business-002-attachment.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-002-exchange",
#include "business-002-exchange.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-002-organization",
#include "business-002-organization.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-004-area",
#include "business-004-area.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-003-proposal",
#include "business-003-proposal.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-002-find",
#include "business-002-find.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-002-facility",
#include "business-002-facility.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-002-filing",
#include "business-002-filing.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-004-filing",
#include "business-004-filing.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-005-owners",
#include "business-005-owners.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-006-names",
#include "business-006-names.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-006-area",
#include "business-006-area.sql.h"
        },
        {
                STORE_BUSINESS,
                "essential/business-007-floor",
#include "business-007-floor.sql.h"
        },
        {
                STORE_REGULATORY,
                "essential/regulatory-001",
#include "regulatory-001-essential.sql.h"
        },
        { 0 },
};

#define RECORD(variable) &record_##variable,
static const Record *const records[] = {
#include "housing/records.def"
#include "change/records.def"
#include "proposal/records.def"
#include "attachment/records.def"
#include "exchange/records.def"
#include "organization/records.def"
#include "support/records.def"
#include "facility/records.def"
#include "filing/records.def"
        NULL,
};
#undef RECORD

#define QUERY(variable) &variable,
static const Query *const queries[] = {
#include "housing/queries.def"
#include "change/queries.def"
#include "proposal/queries.def"
#include "find/queries.def"
#include "attachment/queries.def"
#include "exchange/queries.def"
#include "organization/queries.def"
#include "support/queries.def"
#include "facility/queries.def"
#include "filing/queries.def"
#include "work/queries.def"
        NULL,
};
#undef QUERY

#define ERROR(code, sentence, clause) { code, sentence, clause },
static const ErrorText errors[] = {
#include "errors.def"
#include "change/errors.def"
#include "proposal/errors.def"
#include "attachment/errors.def"
#include "exchange/errors.def"
#include "organization/errors.def"
#include "support/errors.def"
#include "facility/errors.def"
#include "filing/errors.def"
        { NULL, NULL, NULL },
};
#undef ERROR

#define COMMAND(variable, name_, label_, clause_, flags_, input_, output_)                                  \
        const Command essential_##variable = {                                                              \
                .name = name_,                                                                              \
                .label = label_,                                                                            \
                .clause = clause_,                                                                          \
                .store = STORE_BUSINESS,                                                                    \
                .capabilities = CAPABILITY_BUSINESS,                                                        \
                .flags = flags_,                                                                            \
                .input = &input_,                                                                           \
                .output = &output_,                                                                         \
                .run = run_##variable,                                                                      \
        };
#include "housing/commands.def"
#include "change/commands.def"
#include "proposal/commands.def"
#include "attachment/commands.def"
#include "exchange/commands.def"
#include "organization/commands.def"
#include "support/commands.def"
#include "facility/commands.def"
#include "filing/commands.def"
#undef COMMAND
#define COMMAND(variable, ...) &essential_##variable,
static const Command *const commands[] = {
#include "housing/commands.def"
#include "change/commands.def"
#include "proposal/commands.def"
#include "attachment/commands.def"
#include "exchange/commands.def"
#include "organization/commands.def"
#include "support/commands.def"
#include "facility/commands.def"
#include "filing/commands.def"
        NULL,
};
#undef COMMAND

#define VIEW(variable) &view_##variable,
static const View *const views[] = {
#include "housing/views.def"
#include "change/views.def"
#include "proposal/views.def"
#include "attachment/views.def"
#include "exchange/views.def"
#include "organization/views.def"
#include "support/views.def"
#include "facility/views.def"
#include "filing/views.def"
#include "work/views.def"
        NULL,
};
#undef VIEW

#define PANEL(record, view, column) { record, &view_##view, column },
#define ASK(business_, record_, command_) { business_, record_, command_ },
static const PaperAsk paper_asks[] = {
#include "attachment/asks.def"
        { 0 },
};
#undef ASK

static const Panel panels[] = {
#include "housing/panels.def"
#include "change/panels.def"
#include "proposal/panels.def"
#include "attachment/panels.def"
#include "exchange/panels.def"
#include "organization/panels.def"
#include "support/panels.def"
#include "facility/panels.def"
#include "filing/panels.def"
        { NULL, NULL, NULL },
};
#undef PANEL

#define OFFER(command, record, field, ...) { command, record, field, OFFER_VALUES(__VA_ARGS__) },
static const Offer offers[] = {
#include "housing/offers.def"
#include "change/offers.def"
#include "proposal/offers.def"
#include "attachment/offers.def"
#include "exchange/offers.def"
#include "organization/offers.def"
#include "facility/offers.def"
        { 0 },
};
#undef OFFER

#define DATASET(variable, name_, label_, stream_)                                                           \
        &(const Dataset){ .name = name_,                                                                    \
                .label = label_,                                                                            \
                .clause = "4.3.1",                                                                          \
                .stream = stream_,                                                                          \
                .record = &record_##variable },
static const Dataset *const datasets[] = {
#include "housing/datasets.def"
#include "change/datasets.def"
#include "organization/datasets.def"
#include "facility/datasets.def"
        NULL,
};
#undef DATASET

#define EVENT(variable, name_, label_)                                                                      \
        const Event essential_##variable = { .name = name_, .label = label_, .payload = &record_##variable };
#include "change/events.def"
#undef EVENT
#define EVENT(variable, ...) &essential_##variable,
static const Event *const events[] = {
        &essential_bank_removing,
#include "change/events.def"
        NULL,
};
#undef EVENT

#define MARK(record_, label_, of_, group_, key_, column_, signs_)                                           \
        { .record = record_,                                                                                \
                .label = label_,                                                                            \
                .view = &view_##of_,                                                                        \
                .group = group_,                                                                            \
                .key = key_,                                                                                \
                .column = column_,                                                                          \
                .signs = signs_ },
static const Mark marks[] = {
#include "housing/marks.def"
        { 0 },
};
#undef MARK

#define FINDER(name_, label_, of_, record_, weight_, ask_, ...)                                             \
        { .name = name_,                                                                                    \
                .label = label_,                                                                            \
                .view = &view_##of_,                                                                        \
                .record = record_,                                                                          \
                .weight = weight_,                                                                          \
                .queries = (const Query *const[]){ __VA_ARGS__, NULL },                                     \
                .ask = ask_ },
static const Finder finders[] = {
#include "find/finders.def"
        { 0 },
};
#undef FINDER

#define STEP(name_, label_, purpose_, clause_, place_, done_, command_, page_)                              \
        { .name = name_,                                                                                    \
                .label = label_,                                                                            \
                .purpose = purpose_,                                                                        \
                .clause = clause_,                                                                          \
                .capabilities = CAPABILITY_BUSINESS,                                                        \
                .place = place_,                                                                            \
                .store = STORE_BUSINESS,                                                                    \
                .done = &done_,                                                                             \
                .command = &command_,                                                                       \
                .page = page_ },
static const Step steps[] = {
#include "find/steps.def"
        { 0 },
};
#undef STEP

static const Invariant invariants[] = {
        { "I12", STORE_BUSINESS, CAPABILITY_BUSINESS, &essential_shares_not_one, NULL },
        { "I12", STORE_BUSINESS, CAPABILITY_BUSINESS, &essential_i12_area_all, &essential_i12_area_touched },
        { "SERVICES", STORE_BUSINESS, CAPABILITY_BUSINESS, &essential_services_overlap, NULL },
        { "DIVISIONS", STORE_BUSINESS, CAPABILITY_BUSINESS, &essential_divisions_twice, NULL },
        { 0 },
};

static const Importer *const importers[] = { &essential_building_table, &essential_area_table,
        &essential_organization_list, &essential_division_list, &essential_calendar_list,
        &essential_code_list, &essential_ownership_file, &essential_facility_file, NULL };

#define SETTING(variable, ...) const Setting variable = SETTING_ROW(STORE_BUSINESS, __VA_ARGS__);
#include "attachment/settings.def"
#include "exchange/settings.def"
#include "proposal/settings.def"
#undef SETTING
#define SETTING(variable, ...) SETTING_ROW(STORE_BUSINESS, __VA_ARGS__),
static const Setting settings[] = {
#include "attachment/settings.def"
#include "exchange/settings.def"
#include "proposal/settings.def"
        { 0 },
};
#undef SETTING

const Module module_essential = {
        .name = "essential",
        .label = "基础信息管理",
        .clause = "4",
        .capabilities = CAPABILITY_BUSINESS | CAPABILITY_DETAIL | CAPABILITY_FACTS,
        .migrations = migrations,
        .records = records,
        .queries = queries,
        .commands = commands,
        .views = views,
        .errors = errors,
        .codes = essential_codes,
        .settings = settings,
        .code_rows = &essential_code_row,
        .code_view = &view_codes,
        .calendar = &essential_day_kind,
        .events = events,
        .panels = panels,
        .open_work = essential_open_work,
        .private_cases = essential_private_cases,
        .paper_asks = paper_asks,
        .offers = offers,
        .datasets = datasets,
        .invariants = invariants,
        .importers = importers,
        .marks = marks,
        .finders = finders,
        .steps = steps,
};
