/* SPDX-License-Identifier: Apache-2.0 */
/* One attempt with a password and a second factor, and the counting of failures. Attempts are counted before the
 * slow check and forgiven after a good one, so that many at the same moment gain nothing. A place the log-in has
 * come in from has a count of its own: whoever guesses from anywhere else closes the log-in for everywhere else,
 * and never keeps its owner out of his own place. A name that is no log-in's is answered, counted and closed alike,
 * so that nobody learns which are. */

#include <string.h>

#include <node/text.h>

#include "factor.h"
#include "identity-setting.h"

#define PLACES_MAX 8
#define PLACE_MS (90 * DAY_MS)

typedef struct Attempt {
        Identity *identity;
        Arena *arena;
        Id login;
        int64_t office;
        const char *address;
        const char *hash;
        bool locked_now, place; /* counted at a place of its own */
} Attempt;

static Store *store_of(Identity *identity) {
        return identity->engine->stores[STORE_SYSTEM];
}

static Instant now_of(Identity *identity) {
        return clock_now(identity->engine->clock);
}

typedef struct Count {
        int64_t failed, locked_until;
} Count;

static int credential_load(Tx *tx, Attempt *attempt, Count *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = tx_query(tx, &query_credential_select, SQL_ARGS(value_id(attempt->login)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = (Count){ rows_integer(rows, 3), rows_integer(rows, 4) };
        attempt->hash = arena_strdup(attempt->arena, rows_text(rows, 0));
        return attempt->hash ? 0 : -ENOMEM;
}

static int place_load(Tx *tx, Attempt *attempt, int64_t now, Count *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = tx_query(tx, &query_place_select,
                SQL_ARGS(value_id(attempt->login), value_text(attempt->address), value_integer(now - PLACE_MS)),
                &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r < 0)
                return r;
        attempt->place = r > 0;
        if (r > 0)
                *ret = (Count){ rows_integer(rows, 0), rows_integer(rows, 1) };
        return 0;
}

/* One more failure, as the office counts them. -EAGAIN: closed. */
static int count_add(Identity *identity, Tx *tx, int64_t office, Count *count, bool *ret_locked_now) {
        int64_t now = now_of(identity).ms, failures_max, lock_minutes;

        *ret_locked_now = false;
        if (count->locked_until > now)
                return -EAGAIN;
        if (count->locked_until != 0) /* served */
                count->failed = 0;
        int r = identity_setting(
                identity, tx, office, &identity_settings[SETTING_LOGIN_FAILURES], &failures_max);
        if (r == 0)
                r = identity_setting(
                        identity, tx, office, &identity_settings[SETTING_LOCK_MINUTES], &lock_minutes);
        if (r < 0)
                return r;
        *ret_locked_now = ++count->failed >= failures_max;
        count->locked_until = *ret_locked_now ? now + lock_minutes * MINUTE_MS : 0;
        return 0;
}

static int attempt_work(Tx *tx, void *data) {
        Attempt *attempt = data;
        Count count;

        int r = credential_load(tx, attempt, &count);
        if (r == 0)
                r = place_load(tx, attempt, now_of(attempt->identity).ms, &count);
        if (r == 0)
                r = count_add(attempt->identity, tx, attempt->office, &count, &attempt->locked_now);
        if (r < 0)
                return r;
        const Value args[] = { value_id(attempt->login), value_integer(count.failed),
                value_integer(count.locked_until), value_text(attempt->address) };
        return attempt->place ? tx_exec(tx, &query_place_attempt, args, 4, NULL)
                              : tx_exec(tx, &query_credential_attempt, args, 3, NULL);
}

/* Only if it is still the password that was checked. */
static int settle(Tx *tx, const Attempt *attempt, const Query *credential, const Query *place) {
        const Value args[] = { value_id(attempt->login), value_text(attempt->hash),
                value_text(attempt->address) };

        return attempt->place ? tx_exec(tx, place, args, 3, NULL) : tx_exec(tx, credential, args, 2, NULL);
}

static int good_work(Tx *tx, void *data) {
        return settle(tx, data, &query_credential_good, &query_place_good);
}

/* Neither good nor bad: the second factor is still to come. Attempts before it stay counted. */
static int undo_work(Tx *tx, void *data) {
        return settle(tx, data, &query_credential_undo, &query_place_undo);
}

int place_known(Tx *tx, Id login, const char *address, int64_t now) {
        int r = tx_exec(tx, &query_place_set,
                SQL_ARGS(value_id(login), value_text(address), value_integer(now)), NULL);

        return r < 0 ? r
                     : tx_exec(tx, &query_place_trim, SQL_ARGS(value_id(login), value_integer(PLACES_MAX)),
                               NULL);
}

static int note(Identity *identity, const Session *who, const char *kind, const char *address) {
        return identity_note(identity, &(SecurityNote){ .kind = kind,
                                               .office = who->office,
                                               .person = who->person,
                                               .login = who->login_name,
                                               .address = address,
                                               .detail = "" });
}

static int attempt_failed(Identity *identity, const Session *who, const Attempt *attempt, const char *event) {
        int r = note(identity, who, event, attempt->address);

        if (r == 0 && attempt->locked_now)
                r = note(identity, who, "locked_out", attempt->address);
        return r < 0 ? r : -EAUTHENTICATE_;
}

/* Where a second factor is bound a good password alone forgives nothing: wrong codes stay counted. */
static int attempt_good(
        Identity *identity, const Session *who, const SecretCall *call, Attempt *attempt, Arena *arena) {
        Factors factors = { 0 };
        int r = call->second ? 0 : factors_load(identity, who->person, who->login, arena, &factors);

        return r < 0 ? r : store_write(store_of(identity), factors.bound ? undo_work : good_work, attempt);
}

/* A one-time password is checked in no time: as long as any other, that nobody sees who never came in. */
static int password_check(Identity *identity, const char *hash, const char *password) {
        if (one_time_hash(hash)) {
                int r = password_verify(identity->dummy_hash, password);
                if (r < 0 && r != -EBADMSG)
                        return r;
        }
        return any_password_verify(hash, password);
}

int secret_attempt(
        Identity *identity, const Session *who, const SecretCall *call, Arena *arena, SecondResult *ret) {
        Attempt attempt = { .identity = identity,
                .arena = arena,
                .login = who->login,
                .office = who->office,
                .address = call->address ? call->address : who->address ? who->address : "" };

        *ret = (SecondResult){ .kind = "" };
        int r = store_write(store_of(identity), attempt_work, &attempt);
        if (r == 0 && call->password)
                r = password_check(identity, attempt.hash, call->password);
        if (r == -EBADMSG)
                return attempt_failed(identity, who, &attempt, call->event);
        if (r == 0 && call->second)
                r = second_check(identity, who, call->second, arena, ret);
        if (r == -EAUTHENTICATE_)
                return attempt_failed(identity, who, &attempt, "factor_failed");
        if (r == -ESTEPUP_) {
                int undone = store_write(store_of(identity), undo_work, &attempt);
                return undone < 0 ? undone : r;
        }
        return r < 0 ? r : attempt_good(identity, who, call, &attempt, arena);
}

int password_attempt(
        Identity *identity, const Session *who, const char *password, const char *event, Arena *arena) {
        SecondResult ignored;

        return secret_attempt(
                identity, who, &(SecretCall){ .password = password, .event = event }, arena, &ignored);
}

/* --- names that are no log-in's --- */

#define WAYS 4u

/* The name's place; of those it may have, the one that was asked longest ago is given away. */
static Stranger *stranger_of(Identity *identity, uint64_t name, int64_t now) {
        Stranger *set = &identity->strangers[name % (STRANGERS / WAYS) * WAYS], *oldest = set;

        for (size_t i = 0; i < WAYS; i++) {
                if (set[i].name == name)
                        oldest = &set[i];
                if (oldest->name == name)
                        break;
                if (set[i].asked < oldest->asked)
                        oldest = &set[i];
        }
        if (oldest->name != name)
                *oldest = (Stranger){ .name = name };
        oldest->asked = now;
        return oldest;
}

static int stranger_count(Identity *identity, int64_t office, uint64_t name, bool *ret_locked_now) {
        _cleanup_(store_read_endp) Tx *tx = NULL;

        int r = store_read_begin(store_of(identity), &tx);
        if (r < 0)
                return r;
        pthread_mutex_lock(&identity->mutex);
        Stranger *stranger = stranger_of(identity, name, now_of(identity).ms);
        Count count = { stranger->failed, stranger->locked_until };
        r = count_add(identity, tx, office, &count, ret_locked_now);
        stranger->failed = count.failed;
        stranger->locked_until = count.locked_until;
        pthread_mutex_unlock(&identity->mutex);
        return r;
}

int stranger_attempt(Identity *identity, const LoginCall *call) {
        SecurityNote noted = { .kind = "login_failed", .login = call->login, .address = call->address };
        bool locked_now = false;
        uint64_t name;
        Digest digest;

        int r = digest_compute(DIGEST_SM3, call->login, strlen(call->login), &digest);
        if (r == 0)
                r = identity_office(identity->engine, &noted.office);
        if (r < 0)
                return r == -ENOENT ? -EAUTHENTICATE_ : r;
        memcpy(&name, digest.bytes, sizeof(name));
        r = stranger_count(identity, noted.office, name, &locked_now);
        if (r == 0)
                r = password_verify(identity->dummy_hash, call->password);
        if (r < 0 && r != -EBADMSG)
                return r;
        r = identity_note(identity, &noted);
        noted.kind = "locked_out";
        if (r == 0 && locked_now)
                r = identity_note(identity, &noted);
        return r < 0 ? r : -EAUTHENTICATE_;
}
