/* SPDX-License-Identifier: Apache-2.0 */
/* Opened private values: who saw them, and who asked for a neighbour's. */

#include <stdio.h>

#include "audit-private.h"
#include "world.h"

static int64_t entries_of(World *w, const Record *record) {
        char sql[160];

        snprintf(sql, sizeof(sql),
                "SELECT count(*) FROM access_block b JOIN access_entry e ON e.id = b.entry"
                " WHERE e.kind = 'open' AND b.record = %lld",
                (long long) record->number);
        return world_count(w, "system", sql);
}

static json_t *line_of(const Record *record, Id id) {
        return json_pack("{s:s, s:o}", "record_name", record->name, "record_id",
                json_sprintf("%lld", (long long) id.value));
}

static void opened(World *w, json_t *values) {
        const Seer clerk = world_seer(2);

        assert_int_equal(audit_saw_opened(w->audit, &clerk, "case 1", values), 0);
        json_decref(values);
}

/* Ids count by record: two side by side may bear the same one. */
static void each_record(void **state) {
        World *w = *state;

        assert_int_equal(w->resident.value, w->households[0].value);
        opened(w, json_pack("[o, o]", line_of(&record_resident, w->resident),
                          line_of(&record_household, w->households[0])));
        assert_int_equal(entries_of(w, &record_resident), 1);
        assert_int_equal(entries_of(w, &record_household), 2);
}

/* As on its page: what the opened row leads to is seen with it, whether or not a panel leads back. */
static void leads(void **state) {
        World *w = *state;

        opened(w, json_pack("[o]", line_of(&record_resident, w->resident)));
        assert_int_equal(entries_of(w, &record_household), 1);
}

/* An id whose record is named beside it is a neighbour's as well as one of a field that says of what it is. */
static void neighbours(void **state) {
        static const Field fields[] = { { .name = "record_name", .kind = KIND_TEXT },
                { .name = "record_id", .kind = KIND_ID } };
        static const Record look_up = { .name = "test.look_up",
                .shape = SHAPE_VALUE,
                .fields = fields,
                .n_fields = sizeof(fields) / sizeof(*fields) };
        const Command command = { .input = &look_up };
        World *w = *state;
        const Seer neighbour = { { id_make(OFFICE, 2).value }, NEIGHBOUR, 5, "10.9.9.9" };
        json_t *input = line_of(&record_household, w->households[1]);

        audit_missed_input(w->audit, &neighbour, &command, input);
        json_decref(input);
        assert_int_equal(
                world_count(w, "system", "SELECT count(*) FROM security_event WHERE kind = 'foreign_id'"),
                1);
}

int main(void) {
        const struct CMUnitTest tests[] = {
#define CASE(name, function) { name, function, world_setup, world_teardown, NULL }
                CASE("opened values of records with one id are each on record [14.2.3]", each_record),
                CASE("opened values are on record with what their row leads to [14.2.3]", leads),
                CASE("asking for a neighbour's private values is a security event [14.2.3 14.4.2]",
                        neighbours),
#undef CASE
        };

        return cmocka_run_group_tests_name("opened", tests, NULL, NULL);
}
