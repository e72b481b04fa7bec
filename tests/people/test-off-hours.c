/* SPDX-License-Identifier: Apache-2.0 */
/* Days off are the office's own calendar's: kept by a module, asked by the kernel's audit, which sees no module. */

#include <jansson.h>

#include <modules/modules.h>

#include <world.h>

#define DAY_MS INT64_C(86400000)
#define MONDAY INT64_C(1795401000000) /* 2026-11-23 10:30 */

static int office_setup(void **state) {
        *state = world_open(modules, n_modules, CAPABILITY_BUSINESS);
        return 0;
}

static void calendar_set(World *w, const char *day, const char *kind) {
        const Command *command = registry_command(w->registry, "essential.set_calendar_day");
        const Caller caller = { .person = { id_make(OFFICE, 2).value },
                .office = OFFICE,
                .key = arena_printf(w->arena, "key-%u", ++w->keys_used) };
        json_t *input = json_pack("{s:s,s:s,s:s,s:s}", "day", day, "kind", kind, "name", "调休", "reason", "通知");
        Reply reply;

        assert_non_null(command);
        command_execute_json(&w->engine, &caller, command, input, w->arena, &reply);
        json_decref(input);
        assert_int_equal(reply.result, 0);
}

static int64_t events(World *w) {
        return world_count(w, "system", "SELECT COUNT(*) FROM security_event WHERE kind = 'off_hours'");
}

/* Somebody of the office works at half past ten, so many days after the Monday: whether that is noted. */
static bool noted_at(World *w, int64_t office, int64_t days, int64_t hours) {
        const Seer seer = { { id_make(office, 2).value }, office, office, "10.1.2.3" };
        int64_t before = events(w);

        w->now.ms = MONDAY + days * DAY_MS + hours * INT64_C(3600000);
        audit_worked(w->audit, &seer, "/api/me");
        return events(w) > before;
}
static bool noted(World *w, int64_t days) {
        return noted_at(w, OFFICE, days, 0);
}

static void calendar_empty(void **state) {
        static const bool off[7] = { [5] = true, [6] = true };
        World *w = *state;

        for (int64_t day = 0; day < 7; day++)
                assert_int_equal(noted(w, day), off[day]);
}

static void calendar_kept(void **state) {
        World *w = *state;

        calendar_set(w, "2026-11-24", "holiday");
        calendar_set(w, "2026-11-25", "holiday");
        calendar_set(w, "2026-11-25", "ordinary");
        calendar_set(w, "2026-11-28", "worked");
        calendar_set(w, "2026-11-29", "worked");
        calendar_set(w, "2026-11-29", "ordinary");
        assert_false(noted(w, 0));
        assert_true(noted(w, 1));
        assert_false(noted(w, 2)); /* taken back: a Wednesday again */
        assert_false(noted(w, 5)); /* a Saturday worked instead, but not its night */
        assert_true(noted_at(w, OFFICE, 5, 11));
        assert_true(noted(w, 6));
        /* another office keeps its own */
        assert_false(noted_at(w, NEIGHBOUR, 1, 0));
        assert_true(noted_at(w, NEIGHBOUR, 5, 0));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "without a calendar weekends are days off [14.2.3 4.3.1]", calendar_empty, office_setup,
                        world_teardown, NULL },
                { "a holiday is a day off and a day worked instead is none [14.2.3 4.3.1]", calendar_kept,
                        office_setup, world_teardown, NULL },
        };

        crypto_allow_simulation();
        return cmocka_run_group_tests_name("people::off_hours", tests, NULL, NULL);
}
