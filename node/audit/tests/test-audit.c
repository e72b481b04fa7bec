/* SPDX-License-Identifier: Apache-2.0 */
/* Who did and saw what, on a node of two stores. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <node/error.h>
#include <node/text.h>

#include "audit-private.h"
#include "world.h"

static json_t *saw(World *w, Id household) {
        Caller caller = { .office = OFFICE };
        json_t *answer = NULL;

        assert_int_equal(audit_who_saw(w->audit, &caller,
                                 &(SawCall){ .record = &record_household, .id = household }, &answer),
                0);
        return answer;
}

/* How many of the answers are of this kind. */
static int kinds(const json_t *answer, const char *kind) {
        json_t *item;
        size_t i;
        int n = 0;

        json_array_foreach(json_object_get(answer, "accesses"), i, item) n +=
                text_equal(json_string_value(json_object_get(item, "kind")), kind);
        return n;
}

static void expect_saw(World *w, Id household, int pages, int lists, int exports, int prints) {
        json_t *answer = saw(w, household);

        assert_int_equal(kinds(answer, "page"), pages);
        assert_int_equal(kinds(answer, "list"), lists);
        assert_int_equal(kinds(answer, "export"), exports);
        assert_int_equal(kinds(answer, "print"), prints);
        json_decref(answer);
}

static void record_seen(World *w, int64_t person, const Record *record, Id id) {
        Caller caller = { .office = OFFICE };
        const Seer seer = world_seer(person);
        json_t *page = NULL;

        assert_int_equal(record_page_json(&w->engine, &caller, record, id, &page), 0);
        assert_int_equal(audit_saw_record(w->audit, &seer, record, id, json_object_get(page, "row")), 0);
        json_decref(page);
}

static void exported(World *w, const ViewCall *call, int64_t rows, char *ret_number) {
        const Seer seer = world_seer(3);
        json_t *list = world_list(w, &view_households, call);
        AuditExport *export;

        assert_int_equal(
                audit_export_begin(w->audit, &seer, &view_households, call, ret_number, &export), 0);
        assert_int_equal(audit_export_rows(export, json_object_get(list, "rows")), 0);
        assert_int_equal(audit_export_end(export, rows, &(Digest){ { 1 } }), 0);
        json_decref(list);
}

static void household_seen(void **state) {
        World *w = *state;
        const Seer clerk = world_seer(2);
        const ViewCall all = { .limit = 50 };
        const ViewCall third = {
                .filters = { { "room", FILTER_EQUAL, "301" } }, .n_filters = 1, .limit = 50
        };
        char number[EXPORT_NUMBER_MAX];
        json_t *list = world_list(w, &view_households, &third);

        expect_saw(w, w->households[0], 0, 0, 0, 0);
        assert_int_equal(audit_saw_list(w->audit, &clerk, &view_households, &third, json_object_get(list, "rows")), 0);
        json_decref(list);
        expect_saw(w, w->households[0], 0, 0, 0, 0);
        expect_saw(w, w->households[2], 0, 1, 0, 0);
        list = world_list(w, &view_households, &all);
        assert_int_equal(audit_saw_list(w->audit, &clerk, &view_households, &all, json_object_get(list, "rows")), 0);
        json_decref(list);
        record_seen(w, 2, &record_household, w->households[0]);
        record_seen(w, 2, &record_resident, w->resident);
        exported(w, &all, 3, number);
        assert_int_equal(
                audit_saw_paper(w->audit, &clerk, &paper_card, w->households[0], &(Digest){ { 2 } }), 0);
        expect_saw(w, w->households[0], 2, 1, 1, 1);
        expect_saw(w, w->households[1], 0, 1, 1, 0);
}

/* A list of chosen columns shows people as much as a whole one, whether their ids are among them or not. */
static void chosen_seen(void **state) {
        World *w = *state;
        const Seer clerk = world_seer(2);
        ViewCall room = { .filters = { { "room", FILTER_EQUAL, "201" } },
                .n_filters = 1,
                .columns = { "room" },
                .n_columns = 1,
                .limit = 50 };
        ViewCall people = { .columns = { "name", "household_id" }, .n_columns = 2, .limit = 50 };

        assert_int_equal(audit_columns(w->registry, &view_households, &room), 0);
        json_t *list = world_list(w, &view_households, &room);
        assert_int_equal(audit_saw_list(w->audit, &clerk, &view_households, &room, json_object_get(list, "rows")), 0);
        json_decref(list);
        expect_saw(w, w->households[1], 0, 1, 0, 0);
        assert_int_equal(audit_columns(w->registry, &view_residents, &people), 0);
        list = world_list(w, &view_residents, &people);
        assert_int_equal(audit_saw_list(w->audit, &clerk, &view_residents, &people, json_object_get(list, "rows")), 0);
        json_decref(list);
        expect_saw(w, w->households[0], 0, 1, 0, 0);
        expect_saw(w, w->households[1], 0, 1, 0, 0);
}

static void answer_names(void **state) {
        World *w = *state;
        char number[EXPORT_NUMBER_MAX];
        const ViewCall all = { .limit = 50 };

        w->now.ms += 60000;
        exported(w, &all, 3, number);
        json_t *answer = saw(w, w->households[0]);
        const json_t *first = json_array_get(json_object_get(answer, "accesses"), 0);
        assert_string_equal(json_string_value(json_object_get(first, "number")), number);
        assert_string_equal(json_string_value(json_object_get(first, "label")), "户");
        assert_int_equal(strlen(json_string_value(json_object_get(first, "digest"))), 64);
        assert_true(strlen(json_string_value(json_object_get(first, "person_name"))) > 0);
        assert_true(json_is_null(json_object_get(answer, "next")));
        json_decref(answer);
        assert_int_equal(audit_who_saw(w->audit, &(Caller){ .office = NEIGHBOUR },
                                 &(SawCall){ .record = &record_household, .id = w->households[0] }, &answer),
                -ENOENT);
}

static void finding(void *data, const char *invariant, const char *record, int64_t id, const char *detail) {
        ++*(int *) data;
}

static int verified(World *w) {
        int findings = 0;
        int r = audit_verify(&w->engine, finding, &findings);

        assert_true(r >= 0 && (r == 1) == (findings > 0));
        return r;
}

static void ledger_guarded(void **state) {
        World *w = *state;

        record_seen(w, 2, &record_household, w->households[1]);
        assert_int_equal(audit_flush(w->audit), 0);
        assert_int_equal(verified(w), 0);
        w->audit = audit_close(w->audit);
        assert_int_equal(world_count(w, "system", "SELECT COUNT(*) FROM access_seal"), 1);
        assert_int_equal(verified(w), 0);
        world_tamper(w, "system", "UPDATE access_entry SET person = 1 WHERE id = 1");
        assert_int_equal(verified(w), 1);
        world_tamper(w, "system", "UPDATE access_entry SET person = (7 << 32) + 2 WHERE id = 1");
        assert_int_equal(verified(w), 0);
        world_tamper(w, "system", "DELETE FROM access_entry WHERE id = (SELECT MAX(id) FROM access_entry)");
        assert_int_equal(verified(w), 1);
        assert_int_equal(audit_open(&w->engine, w->identity, &w->audit), 0);
}

static int64_t events(World *w, const char *kind) {
        char sql[128];

        snprintf(sql, sizeof(sql), "SELECT COUNT(*) FROM security_event WHERE kind = '%s'", kind);
        return world_count(w, "system", sql);
}
/* Who asks while another reads them for the first time has the standard, not nothing: each row would be too many. */
static void limits_at_start(void **state) {
        World *w = *state;

        w->audit->limits[0] = (OfficeLimits){ OFFICE, w->engine.clock->monotonic_ms(w->engine.clock->data),
                limits_standard(), { 20261123 }, DAY_AS_WEEK };
        Limits limits = limits_now(w->audit, OFFICE).limits;
        assert_int_equal(limits.work_begin, 700);
        assert_int_equal(limits.work_end, 2000);
        assert_int_equal(limits.work_days, 5);
        assert_int_equal(limits.export_rows, 20000);
}

static void unusual(void **state) {
        World *w = *state;
        const Seer clerk = world_seer(2);
        const ViewCall all = { .limit = 50 };
        char number[EXPORT_NUMBER_MAX];

        audit_worked(w->audit, &clerk, "/api/me");
        assert_int_equal(events(w, "off_hours"), 0);
        w->now.ms += INT64_C(11) * 3600000; /* 21:30 */
        audit_worked(w->audit, &clerk, "/api/me");
        audit_worked(w->audit, &clerk, "/api/me");
        assert_int_equal(events(w, "off_hours"), 1);
        exported(w, &all, 19000, number);
        assert_int_equal(events(w, "mass_export"), 0);
        exported(w, &all, 1000, number);
        assert_int_equal(events(w, "mass_export"), 1);

        audit_missed(w->audit, &clerk, &record_household, (Id){ id_make(OFFICE, 999).value });
        audit_missed(w->audit, &clerk, &record_household, w->households[0]);
        assert_int_equal(events(w, "foreign_id"), 0);
        const Seer neighbour = { clerk.person, NEIGHBOUR, 5, "10.9.9.9" };
        audit_missed(w->audit, &neighbour, &record_household, w->households[0]);
        json_t *input =
                json_pack("{s:o}", "household_id", json_sprintf("%lld", (long long) w->households[1].value));
        const Command command = { .input = &record_resident };
        audit_missed_input(w->audit, &neighbour, &command, input);
        json_decref(input);
        assert_int_equal(events(w, "foreign_id"), 2);
}

static int64_t open_events(World *w, const char *kind) {
        json_t *summary = NULL, *item;
        int64_t open = 0;
        size_t i;

        assert_int_equal(identity_events_summary(&w->engine, OFFICE, (Instant){ 0 }, &summary), 0);
        json_array_foreach(json_object_get(summary, "kinds"), i,
                item) if (text_equal(json_string_value(json_object_get(item, "kind")), kind)) open =
                json_integer_value(json_object_get(item, "open"));
        json_decref(summary);
        return open;
}

static Reply handle(World *w, int64_t event, const char *note) {
        const Command *command = registry_command(w->registry, "identity.handle_event");
        Caller caller = { .person = { id_make(OFFICE, 3).value },
                .office = OFFICE,
                .key = arena_printf(w->arena, "key-%u", ++w->keys_used) };
        json_t *input =
                json_pack("{s:o, s:s}", "event", json_sprintf("%lld", (long long) event), "note", note);
        Reply reply;

        command_execute_json(&w->engine, &caller, command, input, w->arena, &reply);
        json_decref(input);
        return reply;
}

static void events_handled(void **state) {
        World *w = *state;
        int64_t event = world_count(
                w, "system", "SELECT id FROM security_event WHERE kind = 'mass_export' ORDER BY id");

        assert_int_equal(open_events(w, "mass_export"), 1);
        assert_int_equal(handle(w, event, "").result, -EREFUSED_);
        assert_int_equal(handle(w, event, "已核实：地址输入有误，提醒本人。").result, 0);
        assert_int_equal(open_events(w, "mass_export"), 0);
        assert_string_equal(handle(w, event, "再次处理").refusal.code, "identity.event_handled");
        assert_int_equal(handle(w, id_make(OFFICE, 99999).value, "无").result, -ENOENT);
}

static void payee_noted(void **state) {
        World *w = *state;

        world_run(
                w, &command_change_household, &(Household){ .head.id = w->households[2], .room = "payee" });
        assert_int_equal(open_events(w, "payee_changed"), 1);
}

static void state_changes(void **state) {
        World *w = *state;

        assert_int_equal(audit_state_begin(w->audit, "0.1.0", "aa"), 0);
        assert_int_equal(events(w, "system_started"), 1);
        assert_int_equal(
                events(w, "config_changed") + events(w, "version_changed") + events(w, "system_broke_off"),
                0);
        assert_int_equal(audit_state_end(w->audit), 0);
        assert_int_equal(audit_state_begin(w->audit, "0.2.0", "bb"), 0);
        assert_int_equal(events(w, "config_changed"), 1);
        assert_int_equal(events(w, "version_changed"), 1);
        assert_int_equal(events(w, "system_broke_off"), 0);
        assert_int_equal(audit_state_begin(w->audit, "0.2.0", "bb"), 0); /* without a stop before */
        assert_int_equal(events(w, "system_broke_off"), 1);
        audit_state_tick(w->audit);
        w->now.ms -= 3600000;
        audit_state_tick(w->audit);
        assert_int_equal(events(w, "clock_jump"), 1);
        w->now.ms += 3600000;
}

static json_t *trail(World *w, const TrailCall *call) {
        Caller caller = { .office = OFFICE };
        json_t *answer = NULL;

        assert_int_equal(audit_trail(w->audit, &caller, call, &answer), 0);
        return answer;
}

static void expect_trail(World *w, const TrailCall *call, size_t n, const char *first_command) {
        json_t *answer = trail(w, call), *entries = json_object_get(answer, "entries");

        assert_int_equal(json_array_size(entries), n);
        if (n > 0)
                assert_string_equal(
                        json_string_value(json_object_get(json_array_get(entries, 0), "command")),
                        first_command);
        json_decref(answer);
}

static void chain_searched(void **state) {
        World *w = *state;
        const Instant before = w->now;
        const int64_t clerk = id_make(OFFICE, 2).value;
        const TrailCall business = { .store = STORE_BUSINESS };
        TrailCall call;

        w->now.ms += 3600000;
        world_run(w, &command_change_household, &(Household){ .head.id = w->households[0], .room = "102" });
        expect_trail(w, &business, 6, "sample.change_household");
        call = (TrailCall){
                .store = STORE_BUSINESS, .record = &record_household, .id = w->households[0].value
        };
        expect_trail(w, &call, 2, "sample.change_household");
        call.field = "area";
        expect_trail(w, &call, 1, "sample.add_household");
        call.field = "room";
        expect_trail(w, &call, 2, "sample.change_household");
        expect_trail(w, &(TrailCall){ .store = STORE_BUSINESS, .record = &record_resident }, 1,
                "sample.add_resident");
        expect_trail(
                w, &(TrailCall){ .store = STORE_BUSINESS, .person = clerk }, 6, "sample.change_household");
        expect_trail(w, &(TrailCall){ .store = STORE_BUSINESS, .person = 1 }, 0, NULL);
        expect_trail(w, &(TrailCall){ .store = STORE_BUSINESS, .command = "sample.add_household" }, 3,
                "sample.add_household");
        expect_trail(
                w, &(TrailCall){ .store = STORE_BUSINESS, .from = w->now }, 1, "sample.change_household");
        expect_trail(w, &(TrailCall){ .store = STORE_BUSINESS, .to = before }, 5, "sample.change_household");
        expect_trail(w, &(TrailCall){ .store = STORE_BUSINESS, .seq = 2 }, 1, "sample.add_household");
}

static void before_and_after(void **state) {
        World *w = *state;
        json_t *answer = trail(w, &(TrailCall){ .store = STORE_BUSINESS, .limit = 3 });
        const json_t *entry = json_array_get(json_object_get(answer, "entries"), 0);
        const json_t *change = json_array_get(json_object_get(entry, "changes"), 0);

        assert_string_equal(
                json_string_value(json_object_get(json_object_get(change, "before"), "room")), "101");
        assert_string_equal(
                json_string_value(json_object_get(json_object_get(change, "after"), "room")), "102");
        assert_string_equal(json_string_value(json_object_get(change, "reason")), "门牌更正");
        assert_int_equal(strlen(json_string_value(json_object_get(entry, "head"))), 64);
        assert_string_equal(json_string_value(json_object_get(answer, "next")), "4");
        entry = json_array_get(json_object_get(answer, "entries"), 2);
        change = json_array_get(json_object_get(entry, "changes"), 0);
        char *text = json_dumps(change, JSON_ENCODE_ANY);
        assert_non_null(strstr(text, "张*"));
        assert_null(strstr(text, "张三"));
        free(text);
        json_decref(answer);
        expect_trail(w, &(TrailCall){ .store = STORE_BUSINESS, .limit = 2, .after = 4 }, 2,
                "sample.add_household");
        assert_int_equal(audit_trail(w->audit, &(Caller){ .office = NEIGHBOUR },
                                 &(TrailCall){ .store = STORE_BUSINESS }, &answer),
                0);
        assert_int_equal(json_array_size(json_object_get(answer, "entries")), 0);
        json_decref(answer);
}

static void kinds_refilled(void **state) {
        World *w = *state;
        const TrailCall call = { .store = STORE_BUSINESS, .record = &record_household };

        world_tamper(w, "business", "DELETE FROM chain_kind");
        expect_trail(w, &call, 0, NULL);
        assert_int_equal(engine_chain_kinds_fill(w->stores[STORE_BUSINESS]), 0);
        expect_trail(w, &call, 5, "sample.change_household");
}

static void line_ignored(void *data, const char *text) {
        ++*(int *) data;
}

static int archive_verified(int fd, const char *key) {
        int lines = 0;

        assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
        int r = audit_year_verify(fd, key, line_ignored, &lines);
        assert_true(lines > 0);
        return r;
}

static void year_archived(void **state) {
        World *w = *state;
        const Seer auditor = world_seer(3), elsewhere = { auditor.person, NEIGHBOUR, 103, "10.1.2.3" };
        char path[96], number[EXPORT_NUMBER_MAX], byte;

        snprintf(path, sizeof(path), "%s/year.tar.gz", w->folder);
        int fd = open(path, O_RDWR | O_CREAT, 0600);
        const YearCall call = { .seer = &auditor, .year = 2026, .folder = w->folder, .fd = fd };
        YearCall foreign = call;
        foreign.seer = &elsewhere;
        assert_int_equal(audit_year(w->audit, &foreign, number), -EFORBIDDEN_);
        assert_int_equal(audit_year(w->audit, &call, number), 0);
        assert_true(strlen(number) > 0);
        assert_int_equal(archive_verified(fd, NULL), 0);
        assert_int_equal(archive_verified(fd, "04aa"), -EBADMSG);
        assert_int_equal(world_count(w, "system",
                                 "SELECT COUNT(*) FROM access_entry WHERE name = 'audit.year' AND "
                                 "length(digest) = 64 AND entries > 20"),
                1);
        assert_int_equal(pread(fd, &byte, 1, 700), 1);
        byte ^= 1;
        assert_int_equal(pwrite(fd, &byte, 1, 700), 1);
        assert_int_equal(archive_verified(fd, NULL), -EBADMSG);
        close(fd);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "pages, lists, files and papers tell who saw a household and its people [14.2.3]",
                        household_seen, NULL, NULL, NULL },
                { "a list of chosen columns tells who saw whom, too [14.2.3]", chosen_seen, world_setup,
                        world_teardown },
                { "an answer has name, file number and digest, and only for one's own [14.2.3]",
                        answer_names, NULL, NULL, NULL },
                { "before they were read the limits are the standard [14.2.3]", limits_at_start, world_setup,
                        world_teardown },
                { "work off hours, mass exports and foreign ids are security events [14.2.3]", unusual, NULL,
                        NULL, NULL },
                { "an event is looked into once, with a note, and no longer waits [14.2.3]", events_handled,
                        NULL, NULL, NULL },
                { "a command notes what auditors should see, after its commit [14.2.3]", payee_noted, NULL,
                        NULL, NULL },
                { "start, stop, version, configuration and clock are recorded when they change [14.2.2]",
                        state_changes, NULL, NULL, NULL },
                { "the chain is searched by person, record, field, command and time [4.1.2 14.2.3]",
                        chain_searched, NULL, NULL, NULL },
                { "an entry shows before and after, masks for private values, its digest [4.1.2 14.4.4]",
                        before_and_after, NULL, NULL, NULL },
                { "the index of kinds can be made again from the chain [4.1.2]", kinds_refilled, NULL, NULL,
                        NULL },
                { "a year's changes and readings are a signed archive that anyone can check [14.2.3]",
                        year_archived, NULL, NULL, NULL },
                { "a changed or missing reading is found by the ledger's digests [14.2.3 14.3.2]",
                        ledger_guarded, NULL, NULL, NULL },
        };

        crypto_allow_simulation();
        return cmocka_run_group_tests_name("audit", tests, world_setup, world_teardown);
}
