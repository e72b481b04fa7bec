/* SPDX-License-Identifier: Apache-2.0 */
/* Transport and dispatcher over a real socket, with small handlers and a clock that only we move.
 */

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <stdio.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "front-site.h"

static void answers_and_headers(void **state) {
        Site *site = *state;
        char *reply =
                client_ask(site->socket, &(Call){ .method = "GET", .uri = "/t/hello", .cookie = COOKIE });

        assert_int_equal(client_status(reply), 200);
        assert_non_null(strstr(reply, "Content-Type: application/json\r\n"));
        assert_non_null(strstr(reply, "Cache-Control: no-store\r\n"));
        assert_non_null(strstr(reply, "Content-Length: 26\r\n"));
        assert_string_equal(client_body(reply), "{\"hello\":\"you\",\"person\":7}");
        free(reply);
}

static void not_found_is_always_the_same(void **state) {
        static const Call calls[] = {
                { .method = "GET", .uri = "/t/none" },
                { .method = "GET", .uri = "/" },
                { .method = "GET", .uri = "/t/missing" },
                { .method = "GET", .uri = "/t/missing?id=7", .cookie = COOKIE },
                { .method = "GET", .uri = "/t/../t/open" },
                { .method = "HEAD", .uri = "/t/open", .fundnode = "1" },
                { .method = "POST", .uri = "/t/open", .fundnode = "1", .body = "{}" },
                { .method = "TRACE", .uri = "/t/open", .fundnode = "1" },
        };
        Site *site = *state;
        char *first = client_ask(site->socket, &calls[0]);

        assert_int_equal(client_status(first), 404);
        assert_null(strstr(first, "secret"));
        for (size_t i = 1; i < ELEMENTSOF(calls); i++) {
                char *reply = client_ask(site->socket, &calls[i]);
                assert_string_equal(reply, first);
                free(reply);
        }
        free(first);
}

static void results_have_their_status(void **state) {
        static const struct {
                int result, status;
        } cases[] = {
                { EMALFORMED_, 400 },
                { EAUTHENTICATE_, 401 },
                { EFORBIDDEN_, 403 },
                { ESTEPUP_, 403 },
                { ENOENT, 404 },
                { ECONFLICT_, 409 },
                { E2BIG, 413 },
                { EREFUSED_, 422 },
                { EUSERS, 429 },
                { EAGAIN, 503 },
                { EUNKNOWN_, 503 },
                { EREADONLY_, 503 },
                { EBROKEN_, 500 },
                { EIO, 500 },
                { ENOMEM, 500 },
        };
        Site *site = *state;

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                char uri[64];
                snprintf(uri, sizeof(uri), "/t/result/%d", cases[i].result);
                char *reply = client_ask(site->socket, &(Call){ .method = "GET", .uri = uri });
                assert_int_equal(client_status(reply), cases[i].status);
                bool incident = strstr(reply, "\"incident\":\"abababababab\"") != NULL;
                assert_int_equal(incident, cases[i].status == 500);
                free(reply);
        }
        assert_int_equal(status_of(site, &(Call){ .method = "GET", .uri = "/t/nothing" }), 500);
}

static void changes_need_our_page_and_a_session(void **state) {
        static const struct {
                Call call;
                int status;
        } cases[] = {
                { { "POST", "/t/echo", "{}", COOKIE, ORIGIN, "1" }, 200 },
                { { "POST", "/t/echo", "{}", COOKIE, NULL, "1" }, 200 },
                { { "POST", "/t/echo", "{}", COOKIE, ORIGIN, NULL }, 403 },
                { { "POST", "/t/echo", "{}", COOKIE, "https://evil", "1" }, 403 },
                { { "POST", "/t/echo", "{}", COOKIE, "null", "1" }, 403 },
                { { "DELETE", "/t/echo", "{}", COOKIE, ORIGIN, NULL }, 403 },
                { { "POST", "/t/echo", "{}", NULL, ORIGIN, "1" }, 401 },
                { { "POST", "/t/echo", "{}", "__Host-fundnode=ffffffffffffffffffff", ORIGIN, "1" }, 401 },
                { { "POST", "/t/echo", "{}", "fundnode=0123456789abcdef0123456789abcdef", ORIGIN, "1" },
                        401 },
                { { "POST", "/t/echo", "{}", COOKIE, ORIGIN, "1", .type = "text/plain" }, 400 },
                { { "POST", "/t/echo", "{", COOKIE, ORIGIN, "1" }, 400 },
                { { "POST", "/t/echo", "", COOKIE, ORIGIN, "1" }, 400 },
                { { "POST", "/t/echo", "{}", COOKIE, ORIGIN, "1", .key = "short" }, 400 },
                { { "POST", "/t/echo", "{}", COOKIE_NEW, ORIGIN, "1" }, 403 },
                { { "POST", "/t/first", "{}", COOKIE_NEW, ORIGIN, "1" }, 200 },
                { { "GET", "/t/hello", NULL, COOKIE_NEW }, 403 },
                { { "GET", "/t/hello" }, 401 },
        };
        Site *site = *state;

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                int status = status_of(site, &cases[i].call);
                if (status != cases[i].status)
                        fail_msg("case %zu: %d", i, status);
        }
}

static char *body_of(size_t size) {
        char *body = malloc(size + 1);
        assert_non_null(body);
        memset(body, ' ', size);
        memcpy(body, "{}", 2);
        body[size] = 0;
        return body;
}

static void bodies_are_bounded(void **state) {
        Site *site = *state;
        char *whole = body_of(WEB_BODY_BYTES_MAX), *over = body_of(WEB_BODY_BYTES_MAX + 1),
             *small = body_of(101);
        Call call = { "POST", "/t/echo", whole, COOKIE, ORIGIN, "1" };

        assert_int_equal(status_of(site, &call), 200);
        call.body = over;
        assert_int_equal(status_of(site, &call), 413);
        call.uri = "/t/small";
        call.body = small;
        assert_int_equal(status_of(site, &call), 413);
        call.body = "{}";
        assert_int_equal(status_of(site, &call), 200);
        call.announced = 1LL << 33; /* nobody waits for that */
        assert_int_equal(status_of(site, &call), 413);
        call = (Call){ .method = "GET", .uri = "/t/open", .body = "{}" };
        assert_int_equal(status_of(site, &call), 413);
        call.announced = 1; /* more than announced */
        call.method = "POST";
        call.fundnode = "1";
        assert_int_equal(status_of(site, &call), 400);
        free(whole);
        free(over);
        free(small);
        expect_alive(site);
}

static void bad_heads_are_answered(void **state) {
        static const struct {
                const char *bytes;
                int status;
        } cases[] = {
                { "GET / HTTP/1.1\r\n\r\n", 400 },
                { "99999:", 413 },
                { "5:abcde,", 400 },
                { "024:CONTENT_LENGTH", 400 },
        };
        Site *site = *state;

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                int fd = client_connect(site->socket);
                client_send(fd, cases[i].bytes, strlen(cases[i].bytes));
                char *reply = client_read_all(fd);
                assert_int_equal(client_status(reply), cases[i].status);
                free(reply);
                close(fd);
        }
        expect_alive(site);
}

static void slow_heads_block_nobody_and_end(void **state) {
        Site *site = *state;
        int slow[64];

        for (size_t i = 0; i < ELEMENTSOF(slow); i++) {
                slow[i] = client_connect(site->socket);
                client_send(slow[i], "70:CONTENT_", 11);
        }
        expect_alive(site);
        test_ms += WEB_HEAD_TIMEOUT_MS;
        for (size_t i = 0; i < ELEMENTSOF(slow); i++) {
                char *reply = client_read_all(slow[i]); /* ends because the server closes */
                assert_int_equal(client_status(reply), 408);
                free(reply);
                close(slow[i]);
        }
        expect_alive(site);
}

static void slow_bodies_end(void **state) {
        Site *site = *state;
        int fd = client_connect(site->socket);

        client_call(fd, &(Call){ "POST", "/t/echo", "{}", COOKIE, ORIGIN, "1", .announced = 500 });
        expect_alive(site);
        char *reply = NULL;
        test_ms += WEB_BODY_TIMEOUT_MS + WEB_HEAD_TIMEOUT_MS;
        reply = client_read_all(fd);
        assert_int_equal(client_status(reply), 408);
        free(reply);
        close(fd);
}

static void wait_until_gone(Site *site, size_t n) {
        while (front_connections(site->web.front) > n)
                expect_alive(site); /* each round is a whole turn of the loop */
}

static void hanging_up_harms_nobody(void **state) {
        Site *site = *state;

        signal(SIGPIPE, SIG_DFL); /* would end this very process */
        for (int i = 0; i < 20; i++) {
                int fd = client_connect(site->socket);
                client_call(fd, &(Call){ .method = "GET", .uri = "/t/large" });
                close(fd);
                fd = client_connect(site->socket);
                client_call(fd, &(Call){ .method = "GET", .uri = "/t/large" });
                char *begun = client_read_until(fd, "xxxx");
                assert_int_equal(client_status(begun), 200);
                free(begun);
                close(fd);
        }
        wait_until_gone(site, 1);
        expect_alive(site);
}

static void slow_readers_block_nobody(void **state) {
        Site *site = *state;
        int fd[8];

        for (size_t i = 0; i < ELEMENTSOF(fd); i++) {
                fd[i] = client_connect(site->socket);
                client_call(fd[i], &(Call){ .method = "GET", .uri = "/t/large" });
        }
        for (int i = 0; i < 20; i++)
                expect_alive(site);
        for (size_t i = 0; i < ELEMENTSOF(fd); i++) {
                char *reply = client_read_all(fd[i]);
                assert_int_equal(strlen(client_body(reply)), LARGE_BYTES);
                free(reply);
                close(fd[i]);
        }
}

static void readers_who_stop_are_closed(void **state) {
        Site *site = *state;
        int fd = client_connect(site->socket);

        client_call(fd, &(Call){ .method = "GET", .uri = "/t/large" });
        char *begun = client_read_until(fd, "xxxx");
        free(begun);
        test_ms += WEB_SEND_TIMEOUT_MS;
        wait_until_gone(site, 1); /* ours is not read and yet goes */
        close(fd);
}

static void a_full_queue_says_try_again(void **state) {
        Site *site = *state;
        static int fds[WEB_QUEUE_MAX + 64];
        int busy = 0, served = 0;

        pthread_mutex_lock(&gate);
        for (size_t i = 0; i < ELEMENTSOF(fds); i++) {
                fds[i] = client_connect(site->socket);
                client_call(fds[i], &(Call){ .method = "GET", .uri = "/t/wait" });
        }
        /* the last one came when one was at work and the queue was full: it is answered while all others
         * wait */
        char *reply = client_read_all(fds[ELEMENTSOF(fds) - 1]);
        assert_int_equal(client_status(reply), 503);
        assert_non_null(strstr(reply, "node.try_again"));
        free(reply);
        close(fds[ELEMENTSOF(fds) - 1]);
        pthread_mutex_unlock(&gate);
        for (size_t i = 0; i + 1 < ELEMENTSOF(fds); i++) {
                reply = client_read_all(fds[i]);
                busy += client_status(reply) == 503;
                served += client_status(reply) == 204;
                free(reply);
                close(fds[i]);
        }
        assert_int_equal(busy + served, ELEMENTSOF(fds) - 1);
        assert_in_range(served, WEB_QUEUE_MAX, WEB_QUEUE_MAX + 1);
        expect_alive(site);
}

static void files_leave_whole(void **state) {
        Site *site = *state;
        char *reply = client_ask(site->socket, &(Call){ .method = "GET", .uri = "/t/file" });

        assert_int_equal(client_status(reply), 200);
        assert_non_null(strstr(reply, "Content-Length: 1000000\r\n"));
        assert_non_null(strstr(reply, "Content-Disposition: attachment; filename=\"________1_.csv\"; "
                                      "filename*=UTF-8''%E6%B8%85%E5%8D%95%20%221%22.csv\r\n"));
        assert_int_equal(strlen(client_body(reply)), 1000000);
        assert_string_equal(client_body(reply) + 999990, "000099999\n");
        free(reply);
}

static void progress_is_pushed(void **state) {
        Site *site = *state;
        int first = client_connect(site->socket), second;
        char *text;

        client_call(first, &(Call){ .method = "GET", .uri = "/t/stream" });
        text = client_read_until(first, "\"done\":0");
        assert_non_null(strstr(text, "X-Accel-Buffering: no"));
        assert_null(strstr(text, "Content-Length"));
        free(text);
        assert_int_equal(progress_put(site->web.progress, (Id){ 7 }, &(WebProgress){ "other", 9, 9 }), 0);
        assert_int_equal(
                progress_put(site->web.progress, (Id){ 42 }, &(WebProgress){ "running", 4, 10, "x" }), 0);
        front_wake(site->web.front);
        text = client_read_until(first, "\"done\":4");
        assert_non_null(
                strstr(text, "data: {\"state\":\"running\",\"done\":4,\"total\":10,\"message\":\"x\"}\n\n"));
        assert_null(strstr(text, "other"));
        free(text);

        second = client_connect(site->socket); /* late: begins with what is known */
        client_call(second, &(Call){ .method = "GET", .uri = "/t/stream" });
        free(client_read_until(second, "\"done\":4"));
        test_ms += WEB_STREAM_BEAT_MS;
        free(client_read_until(second, ":\n\n"));
        assert_int_equal(progress_put(site->web.progress, (Id){ 42 },
                                 &(WebProgress){ "done", 10, 10, .final = true }),
                0);
        front_wake(site->web.front);
        text = client_read_all(first); /* ends: final */
        assert_non_null(strstr(text, "\"state\":\"done\""));
        free(text);
        free(client_read_all(second));
        close(first);
        close(second);
        wait_until_gone(site, 1);
}

/* A session is asked for when a stream begins and not while it lasts: so none lasts. */
static void streams_end_within_a_minute(void **state) {
        Site *site = *state;
        int fd = client_connect(site->socket);

        assert_int_equal(
                progress_put(site->web.progress, (Id){ 42 }, &(WebProgress){ "running", 1, 10, "x" }), 0);
        client_call(fd, &(Call){ .method = "GET", .uri = "/t/stream" });
        free(client_read_until(fd, "data: "));
        test_ms += 60000;
        front_wake(site->web.front);
        free(client_read_all(fd));
        close(fd);
        wait_until_gone(site, 1);
}

static void vanished_listeners_are_noticed(void **state) {
        Site *site = *state;

        for (int i = 0; i < 2 * WEB_STREAMS_MAX; i++) { /* more than may be open at once */
                int fd = client_connect(site->socket);
                client_call(fd, &(Call){ .method = "GET", .uri = "/t/stream" });
                char *text = client_read_until(fd, "\"done\":0");
                assert_int_equal(client_status(text), 200);
                free(text);
                close(fd);
                wait_until_gone(site, 1);
        }
}

static void streams_are_bounded(void **state) {
        Site *site = *state;
        static int fds[WEB_STREAMS_MAX];

        for (size_t i = 0; i < ELEMENTSOF(fds); i++) {
                fds[i] = client_connect(site->socket);
                client_call(fds[i], &(Call){ .method = "GET", .uri = "/t/stream" });
                free(client_read_until(fds[i], "\"done\":0"));
        }
        assert_int_equal(status_of(site, &(Call){ .method = "GET", .uri = "/t/stream" }), 503);
        for (size_t i = 0; i < ELEMENTSOF(fds); i++)
                close(fds[i]);
        wait_until_gone(site, 1);
        expect_alive(site);
}

static void *stopper(void *data) {
        Site *site = data;
        site->web.front = front_stop(site->web.front);
        return NULL;
}

static void stopping_lets_work_finish(void **state) {
        Site *site = *state;
        int fd = client_connect(site->socket), idle = client_connect(site->socket);
        pthread_t thread;

        pthread_mutex_lock(&gate);
        client_call(fd, &(Call){ .method = "GET", .uri = "/t/wait" });
        while (front_connections(site->web.front) < 2)
                expect_alive(site);
        expect_alive(site);
        assert_int_equal(pthread_create(&thread, NULL, stopper, site), 0);
        char *reply = client_read_all(idle); /* who has asked nothing is cut off */
        assert_string_equal(reply, "");
        free(reply);
        pthread_mutex_unlock(&gate);
        reply = client_read_all(fd);
        assert_int_equal(client_status(reply), 204);
        free(reply);
        pthread_join(thread, NULL);
        close(fd);
        close(idle);
}

static void sockets_in_the_way(void **state) {
        Site *site = *state;
        FrontOptions options = { .socket = site->socket, .workers = 1, .clock = &test_clock };
        Front *second = NULL;
        char stale[100], file[100], longer[200];

        assert_int_equal(front_start(&options, &second), -EADDRINUSE);
        expect_alive(site);

        memset(longer, 'x', sizeof(longer) - 1);
        longer[sizeof(longer) - 1] = 0;
        options.socket = longer;
        assert_int_equal(front_start(&options, &second), -ENAMETOOLONG);

        snprintf(file, sizeof(file), "%s/file", site->folder);
        fclose(fopen(file, "w"));
        options.socket = file;
        assert_int_equal(front_start(&options, &second), -EEXIST);
        assert_int_equal(unlink(file), 0);

        snprintf(stale, sizeof(stale), "%s/stale",
                site->folder); /* what a crash leaves: a name, nobody behind it */
        struct sockaddr_un address = { .sun_family = AF_UNIX };
        snprintf(address.sun_path, sizeof(address.sun_path), "%s", stale);
        int fd = socket(AF_UNIX, SOCK_STREAM, 0);
        assert_int_equal(bind(fd, (const struct sockaddr *) &address, sizeof(address)), 0);
        close(fd);
        options.socket = stale;
        assert_int_equal(front_start(&options, &second), 0);
        assert_null(front_stop(second));
}

#define CASE(words, function)                                                                               \
        { words, function, site_start_four, site_stop, NULL }

int main(void) {
        const struct CMUnitTest tests[] = {
                CASE("answers carry type, length and no-store", answers_and_headers),
                CASE("what is not there is always the same bytes [14.3.2]", not_found_is_always_the_same),
                CASE("results have their status", results_have_their_status),
                CASE("changes need our own page and a session [14.3.2]",
                        changes_need_our_page_and_a_session),
                CASE("bodies are bounded", bodies_are_bounded),
                CASE("bad heads are answered", bad_heads_are_answered),
                CASE("slow heads block nobody and end", slow_heads_block_nobody_and_end),
                CASE("slow bodies end", slow_bodies_end),
                CASE("hanging up harms nobody", hanging_up_harms_nobody),
                CASE("slow readers block nobody", slow_readers_block_nobody),
                CASE("readers who stop are closed", readers_who_stop_are_closed),
                { "a full queue says try again", a_full_queue_says_try_again, site_start_one, site_stop,
                        NULL },
                CASE("files leave whole, with their name", files_leave_whole),
                CASE("progress is pushed", progress_is_pushed),
                CASE("a stream ends within a minute of its session [14.4.3]", streams_end_within_a_minute),
                CASE("vanished listeners are noticed", vanished_listeners_are_noticed),
                CASE("streams are bounded", streams_are_bounded),
                CASE("stopping lets work finish", stopping_lets_work_finish),
                CASE("sockets in the way", sockets_in_the_way),
        };

        return cmocka_run_group_tests_name("web::front", tests, NULL, NULL);
}
