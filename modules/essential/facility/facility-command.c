/* SPDX-License-Identifier: Apache-2.0 */
/* The register of common parts and facilities (4.2.2.2, 4.3.3). Whom a facility benefits is chosen once
 * (area, building, unit, or a list) and looked up whenever it is asked; how many that were and how large is
 * kept with the day of the last look, so that a difference can be seen. */

#include <string.h>

#include "change/change-records.h"
#include "facility-query.h"
#include "facility-records.h"

static int category_check(Request *q, Id id) {
        FacilityCategory category;
        int r = record_load(q, &record_facility_category, id, &category);

        if (r == 0 && category.cancelled)
                return refuse(q, "essential.category_cancelled", "category_id", category.name, NULL);
        return r;
}

/* Nothing is registered where nothing stands any more. */
static int place_check(Request *q, const Facility *facility) {
        PropertyArea area;
        Building building;
        Unit unit;
        int r = record_load(q, &record_property_area, facility->property_area_id, &area);

        if (r == 0)
                r = structure_check(q, area.name, area.state, "property_area_id");
        if (r < 0)
                return r;
        if (facility->building_id.value) {
                r = record_load(q, &record_building, facility->building_id, &building);
                if (r == 0)
                        r = structure_check(q, building.name, building.state, "building_id");
                if (r < 0)
                        return r;
                if (building.property_area_id.value != facility->property_area_id.value)
                        return refuse(q, "essential.facility_place", "building_id", NULL);
        }
        if (facility->unit_id.value) {
                r = record_load(q, &record_unit, facility->unit_id, &unit);
                if (r == 0)
                        r = structure_check(q, unit.name, unit.state, "unit_id");
                if (r < 0)
                        return r;
                if (unit.building_id.value != facility->building_id.value)
                        return refuse(q, "essential.facility_place", "unit_id", NULL);
        }
        if ((facility->benefit == BENEFITS_BUILDING && !facility->building_id.value) ||
                (facility->benefit == BENEFITS_UNIT && !facility->unit_id.value))
                return refuse(q, "essential.facility_benefit_place", "benefit", NULL);
        return 0;
}

static int apartments_check(Request *q, const Facility *facility, const Lines *apartments) {
        const FacilityApartment *chosen = apartments->rows;

        if ((facility->benefit == BENEFITS_APARTMENTS) != (apartments->n > 0))
                return refuse(q, "essential.facility_benefit_apartments", "apartments", NULL);
        for (size_t i = 0; i < apartments->n; i++) {
                Apartment apartment;
                int r = record_load(q, &record_apartment, chosen[i].apartment_id, &apartment);
                if (r < 0)
                        return r;
                if (apartment.property_area_id.value != facility->property_area_id.value)
                        return refuse(q, "essential.facility_apartment_foreign", "apartments",
                                apartment.room_number, NULL);
                if (!apartment_lives(&apartment))
                        return refuse(q, "essential.change_not_normal", "apartments", apartment.room_number,
                                essential_apartment_states[apartment.state].label, NULL);
                for (size_t j = 0; j < i; j++)
                        if (chosen[j].apartment_id.value == chosen[i].apartment_id.value)
                                return refuse(q, "essential.facility_apartment_twice", "apartments",
                                        apartment.room_number, NULL);
        }
        return 0;
}

static int name_check(Request *q, const Facility *facility) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Facility other;
        int r = tx_query(q->tx, &essential_facility_by_name,
                SQL_ARGS(value_integer(q->office), value_id(facility->property_area_id),
                        value_id(facility->building_id), value_id(facility->unit_id),
                        value_text(facility->name)),
                &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r > 0)
                r = record_from_rows(&record_facility, rows, q->arena, &other) < 0 ? -EIO : 1;
        if (r > 0 && other.head.id.value != facility->head.id.value)
                return refuse(q, "essential.facility_exists", "name", facility->name, NULL);
        return r < 0 ? r : 0;
}

int facility_check(Request *q, Facility *facility, const Lines *apartments) {
        const char *field, *fault = facility_dates_fault(facility, q->today, &field);
        int r = category_check(q, facility->category_id);

        if (r == 0)
                r = place_check(q, facility);
        if (r == 0)
                r = apartments_check(q, facility, apartments);
        if (r == 0 && fault)
                return refuse(q, fault, field, NULL);
        return r == 0 ? name_check(q, facility) : r;
}

/* Looks up whom it benefits now; what it says of itself before is left alone. */
static int benefits_count(Request *q, Facility *facility) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, &essential_facility_benefit_sum,
                SQL_ARGS(value_integer(q->office), value_id(facility->head.id)), &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -EIO;
        facility->benefit_count = rows_integer(rows, 0);
        facility->benefit_area = (Area){ rows_integer(rows, 1) };
        facility->benefit_checked = q->today;
        return 0;
}

static int benefit_rows(Request *q, Id facility, FacilityBenefit **ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        size_t n = 0, capacity = 64;
        FacilityBenefit *list = ARENA_ARRAY(q->arena, FacilityBenefit, capacity);
        int r = list ? tx_query(q->tx, &essential_facility_benefits_of,
                               SQL_ARGS(value_integer(q->office), value_id(facility)), &rows)
                     : -ENOMEM;

        while (r == 0 && (r = rows_next(rows)) > 0) {
                if (n == capacity) {
                        FacilityBenefit *more = ARENA_ARRAY(q->arena, FacilityBenefit, 2 * capacity);
                        if (!more)
                                return -ENOMEM;
                        memcpy(more, list, n * sizeof(FacilityBenefit));
                        list = more;
                        capacity *= 2;
                }
                r = record_from_rows(&record_facility_benefit, rows, q->arena, &list[n++]);
        }
        *ret = list;
        *ret_n = n;
        return r;
}

int facility_benefits_replace(Request *q, Facility *facility, const Lines *apartments, const char *reason) {
        const FacilityApartment *chosen = apartments->rows;
        FacilityBenefit *before;
        size_t n;
        int r = benefit_rows(q, facility->head.id, &before, &n);

        for (size_t i = 0; r == 0 && i < n; i++) {
                bool kept = false;
                for (size_t j = 0; j < apartments->n; j++)
                        kept |= chosen[j].apartment_id.value == before[i].apartment_id.value;
                if (before[i].ended == !kept)
                        continue;
                before[i].ended = !kept;
                r = record_update(q, &record_facility_benefit, &before[i], reason);
        }
        for (size_t j = 0; r == 0 && j < apartments->n; j++) {
                bool known = false;
                for (size_t i = 0; i < n; i++)
                        known |= before[i].apartment_id.value == chosen[j].apartment_id.value;
                FacilityBenefit benefit = { .facility_id = facility->head.id,
                        .apartment_id = chosen[j].apartment_id };
                if (!known)
                        r = record_insert(q, &record_facility_benefit, &benefit);
        }
        return r;
}

/* The row is written first, because the look-up reads it, and again only where it says something else. */
static int benefits_keep(Request *q, Facility *facility, const char *reason) {
        Facility before = *facility;
        int r = benefits_count(q, facility);

        if (r < 0 || (before.benefit_count == facility->benefit_count &&
                             before.benefit_area.centi_m2 == facility->benefit_area.centi_m2 &&
                             before.benefit_checked.ymd == facility->benefit_checked.ymd))
                return r;
        return record_update(q, &record_facility, facility, reason);
}

int facility_insert(Request *q, Facility *facility, const Lines *apartments) {
        int r = record_insert(q, &record_facility, facility);

        if (r == 0)
                r = facility_benefits_replace(q, facility, apartments, facility_counted);
        return r == 0 ? benefits_keep(q, facility, facility_counted) : r;
}

int facility_save(Request *q, Facility *facility, const char *reason) {
        int r = record_update(q, &record_facility, facility, reason);

        return r == 0 ? benefits_keep(q, facility, reason) : r;
}

static int facility_answer(Request *q, const Facility *facility, void *ret_output) {
        *(FacilityResult *) ret_output = (FacilityResult){ .id = facility->head.id,
                .benefit_count = facility->benefit_count,
                .benefit_area = facility->benefit_area,
                .in_warranty = facility_in_warranty(facility, q->today) };
        return 0;
}

int run_create_facility(Request *q, const void *input, void *ret_output) {
        const CreateFacility *in = input;
        Facility facility = {
                .category_id = in->category_id,
                .property_area_id = in->property_area_id,
                .building_id = in->building_id,
                .unit_id = in->unit_id,
                .name = in->name,
                .model = in->model,
                .maker = in->maker,
                .manufacture_date = in->manufacture_date,
                .warranty_from = in->warranty_from,
                .warranty_to = in->warranty_to,
                .position = in->position,
                .benefit = in->benefit,
                .channel = in->channel,
        };
        int r = facility_check(q, &facility, &in->apartments);

        if (r == 0)
                r = facility_insert(q, &facility, &in->apartments);
        return r == 0 ? facility_answer(q, &facility, ret_output) : r;
}

/* -ENOENT; refuses what is cancelled. */
static int facility_load(Request *q, Id id, Facility *ret) {
        int r = record_load(q, &record_facility, id, ret);

        if (r == 0 && ret->cancelled)
                return refuse(q, "essential.facility_cancelled", "id", NULL);
        return r;
}

int run_change_facility(Request *q, const void *input, void *ret_output) {
        const ChangeFacility *in = input;
        Facility facility;
        int r = facility_load(q, in->id, &facility);

        if (r < 0)
                return r;
        facility.head.version = in->version;
        facility.category_id = in->category_id;
        facility.building_id = in->building_id;
        facility.unit_id = in->unit_id;
        facility.name = in->name;
        facility.model = in->model;
        facility.maker = in->maker;
        facility.manufacture_date = in->manufacture_date;
        facility.warranty_from = in->warranty_from;
        facility.warranty_to = in->warranty_to;
        facility.position = in->position;
        facility.benefit = in->benefit;
        r = facility_check(q, &facility, &in->apartments);
        if (r == 0)
                r = facility_benefits_replace(q, &facility, &in->apartments, in->reason);
        if (r == 0)
                r = facility_save(q, &facility, in->reason);
        return r == 0 ? facility_answer(q, &facility, ret_output) : r;
}

int run_recheck_facility(Request *q, const void *input, void *ret_output) {
        const RecheckFacility *in = input;
        Facility facility;
        int r = facility_load(q, in->id, &facility);

        if (r == 0)
                r = benefits_keep(q, &facility, "recheck");
        return r == 0 ? facility_answer(q, &facility, ret_output) : r;
}

int run_cancel_facility(Request *q, const void *input, void *ret_output) {
        const CancelFacility *in = input;
        Facility facility;
        int r = facility_load(q, in->id, &facility);

        if (r < 0)
                return r;
        facility.head.version = in->version;
        facility.cancelled = 1;
        r = record_update(q, &record_facility, &facility, in->reason);
        if (r == 0)
                *(FacilitySaved *) ret_output = (FacilitySaved){ .id = facility.head.id };
        return r;
}
