/* SPDX-License-Identifier: Apache-2.0 */
/* From a handler's answer to bytes for nginx, and the one shape of an error. */

#include <string.h>
#include <unistd.h>

#include <internal/log.h>

#include "web-private.h"

#define INCIDENT_BYTES 6

typedef struct OwnError {
        const char *code;
        unsigned status;
        const char *sentence, *clause;
} OwnError;

static const OwnError own_errors[] = {
#define ERROR(code, status, sentence, clause) { code, status, sentence, clause },
#include "errors.def"
#undef ERROR
};

static const struct {
        int result;
        unsigned status;
        const char *code;
} results[] = {
        { -EMALFORMED_, 400, "node.bad_form" },
        { -EAUTHENTICATE_, 401, "node.not_logged_in" },
        { -EFORBIDDEN_, 403, "node.forbidden" },
        { -ESTEPUP_, 403, "node.step_up" },
        { -ENOENT, 404, "node.not_found" },
        { -ETIMEDOUT, 408, "node.timeout" },
        { -ECONFLICT_, 409, "node.moved_on" },
        { -E2BIG, 413, "node.too_large" },
        { -EREFUSED_, 422, "node.refused" },
        { -EUSERS, 429, "node.too_many" },
        { -EAGAIN, 503, "node.try_again" },
        { -EBUSY, 503, "node.try_again" },
        { -EUNKNOWN_, 503, "node.try_again" },
        { -EREADONLY_, 503, "node.try_again" },
};

static const char *status_words(unsigned status) {
        static const struct {
                unsigned status;
                const char *words;
        } table[] = {
                { 200, "OK" },
                { 204, "No Content" },
                { 304, "Not Modified" },
                { 400, "Bad Request" },
                { 401, "Unauthorized" },
                { 403, "Forbidden" },
                { 404, "Not Found" },
                { 408, "Request Timeout" },
                { 409, "Conflict" },
                { 413, "Content Too Large" },
                { 422, "Unprocessable Content" },
                { 429, "Too Many Requests" },
                { 500, "Internal Server Error" },
                { 503, "Service Unavailable" },
        };

        for (size_t i = 0; i < ELEMENTSOF(table); i++)
                if (table[i].status == status)
                        return table[i].words;
        return "Answer";
}

unsigned status_of_result(int result) {
        for (size_t i = 0; i < ELEMENTSOF(results); i++)
                if (results[i].result == result)
                        return results[i].status;
        return 500;
}

static const OwnError *own_error(const char *code) {
        for (size_t i = 0; i < ELEMENTSOF(own_errors); i++)
                if (text_equal(own_errors[i].code, code))
                        return &own_errors[i];
        return NULL;
}

void reply_done(WebReply *reply) {
        buffer_done(&reply->body);
        if (reply->fd >= 0)
                close(reply->fd);
        reply->fd = -1;
}

/* Forgets what was said so far, so that an error never goes out with half an answer. */
static void reply_begin(WebReply *reply, unsigned status, const char *type) {
        reply_done(reply);
        *reply = (WebReply){
                .status = status, .type = type, .body = BUFFER_INIT(WEB_REPLY_BYTES_MAX), .fd = -1
        };
}

static int dump_into(const char *data, size_t size, void *buffer) {
        buffer_append(buffer, data, size);
        return buffer_error(buffer) < 0 ? -1 : 0;
}

void web_reply_json(WebReply *reply, json_t *object) {
        char cookie[sizeof(reply->cookie)];

        memcpy(cookie, reply->cookie, sizeof(cookie));
        reply_begin(reply, 200, "application/json");
        memcpy(reply->cookie, cookie, sizeof(cookie));
        if (!object || json_dump_callback(object, dump_into, &reply->body, JSON_COMPACT) < 0)
                reply->status = 0;
        json_decref(object);
}

void web_reply_empty(WebReply *reply) {
        reply->status = 204;
        reply->type = NULL;
        buffer_reset(&reply->body);
}

static bool plain_in_name(unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
               c == '_' || c == '-';
}

/* attachment; filename="plain"; filename*=UTF-8''escaped (RFC 6266) */
static void disposition_write(const char *how, const char *name, char *ret, size_t max) {
        size_t n = 0;
        int written = snprintf(ret, max, "%s; filename=\"", how);

        n = (size_t) written;
        for (const char *p = name; *p && n < 200; p++)
                ret[n++] = plain_in_name((unsigned char) *p) ? *p : '_';
        n += (size_t) snprintf(ret + n, max - n, "\"; filename*=UTF-8''");
        for (const char *p = name; *p && n + 4 < max; p++)
                if (plain_in_name((unsigned char) *p))
                        ret[n++] = *p;
                else
                        n += (size_t) snprintf(ret + n, max - n, "%%%02X", (unsigned char) *p);
        ret[n] = 0;
}

void web_reply_attachment(WebReply *reply, const char *type, const char *name) {
        reply_begin(reply, 200, type);
        disposition_write("attachment", name, reply->disposition, sizeof(reply->disposition));
}

void web_reply_file(WebReply *reply, int fd, int64_t bytes, const char *type, const char *name) {
        web_reply_attachment(reply, type, name);
        reply->fd = fd;
        reply->fd_bytes = bytes;
}

void web_reply_shown(WebReply *reply, int fd, int64_t bytes, const char *type, const char *name) {
        web_reply_file(reply, fd, bytes, type, name);
        disposition_write("inline", name, reply->disposition, sizeof(reply->disposition));
}

static json_t *error_object(const char *code, const Explanation *explanation, const Refusal *refusal) {
        json_t *error = json_pack("{s:s,s:s}", "code", code, "message", explanation->sentence);

        if (explanation->clause)
                json_object_set_new(error, "clause", json_string(explanation->clause));
        if (refusal && refusal->field)
                json_object_set_new(error, "field", json_string(refusal->field));
        if (refusal && refusal->n_arguments > 0) {
                json_t *arguments = json_array();
                for (size_t i = 0; i < refusal->n_arguments; i++)
                        json_array_append_new(arguments, json_string(refusal->arguments[i]));
                json_object_set_new(error, "arguments", arguments);
        }
        return error;
}

static void reply_error_object(WebReply *reply, unsigned status, json_t *error) {
        web_reply_json(reply, json_pack("{s:o}", "error", error));
        if (reply->status)
                reply->status = status;
}

void reply_code(
        const WebRequest *request, WebReply *reply, unsigned status, const char *code, const char *field) {
        const OwnError *own = own_error(code);
        Refusal refusal = { .code = code, .field = field };

        reply->cookie[0] = 0;
        reply_error_object(
                reply, status, error_object(code, &(Explanation){ own->sentence, own->clause }, &refusal));
}

/* Words of a refusal: our own, else those of the module that declared it. */
static const char *refusal_explain(
        const WebRequest *request, const Refusal *refusal, const char *standard, Explanation *ret) {
        const char *code = refusal && refusal->code ? refusal->code : standard;
        const OwnError *own = own_error(code);

        if (request->web && request->web->explain && refusal && refusal->code &&
                request->web->explain(request->web, refusal, request->arena, ret))
                return code;
        if (!own)
                own = own_error(standard);
        *ret = (Explanation){ own->sentence, own->clause };
        return code;
}

/* An incident number ties what the user reads to the line in the log; nothing else is told. */
static void reply_incident(const WebRequest *request, WebReply *reply, int result) {
        uint8_t bytes[INCIDENT_BYTES] = { 0 };
        char number[2 * INCIDENT_BYTES + 1];
        const OwnError *own = own_error("node.incident");

        if (request->web)
                request->web->options.clock->random(request->web->options.clock->data, bytes, sizeof(bytes));
        hex_encode(bytes, sizeof(bytes), number);
        log_error("incident %s: %s %s: %d", number, request->method ? request->method : "-",
                request->route ? request->route->path : "-", result);
        json_t *error = error_object(own->code, &(Explanation){ own->sentence, NULL }, NULL);
        json_object_set_new(error, "incident", json_string(number));
        reply_error_object(reply, 500, error);
}

void web_reply_code(
        const WebRequest *request, WebReply *reply, unsigned status, const char *code, const char *field) {
        reply_code(request, reply, status, code, field);
}

void web_reply_error(const WebRequest *request, WebReply *reply, int result, const Refusal *refusal) {
        Explanation explanation;

        reply->cookie[0] = 0;
        for (size_t i = 0; i < ELEMENTSOF(results); i++) {
                if (results[i].result != result)
                        continue;
                if (result == -ENOENT)
                        refusal = NULL; /* the same bytes for what is not there and what is not yours */
                const char *code = refusal_explain(request, refusal, results[i].code, &explanation);
                reply_error_object(reply, results[i].status, error_object(code, &explanation, refusal));
                return;
        }
        reply_incident(request, reply, result);
}

/* Head as CGI has it; nginx adds the headers that are the same for all. */
static void head_write(const WebReply *reply, Buffer *out) {
        buffer_printf(out, "Status: %u %s\r\n", reply->status, status_words(reply->status));
        if (reply->type)
                buffer_printf(out, "Content-Type: %s\r\n", reply->type);
        if (!reply->stream && reply->status != 204 && reply->status != 304)
                buffer_printf(out, "Content-Length: %lld\r\n",
                        reply->fd >= 0 ? (long long) reply->fd_bytes : (long long) reply->body.size);
        buffer_printf(out, "Cache-Control: %s\r\n", reply->revalidate ? "private, no-cache" : "no-store");
        if (reply->etag[0])
                buffer_printf(out, "ETag: %s\r\n", reply->etag);
        if (reply->disposition[0])
                buffer_printf(out, "Content-Disposition: %s\r\n", reply->disposition);
        if (reply->cookie[0])
                buffer_printf(out, "Set-Cookie: %s\r\n", reply->cookie);
        if (reply->stream)
                buffer_text(out, "X-Accel-Buffering: no\r\n");
        buffer_text(out, "\r\n");
}

void reply_render(WebReply *reply, FrontReply *ret) {
        buffer_done(&ret->bytes);
        ret->bytes = (Buffer) BUFFER_INIT(WEB_REPLY_BYTES_MAX + 4096);
        head_write(reply, &ret->bytes);
        if (reply->fd < 0)
                buffer_append(&ret->bytes, reply->body.data, reply->body.size);
        ret->fd = reply->fd;
        ret->fd_bytes = reply->fd_bytes;
        ret->stream = reply->stream;
        reply->fd = -1;
        reply_done(reply);
}
