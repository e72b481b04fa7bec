/* SPDX-License-Identifier: Apache-2.0 */
/* A part of a file of common parts and facilities (4.2.2.2): what is missing is registered, what differs is
 * changed, the rest left alone; a row that names what the store does not know is left out by itself. */

#include "change/change-records.h"
#include "facility-query.h"
#include "facility-records.h"

#define REASON_IMPORT "facility file"

static int stored_row(
        Request *q, const Record *record, const Query *query, const Value *args, size_t n, void *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, query, args, n, &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return record_from_rows(record, rows, q->arena, ret);
}

static int fault_of(int r, const char *code, const char **ret_code) {
        if (r != -ENOENT)
                return r;
        *ret_code = code;
        return 0;
}

/* Names become ids; *ret_code says which name is not known. */
static int place_find(Request *q, const FacilityImportRow *row, Facility *ret, const char **ret_code) {
        FacilityCategory category;
        PropertyArea area;
        Building building;
        Unit unit;

        int r = stored_row(q, &record_facility_category, &essential_category_any_by_name,
                SQL_ARGS(value_integer(q->office), value_integer(row->scope), value_text(row->category)),
                &category);
        if (r < 0)
                return fault_of(r, "CATEGORY_UNKNOWN", ret_code);
        r = area_named(q, row->area_name, &area);
        if (r < 0)
                return fault_of(r, "AREA_UNKNOWN", ret_code);
        ret->category_id = category.head.id;
        ret->property_area_id = area.head.id;
        if (area.state != STRUCTURE_NORMAL)
                *ret_code = "PLACE_STATE";
        if (*ret_code || text_empty(row->building))
                return 0;
        r = building_named(q, area.head.id, row->building, &building);
        if (r < 0)
                return fault_of(r, "BUILDING_UNKNOWN", ret_code);
        ret->building_id = building.head.id;
        if (building.state != STRUCTURE_NORMAL)
                *ret_code = "PLACE_STATE";
        if (*ret_code || text_empty(row->unit))
                return 0;
        r = unit_named(q, building.head.id, row->unit, &unit);
        if (r < 0)
                return fault_of(r, "UNIT_UNKNOWN", ret_code);
        ret->unit_id = unit.head.id;
        if (unit.state != STRUCTURE_NORMAL)
                *ret_code = "PLACE_STATE";
        return 0;
}

static int rooms_find(Request *q, const FacilityImportRow *row, const Facility *facility, Lines *ret,
        const char **ret_code) {
        const FacilityImportRoom *rooms = row->rooms.rows;
        FacilityApartment *chosen = ARENA_ARRAY(q->arena, FacilityApartment, row->rooms.n + 1);

        if (!chosen)
                return -ENOMEM;
        for (size_t i = 0; i < row->rooms.n; i++) {
                Apartment apartment;
                int r = apartment_named(q, facility->property_area_id, rooms[i].building, rooms[i].unit,
                        rooms[i].room_number, &apartment);
                if (r < 0)
                        return fault_of(r, "ROOM_UNKNOWN", ret_code);
                chosen[i].apartment_id = apartment.head.id;
                if (!apartment_lives(&apartment))
                        *ret_code = "APARTMENT_STATE";
                for (size_t k = 0; k < i; k++)
                        if (chosen[k].apartment_id.value == chosen[i].apartment_id.value)
                                *ret_code = "ROOM_TWICE";
        }
        *ret = (Lines){ chosen, row->rooms.n };
        return 0;
}

static const char *row_fault(const FacilityImportRow *row, const Facility *facility, Date today) {
        const char *field;

        if ((row->benefit == BENEFITS_BUILDING && !facility->building_id.value) ||
                (row->benefit == BENEFITS_UNIT && !facility->unit_id.value))
                return "BENEFIT_PLACE";
        if ((row->benefit == BENEFITS_APARTMENTS) != (row->rooms.n > 0))
                return "BENEFIT_ROOMS";
        return facility_dates_fault(facility, today, &field) ? "WARRANTY_ORDER" : NULL;
}

static bool facility_differs(const Facility *have, const Facility *given) {
        return have->category_id.value != given->category_id.value ||
               !text_equal(have->model, given->model) || !text_equal(have->maker, given->maker) ||
               !text_equal(have->position, given->position) ||
               have->manufacture_date.ymd != given->manufacture_date.ymd ||
               have->warranty_from.ymd != given->warranty_from.ymd ||
               have->warranty_to.ymd != given->warranty_to.ymd || have->benefit != given->benefit;
}

/* Whether the chosen apartments are these. */
static int rooms_same(Request *q, Id facility, const Lines *apartments, bool *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const FacilityApartment *chosen = apartments->rows;
        size_t n = 0;
        int r = tx_query(q->tx, &essential_facility_rooms,
                SQL_ARGS(value_integer(q->office), value_id(facility)), &rows);

        *ret = true;
        while (r == 0 && (r = rows_next(rows)) > 0) {
                bool found = false;
                for (size_t i = 0; i < apartments->n; i++)
                        found |= chosen[i].apartment_id.value == rows_integer(rows, 0);
                *ret = *ret && found;
                n++;
                r = 0;
        }
        *ret = *ret && n == apartments->n;
        return r;
}

static int facility_renew(Request *q, Facility *have, const Facility *given, const Lines *apartments,
        bool take, ImportOutcome *outcome) {
        bool same;
        int r = rooms_same(q, have->head.id, apartments, &same);

        if (r < 0)
                return r;
        if (same && !facility_differs(have, given)) {
                outcome->unchanged++;
                return 0;
        }
        outcome->changed++;
        if (!take)
                return 0;
        RowHead head = have->head;
        int64_t channel = have->channel;
        *have = *given;
        have->head = head;
        have->channel = channel;
        r = facility_benefits_replace(q, have, apartments, REASON_IMPORT);
        return r == 0 ? facility_save(q, have, REASON_IMPORT) : r;
}

static int row_go(Request *q, const FacilityImportRow *row, bool take, ImportOutcome *outcome) {
        Facility have, given = { .name = row->name,
                .model = row->model,
                .maker = row->maker,
                .manufacture_date = row->manufacture_date,
                .warranty_from = row->warranty_from,
                .warranty_to = row->warranty_to,
                .position = row->position,
                .benefit = row->benefit,
                .channel = CHANNEL_FILE };
        Lines apartments = { 0 };
        const char *code = NULL;

        int r = place_find(q, row, &given, &code);
        if (r == 0 && !code)
                code = row_fault(row, &given, q->today);
        if (r == 0 && !code)
                r = rooms_find(q, row, &given, &apartments, &code);
        if (r < 0)
                return r;
        if (code)
                return outcome_fault(q, outcome, row->source_line, code);
        r = stored_row(q, &record_facility, &essential_facility_by_name,
                SQL_ARGS(value_integer(q->office), value_id(given.property_area_id),
                        value_id(given.building_id), value_id(given.unit_id), value_text(given.name)),
                &have);
        if (r == 0)
                return facility_renew(q, &have, &given, &apartments, take, outcome);
        if (r != -ENOENT)
                return r;
        outcome->created++;
        return take ? facility_insert(q, &given, &apartments) : 0;
}

static int rows_go(Request *q, const FacilityImport *part, bool take, ImportOutcome *ret) {
        const FacilityImportRow *rows = part->rows.rows;
        ImportOutcome outcome = { 0 };
        int r = part->rows.n > IMPORT_PART_ROWS_MAX ? -EMALFORMED_ : 0;

        for (size_t i = 0; r == 0 && i < part->rows.n; i++)
                r = row_go(q, &rows[i], take, &outcome);
        if (r == 0)
                *ret = outcome;
        return r;
}

int run_import_facility_rows(Request *q, const void *input, void *ret_output) {
        return rows_go(q, input, true, ret_output);
}

int run_try_facility_rows(Request *q, const void *input, void *ret_output) {
        return rows_go(q, input, false, ret_output);
}
