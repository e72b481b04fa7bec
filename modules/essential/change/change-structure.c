/* SPDX-License-Identifier: Apache-2.0 */
/* Requests to split and merge units, buildings and property areas: children come to lie elsewhere, none is
 * lost. */

#include <stdio.h>

#include "../facility/facility-records.h"
#include "change-labels.h"
#include "change-query.h"
#include "change-records.h"

/* Exactly one of unit, building and area. */
static int target_load(Request *q, Id unit, Id building, Id area, Place *ret) {
        const Id ids[] = { unit, building, area };
        ChangeLevel level = LEVELS;

        for (int i = 0; i < 3; i++) {
                if (ids[i].value == 0)
                        continue;
                if (level != LEVELS)
                        return refuse(q, "essential.change_target", NULL, NULL);
                level = (ChangeLevel) (LEVEL_UNIT + i);
        }
        if (level == LEVELS)
                return refuse(q, "essential.change_target", NULL, NULL);
        return place_load(q, level, ids[level - LEVEL_UNIT], ret);
}

static Id child_id(const StructureChild *line, ChangeLevel level) {
        if (level == LEVEL_UNIT)
                return line->apartment_id;
        return level == LEVEL_BUILDING ? line->unit_id : line->building_id;
}

static bool child_within(Request *q, const Place *old, const Place *child, int *ret) {
        Apartment apartment;

        *ret = 0;
        if (old->level != LEVEL_UNIT)
                return child->parent.value == old->id.value;
        *ret = record_load(q, &record_apartment, child->id, &apartment);
        return *ret == 0 && apartment.unit_id.value == old->id.value;
}

static int children_make(
        Request *q, const RequestStructureSplit *in, const Place *old, HousingChangeChild *children) {
        const StructureChild *lines = in->children.rows;
        char position[24], parts[24];

        snprintf(parts, sizeof(parts), "%zu", in->parts.n);
        for (size_t i = 0; i < in->children.n; i++) {
                Place child;
                int r, within = 0;
                snprintf(position, sizeof(position), "%lld", (long long) lines[i].position);
                if (lines[i].position > (int64_t) in->parts.n)
                        return refuse(q, "essential.change_position", "children", position, parts, NULL);
                r = place_load(q, (ChangeLevel) (old->level - 1), child_id(&lines[i], old->level), &child);
                if (r < 0)
                        return r;
                if (!child_within(q, old, &child, &within))
                        return within < 0 ? within
                                          : refuse(q, "essential.child_elsewhere", "children", child.name,
                                                    NULL);
                for (size_t k = 0; k < i; k++)
                        if (children[k].child_id.value == child.id.value)
                                return refuse(q, "essential.change_twice", "children", child.name, NULL);
                children[i] = (HousingChangeChild){
                        .position = lines[i].position,
                        .child_id = child.id,
                        .name = child.name,
                };
        }
        return 0;
}

int run_request_structure_split(Request *q, const void *input, void *ret_output) {
        const RequestStructureSplit *in = input;
        const StructurePart *parts = in->parts.rows;
        HousingChangeNew *news = ARENA_ARRAY(q->arena, HousingChangeNew, CHANGE_OBJECTS_MAX);
        HousingChangeChild *children = ARENA_ARRAY(q->arena, HousingChangeChild, in->children.n + 1);
        Place old;
        int r;

        if (!news || !children)
                return -ENOMEM;
        r = target_load(q, in->unit_id, in->building_id, in->property_area_id, &old);
        if (r == 0)
                r = count_between(q, essential_count_parts, in->parts.n, 2);
        for (size_t i = 0; r == 0 && i < in->parts.n; i++) {
                news[i] = (HousingChangeNew){
                        .name = parts[i].name,
                        .address = parts[i].address,
                        .floors_total = parts[i].floors_total,
                };
                for (size_t k = 0; k < i; k++)
                        if (text_equal(parts[k].name, parts[i].name))
                                return refuse(q, "essential.change_twice", "parts", parts[i].name, NULL);
        }
        if (r == 0 && in->children.n > CHANGE_CHILDREN_MAX)
                return -E2BIG;
        if (r == 0)
                r = children_make(q, in, &old, children);
        ChangeDraft draft = { .kind = CHANGE_SPLIT,
                .level = old.level,
                .reason = in->reason,
                .olds = &old,
                .n_olds = 1,
                .news = news,
                .n_news = in->parts.n,
                .children = children,
                .n_children = in->children.n };
        if (r == 0)
                r = children_complete(q, &old, children, in->children.n);
        if (r == 0)
                r = facilities_none_left(q, old.level, old.id, old.name);
        return r < 0 ? r : change_request(q, &draft, ret_output);
}

static int merge_place_check(Request *q, const Place *first, const Place *other) {
        if (other->level != first->level)
                return refuse(q, "essential.change_target", "olds", NULL);
        if (other->nature != first->nature || other->phase != first->phase)
                return refuse(q, "essential.merge_nature_differs", "olds", other->name, NULL);
        if (other->level != LEVEL_AREA && other->parent.value != first->parent.value)
                return refuse(q, "essential.merge_elsewhere", "olds", other->name, NULL);
        return 0;
}

int run_request_structure_merge(Request *q, const void *input, void *ret_output) {
        const RequestStructureMerge *in = input;
        const StructureOld *lines = in->olds.rows;
        Place *olds = ARENA_ARRAY(q->arena, Place, CHANGE_OBJECTS_MAX);
        HousingChangeNew new = {
                .name = in->name,
                .address = in->address,
                .floors_total = in->floors_total,
        };
        int r;

        if (!olds)
                return -ENOMEM;
        r = count_between(q, essential_count_structures, in->olds.n, 2);
        for (size_t i = 0; r == 0 && i < in->olds.n; i++) {
                r = target_load(
                        q, lines[i].unit_id, lines[i].building_id, lines[i].property_area_id, &olds[i]);
                if (r == 0)
                        r = merge_place_check(q, &olds[0], &olds[i]);
        }
        if (r < 0)
                return r;
        ChangeDraft draft = {
                .kind = CHANGE_MERGE,
                .level = olds[0].level,
                .reason = in->reason,
                .olds = olds,
                .n_olds = in->olds.n,
                .news = &new,
                .n_news = 1,
        };
        return change_request(q, &draft, ret_output);
}
