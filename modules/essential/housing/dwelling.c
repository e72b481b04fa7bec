/* SPDX-License-Identifier: Apache-2.0 */
/* Which dwelling a row of somebody's file means, and whether it names the owner we know. */

#include <string.h>

#include <essential/sheet-codes.h>

#include "housing-query.h"
#include "housing-records.h"

/* A row without a unit means the building's only one. */
static int dwelling_without_unit(
        Request *q, Id building, const char *room, Apartment *ret, const char **ret_code) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int64_t units;
        int r = tx_query(q->tx, &essential_apartments_by_room_in_building,
                SQL_ARGS(value_integer(q->office), value_id(building), value_text(room)), &rows);

        if (r >= 0)
                r = rows_next(rows);
        if (r == 0)
                *ret_code = "ORPHAN";
        if (r <= 0)
                return r;
        r = record_from_rows(&record_apartment, rows, q->arena, ret);
        rows = rows_close(rows);
        if (r == 0)
                r = tx_integer(q->tx, &essential_units_named_count,
                        SQL_ARGS(value_integer(q->office), value_id(building)), &units);
        if (r == 0 && units > 1)
                *ret_code = "KEY_AMBIGUOUS";
        return r;
}

static int dwelling_in_area(
        Request *q, Id area, const DwellingName *name, Apartment *ret, const char **ret_code) {
        Building building;
        int r = apartment_named(q, area, name->building, name->unit, name->room, ret);

        if (r != -ENOENT)
                return r;
        *ret_code = "ORPHAN";
        if (!text_empty(name->unit))
                return 0;
        r = building_named(q, area, name->building, &building);
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        *ret_code = NULL;
        return dwelling_without_unit(q, building.head.id, name->room, ret, ret_code);
}

int dwelling_find(Request *q, const DwellingName *name, Apartment *ret, const char **ret_code) {
        PropertyArea area;
        int r = area_named(q, name->area, &area);

        *ret_code = NULL;
        if (r == -ENOENT) {
                *ret_code = text_empty(name->area) ? "AREA_NAME_MISSING" : "ORPHAN";
                return 0;
        }
        if (r == 0)
                r = dwelling_in_area(q, area.head.id, name, ret, ret_code);
        if (r == 0 && !*ret_code && ret->state != APARTMENT_NORMAL && ret->state != APARTMENT_NOT_SHARING)
                *ret_code = "APARTMENT_STATE";
        return r;
}

static int number_owns(Request *q, const char *number, const Ownership *holders, size_t n, bool *ret) {
        Owner owner;
        int r = owner_find(q, number, &owner);

        *ret = false;
        for (size_t i = 0; r == 0 && i < n; i++)
                *ret |= holders[i].owner_id.value == owner.head.id.value;
        return r == -ENOENT ? 0 : r;
}

int dwelling_owned_by(Request *q, Id apartment, const char *numbers, bool *ret) {
        char *copy = text_empty(numbers) ? NULL : arena_strdup(q->arena, numbers);
        Ownership *holders;
        size_t n;

        *ret = true;
        if (text_empty(numbers))
                return 0;
        int r = copy ? ownership_current(q, apartment, &holders, &n) : -ENOMEM;
        while (r == 0 && *ret && copy) {
                char *mark = strstr(copy, sheet_owner_separator);
                if (mark)
                        *mark = 0;
                r = number_owns(q, copy, holders, n, ret);
                copy = mark ? mark + strlen(sheet_owner_separator) : NULL;
        }
        return r;
}
