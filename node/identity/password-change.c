/* SPDX-License-Identifier: Apache-2.0 */
/* A person changes his password: rules and hashing here, on the caller's thread; the command only stores. */

#include <stdio.h>
#include <string.h>

#include "identity-setting.h"

static int refusal_set(Refusal *ret, const char *code, const char *argument, Arena *arena) {
        *ret = (Refusal){ .code = code, .field = "new" };
        if (argument) {
                ret->arguments[0] = arena_strdup(arena, argument);
                ret->n_arguments = 1;
                if (!ret->arguments[0])
                        return -ENOMEM;
        }
        return -EREFUSED_;
}

int identity_password_characters(Identity *identity, int64_t office, int64_t *ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;

        int r = store_read_begin(identity->engine->stores[STORE_SYSTEM], &tx);
        return r < 0 ? r
                     : identity_setting(
                               identity, tx, office, &identity_settings[SETTING_PASSWORD_LENGTH], ret);
}

static int rule_check(
        Identity *identity, const Session *session, const char *password, Arena *arena, Refusal *ret) {
        int64_t characters;
        char number[24];

        int r = identity_password_characters(identity, session->office, &characters);
        if (r < 0)
                return r;
        const char *code = password_rule(password, session->login_name, (size_t) characters);
        if (!code)
                return 0;
        if (strcmp(code, "identity.password_short") == 0)
                snprintf(number, sizeof(number), "%lld", (long long) characters);
        else if (strcmp(code, "identity.password_long") == 0)
                snprintf(number, sizeof(number), "%d", PASSWORD_BYTES_MAX);
        else
                return refusal_set(ret, code, NULL, arena);
        return refusal_set(ret, code, number, arena);
}

/* The hashes are copied out first: checking takes longer than a read may be held. */
static int history_load(Identity *identity, Id login, Arena *arena, const char **ret, size_t *ret_n) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        size_t n = 0;

        int r = store_read_begin(identity->engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_history_select, SQL_ARGS(value_id(login)), &rows);
        if (r < 0)
                return r;
        while (n < PASSWORD_HISTORY && (r = rows_next(rows)) > 0) {
                ret[n] = arena_strdup(arena, rows_text(rows, 0));
                if (!ret[n++])
                        return -ENOMEM;
        }
        *ret_n = n;
        return r < 0 ? r : 0;
}

static int recent_check(Identity *identity, Id login, const char *password, Arena *arena, Refusal *ret) {
        const char *hashes[PASSWORD_HISTORY];
        size_t n = 0;

        int r = history_load(identity, login, arena, hashes, &n);
        for (size_t i = 0; i < n && r == 0; i++) {
                r = any_password_verify(hashes[i], password);
                if (r == 0)
                        return refusal_set(ret, "identity.password_recent", NULL, arena);
                if (r == -EBADMSG)
                        r = 0;
        }
        return r;
}

int identity_password_change(Identity *identity, const Session *session, const char *old_password,
        const char *new_password, Arena *arena, Refusal *ret_refusal) {
        char hash[PASSWORD_HASH_MAX], key[SESSION_TOKEN_MAX];
        Digest ignored;
        Reply reply;

        if (strlen(old_password) > PASSWORD_BYTES_MAX)
                return -EMALFORMED_;
        int r = rule_check(identity, session, new_password, arena, ret_refusal);
        if (r < 0)
                return r;
        r = password_attempt(identity, session, old_password, "password_failed", arena);
        if (r == -EAUTHENTICATE_) {
                r = refusal_set(ret_refusal, "identity.password_wrong", NULL, arena);
                ret_refusal->field = "old";
        }
        if (r == 0 && strcmp(old_password, new_password) == 0)
                r = refusal_set(ret_refusal, "identity.password_recent", NULL, arena);
        if (r == 0)
                r = recent_check(identity, session->login, new_password, arena, ret_refusal);
        if (r == 0)
                r = password_hash(identity->method, new_password, hash);
        if (r == 0)
                r = token_make(identity, key, &ignored);
        if (r < 0)
                return r;
        PasswordInput input = { .login = session->login, .hash = hash, .session = session->id };
        Caller caller = { .person = session->person, .office = session->office, .key = key };
        command_execute(identity->engine, &caller, &command_change_password, &input, arena, &reply);
        if (reply.result == -EREFUSED_)
                *ret_refusal = reply.refusal;
        return reply.result;
}
