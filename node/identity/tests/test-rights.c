/* SPDX-License-Identifier: Apache-2.0 */
/* What persons may do: administrators, posts, grants, days, second authentication, menu. */

#include <string.h>

#include <sqlite3.h>

#include "world.h"

static void test_administrators_apart(void **state) {
        World *w = *state;
        Session system = administrator_ready(w, 0), security = administrator_ready(w, 1),
                audit = administrator_ready(w, 2);
        PersonInput person = { .name = "经办员", .staff_number = "", .login = "clerk" };
        PostInput post = { .kind = "operator", .valid_from = { 20260101 } };
        RightInput right = { .function = "command:deposit.enter", .valid_from = { 20260101 } };

        assert_int_equal(run(w, &security, &command_create_person, &person, NULL).result, -EFORBIDDEN_);
        assert_int_equal(run(w, &audit, &command_create_person, &person, NULL).result, -EFORBIDDEN_);
        assert_int_equal(run(w, &system, &command_enter, NULL, NULL).result, -EFORBIDDEN_);
        Reply made = run(w, &system, &command_create_person, &person, NULL);
        assert_int_equal(made.result, 0);
        post.person = ((LoginOutput *) made.output)->person;
        assert_int_equal(run(w, &system, &command_set_post, &post, NULL).result, -EFORBIDDEN_);
        assert_int_equal(run(w, &audit, &command_set_post, &post, NULL).result, -EFORBIDDEN_);
        /* the right person, but without the second authentication */
        assert_int_equal(run(w, &security, &command_set_post, &post, NULL).result, -ESTEPUP_);
        assert_int_equal(permit(w, &audit, "view:identity.security_events"), 0);
        assert_int_equal(permit(w, &system, "view:identity.security_events"), -EFORBIDDEN_);

        /* exclusion, whoever asks */
        const Session *admins[] = { &system, &security, &audit };
        static const char *const kinds[] = { "system", "security", "audit", "operator" };
        for (size_t i = 0; i < ELEMENTSOF(admins); i++) {
                for (size_t k = 0; k < ELEMENTSOF(kinds); k++) {
                        post.person = admins[i]->person;
                        post.kind = kinds[k];
                        expect_refused(run(w, NULL, &command_set_post, &post, NULL),
                                i == k ? "identity.post_held" : "identity.exclusive_posts");
                }
                right.person = admins[i]->person;
                expect_refused(run(w, NULL, &command_grant_right, &right, NULL), "identity.exclusive_posts");
        }
        /* and the other way round */
        Session clerk = person_ready(w, "clerk2", "operator");
        post.person = clerk.person;
        post.kind = "audit";
        expect_refused(run(w, NULL, &command_set_post, &post, NULL), "identity.exclusive_posts");
        const LoginOutput *granted = person_make(w, "granted");
        right.person = post.person = granted->person;
        assert_int_equal(run(w, NULL, &command_grant_right, &right, NULL).result, 0);
        expect_refused(run(w, NULL, &command_set_post, &post, NULL), "identity.exclusive_posts");
        right.function = "command:identity.grant_right";
        expect_refused(run(w, NULL, &command_grant_right, &right, NULL), "identity.administrator_function");
}

static void test_step_up(void **state) {
        World *w = *state;
        Session security = administrator_ready(w, 1), reviewer = person_ready(w, "reviewer", "reviewer");
        const LoginOutput *made = person_make(w, "clerk");
        PostInput post = { .person = made->person, .kind = "operator", .valid_from = { 20260101 } };
        PostInput other = post;
        char proof[SESSION_TOKEN_MAX];
        Caller caller = { .person = security.person, .office = OFFICE, .key = "one-key", .step_up = proof };
        Reply reply;

        other.kind = "accountant";
        assert_int_equal(proof_for(w, &security, &command_set_post, &post, proof), 0);
        /* bound to input, command and person */
        assert_int_equal(run(w, &security, &command_set_post, &other, proof).result, -ESTEPUP_);
        assert_int_equal(run(w, &reviewer, &command_review, NULL, proof).result, -ESTEPUP_);
        command_execute(&w->engine, &caller, &command_set_post, &post, w->arena, &reply);
        assert_int_equal(reply.result, 0);
        /* the same request again is the same use; another request is a replay */
        command_execute(&w->engine, &caller, &command_set_post, &post, w->arena, &reply);
        assert_int_equal(reply.result, 0);
        assert_true(reply.repeated);
        assert_int_equal(run(w, &security, &command_set_post, &post, proof).result, -ESTEPUP_);
        assert_int_equal(run(w, &security, &command_set_post, &other, "00").result, -ESTEPUP_);

        assert_int_equal(proof_for(w, &security, &command_set_post, &other, proof), 0);
        w->now.ms += STEP_UP_MS;
        assert_int_equal(run(w, &security, &command_set_post, &other, proof).result, -ESTEPUP_);
        assert_int_equal(proof_for(w, &security, &command_set_post, &other, proof), 0);
        assert_int_equal(run(w, &security, &command_set_post, &other, proof).result, 0);

        StepUpCall wrong = {
                .session = &security, .password = "Wrong-Horse-9", .command = &command_set_post
        };
        assert_int_equal(identity_step_up(w->identity, &wrong, proof), -EAUTHENTICATE_);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'step_up_failed'"), 1);
        assert_true(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'step_up_refused'") >= 3);
}

static void test_dates(void **state) {
        World *w = *state;
        const LoginOutput *made;
        Session clerk = person_ready(w, "clerk", NULL);
        EndInput end = { .version = 1, .valid_to = { 20261124 }, .reason = "调离" };

        made = &(LoginOutput){ .person = clerk.person };
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), -EFORBIDDEN_);
        Id holder = post_give(w, made->person, "operator", 20261124, 20261125);
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), -EFORBIDDEN_);
        w->now.ms += DAY; /* 24th */
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), 0);
        assert_int_equal(permit(w, &clerk, "command:deposit.review"), -EFORBIDDEN_);
        assert_int_equal(
                identity_permit(w->identity, &(Caller){ .person = clerk.person, .office = OFFICE + 1 },
                        "command:deposit.enter"),
                -EFORBIDDEN_);
        w->now.ms += DAY; /* 25th, the last day */
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), 0);
        w->now.ms += DAY;
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), -EFORBIDDEN_);
        end.id = holder;
        expect_refused(run(w, NULL, &command_end_post, &end, NULL), "identity.ended_earlier");

        Id open = post_give(w, made->person, "operator", 20261126, 0);
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), 0);
        end = (EndInput){ .id = open, .version = 1, .valid_to = { 20261126 }, .reason = "调离" };
        assert_int_equal(run(w, NULL, &command_end_post, &end, NULL).result, 0);
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), 0);
        w->now.ms += DAY;
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), -EFORBIDDEN_);
        PostInput bad = { .person = clerk.person,
                .kind = "operator",
                .valid_from = { 20261130 },
                .valid_to = { 20261129 } };
        expect_refused(run(w, NULL, &command_set_post, &bad, NULL), "identity.dates");
}

/* A post or right that was given too early by mistake is taken back before it begins, and never runs. */
static void test_never_begins(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", NULL);
        RightInput right = { .person = clerk.person, .function = "command:deposit.*", .valid_from = { 20261130 } };
        EndInput end = { .id = post_give(w, clerk.person, "operator", 20261130, 0),
                .version = 1,
                .valid_to = { 20261122 },
                .reason = "误任" };

        expect_refused(run(w, NULL, &command_end_post, &end, NULL), "identity.ended_earlier");
        end.valid_to.ymd = 20261123;
        assert_int_equal(run(w, NULL, &command_end_post, &end, NULL).result, 0);
        Reply reply = run(w, NULL, &command_grant_right, &right, NULL);
        assert_int_equal(reply.result, 0);
        end.id = ((IdOutput *) reply.output)->id;
        assert_int_equal(run(w, NULL, &command_revoke_right, &end, NULL).result, 0);
        /* so that neither stands in the way of another post, and verify finds nothing */
        post_give(w, clerk.person, "audit", 20261123, 0);
        char *found = arena_printf(w->arena, "SELECT COUNT(*) FROM (%s)", query_exclusive_all.sql);
        assert_int_equal(number(w, found), 0);
        w->now.ms += 7 * DAY;
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), -EFORBIDDEN_);
}

static void test_grants(void **state) {
        World *w = *state;
        Session security = administrator_ready(w, 1), clerk = person_ready(w, "clerk", "operator");
        RightInput right = { .person = clerk.person,
                .function = "command:deposit.review",
                .valid_from = { 20261123 },
                .valid_to = { 20261130 } };
        RightInput booked = { .person = clerk.person,
                .function = "command:accounting.close",
                .book = { 77 },
                .valid_from = { 20261123 } };
        Caller caller = { .person = clerk.person, .office = OFFICE };
        char proof[SESSION_TOKEN_MAX];

        assert_int_equal(permit(w, &clerk, "command:deposit.review"), -EFORBIDDEN_);
        assert_int_equal(proof_for(w, &security, &command_grant_right, &right, proof), 0);
        Reply reply = run(w, &security, &command_grant_right, &right, proof);
        assert_int_equal(reply.result, 0);
        assert_int_equal(permit(w, &clerk, "command:deposit.review"), 0);
        EndInput end = { .id = ((IdOutput *) reply.output)->id,
                .version = 1,
                .valid_to = { 20261123 },
                .reason = "收回" };
        assert_int_equal(run(w, NULL, &command_revoke_right, &end, NULL).result, 0);
        w->now.ms += DAY;
        assert_int_equal(permit(w, &clerk, "command:deposit.review"), -EFORBIDDEN_);

        assert_int_equal(run(w, NULL, &command_grant_right, &booked, NULL).result, 0);
        assert_int_equal(permit(w, &clerk, "command:accounting.close"), -EFORBIDDEN_);
        assert_int_equal(
                identity_permit_book(w->identity, &caller, "command:accounting.close", (Id){ 77 }), 0);
        assert_int_equal(identity_permit_book(w->identity, &caller, "command:accounting.close", (Id){ 78 }),
                -EFORBIDDEN_);

        right = (RightInput){
                .person = security.person, .function = "command:deposit.enter", .valid_from = { 20261123 }
        };
        assert_int_equal(proof_for(w, &security, &command_grant_right, &right, proof), 0);
        expect_refused(run(w, &security, &command_grant_right, &right, proof), "identity.oneself");
        right.person = (Id){ 0 };
        expect_refused(run(w, NULL, &command_grant_right, &right, NULL), "identity.one_subject");
        right.person = clerk.person;
        right.function = "deposit.enter";
        expect_refused(run(w, NULL, &command_grant_right, &right, NULL), "identity.function_form");
}

static void test_grant_to_post(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", NULL);
        post_give(w, clerk.person, "supervisor", 20261123, 20261124);
        Id post = { number(w, "SELECT id FROM post WHERE kind = 'supervisor'") };
        Id audit = { number(w, "SELECT id FROM post WHERE kind = 'audit'") };
        RightInput right = { .post = post, .function = "command:deposit.enter", .valid_from = { 20260101 } };

        assert_int_equal(run(w, NULL, &command_grant_right, &right, NULL).result, 0);
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), 0);
        w->now.ms += 2 * DAY; /* the right lives, the holding has ended */
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), -EFORBIDDEN_);
        right.post = audit;
        expect_refused(run(w, NULL, &command_grant_right, &right, NULL), "identity.exclusive_posts");
}

/* A row written past the program is not believed. */
static void test_tampered_right(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator");
        sqlite3 *db;

        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), 0);
        world_close(w);
        assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, "UPDATE post_holder SET valid_from = 20250101", NULL, NULL, NULL),
                SQLITE_OK);
        sqlite3_close(db);
        world_open(w);
        for (int i = 0; i < 3; i++)
                assert_int_equal(permit(w, &clerk, "command:deposit.enter"), -EFORBIDDEN_);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'right_broken'"), 1);
}

/* People of involved organizations: only of those that are registered, only by their own posts, and nobody
 * becomes one, or ceases to be, by a row written past the program. */
static void test_outside(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator");
        PersonInput unknown = {
                .name = "测试单位用户", .staff_number = "", .login = "unit", .organization = { 77 }
        };
        PostInput post = { .person = person_make(w, "other")->person,
                .kind = "construction_unit",
                .valid_from = { 20260101 } };
        const Caller outside = { .person = clerk.person, .office = OFFICE, .organization = { 5 } };
        sqlite3 *db;

        expect_refused(run(w, NULL, &command_create_person, &unknown, NULL), "identity.no_organization");
        expect_refused(run(w, NULL, &command_set_post, &post, NULL), "identity.staff_post");
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), 0);
        assert_int_equal(identity_permit(w->identity, &outside, "command:deposit.enter"), -EFORBIDDEN_);
        world_close(w);
        assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
        assert_int_equal(
                sqlite3_exec(db, "UPDATE person SET organization = 5", NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        world_open(w);
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), -EFORBIDDEN_);
        assert_int_equal(identity_permit(w->identity, &outside, "command:deposit.enter"), -EFORBIDDEN_);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'right_broken'"), 1);
        post.kind = "operator";
        expect_refused(run(w, NULL, &command_set_post, &post, NULL), "identity.outside_post");
        RightInput right = {
                .person = post.person, .function = "view:deposit.*", .valid_from = { 20260101 }
        };
        expect_refused(run(w, NULL, &command_grant_right, &right, NULL), "identity.outside_right");
}

/* I9: two log-ins are one person. */
static void test_person_not_login(void **state) {
        World *w = *state;
        Session first = person_ready(w, "clerk", "operator"), second;
        const Command *add = command_of(w, "identity.add_login");
        LoginInput input = { .person = first.person, .login = "clerk.b" };

        Reply reply = run(w, NULL, add, &input, NULL);
        assert_int_equal(reply.result, 0);
        /* whoever made it has its password, and is not the one who opens it */
        const LoginOutput *made = reply.output;
        LoginReasonInput unlock = { .login = made->login, .reason = "本人当面申请" };
        Session system = administrator_ready(w, 0), security = administrator_ready(w, 1);
        char proof[SESSION_TOKEN_MAX];
        assert_int_equal(identity_login(w->identity, "clerk.b", made->password, "", w->arena, &second),
                -EAUTHENTICATE_);
        assert_int_equal(run(w, &system, command_of(w, "identity.unlock"), &unlock, NULL).result, -EFORBIDDEN_);
        assert_int_equal(proof_for(w, &security, command_of(w, "identity.unlock"), &unlock, proof), 0);
        assert_int_equal(run(w, &security, command_of(w, "identity.unlock"), &unlock, proof).result, 0);
        enter(w, "clerk.b", made->password, &second);
        assert_int_equal(second.person.value, first.person.value);
        assert_int_not_equal(second.login.value, first.login.value);

        Arena *arena = w->arena;
        RequestKernel kernel = { .registry = w->registry };
        Request q = { .arena = arena, .person = second.person, .kernel = &kernel };
        assert_int_equal(request_other_person(&q, first.person, NULL), -EREFUSED_);
        expect_refused(run(w, NULL, add, &input, NULL), "identity.login_taken");
        input.login = "Bad Name";
        expect_refused(run(w, NULL, add, &input, NULL), "identity.login_form");
}

/* Whoever knocks at closed doors is seen, and does not fill the chain with it. */
static void test_repeated(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator");
        const char *noted = "SELECT COUNT(*) FROM security_event WHERE kind = 'forbidden'";

        w->now.ms += MINUTE;
        int64_t before = number(w, noted);
        for (int i = 0; i < 100; i++)
                assert_int_equal(permit(w, &clerk, "view:identity.persons"), -EFORBIDDEN_);
        assert_int_equal(number(w, noted) - before, 1);
        for (int i = 0; i < 100; i++)
                assert_int_equal(permit(w, &clerk, arena_printf(w->arena, "view:identity.x%d", i)), -EFORBIDDEN_);
        assert_int_equal(number(w, noted) - before, 30);
        w->now.ms += MINUTE;
        assert_int_equal(permit(w, &clerk, "view:identity.persons"), -EFORBIDDEN_);
        assert_int_equal(number(w, noted) - before, 31);
}

static bool menu_has(const Functions *functions, const char *name) {
        for (size_t i = 0; i < functions->n_commands; i++)
                if (strcmp(functions->commands[i]->name, name) == 0)
                        return true;
        return false;
}

static void test_menu(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator"), security = administrator_ready(w, 1);
        Functions functions;

        assert_int_equal(
                identity_functions(w->identity, &(Caller){ .person = clerk.person, .office = OFFICE },
                        w->arena, &functions),
                0);
        /* his work, and of identity only what concerns himself */
        assert_true(menu_has(&functions, "deposit.enter"));
        assert_false(menu_has(&functions, "deposit.review"));
        assert_true(menu_has(&functions, "identity.request_delegation"));
        assert_false(menu_has(&functions, "identity.set_post"));
        for (size_t i = 0; i < functions.n_views; i++)
                assert_true(strcmp(functions.views[i]->name, "identity.choose_person") == 0 ||
                            strncmp(functions.views[i]->name, "deposit.", 8) == 0);
        assert_int_equal(functions.n_posts, 1);
        assert_string_equal(functions.posts[0], "经办");
        assert_int_equal(
                identity_functions(w->identity, &(Caller){ .person = security.person, .office = OFFICE },
                        w->arena, &functions),
                0);
        assert_true(functions.n_views >= 4);
        for (size_t i = 0; i < functions.n_commands; i++) {
                const char *name = functions.commands[i]->name;

                /* people and rights, and the other half of a weaker setting: never the setting itself */
                assert_true(strncmp(name, "identity.", 9) == 0 ||
                            strncmp(name, "node.approve_setting", 20) == 0 ||
                            strncmp(name, "node.refuse_setting", 19) == 0);
                assert_false(functions.commands[i]->flags & COMMAND_INTERNAL);
        }
        assert_int_equal(
                identity_functions(w->identity, &(Caller){ .person = clerk.person, .office = OFFICE + 1 },
                        w->arena, &functions),
                0);
        assert_int_equal(functions.n_commands, 0);
}

static void finding(void *data, const char *invariant, const char *record, int64_t id, const char *detail) {
        print_message("# %s %s %lld %s\n", invariant, record, (long long) id, detail);
        ++*(int *) data;
}

static void test_verify(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator");
        int findings = 0;
        sqlite3 *db;

        assert_int_equal(verify_store(&w->engine, STORE_SYSTEM, finding, &findings), 0);
        assert_int_equal(findings, 0);
        world_close(w);
        char *sql = arena_printf(w->arena,
                "UPDATE post_holder SET person = %lld WHERE post IN (SELECT id FROM post WHERE kind = "
                "'audit')",
                (long long) clerk.person.value);
        assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        world_open(w);
        assert_int_equal(verify_store(&w->engine, STORE_SYSTEM, finding, &findings), 1);
        assert_true(findings >= 2);
}

static void test_names(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator");
        const Id asked[] = { clerk.person, { 4711 } };
        const char *names[2], *elsewhere[2];

        assert_int_equal(identity_names(w->identity, OFFICE, asked, 2, w->arena, names), 0);
        assert_string_equal(names[0], clerk.person_name);
        assert_string_equal(names[1], "");
        assert_int_equal(identity_names(w->identity, OFFICE + 1, asked, 2, w->arena, elsewhere), 0);
        assert_string_equal(elsewhere[0], "");
        assert_int_equal(
                identity_names(w->identity, OFFICE, asked, NAMES_PER_QUESTION_MAX + 1, w->arena, names),
                -E2BIG);
}

#define IN_WORLD(name_, function_)                                                                          \
        { name_, function_, world_setup, world_teardown, NULL }

int main(void) {
        const struct CMUnitTest tests[] = {
                IN_WORLD("administrators exclude each other and business [14.4.2]",
                        test_administrators_apart),
                IN_WORLD("second authentication: bound, once, two minutes [14.4.5]", test_step_up),
                IN_WORLD("rights follow the days of a post [14.4.3]", test_dates),
                IN_WORLD("rights by function, office, book and day [14.4.2]", test_grants),
                IN_WORLD("rights of a post end with its holding [14.4.3]", test_grant_to_post),
                IN_WORLD("tampered rights are not believed [14.3.2]", test_tampered_right),
                IN_WORLD("people of organizations hold their own posts only [14.4.2 4.2.3]", test_outside),
                IN_WORLD("two log-ins are one person, I9 [14.2.2]", test_person_not_login),
                IN_WORLD("menu by rights [14.4.2]", test_menu),
                IN_WORLD("names of one's own office, of no other [14.4.2]", test_names),
                IN_WORLD("what is forbidden again and again is noted, and fills nothing [14.2.3]", test_repeated),
                IN_WORLD("what has not begun may be taken back and never runs [14.4.3]", test_never_begins),
                IN_WORLD("verify finds exchanged posts [14.3.2]", test_verify),
        };

        crypto_allow_simulation();
        return cmocka_run_group_tests_name("identity::rights", tests, NULL, NULL);
}
