/* SPDX-License-Identifier: Apache-2.0 */
/* The steps between a whole request and its handler, the same for every route: our own page, route, session,
 * body. */

#include <string.h>

#include <internal/log.h>

#include "web-private.h"

static const WebReply reply_none = { .body = BUFFER_INIT(WEB_REPLY_BYTES_MAX), .fd = -1 };

/* The row for method and path. An unknown path and a wrong method are both -ENOENT. */
static int route_find(
        const Web *web, const char *method, const char *path, WebRequest *request, const WebRoute **ret) {
        for (size_t t = 0; t < web->n_tables; t++)
                for (size_t i = 0; i < web->tables[t].n; i++) {
                        const WebRoute *route = &web->tables[t].routes[i];
                        if (strcmp(route->method, method) != 0)
                                continue;
                        int r = route_match(route->path, path, request ? request->arena : NULL, request);
                        if (r == -ENOENT)
                                continue;
                        if (r == 0 && request)
                                request->data = web->tables[t].data;
                        *ret = route;
                        return r;
                }
        return -ENOENT;
}

/* How large the body may be. */
static int64_t body_limit(const WebRoute *route) {
        if (strcmp(route->method, "GET") == 0)
                return 0;
        return route->body_bytes_max ? (int64_t) route->body_bytes_max : WEB_BODY_BYTES_MAX;
}

int64_t dispatch_body_bytes(void *data, const ScgiHead *head) {
        const Web *web = data;
        const char *uri = head->values[SCGI_REQUEST_URI];
        char path[512];
        size_t size = strcspn(uri, "?");
        const WebRoute *route = NULL;
        int64_t limit = strcmp(head->values[SCGI_REQUEST_METHOD], "GET") == 0 ? 0 : WEB_BODY_BYTES_MAX;

        /* nginx announces the length of the file it keeps, and sends only its path */
        if (head->values[SCGI_UPLOAD_FILE])
                return head->content_bytes <= WEB_UPLOAD_BYTES_MAX ? 0 : -E2BIG;
        if (size < sizeof(path)) {
                memcpy(path, uri, size);
                path[size] = 0;
                if (route_find(web, head->values[SCGI_REQUEST_METHOD], path, NULL, &route) == 0)
                        limit = body_limit(route);
        }
        return head->content_bytes <= limit ? head->content_bytes : -E2BIG;
}

static bool json_expected(const WebRequest *request) {
        return strcmp(request->method, "GET") != 0 && !(request->route->flags & (WEB_RAW | WEB_UPLOAD));
}

/* Who asks. 0, -EAUTHENTICATE_ or worse. */
static int session_find(const Web *web, WebRequest *request) {
        const WebIdentity *identity = web->options.identity;

        if (request->route->flags & WEB_OPEN)
                return 0;
        if (!request->token)
                return -EAUTHENTICATE_;
        int r = identity->session(identity->data, request->token, request->arena, &request->session);
        if (r < 0)
                return r;
        request->caller = (Caller){
                .person = request->session.person,
                .office = request->session.office,
                .key = request->idempotency_key,
                .step_up = request->step_up,
                .organization = request->session.organization,
        };
        const Seer seer = web_seer(request);
        audit_worked(web->options.audit, &seer, request->path);
        return 0;
}

static int body_read(const FrontRequest *front, WebRequest *request) {
        const char *type = front->head.values[SCGI_CONTENT_TYPE];

        if (!json_expected(request))
                return 0;
        /* A form of a foreign page cannot send this type without asking first. */
        if (!type || strncmp(type, "application/json", strlen("application/json")) != 0)
                return -EMALFORMED_;
        return request_json(&request->body, &request->json);
}

static void request_answer(const Web *web, const FrontRequest *front, WebRequest *request, WebReply *reply) {
        int r = request_read(front, request->arena, request);
        if (r == 0 && strcmp(request->method, "GET") != 0 &&
                !request_of_our_own(&front->head, web->options.origin)) {
                reply_code(request, reply, 403, "node.foreign_page", NULL);
                return;
        }
        if (r == 0)
                r = route_find(web, request->method, request->path, request, &request->route);
        if (r == 0)
                r = session_find(web, request);
        if (r == 0 && request->session.must_change &&
                !(request->route->flags & (WEB_OPEN | WEB_MUST_CHANGE))) {
                reply_code(request, reply, 403, "node.must_change", NULL);
                return;
        }
        if (r == 0 && request->session.must_enrol && !request->session.must_change &&
                !(request->route->flags & (WEB_OPEN | WEB_MUST_ENROL))) {
                reply_code(request, reply, 403, "node.must_enrol", NULL);
                return;
        }
        /* a door is not theirs until it says so */
        if (r == 0 && request->session.organization.value &&
                !(request->route->flags & (WEB_OPEN | WEB_ORGANIZATION)))
                r = -EFORBIDDEN_;
        if (r == 0)
                r = body_read(front, request);
        if (r < 0) {
                web_reply_error(request, reply, r, NULL);
                return;
        }
        if (request->route->flags & WEB_UPLOAD)
                request->upload_file = front->head.values[SCGI_UPLOAD_FILE];
        request->route->handle(request, reply);
        if (reply->status == 0 || buffer_error(&reply->body) < 0)
                web_reply_error(request, reply, buffer_error(&reply->body) < 0 ? -ENOMEM : -EIO, NULL);
}

void dispatch_serve(void *data, const FrontRequest *front, FrontReply *ret) {
        Web *web = data;
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        WebRequest request = { .web = web, .engine = web->options.engine, .arena = arena };
        WebReply reply = reply_none;

        if (arena)
                request_answer(web, front, &request, &reply);
        else
                web_reply_error(&request, &reply, -EAGAIN, NULL);
        json_decref(request.json);
        reply_render(&reply, ret);
}

void dispatch_fail(void *data, int result, FrontReply *ret) {
        Web *web = data;
        WebRequest request = { .web = web };
        WebReply reply = reply_none;

        web_reply_error(&request, &reply, result, NULL);
        reply_render(&reply, ret);
}
