/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of filings. */
#pragma once

#include <node/store.h>

#define QUERY(variable) extern const Query variable;
#include "queries.def"
#undef QUERY
extern const Query essential_view_building_filings;
