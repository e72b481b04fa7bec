/* SPDX-License-Identifier: Apache-2.0 */
/* What one typed text may mean to housing: a household by its place or number, a building, an area. Names of
 * owners are not asked for: whoever looks for a person does it in the list of owners, which is logged. */
#include <string.h>

#include <node/text.h>

#include "find.h"
#include "find-query.h"
#include "place.h"

/* -1: no id. "4398046511104001", or as pages show it: office-serial. */
static int64_t id_typed(const char *text, Arena *arena) {
        const char *cut = strchr(text, '-');
        int64_t office, serial;

        if (!cut)
                return integer_parse(text, &serial) == 0 && serial >> 32 > 0 ? serial : -1;
        const char *head = arena_strndup(arena, text, (size_t) (cut - text));
        if (!head || integer_parse(head, &office) < 0 || integer_parse(cut + 1, &serial) < 0)
                return -1;
        return office > 0 && office < INT32_MAX && serial > 0 && serial <= UINT32_MAX ? office << 32 | serial
                                                                                      : -1;
}

static size_t call_add(FinderCall *ret, const Query *query, Arena *arena, const Value *args, size_t n) {
        const Value *kept = arena_copy(arena, args, n * sizeof(Value));

        if (!kept)
                return 0;
        *ret = (FinderCall){ query, kept, n };
        return 1;
}

static size_t by_place(const Place *place, Arena *arena, FinderCall *ret) {
        const char *pattern = text_pattern_of(place->area, arena),
                   *last = text_last_with(place->room, arena);

        if (text_empty(place->room) || !pattern || !last)
                return 0;
        if (text_empty(place->area) && text_empty(place->building) && text_empty(place->unit))
                return call_add(ret, &essential_find_apartments_by_room, arena,
                        SQL_ARGS(value_text(place->room), value_text(last)));
        const Value args[] = { value_text(pattern), value_text(place->building), value_text(place->unit),
                value_text(place->room), value_text(last) };
        size_t n = call_add(ret, &essential_find_apartments_by_place, arena, args, ELEMENTSOF(args));
        return n + call_add(ret + n, &essential_find_apartments_by_room_and_place, arena, args,
                           ELEMENTSOF(args));
}

size_t essential_ask_apartments(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]) {
        const char *whole = place_capitals(text, strlen(text), arena);
        int64_t id = id_typed(text, arena);
        Place place;
        size_t n = 0;

        if (!whole || place_parse(text, arena, &place) < 0)
                return 0;
        n += by_place(&place, arena, &ret[n]);
        /* a room may have a hyphen of its own: B1-05 */
        if (strchr(text, '-') && !strchr(text, ' ') && text_empty(place.area))
                n += by_place(&(Place){ "", "", "", whole }, arena, &ret[n]);
        if (id > 0)
                n += call_add(&ret[n], &essential_find_apartment_by_id, arena, SQL_ARGS(value_integer(id)));
        return n;
}

/* A number alone may be a building too; after an area it is one before it is a room. */
size_t essential_ask_buildings(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]) {
        const char *pattern, *building;
        Place place;

        if (place_parse(text, arena, &place) < 0)
                return 0;
        pattern = text_pattern_of(place.area, arena);
        building = !text_empty(place.building) ? place.building : text_empty(place.unit) ? place.room : "";
        if (!pattern || text_empty(building))
                return 0;
        return call_add(&ret[0], &essential_find_buildings, arena,
                SQL_ARGS(value_text(pattern), value_text(building)));
}

size_t essential_ask_areas(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]) {
        const char *pattern = text_pattern_of(text, arena);
        Place place;

        if (!pattern || strcmp(pattern, "%") == 0 || place_parse(text, arena, &place) < 0)
                return 0;
        /* what else was typed leads into the area */
        if (!text_empty(place.area))
                pattern = text_pattern_of(place.area, arena);
        return pattern ? call_add(&ret[0], &essential_find_areas, arena, SQL_ARGS(value_text(pattern))) : 0;
}
