/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of node/web share: the running front, its routes, and the steps between transport and
 * handler. */
#pragma once

#include <pthread.h>

#include <internal/web.h>

#include "front.h"

#define WEB_COOKIE "__Host-fundnode"

/* What people read about a refusal. */
typedef struct Explanation {
        const char *sentence, *clause;
} Explanation;

typedef struct Progress Progress;
typedef struct Exports Exports;

struct Web {
        WebOptions options;
        WebRouteTable *tables; /* built-in rows first */
        size_t n_tables;
        Front *front;
        Progress *progress;
        Exports *exports;
        json_t *describe; /* made once: the registry is constant */
        char *describe_text;
        char describe_etag[80];
        /* Sentence and clause of a code that modules declare. A pointer, so that the dispatcher is tested
         * alone. */
        bool (*explain)(const Web *web, const Refusal *refusal, Arena *arena, Explanation *ret);
};

extern const WebRoute web_session_routes[], web_data_routes[], web_file_routes[], web_export_routes[];
extern const size_t web_session_routes_n, web_data_routes_n, web_file_routes_n, web_export_routes_n;

/* --- request.c: pure --- */

/* Fills method, path, parameters, token and the header members. 0, -EMALFORMED_, -ENOMEM. */
int request_read(const FrontRequest *front, Arena *arena, WebRequest *ret) _must_check_;
/* 0, -EMALFORMED_: not one JSON object of WEB_JSON_DEPTH_MAX at most, each name once. */
int request_json(const Bytes *body, json_t **ret) _must_check_;
/* False: not from our own pages. */
bool request_of_our_own(const ScgiHead *head, const char *origin);
/* Whether path fits pattern; captures go to the arena (NULL: only asks). -ENOENT, -ENOMEM. */
int route_match(const char *pattern, const char *path, Arena *arena, WebRequest *ret) _must_check_;
bool path_clean(const char *path, size_t size);

/* --- dispatch.c --- */

int64_t dispatch_body_bytes(void *web, const ScgiHead *head);
void dispatch_serve(void *web, const FrontRequest *request, FrontReply *reply);
void dispatch_fail(void *web, int result, FrontReply *reply);

/* --- reply.c --- */

void reply_render(WebReply *reply, FrontReply *ret);
void reply_done(WebReply *reply);
/* An error of our own by its code in errors.def. */
void reply_code(
        const WebRequest *request, WebReply *reply, unsigned status, const char *code, const char *field);
unsigned status_of_result(int result);

/* --- progress.c --- */

Progress *progress_new(void);
Progress *progress_free(Progress *progress);
bool progress_next(void *web, int64_t run, uint64_t *version, Buffer *out);
int progress_put(Progress *progress, Id run, const WebProgress *news) _must_check_;
/* One event line for the stream. */
void progress_event(Buffer *out, const char *state, int64_t done, int64_t total, const char *message);

/* --- api-data.c --- */

/* Filters, limit, after of the address. -EMALFORMED_ */
int view_call_read(const WebRequest *request, ViewCall *ret) _must_check_;

/* --- export-api.c --- */

Exports *exports_new(void);
Exports *exports_free(Exports *exports);

/* --- file.c --- */

int all_written(int fd, const void *data, size_t size) _must_check_;
/* In the folder; the caller closes it. */
int unnamed_file(const char *folder, int *ret_fd) _must_check_;

/* --- api-file.c --- */

void uploads_sweep(const char *blobs);
