/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of common parts and facilities. */
#pragma once

#include <node/store.h>

#define QUERY(variable) extern const Query variable;
#include "queries.def"
#undef QUERY
extern const Query essential_view_facility_categories, essential_view_facilities,
        essential_view_facility_apartments, essential_view_facility_works,
        essential_view_regulated_facilities;
