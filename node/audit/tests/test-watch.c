/* SPDX-License-Identifier: Apache-2.0 */
/* What is unusual is seen whenever it happens and whoever does it, and once. */

#include <stdio.h>
#include <string.h>

#include "audit-private.h"
#include "world.h"

#define MINUTE INT64_C(60000)

static int64_t events(World *w, const char *kind) {
        char sql[128];

        snprintf(sql, sizeof(sql), "SELECT COUNT(*) FROM security_event WHERE kind = '%s'", kind);
        return world_count(w, "system", sql);
}

/* The limits of the office until they are read again. */
static void hours(World *w, int64_t office, int64_t begin, int64_t end) {
        Limits limits = limits_standard();
        size_t i = 0;

        limits.work_begin = begin;
        limits.work_end = end;
        while (w->audit->limits[i].read_ms)
                i++;
        w->audit->limits[i] = (OfficeLimits){ office, w->engine.clock->monotonic_ms(w->engine.clock->data), limits,
                { 20261123 }, DAY_AS_WEEK };
}

/* At 17:10 there is work, at 17:40 there should be none: the same hour. */
static void end_within_hour(void **state) {
        World *w = *state;
        const Seer clerk = world_seer(2);

        hours(w, OFFICE, 830, 1730);
        w->now.ms += (6 * 60 + 40) * MINUTE;
        audit_worked(w->audit, &clerk, "/api/me");
        assert_int_equal(events(w, "off_hours"), 0);
        w->now.ms += 30 * MINUTE;
        audit_worked(w->audit, &clerk, "/api/me");
        audit_worked(w->audit, &clerk, "/api/me");
        assert_int_equal(events(w, "off_hours"), 1);
}

/* Two with numbers that are far apart do not push each other out; the same number is somebody else's later. */
static void sessions_apart(void **state) {
        World *w = *state;
        Seer first = world_seer(2), second = world_seer(3);

        hours(w, OFFICE, 830, 1730);
        w->now.ms += 12 * 60 * MINUTE;
        first.session = 7;
        second.session = 7 + OFF_HOURS_SLOTS;
        for (int i = 0; i < 3; i++) {
                audit_worked(w->audit, &first, "/api/me");
                audit_worked(w->audit, &second, "/api/me");
        }
        assert_int_equal(events(w, "off_hours"), 2);
        second.session = 7;
        audit_worked(w->audit, &second, "/api/me");
        assert_int_equal(events(w, "off_hours"), 3);
}

/* Each office has its own hours. */
static void offices_apart(void **state) {
        World *w = *state;
        Seer here = world_seer(2), there = world_seer(2);

        there.office = NEIGHBOUR;
        hours(w, NEIGHBOUR, 700, 2359);
        hours(w, OFFICE, 830, 1730);
        w->now.ms += 10 * 60 * MINUTE;
        audit_worked(w->audit, &there, "/api/me");
        assert_int_equal(events(w, "off_hours"), 0);
        audit_worked(w->audit, &here, "/api/me");
        assert_int_equal(events(w, "off_hours"), 1);
}

static json_t *searched(World *w, const Seer *seer, const TrailCall *call) {
        Caller caller = { .person = seer->person, .office = OFFICE };
        json_t *answer = NULL;

        assert_int_equal(audit_trail(w->audit, &caller, call, &answer), 0);
        assert_int_equal(audit_saw_trail(w->audit, seer, call, answer), 0);
        return answer;
}

/* Whoever searches what was done sees whom it was done to. */
static void search_seen(void **state) {
        World *w = *state;
        const Seer auditor = world_seer(3);
        const TrailCall call = {
                .store = STORE_BUSINESS, .record = &record_household, .id = w->households[1].value
        };
        json_t *saw = NULL;

        json_decref(searched(w, &auditor, &call));
        assert_int_equal(audit_who_saw(w->audit, &(Caller){ .office = OFFICE },
                                 &(SawCall){ .record = &record_household, .id = w->households[1] }, &saw),
                0);
        const json_t *first = json_array_get(json_object_get(saw, "accesses"), 0);
        assert_string_equal(json_string_value(json_object_get(first, "name")), "audit.chain");
        assert_non_null(strstr(json_string_value(json_object_get(first, "filter")), "&record=household&id="));
        json_decref(saw);
        assert_int_equal(audit_who_saw(w->audit, &(Caller){ .office = OFFICE },
                                 &(SawCall){ .record = &record_household, .id = w->households[2] }, &saw),
                0);
        assert_int_equal(json_array_size(json_object_get(saw, "accesses")), 0);
        json_decref(saw);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "work after the hours is seen in the hour they end [14.2.3]", end_within_hour, world_setup,
                        world_teardown, NULL },
                { "who works at night is noted once, and everybody [14.2.3]", sessions_apart, world_setup,
                        world_teardown, NULL },
                { "who searches a chain is on record with what it shows [14.2.3]", search_seen, world_setup,
                        world_teardown, NULL },
                { "each office's hours are its own [14.2.3]", offices_apart, world_setup, world_teardown, NULL },
        };

        crypto_allow_simulation();
        return cmocka_run_group_tests_name("audit::watch", tests, NULL, NULL);
}
