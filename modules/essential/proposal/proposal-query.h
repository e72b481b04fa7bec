/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of proposals. */
#pragma once

#include <node/store.h>

#define QUERY(variable) extern const Query variable;
#include "queries.def"
#undef QUERY
#define VIEW(variable) extern const Query essential_view_##variable;
#include "views.def"
#undef VIEW
