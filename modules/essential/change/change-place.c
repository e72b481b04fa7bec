/* SPDX-License-Identifier: Apache-2.0 */
/* One way to look at an apartment, unit, building or area, so that a change of any level is the same work.
 */

#include <stdio.h>

#include "change-query.h"
#include "change-records.h"

static const Query *const named[LEVELS] = {
        [LEVEL_APARTMENT] = &essential_apartment_named,
        [LEVEL_UNIT] = &essential_unit_named,
        [LEVEL_BUILDING] = &essential_building_named,
        [LEVEL_AREA] = &essential_area_named,
};
static const Query *const apartments_of[LEVELS] = {
        [LEVEL_UNIT] = &essential_unit_apartments,
        [LEVEL_BUILDING] = &essential_building_apartments,
        [LEVEL_AREA] = &essential_area_apartments,
};

static const Query *const area_of[LEVELS] = {
        [LEVEL_UNIT] = &essential_unit_area,
        [LEVEL_BUILDING] = &essential_building_area,
        [LEVEL_AREA] = &essential_area_area,
};

int place_load(Request *q, ChangeLevel level, Id id, Place *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, named[level], SQL_ARGS(value_integer(q->office), value_id(id)), &rows);

        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        Place place = {
                .level = level,
                .id = { rows_integer(rows, 0) },
                .version = rows_integer(rows, 1),
                .name = arena_strdup(q->arena, rows_text(rows, 2)),
                .property_area = { rows_integer(rows, 3) },
                .parent = { rows_integer(rows, 4) },
                .state = rows_integer(rows, 5),
                .nature = rows_integer(rows, 6),
                .phase = rows_integer(rows, 7),
        };
        if (!place.name)
                return -ENOMEM;
        *ret = place;
        return 0;
}

const Field *place_name_field(ChangeLevel level) {
        switch (level) {
        case LEVEL_APARTMENT:
                return record_field(&record_apartment, "room_number");
        case LEVEL_UNIT:
                return record_field(&record_unit, "name");
        case LEVEL_BUILDING:
                return record_field(&record_building, "name");
        default:
                return record_field(&record_property_area, "name");
        }
}

static int parent_normal(Request *q, const Record *record, const char *name, int64_t state) {
        return state == STRUCTURE_NORMAL ? 0
                                         : refuse(q, "essential.change_not_normal", NULL,
                                                   arena_printf(q->arena, "%s %s", record->label, name),
                                                   essential_structure_states[state].label, NULL);
}

int place_parents_check(Request *q, const Place *place) {
        Apartment apartment;
        Unit unit;
        Building building;
        PropertyArea area;
        int r = 0;

        if (place->level == LEVEL_APARTMENT) {
                r = record_load(q, &record_apartment, place->id, &apartment);
                if (r == 0)
                        r = record_load(q, &record_unit, apartment.unit_id, &unit);
                if (r == 0)
                        r = parent_normal(q, &record_unit, unit.name, unit.state);
        }
        if (r == 0 && place->level < LEVEL_BUILDING) {
                r = record_load(q, &record_building, place->parent, &building);
                if (r == 0)
                        r = parent_normal(q, &record_building, building.name, building.state);
        }
        if (r == 0 && place->level < LEVEL_AREA) {
                r = record_load(q, &record_property_area, place->property_area, &area);
                if (r == 0)
                        r = parent_normal(q, &record_property_area, area.name, area.state);
        }
        return r;
}

const char *place_ended(const Place *place) {
        if (place->level != LEVEL_APARTMENT)
                return place->state == STRUCTURE_NORMAL ? NULL
                                                        : essential_structure_states[place->state].label;
        if (place->state == APARTMENT_NORMAL || place->state == APARTMENT_NOT_SHARING)
                return NULL;
        return essential_apartment_states[place->state].label;
}

bool apartment_lives(const Apartment *apartment) {
        return apartment->state == APARTMENT_NORMAL || apartment->state == APARTMENT_NOT_SHARING ||
               apartment->state == APARTMENT_CLOSED;
}

int rows_under(Request *q, const Record *record, const Query *query, Id under, size_t max, void **ret,
        size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char *found = arena_alloc(q->arena, max * record->size);
        size_t n = 0;
        int r;

        if (!found)
                return -ENOMEM;
        r = tx_query(q->tx, query,
                SQL_ARGS(value_integer(q->office), value_id(under), value_integer((int64_t) max + 1)),
                &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                if (n == max)
                        return -E2BIG;
                r = record_from_rows(record, rows, q->arena, found + n++ * record->size);
                if (r < 0)
                        return r;
        }
        if (r < 0)
                return r;
        *ret = found;
        *ret_n = n;
        return 0;
}

int place_apartments(Request *q, const Place *place, Apartment **ret, size_t *ret_n) {
        char limit[24];
        void *rows;
        int r;

        if (place->level == LEVEL_APARTMENT) {
                Apartment *one = ARENA_ARRAY(q->arena, Apartment, 1);
                if (!one)
                        return -ENOMEM;
                *ret = one;
                *ret_n = 1;
                return record_load(q, &record_apartment, place->id, one);
        }
        r = rows_under(q, &record_apartment, apartments_of[place->level], place->id, CHANGE_APARTMENTS_MAX,
                &rows, ret_n);
        if (r == -E2BIG) {
                snprintf(limit, sizeof(limit), "%d", CHANGE_APARTMENTS_MAX);
                return refuse(q, "essential.change_too_large", NULL, place->name, limit, NULL);
        }
        if (r == 0)
                *ret = rows;
        return r;
}

int place_area(Request *q, const Place *place, Area *ret) {
        Apartment apartment;
        int64_t sum;
        int r;

        if (place->level == LEVEL_APARTMENT) {
                r = record_load(q, &record_apartment, place->id, &apartment);
                sum = r < 0 || !apartment_lives(&apartment) ? 0 : apartment.covered_area.centi_m2;
        } else
                r = tx_integer(q->tx, area_of[place->level],
                        SQL_ARGS(value_integer(q->office), value_id(place->id)), &sum);
        if (r == 0)
                ret->centi_m2 = sum;
        return r;
}
