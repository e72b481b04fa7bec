/* SPDX-License-Identifier: Apache-2.0 */
/* Places as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "find/place.h"

static const struct {
        const char *text, *area, *building, *unit, *room;
} cases[] = {
        { "1201", "", "", "", "1201" },
        { "3-1201", "", "3", "", "1201" },
        { "3-1-1201", "", "3", "1", "1201" },
        { "3 1 1201", "", "3", "1", "1201" },
        { "3/1/1201", "", "3", "1", "1201" },
        { "3幢1单元1201", "", "3", "1", "1201" },
        { "3幢1单元1201室", "", "3", "1", "1201" },
        { "3号楼1单元1201号", "", "3", "1", "1201" },
        { "3栋1门1201户", "", "3", "1", "1201" },
        { "3幢 1 1201", "", "3", "1", "1201" },
        { "3幢1201", "", "3", "", "1201" },
        { "1单元1201", "", "", "1", "1201" },
        { "3 1单元 1201", "", "3", "1", "1201" },
        { "a座b1-05", "", "A", "B1", "05" },
        { "锦江花园", "锦江花园", "", "", "" },
        { "锦江花园 3 1201", "锦江花园", "3", "", "1201" },
        { "锦江花园3-1-1201", "锦江花园", "3", "1", "1201" },
        { "锦江花园3幢", "锦江花园", "3", "", "" },
        { "锦江 花园 3幢", "锦江 花园", "3", "", "" },
        { "锦江花园(样例)3-1-1201", "锦江花园(样例)", "3", "1", "1201" },
        { "2期东区 5 101", "2期东区", "5", "", "101" },
        { "东2区 5 101", "东2区", "5", "", "101" },
        { "1 2 3 4 5", "", "3", "4", "5" },
        { "幢", "幢", "", "", "" },
        { "-", "", "", "", "" },
        { "-/, #", "", "", "", "" },
};

static void places(void **state) {
        Arena *arena = arena_new(1u << 16);

        assert_non_null(arena);
        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                Place place;

                assert_int_equal(place_parse(cases[i].text, arena, &place), 0);
                if (strcmp(place.area, cases[i].area) || strcmp(place.building, cases[i].building) ||
                        strcmp(place.unit, cases[i].unit) || strcmp(place.room, cases[i].room))
                        fail_msg("%s: area %s, building %s, unit %s, room %s", cases[i].text, place.area,
                                place.building, place.unit, place.room);
        }
        arena_free(arena);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "a typed place is read as people mean it [4.2.1.1]", places, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
