/* SPDX-License-Identifier: Apache-2.0 */
/* An accepted difference becomes a change by the rules of the ordinary commands, so that checks, history and reason are
 * theirs. It waits for nobody: the list itself has had its second person (proposal/ is for changes at the counter). */

#include <stdio.h>

#include <node/money.h>

#include "change/change-query.h"
#include "housing/housing-query.h"
#include "proposal/proposal-apply.h"
#include "exchange-query.h"
#include "exchange-records.h"

static ChangeApartment change_of(const Apartment *apartment, const char *reason) {
        return (ChangeApartment){
                .id = apartment->head.id,
                .version = apartment->head.version,
                .room_number = apartment->room_number,
                .floor = apartment->floor,
                .covered_area = apartment->covered_area,
                .inner_area = apartment->inner_area,
                .use_code = apartment->use_code,
                .elevator = apartment->elevator,
                .delivery_date = apartment->delivery_date,
                .real_estate_unit_code = apartment->real_estate_unit_code,
                .floor_name = apartment->floor_name,
                .reason = reason,
        };
}

/* What we hold now, as text; the change that would make it theirs goes into *change. */
static const char *item_take(Request *q, const ExchangeDifference *difference, const Apartment *apartment,
        ChangeApartment *change) {
        char area[AREA_TEXT_MAX];

        switch ((DifferenceItem) difference->item) {
        case ITEM_COVERED_AREA:
                change->covered_area = difference->theirs_area;
                area_format(apartment->covered_area, area);
                return arena_strdup(q->arena, area);
        case ITEM_INNER_AREA:
                change->inner_area = difference->theirs_area;
                area_format(apartment->inner_area, area);
                return arena_strdup(q->arena, area);
        case ITEM_FLOOR:
                change->floor = difference->floor;
                return arena_printf(q->arena, "%lld", (long long) apartment->floor);
        case ITEM_USE:
                change->use_code = difference->theirs;
                return apartment->use_code;
        case ITEM_UNIT_CODE:
                change->real_estate_unit_code = difference->theirs;
                return apartment->real_estate_unit_code ? apartment->real_estate_unit_code : "";
        default:
                return NULL;
        }
}

static int apartment_apply(Request *q, ExchangeDifference *difference, const char *reason) {
        Apartment apartment;
        Created created;
        int r = record_load(q, &record_apartment, difference->apartment_id, &apartment);

        if (r < 0)
                return r;
        ChangeApartment change = change_of(&apartment, reason);
        const char *now = item_take(q, difference, &apartment, &change);
        if (!now)
                return -ENOMEM;
        if (text_equal(now, difference->theirs)) {
                difference->state = DIFFERENCE_SAME;
                return 0;
        }
        if (!text_equal(now, difference->ours ? difference->ours : "")) {
                difference->ours = now;
                if (difference->item == ITEM_COVERED_AREA)
                        difference->ours_area = apartment.covered_area;
                else if (difference->item == ITEM_INNER_AREA)
                        difference->ours_area = apartment.inner_area;
                difference->state = DIFFERENCE_PENDING;
                return 0;
        }
        r = apply_change_apartment(q, &change, &created);
        if (r == 0)
                difference->state = DIFFERENCE_APPLIED;
        return r;
}

/* Building and unit are made where they are missing; an area is somebody's decision. */
static int unit_place(Request *q, const ExchangeDifference *difference, Id *ret) {
        const char *unit_name = text_empty(difference->unit) ? UNIT_NONE : difference->unit;
        PropertyArea area;
        Building building;
        Created created;
        Unit unit;
        Id building_id;
        size_t n;
        int r = areas_named(q, difference->area_name, &area, &n);

        if (r < 0)
                return r;
        if (n == 0)
                return refuse(q, "essential.exchange_no_area", "difference_id", difference->area_name, NULL);
        if (n > 1)
                return refuse(q, "essential.exchange_area_twice", "difference_id", difference->area_name, NULL);
        r = exchange_one(q, &record_building, &essential_building_by_name,
                SQL_ARGS(value_integer(q->office), value_id(area.head.id), value_text(difference->building)),
                &building);
        building_id = building.head.id;
        if (r == -ENOENT) {
                CreateBuilding make = { .property_area_id = area.head.id, .name = difference->building };
                r = command_call(q, &essential_create_building, &make, &created);
                building_id = created.id;
        }
        if (r < 0)
                return r;
        r = exchange_one(q, &record_unit, &essential_unit_by_name,
                SQL_ARGS(value_integer(q->office), value_id(building_id), value_text(unit_name)), &unit);
        *ret = unit.head.id;
        if (r == -ENOENT) {
                CreateUnit make = { .building_id = building_id, .name = unit_name };
                r = command_call(q, &essential_create_unit, &make, &created);
                *ret = created.id;
        }
        return r;
}

static int apartment_make(Request *q, ExchangeDifference *difference) {
        Created created;
        Id unit = { 0 };
        int r = unit_place(q, difference, &unit);

        if (r < 0)
                return r;
        CreateApartment make = {
                .unit_id = unit,
                .room_number = difference->room_number,
                .floor = difference->floor,
                .covered_area = difference->theirs_area,
                .inner_area = difference->inner_area,
                .use_code = difference->use_code,
                .real_estate_unit_code = difference->unit_code,
        };
        r = command_call(q, &essential_create_apartment, &make, &created);
        if (r == 0) {
                difference->apartment_id = created.id;
                difference->state = DIFFERENCE_APPLIED;
        }
        return r;
}

/* The owner of the sealed number, made or renamed as the register of titles has it. */
static int pushed_owner_place(
        Request *q, Id area, const ExchangePushOwner *given, const char *reason, Id *ret_owner) {
        Owner owner;
        Created created;
        int r = owner_find(q, given->id_number, &owner);

        if (r == -ENOENT) {
                CreateOwner make = { .property_area_id = area,
                        .name = given->name,
                        .id_number = given->id_number,
                        .kind = given->kind };
                r = command_call(q, &essential_create_owner, &make, &created);
                *ret_owner = created.id;
                return r;
        }
        if (r < 0)
                return r;
        *ret_owner = owner.head.id;
        r = owner_named(q, &owner, given->name);
        if (r != 0)
                return r < 0 ? r : 0;
        ChangeOwner change = { .id = owner.head.id,
                .version = owner.head.version,
                .name = given->name,
                .id_number = given->id_number,
                .kind = given->kind,
                .reason = reason };
        return apply_change_owner(q, &change, &created);
}

static int owners_open(Request *q, Id difference, ExchangePushOwner *ret, size_t *ret_n) {
        ExchangeOwner sealed[BUILDING_TABLE_OWNERS_MAX];
        size_t n = 0;
        int r;
        {
                _cleanup_(rows_closep) Rows *rows = NULL;
                r = tx_query(q->tx, &exchange_owners_of,
                        SQL_ARGS(value_integer(q->office), value_id(difference)), &rows);
                while (r >= 0 && n < ELEMENTSOF(sealed) && (r = rows_next(rows)) > 0)
                        r = record_from_rows(&record_exchange_owner, rows, q->arena, &sealed[n++]);
        }
        for (size_t i = 0; r >= 0 && i < n; i++) {
                ret[i] = (ExchangePushOwner){
                        .kind = sealed[i].kind,
                        .share_numerator = sealed[i].share_numerator,
                        .share_denominator = sealed[i].share_denominator,
                };
                r = sealed_open(q, sealed[i].name, "exchange", &ret[i].name);
                if (r >= 0)
                        r = sealed_open(q, sealed[i].id_number, "exchange", &ret[i].id_number);
        }
        *ret_n = n;
        return r < 0 ? r : 0;
}

/* 1: the owners are not those the line was compared with; it says how many there are now, and waits again. Whoever
 * writes a line has looked at it, so that its own entry in the chain is the day of the comparison. */
int exchange_owners_moved(Request *q, ExchangeDifference *difference) {
        Ownership *holders;
        size_t n;
        int64_t moved;

        if (difference->item != ITEM_OWNERS)
                return 0;
        int r = tx_integer(q->tx, &essential_ownership_after,
                SQL_ARGS(value_integer(q->office), value_id(difference->apartment_id),
                        value_integer(difference->head.chain_seq)),
                &moved);

        if (r == 0 && moved)
                r = ownership_current(q, difference->apartment_id, &holders, &n);
        if (r < 0 || !moved)
                return r;
        difference->ours = arena_printf(q->arena, "%zu", n);
        difference->state = DIFFERENCE_PENDING;
        return difference->ours ? 1 : -ENOMEM;
}

int exchange_ended(Request *q, ExchangeDifference *difference) {
        Apartment apartment;

        if (difference->apartment_id.value == 0)
                return 0;
        int r = record_load(q, &record_apartment, difference->apartment_id, &apartment);
        if (r < 0)
                return r;
        if (apartment.state == APARTMENT_NORMAL || apartment.state == APARTMENT_NOT_SHARING)
                return 0;
        difference->state = DIFFERENCE_UNUSABLE;
        difference->fault = "essential.apartment_not_normal";
        return 1;
}

static int owners_apply(Request *q, ExchangeDifference *difference, const char *reason) {
        ExchangePushOwner owners[BUILDING_TABLE_OWNERS_MAX];
        OwnerShare shares[BUILDING_TABLE_OWNERS_MAX];
        Apartment apartment;
        Created created;
        size_t n = 0;
        int r = record_load(q, &record_apartment, difference->apartment_id, &apartment);

        if (r == 0)
                r = owners_open(q, difference->head.id, owners, &n);
        if (r < 0)
                return r;
        r = exchange_owners_same(q, apartment.head.id, owners, n);
        if (r > 0)
                difference->state = DIFFERENCE_SAME;
        if (r == 0)
                r = exchange_owners_moved(q, difference);
        if (r != 0)
                return r < 0 ? r : 0;
        for (size_t i = 0; r == 0 && i < n; i++) {
                shares[i] = (OwnerShare){ .share_numerator = owners[i].share_numerator,
                        .share_denominator = owners[i].share_denominator };
                r = pushed_owner_place(q, apartment.property_area_id, &owners[i], reason, &shares[i].owner_id);
        }
        if (r < 0)
                return r;
        ChangeOwnership change = {
                .apartment_id = apartment.head.id,
                .valid_from = difference->effective_on,
                .owners = { shares, n },
                .reason = reason,
        };
        r = ownership_change(q, &change, &created);
        if (r == 0)
                difference->state = DIFFERENCE_APPLIED;
        return r;
}

int exchange_apply(Request *q, ExchangeDifference *difference, const char *reason) {
        switch ((DifferenceItem) difference->item) {
        case ITEM_OWNERS:
                return owners_apply(q, difference, reason);
        case ITEM_APARTMENT:
                return apartment_make(q, difference);
        case ITEM_ROW:
                return -EBROKEN_;
        default:
                return apartment_apply(q, difference, reason);
        }
}
