/* SPDX-License-Identifier: Apache-2.0 */
/* A checked change takes effect: the old ones end, the new ones are made and tied to them. Balances are
 * moved by the caller in the same transaction. */

#include <node/money.h>

#include "../facility/facility-records.h"
#include "../organization/organization-records.h"
#include "change-query.h"
#include "change-records.h"

/* What was seen with the request still holds: the place itself, and who owns it. A share that changes hands does not
 * touch the apartment's row, and the request may name the owners of before. */
static int old_unchanged(Request *q, const HousingChangeOld *line, const Place *place) {
        int64_t moved = 0;

        if (place->version != line->object_version) {
                const char *seen = arena_printf(q->arena, "%lld", (long long) line->object_version);
                const char *now = arena_printf(q->arena, "%lld", (long long) place->version);
                return refuse(q, "essential.change_object_moved", "change_id", place->name, seen, now, NULL);
        }
        if (place->level != LEVEL_APARTMENT)
                return 0;
        int r = tx_integer(q->tx, &essential_ownership_after,
                SQL_ARGS(value_integer(q->office), value_id(place->id), value_integer(line->head.chain_seq)), &moved);
        return r == 0 && moved ? refuse(q, "essential.change_owners_moved", "change_id", place->name, NULL) : r;
}

static int places_load(Request *q, const HousingChange *change, ChangeWork *work) {
        HousingChangeOld *lines;
        int r = change_olds(q, change->head.id, &lines, &work->n_olds);

        work->olds = ARENA_ARRAY(q->arena, Place, CHANGE_OBJECTS_MAX);
        if (!work->olds)
                return -ENOMEM;
        for (size_t i = 0; r == 0 && i < work->n_olds; i++) {
                r = place_load(q, (ChangeLevel) change->level, lines[i].object_id, &work->olds[i]);
                if (r == 0 && change->state == CHANGE_CHECKED)
                        r = old_unchanged(q, &lines[i], &work->olds[i]);
        }
        return r;
}

int change_work(Request *q, Id change, ChangeWork *ret) {
        int r = record_load(q, &record_housing_change, change, &ret->change);

        if (r == 0)
                r = places_load(q, &ret->change, ret);
        return r < 0 ? r : change_news(q, change, &ret->news, &ret->n_news);
}

/* A name as long as its field gives way to the number of the change, which tells it from all others. */
int former_name(Request *q, const ChangeWork *work, const char *name, const char **ret) {
        const Field *field = place_name_field((ChangeLevel) work->change.level);
        const char *number = arena_printf(q->arena, "(%lld-%lld)", (long long) work->change.year % 100,
                (long long) work->change.number);
        char *kept = arena_strdup(q->arena, name);
        bool taken = false;

        if (!number || !kept)
                return -ENOMEM;
        for (size_t i = 0; i < work->n_news; i++)
                taken |= text_equal(work->news[i].name, name);
        *ret = name;
        if (!taken)
                return 0;
        text_cut(kept, (size_t) field->max - text_characters(essential_former_prefix) - text_characters(number));
        *ret = arena_printf(q->arena, "%s%s%s", essential_former_prefix, kept, number);
        return *ret ? 0 : -ENOMEM;
}

static int owners_end(Request *q, const ChangeWork *work, Id apartment) {
        return ownership_replace(q, apartment, NULL, 0, q->today, work->change.change_number);
}

static int old_end(Request *q, const ChangeWork *work, Apartment *apartment, ApartmentState state) {
        int r = former_name(q, work, apartment->room_number, &apartment->room_number);

        apartment->state = state;
        if (r == 0)
                r = record_update(q, &record_apartment, apartment, work->change.change_number);
        return r < 0 ? r : owners_end(q, work, apartment->head.id);
}

/* Owners of before, who go on where the change names no others: the same of all old ones. */
static int holders_of(Request *q, const ChangeWork *work, bool needed, OwnerShare **ret, size_t *ret_n) {
        OwnerShare *shares = ARENA_ARRAY(q->arena, OwnerShare, BUILDING_TABLE_OWNERS_MAX);
        Ownership *holders;
        size_t n = 0;

        if (!shares)
                return -ENOMEM;
        for (size_t k = 0; k < work->n_olds; k++) {
                size_t n_holders;
                int r = ownership_current(q, work->olds[k].id, &holders, &n_holders);
                if (r < 0)
                        return r;
                if (n_holders > BUILDING_TABLE_OWNERS_MAX)
                        return owners_too_many(q);
                bool same = k == 0 || n_holders == n;
                for (size_t i = 0; i < n_holders; i++) {
                        OwnerShare share = { holders[i].owner_id, holders[i].share_numerator,
                                holders[i].share_denominator };
                        if (k == 0)
                                shares[n++] = share;
                        else
                                same = same && shares[i].owner_id.value == share.owner_id.value &&
                                       shares[i].share_numerator * share.share_denominator ==
                                               share.share_numerator * shares[i].share_denominator;
                }
                if (needed && !same)
                        return refuse(q, "essential.merge_owners_differ", "change_id", NULL);
        }
        *ret = shares;
        *ret_n = n;
        return 0;
}

static int new_make(
        Request *q, ChangeWork *work, HousingChangeNew *line, const Apartment *old, Apartment *ret) {
        Apartment apartment = {
                .property_area_id = old->property_area_id,
                .building_id = old->building_id,
                .unit_id = old->unit_id,
                .room_number = line->name,
                .floor = line->floor,
                .floor_name = line->floor == old->floor ? old->floor_name : NULL,
                .covered_area = line->covered_area,
                .inner_area = line->inner_area,
                .use_code = line->use_code,
                .elevator = old->elevator,
                .delivery_date = old->delivery_date,
                .state = old->state,
        };
        OwnerShare *shares;
        size_t n;
        int r = change_owners(q, work->change.head.id, line->position, &shares, &n);

        if (r == 0 && n == 0)
                r = holders_of(q, work, true, &shares, &n);
        if (r == 0)
                r = record_insert(q, &record_apartment, &apartment);
        if (r == 0 && n > 0)
                r = ownership_replace(q, apartment.head.id, shares, n, q->today, work->change.change_number);
        if (r < 0)
                return r;
        line->object_id = apartment.head.id;
        *ret = apartment;
        return record_update(q, &record_housing_change_new, line, work->change.change_number);
}

static int links_make(Request *q, const ChangeWork *work, const HousingEffect *effect) {
        for (size_t i = 0; i < effect->n_before; i++)
                for (size_t k = 0; k < effect->n_after; k++) {
                        LinkDraft draft = {
                                .change = &work->change,
                                .old_id = effect->before[i].head.id,
                                .new_id = effect->after[k].head.id,
                                .old_area = effect->before[i].covered_area,
                                .new_area = effect->after[k].covered_area,
                        };
                        int r = link_insert(q, &draft);
                        if (r < 0)
                                return r;
                }
        return 0;
}

/* New rooms are made while the old owners still hold; only names are freed before. */
static int apartments_effect(Request *q, ChangeWork *work, HousingEffect *ret) {
        ApartmentState state = work->change.kind == CHANGE_SPLIT ? APARTMENT_SPLIT : APARTMENT_MERGED;
        Apartment *olds = ARENA_ARRAY(q->arena, Apartment, CHANGE_OBJECTS_MAX);
        Apartment *news = ARENA_ARRAY(q->arena, Apartment, CHANGE_OBJECTS_MAX);
        Apartment first = { 0 };
        Area before = { 0 }, after = { 0 };
        int r = 0;

        if (!olds || !news)
                return -ENOMEM;
        for (size_t i = 0; r == 0 && i < work->n_olds; i++) {
                r = record_load(q, &record_apartment, work->olds[i].id, &olds[i]);
                if (r < 0)
                        return r;
                if (i == 0)
                        first = olds[0];
                olds[i].state = state;
                r = former_name(q, work, olds[i].room_number, &olds[i].room_number);
                if (r == 0)
                        r = record_update(q, &record_apartment, &olds[i], work->change.change_number);
                if (r == 0)
                        r = area_add(before, olds[i].covered_area, &before);
        }
        for (size_t i = 0; r == 0 && i < work->n_news; i++) {
                r = new_make(q, work, &work->news[i], &first, &news[i]);
                if (r == 0)
                        r = area_add(after, news[i].covered_area, &after);
        }
        for (size_t i = 0; r == 0 && i < work->n_olds; i++) {
                r = owners_end(q, work, olds[i].head.id);
                if (r == 0)
                        r = facility_benefits_pass(
                                q, olds[i].head.id, news, work->n_news, work->change.change_number);
        }
        if (r == 0)
                r = area_conserved(q, before, after, "change_id");
        ret->before = olds;
        ret->n_before = work->n_olds;
        ret->after = news;
        ret->n_after = work->n_news;
        return r < 0 ? r : links_make(q, work, ret);
}

static int structure_end(Request *q, const ChangeWork *work, const Place *place) {
        Unit unit;
        Building building;
        PropertyArea area;
        int r;

        switch (place->level) {
        case LEVEL_UNIT:
                r = record_load(q, &record_unit, place->id, &unit);
                unit.state = STRUCTURE_EXTINCT;
                return r < 0 ? r : record_update(q, &record_unit, &unit, work->change.change_number);
        case LEVEL_BUILDING:
                r = record_load(q, &record_building, place->id, &building);
                building.state = STRUCTURE_EXTINCT;
                return r < 0 ? r : record_update(q, &record_building, &building, work->change.change_number);
        case LEVEL_AREA:
                r = record_load(q, &record_property_area, place->id, &area);
                area.state = STRUCTURE_EXTINCT;
                if (r == 0)
                        r = record_update(q, &record_property_area, &area, work->change.change_number);
                return r < 0 ? r : services_follow(q, place->id, NULL, 0, work->change.change_number);
        default:
                return 0;
        }
}

static int extinction_effect(Request *q, ChangeWork *work, HousingEffect *ret) {
        Apartment *apartments;
        size_t n;
        int r = place_apartments(q, &work->olds[0], &apartments, &n);

        for (size_t i = 0; r == 0 && i < n; i++)
                if (apartment_lives(&apartments[i]))
                        r = old_end(q, work, &apartments[i], APARTMENT_EXTINCT);
        if (r == 0)
                r = structure_end(q, work, &work->olds[0]);
        ret->before = apartments;
        ret->n_before = n;
        return r;
}

/* Never by who requested it; where the setting wants three persons, not by who checked it either. */
static int persons_differ(Request *q, const HousingChange *change) {
        int64_t persons;
        int r = request_other_person(q, change->requested_by, "change_id");

        if (r == 0)
                r = setting_integer(q, &essential_setting_housing_change_persons, &persons);
        if (r < 0 || persons < 3)
                return r;
        return request_other_person(q, change->checked_by, "change_id");
}

int essential_housing_change_effect(Request *q, Id change, HousingEffect *ret) {
        ChangeWork work = { 0 };
        int r = change_work(q, change, &work);

        if (r == 0 && work.change.state == CHANGE_CHECKED)
                r = persons_differ(q, &work.change);
        if (r == 0 && work.change.state == CHANGE_CHECKED)
                r = change_papers_present(q, &work.change);
        for (size_t i = 0; r == 0 && work.change.state == CHANGE_CHECKED && i < work.n_olds; i++) {
                const char *ended = place_ended(&work.olds[i]);
                if (ended && work.change.kind != CHANGE_EXTINCTION)
                        return refuse(q, "essential.change_not_normal", "change_id", work.olds[i].name,
                                ended, NULL);
                r = place_parents_check(q, &work.olds[i]);
                if (r == 0 && (work.change.level == LEVEL_APARTMENT || work.change.kind == CHANGE_EXTINCTION))
                        r = change_announce(q, change, (ChangeKind) work.change.kind, &work.olds[i]);
        }
        if (r == 0 && work.change.state == CHANGE_CHECKED)
                r = areas_announce(q, &work.change);
        if (r < 0)
                return r;
        work.change.effected_on = q->today;
        work.change.effected_by = q->person;
        r = document_step(q, &record_housing_change, &work.change);
        if (r == 0)
                r = change_papers_file(q, &work.change);
        if (r < 0)
                return r;
        *ret = (HousingEffect){ .change = work.change };
        if (work.change.kind == CHANGE_EXTINCTION)
                return extinction_effect(q, &work, ret);
        if (work.change.level == LEVEL_APARTMENT)
                return apartments_effect(q, &work, ret);
        return structure_effect(q, &work, ret);
}

int essential_housing_change_move(Request *q, Id change, HousingEffect *ret) {
        ChangeWork work = { 0 };
        bool moved;
        int r = change_work(q, change, &work);

        if (r < 0)
                return r;
        *ret = (HousingEffect){ .change = work.change, .continued = true };
        if (work.change.state != CHANGE_EFFECTED || work.change.level == LEVEL_APARTMENT ||
                work.change.kind == CHANGE_EXTINCTION)
                return refuse(q, "essential.nothing_to_move", "change_id", NULL);
        r = structure_move(q, &work, ret, &moved);
        if (r == 0 && !moved)
                return refuse(q, "essential.nothing_to_move", "change_id", NULL);
        return r;
}

int essential_housing_change_done(Request *q, const HousingEffect *effect) {
        HousingChanged payload = {
                .change_id = effect->change.head.id,
                .kind = effect->change.kind,
                .level = effect->change.level,
        };
        int r = 0;

        for (size_t i = 0; r == 0 && effect->moved && i < effect->n_after; i++) {
                ApartmentMoved moved = {
                        .apartment_id = effect->after[i].head.id,
                        .property_area_id = effect->after[i].property_area_id,
                        .building_id = effect->after[i].building_id,
                };
                r = event_emit(q, &essential_apartment_moved, &moved);
        }
        return r < 0 || effect->continued ? r : event_emit(q, &essential_housing_changed, &payload);
}
