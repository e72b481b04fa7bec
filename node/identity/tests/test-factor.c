/* SPDX-License-Identifier: Apache-2.0 */
/* Second factors: codes of a telephone, certificates, SM2 keys. The telephone and the key are played here.
 */

#include <string.h>

#include <sqlite3.h>

#include "factor.h"
#include "sm2-key.h"
#include "world.h"

static void rule(World *w, const char *kind, const char *factors) {
        PostRuleInput input = { .kind = kind, .factors = factors, .reason = "密码应用方案" };

        assert_int_equal(run(w, NULL, &command_set_post_rule, &input, NULL).result, 0);
}

/* The telephone. */
static const char *telephone(World *w, const char *secret, int64_t ms) {
        static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        uint8_t bytes[TOTP_SECRET_BYTES];
        char code[TOTP_CODE_MAX];
        uint32_t held = 0;
        unsigned bits = 0;
        size_t n = 0;

        for (const char *c = secret; *c; c++) {
                held = held << 5 | (uint32_t) (strchr(letters, *c) - letters);
                bits += 5;
                if (bits >= 8) {
                        bits -= 8;
                        bytes[n++] = (uint8_t) (held >> bits);
                }
        }
        assert_int_equal(n, sizeof(bytes));
        assert_int_equal(totp_code(TOTP_SHA1, (Bytes){ bytes, n }, ms / TOTP_STEP_MS, TOTP_DIGITS, code), 0);
        return arena_strdup(w->arena, code);
}

static int come_in(World *w, const SecondFactor *second, Session *ret, unsigned *ret_wanted) {
        LoginCall call = { .login = "clerk",
                .password = NEW_PASSWORD,
                .address = "127.0.0.1",
                .agent = "Chromium",
                .second = *second };

        return identity_login_with(w->identity, &call, w->arena, ret, ret_wanted);
}

static int with_code(World *w, const char *code, Session *ret) {
        unsigned wanted = 0;
        int r = come_in(w, &(SecondFactor){ .code = code }, ret, &wanted);

        assert_true(r != -ESTEPUP_ || wanted == FACTOR_TOTP);
        return r;
}

static const char *enrol(World *w, const Session *own) {
        TotpEnrolment made;
        Refusal refusal;

        assert_int_equal(identity_totp_begin(w->identity, own, "Wrong-Horse-9", w->arena, &made, &refusal),
                -EAUTHENTICATE_);
        assert_int_equal(identity_totp_begin(w->identity, own, NEW_PASSWORD, w->arena, &made, &refusal), 0);
        assert_memory_equal(made.uri, "otpauth://totp/", 15);
        assert_int_equal(
                identity_totp_confirm(w->identity, own, "000000", "手机", w->arena, &refusal), -EREFUSED_);
        assert_string_equal(refusal.code, "identity.factor_code");
        assert_int_equal(identity_totp_confirm(w->identity, own, telephone(w, made.secret, w->now.ms),
                                 "手机", w->arena, &refusal),
                0);
        return made.secret;
}

static void test_totp(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator"), session;
        const char *secret = enrol(w, &clerk), *code = telephone(w, secret, w->now.ms);
        Refusal refusal;
        TotpEnrolment again;

        assert_int_equal(with_code(w, NULL, &session), -ESTEPUP_);
        /* the code of the enrolment is used up; the next is good once */
        assert_int_equal(with_code(w, code, &session), -EAUTHENTICATE_);
        w->now.ms += TOTP_STEP_MS;
        code = telephone(w, secret, w->now.ms);
        assert_int_equal(with_code(w, code, &session), 0);
        assert_string_equal(session.factor, "totp");
        assert_int_equal(with_code(w, code, &session), -EAUTHENTICATE_);
        /* a clock one step off, either way; two is too much, and time does not run backwards */
        w->now.ms += 10 * TOTP_STEP_MS;
        assert_int_equal(
                with_code(w, telephone(w, secret, w->now.ms - 2 * TOTP_STEP_MS), &session), -EAUTHENTICATE_);
        assert_int_equal(
                with_code(w, telephone(w, secret, w->now.ms + 2 * TOTP_STEP_MS), &session), -EAUTHENTICATE_);
        assert_int_equal(with_code(w, telephone(w, secret, w->now.ms - TOTP_STEP_MS), &session), 0);
        assert_int_equal(with_code(w, telephone(w, secret, w->now.ms + TOTP_STEP_MS), &session), 0);
        assert_int_equal(with_code(w, telephone(w, secret, w->now.ms), &session), -EAUTHENTICATE_);
        /* the secret is sealed, and a second telephone needs the administrator */
        assert_int_equal(number(w, "SELECT length(sealed) > 20 FROM factor_secret"), 1);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM factor_pending"), 0);
        assert_int_equal(identity_totp_begin(w->identity, &clerk, NEW_PASSWORD, w->arena, &again, &refusal),
                -EREFUSED_);
        assert_string_equal(refusal.code, "identity.factor_bound");
}

/* Wrong codes count as wrong passwords do, and coming without one does not wipe the count. */
static void test_guessing(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator"), session;
        const char *secret = enrol(w, &clerk);

        w->now.ms += TOTP_STEP_MS;
        for (int i = 0; i < LOGIN_FAILURES_MAX; i++) {
                assert_int_equal(with_code(w, NULL, &session), -ESTEPUP_);
                assert_int_equal(with_code(w, "12345", &session), -EAUTHENTICATE_);
        }
        assert_int_equal(with_code(w, telephone(w, secret, w->now.ms), &session), -EAGAIN);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'factor_failed'"),
                LOGIN_FAILURES_MAX);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM security_event WHERE kind = 'locked_out'"), 1);
}

/* Nor does the password alone, in a session that somebody else has found open. */
static void test_guessing_inside(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator"), session;
        const char *secret = enrol(w, &clerk);
        TotpEnrolment again;
        Refusal refusal;

        w->now.ms += TOTP_STEP_MS;
        for (int i = 0; i < LOGIN_FAILURES_MAX; i++) {
                assert_int_equal(with_code(w, "12345", &session), -EAUTHENTICATE_);
                if (i + 1 < LOGIN_FAILURES_MAX)
                        assert_int_equal(identity_totp_begin(w->identity, &clerk, NEW_PASSWORD, w->arena,
                                                 &again, &refusal),
                                -EREFUSED_);
        }
        assert_int_equal(with_code(w, telephone(w, secret, w->now.ms), &session), -EAGAIN);
}

static void test_required(void **state) {
        World *w = *state;
        Session clerk = person_ready(w, "clerk", "operator"), session;
        unsigned wanted = 0;
        PostRuleInput bad = { .kind = "operator", .factors = "totp,finger", .reason = "x" };

        expect_refused(run(w, NULL, &command_set_post_rule, &bad, NULL), "identity.factor_unknown");
        assert_int_equal(come_in(w, &(SecondFactor){ 0 }, &session, &wanted), 0);
        assert_false(session.must_enrol);
        rule(w, "operator", "totp,sm2");
        assert_int_equal(come_in(w, &(SecondFactor){ 0 }, &session, &wanted), 0);
        assert_true(session.must_enrol);
        Session seen;
        assert_int_equal(identity_session(w->identity, session.token, w->arena, &seen), 0);
        assert_true(seen.must_enrol);
        enrol(w, &session);
        assert_int_equal(identity_session(w->identity, session.token, w->arena, &seen), 0);
        assert_false(seen.must_enrol);
        assert_int_equal(come_in(w, &(SecondFactor){ 0 }, &session, &wanted), -ESTEPUP_);
        assert_int_equal(wanted, FACTOR_TOTP);
        assert_int_equal(permit(w, &clerk, "command:deposit.enter"), 0);
}

/* What a post asks is asked of whoever stands in for it, and of who is in already when it is ruled or given. */
static void test_required_later(void **state) {
        World *w = *state;
        Session head = person_ready(w, "head", "approver"), clerk = person_ready(w, "clerk", "operator"), seen;
        DelegationEntry entry = { .principal = head.person,
                .delegate = clerk.person,
                .kind = "approver",
                .function = "",
                .valid_from = { 20261123 },
                .valid_to = { 20261123 },
                .reason = "出差" };

        rule(w, "approver", "totp");
        assert_int_equal(identity_session(w->identity, head.token, w->arena, &seen), 0);
        assert_true(seen.must_enrol);
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &seen), 0);
        assert_false(seen.must_enrol);
        assert_int_equal(run(w, NULL, &command_enter_delegation, &entry, NULL).result, 0);
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &seen), 0);
        assert_true(seen.must_enrol);
        /* bound here, and only here: another window came in with less */
        Session other = clerk;
        enter(w, "clerk", NEW_PASSWORD, &clerk);
        assert_true(clerk.must_enrol);
        enrol(w, &clerk);
        assert_int_equal(identity_session(w->identity, clerk.token, w->arena, &seen), 0);
        assert_false(seen.must_enrol);
        assert_string_equal(seen.factor, "totp");
        assert_int_equal(identity_session(w->identity, other.token, w->arena, &seen), -EAUTHENTICATE_);
        /* nobody is made a deputy who could not come in as one */
        rule(w, "operator", "sm2");
        entry.valid_from.ymd = entry.valid_to.ymd = 20261201;
        expect_refused(run(w, NULL, &command_enter_delegation, &entry, NULL), "identity.delegation_factors");
}

#define FINGERPRINT "00112233445566778899aabbccddeeff00112233"

static Reply bind(World *w, const Session *security, const FactorInput *input) {
        const Command *command = &command_bind_factor;
        char proof[SESSION_TOKEN_MAX];

        assert_int_equal(proof_for(w, security, command, input, proof), 0);
        return run(w, security, command, input, proof);
}

static Reply revoke(World *w, const Session *who, Id factor) {
        FactorRevoke input = { .id = factor, .reason = "遗失" };
        char proof[SESSION_TOKEN_MAX];

        assert_int_equal(proof_for(w, who, &command_revoke_factor, &input, proof), 0);
        return run(w, who, &command_revoke_factor, &input, proof);
}

static Reply decide(World *w, const Session *who, const Command *command, Id request) {
        FactorDecision input = { .factor_request_id = request, .note = "已当面核对证件" };
        char proof[SESSION_TOKEN_MAX];

        assert_int_equal(proof_for(w, who, command, &input, proof), 0);
        return run(w, who, command, &input, proof);
}

static Id waiting_of(Reply reply) {
        const FactorChanged *out = reply.output;

        assert_int_equal(reply.result, 0);
        assert_true(out->waiting);
        return out->factor_request_id;
}

static void test_certificate(void **state) {
        World *w = *state;
        Session security = administrator_ready(w, 1), audit = administrator_ready(w, 2),
                clerk = person_ready(w, "clerk", "operator"), other = person_ready(w, "other", "operator"), session;
        FactorInput input = { .login = clerk.login,
                .kind = "certificate",
                .label = "证书 1",
                .material = "00112233445566778899AABBCCDDEEFF00112233",
                .reason = "发放证书" };
        unsigned wanted = 0;

        Reply reply = bind(w, &security, &input);
        assert_int_equal(reply.result, 0);
        Id factor = ((FactorChanged *) reply.output)->id;
        input.login = other.login;
        expect_refused(bind(w, &security, &input), "identity.factor_taken");
        input.material = "0011";
        expect_refused(bind(w, &security, &input), "identity.factor_material");
        input.kind = "totp";
        expect_refused(bind(w, &security, &input), "identity.factor_self");

        assert_int_equal(come_in(w, &(SecondFactor){ 0 }, &session, &wanted), -ESTEPUP_);
        assert_int_equal(wanted, FACTOR_CERTIFICATE);
        assert_int_equal(
                come_in(w, &(SecondFactor){ .certificate = "ff112233445566778899aabbccddeeff00112233" },
                        &session, &wanted),
                -ESTEPUP_);
        assert_int_equal(come_in(w, &(SecondFactor){ .certificate = FINGERPRINT }, &session, &wanted), 0);
        assert_string_equal(session.factor, "certificate");

        /* recovery: lost, released with a reason by two, sessions gone, password alone again */
        assert_int_equal(run(w, &clerk, &command_revoke_factor,
                                 &(FactorRevoke){ .id = factor, .reason = "遗失" }, NULL)
                                 .result,
                -EFORBIDDEN_);
        Id request = waiting_of(revoke(w, &security, factor));
        assert_int_equal(decide(w, &audit, &command_approve_factor, request).result, 0);
        assert_int_equal(identity_session(w->identity, session.token, w->arena, &session), -EAUTHENTICATE_);
        assert_int_equal(come_in(w, &(SecondFactor){ 0 }, &session, &wanted), 0);
        expect_refused(revoke(w, &security, factor), "identity.factor_revoked");
}

static int64_t events(World *w, const char *kind) {
        return number(w,
                arena_printf(w->arena,
                        "SELECT COUNT(*) FROM security_event WHERE kind = '%s' AND detail = 'clerk'", kind));
}

/* Password and second factor of one person are never in the hands of one administrator. */
static void test_two_hands(void **state) {
        World *w = *state;
        Session system = administrator_ready(w, 0), security = administrator_ready(w, 1),
                audit = administrator_ready(w, 2), clerk = person_ready(w, "clerk", "operator"), session;
        const char *secret = enrol(w, &clerk);
        Id factor = { number(w, "SELECT id FROM factor") };
        const Command *reset = command_of(w, "identity.reset_password");
        LoginReasonInput forgot = { .login = clerk.login, .reason = "忘记密码" };
        FactorInput more = { .login = clerk.login,
                .kind = "certificate",
                .label = "证书 1",
                .material = FINGERPRINT,
                .reason = "发放证书" };
        char proof[SESSION_TOKEN_MAX];
        unsigned wanted = 0;

        /* the password is reset, what the telephone shows is asked as before */
        assert_int_equal(proof_for(w, &security, reset, &forgot, proof), 0);
        Reply reply = run(w, &security, reset, &forgot, proof);
        assert_int_equal(reply.result, 0);
        LoginCall call = { .login = "clerk", .password = ((LoginOutput *) reply.output)->password,
                .address = "127.0.0.1" };
        assert_int_equal(identity_login_with(w->identity, &call, w->arena, &session, &wanted), -ESTEPUP_);
        assert_int_equal(wanted, FACTOR_TOTP);

        /* neither is it dropped by the same hand, nor a second one of his own put beside it */
        Id dropping = waiting_of(revoke(w, &security, factor));
        Id adding = waiting_of(bind(w, &security, &more));
        expect_refused(revoke(w, &system, factor), "identity.factor_asked");
        call.second.certificate = FINGERPRINT;
        assert_int_equal(identity_login_with(w->identity, &call, w->arena, &session, &wanted), -ESTEPUP_);
        expect_refused(decide(w, &security, &command_approve_factor, dropping), "node.same_person");
        assert_int_equal(run(w, &clerk, &command_approve_factor,
                                 &(FactorDecision){ .factor_request_id = dropping, .note = "同意" }, NULL)
                                 .result,
                -EFORBIDDEN_);
        assert_int_equal(events(w, "password_reset"), 1);
        assert_int_equal(events(w, "factor_waiting"), 2);
        assert_int_equal(events(w, "factor_revoked") + events(w, "factor_bound"), 0);

        /* refused it leaves everything as it was and may be asked again */
        assert_int_equal(decide(w, &audit, &command_refuse_factor, dropping).result, 0);
        expect_refused(decide(w, &system, &command_approve_factor, dropping), "node.wrong_state");
        assert_int_equal(decide(w, &system, &command_approve_factor, adding).result, 0);
        expect_refused(bind(w, &security, &more), "identity.factor_taken");
        call.second.certificate = NULL;
        call.second.code = telephone(w, secret, (w->now.ms += TOTP_STEP_MS));
        assert_int_equal(identity_login_with(w->identity, &call, w->arena, &session, &wanted), 0);
        dropping = waiting_of(revoke(w, &security, factor));
        assert_int_equal(decide(w, &system, &command_approve_factor, dropping).result, 0);
        assert_int_equal(identity_session(w->identity, session.token, w->arena, &session), -EAUTHENTICATE_);
        assert_int_equal(number(w, "SELECT COUNT(*) FROM factor_secret"), 0);
        assert_int_equal(events(w, "factor_revoked") + events(w, "factor_bound"), 2);
}

/* Of three administrators two bring back the third, and none of the two is he. */
static void test_three_administrators(void **state) {
        World *w = *state;
        Session system = administrator_ready(w, 0), security = administrator_ready(w, 1),
                audit = administrator_ready(w, 2), *const who[] = { &system, &security, &audit };

        for (int lost = 0; lost < 3; lost++) {
                const Session *asks = who[lost == 1 ? 0 : 1], *decides = who[lost == 2 ? 0 : 2];
                enrol(w, who[lost]);
                Id factor = { number(w, "SELECT id FROM factor WHERE revoked = 0") };
                Id request = waiting_of(revoke(w, asks, factor));
                assert_int_equal(decide(w, decides, &command_approve_factor, request).result, 0);
                enter(w, w->first[lost].login, NEW_PASSWORD, who[lost]);
        }
}

/* Nor does somebody decide about himself, nor about what was changed past the program. */
static void test_own_request(void **state) {
        World *w = *state;
        Session system = administrator_ready(w, 0), security = administrator_ready(w, 1),
                audit = administrator_ready(w, 2), clerk = person_ready(w, "clerk", "operator");
        SecondFactor shown = { .code = "" };
        sqlite3 *db;

        const char *secret = enrol(w, &audit);
        Id factor = { number(w, "SELECT id FROM factor") };
        Id request = waiting_of(revoke(w, &security, factor));
        FactorDecision input = { .factor_request_id = request, .note = "同意" };
        StepUpCall call = { .session = &audit, .command = &command_approve_factor };
        char proof[SESSION_TOKEN_MAX];
        shown.code = telephone(w, secret, (w->now.ms += TOTP_STEP_MS));
        call.second = shown;
        assert_int_equal(command_digest(&w->engine, &command_approve_factor, &input, &call.input), 0);
        assert_int_equal(identity_step_up(w->identity, &call, proof), 0);
        expect_refused(run(w, &audit, &command_approve_factor, &input, proof), "identity.factor_own");

        assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
        char *sql = arena_printf(w->arena, "UPDATE factor_request SET requested_by = %lld",
                (long long) clerk.person.value);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        expect_refused(
                decide(w, &system, &command_approve_factor, request), "identity.factor_request_broken");
}

/* The key signs what it is shown. */
static const char *sign(World *w, const Sm2Key *key, const char *challenge) {
        char *hex = arena_alloc(w->arena, SM2_SIGNATURE_HEX_MAX);

        sm2_key_sign(key, arena_printf(w->arena, CHALLENGE_PREFIX "%s", challenge), hex);
        return hex;
}

static void test_sm2(void **state) {
        World *w = *state;
        Session security = administrator_ready(w, 1), clerk = person_ready(w, "clerk", "operator"), session;
        char hex[SM2_POINT_HEX_MAX], challenge[CHALLENGE_MAX], late[CHALLENGE_MAX];
        unsigned wanted = 0;
        Sm2Key *key = sm2_key_new(), *other = sm2_key_new();

        sm2_key_point(key, hex);
        FactorInput input = { .login = clerk.login,
                .kind = "sm2",
                .label = "国密密钥 1",
                .material = hex,
                .reason = "发放密钥" };
        assert_int_equal(bind(w, &security, &input).result, 0);
        /* a session and the password add nothing to a log-in that asks for more */
        TotpEnrolment made;
        Refusal refusal = { 0 };
        assert_int_equal(identity_totp_begin(w->identity, &clerk, NEW_PASSWORD, w->arena, &made, &refusal),
                -EREFUSED_);
        assert_string_equal(refusal.code, "identity.factor_other");

        assert_int_equal(identity_challenge(w->identity, challenge), 0);
        assert_int_equal(come_in(w, &(SecondFactor){ 0 }, &session, &wanted), -ESTEPUP_);
        assert_int_equal(wanted, FACTOR_SM2);
        SecondFactor second = { .challenge = challenge, .signature = sign(w, other, challenge) };
        assert_int_equal(come_in(w, &second, &session, &wanted), -EAUTHENTICATE_);
        second.signature = sign(w, key, challenge);
        assert_int_equal(come_in(w, &second, &session, &wanted), 0);
        assert_string_equal(session.factor, "sm2");
        /* once */
        assert_int_equal(come_in(w, &second, &session, &wanted), -EAUTHENTICATE_);
        /* two minutes */
        assert_int_equal(identity_challenge(w->identity, late), 0);
        w->now.ms += CHALLENGE_MS;
        second = (SecondFactor){ .challenge = late, .signature = sign(w, key, late) };
        assert_int_equal(come_in(w, &second, &session, &wanted), -EAUTHENTICATE_);
        /* one that this node did not make */
        assert_int_equal(identity_challenge(w->identity, challenge), 0);
        challenge[0] = challenge[0] == 'a' ? 'b' : 'a';
        second = (SecondFactor){ .challenge = challenge, .signature = sign(w, key, challenge) };
        assert_int_equal(come_in(w, &second, &session, &wanted), -EAUTHENTICATE_);
        sm2_key_free(key);
        sm2_key_free(other);
}

static void test_step_up(void **state) {
        World *w = *state;
        Session reviewer = person_ready(w, "clerk", "reviewer");
        const char *secret = enrol(w, &reviewer);
        StepUpCall call = { .session = &reviewer, .command = &command_review };
        char proof[SESSION_TOKEN_MAX];

        assert_int_equal(command_digest(&w->engine, &command_review, NULL, &call.input), 0);
        w->now.ms += TOTP_STEP_MS;
        /* the password alone no longer does; the code alone does, once */
        call.password = NEW_PASSWORD;
        assert_int_equal(identity_step_up(w->identity, &call, proof), -ESTEPUP_);
        call.password = NULL;
        call.second.code = "000000";
        assert_int_equal(identity_step_up(w->identity, &call, proof), -EAUTHENTICATE_);
        call.second.code = telephone(w, secret, w->now.ms);
        assert_int_equal(identity_step_up(w->identity, &call, proof), 0);
        assert_int_equal(run(w, &reviewer, &command_review, NULL, proof).result, 0);
        assert_int_equal(identity_step_up(w->identity, &call, proof), -EAUTHENTICATE_);
        /* nobody without a factor comes by without his password */
        Session plain = person_ready(w, "plain", "reviewer");
        call.session = &plain;
        assert_int_equal(identity_step_up(w->identity, &call, proof), -EAUTHENTICATE_);
}

/* A browser shows its certificate by itself: nobody is there because of it. */
static void test_step_up_certificate(void **state) {
        World *w = *state;
        Session security = administrator_ready(w, 1), reviewer = person_ready(w, "clerk", "reviewer");
        FactorInput input = { .login = reviewer.login,
                .kind = "certificate",
                .label = "证书 1",
                .material = FINGERPRINT,
                .reason = "发放证书" };
        StepUpCall call = {
                .session = &reviewer, .command = &command_review, .second.certificate = FINGERPRINT
        };
        char proof[SESSION_TOKEN_MAX];

        assert_int_equal(bind(w, &security, &input).result, 0);
        assert_int_equal(command_digest(&w->engine, &command_review, NULL, &call.input), 0);
        assert_int_equal(identity_step_up(w->identity, &call, proof), -ESTEPUP_);
        call.second.code = "123456";
        assert_int_equal(identity_step_up(w->identity, &call, proof), -ESTEPUP_);
        call.password = "Wrong-Horse-9";
        assert_int_equal(identity_step_up(w->identity, &call, proof), -EAUTHENTICATE_);
        call.password = NEW_PASSWORD;
        assert_int_equal(identity_step_up(w->identity, &call, proof), 0);
        call.second.certificate = NULL;
        assert_int_equal(identity_step_up(w->identity, &call, proof), -ESTEPUP_);
}

static void test_national_password(void **state) {
        World *w = *state;
        Session session;

        w->identity->method = PASSWORD_PBKDF2_SM3;
        person_ready(w, "clerk", "operator");
        assert_int_equal(
                number(w, "SELECT COUNT(*) FROM credential WHERE hash LIKE 'pbkdf2-sm3$600000$%'"), 1);
        enter(w, "clerk", NEW_PASSWORD, &session);
        assert_int_equal(identity_login(w->identity, "clerk", "Wrong-Horse-9", "", w->arena, &session),
                -EAUTHENTICATE_);
}

#define IN_WORLD(name_, function_)                                                                          \
        { name_, function_, world_setup, world_teardown, NULL }

int main(void) {
        const struct CMUnitTest tests[] = {
                IN_WORLD("one-time codes: bound by a first code, good once, one step of drift [14.4.2A]",
                        test_totp),
                IN_WORLD("guessing codes locks like guessing passwords [14.4.1 14.4.2A]", test_guessing),
                IN_WORLD("the password between guesses does not forgive them [14.4.1 14.4.2A]",
                        test_guessing_inside),
                IN_WORLD("a post's rule asks a second factor, and only lets enrol until there is one "
                         "[14.4.2A]",
                        test_required),
                IN_WORLD("what a post asks is asked of deputies and of who is in already [14.4.2 14.4.2A]",
                        test_required_later),
                IN_WORLD("a certificate alone is no second authentication [14.4.2A 14.4.5]",
                        test_step_up_certificate),
                IN_WORLD("a client certificate bound to a log-in, taken, released [14.4.2A]",
                        test_certificate),
                IN_WORLD("who resets a password neither drops nor adds the second factor [14.4.2A 14.4.2]",
                        test_two_hands),
                IN_WORLD("of three administrators two bring back the third [14.4.2A]",
                        test_three_administrators),
                IN_WORLD("nobody decides about his own factor or a forged request [14.4.2A 14.3.2]",
                        test_own_request),
                IN_WORLD("an SM2 key signs a challenge, once, within two minutes [14.4.2A]", test_sm2),
                IN_WORLD("the second factor is the second authentication [14.4.2A 14.4.5]", test_step_up),
                IN_WORLD("a log-in with PBKDF2 over SM3 [14.3.1]", test_national_password),
        };

        crypto_allow_simulation();
        return cmocka_run_group_tests_name("identity::factor", tests, NULL, NULL);
}
