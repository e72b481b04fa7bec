/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of essential. */
#pragma once

#include <node/store.h>

extern const Query essential_area_by_name, essential_area_by_division, essential_building_by_name,
        essential_unit_by_name, essential_apartment_by_room, essential_owner_by_number,
        essential_ownership_current, essential_ownership_last, essential_import_part_by_file;
extern const Query essential_view_areas, essential_view_buildings, essential_view_units,
        essential_view_apartments, essential_view_owners, essential_view_ownerships,
        essential_view_regulated_areas, essential_view_regulated_apartments;
extern const Query essential_shares_not_one;
extern const Query *const essential_queries[];
