/* SPDX-License-Identifier: Apache-2.0 */
/* Inside identity: second factors of a log-in. */
#pragma once

#include "identity-kernel.h"

#define FACTORS_MAX 16u
#define TOTP_DIGITS 6u
#define TOTP_SECRET_BYTES 20
#define TOTP_PENDING_MS (10 * INT64_C(60000))
#define CHALLENGE_MS (2 * INT64_C(60000))
#define FACTOR_ANY (FACTOR_TOTP | FACTOR_CERTIFICATE | FACTOR_SM2)

typedef struct Factors {
        unsigned bound;    /* kinds the log-in has */
        unsigned accepted; /* kinds the rules of its posts leave */
        bool ruled;
        Factor rows[FACTORS_MAX];
        size_t n;
} Factors;
int factors_load(Identity *identity, Id person, Id login, Arena *arena, Factors *ret) _must_check_;
/* Only what the rules of a day ask: ruled and accepted. */
int factor_rules_load(Tx *tx, Id person, Date today, Factors *ret) _must_check_;
/* "totp,sm2" */
unsigned factors_parse(const char *list);

typedef struct SecondResult {
        unsigned wanted;  /* kinds of which one is asked; 0: none */
        bool enrol;       /* the posts ask one and none is bound */
        const char *kind; /* the one that was good; "" */
} SecondResult;
/* 0: good, or none is asked. -ESTEPUP_: asked and not given. -EAUTHENTICATE_: wrong or used before. */
int second_check(Identity *identity, const Session *who, const SecondFactor *second, Arena *arena,
        SecondResult *ret) _must_check_;
/* One attempt: password and second factor, each where given, with its counting and its notes.
 * -EAUTHENTICATE_, -EAGAIN, -ESTEPUP_. */
typedef struct SecretCall {
        const char *password;
        const char *event;          /* what a wrong password is noted as */
        const SecondFactor *second; /* NULL: not asked here */
        const char *address;        /* from where; NULL: a session says it */
} SecretCall;
int secret_attempt(Identity *identity, const Session *who, const SecretCall *call, Arena *arena,
        SecondResult *ret) _must_check_;
/* factor-bind.c. Refuses identity.factor_taken; identity.factor_revoked. */
int factor_put(Request *q, Factor *row) _must_check_;
int factor_release(Request *q, Factor *row, const char *reason) _must_check_;
/* factor-request.c. The row as it is to be; says who asks and when by itself. */
#define FACTOR_CHANGE_REVOKE "revoke"
#define FACTOR_CHANGE_BIND "bind"
int factor_ask(Request *q, FactorRequest *row, FactorChanged *ret) _must_check_;
#define SESSION_AGENT_MAX 160u
unsigned factor_kind_bit(const char *code);
int totp_associated(Id login, char ret[static 40]);
/* The step whose code this is, now or one step away. -EAUTHENTICATE_ */
int totp_step_of(Identity *identity, Id login, Bytes sealed, const char *code, Arena *arena,
        int64_t *ret) _must_check_;
