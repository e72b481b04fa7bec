/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of organizations. */
#pragma once

#include <node/store.h>

#define QUERY(variable) extern const Query variable;
#include "queries.def"
#undef QUERY
extern const Query essential_view_organizations, essential_view_predecessors, essential_view_area_services,
        essential_view_regulated_organizations;
extern const Query essential_view_choose_organization, essential_view_served_areas,
        essential_view_served_buildings, essential_view_served_apartments;
extern const Query essential_services_overlap;
