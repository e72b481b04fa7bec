/* SPDX-License-Identifier: Apache-2.0 */
/* Opens identity upon an engine, asks for the first three administrators, and notes security events. */

#include <stdlib.h>
#include <string.h>

#include <internal/log.h>
#include <node/text.h>

#include "emergency.h"

#define TOKEN_BYTES 32

int token_make(Identity *identity, char ret[static SESSION_TOKEN_MAX], Digest *ret_digest) {
        const Clock *clock = identity->engine->clock;
        uint8_t bytes[TOKEN_BYTES];

        clock->random(clock->data, bytes, sizeof(bytes));
        hex_encode(bytes, sizeof(bytes), ret);
        return token_digest(ret, ret_digest);
}

int token_digest(const char *token, Digest *ret) {
        uint8_t bytes[TOKEN_BYTES];

        if (!token || strlen(token) != 2 * TOKEN_BYTES)
                return -EMALFORMED_;
        int r = hex_decode(token, bytes, sizeof(bytes));
        return r < 0 ? r : digest_compute(DIGEST_SM3, bytes, sizeof(bytes), ret);
}

int identity_office(Engine *engine, int64_t *ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;

        int r = store_read_begin(engine->stores[STORE_SYSTEM], &tx);
        return r < 0 ? r : tx_integer(tx, &query_person_any, SQL_NO_ARGS, ret);
}

static void command_noted(void *data, const Caller *caller, const char *kind, const char *detail) {
        const SecurityNote note = {
                .kind = kind, .office = caller->office, .person = caller->person, .detail = detail
        };

        if (identity_note(data, &note) < 0)
                log_error("a security event of kind %s could not be noted", kind);
}

int identity_open(Engine *engine, PasswordMethod method, Identity **ret) {
        _cleanup_(identity_closep) Identity *identity = calloc(1, sizeof(*identity));
        char token[SESSION_TOKEN_MAX];
        Digest ignored;

        if (!identity)
                return -ENOMEM;
        pthread_mutex_init(&identity->mutex, NULL);
        identity->engine = engine;
        identity->method = method;
        int r = token_make(identity, token, &ignored);
        if (r == 0)
                r = password_hash(method, token, identity->dummy_hash);
        if (r < 0)
                return r;
        engine->identity = identity;
        engine->permit_command = identity_permit_command;
        engine->permit_view = identity_permit_view;
        engine->emergency = emergency_command;
        engine->person_name = identity_person_name;
        engine->person_staff = identity_person_staff;
        engine->noted = command_noted;
        *ret = TAKE_PTR(identity);
        return 0;
}

Identity *identity_close(Identity *identity) {
        if (!identity)
                return NULL;
        if (identity->engine->identity == identity) {
                identity->engine->identity = NULL;
                identity->engine->permit_command = NULL;
                identity->engine->permit_view = NULL;
                identity->engine->emergency = NULL;
                identity->engine->person_name = NULL;
                identity->engine->person_staff = NULL;
                identity->engine->noted = NULL;
        }
        cache_drop(identity);
        pthread_mutex_destroy(&identity->mutex);
        free(identity);
        return NULL;
}

/* At most max bytes, cut between characters. */
const char *text_short(Arena *arena, const char *text, size_t max) {
        size_t size = text ? strnlen(text, max) : 0;

        while (size > 0 && text[size] && ((unsigned char) text[size] & 0xc0) == 0x80)
                size--;
        return arena_strndup(arena, text ? text : "", size);
}

/* Kinds that whoever is in can bring about with every request. */
static const char *const repeated[] = { "forbidden", "foreign_id", "step_up_refused" };
#define NOTES_PER_MINUTE 30

static uint64_t noted_hash(const char *kind, Id person, const char *detail) {
        uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ (uint64_t) person.value;

        for (const char *c = kind; *c; c++)
                hash = (hash ^ (unsigned char) *c) * UINT64_C(0x100000001b3);
        for (const char *c = detail ? detail : ""; *c; c++)
                hash = (hash ^ (unsigned char) *c) * UINT64_C(0x100000001b3);
        return hash;
}

/* How often it was counted in this minute, this time included. */
static int64_t noted_count(Identity *identity, uint64_t what, int64_t minute) {
        Noted *noted = &identity->noted[what % NOTED_SLOTS];

        if (noted->what != what || noted->minute != minute)
                *noted = (Noted){ .what = what, .minute = minute };
        return ++noted->n;
}

/* The same of one person once a minute, and of all he tries so many: each is an entry of the chain for ever, and
 * the thirtieth says as much as the thousandth. */
static bool note_due(Identity *identity, const SecurityNote *note) {
        int64_t minute = clock_now(identity->engine->clock).ms / 60000;
        bool due = true;

        for (size_t i = 0; i < ELEMENTSOF(repeated); i++) {
                if (!text_equal(repeated[i], note->kind))
                        continue;
                pthread_mutex_lock(&identity->mutex);
                due = noted_count(identity, noted_hash(note->kind, note->person, note->detail), minute) == 1 &&
                      noted_count(identity, noted_hash(note->kind, note->person, NULL), minute) <=
                              NOTES_PER_MINUTE;
                pthread_mutex_unlock(&identity->mutex);
        }
        return due;
}

int identity_note(Identity *identity, const SecurityNote *note) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1 << 20);
        Caller caller = { .office = note->office };
        Reply reply;

        if (!note_due(identity, note))
                return 0;
        if (!arena)
                return -ENOMEM;
        EventInput input = { .kind = note->kind,
                .person = note->person,
                .login = text_short(arena, note->login, 60),
                .address = text_short(arena, note->address, 60),
                .detail = text_short(arena, note->detail, 120) };
        if (!input.login || !input.address || !input.detail)
                return -ENOMEM;
        if (caller.office == 0) {
                int r = identity_office(identity->engine, &caller.office);
                if (r < 0 && r != -ENOENT)
                        return r;
        }
        command_execute(identity->engine, &caller, &command_note_event, &input, arena, &reply);
        return reply.result;
}

int identity_first_start(Identity *identity, int64_t office, Arena *arena, FirstLogin ret[static 3]) {
        Caller caller = { .office = office };
        int64_t other;
        Reply reply;

        int r = identity_office(identity->engine, &other);
        if (r != -ENOENT)
                return r < 0 ? r : -EEXIST;
        command_execute(identity->engine, &caller, &command_first_start, NULL, arena, &reply);
        if (reply.result < 0)
                return reply.result;
        const FirstStartOutput *made = reply.output;
        const char *const passwords[] = { made->system, made->security, made->audit };
        for (size_t i = 0; i < ELEMENTSOF(passwords); i++)
                ret[i] = (FirstLogin){ post_kinds[i].code, post_kinds[i].label, passwords[i] };
        return 0;
}
