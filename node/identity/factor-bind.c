/* SPDX-License-Identifier: Apache-2.0 */
/* Binding and releasing second factors. A telephone is bound by its owner with a first good code;
 * certificates and keys are handed out and bound by the security administrator. Where a log-in has a factor, what
 * administrators add or release waits for another of them (factor-request.c). */

#include <stdio.h>
#include <string.h>

#include <node/text.h>

#include "factor.h"

static bool hex_of(const char *text, size_t size) {
        return strlen(text) == size && strspn(text, "0123456789abcdef") == size;
}

static int factor_insert(Request *q, Factor *row) {
        char mac[RIGHTS_MAC_MAX];

        row->bound_on = q->now;
        int r = rights_mac_factor(q->kernel->keys, row, mac);
        if (r < 0)
                return r;
        row->mac = mac;
        return record_insert(q, &record_factor, row);
}

/* The events name the log-in: whoever looks at them asks whose factor it was. */
static int factor_note(Request *q, const char *kind, Id id) {
        Login login;

        int r = record_load(q, &record_login, id, &login);
        return r < 0 ? r : request_note(q, kind, login.name);
}

static int material_check(Request *q, const char *material) {
        int64_t other;

        int r = tx_integer(q->tx, &query_factor_material, SQL_ARGS(value_text(material)), &other);
        return r == -ENOENT ? 0 : r < 0 ? r : refuse(q, "identity.factor_taken", "material", NULL);
}

int factor_put(Request *q, Factor *row) {
        int r = material_check(q, row->material);

        if (r == 0)
                r = factor_insert(q, row);
        return r < 0 ? r : factor_note(q, "factor_bound", row->login);
}

static void request_of(const Factor *row, const char *change, const char *reason, FactorRequest *ret) {
        *ret = (FactorRequest){ .change = change,
                .login = row->login,
                .person = row->person,
                .factor = row->head.id,
                .kind = row->kind,
                .label = row->label,
                .material = row->material,
                .reason = reason };
}

int run_bind_factor(Request *q, const void *input, void *ret_output) {
        const FactorInput *in = input;
        char *material = arena_strdup(q->arena, in->material);
        FactorChanged *out = ret_output;
        FactorRequest request;
        Login login;
        int64_t other;

        if (!material)
                return -ENOMEM;
        for (char *c = material; *c; c++)
                *c = (char) (*c >= 'A' && *c <= 'F' ? *c + 32 : *c);
        unsigned kind = factor_kind_bit(in->kind);
        if (kind == FACTOR_TOTP)
                return refuse(q, "identity.factor_self", "kind", NULL);
        if (kind == FACTOR_CERTIFICATE ? !hex_of(material, 40)
                                       : !hex_of(material, 130) || strncmp(material, "04", 2) != 0)
                return refuse(q, "identity.factor_material", "material", NULL);
        int r = record_load(q, &record_login, in->login, &login);
        if (r == 0)
                r = subject_check(q, login.person);
        if (r < 0)
                return r;
        Factor row = { .login = in->login,
                .person = login.person,
                .kind = in->kind,
                .label = in->label,
                .material = material };
        r = material_check(q, material);
        if (r < 0)
                return r;
        r = tx_integer(q->tx, &query_factors_of_login, SQL_ARGS(value_id(in->login)), &other);
        if (r == 0) {
                request_of(&row, FACTOR_CHANGE_BIND, in->reason, &request);
                return factor_ask(q, &request, out);
        }
        if (r == -ENOENT)
                r = factor_put(q, &row);
        if (r == 0)
                out->id = row.head.id;
        return r;
}

/* Recovery: whoever has lost his factor comes in with the password alone until he has bound another. */
int factor_release(Request *q, Factor *row, const char *reason) {
        char mac[RIGHTS_MAC_MAX];

        if (row->revoked)
                return refuse(q, "identity.factor_revoked", "id", NULL);
        row->revoked = 1;
        int r = rights_mac_factor(q->kernel->keys, row, mac);
        if (r < 0)
                return r;
        row->mac = mac;
        r = record_update(q, &record_factor, row, reason);
        if (r == 0)
                r = tx_exec(q->tx, &query_factor_secret_delete, SQL_ARGS(value_id(row->head.id)), NULL);
        if (r == 0)
                r = tx_exec(q->tx, &query_session_delete_login, SQL_ARGS(value_id(row->login)), NULL);
        return r < 0 ? r : factor_note(q, "factor_revoked", row->login);
}

int run_revoke_factor(Request *q, const void *input, void *ret_output) {
        const FactorRevoke *in = input;
        FactorRequest request;
        int64_t other;
        Factor row;

        int r = record_load(q, &record_factor, in->id, &row);
        if (r == 0)
                r = subject_check(q, row.person);
        if (r < 0)
                return r;
        if (row.revoked)
                return refuse(q, "identity.factor_revoked", "id", NULL);
        r = tx_integer(q->tx, &query_factor_asked, SQL_ARGS(value_id(in->id)), &other);
        if (r != -ENOENT)
                return r < 0 ? r : refuse(q, "identity.factor_asked", "id", NULL);
        request_of(&row, FACTOR_CHANGE_REVOKE, in->reason, &request);
        return factor_ask(q, &request, ret_output);
}

/* Only from identity_totp_confirm(), which has checked the code. */
int run_bind_totp(Request *q, const void *input, void *ret_output) {
        const TotpInput *in = input;
        Factor row = { .login = in->login,
                .person = q->person,
                .kind = "totp",
                .label = in->label ? in->label : "",
                .material = "" };
        int64_t moved = 0;
        Login login;

        int r = record_load(q, &record_login, in->login, &login);
        if (r < 0)
                return r;
        if (login.person.value != q->person.value)
                return -EFORBIDDEN_;
        r = factor_insert(q, &row);
        if (r == 0)
                r = tx_exec(q->tx, &query_factor_secret_take,
                        SQL_ARGS(value_id(row.head.id), value_id(in->login), value_integer(in->step)),
                        &moved);
        if (r == 0 && moved != 1)
                return refuse(q, "identity.factor_expired", "code", NULL);
        if (r == 0)
                r = tx_exec(q->tx, &query_factor_pending_delete, SQL_ARGS(value_id(in->login)), NULL);
        if (r == 0)
                r = tx_exec(q->tx, &query_session_enrolled,
                        SQL_ARGS(value_id(in->login), value_integer(in->session)), NULL);
        /* the others came in with less than is asked from now on */
        return r < 0 ? r
                     : tx_exec(q->tx, &query_session_delete_others,
                               SQL_ARGS(value_id(in->login), value_integer(in->session)), NULL);
}

typedef struct Pending {
        Id login;
        Bytes sealed;
        int64_t expires;
} Pending;

static int pending_work(Tx *tx, void *data) {
        const Pending *pending = data;

        return tx_exec(tx, &query_factor_pending_set,
                SQL_ARGS(value_id(pending->login), value_blob(pending->sealed.data, pending->sealed.size),
                        value_integer(pending->expires)),
                NULL);
}

/* RFC 4648, without padding: 20 bytes are 32 letters. */
static void base32(const uint8_t *bytes, size_t size, char *ret) {
        static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        uint32_t held = 0;
        unsigned bits = 0;

        for (size_t i = 0; i < size; i++) {
                held = held << 8 | bytes[i];
                for (bits += 8; bits >= 5; bits -= 5)
                        *ret++ = letters[held >> (bits - 5) & 31];
        }
        *ret = '\0';
}

static int refusal_of(Refusal *ret, const char *code, const char *field) {
        *ret = (Refusal){ .code = code, .field = field };
        return -EREFUSED_;
}

int identity_totp_begin(Identity *identity, const Session *own, const char *password, Arena *arena,
        TotpEnrolment *ret, Refusal *ret_refusal) {
        const Clock *clock = identity->engine->clock;
        const Keys *keys = identity->engine->keys;
        Pending pending = { .login = own->login, .expires = clock_now(clock).ms + TOTP_PENDING_MS };
        uint8_t secret[TOTP_SECRET_BYTES];
        char associated[40], text[TOTP_SECRET_BYTES * 8 / 5 + 1];
        Factors factors;

        int r = password_attempt(identity, own, password, "step_up_failed", arena);
        if (r == 0)
                r = factors_load(identity, own->person, own->login, arena, &factors);
        if (r < 0)
                return r;
        /* a password alone adds nothing to a log-in that asks for more than a password */
        if (factors.bound)
                return refusal_of(ret_refusal,
                        factors.bound & FACTOR_TOTP ? "identity.factor_bound" : "identity.factor_other", NULL);
        clock->random(clock->data, secret, sizeof(secret));
        int size = totp_associated(own->login, associated);
        r = keys->seal(keys->data, KEY_VAULT, (Bytes){ (const uint8_t *) associated, (size_t) size },
                (Bytes){ secret, sizeof(secret) }, arena, &pending.sealed);
        if (r == 0)
                r = store_write(identity->engine->stores[STORE_SYSTEM], pending_work, &pending);
        if (r < 0)
                return r;
        base32(secret, sizeof(secret), text);
        ret->secret = arena_strdup(arena, text);
        ret->uri = arena_printf(
                arena, "otpauth://totp/fundnode:%s?secret=%s&issuer=fundnode", own->login_name, text);
        return ret->secret && ret->uri ? 0 : -ENOMEM;
}

static int pending_load(Identity *identity, Id login, Arena *arena, Bytes *ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = store_read_begin(identity->engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_factor_pending,
                        SQL_ARGS(value_id(login), value_integer(clock_now(identity->engine->clock).ms)),
                        &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        Bytes sealed = rows_blob(rows, 0);
        *ret = (Bytes){ arena_copy(arena, sealed.data, sealed.size), sealed.size };
        return ret->data ? 0 : -ENOMEM;
}

int identity_totp_confirm(Identity *identity, const Session *own, const char *code, const char *label,
        Arena *arena, Refusal *ret_refusal) {
        TotpInput input = { .login = own->login, .label = label, .session = own->id };
        char key[SESSION_TOKEN_MAX];
        Digest ignored;
        Bytes sealed;
        Reply reply;

        int r = pending_load(identity, own->login, arena, &sealed);
        if (r == -ENOENT)
                return refusal_of(ret_refusal, "identity.factor_expired", "code");
        if (r == 0)
                r = totp_step_of(identity, own->login, sealed, code, arena, &input.step);
        if (r == -EAUTHENTICATE_)
                return refusal_of(ret_refusal, "identity.factor_code", "code");
        if (r == 0)
                r = token_make(identity, key, &ignored);
        if (r < 0)
                return r;
        Caller caller = { .person = own->person, .office = own->office, .key = key };
        command_execute(identity->engine, &caller, &command_bind_totp, &input, arena, &reply);
        if (reply.result == -EREFUSED_)
                *ret_refusal = reply.refusal;
        return reply.result;
}
