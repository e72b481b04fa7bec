/* SPDX-License-Identifier: Apache-2.0 */
/* The new units, buildings and areas of a change, and the end of the old ones. */

#include <node/money.h>

#include "../facility/facility-records.h"
#include "../organization/organization-records.h"
#include "change-query.h"
#include "change-records.h"

static int unit_end(Request *q, const ChangeWork *work, const Place *old, int64_t state) {
        Unit unit;
        int r = record_load(q, &record_unit, old->id, &unit);

        unit.state = state;
        if (r == 0)
                r = former_name(q, work, unit.name, &unit.name);
        return r < 0 ? r : record_update(q, &record_unit, &unit, work->change.change_number);
}

static int building_end(Request *q, const ChangeWork *work, const Place *old, int64_t state) {
        Building building;
        int r = record_load(q, &record_building, old->id, &building);

        building.state = state;
        if (r == 0)
                r = former_name(q, work, building.name, &building.name);
        return r < 0 ? r : record_update(q, &record_building, &building, work->change.change_number);
}

static int area_end(Request *q, const ChangeWork *work, const Place *old, int64_t state) {
        PropertyArea area;
        int r = record_load(q, &record_property_area, old->id, &area);

        area.state = state;
        if (r == 0)
                r = former_name(q, work, area.name, &area.name);
        return r < 0 ? r : record_update(q, &record_property_area, &area, work->change.change_number);
}

static int unit_make(Request *q, const Place *old, const HousingChangeNew *line, Id *ret) {
        Unit unit = {
                .property_area_id = old->property_area,
                .building_id = old->parent,
                .name = line->name,
        };
        int r = record_insert(q, &record_unit, &unit);

        *ret = unit.head.id;
        return r;
}

static int building_make(Request *q, const Place *old, const HousingChangeNew *line, Id *ret) {
        Building before;
        int r = record_load(q, &record_building, old->id, &before);

        if (r < 0)
                return r;
        Building building = {
                .property_area_id = old->property_area,
                .name = line->name,
                .floors_total = line->floors_total ? line->floors_total : before.floors_total,
                .address = text_empty(line->address) ? before.address : line->address,
        };
        r = record_insert(q, &record_building, &building);
        *ret = building.head.id;
        return r;
}

static int area_make(Request *q, const Place *old, const HousingChangeNew *line, Id *ret) {
        PropertyArea before;
        int r = record_load(q, &record_property_area, old->id, &before);

        if (r < 0)
                return r;
        PropertyArea area = {
                .name = line->name,
                .division = before.division,
                .address = text_empty(line->address) ? before.address : line->address,
                .nature = before.nature,
                .phase = before.phase,
        };
        r = record_insert(q, &record_property_area, &area);
        *ret = area.head.id;
        return r;
}

static int (*const end_of[LEVELS])(Request *, const ChangeWork *, const Place *, int64_t) = {
        [LEVEL_UNIT] = unit_end,
        [LEVEL_BUILDING] = building_end,
        [LEVEL_AREA] = area_end,
};
static int (*const make_of[LEVELS])(Request *, const Place *, const HousingChangeNew *, Id *) = {
        [LEVEL_UNIT] = unit_make,
        [LEVEL_BUILDING] = building_make,
        [LEVEL_AREA] = area_make,
};

/* What each new one will hold: its children's areas. A merge takes all, a split what its lines say. */
static int areas_plan(Request *q, const ChangeWork *work, const Area *olds, Area *news) {
        HousingChangeChild *lines;
        size_t n;
        int r = change_children(q, work->change.head.id, &lines, &n);

        for (size_t i = 0; r == 0 && work->change.kind == CHANGE_MERGE && i < work->n_olds; i++)
                r = area_add(news[0], olds[i], &news[0]);
        for (size_t i = 0; r == 0 && work->change.kind == CHANGE_SPLIT && i < n; i++) {
                Place child = {
                        .level = (ChangeLevel) (work->change.level - 1),
                        .id = lines[i].child_id,
                };
                Area area;
                r = place_area(q, &child, &area);
                if (r == 0)
                        r = area_add(news[lines[i].position - 1], area, &news[lines[i].position - 1]);
        }
        return r;
}

static int links_make(Request *q, const ChangeWork *work, const Area *olds, const Area *news) {
        int r = 0;

        for (size_t i = 0; r == 0 && i < work->n_olds; i++)
                for (size_t k = 0; r == 0 && k < work->n_news; k++) {
                        LinkDraft draft = {
                                .change = &work->change,
                                .old_id = work->olds[i].id,
                                .new_id = work->news[k].object_id,
                                .old_area = olds[i],
                                .new_area = news[k],
                        };
                        r = link_insert(q, &draft);
                }
        return r;
}

static int services_pass(Request *q, const ChangeWork *work) {
        Id news[CHANGE_OBJECTS_MAX];
        int r = 0;

        for (size_t i = 0; i < work->n_news; i++)
                news[i] = work->news[i].object_id;
        for (size_t i = 0; r == 0 && i < work->n_olds; i++)
                r = services_follow(q, work->olds[i].id, news, work->n_news, work->change.change_number);
        return r;
}

int structure_effect(Request *q, ChangeWork *work, HousingEffect *ret) {
        int64_t state = work->change.kind == CHANGE_SPLIT ? STRUCTURE_SPLIT : STRUCTURE_MERGED;
        ChangeLevel level = (ChangeLevel) work->change.level;
        Area olds[CHANGE_OBJECTS_MAX] = { 0 }, news[CHANGE_OBJECTS_MAX] = { 0 };
        Place first = work->olds[0];
        bool moved;
        int r = 0;

        for (size_t i = 0; r == 0 && i < work->n_olds; i++) {
                if (work->change.kind == CHANGE_SPLIT)
                        r = facilities_none_left(q, level, work->olds[i].id, work->olds[i].name);
                if (r == 0)
                        r = place_area(q, &work->olds[i], &olds[i]);
                if (r == 0)
                        r = end_of[level](q, work, &work->olds[i], state);
        }
        for (size_t i = 0; r == 0 && i < work->n_news; i++) {
                r = make_of[level](q, &first, &work->news[i], &work->news[i].object_id);
                if (r == 0)
                        r = record_update(
                                q, &record_housing_change_new, &work->news[i], work->change.change_number);
        }
        if (r == 0 && level == LEVEL_AREA)
                r = services_pass(q, work);
        if (r == 0)
                r = areas_plan(q, work, olds, news);
        if (r == 0)
                r = links_make(q, work, olds, news);
        return r < 0 ? r : structure_move(q, work, ret, &moved);
}
