/* SPDX-License-Identifier: Apache-2.0 */
/* The site of the front's tests. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "front-site.h"

/* --- clock, identity and handlers of the test --- */

atomic_llong test_ms;

static Instant test_now(void *data) {
        return (Instant){ 1795432283000 };
}
static int64_t test_monotonic(void *data) {
        return test_ms;
}
static void test_random(void *data, void *ret, size_t size) {
        memset(ret, 0xab, size);
}
const Clock test_clock = { test_now, test_monotonic, test_random, NULL };

static int fake_session(void *data, const char *token, Arena *arena, WebSession *ret) {
        bool fresh = strcmp(token, "newnewnewnewnewnewnewnew") == 0;

        if (!fresh && strcmp(token, "0123456789abcdef0123456789abcdef") != 0)
                return -EAUTHENTICATE_;
        *ret = (WebSession){
                .session = { 1 }, .person = { 7 }, .office = 3, .name = "x", .must_change = fresh
        };
        return 0;
}
static const WebIdentity fake_identity = { .session = fake_session };

pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void handle_hello(WebRequest *request, WebReply *reply) {
        web_reply_json(reply,
                json_pack("{s:s,s:I}", "hello", "you", "person", (json_int_t) request->caller.person.value));
}
static void handle_missing(WebRequest *request, WebReply *reply) {
        web_reply_error(request, reply, -ENOENT, &(Refusal){ .code = "secret.reason", .field = "id" });
}
static void handle_result(WebRequest *request, WebReply *reply) {
        int64_t result = 0;
        assert_int_equal(integer_parse(request->captures[0], &result), 0);
        web_reply_error(request, reply, (int) -result, NULL);
}
static void handle_nothing(WebRequest *request, WebReply *reply) {
}
static void handle_large(WebRequest *request, WebReply *reply) {
        char chunk[4096];
        memset(chunk, 'x', sizeof(chunk));
        reply->status = 200;
        reply->type = "text/plain";
        for (int i = 0; i < LARGE_BYTES / 4096; i++)
                buffer_append(&reply->body, chunk, sizeof(chunk));
}
static void handle_wait(WebRequest *request, WebReply *reply) {
        pthread_mutex_lock(&gate);
        pthread_mutex_unlock(&gate);
        web_reply_empty(reply);
}
static void handle_file(WebRequest *request, WebReply *reply) {
        FILE *file = tmpfile();
        assert_non_null(file);
        for (int i = 0; i < 100000; i++)
                fprintf(file, "%09d\n", i);
        fflush(file);
        web_reply_file(
                reply, dup(fileno(file)), 1000000, "text/plain", "\xe6\xb8\x85\xe5\x8d\x95 \"1\".csv");
        fclose(file);
}
static void handle_stream(WebRequest *request, WebReply *reply) {
        reply->status = 200;
        reply->type = "text/event-stream";
        progress_event(&reply->body, "running", 0, 10, NULL);
        reply->stream = 42;
}
static void handle_echo(WebRequest *request, WebReply *reply) {
        web_reply_json(reply, json_incref(request->json));
}

static const WebRoute routes[] = {
        { "GET", "/t/open", WEB_OPEN, 0, handle_hello, "" },
        { "GET", "/t/hello", 0, 0, handle_hello, "" },
        { "GET", "/t/missing", WEB_OPEN, 0, handle_missing, "" },
        { "GET", "/t/result/{n}", WEB_OPEN, 0, handle_result, "" },
        { "GET", "/t/nothing", WEB_OPEN, 0, handle_nothing, "" },
        { "GET", "/t/large", WEB_OPEN, 0, handle_large, "" },
        { "GET", "/t/wait", WEB_OPEN, 0, handle_wait, "" },
        { "GET", "/t/file", WEB_OPEN, 0, handle_file, "" },
        { "GET", "/t/stream", WEB_OPEN, 0, handle_stream, "" },
        { "POST", "/t/echo", 0, 0, handle_echo, "" },
        { "POST", "/t/small", 0, 100, handle_echo, "" },
        { "POST", "/t/first", WEB_MUST_CHANGE, 0, handle_echo, "" },
};

static int site_start(void **state, size_t workers) {
        Site *site = calloc(1, sizeof(*site));
        assert_non_null(site);
        strcpy(site->folder, "/tmp/web-front-XXXXXX");
        assert_non_null(mkdtemp(site->folder));
        snprintf(site->socket, sizeof(site->socket), "%s/s", site->folder);
        site->table = (WebRouteTable){ routes, ELEMENTSOF(routes), NULL };
        site->web.options =
                (WebOptions){ .clock = &test_clock, .origin = ORIGIN, .identity = &fake_identity };
        site->web.tables = &site->table;
        site->web.n_tables = 1;
        site->web.progress = progress_new();
        FrontOptions options = { .socket = site->socket,
                .workers = workers,
                .clock = &test_clock,
                .data = &site->web,
                .body_bytes = dispatch_body_bytes,
                .serve = dispatch_serve,
                .fail = dispatch_fail,
                .stream_next = progress_next };
        assert_int_equal(front_start(&options, &site->web.front), 0);
        *state = site;
        return 0;
}
int site_start_four(void **state) {
        return site_start(state, 4);
}
int site_start_one(void **state) {
        return site_start(state, 1);
}
int site_stop(void **state) {
        Site *site = *state;
        struct stat st;

        front_stop(site->web.front);
        progress_free(site->web.progress);
        assert_int_not_equal(lstat(site->socket, &st), 0); /* it takes its socket away */
        assert_int_equal(rmdir(site->folder), 0);
        free(site);
        return 0;
}

int status_of(Site *site, const Call *call) {
        char *reply = client_ask(site->socket, call);
        int status = client_status(reply);
        free(reply);
        return status;
}
void expect_alive(Site *site) {
        assert_int_equal(status_of(site, &(Call){ .method = "GET", .uri = "/t/open" }), 200);
}
