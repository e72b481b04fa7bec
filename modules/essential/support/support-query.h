/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of support data. */
#pragma once

#include <node/store.h>

#define QUERY(variable) extern const Query variable;
#include "queries.def"
#undef QUERY
extern const Query essential_view_banks, essential_view_divisions, essential_view_division_predecessors,
        essential_view_calendar_days;
extern const Query essential_divisions_twice;
extern const Query essential_view_codes;
