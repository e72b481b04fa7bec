/* SPDX-License-Identifier: Apache-2.0 */
/* Somebody leaves: what waits for him is listed, three confirm, and everything of his ends at once. */

#include <string.h>

#include <internal/papers.h>

#include "world.h"

typedef struct Leaving {
        Session security, clerk, receiver, witness;
        Id sheet;
} Leaving;

/* One piece of open work of the stand-in module. */
static void work_make(World *w, const Session *who, const char *detail) {
        SecurityNote note = { .kind = "logout", .office = OFFICE, .person = who->person, .detail = detail };

        assert_int_equal(identity_note(w->identity, &note), 0);
}

static DepartureInput form(const Leaving *l) {
        return (DepartureInput){ .person = l->clerk.person,
                .kind = "transfer",
                .last_day = { 20261123 },
                .receiver = l->receiver.person,
                .witness = l->witness.person,
                .reason = "调往其他单位" };
}

static Leaving leaving(World *w) {
        Leaving l = { administrator_ready(w, 1), person_ready(w, "clerk", "operator"),
                person_ready(w, "receiver", "operator"), person_ready(w, "witness", "reviewer"), { 0 } };
        DepartureInput input = form(&l);

        work_make(w, &l.clerk, "open");
        work_make(w, &l.clerk, "open");
        work_make(w, &l.clerk, "done");
        work_make(w, &l.receiver, "open");
        Reply reply = run(w, &l.security, &command_prepare_departure, &input, NULL);
        assert_int_equal(reply.result, 0);
        l.sheet = ((IdOutput *) reply.output)->id;
        return l;
}

static Departure sheet_of(World *w, const Leaving *l) {
        json_t *page;
        Departure row = { 0 };
        FieldFault fault;

        Caller caller = { .office = OFFICE };
        assert_int_equal(record_page_json(&w->engine, &caller, &record_departure, l->sheet, &page), 0);
        assert_int_equal(
                record_from_json(&record_departure, json_object_get(page, "row"), w->arena, &row, &fault),
                0);
        json_decref(page);
        return row;
}

static void test_sheet(void **state) {
        World *w = *state;
        Leaving l = leaving(w);
        DepartureInput input = form(&l);
        Departure row = sheet_of(w, &l);

        /* his open work and nobody else's */
        assert_string_equal(row.items, "待复核的拨付\t2\tJKlogout, JKlogout\n");
        expect_refused(
                run(w, &l.security, &command_prepare_departure, &input, NULL), "identity.departure_open");
        input.person = l.receiver.person;
        expect_refused(
                run(w, &l.security, &command_prepare_departure, &input, NULL), "identity.three_persons");
        input = form(&l);
        input.person = l.security.person;
        expect_refused(run(w, &l.security, &command_prepare_departure, &input, NULL), "identity.oneself");
        assert_int_equal(run(w, &l.clerk, &command_prepare_departure, &input, NULL).result, -EFORBIDDEN_);
        /* the sheet as a paper */
        Buffer pdf = BUFFER_INIT(1u << 20);
        const Paper *paper = paper_find(w->registry, "identity.handover");
        assert_int_equal(
                paper_print(&w->engine, &(Caller){ .office = OFFICE }, paper, l.sheet, w->folder, &pdf), 0);
        assert_memory_equal(pdf.data, "%PDF-", 5);
        buffer_done(&pdf);
}

static Reply leave(World *w, const Leaving *l, int64_t urgent, const char *note) {
        LeaveInput input = { .id = l->sheet, .urgent = urgent, .note = note };
        char proof[SESSION_TOKEN_MAX];

        assert_int_equal(run(w, &l->security, &command_leave, &input, NULL).result, -ESTEPUP_);
        assert_int_equal(proof_for(w, &l->security, &command_leave, &input, proof), 0);
        return run(w, &l->security, &command_leave, &input, proof);
}

static void test_confirmations(void **state) {
        World *w = *state;
        Leaving l = leaving(w);
        DepartureConfirm confirm = { .id = l.sheet };
        const Session *who[] = { &l.clerk, &l.receiver, &l.witness };

        expect_refused(
                run(w, &l.security, &command_confirm_departure, &confirm, NULL), "identity.not_signatory");
        expect_refused(leave(w, &l, 0, ""), "identity.not_confirmed");
        for (size_t i = 0; i < ELEMENTSOF(who); i++) {
                assert_int_equal(sheet_of(w, &l).state, DEPARTURE_PREPARED);
                assert_int_equal(run(w, who[i], &command_confirm_departure, &confirm, NULL).result, 0);
                if (i < 2)
                        expect_refused(run(w, who[i], &command_confirm_departure, &confirm, NULL),
                                "identity.confirmed_already");
        }
        Departure row = sheet_of(w, &l);
        assert_int_equal(row.state, DEPARTURE_CONFIRMED);
        assert_true(row.handed_on.ms > 0 && row.received_on.ms > 0 && row.witnessed_on.ms > 0);
        expect_refused(run(w, &l.clerk, &command_confirm_departure, &confirm, NULL), "node.wrong_state");
        assert_int_equal(leave(w, &l, 0, "").result, 0);
        assert_int_equal(sheet_of(w, &l).state, DEPARTURE_LEFT);
}

static void test_everything_ends(void **state) {
        World *w = *state;
        Leaving l = leaving(w);
        LoginInput second = { .person = l.clerk.person, .login = "clerk.b" };
        RightInput right = {
                .person = l.clerk.person, .function = "command:deposit.review", .valid_from = { 20260101 }
        };
        DelegationEntry lent = { .principal = l.witness.person,
                .delegate = l.clerk.person,
                .kind = "reviewer",
                .function = "",
                .valid_from = { 20261123 },
                .valid_to = { 20261230 },
                .reason = "休假" };
        Session again;

        assert_int_equal(run(w, NULL, command_of(w, "identity.add_login"), &second, NULL).result, 0);
        assert_int_equal(run(w, NULL, &command_grant_right, &right, NULL).result, 0);
        assert_int_equal(run(w, NULL, &command_enter_delegation, &lent, NULL).result, 0);
        assert_int_equal(identity_session(w->identity, l.clerk.token, w->arena, &again), 0);
        assert_int_equal(permit(w, &l.clerk, "command:deposit.enter"), 0);

        expect_refused(leave(w, &l, 1, ""), "identity.not_confirmed");
        Reply reply = leave(w, &l, 1, "拒不移交");
        assert_int_equal(reply.result, 0);
        const LeaveOutput *out = reply.output;
        assert_int_equal(out->posts, 1);
        assert_int_equal(out->grants, 1);
        assert_int_equal(out->delegations, 1);
        assert_int_equal(out->logins, 2);
        assert_true(out->sessions >= 1);

        /* at the very next question */
        assert_int_equal(identity_session(w->identity, l.clerk.token, w->arena, &again), -EAUTHENTICATE_);
        assert_int_equal(permit(w, &l.clerk, "command:deposit.enter"), -EFORBIDDEN_);
        assert_int_equal(
                identity_login(w->identity, "clerk", NEW_PASSWORD, "", w->arena, &again), -EAUTHENTICATE_);
        /* and for good */
        LoginReasonInput unlock = { .login = l.clerk.login, .reason = "误锁" };
        PostInput post = { .person = l.clerk.person, .kind = "operator", .valid_from = { 20261124 } };
        second.login = "clerk.c";
        expect_refused(
                run(w, NULL, command_of(w, "identity.unlock"), &unlock, NULL), "identity.left_already");
        expect_refused(run(w, NULL, &command_set_post, &post, NULL), "identity.left_already");
        expect_refused(
                run(w, NULL, command_of(w, "identity.add_login"), &second, NULL), "identity.left_already");
        assert_int_equal(number(w, "SELECT COUNT(*) FROM delegation WHERE state = 4"), 1);
        /* others go on */
        assert_int_equal(identity_session(w->identity, l.receiver.token, w->arena, &again), 0);
        assert_int_equal(permit(w, &l.receiver, "command:deposit.enter"), 0);
}

#define IN_WORLD(name_, function_)                                                                          \
        { name_, function_, world_setup, world_teardown, NULL }

int main(void) {
        const struct CMUnitTest tests[] = {
                IN_WORLD("the sheet lists the open work of who leaves, as a paper too [14.4.3]", test_sheet),
                IN_WORLD(
                        "three different persons confirm before the work ends [14.4.3]", test_confirmations),
                IN_WORLD("posts, rights, delegations, log-ins and sessions end with one command [14.4.3]",
                        test_everything_ends),
        };

        crypto_allow_simulation();
        return cmocka_run_group_tests_name("identity::leaving", tests, NULL, NULL);
}
