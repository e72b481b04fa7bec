/* SPDX-License-Identifier: Apache-2.0 */
/* Requests to split, merge and extinguish (4.2.1.4, 4.2.1.5): nothing moves here. */

#include <stdio.h>

#include <node/money.h>

#include "../housing/housing-domain.h"
#include "change-labels.h"
#include "change-query.h"
#include "change-records.h"

#define NO_LINE "-"

static int room_check(Request *q, const HousingChangeNew *room, const char *field) {
        const char *fault = apartment_area_fault(room->covered_area, room->inner_area, room->use_code);
        char covered[AREA_TEXT_MAX], inner[AREA_TEXT_MAX];

        area_format(room->covered_area, covered);
        area_format(room->inner_area, inner);
        if (fault && text_equal(fault, "essential.inner_area"))
                return refuse(q, fault, field, inner, covered, NO_LINE, NULL);
        return fault ? refuse(q, fault, field, covered, NO_LINE, NULL) : 0;
}

/* The rooms a split makes: what is left out is as in the old one. */
static int rooms_make(
        Request *q, const RequestSplit *in, const Apartment *old, HousingChangeNew *news, Area *ret_sum) {
        const SplitRoom *rooms = in->rooms.rows;
        Area sum = { 0 };
        int r = 0;

        for (size_t i = 0; r == 0 && i < in->rooms.n; i++) {
                news[i] = (HousingChangeNew){
                        .name = rooms[i].room_number,
                        .floor = rooms[i].floor ? rooms[i].floor : old->floor,
                        .covered_area = rooms[i].covered_area,
                        .inner_area = rooms[i].inner_area,
                        .use_code = text_empty(rooms[i].use_code) ? old->use_code : rooms[i].use_code,
                };
                for (size_t j = 0; j < i; j++)
                        if (text_equal(rooms[i].room_number, rooms[j].room_number))
                                return refuse(
                                        q, "essential.change_twice", "rooms", rooms[i].room_number, NULL);
                r = room_check(q, &news[i], "rooms");
                if (r == 0)
                        r = area_add(sum, news[i].covered_area, &sum);
        }
        *ret_sum = sum;
        return r;
}

/* Owner lines of each room sum to one, or there are none and those of before stay. */
static int room_owners_check(Request *q, const RequestSplit *in) {
        const RoomOwner *lines = in->owners.rows;
        char position[24], rooms[24];

        snprintf(rooms, sizeof(rooms), "%zu", in->rooms.n);
        for (size_t i = 0; i < in->owners.n; i++) {
                snprintf(position, sizeof(position), "%lld", (long long) lines[i].position);
                if (lines[i].position > (int64_t) in->rooms.n)
                        return refuse(q, "essential.change_position", "owners", position, rooms, NULL);
        }
        for (size_t room = 1; room <= in->rooms.n; room++) {
                OwnerShare shares[BUILDING_TABLE_OWNERS_MAX];
                size_t n = 0;
                for (size_t i = 0; i < in->owners.n; i++) {
                        if (lines[i].position != (int64_t) room)
                                continue;
                        if (n == BUILDING_TABLE_OWNERS_MAX)
                                return owners_too_many(q);
                        shares[n++] = (OwnerShare){
                                lines[i].owner_id,
                                lines[i].share_numerator,
                                lines[i].share_denominator,
                        };
                }
                int r = n ? owner_shares_check(q, shares, n) : 0;
                if (r < 0)
                        return r;
        }
        return 0;
}

int run_request_split(Request *q, const void *input, void *ret_output) {
        const RequestSplit *in = input;
        const RoomOwner *lines = in->owners.rows;
        HousingChangeNew *news = ARENA_ARRAY(q->arena, HousingChangeNew, CHANGE_OBJECTS_MAX);
        HousingChangeOwner *owners = ARENA_ARRAY(q->arena, HousingChangeOwner, in->owners.n + 1);
        Apartment old;
        Place place;
        Area sum = { 0 };
        int r;

        if (!news || !owners)
                return -ENOMEM;
        r = place_load(q, LEVEL_APARTMENT, in->apartment_id, &place);
        if (r == 0)
                r = record_load(q, &record_apartment, in->apartment_id, &old);
        if (r == 0)
                r = count_between(q, essential_count_rooms, in->rooms.n, 2);
        if (r == 0)
                r = rooms_make(q, in, &old, news, &sum);
        if (r == 0)
                r = area_conserved(q, old.covered_area, sum, "rooms");
        if (r == 0)
                r = room_owners_check(q, in);
        if (r < 0)
                return r;
        for (size_t i = 0; i < in->owners.n; i++)
                owners[i] = (HousingChangeOwner){
                        .position = lines[i].position,
                        .owner_id = lines[i].owner_id,
                        .share_numerator = lines[i].share_numerator,
                        .share_denominator = lines[i].share_denominator,
                };
        ChangeDraft draft = { .kind = CHANGE_SPLIT,
                .level = LEVEL_APARTMENT,
                .reason = in->reason,
                .olds = &place,
                .n_olds = 1,
                .news = news,
                .n_news = in->rooms.n,
                .owners = owners,
                .n_owners = in->owners.n };
        return change_request(q, &draft, ret_output);
}

static bool shares_same(const Ownership *a, const Ownership *b, size_t n) {
        for (size_t i = 0; i < n; i++)
                if (a[i].owner_id.value != b[i].owner_id.value ||
                        a[i].share_numerator * b[i].share_denominator !=
                                b[i].share_numerator * a[i].share_denominator)
                        return false;
        return true;
}

static int merge_owners_check(Request *q, const RequestMerge *in) {
        const MergeApartment *lines = in->apartments.rows;
        Ownership *first = NULL, *next;
        size_t n_first = 0, n_next;
        int r = 0;

        if (in->owners.n > BUILDING_TABLE_OWNERS_MAX)
                return owners_too_many(q);
        if (in->owners.n > 0)
                return owner_shares_check(q, in->owners.rows, in->owners.n);
        for (size_t i = 0; r == 0 && i < in->apartments.n; i++) {
                r = ownership_current(q, lines[i].apartment_id, &next, &n_next);
                if (r == 0 && i > 0 && (n_next != n_first || !shares_same(first, next, n_first)))
                        return refuse(q, "essential.merge_owners_differ", "owners", NULL);
                first = next;
                n_first = n_next;
        }
        return r;
}

/* All in the building of the first one, which gives what the request leaves out. */
static int merge_places(
        Request *q, const RequestMerge *in, Place *places, Area *ret_sum, Apartment *ret_first) {
        const MergeApartment *lines = in->apartments.rows;
        Area sum = { 0 };

        for (size_t i = 0; i < in->apartments.n; i++) {
                Apartment apartment;
                int r = place_load(q, LEVEL_APARTMENT, lines[i].apartment_id, &places[i]);
                if (r == 0)
                        r = record_load(q, &record_apartment, lines[i].apartment_id, &apartment);
                if (r == 0)
                        r = area_add(sum, apartment.covered_area, &sum);
                if (r < 0)
                        return r;
                if (i == 0)
                        *ret_first = apartment;
                if (places[i].parent.value != places[0].parent.value)
                        return refuse(q, "essential.merge_elsewhere", "apartments", places[i].name, NULL);
        }
        *ret_sum = sum;
        return 0;
}

int run_request_merge(Request *q, const void *input, void *ret_output) {
        const RequestMerge *in = input;
        const OwnerShare *lines = in->owners.rows;
        Place *places = ARENA_ARRAY(q->arena, Place, CHANGE_OBJECTS_MAX);
        HousingChangeOwner *owners = ARENA_ARRAY(q->arena, HousingChangeOwner, in->owners.n + 1);
        Apartment first = { 0 };
        Area sum = { 0 };
        int r;

        if (!places || !owners)
                return -ENOMEM;
        r = count_between(q, essential_count_apartments, in->apartments.n, 2);
        if (r == 0)
                r = merge_places(q, in, places, &sum, &first);
        if (r < 0)
                return r;
        HousingChangeNew new = {
                .name = in->room_number,
                .floor = in->floor ? in->floor : first.floor,
                .covered_area = in->covered_area,
                .inner_area = in->inner_area,
                .use_code = text_empty(in->use_code) ? first.use_code : in->use_code,
        };
        r = room_check(q, &new, "covered_area");
        if (r == 0)
                r = area_conserved(q, sum, in->covered_area, "covered_area");
        if (r == 0)
                r = merge_owners_check(q, in);
        if (r < 0)
                return r;
        for (size_t i = 0; i < in->owners.n; i++)
                owners[i] = (HousingChangeOwner){
                        .position = 1,
                        .owner_id = lines[i].owner_id,
                        .share_numerator = lines[i].share_numerator,
                        .share_denominator = lines[i].share_denominator,
                };
        ChangeDraft draft = { .kind = CHANGE_MERGE,
                .level = LEVEL_APARTMENT,
                .reason = in->reason,
                .olds = places,
                .n_olds = in->apartments.n,
                .news = &new,
                .n_news = 1,
                .owners = owners,
                .n_owners = in->owners.n };
        return change_request(q, &draft, ret_output);
}

int run_request_extinction(Request *q, const void *input, void *ret_output) {
        const RequestExtinction *in = input;
        const Id ids[LEVELS] = { in->apartment_id, in->unit_id, in->building_id, in->property_area_id };
        ChangeLevel level = LEVELS;
        Place place;
        int r;

        for (int i = 0; i < LEVELS; i++) {
                if (ids[i].value == 0)
                        continue;
                if (level != LEVELS)
                        return refuse(q, "essential.change_target", NULL, NULL);
                level = (ChangeLevel) i;
        }
        if (level == LEVELS)
                return refuse(q, "essential.change_target", NULL, NULL);
        r = place_load(q, level, ids[level], &place);
        if (r < 0)
                return r;
        ChangeDraft draft = {
                .kind = CHANGE_EXTINCTION,
                .level = level,
                .reason = in->reason,
                .olds = &place,
                .n_olds = 1,
        };
        return change_request(q, &draft, ret_output);
}
