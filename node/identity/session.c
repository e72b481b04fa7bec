/* SPDX-License-Identifier: Apache-2.0 */
/* Log-in and sessions. */

#include <string.h>

#include <node/date.h>
#include <node/text.h>

#include "factor.h"
#include "identity-setting.h"

static Store *store_of(Identity *identity) {
        return identity->engine->stores[STORE_SYSTEM];
}

static Instant now_of(Identity *identity) {
        return clock_now(identity->engine->clock);
}

static int note(
        Identity *identity, const Session *who, const char *kind, const char *address, const char *detail) {
        return identity_note(identity, &(SecurityNote){ .kind = kind,
                                               .office = who->office,
                                               .person = who->person,
                                               .login = who->login_name,
                                               .address = address,
                                               .detail = detail });
}

static int login_load(Identity *identity, const char *name, Arena *arena, Session *ret, bool *ret_locked) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = store_read_begin(store_of(identity), &tx);
        if (r == 0)
                r = tx_query(tx, &query_login_find, SQL_ARGS(value_text(name)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = (Session){
                .login = { rows_integer(rows, 0) },
                .office = rows_integer(rows, 1),
                .person = { rows_integer(rows, 2) },
                .login_name = arena_strdup(arena, rows_text(rows, 3)),
                .person_name = arena_strdup(arena, rows_text(rows, 5)),
                .organization = { rows_integer(rows, 6) },
                .address = "",
        };
        *ret_locked = rows_integer(rows, 4) != 0;
        return ret->login_name && ret->person_name ? 0 : -ENOMEM;
}

typedef struct Start {
        Identity *identity;
        Session *session;
        Digest token;
        const char *address, *agent;
} Start;

/* What is too old to be good is asked anew or changed; a one-time password does not live for ever. */
static int credential_age(Tx *tx, Start *start, int64_t now) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Value login = value_id(start->session->login);
        int64_t days;

        int r = tx_query(tx, &query_credential_select, &login, 1, &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        int64_t age = now - rows_integer(rows, 2);
        bool must_change = rows_integer(rows, 1) != 0, one_time = one_time_hash(rows_text(rows, 0));
        rows = rows_close(rows);
        if (one_time && age > ONE_TIME_PASSWORD_MS)
                return -EAUTHENTICATE_;
        r = identity_setting(start->identity, tx, start->session->office,
                &identity_settings[SETTING_PASSWORD_AGE], &days);
        if (r < 0)
                return r;
        start->session->must_change = must_change || age > days * DAY_MS;
        return start->session->must_change && !must_change
                       ? tx_exec(tx, &query_credential_expire, &login, 1, NULL)
                       : 0;
}

static int start_work(Tx *tx, void *data) {
        Start *start = data;
        Session *session = start->session;
        int64_t now = now_of(start->identity).ms, last;

        int r = credential_age(tx, start, now);
        if (r == 0)
                r = tx_exec(tx, &query_session_delete_old,
                        SQL_ARGS(value_integer(now - SESSION_ABSOLUTE_MINUTES_MAX * MINUTE_MS),
                                value_integer(now - SESSION_IDLE_MINUTES_MAX * MINUTE_MS)),
                        NULL);
        if (r == 0)
                r = tx_integer(tx, &query_session_next, SQL_NO_ARGS, &last);
        if (r < 0)
                return r;
        session->id = last + 1;
        r = tx_exec(tx, &query_session_insert,
                SQL_ARGS(value_integer(session->id), value_integer(session->office),
                        value_blob(start->token.bytes, sizeof(start->token.bytes)), value_id(session->login),
                        value_id(session->person), value_text(start->address), value_integer(now),
                        value_text(start->agent), value_text(session->factor),
                        value_integer(session->must_enrol)),
                NULL);
        if (r == 0)
                r = tx_exec(tx, &query_session_surplus,
                        SQL_ARGS(value_id(session->login), value_integer(SESSIONS_PER_LOGIN_MAX)), NULL);
        return r < 0 ? r : place_known(tx, session->login, start->address, now);
}

int identity_login(Identity *identity, const char *login, const char *password, const char *address,
        Arena *arena, Session *ret) {
        LoginCall call = { .login = login, .password = password, .address = address };
        unsigned ignored;

        return identity_login_with(identity, &call, arena, ret, &ignored);
}

static bool call_valid(const LoginCall *call) {
        return strlen(call->login) <= 64 && strlen(call->password) <= PASSWORD_BYTES_MAX &&
               strlen(call->address) <= 64 && text_is_utf8(call->login, strlen(call->login)) &&
               text_is_utf8(call->address, strlen(call->address));
}

/* After the password, so that nobody learns from outside what the office has ruled. */
static int emergency_login(Identity *identity, const Session *who, const LoginCall *call, Arena *arena) {
        Refusal refusal = { 0 };

        int r = identity_administers(identity, who->person, who->office);
        if (r != 0)
                return r < 0 ? r : 0;
        r = identity_emergency_check(identity, who->office, EMERGENCY_LOGIN, arena, &refusal);
        if (r != -EREFUSED_)
                return r;
        if (call->ret_refusal)
                *call->ret_refusal = refusal;
        int noted = note(identity, who, "emergency_login", call->address, "");
        return noted < 0 ? noted : r;
}

/* Whoever has the right password and is kept out all the same is worth a look. */
static int note_kept(Identity *identity, const Session *who, const char *address, const char *why) {
        int r = note(identity, who, "login_failed", address, why);

        return r < 0 ? r : -EAUTHENTICATE_;
}

int identity_login_with(
        Identity *identity, const LoginCall *call, Arena *arena, Session *ret, unsigned *ret_wanted) {
        const char *address = call->address;
        const SecretCall secret = { call->password, "login_failed", &call->second, address };
        Session session = { 0 };
        Start start = { .identity = identity,
                .session = &session,
                .address = address,
                .agent = text_short(arena, call->agent, SESSION_AGENT_MAX) };
        SecondResult second;
        bool locked = false;

        if (!start.agent)
                return -ENOMEM;
        if (!text_is_utf8(start.agent, strlen(start.agent)))
                start.agent = "";
        if (!call_valid(call))
                return -EAUTHENTICATE_;
        int r = login_load(identity, call->login, arena, &session, &locked);
        if (r == -ENOENT)
                return stranger_attempt(identity, call);
        if (r == 0)
                r = secret_attempt(identity, &session, &secret, arena, &second);
        if (locked && (r == 0 || r == -ESTEPUP_))
                return note_kept(identity, &session, address, "locked");
        if (r == -ESTEPUP_)
                *ret_wanted = second.wanted;
        if (r < 0)
                return r;
        session.factor = second.kind;
        session.address = address;
        session.must_enrol = second.enrol;
        r = emergency_login(identity, &session, call, arena);
        if (r == 0)
                r = token_make(identity, session.token, &start.token);
        if (r == 0)
                r = store_write(store_of(identity), start_work, &start);
        if (r == -EAUTHENTICATE_)
                return note_kept(identity, &session, address, "one-time password too old");
        if (r < 0)
                return r;
        if (session.must_change)
                atomic_fetch_add(&identity->generation, 1);
        r = note(identity, &session, "login", address, "");
        if (r == 0)
                *ret = session;
        return r;
}

static int seen_work(Tx *tx, void *data) {
        const int64_t *seen = data;

        return tx_exec(
                tx, &query_session_seen, SQL_ARGS(value_integer(seen[0]), value_integer(seen[1])), NULL);
}

static int session_times(
        Identity *identity, Tx *tx, int64_t office, int64_t *ret_idle_ms, int64_t *ret_absolute_ms) {
        int64_t idle, absolute;
        int r = identity_setting(identity, tx, office, &identity_settings[SETTING_SESSION_IDLE], &idle);

        if (r == 0)
                r = identity_setting(
                        identity, tx, office, &identity_settings[SETTING_SESSION_ABSOLUTE], &absolute);
        if (r < 0)
                return r;
        *ret_idle_ms = idle * MINUTE_MS;
        *ret_absolute_ms = absolute * MINUTE_MS;
        return 0;
}

/* Rules and posts may be younger than the session: what is asked today is asked of it too. */
static int enrol_due(Identity *identity, Tx *tx, Session *session) {
        Factors factors = { 0 };

        int r = factor_rules_load(tx, session->person, date_of_instant(now_of(identity)), &factors);
        if (r == 0 && factors.ruled && !(factors.accepted & factor_kind_bit(session->factor)))
                session->must_enrol = true;
        return r;
}

static int session_find(
        Identity *identity, const Digest *token, Arena *arena, Session *ret, int64_t *ret_seen) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        int64_t now = now_of(identity).ms, idle_ms, absolute_ms;

        int r = store_read_begin(store_of(identity), &tx);
        if (r == 0)
                r = tx_query(tx, &query_session_find,
                        SQL_ARGS(value_blob(token->bytes, sizeof(token->bytes))), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -EAUTHENTICATE_;
        int64_t started = rows_integer(rows, 4), seen = rows_integer(rows, 5);
        r = session_times(identity, tx, rows_integer(rows, 1), &idle_ms, &absolute_ms);
        if (r < 0)
                return r;
        if (now - started > absolute_ms || now - seen > idle_ms || rows_integer(rows, 8) != 0)
                return -EAUTHENTICATE_;
        *ret = (Session){
                .id = rows_integer(rows, 0),
                .office = rows_integer(rows, 1),
                .person = { rows_integer(rows, 2) },
                .login = { rows_integer(rows, 3) },
                .login_name = arena_strdup(arena, rows_text(rows, 6)),
                .person_name = arena_strdup(arena, rows_text(rows, 7)),
                .must_change = rows_integer(rows, 9) != 0,
                .factor = arena_strdup(arena, rows_text(rows, 10)),
                .must_enrol = rows_integer(rows, 11) != 0,
                .organization = { rows_integer(rows, 12) },
                .address = arena_strdup(arena, rows_text(rows, 13)),
        };
        *ret_seen = seen;
        if (!ret->login_name || !ret->person_name || !ret->factor || !ret->address)
                return -ENOMEM;
        rows = rows_close(rows);
        return enrol_due(identity, tx, ret);
}

int identity_session(Identity *identity, const char *token, Arena *arena, Session *ret) {
        int64_t seen = 0, now = now_of(identity).ms;
        Session session;
        Digest digest;

        int r = token_digest(token, &digest);
        if (r < 0)
                return -EAUTHENTICATE_;
        r = session_find(identity, &digest, arena, &session, &seen);
        if (r == 0 && now - seen >= SESSION_SEEN_STEP_MS) {
                r = store_write(store_of(identity), seen_work, (int64_t[]){ session.id, now });
                if (r == -EREADONLY_ || r == -EAGAIN) /* a node that only reads still lets people look */
                        r = 0;
        }
        if (r == 0)
                *ret = session;
        return r;
}

typedef struct End {
        int64_t id;
        Id login;
        int64_t changed;
} End;

static int end_work(Tx *tx, void *data) {
        End *end = data;

        return tx_exec(tx, &query_session_delete_own, SQL_ARGS(value_integer(end->id), value_id(end->login)),
                &end->changed);
}

int identity_logout(Identity *identity, const char *token, const char *address) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1 << 16);
        int64_t seen;
        Session session;
        Digest digest;

        if (!arena)
                return -ENOMEM;
        if (token_digest(token, &digest) < 0)
                return 0;
        int r = session_find(identity, &digest, arena, &session, &seen);
        if (r < 0)
                return r == -EAUTHENTICATE_ ? 0 : r;
        End end = { session.id, session.login, 0 };
        r = store_write(store_of(identity), end_work, &end);
        return r < 0 || end.changed == 0 ? r : note(identity, &session, "logout", address, "");
}

int identity_session_end(Identity *identity, const Session *own, int64_t id) {
        End end = { id, own->login, 0 };

        int r = store_write(store_of(identity), end_work, &end);
        if (r < 0)
                return r;
        return end.changed == 1 ? 0 : -ENOENT;
}

static int others_work(Tx *tx, void *data) {
        const Session *own = data;

        return tx_exec(tx, &query_session_delete_others,
                SQL_ARGS(value_id(own->login), value_integer(own->id)), NULL);
}

int identity_sessions_end_others(Identity *identity, const Session *own) {
        return store_write(store_of(identity), others_work, (void *) own);
}

int identity_factors(Identity *identity, const Session *own, Arena *arena, FactorRow **ret, size_t *ret_n) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        FactorRow *list = ARENA_ARRAY(arena, FactorRow, FACTORS_MAX);
        size_t n = 0;

        if (!list)
                return -ENOMEM;
        int r = store_read_begin(store_of(identity), &tx);
        if (r == 0)
                r = tx_query(tx, &query_factors_shown, SQL_ARGS(value_id(own->login)), &rows);
        if (r < 0)
                return r;
        while (n < FACTORS_MAX && (r = rows_next(rows)) > 0) {
                list[n] = (FactorRow){ { rows_integer(rows, 0) }, arena_strdup(arena, rows_text(rows, 1)),
                        arena_strdup(arena, rows_text(rows, 2)), { rows_integer(rows, 3) } };
                if (!list[n].kind || !list[n].label)
                        return -ENOMEM;
                n++;
        }
        if (r < 0)
                return r;
        *ret = list;
        *ret_n = n;
        return 0;
}

int identity_sessions(
        Identity *identity, const Session *own, Arena *arena, SessionRow **ret, size_t *ret_n) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        int64_t now = now_of(identity).ms, idle_ms, absolute_ms;
        SessionRow *list = ARENA_ARRAY(arena, SessionRow, 64);
        size_t n = 0;

        if (!list)
                return -ENOMEM;
        int r = store_read_begin(store_of(identity), &tx);
        if (r == 0)
                r = session_times(identity, tx, own->office, &idle_ms, &absolute_ms);
        if (r == 0)
                r = tx_query(tx, &query_sessions_of_login,
                        SQL_ARGS(value_id(own->login), value_integer(now - absolute_ms),
                                value_integer(now - idle_ms)),
                        &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0 && n < 64) {
                list[n] = (SessionRow){ rows_integer(rows, 0), arena_strdup(arena, rows_text(rows, 1)),
                        arena_strdup(arena, rows_text(rows, 4)), arena_strdup(arena, rows_text(rows, 5)),
                        { rows_integer(rows, 2) }, { rows_integer(rows, 3) } };
                if (!list[n].address || !list[n].agent || !list[n].factor)
                        return -ENOMEM;
                n++;
        }
        if (r < 0)
                return r;
        *ret = list;
        *ret_n = n;
        return 0;
}
