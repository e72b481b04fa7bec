/* SPDX-License-Identifier: Apache-2.0 */
/* A change of units, buildings or areas takes effect: new ones are made, children come to lie in them, at
 * most CHANGE_APARTMENTS_MAX apartments in one command; a child's own row moves last, so that what is left
 * can be told. */

#include <stdlib.h>

#include "../facility/facility-records.h"
#include "change-query.h"
#include "change-records.h"

typedef struct Child {
        Id id, target;
        const char *name;
} Child;

static int children_under(Request *q, const Place *old, void **ret, size_t *ret_n) {
        switch (old->level) {
        case LEVEL_UNIT:
                return rows_under(q, &record_apartment, &essential_unit_apartments, old->id,
                        CHANGE_CHILDREN_MAX, ret, ret_n);
        case LEVEL_BUILDING:
                return rows_under(q, &record_unit, &essential_building_units, old->id, CHANGE_CHILDREN_MAX,
                        ret, ret_n);
        case LEVEL_AREA:
                return rows_under(q, &record_building, &essential_area_buildings, old->id,
                        CHANGE_CHILDREN_MAX, ret, ret_n);
        default:
                return -EINVAL;
        }
}

/* Child i of an old place: those that ended stay where they were. */
static bool child_at(const Place *old, const void *rows, size_t i, Child *ret) {
        const Apartment *apartments = rows;
        const Unit *units = rows;
        const Building *buildings = rows;

        if (old->level == LEVEL_UNIT) {
                *ret = (Child){ .id = apartments[i].head.id, .name = apartments[i].room_number };
                return apartment_lives(&apartments[i]);
        }
        if (old->level == LEVEL_BUILDING) {
                *ret = (Child){ .id = units[i].head.id, .name = units[i].name };
                return units[i].state == STRUCTURE_NORMAL;
        }
        *ret = (Child){ .id = buildings[i].head.id, .name = buildings[i].name };
        return buildings[i].state == STRUCTURE_NORMAL;
}

int children_complete(Request *q, const Place *old, const HousingChangeChild *children, size_t n) {
        void *rows;
        size_t n_rows;
        int r = children_under(q, old, &rows, &n_rows);

        for (size_t i = 0; r == 0 && i < n_rows; i++) {
                bool assigned = false;
                Child child;
                if (!child_at(old, rows, i, &child))
                        continue;
                for (size_t k = 0; k < n; k++)
                        assigned |= children[k].child_id.value == child.id.value;
                if (!assigned)
                        return refuse(q, "essential.child_left", "children", child.name, NULL);
        }
        return r;
}

static Id target_of(const ChangeWork *work, const HousingChangeChild *lines, size_t n, Id child) {
        if (work->change.kind == CHANGE_MERGE)
                return work->news[0].object_id;
        for (size_t i = 0; i < n; i++)
                if (lines[i].child_id.value == child.value && lines[i].position >= 1 &&
                        lines[i].position <= (int64_t) work->n_news)
                        return work->news[lines[i].position - 1].object_id;
        return (Id){ 0 };
}

/* Children that still lie in the old ones, with where they go. */
static int children_left(Request *q, const ChangeWork *work, Child **ret, size_t *ret_n) {
        Child *children = ARENA_ARRAY(q->arena, Child, CHANGE_CHILDREN_MAX);
        HousingChangeChild *lines;
        size_t n = 0, n_lines;
        int r = change_children(q, work->change.head.id, &lines, &n_lines);

        if (!children)
                return -ENOMEM;
        for (size_t i = 0; r == 0 && i < work->n_olds; i++) {
                void *rows;
                size_t n_rows;
                r = children_under(q, &work->olds[i], &rows, &n_rows);
                for (size_t k = 0; r == 0 && k < n_rows; k++) {
                        Child child;
                        if (!child_at(&work->olds[i], rows, k, &child))
                                continue;
                        child.target = target_of(work, lines, n_lines, child.id);
                        if (child.target.value == 0)
                                return refuse(q, "essential.child_left", "change_id", child.name, NULL);
                        if (n == CHANGE_CHILDREN_MAX)
                                return -E2BIG;
                        children[n++] = child;
                }
        }
        *ret = children;
        *ret_n = n;
        return r;
}

static int left_load(Request *q, const Record *record, const Query *query, const Child *child, size_t max,
        void **ret_rows, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char *found = arena_alloc(q->arena, (max + 1) * record->size);
        size_t n = 0;
        int r;

        if (!found)
                return -ENOMEM;
        r = tx_query(q->tx, query,
                SQL_ARGS(value_integer(q->office), value_id(child->id), value_id(child->target),
                        value_integer((int64_t) max)),
                &rows);
        if (r < 0)
                return r;
        while (n < max && (r = rows_next(rows)) > 0) {
                r = record_from_rows(record, rows, q->arena, found + n++ * record->size);
                if (r < 0)
                        return r;
        }
        *ret_rows = found;
        *ret_n = n;
        return r < 0 ? r : 0;
}

typedef struct Moving {
        const ChangeWork *work;
        ChangeLevel level;
        Apartment *before, *after;
        size_t n, facilities;
} Moving;

/* How much more one command may write. */
static size_t room_of(const Moving *moving) {
        return CHANGE_APARTMENTS_MAX - moving->n - moving->facilities;
}

static int taken(Request *q, const Moving *moving, const Child *child, int r) {
        Place target;

        if (r != -EREFUSED_ || !text_equal(q->refusal.code, "node.duplicate"))
                return r;
        r = place_load(q, moving->level, child->target, &target);
        return r < 0 ? r
                     : refuse(q, "essential.child_name_taken", "change_id", child->name, target.name, NULL);
}

static int apartments_move(Request *q, Moving *moving, const Child *child, Apartment *rows, size_t n) {
        int r = 0;

        for (size_t i = 0; r == 0 && i < n; i++) {
                moving->before[moving->n] = rows[i];
                if (moving->level == LEVEL_UNIT)
                        rows[i].unit_id = child->target;
                else if (moving->level == LEVEL_BUILDING)
                        rows[i].building_id = child->target;
                else
                        rows[i].property_area_id = child->target;
                r = record_update(q, &record_apartment, &rows[i], NULL);
                moving->after[moving->n++] = rows[i];
        }
        return r;
}

static int unit_move(Request *q, Moving *moving, const Child *child) {
        Unit unit;
        int r = record_load(q, &record_unit, child->id, &unit);

        unit.building_id = child->target;
        if (r == 0)
                r = record_update(q, &record_unit, &unit, moving->work->change.change_number);
        return taken(q, moving, child, r);
}

static int building_move(Request *q, Moving *moving, const Child *child) {
        Building building;
        void *rows;
        size_t n;
        int r = left_load(
                q, &record_unit, &essential_building_units_left, child, CHANGE_CHILDREN_MAX, &rows, &n);

        for (size_t i = 0; r == 0 && i < n; i++) {
                Unit *unit = (Unit *) rows + i;
                unit->property_area_id = child->target;
                r = record_update(q, &record_unit, unit, moving->work->change.change_number);
        }
        if (r == 0)
                r = record_load(q, &record_building, child->id, &building);
        building.property_area_id = child->target;
        if (r == 0)
                r = record_update(q, &record_building, &building, moving->work->change.change_number);
        return taken(q, moving, child, r);
}

/* 1 when the child has come to lie in its new place, 0 when the command is full. */
static int child_move(Request *q, Moving *moving, const Child *child) {
        size_t room = room_of(moving), n, facilities;
        Apartment own;
        void *rows;
        int r;

        if (room == 0)
                return 0;
        if (moving->level == LEVEL_UNIT) {
                r = record_load(q, &record_apartment, child->id, &own);
                if (r == 0)
                        r = taken(q, moving, child, apartments_move(q, moving, child, &own, 1));
                return r < 0 ? r : 1;
        }
        r = left_load(q, &record_apartment,
                moving->level == LEVEL_BUILDING ? &essential_unit_apartments_left
                                                : &essential_building_apartments_left,
                child, room, &rows, &n);
        if (r == 0)
                r = apartments_move(q, moving, child, rows, n);
        if (r < 0 || n == room)
                return r;
        r = facilities_follow(q, moving->level - 1, child->id, child->target, room - n,
                moving->work->change.change_number, &facilities);
        moving->facilities += facilities;
        if (r < 0 || facilities == room - n)
                return r;
        r = moving->level == LEVEL_BUILDING ? unit_move(q, moving, child) : building_move(q, moving, child);
        return r < 0 ? r : 1;
}

static int moved_compare(const void *a, const void *b) {
        const Apartment *x = a, *y = b;

        return x->head.id.value < y->head.id.value ? -1 : x->head.id.value > y->head.id.value;
}

/* What lies right at the old ones lies at the one they have become. 1 when nothing of it is left, 0 when the command is
 * full. */
static int facilities_move(Request *q, Moving *moving) {
        const ChangeWork *work = moving->work;
        size_t n;
        int r = 0;

        for (size_t i = 0; r == 0 && work->change.kind == CHANGE_MERGE && i < work->n_olds; i++) {
                size_t room = room_of(moving);
                r = facilities_take_over(q, moving->level, work->olds[i].id, work->news[0].object_id, room,
                        work->change.change_number, &n);
                moving->facilities += n;
                if (r == 0 && n == room)
                        return 0;
        }
        return r < 0 ? r : 1;
}

int structure_move(Request *q, const ChangeWork *work, HousingEffect *ret, bool *ret_moved) {
        Moving moving = {
                .work = work,
                .level = (ChangeLevel) work->change.level,
                .before = ARENA_ARRAY(q->arena, Apartment, CHANGE_APARTMENTS_MAX),
                .after = ARENA_ARRAY(q->arena, Apartment, CHANGE_APARTMENTS_MAX),
        };
        Child *children = NULL;
        size_t n = 0, done = 0;
        int r = children_left(q, work, &children, &n);

        if (!moving.before || !moving.after)
                return -ENOMEM;
        if (r == 0)
                r = facilities_move(q, &moving);
        if (r < 0)
                return r;
        const bool facilities_left = r == 0;
        for (; done < n && !facilities_left; done++) {
                r = child_move(q, &moving, &children[done]);
                if (r < 0)
                        return r;
                if (r == 0)
                        break;
        }
        qsort(moving.before, moving.n, sizeof(Apartment), moved_compare);
        qsort(moving.after, moving.n, sizeof(Apartment), moved_compare);
        ret->before = moving.before;
        ret->after = moving.after;
        ret->n_before = ret->n_after = moving.n;
        ret->moved = true;
        ret->remaining = (int64_t) (n - done) + facilities_left;
        *ret_moved = moving.n + moving.facilities + done > 0;
        return 0;
}
