/* SPDX-License-Identifier: Apache-2.0 */
/* Rights by amount, and people who stand in for others. */

#include <stdlib.h>
#include <string.h>

#include <internal/chain-kernel.h>

#include "world.h"

static Reply pay(World *w, const Session *who, int64_t fen, Id earlier) {
        return run(w, who, &command_pay, &(PayInput){ .earlier = earlier, .amount = { fen } }, NULL);
}

static void rule(World *w, const char *kind, int64_t fen) {
        PostRuleInput input = { .kind = kind, .amount_max = { fen }, .factors = "", .reason = "内控制度" };

        assert_int_equal(run(w, NULL, &command_set_post_rule, &input, NULL).result, 0);
}

static void test_limits(void **state) {
        World *w = *state;
        Session head = person_ready(w, "head", "approver"), deputy = person_ready(w, "deputy", NULL);
        PostInput post = { .person = deputy.person,
                .kind = "approver",
                .valid_from = { 20260101 },
                .amount_max = { 5000000 } };
        RightInput right = { .person = deputy.person,
                .function = "command:deposit.approve",
                .amount_max = { 8000000 },
                .valid_from = { 20260101 } };

        assert_int_equal(run(w, NULL, &command_set_post, &post, NULL).result, 0);
        assert_int_equal(pay(w, &head, 900000000, (Id){ 0 }).result, 0);
        assert_int_equal(pay(w, &deputy, 5000000, (Id){ 0 }).result, 0);
        Reply reply = pay(w, &deputy, 5000001, (Id){ 0 });
        expect_refused(reply, "node.over_limit");
        assert_string_equal(reply.refusal.field, "amount");
        assert_string_equal(reply.refusal.arguments[0], "50,000.00");
        assert_string_equal(reply.refusal.arguments[1], "审批");
        /* money back is money too */
        expect_refused(pay(w, &deputy, -5000001, (Id){ 0 }), "node.over_limit");
        /* what is granted to the post is held within the holder's limit */
        RightInput shared = { .post = { number(w, "SELECT id FROM post WHERE kind = 'approver'") },
                .function = "command:deposit.approve",
                .valid_from = { 20260101 } };
        assert_int_equal(run(w, NULL, &command_grant_right, &shared, NULL).result, 0);
        expect_refused(pay(w, &deputy, 5000001, (Id){ 0 }), "node.over_limit");
        /* a larger grant of his own counts */
        assert_int_equal(run(w, NULL, &command_grant_right, &right, NULL).result, 0);
        assert_int_equal(pay(w, &deputy, 8000000, (Id){ 0 }).result, 0);
        expect_refused(pay(w, &deputy, 8000001, (Id){ 0 }), "node.over_limit");
        /* the post's own limit binds who holds it without one; nobody may more than that then */
        rule(w, "approver", 6000000);
        reply = pay(w, &head, 6000001, (Id){ 0 });
        expect_refused(reply, "node.over_any_limit");
        assert_string_equal(reply.refusal.arguments[0], "60,000.00");
        assert_int_equal(pay(w, &head, 6000000, (Id){ 0 }).result, 0);
        assert_int_equal(pay(w, &deputy, 8000000, (Id){ 0 }).result, 0);
        rule(w, "approver", 0);
        assert_int_equal(pay(w, &head, 6000001, (Id){ 0 }).result, 0);
}

/* A command that says it moves money and asks nobody is rolled back. */
static void test_forgetful(void **state) {
        World *w = *state;
        RightInput right = { .function = "command:deposit.forget", .valid_from = { 20260101 } };
        Session clerk = person_ready(w, "clerk", "operator");

        right.person = clerk.person;
        assert_int_equal(run(w, NULL, &command_grant_right, &right, NULL).result, 0);
        assert_int_equal(run(w, &clerk, &command_forgetful, NULL, NULL).result, -EBROKEN_);
}

static void test_three_persons(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator"), reviewer = person_ready(w, "rev", "reviewer"),
                approver = person_ready(w, "app", "approver");

        assert_int_equal(pay(w, &clerk, 1, (Id){ 0 }).result, -EFORBIDDEN_);
        assert_int_equal(pay(w, &reviewer, 1, (Id){ 0 }).result, -EFORBIDDEN_);
        assert_int_equal(pay(w, &approver, 1, clerk.person).result, 0);
        assert_int_equal(pay(w, &approver, 1, reviewer.person).result, 0);
        expect_refused(pay(w, &approver, 1, approver.person), "node.same_person");
        assert_int_equal(permit(w, &approver, "command:deposit.enter"), -EFORBIDDEN_);
        assert_int_equal(permit(w, &approver, "command:deposit.review"), -EFORBIDDEN_);
        assert_int_equal(permit(w, &reviewer, "command:deposit.approve"), -EFORBIDDEN_);
}

typedef struct Trio {
        Session head, deputy, clerk;
        Id delegation;
} Trio;

/* The approver asks the accountant to stand in for the 24th and 25th, up to 10,000.00. */
static Trio trio(World *w) {
        Trio t = { person_ready(w, "head", "approver"), person_ready(w, "deputy", "accountant"),
                person_ready(w, "clerk", "operator"), { 0 } };
        DelegationInput input = { .delegate = t.deputy.person,
                .kind = "approver",
                .function = "",
                .amount_max = { 1000000 },
                .valid_from = { 20261124 },
                .valid_to = { 20261125 },
                .reason = "出差" };
        Reply reply = run(w, &t.head, &command_request_delegation, &input, NULL);

        assert_int_equal(reply.result, 0);
        t.delegation = ((IdOutput *) reply.output)->id;
        return t;
}

static void approve(World *w, const Session *security, Id delegation) {
        DelegationDecision decision = { .id = delegation, .note = "同意" };
        char proof[SESSION_TOKEN_MAX];

        assert_int_equal(run(w, security, &command_approve_delegation, &decision, NULL).result, -ESTEPUP_);
        assert_int_equal(proof_for(w, security, &command_approve_delegation, &decision, proof), 0);
        assert_int_equal(run(w, security, &command_approve_delegation, &decision, proof).result, 0);
}

static int64_t last_principal(World *w) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        ChainEntry *entries;
        int64_t seq = number(w, "SELECT MAX(seq) FROM chain WHERE command = 'deposit.approve'");

        assert_int_equal(store_read_begin(w->store, &tx), 0);
        assert_int_equal(chain_read(tx, seq - 1, 1, w->arena, &entries), 1);
        return entries[0].principal.value;
}

static void test_delegation(void **state) {
        World *w = *state;
        Session security = administrator_ready(w, 1);
        Trio t = trio(w);

        w->now.ms += DAY; /* 24th: asked for, not approved */
        assert_int_equal(pay(w, &t.deputy, 1, (Id){ 0 }).result, -EFORBIDDEN_);
        assert_int_equal(permit(w, &t.head, "command:identity.approve_delegation"), -EFORBIDDEN_);
        approve(w, &security, t.delegation);
        assert_int_equal(pay(w, &t.deputy, 1000000, (Id){ 0 }).result, 0);
        assert_int_equal(last_principal(w), t.head.person.value);
        expect_refused(pay(w, &t.deputy, 1000001, (Id){ 0 }), "node.over_limit");
        /* neither his own work nor the principal's, and the principal not his */
        assert_int_equal(pay(w, &t.deputy, 1, t.clerk.person).result, 0);
        expect_refused(pay(w, &t.deputy, 1, t.deputy.person), "node.same_person");
        expect_refused(pay(w, &t.deputy, 1, t.head.person), "node.same_by_delegation");
        expect_refused(pay(w, &t.head, 1, t.deputy.person), "node.same_by_delegation");
        assert_int_equal(pay(w, &t.head, 1, t.clerk.person).result, 0);
        assert_int_equal(last_principal(w), 0);
        w->now.ms += 2 * DAY; /* 26th: over by date */
        assert_int_equal(pay(w, &t.deputy, 1, (Id){ 0 }).result, -EFORBIDDEN_);
        assert_int_equal(pay(w, &t.head, 1, t.deputy.person).result, 0);
}

static void test_delegation_ends(void **state) {
        World *w = *state;
        Session security = administrator_ready(w, 1);
        Trio t = trio(w);
        DelegationDecision decision = { .id = t.delegation, .note = "提前返岗" };

        approve(w, &security, t.delegation);
        w->now.ms += DAY;
        assert_int_equal(pay(w, &t.deputy, 1, (Id){ 0 }).result, 0);
        assert_int_equal(run(w, &security, &command_end_delegation, &decision, NULL).result, 0);
        assert_int_equal(pay(w, &t.deputy, 1, (Id){ 0 }).result, -EFORBIDDEN_);
        expect_refused(run(w, &security, &command_end_delegation, &decision, NULL), "node.wrong_state");
        /* taken back at noon, it ran in the morning: until midnight the two are one */
        expect_refused(pay(w, &t.head, 1, t.deputy.person), "node.same_by_delegation");
        assert_int_equal(number(w, "SELECT valid_to FROM delegation"), 20261124);
        /* and with the principal's post */
        DelegationEntry entry = { .principal = t.head.person,
                .delegate = t.deputy.person,
                .kind = "approver",
                .function = "command:deposit.*",
                .valid_from = { 20261124 },
                .valid_to = { 20261230 },
                .reason = "病假" };
        Reply reply = run(w, NULL, &command_enter_delegation, &entry, NULL);
        assert_int_equal(reply.result, 0);
        assert_int_equal(pay(w, &t.deputy, 1, (Id){ 0 }).result, 0);
        EndInput end = { .id = { number(w, "SELECT h.id FROM post_holder h JOIN post p ON p.id = h.post "
                                           "WHERE p.kind = 'approver'") },
                .version = 1,
                .valid_to = { 20261124 },
                .reason = "免职" };
        assert_int_equal(run(w, NULL, &command_end_post, &end, NULL).result, 0);
        w->now.ms += DAY;
        assert_int_equal(pay(w, &t.deputy, 1, (Id){ 0 }).result, -EFORBIDDEN_);
        /* the principal may take back what he asked for, nobody else's */
        decision.id = ((IdOutput *) reply.output)->id;
        expect_refused(run(w, &t.clerk, &command_withdraw_delegation, &decision, NULL),
                "identity.not_your_delegation");
}

/* The deputy stands in for the head; days are the test's. */
static DelegationEntry entry_of(const Trio *t) {
        return (DelegationEntry){ .principal = t->head.person,
                .delegate = t->deputy.person,
                .kind = "approver",
                .function = "",
                .reason = "分管" };
}

/* An old delegation that still runs is not forgotten over many short ones after it. */
static void test_many_delegations(void **state) {
        World *w = *state;
        Trio t = trio(w);
        DelegationEntry entry = entry_of(&t);

        entry.valid_from = (Date){ 20261126 };
        entry.valid_to = (Date){ 20271231 };
        assert_int_equal(run(w, NULL, &command_enter_delegation, &entry, NULL).result, 0);
        entry.delegate = t.clerk.person;
        for (int i = 0; i < 40; i++) {
                entry.valid_from.ymd = entry.valid_to.ymd = i < 31 ? 20261201 + i : 20270101 + i - 31;
                assert_int_equal(run(w, NULL, &command_enter_delegation, &entry, NULL).result, 0);
        }
        w->now.ms += 60 * DAY;
        expect_refused(pay(w, &t.head, 1, t.deputy.person), "node.same_by_delegation");
        assert_int_equal(pay(w, &t.head, 1, t.clerk.person).result, 0);
}

/* Years of standing in for somebody whose post has rights of its own: nothing becomes too much. */
static void test_years_of_delegations(void **state) {
        World *w = *state;
        Trio t = trio(w);
        DelegationEntry entry = entry_of(&t);
        RightInput right = { .post = { number(w, "SELECT id FROM post WHERE kind = 'approver'") },
                .valid_from = { 20260101 } };

        for (int i = 0; i < 8; i++) {
                right.function = arena_printf(w->arena, "command:deposit.extra_%d", i);
                assert_int_equal(run(w, NULL, &command_grant_right, &right, NULL).result, 0);
        }
        for (int i = 0; i < 40; i++) {
                entry.valid_from.ymd = entry.valid_to.ymd = i < 31 ? 20261201 + i : 20270101 + i - 31;
                assert_int_equal(run(w, NULL, &command_enter_delegation, &entry, NULL).result, 0);
        }
        assert_int_equal(permit(w, &t.deputy, "view:accounting.books"), 0);
        w->now.ms += 10 * DAY; /* 3 December */
        assert_int_equal(permit(w, &t.deputy, "command:deposit.extra_7"), 0);
}

static void test_delegation_rules(void **state) {
        World *w = *state;
        Session system = administrator_ready(w, 0);
        Trio t = trio(w);
        const DelegationInput good = { .delegate = t.clerk.person,
                .kind = "approver",
                .function = "",
                .valid_from = { 20261123 },
                .valid_to = { 20261125 },
                .reason = "培训" };
        const struct {
                const char *code;
                Id delegate;
                const char *kind, *function;
                int32_t from, to;
        } cases[] = {
                { "identity.delegate_oneself", t.head.person, "approver", "", 20261123, 20261125 },
                { "identity.delegation_exclusive", system.person, "approver", "", 20261123, 20261125 },
                { "identity.delegation_exclusive", t.clerk.person, "security", "", 20261123, 20261125 },
                { "identity.no_such_post", t.clerk.person, "reviewer", "", 20261123, 20261125 },
                { "identity.dates", t.clerk.person, "approver", "", 20261125, 20261124 },
                { "identity.delegation_past", t.clerk.person, "approver", "", 20261122, 20261124 },
                { "identity.function_form", t.clerk.person, "approver", "approve", 20261123, 20261125 },
                { "identity.delegation_twice", t.deputy.person, "approver", "", 20261125, 20261129 },
        };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                DelegationInput input = good;
                input.delegate = cases[i].delegate;
                input.kind = cases[i].kind;
                input.function = cases[i].function;
                input.valid_from.ymd = cases[i].from;
                input.valid_to.ymd = cases[i].to;
                expect_refused(run(w, &t.head, &command_request_delegation, &input, NULL), cases[i].code);
        }
        /* no further than one step: the deputy does not hold the post himself */
        DelegationInput further = good;
        expect_refused(
                run(w, &t.deputy, &command_request_delegation, &further, NULL), "identity.no_such_post");
        /* who stands in becomes no administrator on those days */
        PostInput post = { .person = t.deputy.person, .kind = "audit", .valid_from = { 20261125 } };
        expect_refused(run(w, NULL, &command_set_post, &post, NULL), "identity.exclusive_posts");
}

static const json_t *cell_of(const json_t *persons, const Session *who, const char *function) {
        const json_t *person;
        size_t i;

        json_array_foreach(persons, i, person) {
                if (strtoll(json_string_value(json_object_get(person, "id")), NULL, 10) == who->person.value)
                        return json_object_get(json_object_get(person, "cells"), function);
        }
        return NULL;
}

static void test_matrix(void **state) {
        World *w = *state;
        Session security = administrator_ready(w, 1);
        Trio t = trio(w);
        const struct {
                int32_t day;
                bool deputy, delegated;
        } cases[] = { { 20261123, false, false }, { 20261124, true, true }, { 20261126, false, false } };
        json_t *persons;

        approve(w, &security, t.delegation);
        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                assert_int_equal(identity_matrix(w->identity, OFFICE, (Date){ cases[i].day }, &persons), 0);
                const json_t *cell = cell_of(persons, &t.deputy, "command:deposit.approve");
                assert_int_equal(cell != NULL, cases[i].deputy);
                if (cell) {
                        assert_true(json_is_true(json_object_get(cell, "delegated")));
                        assert_string_equal(json_string_value(json_object_get(cell, "limit")), "1000000");
                }
                assert_non_null(cell_of(persons, &t.head, "command:deposit.approve"));
                assert_null(cell_of(persons, &t.clerk, "command:deposit.approve"));
                assert_null(cell_of(persons, &security, "command:deposit.enter"));
                json_decref(persons);
        }
}

/* An audit visit, and an administrator lent by the city: for a time, and for nothing else. */
static void test_visitors(void **state) {
        World *w = *state;
        const LoginOutput *made = person_make(w, "visitor");
        PersonInput lent = {
                .name = "市级人员", .staff_number = "", .login = "lent", .home_office = 510100
        };
        PostInput post = { .person = made->person, .kind = "auditor", .valid_from = { 20261123 } };
        RightInput right = {
                .person = made->person, .function = "command:deposit.enter", .valid_from = { 20261123 }
        };

        expect_refused(run(w, NULL, &command_set_post, &post, NULL), "identity.end_date_needed");
        post.valid_to.ymd = 20270221; /* the 91st day */
        expect_refused(run(w, NULL, &command_set_post, &post, NULL), "identity.end_date_needed");
        post.valid_to.ymd = 20270220;
        assert_int_equal(run(w, NULL, &command_set_post, &post, NULL).result, 0);
        expect_refused(run(w, NULL, &command_grant_right, &right, NULL), "identity.alone_post");
        post.kind = "operator";
        expect_refused(run(w, NULL, &command_set_post, &post, NULL), "identity.alone_post");

        Reply reply = run(w, NULL, &command_create_person, &lent, NULL);
        assert_int_equal(reply.result, 0);
        post = (PostInput){ .person = ((LoginOutput *) reply.output)->person,
                .kind = "operator",
                .valid_from = { 20261123 },
                .valid_to = { 20261230 } };
        expect_refused(run(w, NULL, &command_set_post, &post, NULL), "identity.visitor_post");
        post.kind = "audit";
        post.valid_to.ymd = 0;
        expect_refused(run(w, NULL, &command_set_post, &post, NULL), "identity.end_date_needed");
        post.valid_to.ymd = 20271123;
        assert_int_equal(run(w, NULL, &command_set_post, &post, NULL).result, 0);

        Session session;
        Refusal refusal;
        Functions functions;
        enter(w, "visitor", made->password, &session);
        assert_int_equal(identity_password_change(
                                 w->identity, &session, made->password, NEW_PASSWORD, w->arena, &refusal),
                0);
        assert_int_equal(
                identity_functions(w->identity, &(Caller){ .person = made->person, .office = OFFICE },
                        w->arena, &functions),
                0);
        assert_int_equal(functions.n_commands, 0);
        assert_true(functions.n_views > 5);
        assert_non_null(strstr(functions.watermark, "2026-11-23"));
}

#define IN_WORLD(name_, function_)                                                                          \
        { name_, function_, world_setup, world_teardown, NULL }

int main(void) {
        const struct CMUnitTest tests[] = {
                IN_WORLD("an amount over the limit is refused and says who may [14.4.2]", test_limits),
                IN_WORLD("a command that forgets its amount is rolled back [14.4.2]", test_forgetful),
                IN_WORLD("operator, reviewer and approver are three posts and three persons [14.2.2 14.4.2]",
                        test_three_persons),
                IN_WORLD("a delegate acts under both names, within days and amount, and never on own work "
                         "[14.4.2]",
                        test_delegation),
                IN_WORLD("a delegation that runs is known behind forty later ones [14.2.2 14.4.2]",
                        test_many_delegations),
                IN_WORLD("a delegation ends by hand and with the principal's post [14.4.3]",
                        test_delegation_ends),
                IN_WORLD("who may do what on a day, from the rows of rights [14.4.2]", test_matrix),
                IN_WORLD("visitors who audit read everything for ninety days; lent administrators have an "
                         "end "
                         "[14.4.1 14.4.2 14.4.3]",
                        test_visitors),
                IN_WORLD("years of delegations are not too many [14.4.2]", test_years_of_delegations),
                IN_WORLD("what cannot be delegated [14.4.2]", test_delegation_rules),
        };

        crypto_allow_simulation();
        return cmocka_run_group_tests_name("identity::delegation", tests, NULL, NULL);
}
