/* SPDX-License-Identifier: Apache-2.0 */
/* Why: when housing is split, merged or comes to lie elsewhere, what was registered for it stays registered,
 * where it now lies and for whoever now lives there. How many that were at the last look is left alone: the
 * difference shows. */

#include <stddef.h>

#include "facility-query.h"
#include "facility-records.h"

typedef struct Lying {
        const Query *query; /* whole rows: office, place, where it lies by then, limit */
        size_t offset;      /* the field that says where it lies */
} Lying;
static const Lying inside[LEVELS] = {
        [LEVEL_UNIT] = { &essential_facilities_of_unit, offsetof(Facility, building_id) },
        [LEVEL_BUILDING] = { &essential_facilities_of_building, offsetof(Facility, property_area_id) },
};
static const Lying at[LEVELS] = {
        [LEVEL_UNIT] = { &essential_facilities_at_unit, offsetof(Facility, unit_id) },
        [LEVEL_BUILDING] = { &essential_facilities_at_building, offsetof(Facility, building_id) },
        [LEVEL_AREA] = { &essential_facilities_at_area, offsetof(Facility, property_area_id) },
};

static int facilities_load(Request *q, const Lying *lying, Id place, Id target, size_t max, Facility **ret,
        size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Facility *found = ARENA_ARRAY(q->arena, Facility, max + 1);
        size_t n = 0;
        int r = found ? tx_query(q->tx, lying->query,
                                SQL_ARGS(value_integer(q->office), value_id(place), value_id(target),
                                        value_integer((int64_t) max)),
                                &rows)
                      : -ENOMEM;

        while (r >= 0 && n < max && (r = rows_next(rows)) > 0)
                r = record_from_rows(&record_facility, rows, q->arena, &found[n++]);
        *ret = found;
        *ret_n = n;
        return r < 0 ? r : 0;
}

static int facilities_go(Request *q, const Lying *lying, Id place, Id target, size_t max, const char *reason,
        size_t *ret_n) {
        Facility *facilities;
        size_t n;
        int r = facilities_load(q, lying, place, target, max, &facilities, &n);

        for (size_t i = 0; r == 0 && i < n; i++) {
                *(Id *) ((char *) &facilities[i] + lying->offset) = target;
                r = record_update(q, &record_facility, &facilities[i], reason);
        }
        *ret_n = n;
        return r;
}

int facilities_follow(
        Request *q, ChangeLevel level, Id place, Id target, size_t max, const char *reason, size_t *ret_n) {
        return facilities_go(q, &inside[level], place, target, max, reason, ret_n);
}

int facilities_take_over(
        Request *q, ChangeLevel level, Id place, Id target, size_t max, const char *reason, size_t *ret_n) {
        return facilities_go(q, &at[level], place, target, max, reason, ret_n);
}

int facilities_none_left(Request *q, ChangeLevel level, Id place, const char *name) {
        Facility *facilities;
        size_t n;
        int r = facilities_load(q, &at[level], place, (Id){ 0 }, 1, &facilities, &n);

        return r == 0 && n > 0 ? refuse(q, "essential.facility_left", NULL, name, facilities[0].name, NULL) : r;
}

static int benefit_begin(Request *q, Id facility, Id apartment) {
        int64_t known;
        int r = tx_integer(q->tx, &essential_facility_benefit_known,
                SQL_ARGS(value_integer(q->office), value_id(facility), value_id(apartment)), &known);
        FacilityBenefit benefit = { .facility_id = facility, .apartment_id = apartment };

        return r == 0 && !known ? record_insert(q, &record_facility_benefit, &benefit) : r;
}

static int benefits_load(Request *q, Id apartment, FacilityBenefit **ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        FacilityBenefit *found = ARENA_ARRAY(q->arena, FacilityBenefit, FACILITY_BENEFITS_MAX);
        size_t n = 0;
        int r = found ? tx_query(q->tx, &essential_facility_benefits_by,
                                SQL_ARGS(value_integer(q->office), value_id(apartment)), &rows)
                      : -ENOMEM;

        while (r >= 0 && (r = rows_next(rows)) > 0) {
                if (n == FACILITY_BENEFITS_MAX)
                        return -E2BIG;
                r = record_from_rows(&record_facility_benefit, rows, q->arena, &found[n++]);
        }
        *ret = found;
        *ret_n = n;
        return r < 0 ? r : 0;
}

int facility_benefits_pass(Request *q, Id old, const Apartment *news, size_t n_news, const char *reason) {
        FacilityBenefit *benefits;
        size_t n;
        int r = benefits_load(q, old, &benefits, &n);

        for (size_t i = 0; r == 0 && i < n; i++) {
                benefits[i].ended = 1;
                r = record_update(q, &record_facility_benefit, &benefits[i], reason);
                for (size_t k = 0; r == 0 && k < n_news; k++)
                        r = benefit_begin(q, benefits[i].facility_id, news[k].head.id);
        }
        return r;
}
