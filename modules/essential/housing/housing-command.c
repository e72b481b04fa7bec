/* SPDX-License-Identifier: Apache-2.0 */
/* Supplement and change of housing data (4.2.1.1 to 4.2.1.3): each change keeps before, after, who and why.
 */

#include <stdio.h>

#include <node/date.h>
#include <node/money.h>

#include <essential/support.h>

#include "../proposal/proposal-apply.h"
#include "housing-domain.h"
#include "housing-query.h"
#include "housing-records.h"

#define NO_LINE "-" /* a refusal's line argument when there is no file */

int structure_check(Request *q, const char *name, int64_t state, const char *field) {
        if (state == 0)
                return 0;
        return refuse(q, "essential.change_not_normal", field, name, essential_structure_states[state].label,
                NULL);
}

/* What lies in an area or a building that has ended is dead with it, whatever its own row says. */
static int places_check(Request *q, Id area_id, Id building_id, const char *field) {
        PropertyArea area;
        Building building;
        int r = record_load(q, &record_property_area, area_id, &area);

        if (r == 0)
                r = structure_check(q, area.name, area.state, field);
        if (r == 0)
                r = record_load(q, &record_building, building_id, &building);
        return r < 0 ? r : structure_check(q, building.name, building.state, field);
}

int run_create_property_area(Request *q, const void *input, void *ret_output) {
        const CreatePropertyArea *in = input;
        PropertyArea area = {
                .name = in->name,
                .division = in->division,
                .address = in->address,
                .nature = in->nature,
                .phase = in->phase,
        };
        int r;

        r = essential_division_check(q, in->division, "division");
        if (r == 0)
                r = record_insert(q, &record_property_area, &area);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = area.head.id };
        return r;
}

int apply_change_property_area(Request *q, const void *input, void *ret_output) {
        const ChangePropertyArea *in = input;
        PropertyArea area;
        int r = record_load(q, &record_property_area, in->id, &area);

        if (r == 0)
                r = structure_check(q, area.name, area.state, "id");
        if (r < 0)
                return r;
        area.head.version = in->version;
        area.name = in->name;
        area.address = in->address;
        r = record_update(q, &record_property_area, &area, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = area.head.id };
        return r;
}

int run_create_building(Request *q, const void *input, void *ret_output) {
        const CreateBuilding *in = input;
        PropertyArea area;
        Building building = {
                .property_area_id = in->property_area_id,
                .name = in->name,
                .floors_total = in->floors_total,
                .address = in->address,
        };
        int r = record_load(q, &record_property_area, in->property_area_id, &area);

        if (r == 0)
                r = structure_check(q, area.name, area.state, "property_area_id");
        if (r == 0)
                r = record_insert(q, &record_building, &building);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = building.head.id };
        return r;
}

int apply_change_building(Request *q, const void *input, void *ret_output) {
        const ChangeBuilding *in = input;
        Building building;
        int r = record_load(q, &record_building, in->id, &building);

        if (r == 0)
                r = structure_check(q, building.name, building.state, "id");
        if (r < 0)
                return r;
        building.head.version = in->version;
        building.name = in->name;
        building.floors_total = in->floors_total;
        building.address = in->address;
        r = record_update(q, &record_building, &building, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = building.head.id };
        return r;
}

int run_create_unit(Request *q, const void *input, void *ret_output) {
        const CreateUnit *in = input;
        Building building;
        int r = record_load(q, &record_building, in->building_id, &building);

        if (r == 0)
                r = places_check(q, building.property_area_id, in->building_id, "building_id");
        if (r < 0)
                return r;
        Unit unit = {
                .property_area_id = building.property_area_id,
                .building_id = building.head.id,
                .name = in->name,
        };
        r = record_insert(q, &record_unit, &unit);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = unit.head.id };
        return r;
}

int apply_change_unit(Request *q, const void *input, void *ret_output) {
        const ChangeUnit *in = input;
        Unit unit;
        int r = record_load(q, &record_unit, in->id, &unit);

        if (r == 0)
                r = structure_check(q, unit.name, unit.state, "id");
        if (r < 0)
                return r;
        unit.head.version = in->version;
        unit.name = in->name;
        r = record_update(q, &record_unit, &unit, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = unit.head.id };
        return r;
}

/* One unit of the land register is one apartment of ours, at most. */
static int unit_code_check(Request *q, const Apartment *apartment) {
        const char *code = apartment->real_estate_unit_code;
        int64_t other = 0;

        if (text_empty(code))
                return 0;
        if (!real_estate_unit_code_valid(code))
                return refuse(q, "essential.unit_code_invalid", "real_estate_unit_code", code, NULL);
        int r = tx_integer(q->tx, &essential_apartment_other_code,
                SQL_ARGS(value_integer(q->office), value_text(code), value_id(apartment->head.id)), &other);
        if (r == 0 && other > 0)
                return refuse(q, "essential.unit_code_taken", "real_estate_unit_code", code, NULL);
        return r;
}

static int apartment_check(Request *q, const Apartment *apartment) {
        const char *fault =
                apartment_area_fault(apartment->covered_area, apartment->inner_area, apartment->use_code);
        char covered[AREA_TEXT_MAX], inner[AREA_TEXT_MAX];

        area_format(apartment->covered_area, covered);
        area_format(apartment->inner_area, inner);
        if (fault && text_equal(fault, "essential.inner_area"))
                return refuse(q, fault, "inner_area", inner, covered, NO_LINE, NULL);
        if (fault)
                return refuse(q, fault, "covered_area", covered, NO_LINE, NULL);
        return unit_code_check(q, apartment);
}

int run_create_apartment(Request *q, const void *input, void *ret_output) {
        const CreateApartment *in = input;
        Unit unit;
        int r = record_load(q, &record_unit, in->unit_id, &unit);

        if (r == 0)
                r = structure_check(q, unit.name, unit.state, "unit_id");
        if (r == 0)
                r = places_check(q, unit.property_area_id, unit.building_id, "unit_id");
        if (r < 0)
                return r;
        Apartment apartment = {
                .property_area_id = unit.property_area_id,
                .building_id = unit.building_id,
                .unit_id = unit.head.id,
                .room_number = in->room_number,
                .floor = in->floor,
                .covered_area = in->covered_area,
                .inner_area = in->inner_area,
                .use_code = in->use_code,
                .elevator = in->elevator,
                .delivery_date = in->delivery_date,
                .real_estate_unit_code = in->real_estate_unit_code,
                .floor_name = in->floor_name,
                .state = APARTMENT_NORMAL,
        };
        r = apartment_check(q, &apartment);
        if (r == 0)
                r = record_insert(q, &record_apartment, &apartment);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = apartment.head.id };
        return r;
}

/* The row as it would be; refused when it may not be so. */
static int apartment_changed(Request *q, const ChangeApartment *in, Apartment *ret) {
        int r = record_load(q, &record_apartment, in->id, ret);

        if (r < 0)
                return r;
        if (ret->state != APARTMENT_NORMAL && ret->state != APARTMENT_NOT_SHARING)
                return refuse(q, "essential.apartment_not_normal", "id", NULL);
        ret->head.version = in->version;
        ret->room_number = in->room_number;
        ret->floor = in->floor;
        ret->covered_area = in->covered_area;
        ret->inner_area = in->inner_area;
        ret->use_code = in->use_code;
        ret->elevator = in->elevator;
        ret->delivery_date = in->delivery_date;
        ret->real_estate_unit_code = in->real_estate_unit_code;
        ret->floor_name = in->floor_name;
        return apartment_check(q, ret);
}

int check_change_apartment(Request *q, const void *input) {
        Apartment apartment;

        return apartment_changed(q, input, &apartment);
}

int apply_change_apartment(Request *q, const void *input, void *ret_output) {
        const ChangeApartment *in = input;
        Apartment apartment;
        int r = apartment_changed(q, in, &apartment);

        if (r == 0)
                r = record_update(q, &record_apartment, &apartment, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = apartment.head.id };
        return r;
}

int run_create_owner(Request *q, const void *input, void *ret_output) {
        const CreateOwner *in = input;
        BuildingTableOwner given = { .name = in->name, .id_number = in->id_number, .kind = in->kind };
        PropertyArea area;
        Owner owner;
        int r = owner_check(q, in->id_number, in->kind, "id_number", NO_LINE);

        if (r == 0)
                r = record_load(q, &record_property_area, in->property_area_id, &area);
        if (r < 0)
                return r;
        r = owner_find(q, in->id_number, &owner);
        if (r == 0)
                return refuse(q, "essential.owner_exists", "id_number", NULL);
        if (r != -ENOENT)
                return r;
        r = owner_insert(q, area.head.id, &given, &owner);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = owner.head.id };
        return r;
}

/* Whoever stands at the counter is known by the whole number and the name together, or is new. */
int run_name_owner(Request *q, const void *input, void *ret_output) {
        const CreateOwner *in = input;
        Owner owner;
        int r = owner_find(q, in->id_number, &owner);

        if (r == -ENOENT)
                return run_create_owner(q, input, ret_output);
        if (r == 0)
                r = owner_named(q, &owner, in->name);
        if (r == 0)
                return refuse(q, "essential.owner_other_name", "name", NULL);
        if (r < 0)
                return r;
        *(Created *) ret_output = (Created){ .id = owner.head.id };
        return 0;
}

int check_change_owner(Request *q, const void *input) {
        const ChangeOwner *in = input;
        Owner other;
        int r = owner_check(q, in->id_number, in->kind, "id_number", NO_LINE);

        if (r < 0)
                return r;
        r = owner_find(q, in->id_number, &other);
        if (r == 0 && other.head.id.value != in->id.value)
                return refuse(q, "essential.owner_exists", "id_number", NULL);
        return r == -ENOENT ? 0 : r;
}

int apply_change_owner(Request *q, const void *input, void *ret_output) {
        const ChangeOwner *in = input;
        Owner owner;
        int r = check_change_owner(q, input);

        if (r == 0)
                r = record_load(q, &record_owner, in->id, &owner);
        if (r < 0)
                return r;
        owner.head.version = in->version;
        owner.name.plain_input = in->name;
        owner.id_number.plain_input = in->id_number;
        owner.kind = in->kind;
        r = record_update(q, &record_owner, &owner, in->reason);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = owner.head.id };
        return r;
}

int owners_too_many(Request *q) {
        char limit[24];

        snprintf(limit, sizeof(limit), "%d", BUILDING_TABLE_OWNERS_MAX);
        return refuse(q, "essential.owners_too_many", "owners", limit, NO_LINE, NULL);
}

int owner_shares_check(Request *q, const OwnerShare *owners, size_t n) {
        Share shares[BUILDING_TABLE_OWNERS_MAX], sum = { 0, 1 };
        char numerator[24], denominator[24];

        for (size_t i = 0; i < n; i++) {
                Owner owner;
                int r = record_load(q, &record_owner, owners[i].owner_id, &owner);
                if (r < 0)
                        return r;
                for (size_t j = 0; j < i; j++)
                        if (owners[j].owner_id.value == owners[i].owner_id.value)
                                return refuse(q, "essential.owner_twice", "owners", NO_LINE, NULL);
                shares[i] = (Share){ owners[i].share_numerator, owners[i].share_denominator };
        }
        if (shares_whole(shares, n))
                return 0;
        if (shares_sum(shares, n, &sum) < 0)
                sum = (Share){ 0, 1 };
        snprintf(numerator, sizeof(numerator), "%lld", (long long) sum.numerator);
        snprintf(denominator, sizeof(denominator), "%lld", (long long) sum.denominator);
        return refuse(q, "essential.shares_not_one", "owners", numerator, denominator, NULL);
}

int check_change_ownership(Request *q, const void *input) {
        const ChangeOwnership *in = input;
        Apartment apartment;
        int64_t last;
        char from[DATE_TEXT_MAX], before[DATE_TEXT_MAX];
        int r = record_load(q, &record_apartment, in->apartment_id, &apartment);

        if (r < 0)
                return r;
        if (in->owners.n == 0)
                return refuse(q, "essential.owners_missing", "owners", NO_LINE, NULL);
        if (in->owners.n > BUILDING_TABLE_OWNERS_MAX)
                return owners_too_many(q);
        if (apartment.state > APARTMENT_CLOSED)
                return refuse(q, "essential.apartment_not_normal", "apartment_id", NULL);
        date_format(in->valid_from, from);
        if (in->valid_from.ymd > q->today.ymd)
                return refuse(q, "essential.date_future", "valid_from", from, NULL);
        r = tx_integer(q->tx, &essential_ownership_last,
                SQL_ARGS(value_integer(q->office), value_id(in->apartment_id)), &last);
        if (r < 0)
                return r;
        if (last > in->valid_from.ymd) {
                date_format((Date){ (int32_t) last }, before);
                return refuse(q, "essential.ownership_date", "valid_from", from, before, NULL);
        }
        return owner_shares_check(q, in->owners.rows, in->owners.n);
}

int ownership_change(Request *q, const ChangeOwnership *in, Created *ret) {
        int r = check_change_ownership(q, in);

        if (r == 0)
                r = ownership_replace(
                        q, in->apartment_id, in->owners.rows, in->owners.n, in->valid_from, in->reason);
        if (r == 0)
                *ret = (Created){ .id = in->apartment_id };
        return r;
}

/* At the counter the papers come first; what the land register says has had its papers there. */
int apply_change_ownership(Request *q, const void *input, void *ret_output) {
        const ChangeOwnership *in = input;
        int r = required_papers_present(q, "owner_change", "apartment", in->apartment_id);

        if (r == 0)
                r = ownership_change(q, in, ret_output);
        if (r == 0)
                r = required_papers_file(q, "owner_change", "apartment", in->apartment_id);
        return r;
}
