/* SPDX-License-Identifier: Apache-2.0 */
/* Papers scanned at the counter (12.2.1): an uploaded file is looked at, kept by its digest and tied to a
 * record; whoever may open the record's page may have it, and having had it is on record. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <node/error.h>
#include <node/text.h>

#include "routes.h"

#define IMAGE_BYTES_MAX (INT64_C(20) << 20)
#define DOCUMENT_BYTES_MAX (INT64_C(50) << 20)
#define MAGIC_BYTES 512
#define KEY_BYTES 16
#define SHOWN_TYPE "pdf"

typedef struct AttachmentType {
        const char *code, *mime, *suffix;
        const char *magic;
        size_t magic_size;
        int64_t bytes_max;
} AttachmentType;

/* Told by the bytes, never by the name. An OFD file is a ZIP whose entries name OFD.xml. */
static const AttachmentType types[] = {
        { "jpeg", "image/jpeg", ".jpg", "\xff\xd8\xff", 3, IMAGE_BYTES_MAX },
        { "png", "image/png", ".png", "\x89PNG\r\n\x1a\n", 8, IMAGE_BYTES_MAX },
        { "tiff", "image/tiff", ".tif", "II*\0", 4, IMAGE_BYTES_MAX },
        { "tiff", "image/tiff", ".tif", "MM\0*", 4, IMAGE_BYTES_MAX },
        { "pdf", "application/pdf", ".pdf", "%PDF-", 5, DOCUMENT_BYTES_MAX },
        { "ofd", "application/ofd", ".ofd", "PK\x03\x04", 4, DOCUMENT_BYTES_MAX },
};

static const AttachmentType *type_of_code(const char *code) {
        for (size_t i = 0; i < ELEMENTSOF(types); i++)
                if (text_equal(types[i].code, code))
                        return &types[i];
        return NULL;
}

/* The central directory, with the names, stands at the end of a ZIP. */
static bool names_ofd(int fd, int64_t bytes) {
        char tail[65536];
        off_t at = bytes > (int64_t) sizeof(tail) ? bytes - (int64_t) sizeof(tail) : 0;
        ssize_t n = pread(fd, tail, sizeof(tail), at);

        return n > 0 && memmem(tail, (size_t) n, "OFD.xml", 7);
}

static const AttachmentType *type_of_file(int fd, int64_t bytes) {
        uint8_t head[MAGIC_BYTES];
        ssize_t n = pread(fd, head, sizeof(head), 0);

        for (size_t i = 0; i < ELEMENTSOF(types); i++)
                if (n >= (ssize_t) types[i].magic_size &&
                        memcmp(head, types[i].magic, types[i].magic_size) == 0)
                        return text_equal(types[i].code, "ofd") && !names_ofd(fd, bytes) ? NULL : &types[i];
        return NULL;
}

static int plain_open(const char *path, int *ret_fd, int64_t *ret_bytes) {
        struct stat st;
        int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

        if (fd < 0)
                return -errno;
        if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
                close(fd);
                return -EIO;
        }
        *ret_fd = fd;
        *ret_bytes = st.st_size;
        return 0;
}

/* What is kept for papers and imports stays as it is; an upload that became an attachment does not. */
static bool plain_needed(const WebRequest *request, const char *hex) {
        static const char *const lists[] = { "documents.papers", "documents.imports",
                "essential.building_filings" };
        const RouteData *data = request->data;
        const ViewCall call = { .filters = { { "digest", FILTER_EQUAL, hex } }, .n_filters = 1, .limit = 1 };

        for (size_t i = 0; i < ELEMENTSOF(lists); i++) {
                const View *view = registry_view(request->engine->registry, lists[i]);
                json_t *list = NULL;
                int r = view ? view_list_json(request->engine, &(Caller){ .office = data->node->office },
                                       view, &call, &list)
                             : -ENOENT;
                bool found = r < 0 || json_array_size(json_object_get(list, "rows")) > 0;
                json_decref(list);
                if (found)
                        return true;
        }
        return false;
}

/* The sealed file when there is one, otherwise the upload as it came. */
static int file_open(const WebRequest *request, const char *hex, int *ret_fd, int64_t *ret_bytes) {
        const RouteData *data = request->data;
        Digest digest;
        int r = digest_of_hex(hex, &digest);

        if (r < 0)
                return r;
        r = blob_unseal(request->engine->keys, data->node->blobs, request->engine->digest_kind, &digest,
                ret_fd, ret_bytes);
        if (r != -ENOENT)
                return r;
        const char *path = web_blob_path(data->node->blobs, &digest, request->arena);
        return path ? plain_open(path, ret_fd, ret_bytes) : -ENOMEM;
}

/* From here on the file is on disk under the vault's key only. */
static int file_seal(const WebRequest *request, const char *hex, int fd, int64_t bytes) {
        const RouteData *data = request->data;
        Digest digest;
        int r = digest_of_hex(hex, &digest);

        if (r == 0)
                r = blob_seal(request->engine->keys, data->node->blobs, &digest, fd, bytes);
        if (r < 0)
                return r;
        const char *path = web_blob_path(data->node->blobs, &digest, request->arena);
        if (!path)
                return -ENOMEM;
        if (!plain_needed(request, hex) && unlink(path) < 0 && errno != ENOENT)
                return -errno;
        return 0;
}

/* The record that an attachment belongs to: there, in scope, and open to the caller. */
static int record_open(const WebRequest *request, const char *name, Id id) {
        const Record *record = name ? registry_record(request->engine->registry, name) : NULL;
        json_t *page = NULL;

        if (!record || record->shape == SHAPE_VALUE)
                return -ENOENT;
        int r = web_record_permit(request, record);
        if (r == 0)
                r = record_page_json(request->engine, &request->caller, record, id, &page);
        json_decref(page);
        return r;
}

static json_t *input_of(const WebRequest *request, const AttachmentType *type, int64_t bytes) {
        static const char *const given[] = { "record_name", "record_id", "business", "paper", "digest",
                "file_name", "pages", "source", "reader_text", "replaces", "reason" };
        json_t *input = json_object();

        for (size_t i = 0; i < ELEMENTSOF(given); i++) {
                json_t *value = json_object_get(request->json, given[i]);
                if (value)
                        json_object_set(input, given[i], value);
        }
        json_object_set_new(input, "type", json_string(type->code));
        json_object_set_new(input, "size", json_integer(bytes));
        return input;
}

static void attach_answer(WebRequest *request, WebReply *reply, const AttachmentType *type, int64_t bytes) {
        const Command *command = registry_command(request->engine->registry, "essential.attach_paper");
        json_t *input = input_of(request, type, bytes);
        Reply done = { .result = -ENOENT };

        if (command)
                command_execute_json(
                        request->engine, &request->caller, command, input, request->arena, &done);
        json_decref(input);
        if (done.result < 0)
                web_reply_error(request, reply, done.result, &done.refusal);
        else
                web_reply_json(
                        reply, json_pack("{s:o,s:s}", "output", record_to_json(command->output, done.output),
                                       "type", type->code));
}

/* The caller brought the file, or the record has it already. Anything else is as if there were no such file.
 */
static int digest_permit(const WebRequest *request, const char *digest_text) {
        const View *view = registry_view(request->engine->registry, "essential.attachments");
        const ViewCall call = {
                .filters = { { "digest", FILTER_EQUAL, digest_text },
                        { "record_name", FILTER_EQUAL, web_json_text(request, "record_name") },
                        { "record_id", FILTER_EQUAL, web_json_text(request, "record_id") } },
                .n_filters = 3,
                .limit = 1
        };
        json_t *list = NULL;
        Digest digest;

        int r = digest_of_hex(digest_text, &digest);
        if (r == 0)
                r = upload_own(request->engine, &request->caller, &digest);
        if (r != -ENOENT || !view)
                return r;
        r = view_list_json(
                request->engine, &(Caller){ .office = request->caller.office }, view, &call, &list);
        if (r == 0 && json_array_size(json_object_get(list, "rows")) == 0)
                r = -ENOENT;
        json_decref(list);
        return r;
}

static void attach(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        const char *id_text = web_json_text(request, "record_id");
        const AttachmentType *type = NULL;
        int64_t bytes = 0;
        int fd = -1;
        Id id;

        if (!request->idempotency_key) {
                web_reply_code(request, reply, 400, "node.bad_key", NULL);
                return;
        }
        int r = identity_permit(data->identity, &request->caller, "other:attachment.write");
        if (r == 0)
                r = id_text ? web_id_parse(id_text, &id) : -EMALFORMED_;
        if (r == 0)
                r = record_open(request, web_json_text(request, "record_name"), id);
        const char *digest = web_json_text(request, "digest");
        if (r == 0)
                r = digest_permit(request, digest);
        if (r == 0)
                r = file_open(request, digest, &fd, &bytes);
        if (r == 0) {
                type = type_of_file(fd, bytes);
                if (type && bytes <= type->bytes_max)
                        r = file_seal(request, digest, fd, bytes);
                close(fd);
        }
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else if (!type)
                web_reply_code(request, reply, 422, "node.attachment_type", "digest");
        else if (bytes > type->bytes_max)
                web_reply_code(request, reply, 422, "node.attachment_size", "digest");
        else
                attach_answer(request, reply, type, bytes);
}

const char *row_text(const json_t *row, const char *name) {
        const char *text = json_string_value(json_object_get(row, name));

        return text ? text : "";
}

/* The view is on record, durably, before the first byte leaves. */
static int view_note(const WebRequest *request, const char *id) {
        const Command *command = registry_command(request->engine->registry, "essential.note_view");
        const Clock *clock = request->engine->clock;
        json_t *input = json_pack("{s:s}", "attachment_id", id);
        Caller caller = request->caller;
        uint8_t random[KEY_BYTES];
        char key[2 * KEY_BYTES + 1];
        Reply done = { .result = -ENOENT };

        clock->random(clock->data, random, sizeof(random));
        hex_encode(random, sizeof(random), key);
        caller.key = key;
        if (command && input)
                command_execute_json(request->engine, &caller, command, input, request->arena, &done);
        json_decref(input);
        return done.result;
}

/* Beside the ledger of its own: whoever asks who saw a household hears of its scanned papers too (14.2.3). */
static int file_seen(const WebRequest *request, const json_t *row) {
        const Record *record = registry_record(request->engine->registry, "attachment");
        const RouteData *data = request->data;
        const Seer seer = web_seer(request);
        Id id;

        int r = web_id_parse(request->captures[0], &id);
        if (r == 0)
                r = audit_saw_record(data->audit, &seer, record, id, row);
        return r < 0 ? r : audit_flush(data->audit);
}

static int attachment_row(const WebRequest *request, json_t **ret_page) {
        const Record *record = registry_record(request->engine->registry, "attachment");
        Id id, of;

        int r = record && web_id_parse(request->captures[0], &id) == 0 ? 0 : -ENOENT;
        if (r == 0)
                r = record_page_json(request->engine, &request->caller, record, id, ret_page);
        if (r < 0)
                return r;
        const json_t *row = json_object_get(*ret_page, "row");
        r = web_id_parse(row_text(row, "record_id"), &of);
        return r < 0 ? r : record_open(request, row_text(row, "record_name"), of);
}

/* A frame gets what its own bytes say is a PDF, whatever the row says. */
static bool showable(int fd, int64_t bytes) {
        const AttachmentType *type = type_of_file(fd, bytes);

        return type && text_equal(type->code, SHOWN_TYPE);
}

static void file_give(WebRequest *request, WebReply *reply, bool shown) {
        json_t *page = NULL;
        int64_t bytes = 0;
        int fd = -1;

        int r = attachment_row(request, &page);
        const json_t *row = json_object_get(page, "row");
        const AttachmentType *type = r == 0 ? type_of_code(row_text(row, "type")) : NULL;
        if (r == 0)
                r = type ? file_open(request, row_text(row, "digest"), &fd, &bytes) : -ENOENT;
        if (r == 0 && shown && !showable(fd, bytes))
                r = -ENOENT;
        if (r == 0)
                r = view_note(request, request->captures[0]);
        if (r == 0)
                r = file_seen(request, row);
        if (r == 0) {
                const char *name = arena_printf(request->arena, "%s-%s%s", row_text(row, "paper"),
                        request->captures[0], type->suffix);
                (shown ? web_reply_shown : web_reply_file)(
                        reply, fd, bytes, type->mime, name ? name : "attachment");
        } else {
                if (fd >= 0)
                        close(fd);
                web_reply_error(request, reply, r, NULL);
        }
        json_decref(page);
}

static void give(WebRequest *request, WebReply *reply) {
        file_give(request, reply, false);
}

static void show(WebRequest *request, WebReply *reply) {
        file_give(request, reply, true);
}

const WebRoute attachment_routes[] = {
        { "POST", "/api/attachment", 0, 0, attach, "tie an uploaded file to a record as one of its papers" },
        { "GET", "/api/attachment/{id}", 0, 0, give, "the file; having had it is recorded" },
        { "GET", "/api/shown/{id}", 0, 0, show,
                "a PDF for a frame of our own page; having had it is recorded" },
};
const size_t n_attachment_routes = ELEMENTSOF(attachment_routes);
