/* SPDX-License-Identifier: Apache-2.0 */
/* Inside identity: the rows, and what its files share. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include <internal/identity.h>

#include "identity-query.h"

typedef struct Person {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "person.def"
#undef FIELD
} Person;
typedef struct Login {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "login.def"
#undef FIELD
} Login;
typedef struct Post {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "post.def"
#undef FIELD
} Post;
typedef struct PostHolder {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "post-holder.def"
#undef FIELD
} PostHolder;
typedef struct RightGrant {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "right-grant.def"
#undef FIELD
} RightGrant;
typedef struct Delegation {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "delegation.def"
#undef FIELD
} Delegation;
enum {
        DELEGATION_REQUESTED,
        DELEGATION_APPROVED,
        DELEGATION_REFUSED,
        DELEGATION_WITHDRAWN,
        DELEGATION_ENDED
};
typedef struct Departure {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "departure.def"
#undef FIELD
} Departure;
enum { DEPARTURE_PREPARED, DEPARTURE_CONFIRMED, DEPARTURE_LEFT, DEPARTURE_CANCELLED };
typedef struct Factor {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "factor.def"
#undef FIELD
} Factor;
typedef struct FactorRequest {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "factor-request.def"
#undef FIELD
} FactorRequest;
enum { FACTOR_REQUEST_WAITS, FACTOR_REQUEST_APPROVED, FACTOR_REQUEST_REFUSED };
typedef struct SecurityEvent {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "security-event.def"
#undef FIELD
} SecurityEvent;

typedef struct EventHandling {
        RowHead head;
#define FIELD FIELD_MEMBER
#include "event-handling.def"
#undef FIELD
} EventHandling;
typedef struct HandleEventInput {
#define FIELD FIELD_MEMBER
#include "handle-event-input.def"
#undef FIELD
} HandleEventInput;

typedef struct EventInput {
#define FIELD FIELD_MEMBER
#include "event-input.def"
#undef FIELD
} EventInput;
typedef struct PersonInput {
#define FIELD FIELD_MEMBER
#include "person-input.def"
#undef FIELD
} PersonInput;
typedef struct LoginInput {
#define FIELD FIELD_MEMBER
#include "login-input.def"
#undef FIELD
} LoginInput;
typedef struct LoginOutput {
#define FIELD FIELD_MEMBER
#include "login-output.def"
#undef FIELD
} LoginOutput;
typedef struct PostInput {
#define FIELD FIELD_MEMBER
#include "post-input.def"
#undef FIELD
} PostInput;
typedef struct RightInput {
#define FIELD FIELD_MEMBER
#include "right-input.def"
#undef FIELD
} RightInput;
typedef struct PostRuleInput {
#define FIELD FIELD_MEMBER
#include "post-rule-input.def"
#undef FIELD
} PostRuleInput;
typedef struct DelegationInput {
#define FIELD FIELD_MEMBER
#include "delegation-input.def"
#undef FIELD
} DelegationInput;
typedef struct DelegationEntry {
#define FIELD FIELD_MEMBER
#include "delegation-entry.def"
#undef FIELD
} DelegationEntry;
typedef struct DelegationDecision {
#define FIELD FIELD_MEMBER
#include "delegation-decision.def"
#undef FIELD
} DelegationDecision;
typedef struct DepartureInput {
#define FIELD FIELD_MEMBER
#include "departure-input.def"
#undef FIELD
} DepartureInput;
typedef struct DepartureConfirm {
#define FIELD FIELD_MEMBER
#include "departure-confirm.def"
#undef FIELD
} DepartureConfirm;
typedef struct DepartureNote {
#define FIELD FIELD_MEMBER
#include "departure-note.def"
#undef FIELD
} DepartureNote;
typedef struct LeaveInput {
#define FIELD FIELD_MEMBER
#include "leave-input.def"
#undef FIELD
} LeaveInput;
typedef struct LeaveOutput {
#define FIELD FIELD_MEMBER
#include "leave-output.def"
#undef FIELD
} LeaveOutput;
typedef struct FactorInput {
#define FIELD FIELD_MEMBER
#include "factor-input.def"
#undef FIELD
} FactorInput;
typedef struct FactorRevoke {
#define FIELD FIELD_MEMBER
#include "factor-revoke.def"
#undef FIELD
} FactorRevoke;
typedef struct FactorChanged {
#define FIELD FIELD_MEMBER
#include "factor-changed.def"
#undef FIELD
} FactorChanged;
typedef struct FactorDecision {
#define FIELD FIELD_MEMBER
#include "factor-decision.def"
#undef FIELD
} FactorDecision;
typedef struct TotpInput {
#define FIELD FIELD_MEMBER
#include "totp-input.def"
#undef FIELD
} TotpInput;
typedef struct EndInput {
#define FIELD FIELD_MEMBER
#include "end-input.def"
#undef FIELD
} EndInput;
typedef struct LoginReasonInput {
#define FIELD FIELD_MEMBER
#include "login-reason-input.def"
#undef FIELD
} LoginReasonInput;
typedef struct SessionInput {
#define FIELD FIELD_MEMBER
#include "session-input.def"
#undef FIELD
} SessionInput;
typedef struct PasswordInput {
#define FIELD FIELD_MEMBER
#include "password-input.def"
#undef FIELD
} PasswordInput;
typedef struct FirstStartOutput {
#define FIELD FIELD_MEMBER
#include "first-start-output.def"
#undef FIELD
} FirstStartOutput;
typedef struct IdOutput {
#define FIELD FIELD_MEMBER
#include "id-output.def"
#undef FIELD
} IdOutput;

/* --- module.c, command-labels.c --- */
extern const Record record_person, record_login, record_post, record_post_holder, record_right_grant,
        record_security_event, record_delegation, record_departure, record_factor, record_event_handling,
        record_handle_event_input, record_factor_request;
extern const Record record_event_input, record_person_input, record_login_input, record_login_output,
        record_post_input, record_right_input, record_end_input, record_login_reason_input,
        record_session_input, record_password_input, record_id_output, record_first_start_output,
        record_post_rule_input, record_delegation_input, record_delegation_entry, record_delegation_decision,
        record_departure_input, record_departure_confirm, record_departure_note, record_leave_input,
        record_leave_output, record_factor_input, record_factor_revoke, record_totp_input,
        record_factor_changed, record_factor_decision;
extern const Command *const identity_commands[];
extern const View *const identity_views[];
extern const StateName delegation_states[], departure_states[], factor_request_states[];
extern const Paper *const identity_papers[];
extern const OpenWork identity_open_works[];
extern const Command command_create_person, command_set_post, command_end_post, command_grant_right,
        command_revoke_right, command_change_password, command_note_event, command_first_start,
        command_set_post_rule, command_request_delegation, command_enter_delegation,
        command_approve_delegation, command_refuse_delegation, command_withdraw_delegation,
        command_end_delegation, command_prepare_departure, command_confirm_departure,
        command_cancel_departure, command_leave, command_bind_factor, command_revoke_factor,
        command_bind_totp, command_approve_factor, command_refuse_factor;

/* --- identity-command.c, rights-command.c: the commands of those names --- */
int create_person_prepare(
        Engine *engine, const Caller *caller, const void *input, Arena *arena, void **ret);
int run_create_person(Request *q, const void *input, void *ret_output);
int run_add_login(Request *q, const void *input, void *ret_output);
int run_reset_password(Request *q, const void *input, void *ret_output);
int run_lock(Request *q, const void *input, void *ret_output);
int run_unlock(Request *q, const void *input, void *ret_output);
int run_change_password(Request *q, const void *input, void *ret_output);
int run_end_session(Request *q, const void *input, void *ret_output);
int run_note_event(Request *q, const void *input, void *ret_output);
int run_handle_event(Request *q, const void *input, void *ret_output);
int run_first_start(Request *q, const void *input, void *ret_output);
int run_set_post(Request *q, const void *input, void *ret_output);
int run_end_post(Request *q, const void *input, void *ret_output);
int run_grant_right(Request *q, const void *input, void *ret_output);
int run_revoke_right(Request *q, const void *input, void *ret_output);
int run_set_post_rule(Request *q, const void *input, void *ret_output);
int run_request_delegation(Request *q, const void *input, void *ret_output);
int run_enter_delegation(Request *q, const void *input, void *ret_output);
int run_approve_delegation(Request *q, const void *input, void *ret_output);
int run_refuse_delegation(Request *q, const void *input, void *ret_output);
int run_withdraw_delegation(Request *q, const void *input, void *ret_output);
int run_end_delegation(Request *q, const void *input, void *ret_output);
int run_prepare_departure(Request *q, const void *input, void *ret_output);
int run_confirm_departure(Request *q, const void *input, void *ret_output);
int run_cancel_departure(Request *q, const void *input, void *ret_output);
int run_leave(Request *q, const void *input, void *ret_output);
int run_bind_factor(Request *q, const void *input, void *ret_output);
int run_revoke_factor(Request *q, const void *input, void *ret_output);
int run_bind_totp(Request *q, const void *input, void *ret_output);
int run_approve_factor(Request *q, const void *input, void *ret_output);
int run_refuse_factor(Request *q, const void *input, void *ret_output);

/* --- open-work.c --- */
int prepare_departure_prepare(
        Engine *engine, const Caller *caller, const void *input, Arena *arena, void **ret);

/* --- identity-command.c --- */
int left_check(Request *q, Id person, const char *field) _must_check_;

/* --- rights-command.c --- */
bool dates_ordered(Date from, Date to);
/* Nobody gives or takes rights to or from himself. */
int subject_check(Request *q, Id person) _must_check_;
/* The MAC of a holding with what it covers of the person. */
int holder_seal(Request *q, PostHolder *row, char mac[static 65]) _must_check_;

/* --- post-kind-codes.c --- */
/* Administrators and visitors hold one post and nothing else on any day. */
typedef enum PostClass {
        POST_BUSINESS,
        POST_ADMINISTRATOR,
        POST_VISITOR,
        POST_OUTSIDE, /* of people of involved organizations (2.0.11), who hold no other */
} PostClass;
typedef struct PostKind {
        const char *code, *label;
        PostClass class;
        const char *const *functions; /* patterns; NULL ends */
        const char *const *except;    /* what the patterns must not catch */
} PostKind;
extern const PostKind post_kinds[]; /* the three administrators first; ends with an empty row */
const PostKind *post_kind_find(const char *code);
bool post_kind_allows(const PostKind *kind, const char *function);
/* Holds no other post, grant or delegation on any day. */
bool post_kind_exclusive(const PostKind *kind);
/* Equal, or equal round the one * of the pattern. */
bool function_matches(const char *pattern, const char *function);
bool function_pattern_valid(const char *pattern);
/* A function that only administrators' posts bring. */
bool function_administrators(const char *pattern);

/* --- rights-mac.c --- */
#define RIGHTS_MAC_MAX 65
/* Over the organization of the person too: whoever takes it away from him takes his rights. */
int rights_mac_holder(const Keys *keys, const PostHolder *row, Id organization,
        char ret[static RIGHTS_MAC_MAX]) _must_check_;
int rights_mac_grant(const Keys *keys, const RightGrant *row, char ret[static RIGHTS_MAC_MAX]) _must_check_;
int rights_mac_post(const Keys *keys, const Post *row, char ret[static RIGHTS_MAC_MAX]) _must_check_;
int rights_mac_factor(const Keys *keys, const Factor *row, char ret[static RIGHTS_MAC_MAX]) _must_check_;
int rights_mac_factor_request(
        const Keys *keys, const FactorRequest *row, char ret[static RIGHTS_MAC_MAX]) _must_check_;
int rights_mac_delegation(
        const Keys *keys, const Delegation *row, char ret[static RIGHTS_MAC_MAX]) _must_check_;

/* --- delegation-command.c --- */
/* Its last day is today: the two count as one until midnight, for what was done under it was done today. A row that
 * says otherwise later has no MAC for it. */
int delegation_over(Request *q, Delegation *row, char mac[static RIGHTS_MAC_MAX]) _must_check_;

/* --- rights-load.c: what one person holds, by posts, grants and delegations --- */
#define FUNCTION_MAX 96u
typedef struct Grant {
        const PostKind *kind;        /* a post's functions, or */
        char function[FUNCTION_MAX]; /* one granted pattern */
        char only[FUNCTION_MAX];     /* what a delegation is limited to; "": nothing */
        int64_t office;
        Id book;
        Money limit;  /* of one operation; 0: none */
        Id principal; /* by delegation */
        Date from, to;
} Grant;
/* Somebody who counts as the person where two are asked for: whom he stands in for, who stands in for him.
 */
typedef struct Alike {
        Id person;
        Date from, to;
} Alike;
/* Of today and later: a year of single days of leave and more. */
#define ALIKE_MAX 512u
typedef struct Entry {
        Id person, organization;
        int64_t seq, generation;
        bool usable; /* has a log-in that is neither locked nor waiting for a new password */
        bool broken; /* rows with a wrong MAC were left out */
        Alike alike[ALIKE_MAX];
        size_t n_alike, n;
        Grant grants[];
} Entry;
typedef struct Identity Identity;
/* Owned by the caller. */
int rights_load(Identity *identity, Tx *tx, Id person, Entry **ret) _must_check_;

/* --- password-rule.c --- */
/* Random, 20 characters of 32: no dictionary helps, so its stored digest needs no slow hash. */
#define ONE_TIME_MAX 24
#define ONE_TIME_HASH_MAX 128
int one_time_make(const Clock *clock, char ret_password[static ONE_TIME_MAX],
        char ret_hash[static ONE_TIME_HASH_MAX]) _must_check_;
bool one_time_hash(const char *hash);
/* Either kind of hash. 0 right, -EBADMSG wrong. */
int any_password_verify(const char *hash, const char *password) _must_check_;
/* Code of the rule it breaks, or NULL. */
const char *password_rule(const char *password, const char *login, size_t characters_min);

/* --- identity.c --- */
#define CACHE_SLOTS 512u
/* A typed name that is no log-in's: counted like one, in memory. */
typedef struct Stranger {
        uint64_t name; /* of its digest */
        int64_t asked, failed, locked_until;
} Stranger;
#define STRANGERS 4096u
/* What somebody was noted for, in the minute. */
typedef struct Noted {
        uint64_t what;
        int64_t minute, n;
} Noted;
#define NOTED_SLOTS 1024u
struct Identity {
        Engine *engine;
        PasswordMethod method;
        char dummy_hash[PASSWORD_HASH_MAX]; /* checked for names that do not exist, to take as long */
        pthread_mutex_t mutex;              /* over the cache, the strangers and the noted */
        Stranger strangers[STRANGERS];
        Noted noted[NOTED_SLOTS];
        Entry *cache[CACHE_SLOTS];
        atomic_int_fast64_t generation; /* +1 when something outside the chain concerns rights */
        atomic_bool broken_noted;
};
void cache_drop(Identity *identity);
int identity_permit_command(
        void *data, const Caller *caller, const Command *command, const Digest *input, Permit *ret);
/* Whether the holdings of an entry allow a function on a day, up to how much, and whether only by
 * delegation. */
bool entry_basis(const Entry *entry, const char *function, int64_t office, Date day, Money *ret_limit,
        bool *ret_delegated);
const char *identity_person_name(void *data, Id person, Arena *arena);
int identity_permit_view(void *data, const Caller *caller, const View *view);
/* At most max bytes, cut between characters; NULL counts as empty. */
const char *text_short(Arena *arena, const char *text, size_t max);
/* Random hex token and the digest that is kept of it. */
int token_make(Identity *identity, char ret[static SESSION_TOKEN_MAX], Digest *ret_digest) _must_check_;
int token_digest(const char *token, Digest *ret) _must_check_;

/* --- attempt.c --- */
/* A good log-in came from there. */
int place_known(Tx *tx, Id login, const char *address, int64_t now) _must_check_;
/* The name is no log-in's. -EAUTHENTICATE_, -EAGAIN: as for one that is. */
int stranger_attempt(Identity *identity, const LoginCall *call) _must_check_;
/* Whole check of one password with its counting and its notes. -EAUTHENTICATE_, -EAGAIN. */
int password_attempt(Identity *identity, const Session *who, const char *password, const char *event,
        Arena *arena) _must_check_;
/* --- step-up.c --- */
int step_up_use(
        Identity *identity, const Caller *caller, const Command *command, const Digest *input) _must_check_;
