/* SPDX-License-Identifier: Apache-2.0 */
/* essential: housing and owners (chapter 4). A table of contents: each room (4.3.1) lists in its .def files what it
 * declares. */

#include "essential-codes.h"
#include "housing/housing-query.h"
#include "housing/housing-records.h"

static const Migration migrations[] = {
        { STORE_BUSINESS, "essential/business-001",
#include "business-001-essential.sql.h"
        },
        { STORE_REGULATORY, "essential/regulatory-001",
#include "regulatory-001-essential.sql.h"
        },
        { 0 },
};

#define RECORD(variable) &record_##variable,
static const Record *const records[] = {
#include "housing/records.def"
        NULL,
};
#undef RECORD

#define QUERY(variable) &variable,
static const Query *const queries[] = {
#include "housing/queries.def"
        NULL,
};
#undef QUERY

#define ERROR(code, sentence, clause) { code, sentence, clause },
static const ErrorText errors[] = {
#include "errors.def"
        { NULL, NULL, NULL },
};
#undef ERROR

#define COMMAND(variable, name_, label_, clause_, flags_, input_, output_) \
        const Command essential_##variable = {                         \
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
#include "housing/commands.def"
#undef COMMAND
#define COMMAND(variable, ...) &essential_##variable,
static const Command *const commands[] = {
#include "housing/commands.def"
        NULL,
};
#undef COMMAND

#define VIEW(variable) &view_##variable,
static const View *const views[] = {
#include "housing/views.def"
        NULL,
};
#undef VIEW

#define PANEL(record, view, column) { record, &view_##view, column },
static const Panel panels[] = {
#include "housing/panels.def"
        { NULL, NULL, NULL },
};
#undef PANEL

#define DATASET(variable, name_, label_, stream_) \
        &(const Dataset){ .name = name_,         \
                .label = label_,                 \
                .clause = "4.3.1",               \
                .stream = stream_,               \
                .record = &record_##variable },
static const Dataset *const datasets[] = {
#include "housing/datasets.def"
        NULL,
};
#undef DATASET

static const Invariant invariants[] = {
        { "I12", STORE_BUSINESS, CAPABILITY_BUSINESS, &essential_shares_not_one, NULL },
        { 0 },
};

static const Importer *const importers[] = { &essential_building_table, NULL };

const Module module_essential = {
        .name = "essential",
        .label = "基础信息管理",
        .clause = "4",
        .capabilities = CAPABILITY_BUSINESS | CAPABILITY_DETAIL,
        .migrations = migrations,
        .records = records,
        .queries = queries,
        .commands = commands,
        .views = views,
        .errors = errors,
        .codes = essential_codes,
        .panels = panels,
        .datasets = datasets,
        .invariants = invariants,
        .importers = importers,
};
