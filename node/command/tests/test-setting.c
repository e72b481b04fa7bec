/* SPDX-License-Identifier: Apache-2.0 */
/* Settings: rows with their first day, bounds, the past, and a row changed past the program. */
#include <stdio.h>
#include <string.h>

#include <example.h>
#include "fixture.h"

#define DAY_MS INT64_C(86400000)

static Reply change(Fixture *f, const char *name, const char *value, const char *from) {
        return fixture_run(f, OFFICE, CLERK, NULL, "node.change_setting",
                "{\"name\":\"%s\",\"value\":\"%s\",\"valid_from\":\"%s\",\"reason\":\"文件第一号\"}", name,
                value, from);
}

static void changed(Fixture *f, const char *value, const char *from) {
        assert_int_equal(change(f, "test.limit", value, from).result, 0);
}

static void refused(const Reply *reply, const char *code) {
        assert_int_equal(reply->result, -EREFUSED_);
        assert_string_equal(reply->refusal.code, code);
}

static int64_t limit(Fixture *f) {
        return fixture_ok(f, CLERK, "test.read_setting", "{}");
}

static void days(void **state) {
        Fixture *f = *state;

        assert_int_equal(limit(f), 3);
        changed(f, "5", "2026-11-25");
        assert_int_equal(limit(f), 3);
        changed(f, "4", "2026-11-23");
        assert_int_equal(limit(f), 4);
        f->now_ms += 2 * DAY_MS;
        assert_int_equal(limit(f), 5);
        changed(f, "6", "2026-11-25");
        assert_int_equal(limit(f), 6);
        changed(f, "", "2026-11-25");
        assert_int_equal(limit(f), 3);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM setting_value"), 2);
}

static void bounds(void **state) {
        static const char *const wrong[] = { "0", "10", "x", "1.5", "-1" };
        Fixture *f = *state;
        Reply reply;

        for (size_t i = 0; i < ELEMENTSOF(wrong); i++) {
                reply = change(f, "test.limit", wrong[i], "2026-11-23");
                refused(&reply, "node.setting_value");
        }
        reply = change(f, "test.nothing", "1", "2026-11-23");
        refused(&reply, "node.setting_unknown");
        reply = change(f, "test.system", "1", "2026-11-23");
        refused(&reply, "node.setting_unknown");
        reply = change(f, "test.limit", "4", "2026-11-22");
        refused(&reply, "node.setting_past");
        reply = fixture_run(f, OFFICE, CLERK, NULL, "node.change_setting",
                "{\"name\":\"test.limit\",\"value\":\"4\",\"valid_from\":\"2026-11-23\"}");
        refused(&reply, "node.required");
        assert_int_equal(limit(f), 3);
}

static void foreign_store(void **state) {
        Fixture *f = *state;
        Reply reply = fixture_run(f, OFFICE, CLERK, NULL, "test.read_foreign", "{}");

        assert_int_equal(reply.result, -EXDEV);
}

static void other_office(void **state) {
        Fixture *f = *state;

        changed(f, "8", "2026-11-23");
        Reply reply = fixture_run(f, OFFICE + 1, CLERK, NULL, "test.read_setting", "{}");
        assert_int_equal(reply.result, 0);
        assert_int_equal(((Reference *) reply.output)->id.value, 3);
}

static char noted_text[128];

static void noted(void *identity, const Caller *caller, const char *kind, const char *detail) {
        (void) snprintf(noted_text, sizeof(noted_text), "%s %s", kind, detail);
}

/* One person may change how many persons a business needs: an auditor is told. */
static void told(void **state) {
        Fixture *f = *state;

        f->engine.noted = noted;
        noted_text[0] = 0;
        Reply reply = change(f, "test.limit", "10", "2026-11-23");
        refused(&reply, "node.setting_value");
        assert_string_equal(noted_text, "");
        changed(f, "4", "2026-11-23");
        assert_string_equal(noted_text, "setting_changed test.limit");
}

static int64_t waiting(Fixture *f) {
        return fixture_integer(f, "SELECT COUNT(*) FROM setting_request WHERE state = 0");
}

static Reply decide(Fixture *f, int64_t person, const char *command) {
        return fixture_run(f, OFFICE, person, NULL, command,
                "{\"setting_request_id\":\"%lld\",\"note\":\"依据\"}",
                (long long) fixture_integer(f, "SELECT MAX(id) FROM setting_request"));
}

/* A rule is made stricter by one, weaker by two; the standard again may be weaker too. */
static void weaker(void **state) {
        Fixture *f = *state;
        Reply reply;

        assert_int_equal(change(f, "test.persons", "3", "2026-11-23").result, 0);
        assert_int_equal(change(f, "test.persons", "3", "2026-11-24").result, 0);
        assert_int_equal(waiting(f), 0);
        assert_int_equal(change(f, "test.persons", "1", "2026-11-23").result, 0);
        assert_int_equal(waiting(f), 1);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM setting_value WHERE value = '1'"), 0);
        reply = decide(f, CLERK, "node.approve_setting");
        refused(&reply, "node.same_person");
        assert_int_equal(decide(f, REVIEWER, "node.approve_setting").result, 0);
        assert_int_equal(waiting(f), 0);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM setting_value WHERE value = '1'"), 1);
        reply = decide(f, REVIEWER, "node.approve_setting");
        refused(&reply, "node.wrong_state");

        assert_int_equal(change(f, "test.persons", "", "2026-11-24").result, 0); /* 3 -> 2 */
        assert_int_equal(waiting(f), 1);
        assert_int_equal(decide(f, REVIEWER, "node.refuse_setting").result, 0);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM setting_value WHERE value = '3' AND "
                                            "valid_from = 20261124"),
                1);
}

/* The day passed while it waited: it holds from the day of approval. */
static void late(void **state) {
        Fixture *f = *state;

        assert_int_equal(change(f, "test.persons", "1", "2026-11-23").result, 0);
        f->now_ms += 3 * DAY_MS;
        assert_int_equal(decide(f, REVIEWER, "node.approve_setting").result, 0);
        assert_int_equal(
                fixture_integer(f, "SELECT valid_from FROM setting_value WHERE value = '1'"), 20261126);
}

/* Asked for against what held then: a rule made stricter or weaker meanwhile is not overrun by it. */
static void moved(void **state) {
        Fixture *f = *state;
        Reply reply;

        assert_int_equal(change(f, "test.persons", "1", "2026-11-23").result, 0);
        assert_int_equal(change(f, "test.persons", "3", "2026-11-23").result, 0);
        reply = decide(f, REVIEWER, "node.approve_setting");
        refused(&reply, "node.setting_moved");
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM setting_value WHERE value = '3'"), 1);
        assert_int_equal(waiting(f), 1);
        assert_int_equal(decide(f, REVIEWER, "node.refuse_setting").result, 0);

        /* the stricter row begins after the day asked for and holds on the day of approval */
        assert_int_equal(change(f, "test.persons", "2", "2026-11-23").result, 0); /* 3 -> 2 */
        assert_int_equal(change(f, "test.persons", "3", "2026-11-25").result, 0);
        f->now_ms += 2 * DAY_MS;
        assert_int_equal(decide(f, REVIEWER, "node.approve_setting").result, 0);
        assert_int_equal(change(f, "test.persons", "1", "2026-11-26").result, 0); /* 2 -> 1 */
        assert_int_equal(change(f, "test.persons", "3", "2026-11-27").result, 0);
        f->now_ms += 2 * DAY_MS;
        reply = decide(f, REVIEWER, "node.approve_setting");
        refused(&reply, "node.setting_moved");
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM setting_value WHERE value = '1'"), 0);
}

/* A time of day is typed as people write it. */
static void clock_typed(void **state) {
        static const char *const good[] = { "730", "7:30", "07:30", "0:00", "24:00", "2400" };
        static const char *const bad[] = { "7:60", "763", "24:01", "7:5", "7:300", ":30x", "-7:30",
                "12345678:00", "7 30" };
        Fixture *f = *state;

        for (size_t i = 0; i < ELEMENTSOF(good); i++)
                assert_int_equal(change(f, "test.begin", good[i], "2026-11-23").result, 0);
        for (size_t i = 0; i < ELEMENTSOF(bad); i++) {
                Reply reply = change(f, "test.begin", bad[i], "2026-11-23");
                refused(&reply, "node.setting_value");
        }
}

static void tampered(void **state) {
        Fixture *f = *state;

        changed(f, "4", "2026-11-23");
        fixture_tamper(f, "UPDATE setting_value SET value = '9'");
        Reply reply = fixture_run(f, OFFICE, CLERK, NULL, "test.read_setting", "{}");
        refused(&reply, "node.setting_broken");
        changed(f, "4", "2026-11-23");
        assert_int_equal(limit(f), 4);
}

/* Who asked is made another, so that he could approve himself; and more is asked for than was. */
static void request_tampered(void **state) {
        static const char *const spoiled[] = { "UPDATE setting_request SET requested_by = 72",
                "UPDATE setting_request SET requested_by = 71, value = '2'" };
        Fixture *f = *state;

        assert_int_equal(change(f, "test.persons", "3", "2026-11-23").result, 0);
        assert_int_equal(change(f, "test.persons", "1", "2026-11-23").result, 0);
        for (size_t i = 0; i < ELEMENTSOF(spoiled); i++) {
                fixture_tamper(f, spoiled[i]);
                Reply reply = decide(f, i == 0 ? CLERK : REVIEWER, "node.approve_setting");
                refused(&reply, "node.setting_broken");
        }
        fixture_tamper(f, "UPDATE setting_request SET value = '1'");
        assert_int_equal(decide(f, REVIEWER, "node.approve_setting").result, 0);
}

static int group(void) {
        const struct CMUnitTest tests[] = {
#define CASE(name, function) { name, function, fixture_setup, fixture_teardown, NULL }
                CASE("a setting holds from its day on; the declared standard before and again [14.2.2]",
                        days),
                CASE("a value outside its bounds, a past day and an unknown name are refused [14.2.2]",
                        bounds),
                CASE("a command cannot read the settings of another store", foreign_store),
                CASE("a setting of one office is none of another's [14.4.2]", other_office),
                CASE("a change of a setting is a security event [14.2.2 14.2.3]", told),
                CASE("a weaker rule takes effect by another person, a stricter one at once [14.2.2]",
                        weaker),
                CASE("what was let into effect after its day holds from then on [14.2.2]", late),
                CASE("a weaker rule is not approved where the setting has moved since it was asked for [14.2.2]",
                        moved),
                CASE("a time of day is typed with a colon or without [14.2.2]", clock_typed),
                CASE("a setting changed past the program is not believed [14.3.2]", tampered),
                CASE("a request for a weaker rule changed past the program is not approved [14.3.2 14.2.2]",
                        request_tampered),
        };

        return cmocka_run_group_tests_name("setting", tests, NULL, NULL);
}

int main(int argc, char *argv[]) {
        return fixture_main(argc, argv, "setting", group);
}
