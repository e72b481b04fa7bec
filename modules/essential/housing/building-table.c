/* SPDX-License-Identifier: Apache-2.0 */
/* A part of a building table becomes areas, buildings, units, apartments, owners and shares: what is missing
 * is made, what differs is changed, the rest is left alone, so that the corrected file can simply be given
 * again. The rehearsal takes the same steps and changes nothing. */

#include <stdio.h>

#include <node/date.h>
#include <node/money.h>

#include <essential/support.h>

#include "building-table.h"
#include "housing-domain.h"
#include "housing-query.h"

/* Why a row's place cannot be taken. */
#define PLACE_GONE 1        /* split or merged away */
#define PLACE_NAME_TWICE 2  /* two areas of that name */
#define PLACE_UNIT_UNSAID 3 /* a dwelling without its unit, which the building has */
#define PLACE_UNIT_OTHER 4  /* a dwelling with a unit, which is there without */

static int row_one(
        Request *q, const Record *record, const Query *query, const Value *args, size_t n, void *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, query, args, n, &rows);

        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return record_from_rows(record, rows, q->arena, ret);
}

static const char *line_text(Request *q, const BuildingTableRow *row) {
        const char *text = arena_printf(q->arena, "%lld", (long long) row->source_line);

        return text ? text : "";
}

static int row_check(Request *q, const BuildingTableRow *row) {
        const char *field, *fault = building_table_row_fault(row, q->today, &field),
                           *line = line_text(q, row);
        char covered[AREA_TEXT_MAX], inner[AREA_TEXT_MAX], limit[24];

        if (!fault)
                return 0;
        area_format(row->covered_area, covered);
        area_format(row->inner_area, inner);
        snprintf(limit, sizeof(limit), "%d", BUILDING_TABLE_OWNERS_MAX);
        if (text_equal(fault, "essential.area_range"))
                return refuse(q, fault, field, covered, line, NULL);
        if (text_equal(fault, "essential.inner_area"))
                return refuse(q, fault, field, inner, covered, line, NULL);
        if (text_equal(fault, "essential.division_invalid"))
                return refuse(q, fault, field, row->division, line, NULL);
        if (text_equal(fault, "essential.owners_too_many"))
                return refuse(q, fault, field, limit, line, NULL);
        return refuse(q, fault, field, line, NULL);
}

/* These four: 0, or why the place cannot be taken. */
static int area_place(Taking *taking, const BuildingTableRow *row) {
        PropertyArea *area = &taking->area;
        Request *q = taking->q;
        bool given = !text_empty(row->division);
        size_t n = 1;
        int r;

        if (given)
                r = row_one(q, &record_property_area, &essential_area_by_division,
                        SQL_ARGS(value_integer(q->office), value_text(row->area_name),
                                value_text(row->division)),
                        area);
        else
                r = areas_named(q, row->area_name, area, &n);
        if (r == 0 && n != 1)
                r = n == 0 ? -ENOENT : PLACE_NAME_TWICE;
        if (r == 0 && area->state != 0)
                return PLACE_GONE;
        if (r != -ENOENT)
                return r;
        *area = (PropertyArea){
                .name = row->area_name,
                .division = given ? row->division : q->division,
                .nature = row->nature,
                .phase = PHASE_HOSTED,
        };
        r = essential_division_check(q, area->division, "division");
        return r == 0 && taking->apply ? record_insert(q, &record_property_area, area) : r;
}

static int building_place(Taking *taking, const BuildingTableRow *row) {
        Building *building = &taking->building;
        Request *q = taking->q;
        Unit none;
        int r = row_one(q, &record_building, &essential_building_by_name,
                SQL_ARGS(
                        value_integer(q->office), value_id(taking->area.head.id), value_text(row->building)),
                building);

        taking->building_unitless = r == 0 && unit_named(q, building->head.id, UNIT_NONE, &none) == 0;
        if (r == 0 && building->state != 0)
                return PLACE_GONE;
        /* what is there already is no stranger's to change */
        if (r == 0 && row->floors_total > 0 && building->floors_total != row->floors_total &&
                taking->filer.filing.value == 0) {
                building->floors_total = row->floors_total;
                taking->building_changed = true;
                return taking->apply ? record_update(q, &record_building, building, REASON_IMPORT) : 0;
        }
        if (r != -ENOENT)
                return r;
        *building = (Building){
                .property_area_id = taking->area.head.id,
                .name = row->building,
                .floors_total = row->floors_total,
        };
        return taking->apply ? record_insert(q, &record_building, building) : 0;
}

static int unit_place(Taking *taking, const char *name) {
        Unit *unit = &taking->unit;
        Request *q = taking->q;

        taking->unit_new = false;
        int r = row_one(q, &record_unit, &essential_unit_by_name,
                SQL_ARGS(value_integer(q->office), value_id(taking->building.head.id), value_text(name)),
                unit);

        if (r == 0 && unit->state != 0)
                return PLACE_GONE;
        if (r != -ENOENT)
                return r;
        *unit = (Unit){
                .property_area_id = taking->area.head.id,
                .building_id = taking->building.head.id,
                .name = name,
        };
        taking->unit_new = true;
        return taking->apply ? record_insert(q, &record_unit, unit) : 0;
}

/* A dwelling whose unit either the table or the store does not say, while the other has that very room of
 * the building in one: taken as it stands it would be there twice. A shop or a garage may well bear the
 * number of a dwelling; a row that does not say its use may be either. */
static int unit_said(Taking *taking, const BuildingTableRow *row, const char *unit) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const bool said = !text_equal(unit, UNIT_NONE);
        Request *q = taking->q;

        if ((said && !taking->building_unitless) || taking->building.head.id.value == 0)
                return 0;
        if (!text_empty(row->use_code) && !text_equal(row->use_code, HOME_USE))
                return 0;
        int r = tx_query(q->tx, &essential_rooms_of_name,
                SQL_ARGS(value_integer(q->office), value_id(taking->building.head.id),
                        value_text(row->room_number), value_text(unit),
                        value_integer(text_empty(row->use_code))),
                &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0 || rows_integer(rows, 0) > 0)
                return r < 0 ? r : 0;
        return rows_integer(rows, said ? 1 : 2) == 0 ? 0 : said ? PLACE_UNIT_OTHER : PLACE_UNIT_UNSAID;
}

static int place_find(Taking *taking, const BuildingTableRow *row) {
        const char *unit = text_empty(row->unit) ? UNIT_NONE : row->unit;
        bool same = taking->known && text_equal(taking->area.name, row->area_name) &&
                    (text_empty(row->division) || text_equal(taking->area.division, row->division));
        int r = 0;

        if (!same)
                r = area_place(taking, row);
        same = same && text_equal(taking->building.name, row->building) &&
               (row->floors_total == 0 || row->floors_total == taking->building.floors_total ||
                       taking->filer.filing.value != 0);
        if (r == 0 && !same)
                r = building_place(taking, row);
        if (r == 0)
                r = unit_said(taking, row, unit);
        same = same && text_equal(taking->unit.name, unit);
        if (r == 0 && !same)
                r = unit_place(taking, unit);
        taking->known = r == 0;
        return r;
}

/* What a table does not say, because it has no such column or an empty cell, is left as it is. */
static void apartment_fill(Apartment *apartment, const BuildingTableRow *row) {
        apartment->covered_area = row->covered_area;
        if (row->floor != 0)
                apartment->floor = row->floor;
        if (!text_empty(row->floor_name))
                apartment->floor_name = row->floor_name;
        if (row->inner_area.centi_m2 != 0)
                apartment->inner_area = row->inner_area;
        if (!text_empty(row->use_code))
                apartment->use_code = row->use_code;
        if (row->elevator != 0 || row->no_elevator != 0)
                apartment->elevator = row->elevator;
        if (row->delivery_date.ymd != 0)
                apartment->delivery_date = row->delivery_date;
}

static bool apartment_differs(const Apartment *have, const BuildingTableRow *row) {
        Apartment said = *have;

        apartment_fill(&said, row);
        return have->floor != said.floor || !text_equal(have->floor_name, said.floor_name) ||
               have->covered_area.centi_m2 != said.covered_area.centi_m2 ||
               have->inner_area.centi_m2 != said.inner_area.centi_m2 ||
               !text_equal(have->use_code, said.use_code) || have->elevator != said.elevator ||
               have->delivery_date.ymd != said.delivery_date.ymd;
}

static bool same_unit(const BuildingTableRow *a, const BuildingTableRow *b) {
        return text_equal(a->area_name, b->area_name) &&
               text_equal(a->division ? a->division : "", b->division ? b->division : "") &&
               text_equal(a->building, b->building) &&
               text_equal(a->unit ? a->unit : "", b->unit ? b->unit : "");
}

/* Looks for the rooms of this row and of those behind it that are of the same unit. */
static int rooms_ask(Taking *taking, const BuildingTableRow *row) {
        RoomsAsked *rooms = &taking->rooms;
        const BuildingTableRow *end = taking->rows + taking->n_rows;
        Request *q = taking->q;
        Value values[2 + ROOMS_ASKED] = { value_integer(q->office), value_id(taking->unit.head.id) };
        _cleanup_(rows_closep) Rows *found = NULL;
        int r;

        rooms->unit = taking->unit.head.id;
        rooms->n_asked = 0;
        rooms->n_found = 0;
        for (const BuildingTableRow *at = row; at < end && rooms->n_asked < ROOMS_ASKED; at++) {
                if (!same_unit(row, at))
                        break;
                rooms->asked[rooms->n_asked++] = at->room_number;
        }
        for (size_t i = 0; i < ROOMS_ASKED; i++)
                values[2 + i] = value_text(rooms->asked[i < rooms->n_asked ? i : 0]);
        r = tx_query(q->tx, &essential_apartments_by_rooms, values, ELEMENTSOF(values), &found);
        while (r >= 0 && (r = rows_next(found)) > 0) {
                Apartment apartment;
                bool before = false; /* the living come first; of ended ones one is enough to know */
                r = record_from_rows(&record_apartment, found, q->arena, &apartment);
                for (size_t i = 0; r == 0 && i < rooms->n_found; i++)
                        before |= text_equal(rooms->found[i].room_number, apartment.room_number);
                if (r < 0 || before)
                        continue;
                if (rooms->n_found == ROOMS_ASKED)
                        return -EBROKEN_;
                rooms->found[rooms->n_found++] = apartment;
        }
        return r;
}

/* What this part itself has made of the room so far is in the store first. */
static int apartments_write(Taking *taking) {
        size_t first = taking->n_written;

        taking->n_written = taking->n_apartments;
        return record_insert_many(
                taking->q, &record_apartment, taking->apartments + first, taking->n_apartments - first);
}

static bool apartment_waits(const Taking *taking, const char *room) {
        for (size_t i = taking->n_written; taking->apply && i < taking->n_apartments; i++)
                if (taking->apartments[i].unit_id.value == taking->unit.head.id.value &&
                        text_equal(taking->apartments[i].room_number, room))
                        return true;
        return false;
}

/* -ENOENT when the room is new. */
static int apartment_find(Taking *taking, const BuildingTableRow *row, Apartment **ret) {
        RoomsAsked *rooms = &taking->rooms;
        bool asked = false, waits = apartment_waits(taking, row->room_number);
        int r = 0;

        if (taking->unit_new && !waits && taking->n_written == 0)
                return -ENOENT;
        if (waits)
                r = apartments_write(taking);
        for (size_t i = 0; !waits && i < rooms->n_asked && rooms->unit.value == taking->unit.head.id.value;
                i++)
                asked |= text_equal(rooms->asked[i], row->room_number);
        if (r == 0 && !asked)
                r = rooms_ask(taking, row);
        if (r < 0)
                return r;
        for (size_t i = 0; i < rooms->n_found; i++)
                if (text_equal(rooms->found[i].room_number, row->room_number)) {
                        *ret = &rooms->found[i];
                        return 0;
                }
        return -ENOENT;
}

static void apartment_begin(Taking *taking, const BuildingTableRow *row, Placed *placed) {
        Apartment *apartment = &taking->apartments[taking->n_apartments++];

        *apartment = (Apartment){
                .property_area_id = taking->area.head.id,
                .building_id = taking->building.head.id,
                .unit_id = taking->unit.head.id,
                .room_number = row->room_number,
                .use_code = HOME_USE,
                .state = APARTMENT_NORMAL,
        };
        apartment_fill(apartment, row);
        placed->apartment = apartment;
        placed->created = true;
        placed->taken = true;
}

static const char *const place_faults[] = {
        [PLACE_GONE] = "PLACE_STATE",
        [PLACE_NAME_TWICE] = "AREA_UNKNOWN",
        [PLACE_UNIT_UNSAID] = "KEY_AMBIGUOUS",
        [PLACE_UNIT_OTHER] = "UNIT_OTHER",
};

/* The part is no larger than the whole; and a table from before a split or merge does not give a dwelling the area of
 * what it was made from, whose name it may have taken over. */
static int difference_fault(
        Request *q, const BuildingTableRow *row, const Apartment *apartment, const char **ret_code) {
        int64_t before = 0;
        int r = 0;

        if (row->inner_area.centi_m2 == 0 && apartment->inner_area.centi_m2 > row->covered_area.centi_m2)
                *ret_code = "INNER_GT_GROSS";
        else if (apartment->covered_area.centi_m2 != row->covered_area.centi_m2)
                r = tx_integer(q->tx, &essential_area_was,
                        SQL_ARGS(value_integer(q->office), value_id(apartment->head.id),
                                value_integer(row->covered_area.centi_m2)),
                        &before);
        if (before)
                *ret_code = "AREA_WAS";
        return r;
}

static int row_place(Taking *taking, const BuildingTableRow *row, Placed *placed) {
        Request *q = taking->q;
        Apartment *apartment = NULL;
        const char *code = NULL;
        int r = row_check(q, row);

        placed->row = row;
        taking->building_changed = false;
        if (r == 0)
                r = taking_filed_owners(taking, row, &code);
        if (r == 0 && code)
                return outcome_fault(q, &taking->left_out, row->source_line, code);
        if (r == 0)
                r = place_find(taking, row);
        if (r > 0)
                return outcome_fault(q, &taking->left_out, row->source_line, place_faults[r]);
        placed->changed = taking->building_changed;
        if (r == 0)
                r = apartment_find(taking, row, &apartment);
        if (r == -ENOENT)
                apartment = NULL;
        else if (r < 0)
                return r;
        if (apartment && apartment->state > APARTMENT_CLOSED)
                return outcome_fault(q, &taking->left_out, row->source_line, "APARTMENT_STATE");
        const bool differs = apartment && apartment_differs(apartment, row);
        r = differs ? difference_fault(q, row, apartment, &code) : 0;
        if (r == 0 && !code)
                r = taking_filed_fault(taking, row, apartment, differs, &code);
        if (r < 0 || code)
                return r < 0 ? r : outcome_fault(q, &taking->left_out, row->source_line, code);
        if (!apartment) {
                apartment_begin(taking, row, placed);
                return 0;
        }
        if (differs) {
                apartment_fill(apartment, row);
                r = taking->apply ? record_update(q, &record_apartment, apartment, REASON_IMPORT) : 0;
                placed->changed = true;
        }
        placed->taken = true;
        placed->apartment = arena_copy(q->arena, apartment, sizeof(*apartment));
        return r < 0 || placed->apartment ? r : -ENOMEM;
}

static int rows_take(Taking *taking) {
        BuildingTableResult *result = &taking->result;
        int r = 0;

        for (size_t i = 0; r == 0 && i < taking->n_rows; i++)
                r = row_place(taking, &taking->rows[i], &taking->placed[i]);
        if (r == 0 && taking->apply)
                r = apartments_write(taking);
        if (r == 0 && taking->apply)
                r = taking_owners(taking);
        for (size_t i = 0; r == 0 && i < taking->n_rows; i++) {
                Placed *placed = &taking->placed[i];
                if (!placed->taken)
                        continue;
                if (taking->apply || !placed->created)
                        r = taking_shares(taking, placed);
                result->rows_total++;
                result->rows_created += placed->created;
                result->rows_changed += !placed->created && placed->changed;
                result->rows_unchanged += !placed->created && !placed->changed;
        }
        outcome_sort(&taking->left_out); /* places first, holders then */
        return r < 0 ? r
                     : record_insert_many(taking->q, &record_ownership, taking->shares, taking->n_shares);
}

/* Within the part; against what is stored a row is a change. */
static int duplicates_check(Request *q, const BuildingTableRow *rows, size_t n) {
        for (size_t i = 1; i < n; i++)
                for (size_t j = 0; j < i; j++)
                        if (text_equal(rows[i].room_number, rows[j].room_number) &&
                                text_equal(rows[i].unit ? rows[i].unit : "",
                                        rows[j].unit ? rows[j].unit : "") &&
                                text_equal(rows[i].building, rows[j].building) &&
                                text_equal(rows[i].area_name, rows[j].area_name))
                                return refuse(q, "essential.duplicate_row", "room_number",
                                        rows[i].room_number, line_text(q, &rows[i]), NULL);
        return 0;
}

/* The numbers of a whole part are looked up by one exchange with the keys; room for all that may be new. */
static int taking_prepare(Taking *taking) {
        size_t n = taking->n_rows, n_owners = 0, at = 0;
        Request *q = taking->q;

        for (size_t i = 0; i < n; i++)
                n_owners += taking->rows[i].owners.n;
        const char **numbers = ARENA_ARRAY(q->arena, const char *, n_owners + 1);
        taking->placed = ARENA_ARRAY(q->arena, Placed, n);
        taking->apartments = ARENA_ARRAY(q->arena, Apartment, n);
        taking->owners = ARENA_ARRAY(q->arena, Owner, n_owners + 1);
        taking->owners_given = ARENA_ARRAY(q->arena, const BuildingTableOwner *, n_owners + 1);
        taking->shares = ARENA_ARRAY(q->arena, Ownership, n_owners + 1);
        if (!numbers || !taking->placed || !taking->apartments || !taking->owners || !taking->owners_given ||
                !taking->shares)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < taking->rows[i].owners.n; k++) {
                        const BuildingTableOwner *owners = taking->rows[i].owners.rows;
                        if (!text_empty(owners[k].id_number))
                                numbers[at++] = owners[k].id_number;
                }
        return owners_prepared(q, numbers, at);
}

static int part_find(Request *q, const BuildingTable *table, BuildingTableResult *ret) {
        ImportPart part;
        int r = row_one(q, &record_import_part, &essential_import_part_by_file,
                SQL_ARGS(value_integer(q->office), value_text(table->file_digest),
                        value_integer(table->part)),
                &part);

        if (r == 0)
                *ret = (BuildingTableResult){
                        .rows_total = part.rows_total,
                        .rows_created = part.rows_created,
                        .rows_changed = part.rows_changed,
                        .rows_unchanged = part.rows_unchanged,
                        .repeated = 1,
                };
        return r;
}

static int part_keep(Request *q, const BuildingTable *table, const BuildingTableResult *result) {
        ImportPart part = {
                .file_digest = table->file_digest,
                .part = table->part,
                .rows_total = result->rows_total,
                .rows_created = result->rows_created,
                .rows_changed = result->rows_changed,
                .rows_unchanged = result->rows_unchanged,
        };

        return record_insert(q, &record_import_part, &part);
}

static int table_take(Request *q, const BuildingTable *table, bool apply, BuildingTableResult *ret) {
        const BuildingTableRow *rows = table->rows.rows;
        bool keep = apply && !text_empty(table->file_digest);
        Taking taking = { .q = q, .apply = apply, .rows = rows, .n_rows = table->rows.n };
        char given[24], limit[24];
        int r;

        if (table->rows.n == 0)
                return refuse(q, "essential.no_rows", "rows", NULL);
        if (table->rows.n > BUILDING_TABLE_ROWS_MAX) {
                snprintf(given, sizeof(given), "%zu", table->rows.n);
                snprintf(limit, sizeof(limit), "%d", BUILDING_TABLE_ROWS_MAX);
                return refuse(q, "essential.too_many_rows", "rows", given, limit, NULL);
        }
        if (keep) {
                r = part_find(q, table, ret);
                if (r != -ENOENT)
                        return r;
        }
        r = duplicates_check(q, rows, table->rows.n);
        if (r == 0 && table->filing_id.value != 0)
                r = filer_find(q, table->filing_id, !apply, &taking.filer);
        if (r == 0)
                r = taking_prepare(&taking);
        if (r == 0)
                r = rows_take(&taking);
        if (r == 0 && keep)
                r = part_keep(q, table, &taking.result);
        if (r == 0) {
                *ret = taking.result;
                ret->faults = taking.left_out.faults;
        }
        return r;
}

int essential_import_building_table(Request *q, const BuildingTable *table, BuildingTableResult *ret) {
        return table_take(q, table, true, ret);
}

int run_import_building_table_rows(Request *q, const void *input, void *ret_output) {
        return table_take(q, input, true, ret_output);
}

int run_try_building_table_rows(Request *q, const void *input, void *ret_output) {
        return table_take(q, input, false, ret_output);
}
