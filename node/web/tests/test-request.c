/* SPDX-License-Identifier: Apache-2.0 */
/* From a head to what a handler sees: paths, parameters, cookies, bodies, and who may ask at all. */

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "web-private.h"

static ScgiHead head_of(const char *method, const char *uri, const char *cookie) {
        ScgiHead head = { 0 };

        head.values[SCGI_CONTENT_LENGTH] = "0";
        head.values[SCGI_VERSION] = "1";
        head.values[SCGI_REQUEST_METHOD] = method;
        head.values[SCGI_REQUEST_URI] = uri;
        head.values[SCGI_REMOTE_ADDR] = "127.0.0.1";
        head.values[SCGI_COOKIE] = cookie;
        return head;
}

static int read_uri(const char *uri, Arena *arena, WebRequest *ret) {
        FrontRequest front = { .head = head_of("GET", uri, NULL) };

        *ret = (WebRequest){ 0 };
        return request_read(&front, arena, ret);
}

static void paths_are_plain(void **state) {
        static const struct {
                const char *uri, *path;
        } cases[] = {
                { "/api/me", "/api/me" },
                { "/api/me?x=1", "/api/me" },
                { "/api/view/deposit.payments.csv", "/api/view/deposit.payments.csv" },
                { "/api/../etc/passwd", "" },
                { "/api/%2e%2e/x", "" },
                { "/api//me", "" },
                { "/api/%6de", "" },
                { "api/me", "" },
                { "", "" },
                { "/api/\\x", "" },
                { "/api/\xe5\xbc\xa0", "" },
        };
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);

        (void) state;
        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                WebRequest request;
                assert_int_equal(read_uri(cases[i].uri, arena, &request), 0);
                assert_string_equal(request.path, cases[i].path);
        }
}

static void parameters_are_decoded(void **state) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        WebRequest request;

        (void) state;
        assert_int_equal(read_uri("/a?f.name.has=%E5%BC%A0+%2B&empty=&flag&&f.x=1%26y", arena, &request), 0);
        assert_string_equal(web_parameter(&request, "f.name.has"), "\xe5\xbc\xa0 +");
        assert_string_equal(web_parameter(&request, "empty"), "");
        assert_string_equal(web_parameter(&request, "flag"), "");
        assert_string_equal(web_parameter(&request, "f.x"), "1&y");
        assert_null(web_parameter(&request, "y"));
}

static void bad_parameters_are_refused(void **state) {
        static const char *const bad[] = {
                "/a?x=%",
                "/a?x=%4",
                "/a?x=%zz",
                "/a?x=%00",
                "/a?x=%0a",
                "/a?x=%ff",
                "/a?x=1&x=2",
                "/a?=1",
                "/a?x=%c0%80",
                "/a?x=%7f",
        };
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        char many[1024] = "/a?";
        WebRequest request;

        (void) state;
        for (size_t i = 0; i < ELEMENTSOF(bad); i++)
                if (read_uri(bad[i], arena, &request) != -EMALFORMED_)
                        fail_msg("%s was read", bad[i]);
        for (size_t i = 0; i <= WEB_PARAMETERS_MAX; i++)
                snprintf(many + strlen(many), 16, "p%zu=1&", i);
        assert_int_equal(read_uri(many, arena, &request), -EMALFORMED_);
}

static void cookie_must_be_ours_and_single(void **state) {
        static const struct {
                const char *cookie, *token;
        } cases[] = {
                { "__Host-fundnode=abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz" },
                { "a=b; __Host-fundnode=ABCDEFGHIJKLMNOP_-12; c=d", "ABCDEFGHIJKLMNOP_-12" },
                { "__Host-fundnode=abcdefghijklmnopqrst; __Host-fundnode=abcdefghijklmnopqrsu", NULL },
                { "__Host-fundnode=short", NULL },
                { "__Host-fundnode=abcdefghijklmnop qrstuvwxyz", NULL },
                { "__Host-fundnode=\"abcdefghijklmnopqrstuvw\"", NULL },
                { "x__Host-fundnode=abcdefghijklmnopqrstuvwxyz", NULL },
                { "fundnode=abcdefghijklmnopqrstuvwxyz", NULL },
                { "__Host-fundnode", NULL },
                { "", NULL },
                { NULL, NULL },
        };
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);

        (void) state;
        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                FrontRequest front = { .head = head_of("GET", "/a", cases[i].cookie) };
                WebRequest request = { 0 };
                assert_int_equal(request_read(&front, arena, &request), 0);
                if (!text_equal(request.token, cases[i].token))
                        fail_msg("%s gave %s", cases[i].cookie, request.token);
        }
}

static void keys_have_their_form(void **state) {
        static const struct {
                const char *key;
                int expected;
        } cases[] = {
                { "0123456789abcdef", 0 },
                { "0123456789abcde", -EMALFORMED_ },
                { "0123456789abcdef 0123456789", -EMALFORMED_ },
                { "0123456789abcdef_", -EMALFORMED_ },
                { "01234567890123456789012345678901234567890123456789012345678901234", -EMALFORMED_ },
                { "", -EMALFORMED_ },
        };
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);

        (void) state;
        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                FrontRequest front = { .head = head_of("POST", "/a", NULL) };
                WebRequest request = { 0 };
                front.head.values[SCGI_IDEMPOTENCY_KEY] = cases[i].key;
                assert_int_equal(request_read(&front, arena, &request), cases[i].expected);
        }
}

static void only_our_own_pages(void **state) {
        static const struct {
                const char *header, *origin, *site;
                bool ours;
        } cases[] = {
                { "1", NULL, NULL, true },
                { "1", "https://node:8443", NULL, true },
                { "1", "https://node:8443", "same-origin", true },
                { NULL, NULL, NULL, false },
                { "0", NULL, NULL, false },
                { "", "https://node:8443", NULL, false },
                { "1", "https://evil", NULL, false },
                { "1", "null", NULL, false },
                { "1", "https://node:8443.evil", NULL, false },
                { "1", "http://node:8443", NULL, false },
                { "1", "", NULL, false },
                { "1", "https://node:8443", "cross-site", false },
                { "1", NULL, "none", false },
        };

        (void) state;
        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                ScgiHead head = head_of("POST", "/a", NULL);
                head.values[SCGI_FUNDNODE] = cases[i].header;
                head.values[SCGI_ORIGIN] = cases[i].origin;
                head.values[SCGI_FETCH_SITE] = cases[i].site;
                if (request_of_our_own(&head, "https://node:8443") != cases[i].ours)
                        fail_msg("case %zu", i);
        }
}

static int json_of(const char *text) {
        json_t *object = NULL;
        Bytes body = { (const uint8_t *) text, strlen(text) };

        int r = request_json(&body, &object);
        json_decref(object);
        return r;
}

/* An object that is depth brackets deep and otherwise right. */
static const char *nested(char *ret, int depth) {
        strcpy(ret, "{\"a\":");
        for (int i = 1; i < depth; i++)
                strcat(ret, "[");
        for (int i = 1; i < depth; i++)
                strcat(ret, "]");
        return strcat(ret, "}");
}

static void bodies_are_strict(void **state) {
        static const char *const bad[] = {
                "",
                "[]",
                "1",
                "\"x\"",
                "null",
                "{\"a\":1,\"a\":2}",
                "{\"a\":9223372036854775808}",
                "{\"a\":1}x",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"\xff\"}",
                "{\"a\":NaN}",
                "{\"a\":[1,]}",
                "{",
        };
        char deep[200];

        (void) state;
        assert_int_equal(json_of("{}"), 0);
        assert_int_equal(json_of(" {\"a\":9223372036854775807, \"b\":\"\\\"[[[[\"} "), 0);
        for (size_t i = 0; i < ELEMENTSOF(bad); i++)
                if (json_of(bad[i]) != -EMALFORMED_)
                        fail_msg("%s was read", bad[i]);
        assert_int_equal(json_of(nested(deep, WEB_JSON_DEPTH_MAX)), 0);
        assert_int_equal(json_of(nested(deep, WEB_JSON_DEPTH_MAX + 1)), -EMALFORMED_);
}

static void routes_match_whole_paths(void **state) {
        static const struct {
                const char *pattern, *path, *first, *second;
        } cases[] = {
                { "/api/me", "/api/me", NULL, NULL },
                { "/api/view/{name}.csv", "/api/view/a.b.csv", "a.b", NULL },
                { "/api/view/{name}", "/api/view/a.b", "a.b", NULL },
                { "/api/paper/{kind}/{id}.pdf", "/api/paper/slip/12.pdf", "slip", "12" },
        };
        static const struct {
                const char *pattern, *path;
        } strangers[] = {
                { "/api/me", "/api/me/" },
                { "/api/me", "/api" },
                { "/api/me", "/api/mex" },
                { "/api/me", "/api/me/x" },
                { "/api/view/{name}", "/api/view/" },
                { "/api/view/{name}.csv", "/api/view/.csv" },
                { "/api/view/{name}.csv", "/api/view/a.CSV" },
                { "/api/view/{name}", "/api/view/a/b" },
                { "/api/me", "" },
        };
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);

        (void) state;
        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                WebRequest request = { 0 };
                assert_int_equal(route_match(cases[i].pattern, cases[i].path, arena, &request), 0);
                assert_true(text_equal(request.captures[0], cases[i].first));
                assert_true(text_equal(request.captures[1], cases[i].second));
        }
        for (size_t i = 0; i < ELEMENTSOF(strangers); i++)
                if (route_match(strangers[i].pattern, strangers[i].path, arena, NULL) != -ENOENT)
                        fail_msg("%s matched %s", strangers[i].path, strangers[i].pattern);
}

static void ids_are_digits(void **state) {
        Id id = { 0 };

        (void) state;
        assert_int_equal(web_id_parse("4398046511104001", &id), 0);
        assert_int_equal(id.value, INT64_C(4398046511104001));
        static const char *const bad[] = { "", "0", "-1", "01", "1x", "9223372036854775808", " 1", NULL };
        for (size_t i = 0; i < ELEMENTSOF(bad); i++)
                assert_int_not_equal(web_id_parse(bad[i], &id), 0);
        assert_int_equal(id.value, INT64_C(4398046511104001));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "paths are plain", paths_are_plain, NULL, NULL, NULL },
                { "parameters are decoded", parameters_are_decoded, NULL, NULL, NULL },
                { "bad parameters are refused", bad_parameters_are_refused, NULL, NULL, NULL },
                { "the cookie is ours and single", cookie_must_be_ours_and_single, NULL, NULL, NULL },
                { "idempotency keys have their form", keys_have_their_form, NULL, NULL, NULL },
                { "only our own pages may change anything [14.3.2]", only_our_own_pages, NULL, NULL, NULL },
                { "bodies are strict and shallow", bodies_are_strict, NULL, NULL, NULL },
                { "routes match whole paths", routes_match_whole_paths, NULL, NULL, NULL },
                { "ids are digits", ids_are_digits, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests_name("web::request", tests, NULL, NULL);
}
