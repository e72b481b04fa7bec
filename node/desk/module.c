/* SPDX-License-Identifier: Apache-2.0 */
/* Table of contents of node/desk. */

#include <internal/desk.h>

#include "desk-query.h"

static const char sql_desk[] =
#include "001-desk.sql.h"
        ;
static const Migration migrations[] = {
        { STORE_SYSTEM, "desk/001-desk", sql_desk },
        { 0 },
};

static const ErrorText errors[] = {
#define ERROR(code, sentence, clause) { code, sentence, clause },
#include "errors.def"
#undef ERROR
        { 0 },
};

const Module module_desk = {
        .name = "desk",
        .label = "个人工作台",
        .capabilities = CAPABILITY_INNER,
        .migrations = migrations,
        .queries = desk_queries,
        .errors = errors,
};
