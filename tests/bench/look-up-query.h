/* SPDX-License-Identifier: Apache-2.0 */
/* Rows to look up, and what one would write by hand to find them. */
#pragma once

#include <node/arena.h>
#include <node/error.h>
#include <node/store.h>

/* Each with $1 office, $2 apartments; ends with NULL. */
extern const Query *const look_up_fill[];
extern const Query look_up_analyze, look_up_count;
/* $1 office, $2 value */
extern const Query look_up_plain_place, look_up_plain_list, look_up_plain_building, look_up_plain_area,
        look_up_plain_area_name, look_up_plain_area_part, look_up_plain_room, look_up_plain_building_name,
        look_up_plain_unit_name, look_up_plain_state, look_up_plain_use, look_up_plain_covered,
        look_up_plain_diagram;
/* The rows of a plain list as one JSON text, made by the database; in the arena. -ENOMEM. */
int look_up_as_json(const Query *plain, bool postgres, Arena *arena, Query *ret) _must_check_;
