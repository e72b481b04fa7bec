/* SPDX-License-Identifier: Apache-2.0 */
/* Coming in, staying in and being kept out. */

#include <string.h>
#include <stdio.h>

#include "world.h"

static void test_first_start(void **state) {
        World *w = *state;
        FirstLogin again[3];
        Session session;

        assert_string_equal(w->first[0].login, "system");
        assert_string_equal(w->first[1].login, "security");
        assert_string_equal(w->first[2].login, "audit");
        assert_string_not_equal(w->first[0].password, w->first[1].password);
        assert_int_equal(identity_first_start(w->identity, OFFICE, w->arena, again), -EEXIST);
        for (int i = 0; i < 3; i++) {
                enter(w, w->first[i].login, w->first[i].password, &session);
                assert_true(session.must_change);
                /* until then nothing is allowed */
                assert_int_equal(permit(w, &session, "view:identity.persons"), -EFORBIDDEN_);
        }
        assert_int_equal(number(w, "SELECT COUNT(*) FROM person"), 3);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'first_start'"), 1);
}

static void test_one_time_expires(void **state) {
        World *w = *state;
        Session session;

        w->now.ms += ONE_TIME_PASSWORD_MS + 1;
        assert_int_equal(identity_login(w->identity, "audit", w->first[2].password, "", w->arena, &session),
                -EAUTHENTICATE_);
}

static int from(World *w, const char *address, const char *login, const char *password) {
        Session session;

        return identity_login(w->identity, login, password, address, w->arena, &session);
}

static void test_lockout(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator"), again;

        for (int i = 0; i < LOGIN_FAILURES_MAX; i++)
                assert_int_equal(identity_login(w->identity, "clerk", "Wrong-Horse-9", "", w->arena, &again),
                        -EAUTHENTICATE_);
        assert_int_equal(identity_login(w->identity, "clerk", NEW_PASSWORD, "", w->arena, &again), -EAGAIN);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'locked_out'"), 1);
        /* others are not concerned, nor is who is in already */
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &again), 0);
        administrator_ready(w, 0);
        w->now.ms += LOGIN_LOCK_MS - 1;
        assert_int_equal(identity_login(w->identity, "clerk", NEW_PASSWORD, "", w->arena, &again), -EAGAIN);
        w->now.ms += 1;
        enter(w, "clerk", NEW_PASSWORD, &again);
        /* a good one forgives what was missed at its place: four more misses do not lock */
        for (int round = 0; round < 2; round++) {
                for (int i = 0; i < LOGIN_FAILURES_MAX - 1; i++)
                        assert_int_equal(from(w, "127.0.0.1", "clerk", "Wrong-Horse-9"), -EAUTHENTICATE_);
                enter(w, "clerk", NEW_PASSWORD, &again);
        }
        assert_int_equal(identity_login(w->identity, "nobody", "Wrong-Horse-9", "", w->arena, &again),
                -EAUTHENTICATE_);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'login_failed' AND "
                                   "login = 'nobody'"),
                1);
}

/* Guessing at an administrator's name from elsewhere does not keep him out of where he works. */
static void test_lockout_elsewhere(void **state) {
        World *w = *state;
        Session security = administrator_ready(w, 1);
        const Command *unlock = command_of(w, "identity.unlock");

        administrator_ready(w, 0);
        assert_int_equal(from(w, "10.0.0.7", "system", NEW_PASSWORD), 0);
        for (int i = 0; i < LOGIN_FAILURES_MAX; i++)
                assert_int_equal(from(w, "10.0.0.99", "system", "Wrong-Horse-9"), -EAUTHENTICATE_);
        assert_int_equal(from(w, "10.0.0.99", "system", NEW_PASSWORD), -EAGAIN);
        assert_int_equal(from(w, "10.0.0.98", "system", NEW_PASSWORD), -EAGAIN);
        assert_int_equal(from(w, "10.0.0.7", "system", NEW_PASSWORD), 0);
        /* his own place has a count of its own, and a good log-in there forgives nothing elsewhere */
        assert_int_equal(from(w, "10.0.0.99", "system", NEW_PASSWORD), -EAGAIN);
        for (int i = 0; i < LOGIN_FAILURES_MAX; i++)
                assert_int_equal(from(w, "10.0.0.7", "system", "Wrong-Horse-9"), -EAUTHENTICATE_);
        assert_int_equal(from(w, "10.0.0.7", "system", NEW_PASSWORD), -EAGAIN);
        w->now.ms += LOGIN_LOCK_MS;
        for (int i = 0; i < LOGIN_FAILURES_MAX; i++)
                assert_int_equal(from(w, "10.0.0.7", "system", "Wrong-Horse-9"), -EAUTHENTICATE_);
        LoginReasonInput input = { .login = { number(w, "SELECT id FROM login WHERE name = 'system'") },
                .reason = "本人当面申请" };
        char proof[SESSION_TOKEN_MAX];
        enter(w, "security", NEW_PASSWORD, &security);
        assert_int_equal(proof_for(w, &security, unlock, &input, proof), 0);
        assert_int_equal(run(w, &security, unlock, &input, proof).result, 0);
        assert_int_equal(from(w, "10.0.0.7", "system", NEW_PASSWORD), 0);
        /* nor does his session lose its step-up to somebody elsewhere */
        for (int i = 0; i < LOGIN_FAILURES_MAX; i++)
                assert_int_equal(from(w, "10.0.0.99", "security", "Wrong-Horse-9"), -EAUTHENTICATE_);
        assert_int_equal(proof_for(w, &security, unlock, &input, proof), 0);
        /* a place he has not used for long is nobody's */
        w->now.ms += 91 * DAY;
        for (int i = 0; i < LOGIN_FAILURES_MAX; i++)
                assert_int_equal(from(w, "10.0.0.7", "system", "Wrong-Horse-9"), -EAUTHENTICATE_);
        assert_int_equal(from(w, "10.0.0.1", "system", NEW_PASSWORD), -EAGAIN);
}

/* Nobody learns by asking which names are log-ins. */
static void test_strangers(void **state) {
        World *w = *state;

        person_ready(w, "clerk", "operator");
        w->now.ms += MINUTE;
        for (int i = 0; i < LOGIN_FAILURES_MAX; i++)
                assert_int_equal(from(w, "10.0.0.99", "clerk", "Wrong-Horse-9"),
                        from(w, "10.0.0.99", "nobody", "Wrong-Horse-9"));
        assert_int_equal(from(w, "10.0.0.99", "clerk", "Wrong-Horse-9"), -EAGAIN);
        assert_int_equal(from(w, "10.0.0.99", "nobody", "Wrong-Horse-9"), -EAGAIN);
        assert_int_equal(from(w, "10.0.0.99", "someone", "Wrong-Horse-9"), -EAUTHENTICATE_);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'locked_out'"), 2);
        w->now.ms += LOGIN_LOCK_MS;
        assert_int_equal(from(w, "10.0.0.99", "nobody", "Wrong-Horse-9"), -EAUTHENTICATE_);
}

/* The right password of a log-in that is closed is worth a look. */
static void test_kept_out(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator");
        LoginReasonInput input = { .login = clerk.login, .reason = "离岗" };

        assert_int_equal(run(w, NULL, command_of(w, "identity.lock"), &input, NULL).result, 0);
        assert_int_equal(from(w, "10.0.0.7", "clerk", NEW_PASSWORD), -EAUTHENTICATE_);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'login_failed' AND detail = "
                                   "'locked' AND address = '10.0.0.7'"),
                1);
        w->now.ms += ONE_TIME_PASSWORD_MS + 1;
        assert_int_equal(from(w, "", "audit", w->first[2].password), -EAUTHENTICATE_);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'login_failed' AND login = "
                                   "'audit'"),
                1);
}

typedef struct Guess {
        World *world;
        int result;
} Guess;

static void *guess_run(void *data) {
        Guess *guess = data;
        Arena *arena = arena_new(1 << 20);
        Session session;

        guess->result =
                identity_login(guess->world->identity, "clerk", "Wrong-Horse-9", "", arena, &session);
        arena_free(arena);
        return NULL;
}

/* Attempts at the same moment count like any others. */
static void test_lockout_parallel(void **state) {
        World *w = *state;
        pthread_t threads[LOGIN_FAILURES_MAX + 3];
        Guess guesses[ELEMENTSOF(threads)];
        int wrong = 0, locked = 0;

        person_ready(w, "clerk", "operator");
        for (size_t i = 0; i < ELEMENTSOF(threads); i++) {
                guesses[i] = (Guess){ w, 0 };
                assert_int_equal(pthread_create(&threads[i], NULL, guess_run, &guesses[i]), 0);
        }
        for (size_t i = 0; i < ELEMENTSOF(threads); i++) {
                pthread_join(threads[i], NULL);
                wrong += guesses[i].result == -EAUTHENTICATE_;
                locked += guesses[i].result == -EAGAIN;
        }
        assert_int_equal(wrong, LOGIN_FAILURES_MAX);
        assert_int_equal(locked, 3);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'locked_out'"), 1);
}

static void test_lock_and_unlock(void **state) {
        World *w = *state;
        Session security = administrator_ready(w, 1), clerk = person_ready(w, "clerk", "operator"), again;
        const Command *lock = command_of(w, "identity.lock"), *unlock = command_of(w, "identity.unlock");
        LoginReasonInput input = { .login = clerk.login, .reason = "离岗" },
                         own = { security.login, "自己" };
        char proof[SESSION_TOKEN_MAX];

        expect_refused(run(w, &security, lock, &own, NULL), "identity.oneself");
        assert_int_equal(run(w, &clerk, lock, &own, NULL).result, -EFORBIDDEN_);
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), 0);
        assert_int_equal(run(w, &security, lock, &input, NULL).result, 0);
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), -EFORBIDDEN_);
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &again), -EAUTHENTICATE_);
        assert_int_equal(
                identity_login(w->identity, "clerk", NEW_PASSWORD, "", w->arena, &again), -EAUTHENTICATE_);
        expect_refused(run(w, &security, lock, &input, NULL), "identity.locked_already");
        assert_int_equal(proof_for(w, &security, unlock, &input, proof), 0);
        assert_int_equal(run(w, &security, unlock, &input, proof).result, 0);
        enter(w, "clerk", NEW_PASSWORD, &again);
        expect_refused(run(w, NULL, unlock, &input, NULL), "identity.not_locked");
}

static void test_session_time(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator"), found;

        for (int i = 0; i < 3; i++) {
                w->now.ms += SESSION_IDLE_MS;
                assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &found), 0);
                assert_int_equal(found.person.value, clerk.person.value);
                assert_string_equal(found.login_name, "clerk");
        }
        w->now.ms += SESSION_IDLE_MS + 1;
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &found), -EAUTHENTICATE_);

        enter(w, "clerk", NEW_PASSWORD, &clerk);
        int64_t started = w->now.ms;
        while (w->now.ms + 20 * MINUTE <= started + SESSION_ABSOLUTE_MS) {
                w->now.ms += 20 * MINUTE;
                assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &found), 0);
        }
        w->now.ms = started + SESSION_ABSOLUTE_MS + 1;
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &found), -EAUTHENTICATE_);
        assert_int_equal(identity_session(w->identity, "", w->arena, &found), -EAUTHENTICATE_);
        assert_int_equal(identity_session(w->identity, NULL, w->arena, &found), -EAUTHENTICATE_);
}

static void test_session_store(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator"), found;
        char sql[200];

        /* what the browser holds stands nowhere */
        snprintf(sql, sizeof(sql), "SELECT COUNT(*) FROM session WHERE lower(hex(token)) = '%s'",
                clerk.token);
        assert_int_equal(number(w, sql), 0);
        /* sessions outlive a restart */
        world_close(w);
        world_open(w);
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &found), 0);
        assert_int_equal(identity_logout(w->identity, clerk.token, "127.0.0.1"), 0);
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &found), -EAUTHENTICATE_);
        assert_int_equal(identity_logout(w->identity, clerk.token, "127.0.0.1"), 0);
}

static void test_own_sessions(void **state) {
        World *w = *state;
        Session security = administrator_ready(w, 1), first = person_ready(w, "clerk", "operator"), second,
                found;
        const Command *end = command_of(w, "identity.end_session");
        SessionRow *rows;
        size_t n;

        enter(w, "clerk", NEW_PASSWORD, &second);
        assert_int_equal(identity_sessions(w->identity, &second, w->arena, &rows, &n), 0);
        assert_true(n >= 2);
        assert_int_equal(rows[0].id, second.id);
        assert_int_equal(identity_session_end(w->identity, &second, security.id), -ENOENT);
        assert_int_equal(identity_session_end(w->identity, &second, first.id), 0);
        assert_int_equal(identity_session(w->identity, first.token, w->arena, &found), -EAUTHENTICATE_);
        SessionInput input = { .session = second.id,
                .reason = "当日下午接到本人电话，称办公电脑已经交回信息中心，要求把仍在线的会话全部结束，以后另行登录办理业务" };
        assert_int_equal(run(w, &security, end, &input, NULL).result, 0);
        /* the reason stands beside it, cut between characters */
        assert_true(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'session_ended' AND detail LIKE "
                              "'当日下午接到本人电话%'") == 1);
        assert_int_equal(identity_session(w->identity, second.token, w->arena, &found), -EAUTHENTICATE_);
        expect_refused(run(w, &security, end, &input, NULL), "identity.no_session");
}

static void expect_password(
        World *w, const Session *who, const char *old, const char *new, const char *code) {
        Refusal refusal = { 0 };
        int r = identity_password_change(w->identity, who, old, new, w->arena, &refusal);

        assert_int_equal(r, code ? -EREFUSED_ : 0);
        if (code)
                assert_string_equal(refusal.code, code);
}

static void test_passwords(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator"), other, found;

        enter(w, "clerk", NEW_PASSWORD, &other);
        expect_password(w, &clerk, NEW_PASSWORD, "short", "identity.password_short");
        expect_password(w, &clerk, NEW_PASSWORD, "My-clerk-2026", "identity.password_login");
        expect_password(w, &clerk, "Wrong-Horse-9", "Another-Horse-1", "identity.password_wrong");
        expect_password(w, &clerk, NEW_PASSWORD, NEW_PASSWORD, "identity.password_recent");
        expect_password(w, &clerk, NEW_PASSWORD, "Another-Horse-1", NULL);
        /* one's other sessions end, this one stays */
        assert_int_equal(identity_session(w->identity, other.token, w->arena, &found), -EAUTHENTICATE_);
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &found), 0);
        for (int i = 1; i < 5; i++) {
                char *old = arena_printf(w->arena, "Another-Horse-%d", i);
                char *new = arena_printf(w->arena, "Another-Horse-%d", i + 1);
                expect_password(w, &clerk, old, NEW_PASSWORD, "identity.password_recent");
                expect_password(w, &clerk, old, new, NULL);
        }
        /* five others stand between now */
        expect_password(w, &clerk, "Another-Horse-5", NEW_PASSWORD, NULL);
        /* nothing of it in the chain */
        assert_int_equal(
                number(w, "SELECT COUNT(*) FROM chain WHERE instr(body, CAST('scrypt$' AS BLOB)) > 0"), 0);
        assert_int_equal(
                number(w, "SELECT COUNT(*) FROM chain WHERE instr(body, CAST('once$' AS BLOB)) > 0"), 0);
        assert_true(number(w, "SELECT COUNT(*) FROM chain WHERE command = 'identity.change_password'") >= 6);
        /* old after 90 days */
        w->now.ms += PASSWORD_AGE_MS + DAY;
        enter(w, "clerk", NEW_PASSWORD, &clerk);
        assert_true(clerk.must_change);
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), -EFORBIDDEN_);
        expect_password(w, &clerk, NEW_PASSWORD, "Quite-Other-77", NULL);
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), 0);
}

static void test_reset(void **state) {
        World *w = *state;
        Session security = administrator_ready(w, 1), clerk = person_ready(w, "clerk", "operator"), found;
        const Command *reset = command_of(w, "identity.reset_password");
        LoginReasonInput input = { .login = clerk.login, .reason = "忘记密码" },
                         own = { security.login, "自己" };
        char proof[SESSION_TOKEN_MAX];

        assert_int_equal(proof_for(w, &security, reset, &own, proof), 0);
        expect_refused(run(w, &security, reset, &own, proof), "identity.oneself");
        assert_int_equal(proof_for(w, &security, reset, &input, proof), 0);
        Reply reply = run(w, &security, reset, &input, proof);
        assert_int_equal(reply.result, 0);
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &found), -EAUTHENTICATE_);
        assert_int_equal(
                identity_login(w->identity, "clerk", NEW_PASSWORD, "", w->arena, &found), -EAUTHENTICATE_);
        enter(w, "clerk", ((LoginOutput *) reply.output)->password, &found);
        assert_true(found.must_change);
}

/* A command with a second authentication, from JSON. */
static Reply ruled(World *w, const Session *who, const char *name, char *body) {
        const Command *command = command_of(w, name);
        json_t *input = json_loads(body, 0, NULL);
        char proof[SESSION_TOKEN_MAX];
        StepUpCall call = { .session = who, .password = NEW_PASSWORD, .command = command };
        Caller caller = { .person = who->person, .office = OFFICE, .step_up = proof };
        Reply reply;

        caller.key = arena_printf(w->arena, "ruled-%u", ++w->keys_used);
        assert_int_equal(command_digest_json(&w->engine, command, input, w->arena, &call.input), 0);
        assert_int_equal(identity_step_up(w->identity, &call, proof), 0);
        command_execute_json(&w->engine, &caller, command, input, w->arena, &reply);
        json_decref(input);
        return reply;
}

/* What the office rules holds from its first day, and only within what the standard allows. A weaker rule is
 * let into effect by another administrator. */
static void test_settings(void **state) {
        World *w = *state;
        Session system = administrator_ready(w, 0), security = administrator_ready(w, 1),
                clerk = person_ready(w, "clerk", "operator"), again;
        const struct {
                const char *name, *value;
                bool weaker;
        } rows[] = { { "identity.session_idle_minutes", "10" }, { "identity.login_failures", "3" },
                { "identity.lock_minutes", "10", true }, { "identity.password_age_days", "30" },
                { "identity.password_characters", "16" } };
        Refusal refusal;

        for (size_t i = 0; i < ELEMENTSOF(rows); i++) {
                Reply reply = ruled(w, &system, "node.change_setting_system",
                        arena_printf(w->arena,
                                "{\"name\":\"%s\",\"value\":\"%s\",\"valid_from\":\"2026-11-23\",\"reason\":"
                                "\"内控\"}",
                                rows[i].name, rows[i].value));

                assert_int_equal(reply.result, 0);
                assert_int_equal(number(w, "SELECT COUNT(*) FROM setting_request_system WHERE state = 0"),
                        rows[i].weaker);
                if (!rows[i].weaker)
                        continue;
                char *decision = arena_printf(w->arena,
                        "{\"setting_request_id\":\"%lld\",\"note\":\"同意\"}",
                        (long long) number(w, "SELECT id FROM setting_request_system WHERE state = 0"));
                expect_refused(
                        ruled(w, &system, "node.approve_setting_system", decision), "node.same_person");
                assert_int_equal(ruled(w, &security, "node.approve_setting_system", decision).result, 0);
        }
        w->now.ms += 10 * MINUTE;
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &again), 0);
        w->now.ms += 12 * MINUTE;
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &again), -EAUTHENTICATE_);
        enter(w, "clerk", NEW_PASSWORD, &clerk);
        assert_int_equal(identity_password_change(
                                 w->identity, &clerk, NEW_PASSWORD, "Twelve-Horse9", w->arena, &refusal),
                -EREFUSED_);
        assert_string_equal(refusal.code, "identity.password_short");
        assert_string_equal(refusal.arguments[0], "16");
        for (int i = 0; i < 3; i++)
                assert_int_equal(identity_login(w->identity, "clerk", "Wrong-Horse-9", "", w->arena, &again),
                        -EAUTHENTICATE_);
        assert_int_equal(identity_login(w->identity, "clerk", NEW_PASSWORD, "", w->arena, &again), -EAGAIN);
        w->now.ms += 10 * MINUTE;
        enter(w, "clerk", NEW_PASSWORD, &again);
        assert_false(again.must_change);
        w->now.ms += 31 * DAY;
        enter(w, "clerk", NEW_PASSWORD, &again);
        assert_true(again.must_change);
}

#define IN_WORLD(name_, function_)                                                                          \
        { name_, function_, world_setup, world_teardown, NULL }

int main(void) {
        const struct CMUnitTest tests[] = {
                IN_WORLD("passwords, locks and sessions by the office's settings, weaker ones by two "
                         "[14.3.1 14.4.1 14.2.2]",
                        test_settings),
                IN_WORLD("three administrators at first start [14.4.1]", test_first_start),
                IN_WORLD("one-time passwords expire [14.3.1]", test_one_time_expires),
                IN_WORLD("lockout after five failures [14.4.1]", test_lockout),
                IN_WORLD("lockout counts attempts at the same moment [14.4.1]", test_lockout_parallel),
                IN_WORLD("guessing elsewhere keeps nobody out of his own place [14.4.1]", test_lockout_elsewhere),
                IN_WORLD("names that are no log-ins are answered alike [14.4.1]", test_strangers),
                IN_WORLD("the right password of a closed log-in is noted [14.2.3]", test_kept_out),
                IN_WORLD("lock and unlock [14.4.1]", test_lock_and_unlock),
                IN_WORLD("sessions end by idleness and age [14.3.2]", test_session_time),
                IN_WORLD("sessions are kept as digests [14.3.2]", test_session_store),
                IN_WORLD("one's own sessions, and ended ones [14.4.3]", test_own_sessions),
                IN_WORLD("password rules and history [14.3.1]", test_passwords),
                IN_WORLD("reset password [14.4.1]", test_reset),
        };

        crypto_allow_simulation();
        return cmocka_run_group_tests_name("identity::login", tests, NULL, NULL);
}
