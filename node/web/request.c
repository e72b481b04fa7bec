/* SPDX-License-Identifier: Apache-2.0 */
/* From head and body to what a handler sees. Pure: no socket, no store, no clock. */

#include <string.h>

#include "web-private.h"

#define COOKIE_TOKEN_MIN 16

/* What our own paths are made of; an escaped or dotted path leads nowhere, so nobody can disagree about it.
 */
bool path_clean(const char *path, size_t size) {
        static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_.-";

        if (size == 0 || path[0] != '/')
                return false;
        for (size_t i = 0; i < size; i++)
                if (!path[i] || !strchr(allowed, path[i]) ||
                        (path[i] == '/' && i + 1 < size && path[i + 1] == '/') ||
                        (path[i] == '.' && i + 1 < size && path[i + 1] == '.'))
                        return false;
        return true;
}

static int hex_digit(char c) {
        if (c >= '0' && c <= '9')
                return c - '0';
        if (c >= 'a' && c <= 'f')
                return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Percent-decodes into the arena; control bytes and anything but UTF-8 are refused. */
static int text_decode(const char *data, size_t size, Arena *arena, const char **ret) {
        char *text = arena_alloc(arena, size + 1);
        size_t n = 0;

        if (!text)
                return -ENOMEM;
        for (size_t i = 0; i < size; i++) {
                int c = (unsigned char) data[i];
                if (c == '+')
                        c = ' ';
                else if (c == '%') {
                        if (i + 2 >= size || hex_digit(data[i + 1]) < 0 || hex_digit(data[i + 2]) < 0)
                                return -EMALFORMED_;
                        c = hex_digit(data[i + 1]) * 16 + hex_digit(data[i + 2]);
                        i += 2;
                }
                if (c < 0x20 || c == 0x7f)
                        return -EMALFORMED_;
                text[n++] = (char) c;
        }
        if (!text_is_utf8(text, n))
                return -EMALFORMED_;
        *ret = text;
        return 0;
}

static int parameter_add(const char *data, size_t size, Arena *arena, WebRequest *request) {
        const char *equals = memchr(data, '=', size);
        size_t name_size = equals ? (size_t) (equals - data) : size;
        const char *value = equals ? equals + 1 : data + size;
        WebParameter *parameter = &request->parameters[request->n_parameters];

        if (request->n_parameters == WEB_PARAMETERS_MAX || name_size == 0)
                return -EMALFORMED_;
        int r = text_decode(data, name_size, arena, &parameter->name);
        if (r == 0)
                r = text_decode(value, size - (size_t) (value - data), arena, &parameter->value);
        if (r < 0)
                return r;
        if (web_parameter(request, parameter->name))
                return -EMALFORMED_;
        request->n_parameters++;
        return 0;
}

static int query_read(const char *query, Arena *arena, WebRequest *request) {
        while (*query) {
                size_t size = strcspn(query, "&");
                if (size > 0) {
                        int r = parameter_add(query, size, arena, request);
                        if (r < 0)
                                return r;
                }
                query += size;
                if (*query)
                        query++;
        }
        return 0;
}

static bool word_of(const char *text, const char *more, size_t min, size_t max) {
        size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

        while (text[n] && strchr(more, text[n]))
                n += 1 +
                     strspn(text + n + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
        return !text[n] && n >= min && n <= max;
}

/* The token of our cookie, when it is there exactly once and has the form of one. */
static int cookie_read(const char *cookies, Arena *arena, const char **ret_token) {
        const size_t name_size = strlen(WEB_COOKIE);
        const char *found = NULL;
        size_t found_size = 0;

        for (const char *p = cookies; p && *p;) {
                p += strspn(p, " ;");
                size_t size = strcspn(p, ";");
                if (size > name_size && strncmp(p, WEB_COOKIE "=", name_size + 1) == 0) {
                        if (found)
                                return 0;
                        found = p + name_size + 1;
                        found_size = size - name_size - 1;
                }
                p += size;
        }
        if (!found)
                return 0;
        char *token = arena_strndup(arena, found, found_size);
        if (!token)
                return -ENOMEM;
        if (word_of(token, "_", COOKIE_TOKEN_MIN, WEB_TOKEN_MAX - 1))
                *ret_token = token;
        return 0;
}

int request_read(const FrontRequest *front, Arena *arena, WebRequest *ret) {
        const char *const *values = front->head.values;
        const char *uri = values[SCGI_REQUEST_URI];
        size_t path_size = strcspn(uri, "?");

        ret->arena = arena;
        ret->body = front->body;
        ret->method = values[SCGI_REQUEST_METHOD];
        ret->address = values[SCGI_REMOTE_ADDR];
        ret->idempotency_key = values[SCGI_IDEMPOTENCY_KEY];
        ret->agent = values[SCGI_USER_AGENT];
        if (text_equal(values[SCGI_CLIENT_VERIFY], "SUCCESS"))
                ret->certificate = values[SCGI_CLIENT_FINGERPRINT];
        ret->step_up = values[SCGI_STEP_UP];
        ret->if_none_match = values[SCGI_IF_NONE_MATCH];
        ret->partner_certificate = values[SCGI_CLIENT_CERTIFICATE];
        ret->signature = values[SCGI_SIGNATURE];
        ret->path = path_clean(uri, path_size) ? arena_strndup(arena, uri, path_size) : "";
        if (!ret->path)
                return -ENOMEM;
        int r = cookie_read(values[SCGI_COOKIE], arena, &ret->token);
        if (r == 0 && uri[path_size])
                r = query_read(uri + path_size + 1, arena, ret);
        if (r == 0 && ret->idempotency_key && !word_of(ret->idempotency_key, "", 16, 64))
                r = -EMALFORMED_;
        if (r == 0 && ret->step_up && !word_of(ret->step_up, "_.", 1, 512))
                r = -EMALFORMED_;
        return r;
}

/* jansson recurses; its depth is bounded before it begins. Texts are skipped, so brackets in them do not
 * count. */
static bool json_shallow(const Bytes *body) {
        int depth = 0;
        bool text = false;

        for (size_t i = 0; i < body->size; i++) {
                uint8_t c = body->data[i];
                if (text) {
                        if (c == '\\')
                                i++;
                        else if (c == '"')
                                text = false;
                } else if (c == '"')
                        text = true;
                else if (c == '{' || c == '[') {
                        if (++depth > WEB_JSON_DEPTH_MAX)
                                return false;
                } else if (c == '}' || c == ']')
                        depth--;
        }
        return true;
}

int request_json(const Bytes *body, json_t **ret) {
        json_error_t error;

        if (!json_shallow(body))
                return -EMALFORMED_;
        json_t *object = json_loadb((const char *) body->data, body->size, JSON_REJECT_DUPLICATES, &error);
        if (!json_is_object(object)) {
                json_decref(object);
                return -EMALFORMED_;
        }
        *ret = object;
        return 0;
}

bool request_of_our_own(const ScgiHead *head, const char *origin) {
        const char *const *values = head->values;

        if (!text_equal(values[SCGI_FUNDNODE], "1"))
                return false;
        if (values[SCGI_ORIGIN] && !text_equal(values[SCGI_ORIGIN], origin))
                return false;
        return !values[SCGI_FETCH_SITE] || text_equal(values[SCGI_FETCH_SITE], "same-origin");
}

/* One segment of the pattern, such as "{id}.pdf", against one of the path. Length of the capture, 0:
 * literal, -1: no. */
static ssize_t segment_match(const char *pattern, size_t pattern_size, const char *text, size_t size) {
        const char *close = pattern[0] == '{' ? memchr(pattern, '}', pattern_size) : NULL;

        if (!close)
                return size == pattern_size && memcmp(pattern, text, size) == 0 ? 0 : -1;
        const char *suffix = close + 1;
        size_t suffix_size = pattern_size - (size_t) (suffix - pattern);
        if (size <= suffix_size || memcmp(text + size - suffix_size, suffix, suffix_size) != 0)
                return -1;
        return (ssize_t) (size - suffix_size);
}

int route_match(const char *pattern, const char *path, Arena *arena, WebRequest *ret) {
        size_t n = 0;

        while (*pattern == '/' && *path == '/') {
                size_t pattern_size = strcspn(++pattern, "/"), size = strcspn(++path, "/");
                ssize_t captured = segment_match(pattern, pattern_size, path, size);
                if (captured < 0)
                        return -ENOENT;
                if (captured > 0 && ret) {
                        if (n == WEB_CAPTURES_MAX)
                                return -ENOENT;
                        ret->captures[n] = arena_strndup(arena, path, (size_t) captured);
                        if (!ret->captures[n++])
                                return -ENOMEM;
                }
                pattern += pattern_size;
                path += size;
        }
        return *pattern || *path ? -ENOENT : 0;
}

const char *web_parameter(const WebRequest *request, const char *name) {
        for (size_t i = 0; i < request->n_parameters; i++)
                if (text_equal(request->parameters[i].name, name))
                        return request->parameters[i].value;
        return NULL;
}

const char *web_json_text(const WebRequest *request, const char *name) {
        return json_string_value(json_object_get(request->json, name));
}

int web_id_parse(const char *text, Id *ret) {
        int64_t value;

        if (!text || integer_parse(text, &value) < 0 || value <= 0)
                return -EMALFORMED_;
        *ret = (Id){ value };
        return 0;
}
