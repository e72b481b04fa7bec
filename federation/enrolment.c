/* SPDX-License-Identifier: Apache-2.0 */
/* Enrolment on the wire: the joining node's signed request, the parent's reply with the chain of entries
 * from the root down, and the root's own first entry. */
#include "enrolment.h"

#include <node/date.h>
#include <node/error.h>
#include <node/wire.h>
#include <stdlib.h>
#include <string.h>

#include "federation-query.h"
#include "frame.h"
#include "service-private.h"

#define REQUEST_FORMAT 301
#define REQUEST_BYTES_MAX 4096
#define REPLY_BYTES_MAX (1u << 20)
#define CHAIN_DEPTH_MAX 16
#define CHAIN_ENTRIES_MAX 256

/* Content of the request, wire form: 1 format, 2 code, 3 name, 4 division code, 5 key (algorithm, point),
 * 6 fingerprint. */
typedef struct RequestContent {
        const char *code, *name, *division_code, *fingerprint;
        PublicKey key;
} RequestContent;

int federation_enrol_ask(Engine *engine, const EnrolAsk *ask, uint8_t **ret_request, size_t *ret_size) {
        EnrolRequestMessage message = FUNDNODE__FEDERATION__V1__ENROL_REQUEST__INIT;
        SignedMessage request = FUNDNODE__FEDERATION__V1__SIGNED__INIT;
        _cleanup_(buffer_done) Buffer buffer = BUFFER_INIT(REQUEST_BYTES_MAX);
        uint8_t key_bytes[1 + sizeof(((PublicKey *) NULL)->point)];
        const Keys *keys = engine->keys;
        Signature signature;
        PublicKey key;
        uint8_t *packed;
        int r;

        r = keys->public_key(keys->data, &key);
        if (r < 0)
                return r;
        key_bytes[0] = key.algorithm;
        memcpy(key_bytes + 1, key.point, sizeof key.point);
        wire_put_signed(&buffer, 1, REQUEST_FORMAT);
        wire_put_text(&buffer, 2, ask->code);
        wire_put_text(&buffer, 3, ask->name);
        wire_put_text(&buffer, 4, ask->division_code);
        wire_put_bytes(&buffer, 5, key_bytes, sizeof key_bytes);
        wire_put_text(&buffer, 6, ask->fingerprint);
        r = buffer_error(&buffer);
        if (r == 0)
                r = keys->sign(keys->data, KEY_IDENTITY, buffer.data, buffer.size, &signature);
        if (r < 0)
                return r;
        request.content = frame_bytes(buffer.data, buffer.size);
        request.signature = frame_bytes(signature.bytes, sizeof signature.bytes);
        message.request = &request;
        packed = malloc(fundnode__federation__v1__enrol_request__get_packed_size(&message));
        if (!packed)
                return -ENOMEM;
        *ret_size = fundnode__federation__v1__enrol_request__pack(&message, packed);
        *ret_request = packed;
        return 0;
}

static int content_decode(Bytes bytes, Arena *arena, RequestContent *ret) {
        const char **texts[] = { NULL, NULL, &ret->code, &ret->name, &ret->division_code, NULL,
                &ret->fingerprint };
        bool has_key = false;
        int64_t format = 0;
        WireReader wire;
        WireField field;
        int r;

        *ret = (RequestContent){ "", "", "", "", {} };
        wire_reader_init(&wire, bytes);
        while ((r = wire_next(&wire, &field)) > 0) {
                if (field.number == 1 && field.type == 0)
                        format = wire_signed(field.varint);
                else if (field.type != 2)
                        return -EMALFORMED_;
                else if (field.number == 5) {
                        if (field.bytes.size != 1 + sizeof ret->key.point)
                                return -EMALFORMED_;
                        ret->key.algorithm = field.bytes.data[0];
                        memcpy(ret->key.point, field.bytes.data + 1, sizeof ret->key.point);
                        has_key = true;
                } else if (field.number < ELEMENTSOF(texts) && texts[field.number]) {
                        r = frame_text(frame_bytes(field.bytes.data, field.bytes.size), 400, arena,
                                texts[field.number]);
                        if (r < 0)
                                return r;
                }
        }
        if (r < 0)
                return r;
        return format == REQUEST_FORMAT && has_key && strlen(ret->fingerprint) == 64 ? 0 : -EMALFORMED_;
}

static int request_decode(const EnrolRequestMessage *message, Arena *arena, RequestContent *ret) {
        Signature signature;
        Bytes content;
        int r;

        if (!message->request)
                return -EMALFORMED_;
        content = bytes_of(message->request->content);
        if (content.size > REQUEST_BYTES_MAX)
                return -E2BIG;
        r = frame_signature(message->request->signature, &signature);
        if (r == 0)
                r = content_decode(content, arena, ret);
        /* Whoever asks holds the key it asks for. */
        return r < 0 ? r : signature_verify(&ret->key, content.data, content.size, &signature);
}

static int enrolment_find(
        Engine *engine, int64_t office, const char *code_digest, Arena *arena, Enrolment *ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        r = store_read_begin(engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_enrolment_by_code,
                        SQL_ARGS(value_integer(office), value_text(code_digest)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return record_from_rows(&record_enrolment, rows, arena, ret);
}

static bool on_path(const int64_t *path, size_t depth, int64_t office) {
        for (size_t i = 0; i < depth; i++)
                if (path[i] == office)
                        return true;
        return false;
}

/* All versions of the entries from the root down to this office, in the order in which they came to be here.
 */
static int reply_entries(
        Store *system, const Directory *directory, int64_t office, Arena *arena, EnrolReplyMessage *reply) {
        int64_t path[CHAIN_DEPTH_MAX];
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        SignedMessage **list = ARENA_ARRAY(arena, SignedMessage *, CHAIN_ENTRIES_MAX);
        size_t depth = 0;
        int r;

        for (const Entry *entry = NULL; !entry || entry->parent != entry->office;) {
                entry = directory_entry(directory, entry ? entry->parent : office);
                if (!entry || depth == CHAIN_DEPTH_MAX)
                        return -ENOENT;
                path[depth++] = entry->office;
        }
        r = list ? store_read_begin(system, &tx) : -ENOMEM;
        if (r == 0)
                r = tx_query(tx, &query_entry_list, SQL_NO_ARGS, &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                Bytes content = rows_blob(rows, 1), signature = rows_blob(rows, 2);
                SignedMessage *message = ARENA_NEW(arena, SignedMessage);
                uint8_t *copy = arena_copy(arena, content.data, content.size), *proof;
                Entry entry;

                proof = arena_copy(arena, signature.data, signature.size);
                if (!message || !copy || !proof)
                        return -ENOMEM;
                r = entry_decode((Bytes){ copy, content.size }, arena, &entry);
                if (r < 0)
                        return r;
                if (!on_path(path, depth, entry.office))
                        continue;
                if (reply->n_entries == CHAIN_ENTRIES_MAX)
                        return -E2BIG;
                *message = (SignedMessage) FUNDNODE__FEDERATION__V1__SIGNED__INIT;
                message->content = frame_bytes(copy, content.size);
                message->signature = frame_bytes(proof, signature.size);
                list[reply->n_entries++] = message;
        }
        reply->entries = list;
        return r;
}

static void reply_refused(EnrolReplyMessage *reply, const char *code) {
        reply->state = FUNDNODE__FEDERATION__V1__ENROL_REPLY__STATE__REFUSED;
        reply->code = frame_bytes(code, strlen(code));
}

static int request_record(FederationService *service, const RequestContent *content, const char *digest,
        Arena *arena, EnrolReplyMessage *reply) {
        Caller caller = { .office = service->context.office };
        char key[2 * sizeof content->key.point + 1];
        RequestInput input = { .code_digest = digest,
                .algorithm = content->key.algorithm,
                .public_key = key,
                .fingerprint = content->fingerprint };
        Reply done;

        hex_encode(content->key.point, sizeof content->key.point, key);
        command_execute(service->context.engine, &caller, &command_request_enrolment, &input, arena, &done);
        if (done.result == -EREFUSED_) {
                reply_refused(reply, done.refusal.code);
                return 0;
        }
        return done.result;
}

/* Where the request stands: first time recorded, later only looked up. */
static int enrol_answer(
        FederationService *service, const RequestContent *content, Arena *arena, EnrolReplyMessage *reply) {
        char digest[65], key[2 * sizeof content->key.point + 1];
        Enrolment enrolment;
        int r;

        if (enrolment_code_digest(content->code, digest) < 0) {
                reply_refused(reply, "federation.code_unknown");
                return 0;
        }
        r = enrolment_find(service->context.engine, service->context.office, digest, arena, &enrolment);
        if (r == -ENOENT || (r == 0 && enrolment.state == ENROLMENT_ISSUED))
                return request_record(service, content, digest, arena, reply);
        if (r < 0)
                return r;
        hex_encode(content->key.point, sizeof content->key.point, key);
        if (strcmp(enrolment.public_key, key) != 0)
                reply_refused(reply, "federation.code_used");
        else if (enrolment.state == ENROLMENT_REFUSED)
                reply_refused(reply, "federation.enrolment_refused");
        else if (enrolment.state == ENROLMENT_GRANTED) {
                reply->state = FUNDNODE__FEDERATION__V1__ENROL_REPLY__STATE__GRANTED;
                reply->office = enrolment.given;
        }
        return 0;
}

int federation_enrol_serve(
        FederationService *service, Bytes request, uint8_t **ret_reply, size_t *ret_size) {
        EnrolReplyMessage reply = FUNDNODE__FEDERATION__V1__ENROL_REPLY__INIT;
        _cleanup_(directory_unrefp) Directory *directory = NULL;
        EnrolRequestMessage *message;
        RequestContent content;
        Arena *arena;
        int r;

        if (request.size > REQUEST_BYTES_MAX * 2)
                return -EMALFORMED_;
        message = fundnode__federation__v1__enrol_request__unpack(NULL, request.size, request.data);
        if (!message)
                return -EMALFORMED_;
        arena = arena_new(WORK_ARENA_BYTES_MAX);
        r = arena ? request_decode(message, arena, &content) : -ENOMEM;
        fundnode__federation__v1__enrol_request__free_unpacked(message, NULL);
        if (r < 0 && r != -ENOMEM)
                r = -EMALFORMED_;
        if (r == 0)
                r = enrol_answer(service, &content, arena, &reply);
        if (r == 0 && reply.state == FUNDNODE__FEDERATION__V1__ENROL_REPLY__STATE__GRANTED) {
                /* Made by a command a moment ago, perhaps not yet in the picture. */
                pthread_mutex_lock(&service->directory_lock);
                r = service_directory_reload(service);
                pthread_mutex_unlock(&service->directory_lock);
                directory = service_directory(service);
                if (r == 0)
                        r = reply_entries(service->context.engine->stores[STORE_SYSTEM], directory,
                                reply.office, arena, &reply);
        }
        if (r == 0) {
                uint8_t *packed = malloc(fundnode__federation__v1__enrol_reply__get_packed_size(&reply) + 1);

                if (packed) {
                        *ret_size = fundnode__federation__v1__enrol_reply__pack(&reply, packed);
                        *ret_reply = packed;
                } else
                        r = -ENOMEM;
        }
        if (arena)
                arena_free(arena);
        return r;
}

/* --- at the joining node --- */

typedef struct Taking {
        const EnrolReplyMessage *reply;
        Directory *directory;
        Arena *arena;
} Taking;

static int entry_store(Tx *tx, const Entry *entry, const Signature *signature, int64_t serial) {
        return tx_exec(tx, &query_entry_insert,
                SQL_ARGS(value_integer(serial), value_integer(entry->office), value_integer(entry->version),
                        value_integer(entry->parent), value_integer(entry->block_first),
                        value_integer(entry->block_last),
                        value_blob(entry->content.data, entry->content.size),
                        value_blob(signature->bytes, sizeof signature->bytes), value_integer(0)),
                NULL);
}

static int take_entries(Tx *tx, void *data) {
        const Taking *taking = data;
        int r = 0;

        for (size_t i = 0; r == 0 && i < taking->reply->n_entries; i++) {
                const SignedMessage *message = taking->reply->entries[i];
                int64_t serial = directory_serial(taking->directory) + 1;
                Bytes content = bytes_of(message->content);
                Signature signature;
                Entry entry;

                r = frame_signature(message->signature, &signature);
                if (r == 0)
                        r = directory_add(taking->directory, content, &signature, serial);
                if (r == -EEXIST) {
                        r = 0;
                        continue;
                }
                if (r == 0)
                        r = entry_decode(content, taking->arena, &entry);
                if (r == 0)
                        r = entry_store(tx, &entry, &signature, serial);
        }
        return r;
}

static int own_key_given(Engine *engine, const Directory *directory, int64_t office) {
        const Entry *entry = directory_entry(directory, office);
        PublicKey key;
        int r = engine->keys->public_key(engine->keys->data, &key);

        if (r < 0)
                return r;
        return entry && entry->key.algorithm == key.algorithm &&
                               memcmp(entry->key.point, key.point, sizeof key.point) == 0
                       ? 0
                       : -EBADMSG;
}

static int take_granted(
        Engine *engine, const PublicKey *root, const EnrolReplyMessage *reply, int64_t *ret_office) {
        Taking taking = { reply, NULL, arena_new(WORK_ARENA_BYTES_MAX) };
        int r;

        if (!taking.arena)
                return -ENOMEM;
        r = reply->n_entries > CHAIN_ENTRIES_MAX
                    ? -EBADMSG
                    : directory_load(engine->stores[STORE_SYSTEM], root, &taking.directory);
        if (r == 0)
                r = store_write(engine->stores[STORE_SYSTEM], take_entries, &taking);
        if (r == 0)
                r = own_key_given(engine, taking.directory, reply->office);
        if (r == 0)
                *ret_office = reply->office;
        directory_unref(taking.directory);
        arena_free(taking.arena);
        return r == -ENOENT || r == -EMALFORMED_ ? -EBADMSG : r;
}

int federation_enrol_take(
        Engine *engine, const PublicKey *root, Bytes bytes, int64_t *ret_office, char ret_code[static 64]) {
        EnrolReplyMessage *reply;
        int r;

        if (bytes.size > REPLY_BYTES_MAX)
                return -E2BIG;
        reply = fundnode__federation__v1__enrol_reply__unpack(NULL, bytes.size, bytes.data);
        if (!reply)
                return -EMALFORMED_;
        switch (reply->state) {
        case FUNDNODE__FEDERATION__V1__ENROL_REPLY__STATE__GRANTED:
                r = take_granted(engine, root, reply, ret_office);
                break;
        case FUNDNODE__FEDERATION__V1__ENROL_REPLY__STATE__REFUSED:
                r = -EREFUSED_;
                if (reply->code.len >= 64 ||
                        memchr(reply->code.data ? reply->code.data : (uint8_t *) "", 0, reply->code.len))
                        r = -EMALFORMED_;
                else {
                        memcpy(ret_code, reply->code.data ? reply->code.data : (uint8_t *) "",
                                reply->code.len);
                        ret_code[reply->code.len] = '\0';
                }
                break;
        default:
                r = -EAGAIN;
                break;
        }
        fundnode__federation__v1__enrol_reply__free_unpacked(reply, NULL);
        return r;
}

/* --- the root --- */

typedef struct RootWrite {
        Entry entry;
        Signature signature;
} RootWrite;

static int write_root(Tx *tx, void *data) {
        const RootWrite *write = data;
        int64_t serial;
        int r = tx_integer(tx, &query_entry_serial, SQL_NO_ARGS, &serial);

        if (r < 0)
                return r;
        return serial > 0 ? -EEXIST : entry_store(tx, &write->entry, &write->signature, 1);
}

int federation_root_create(Engine *engine, const RootAsk *ask) {
        _cleanup_(buffer_done) Buffer buffer = BUFFER_INIT(ENTRY_BYTES_MAX);
        const Keys *keys = engine->keys;
        RootWrite write = { .entry = {
                                    .format = ENTRY_FORMAT,
                                    .office = ask->office,
                                    .version = 1,
                                    .parent = ask->office,
                                    .name = ask->name,
                                    .division_code = ask->division_code ? ask->division_code : "",
                                    .level = ask->level,
                                    .capabilities = ask->capabilities,
                                    .fingerprint = ask->fingerprint ? ask->fingerprint : "",
                                    .block_first = ask->office,
                                    .block_last = OFFICE_MAX,
                                    .valid_from = date_of_instant(clock_now(engine->clock)).ymd,
                                    .signer = ask->office,
                                    .signer_version = 1,
                            } };
        int r;

        r = keys->public_key(keys->data, &write.entry.key);
        if (r == 0)
                r = tree_of(&write.entry.key, &write.entry.tree);
        if (r == 0)
                r = entry_encode(&write.entry, &buffer);
        if (r == 0)
                r = keys->sign(keys->data, KEY_IDENTITY, buffer.data, buffer.size, &write.signature);
        if (r < 0)
                return r;
        write.entry.content = (Bytes){ buffer.data, buffer.size };
        return store_write(engine->stores[STORE_SYSTEM], write_root, &write);
}
