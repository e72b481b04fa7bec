/* SPDX-License-Identifier: Apache-2.0 */
/* essential: housing and owners (chapter 4). A table of contents. */

#include "essential-query.h"
#include "essential-records.h"

static const Migration migrations[] = {
        { STORE_BUSINESS, "essential/business-001",
#include "business-001-essential.sql.h"
        },
        { STORE_REGULATORY, "essential/regulatory-001",
#include "regulatory-001-essential.sql.h"
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
#include "commands.def"
#undef COMMAND
#define COMMAND(variable, ...) &essential_##variable,
static const Command *const commands[] = {
#include "commands.def"
        NULL,
};
#undef COMMAND

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
        .records = essential_records,
        .queries = essential_queries,
        .commands = commands,
        .views = essential_views,
        .errors = errors,
        .codes = essential_codes,
        .panels = essential_panels,
        .datasets = essential_datasets,
        .invariants = invariants,
        .importers = importers,
};
