/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of housing and owners. */
#pragma once

#include <node/store.h>

#define QUERY(variable) extern const Query variable;
#include "queries.def"
#undef QUERY
extern const Query essential_view_areas, essential_view_buildings, essential_view_units,
        essential_view_apartments, essential_view_owners, essential_view_ownerships,
        essential_view_regulated_areas, essential_view_regulated_apartments;
extern const Query essential_shares_not_one;
