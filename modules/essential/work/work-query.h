/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of open work. */
#pragma once

#include <node/store.h>

#define QUERY(variable) extern const Query variable;
#include "queries.def"
#undef QUERY
extern const Query essential_view_open_filings, essential_view_open_papers, essential_view_unfinished_moves;
