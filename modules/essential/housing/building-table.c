/* SPDX-License-Identifier: Apache-2.0 */
/* A part of a building table becomes areas, buildings, units, apartments, owners and shares: what is missing
 * is made, what differs is changed, the rest is left alone, so that the corrected file can simply be given
 * again. The rehearsal takes the same steps and changes nothing. */

#include <stdio.h>

#include <node/date.h>
#include <node/money.h>

#include <essential/support.h>

#include "housing-domain.h"
#include "housing-query.h"
#include "housing-records.h"

/* Written into history as the reason; the file is named by its digest in the import's own record. */
#define REASON_IMPORT "building table"

#define PLACE_GONE 1

/* A part on its way. */
typedef struct Taking {
        Request *q;
        bool apply;
        /* What the row before was about: rows of one building come together. New ones have no id in a
         * rehearsal. */
        PropertyArea area;
        Building building;
        Unit unit;
        bool known;
        ImportOutcome left_out; /* its faults only */
        BuildingTableResult result;
} Taking;

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
        if (text_equal(fault, "essential.use_unknown"))
                return refuse(q, fault, field, row->use_code, line, NULL);
        if (text_equal(fault, "essential.division_invalid"))
                return refuse(q, fault, field, row->division, line, NULL);
        if (text_equal(fault, "essential.owners_too_many"))
                return refuse(q, fault, field, limit, line, NULL);
        return refuse(q, fault, field, line, NULL);
}

/* These three: 0, or PLACE_GONE where it was split or merged away. */
static int area_place(Taking *taking, const BuildingTableRow *row) {
        PropertyArea *area = &taking->area;
        Request *q = taking->q;
        bool given = !text_empty(row->division);
        int r;

        if (given)
                r = row_one(q, &record_property_area, &essential_area_by_division,
                        SQL_ARGS(value_integer(q->office), value_text(row->area_name),
                                value_text(row->division)),
                        area);
        else
                r = row_one(q, &record_property_area, &essential_area_by_name,
                        SQL_ARGS(value_integer(q->office), value_text(row->area_name)), area);
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
        int r = row_one(q, &record_building, &essential_building_by_name,
                SQL_ARGS(
                        value_integer(q->office), value_id(taking->area.head.id), value_text(row->building)),
                building);

        if (r == 0 && building->state != 0)
                return PLACE_GONE;
        if (r == 0 && row->floors_total > 0 && building->floors_total != row->floors_total) {
                building->floors_total = row->floors_total;
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
        return taking->apply ? record_insert(q, &record_unit, unit) : 0;
}

static int place_find(Taking *taking, const BuildingTableRow *row) {
        const char *unit = text_empty(row->unit) ? UNIT_NONE : row->unit;
        bool same = taking->known && text_equal(taking->area.name, row->area_name) &&
                    (text_empty(row->division) || text_equal(taking->area.division, row->division));
        int r = 0;

        if (!same)
                r = area_place(taking, row);
        same = same && text_equal(taking->building.name, row->building) &&
               (row->floors_total == 0 || row->floors_total == taking->building.floors_total);
        if (r == 0 && !same)
                r = building_place(taking, row);
        same = same && text_equal(taking->unit.name, unit);
        if (r == 0 && !same)
                r = unit_place(taking, unit);
        taking->known = r == 0;
        return r;
}

static bool apartment_differs(const Apartment *have, const BuildingTableRow *row) {
        return have->floor != row->floor || have->covered_area.centi_m2 != row->covered_area.centi_m2 ||
               have->inner_area.centi_m2 != row->inner_area.centi_m2 ||
               !text_equal(have->use_code, row->use_code) || have->elevator != row->elevator ||
               have->delivery_date.ymd != row->delivery_date.ymd;
}

static void apartment_fill(Apartment *apartment, const BuildingTableRow *row) {
        apartment->floor = row->floor;
        apartment->covered_area = row->covered_area;
        apartment->inner_area = row->inner_area;
        apartment->use_code = row->use_code;
        apartment->elevator = row->elevator;
        apartment->delivery_date = row->delivery_date;
}

int owner_place(
        Request *q, Id area, const BuildingTableOwner *given, bool apply, Id *ret, bool *ret_changed) {
        Owner owner = { 0 };
        int r = owner_find(q, given->id_number, &owner);

        if (r == -ENOENT) {
                r = apply ? owner_insert(q, area, given, &owner) : 0;
                *ret_changed = true;
        } else if (r == 0) {
                int named = owner_named(q, &owner, given->name);
                if (named < 0)
                        return named;
                if (!named || owner.kind != given->kind) {
                        owner.name.plain_input = given->name;
                        owner.kind = given->kind;
                        r = apply ? record_update(q, &record_owner, &owner, REASON_IMPORT) : 0;
                        *ret_changed = true;
                }
        }
        if (r == 0)
                *ret = owner.head.id;
        return r;
}

static bool holders_differ(const Ownership *holders, size_t n_holders, const OwnerShare *shares, size_t n) {
        if (n_holders != n)
                return true;
        for (size_t i = 0; i < n; i++) {
                bool found = false;
                for (size_t j = 0; j < n_holders; j++)
                        found |= holders[j].owner_id.value == shares[i].owner_id.value;
                if (!found)
                        return true;
        }
        return false;
}

/* Equal shares: a building table does not say otherwise. Known shares of the same people are left alone. */
static int owners_place(
        Taking *taking, const Apartment *apartment, const BuildingTableRow *row, bool *ret_changed) {
        const BuildingTableOwner *owners = row->owners.rows;
        OwnerShare shares[BUILDING_TABLE_OWNERS_MAX];
        Request *q = taking->q;
        Ownership *holders;
        size_t n_holders;
        int r = 0;

        for (size_t i = 0; r == 0 && i < row->owners.n; i++) {
                shares[i] = (OwnerShare){
                        .share_numerator = 1,
                        .share_denominator = (int64_t) row->owners.n,
                };
                r = owner_place(q, apartment->property_area_id, &owners[i], taking->apply,
                        &shares[i].owner_id, ret_changed);
        }
        if (r == 0)
                r = ownership_current(q, apartment->head.id, &holders, &n_holders);
        if (r < 0 || !holders_differ(holders, n_holders, shares, row->owners.n))
                return r;
        *ret_changed = true;
        if (!taking->apply)
                return 0;
        return ownership_replace(q, apartment->head.id, shares, row->owners.n, q->today, REASON_IMPORT);
}

static int apartment_create(Taking *taking, const BuildingTableRow *row, Apartment *ret) {
        *ret = (Apartment){
                .property_area_id = taking->area.head.id,
                .building_id = taking->building.head.id,
                .unit_id = taking->unit.head.id,
                .room_number = row->room_number,
                .state = APARTMENT_NORMAL,
        };
        apartment_fill(ret, row);
        return taking->apply ? record_insert(taking->q, &record_apartment, ret) : 0;
}

static int row_take(Taking *taking, const BuildingTableRow *row) {
        bool created = false, changed = false;
        Request *q = taking->q;
        Apartment apartment;
        int r = row_check(q, row);

        if (r == 0)
                r = place_find(taking, row);
        if (r < 0)
                return r;
        if (r == PLACE_GONE)
                return outcome_fault(q, &taking->left_out, row->source_line, "PLACE_STATE");
        r = row_one(q, &record_apartment, &essential_apartment_by_room,
                SQL_ARGS(value_integer(q->office), value_id(taking->unit.head.id),
                        value_text(row->room_number)),
                &apartment);
        if (r == -ENOENT) {
                r = apartment_create(taking, row, &apartment);
                created = true;
        } else if (r == 0 && apartment.state > APARTMENT_CLOSED) {
                return outcome_fault(q, &taking->left_out, row->source_line, "APARTMENT_STATE");
        } else if (r == 0 && apartment_differs(&apartment, row)) {
                apartment_fill(&apartment, row);
                r = taking->apply ? record_update(q, &record_apartment, &apartment, REASON_IMPORT) : 0;
                changed = true;
        }
        if (r == 0 && (taking->apply || !created))
                r = owners_place(taking, &apartment, row, &changed);
        if (r < 0)
                return r;
        taking->result.rows_total++;
        taking->result.rows_created += created;
        taking->result.rows_changed += !created && changed;
        taking->result.rows_unchanged += !created && !changed;
        return 0;
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

/* The numbers of a whole part are looked up by one exchange with the keys. */
static int owners_prepare(Request *q, const BuildingTableRow *rows, size_t n) {
        size_t n_numbers = 0, at = 0;

        for (size_t i = 0; i < n; i++)
                n_numbers += rows[i].owners.n;
        const char **numbers = ARENA_ARRAY(q->arena, const char *, n_numbers + 1);
        if (!numbers)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < rows[i].owners.n; k++) {
                        const char *number = ((const BuildingTableOwner *) rows[i].owners.rows)[k].id_number;
                        if (!text_empty(number))
                                numbers[at++] = number;
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
        Taking taking = { .q = q, .apply = apply };
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
        if (r == 0)
                r = owners_prepare(q, rows, table->rows.n);
        for (size_t i = 0; r == 0 && i < table->rows.n; i++)
                r = row_take(&taking, &rows[i]);
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
