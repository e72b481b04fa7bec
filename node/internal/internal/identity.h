/* SPDX-License-Identifier: Apache-2.0 */
/* Who is there and what they may do: log-in, sessions, rights, second authentication; 14.4. Everything here
 * is thread safe and is called from worker threads, never from a store's writer: passwords are slow on
 * purpose. */
#pragma once

#include <internal/engine.h>

#define SESSION_TOKEN_MAX 65 /* hex of 32 random bytes, and NUL; also proofs */
#define SESSION_IDLE_MS (30 * INT64_C(60000))
#define SESSION_ABSOLUTE_MS (12 * INT64_C(3600000))
#define SESSION_SEEN_STEP_MS INT64_C(60000)
#define SESSIONS_PER_LOGIN_MAX 8
#define LOGIN_FAILURES_MAX 5
#define LOGIN_LOCK_MS (30 * INT64_C(60000))
#define ONE_TIME_PASSWORD_MS (7 * INT64_C(86400000))
#define PASSWORD_AGE_MS (90 * INT64_C(86400000))
#define PASSWORD_CHARACTERS_MIN 10
#define PASSWORD_BYTES_MAX 128
#define PASSWORD_HISTORY 5
#define STEP_UP_MS (2 * INT64_C(60000))

extern const Module module_identity;

typedef struct Identity Identity;

/* The system store must be open and migrated with module_identity. Fills identity and both permits of the
 * engine. */
int identity_open(Engine *engine, PasswordMethod method, Identity **ret) _must_check_;
Identity *identity_close(Identity *identity);
DEFINE_CLEANUP(Identity, identity_close)

typedef struct FirstLogin {
        const char *login, *label, *password; /* "system", "系统管理员", one-time; in the arena */
} FirstLogin;
/* Makes the three administrators when the node has no person yet: passwords are shown once and changed at
 * the first log-in. -EEXIST afterwards. */
int identity_first_start(
        Identity *identity, int64_t office, Arena *arena, FirstLogin ret[static 3]) _must_check_;

typedef struct Session {
        int64_t id;
        int64_t office;
        Id person, login;
        Id organization;                      /* whose user he is (2.0.11); 0: staff */
        bool must_change;                     /* may only change the password and leave */
        bool must_enrol;                      /* may only bind the second factor his posts ask for */
        const char *factor;                   /* second factor the session began with; "" */
        const char *login_name, *person_name; /* in the arena */
        const char *address;                  /* it began from */
        char token[SESSION_TOKEN_MAX];        /* only from identity_login */
} Session;
/* Second factors (14.4.2A), as bits and by the codes of the set factor_kind. */
enum { FACTOR_TOTP = 1 << 0, FACTOR_CERTIFICATE = 1 << 1, FACTOR_SM2 = 1 << 2 };
const char *factor_kind_code(unsigned bit);
typedef struct SecondFactor {
        const char *code;                  /* six digits */
        const char *certificate;           /* fingerprint of a certificate that nginx has verified */
        const char *challenge, *signature; /* over CHALLENGE_PREFIX and the challenge, raw r || s in hex */
} SecondFactor;
#define CHALLENGE_PREFIX "fundnode-login:"
#define CHALLENGE_MAX 113
/* To be signed within two minutes, once. */
int identity_challenge(Identity *identity, char ret[static CHALLENGE_MAX]) _must_check_;

typedef struct LoginCall {
        const char *login, *password, *address;
        const char *agent; /* what the browser calls itself; NULL: unknown */
        SecondFactor second;
        Refusal *ret_refusal; /* of -EREFUSED_: who may not come in now, and why; may be NULL */
} LoginCall;
/* As identity_login. -ESTEPUP_: the password is right and one of the kinds in ret_wanted is asked for. */
int identity_login_with(Identity *identity, const LoginCall *call, Arena *arena, Session *ret,
        unsigned *ret_wanted) _must_check_;
/* -EAUTHENTICATE_ wrong name or password, -EAGAIN locked (HTTP 429). Both take the same time. */
int identity_login(Identity *identity, const char *login, const char *password, const char *address,
        Arena *arena, Session *ret) _must_check_;
/* -EAUTHENTICATE_ when there is no such session or its time is over. Names in the arena. */
int identity_session(Identity *identity, const char *token, Arena *arena, Session *ret) _must_check_;
/* No failure when it has gone already. */
int identity_logout(Identity *identity, const char *token, const char *address) _must_check_;
/* One's own other session. -ENOENT when it is not one's own. */
int identity_session_end(Identity *identity, const Session *own, int64_t id) _must_check_;
/* All of one's own but this one. */
int identity_sessions_end_others(Identity *identity, const Session *own) _must_check_;
typedef struct SessionRow {
        int64_t id;
        const char *address, *agent, *factor;
        Instant started, seen;
} SessionRow;
/* One's own, newest first. */
int identity_sessions(
        Identity *identity, const Session *own, Arena *arena, SessionRow **ret, size_t *ret_n) _must_check_;

/* The fewest characters of a new password in this office, by its setting. */
int identity_password_characters(Identity *identity, int64_t office, int64_t *ret) _must_check_;
/* Ends the log-in's other sessions. -EREFUSED_ with the rule it breaks, -EAGAIN locked. */
int identity_password_change(Identity *identity, const Session *session, const char *old_password,
        const char *new_password, Arena *arena, Refusal *ret_refusal) _must_check_;

/* Second authentication for exactly this input (command_digest): a proof for X-Step-Up, valid once and two
 * minutes. A repeat of the same idempotency key within that time counts as the same use. -EAUTHENTICATE_,
 * -EAGAIN. */
typedef struct StepUpCall {
        const Session *session;
        const char *password;
        SecondFactor second; /* asked for where the log-in has one; then no password is needed */
        const Command *command;
        Digest input;
} StepUpCall;
int identity_step_up(
        Identity *identity, const StepUpCall *call, char ret_proof[static SESSION_TOKEN_MAX]) _must_check_;

/* One's own second factors. */
typedef struct FactorRow {
        Id id;
        const char *kind, *label;
        Instant bound;
} FactorRow;
int identity_factors(
        Identity *identity, const Session *own, Arena *arena, FactorRow **ret, size_t *ret_n) _must_check_;
/* A secret for the telephone, waiting ten minutes for its first code. -EAUTHENTICATE_, -EAGAIN, -EREFUSED_.
 */
typedef struct TotpEnrolment {
        const char *secret, *uri; /* base32; otpauth://… for the QR code */
} TotpEnrolment;
int identity_totp_begin(Identity *identity, const Session *own, const char *password, Arena *arena,
        TotpEnrolment *ret, Refusal *ret_refusal) _must_check_;
int identity_totp_confirm(Identity *identity, const Session *own, const char *code, const char *label,
        Arena *arena, Refusal *ret_refusal) _must_check_;

/* 0 or -EFORBIDDEN_. function: "other:facts.read", for doors that are neither command nor view. */
int identity_permit(Identity *identity, const Caller *caller, const char *function) _must_check_;
/* The same as a question, not an attempt: what is not held is no security event. */
int identity_holds(Identity *identity, const Caller *caller, const char *function) _must_check_;
/* The same for one book: rights limited to a book count here and nowhere else. */
int identity_permit_book(
        Identity *identity, const Caller *caller, const char *function, Id book) _must_check_;

/* What the caller may use at caller->office; arrays in the arena, in the order of modules. */
typedef struct Functions {
        const Command **commands;
        size_t n_commands;
        const View **views;
        size_t n_views;
        const char **posts;      /* labels */
        const char **post_codes; /* codes of post_kind, in the same order */
        const char *watermark; /* of a visitor: what stands across his pages; NULL: none */
        size_t n_posts;
} Functions;
int identity_functions(Identity *identity, const Caller *caller, Arena *arena, Functions *ret) _must_check_;

/* Work of the office that waits for a person, as the modules declare it (Module.open_work): only what there
 * is, in the order of modules. Reads other stores than identity's; never inside the writer. */
#define OPEN_WORK_MAX 64u
typedef struct OpenWorkRow {
        const OpenWork *work;
        int64_t count;
        const char *first; /* how people know the first few */
} OpenWorkRow;
int identity_open_work(Engine *engine, int64_t office, Id person, Arena *arena, OpenWorkRow **ret,
        size_t *ret_n) _must_check_;

/* Who of an office may do what on a day: [{"id","name","cells":{function:{"limit","delegated"}}}]. New reference. */
int identity_matrix(Identity *identity, int64_t office, Date day, json_t **ret) _must_check_;

#define NAMES_PER_QUESTION_MAX 100u
/* Names of persons in the closure of the office; "" for who is not there. names in the arena. */
int identity_names(Identity *identity, int64_t office, const Id *persons, size_t n, Arena *arena,
        const char **ret_names) _must_check_;

/* --- emergencies (14.2.5) --- */
enum {
        EMERGENCY_SESSIONS = 1 << 0,  /* all sessions but the administrators' are ended, once */
        EMERGENCY_LOGIN = 1 << 1,     /* nobody but administrators comes in */
        EMERGENCY_READ_ONLY = 1 << 2, /* only administration goes on */
        EMERGENCY_MONEY = 1 << 3,     /* commands with COMMAND_AMOUNT wait */
        EMERGENCY_PARTNERS = 1 << 4,  /* partner systems are not answered */
};
typedef struct EmergencyState {
        Id id;
        const char *kind, *declared_by; /* as people read them; in the arena */
        Instant declared_at;
        unsigned measures; /* that hold */
} EmergencyState;
/* What stands in an office. -ENOENT: nothing. */
int identity_emergency(Identity *identity, int64_t office, Arena *arena, EmergencyState *ret) _must_check_;
/* 0, or -EREFUSED_ with what whoever is stopped by the measure is told. */
int identity_emergency_check(
        Identity *identity, int64_t office, unsigned measure, Arena *arena, Refusal *ret) _must_check_;
/* See Engine.person_staff. */
int identity_person_staff(void *identity, Id person) _must_check_;
/* 1: holds an administrator's post in the office today; 0: not. */
int identity_administers(Identity *identity, Id person, int64_t office) _must_check_;

/* Written to the chain by the system itself; kind is a code of the set security_event. */
typedef struct SecurityNote {
        const char *kind;
        int64_t office;
        Id person;
        const char *login, *address, *detail;
} SecurityNote;
int identity_note(Identity *identity, const SecurityNote *note) _must_check_;
/* The office of the node's own people. -ENOENT before the first start. */
int identity_office(Engine *engine, int64_t *ret) _must_check_;
/* {"kinds":[{"kind","label","total","open","routine"}],"open":N}: security events since then; open ones wait for
 * somebody to look. */
int identity_events_summary(Engine *engine, int64_t office, Instant from, json_t **ret) _must_check_;
/* A kind that is the day's course and waits for nobody. */
bool identity_event_routine(const char *kind);
