/* SPDX-License-Identifier: Apache-2.0 */
/* Second factors (14.4.2A): one-time codes by time, a client certificate that nginx has verified, an SM2 key
 * that signs a challenge. Which one is asked is the office's rule for the posts held; whoever has bound one
 * of his own accord is asked for it too. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <node/date.h>
#include <node/text.h>

#include "factor.h"

static const char *const kind_codes[] = { "totp", "certificate", "sm2" };

unsigned factor_kind_bit(const char *code) {
        for (size_t i = 0; i < ELEMENTSOF(kind_codes); i++)
                if (text_equal(kind_codes[i], code))
                        return 1u << i;
        return 0;
}

const char *factor_kind_code(unsigned bit) {
        for (size_t i = 0; i < ELEMENTSOF(kind_codes); i++)
                if (bit == 1u << i)
                        return kind_codes[i];
        return "";
}

unsigned factors_parse(const char *list) {
        unsigned bits = 0;
        char name[16];

        while (*list) {
                size_t size = strcspn(list, ",");
                snprintf(name, sizeof(name), "%.*s", (int) size, list);
                bits |= factor_kind_bit(name);
                list += size + (list[size] == ',');
        }
        return bits;
}

/* Of several posts with rules one factor has to satisfy all. */
int factor_rules_load(Tx *tx, Id person, Date today, Factors *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = tx_query(
                tx, &query_factor_rules, SQL_ARGS(value_id(person), value_integer(today.ymd)), &rows);
        if (r < 0)
                return r;
        ret->accepted = FACTOR_ANY;
        while ((r = rows_next(rows)) > 0) {
                ret->ruled = true;
                ret->accepted &= factors_parse(rows_text(rows, 0));
        }
        return r;
}

static int bound_load(Identity *identity, Tx *tx, Id login, Arena *arena, Factors *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char mac[RIGHTS_MAC_MAX];

        int r = tx_query(tx, &query_factors_of_login, SQL_ARGS(value_id(login)), &rows);
        if (r < 0)
                return r;
        while (ret->n < FACTORS_MAX && (r = rows_next(rows)) > 0) {
                Factor row = { .head.id = { rows_integer(rows, 0) },
                        .login = login,
                        .kind = arena_strdup(arena, rows_text(rows, 1)),
                        .material = arena_strdup(arena, rows_text(rows, 2)) };

                if (!row.kind || !row.material)
                        return -ENOMEM;
                r = rights_mac_factor(identity->engine->keys, &row, mac);
                if (r < 0)
                        return r;
                if (!text_equal(mac, rows_text(rows, 3)))
                        continue;
                ret->bound |= factor_kind_bit(row.kind);
                ret->rows[ret->n++] = row;
        }
        return r < 0 ? r : 0;
}

int factors_load(Identity *identity, Id person, Id login, Arena *arena, Factors *ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        Date today = date_of_instant(clock_now(identity->engine->clock));

        *ret = (Factors){ 0 };
        int r = store_read_begin(identity->engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = factor_rules_load(tx, person, today, ret);
        return r < 0 ? r : bound_load(identity, tx, login, arena, ret);
}

/* --- one-time codes --- */

int totp_associated(Id login, char ret[static 40]) {
        return snprintf(ret, 40, "totp %lld", (long long) login.value);
}

int totp_step_of(Identity *identity, Id login, Bytes sealed, const char *code, Arena *arena, int64_t *ret) {
        const Keys *keys = identity->engine->keys;
        int64_t now = clock_now(identity->engine->clock).ms / TOTP_STEP_MS;
        char associated[40], expected[TOTP_CODE_MAX];
        Bytes secret;

        int size = totp_associated(login, associated);
        int r = keys->open(keys->data, KEY_VAULT, (Bytes){ (const uint8_t *) associated, (size_t) size },
                sealed, arena, &secret);
        /* a telephone's clock may be one step off either way */
        for (int64_t step = now - 1; r == 0 && step <= now + 1; step++) {
                r = totp_code(TOTP_SHA1, secret, step, TOTP_DIGITS, expected);
                if (r == 0 && text_equal(expected, code)) {
                        *ret = step;
                        return 0;
                }
        }
        return r < 0 ? r : -EAUTHENTICATE_;
}

typedef struct Claim {
        Id factor;
        int64_t step, changed;
} Claim;

static int claim_work(Tx *tx, void *data) {
        Claim *claim = data;

        return tx_exec(tx, &query_factor_step, SQL_ARGS(value_id(claim->factor), value_integer(claim->step)),
                &claim->changed);
}

static int sealed_load(Identity *identity, Id factor, Arena *arena, Bytes *ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = store_read_begin(identity->engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_factor_secret, SQL_ARGS(value_id(factor)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -EAUTHENTICATE_;
        Bytes sealed = rows_blob(rows, 0);
        *ret = (Bytes){ arena_copy(arena, sealed.data, sealed.size), sealed.size };
        return ret->data ? 0 : -ENOMEM;
}

/* A step is used once, also when two ask at the same moment. */
static int totp_check(Identity *identity, const Factor *factor, const char *code, Arena *arena) {
        Claim claim = { .factor = factor->head.id };
        Bytes sealed;

        int r = sealed_load(identity, factor->head.id, arena, &sealed);
        if (r == 0)
                r = totp_step_of(identity, factor->login, sealed, code, arena, &claim.step);
        if (r == 0)
                r = store_write(identity->engine->stores[STORE_SYSTEM], claim_work, &claim);
        if (r < 0)
                return r;
        return claim.changed == 1 ? 0 : -EAUTHENTICATE_;
}

/* --- challenges: nothing is kept until one comes back signed --- */

#define CHALLENGE_RANDOM 16
#define CHALLENGE_HEAD (2 * CHALLENGE_RANDOM + 16)

static int challenge_mac(Identity *identity, const char *head, char ret[static 65]) {
        const Keys *keys = identity->engine->keys;
        char text[80];
        Digest digest;

        int size = snprintf(text, sizeof(text), "challenge %.*s", CHALLENGE_HEAD, head);
        int r = keys->mac(keys->data, KEY_RIGHTS, text, (size_t) size, &digest);
        if (r == 0)
                hex_encode(digest.bytes, sizeof(digest.bytes), ret);
        return r;
}

int identity_challenge(Identity *identity, char ret[static CHALLENGE_MAX]) {
        const Clock *clock = identity->engine->clock;
        uint8_t bytes[CHALLENGE_RANDOM];
        char head[CHALLENGE_HEAD + 1], mac[65];

        clock->random(clock->data, bytes, sizeof(bytes));
        hex_encode(bytes, sizeof(bytes), head);
        snprintf(head + 2 * CHALLENGE_RANDOM, 17, "%016llx", (unsigned long long) clock_now(clock).ms);
        int r = challenge_mac(identity, head, mac);
        if (r == 0)
                snprintf(ret, CHALLENGE_MAX, "%s%s", head, mac);
        return r;
}

typedef struct Use {
        Digest digest;
        int64_t now, changed;
} Use;

static int use_work(Tx *tx, void *data) {
        Use *use = data;

        int r = tx_exec(tx, &query_challenge_delete_old, SQL_ARGS(value_integer(use->now)), NULL);
        return r < 0 ? r
                     : tx_exec(tx, &query_challenge_use,
                               SQL_ARGS(value_blob(use->digest.bytes, sizeof(use->digest.bytes)),
                                       value_integer(use->now + CHALLENGE_MS)),
                               &use->changed);
}

static int challenge_check(Identity *identity, const char *challenge) {
        Use use = { .now = clock_now(identity->engine->clock).ms };
        char mac[65];

        if (strlen(challenge) != CHALLENGE_MAX - 1)
                return -EAUTHENTICATE_;
        int r = challenge_mac(identity, challenge, mac);
        if (r < 0)
                return r;
        char made_text[17] = "";
        memcpy(made_text, challenge + 2 * CHALLENGE_RANDOM, 16);
        int64_t made = (int64_t) strtoull(made_text, NULL, 16);
        if (!text_equal(mac, challenge + CHALLENGE_HEAD) || use.now < made || use.now - made >= CHALLENGE_MS)
                return -EAUTHENTICATE_;
        r = digest_compute(DIGEST_SM3, challenge, strlen(challenge), &use.digest);
        if (r == 0)
                r = store_write(identity->engine->stores[STORE_SYSTEM], use_work, &use);
        if (r < 0)
                return r;
        return use.changed == 1 ? 0 : -EAUTHENTICATE_;
}

static int sm2_check(Identity *identity, const Factor *factor, const SecondFactor *second) {
        PublicKey key = { .algorithm = ALGORITHM_SM2_SM3 };
        char text[CHALLENGE_MAX + sizeof(CHALLENGE_PREFIX)];
        Signature signature;

        if (strlen(second->signature) != 2 * sizeof(signature.bytes) ||
                hex_decode(second->signature, signature.bytes, sizeof(signature.bytes)) < 0 ||
                hex_decode(factor->material, key.point, sizeof(key.point)) < 0 ||
                strlen(second->challenge) >= CHALLENGE_MAX)
                return -EAUTHENTICATE_;
        int size = snprintf(text, sizeof(text), CHALLENGE_PREFIX "%s", second->challenge);
        int r = signature_verify(&key, text, (size_t) size, &signature);
        if (r < 0)
                return r == -EBADMSG ? -EAUTHENTICATE_ : r;
        return challenge_check(identity, second->challenge);
}

static int one_check(Identity *identity, const Factor *factor, const SecondFactor *second, Arena *arena) {
        switch (factor_kind_bit(factor->kind)) {
        case FACTOR_TOTP:
                return text_empty(second->code) ? -ESTEPUP_
                                                : totp_check(identity, factor, second->code, arena);
        case FACTOR_CERTIFICATE:
                return text_empty(second->certificate)                          ? -ESTEPUP_
                       : strcasecmp(second->certificate, factor->material) == 0 ? 0
                                                                                : -ESTEPUP_;
        case FACTOR_SM2:
                return text_empty(second->signature) || text_empty(second->challenge)
                               ? -ESTEPUP_
                               : sm2_check(identity, factor, second);
        default:
                return -ESTEPUP_;
        }
}

int second_check(Identity *identity, const Session *who, const SecondFactor *second, Arena *arena,
        SecondResult *ret) {
        Factors factors;
        bool wrong = false;

        *ret = (SecondResult){ .kind = "" };
        int r = factors_load(identity, who->person, who->login, arena, &factors);
        if (r < 0)
                return r;
        ret->wanted = factors.ruled ? factors.accepted & factors.bound : factors.bound;
        if (ret->wanted == 0) {
                ret->enrol = factors.ruled;
                return 0;
        }
        for (size_t i = 0; i < factors.n; i++) {
                if (!(factor_kind_bit(factors.rows[i].kind) & ret->wanted))
                        continue;
                r = one_check(identity, &factors.rows[i], second, arena);
                if (r == 0) {
                        ret->kind = factors.rows[i].kind;
                        return 0;
                }
                if (r == -EAUTHENTICATE_)
                        wrong = true;
                else if (r != -ESTEPUP_)
                        return r;
        }
        return wrong ? -EAUTHENTICATE_ : -ESTEPUP_;
}
