/* SPDX-License-Identifier: Apache-2.0 */
/* Second authentication (14.4.5): a proof for one person, office, command and input, spent by its first use.
 */

#include <string.h>

#include <node/text.h>

#include "factor.h"

typedef struct Proof {
        Digest digest;
        Id person;
        int64_t office;
        const char *command, *key;
        const Digest *input;
        int64_t now, changed;
} Proof;

static int insert_work(Tx *tx, void *data) {
        const Proof *proof = data;

        int r = tx_exec(tx, &query_step_up_delete_old, SQL_ARGS(value_integer(proof->now)), NULL);
        if (r < 0)
                return r;
        return tx_exec(tx, &query_step_up_insert,
                SQL_ARGS(value_blob(proof->digest.bytes, sizeof(Digest)), value_id(proof->person),
                        value_integer(proof->office), value_text(proof->command),
                        value_blob(proof->input->bytes, sizeof(Digest)),
                        value_integer(proof->now + STEP_UP_MS)),
                NULL);
}

/* The second factor where there is one; nobody without one comes by without his password. A browser shows its
 * certificate by itself: that proves the workplace and not that its person is there, so the password goes with
 * it. */
static int proof_attempt(Identity *identity, const StepUpCall *call, Arena *arena) {
        SecretCall secret = { .event = "step_up_failed" };
        SecondResult result;
        Factors factors;

        int r = factors_load(identity, call->session->person, call->session->login, arena, &factors);
        if (r < 0)
                return r;
        bool asked = (factors.ruled ? factors.accepted & factors.bound : factors.bound) != 0;
        secret.password = call->password;
        if (!asked && text_empty(call->password))
                return -EAUTHENTICATE_;
        SecondFactor second = call->second;
        if (asked && text_empty(call->password)) {
                secret.password = NULL;
                second.certificate = NULL;
        }
        secret.second = &second;
        return secret_attempt(identity, call->session, &secret, arena, &result);
}

int identity_step_up(Identity *identity, const StepUpCall *call, char ret_proof[static SESSION_TOKEN_MAX]) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1 << 16);
        Proof proof = { .person = call->session->person,
                .office = call->session->office,
                .command = call->command->name,
                .input = &call->input };
        char token[SESSION_TOKEN_MAX];

        if (!arena)
                return -ENOMEM;
        if (call->password && strlen(call->password) > PASSWORD_BYTES_MAX)
                return -EAUTHENTICATE_;
        int r = proof_attempt(identity, call, arena);
        if (r == 0)
                r = token_make(identity, token, &proof.digest);
        if (r < 0)
                return r;
        proof.now = clock_now(identity->engine->clock).ms;
        r = store_write(identity->engine->stores[STORE_SYSTEM], insert_work, &proof);
        if (r == 0)
                memcpy(ret_proof, token, sizeof(token));
        return r;
}

static int use_work(Tx *tx, void *data) {
        Proof *proof = data;

        return tx_exec(tx, &query_step_up_use,
                SQL_ARGS(value_blob(proof->digest.bytes, sizeof(Digest)), value_id(proof->person),
                        value_integer(proof->office), value_text(proof->command),
                        value_blob(proof->input->bytes, sizeof(Digest)), value_text(proof->key),
                        value_integer(proof->now)),
                &proof->changed);
}

int step_up_use(Identity *identity, const Caller *caller, const Command *command, const Digest *input) {
        Proof proof = { .person = caller->person,
                .office = caller->office,
                .command = command->name,
                .key = caller->key,
                .input = input };

        if (text_empty(caller->step_up) || text_empty(caller->key) ||
                token_digest(caller->step_up, &proof.digest) < 0)
                return -ESTEPUP_;
        proof.now = clock_now(identity->engine->clock).ms;
        int r = store_write(identity->engine->stores[STORE_SYSTEM], use_work, &proof);
        if (r < 0)
                return r;
        if (proof.changed == 1)
                return 0;
        r = identity_note(identity, &(SecurityNote){ .kind = "step_up_refused",
                                            .office = caller->office,
                                            .person = caller->person,
                                            .detail = command->name });
        return r < 0 ? r : -ESTEPUP_;
}
