/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in routes over a socket, on a real engine and store. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "client.h"
#include "sample.h"

#define ORIGIN "https://localhost:1"
#define COOKIE "__Host-fundnode=" SAMPLE_TOKEN
#define STRANGER "__Host-fundnode=strangerstrangerstranger"

static Sample sample;
static char folder[] = "/tmp/fundnode-web-XXXXXX";

static char *get_as(const char *uri, const char *cookie) {
        return client_ask(sample.socket, &(Call){ .method = "GET", .uri = uri, .cookie = cookie });
}
static char *get(const char *uri) {
        return get_as(uri, COOKIE);
}
static char *post_key(const char *uri, const char *body, const char *key) {
        return client_ask(sample.socket, &(Call){ "POST", uri, body, COOKIE, ORIGIN, "1", key });
}
static char *post(const char *uri, const char *body) {
        return post_key(uri, body, NULL);
}

static char *certified(const char *verify) {
        return client_ask(sample.socket, &(Call){ .method = "POST",
                                                 .uri = "/api/login",
                                                 .body = "{\"login\":\"careful\",\"password\":\"right\"}",
                                                 .origin = ORIGIN,
                                                 .fundnode = "1",
                                                 .verify = verify,
                                                 .fingerprint = "00112233" });
}

/* Status, and that the body holds the text; frees the reply. */
static void expect(char *reply, int status, const char *text) {
        if (client_status(reply) != status || (text && !strstr(reply, text)))
                fail_msg("wanted %d with %s, got %s", status, text ? text : "anything", reply);
        free(reply);
}

static void add(const char *name, const char *rest, const char *key) {
        char body[512];
        snprintf(body, sizeof(body), "{\"name\":\"%s\"%s}", name, rest);
        expect(post_key("/api/command/sample.add", body, key), 200, "\"output\":{");
}

static void people_come_and_go(void **state) {
        char *reply = post("/api/login", "{\"login\":\"clerk\",\"password\":\"right\"}");

        assert_non_null(
                strstr(reply, "\r\nSet-Cookie: " COOKIE "; Path=/; Secure; HttpOnly; SameSite=Strict\r\n"));
        expect(reply, 200, "\"must_change\":false");
        reply = post("/api/login", "{\"login\":\"clerk\",\"password\":\"wrong\"}");
        assert_null(strstr(reply, "Set-Cookie"));
        expect(reply, 401, "node.wrong_login");
        expect(post("/api/login", "{\"login\":\"locked\",\"password\":\"x\"}"), 429, "node.too_many");
        /* the second factor: asked for, given as a code, taken from a certificate that nginx has verified */
        expect(post("/api/login", "{\"login\":\"careful\",\"password\":\"right\"}"), 200,
                "{\"second\":[\"totp\",\"certificate\"]}");
        expect(post("/api/login", "{\"login\":\"careful\",\"password\":\"right\",\"code\":\"000000\"}"), 401,
                "node.wrong_login");
        expect(post("/api/login", "{\"login\":\"careful\",\"password\":\"right\",\"code\":\"123456\"}"), 200,
                "\"must_enrol\":false");
        expect(certified("SUCCESS"), 200, "\"must_enrol\":false");
        expect(certified("FAILED:self signed certificate"), 200, "\"second\"");
        expect(certified(NULL), 200, "\"second\"");
        expect(post("/api/login", "{\"login\":\"clerk\"}"), 400, "\"field\":\"password\"");
        expect(post("/api/login", "{\"login\":7,\"password\":\"x\"}"), 400, "\"field\":\"login\"");
        expect(post("/api/logout", "{}"), 204,
                "Set-Cookie: __Host-fundnode=; Max-Age=0; Path=/; Secure; HttpOnly");
        expect(post("/api/password", "{\"old\":\"right\",\"new\":\"longer words\"}"), 204, NULL);
        expect(post("/api/password", "{\"old\":\"right\",\"new\":\"short\"}"), 422, "“short”不予登记。");
        expect(post("/api/step-up", "{\"password\":\"right\",\"command\":\"sample.add\",\"input\":{}}"), 200,
                "{\"proof\":\"proof\"}");
        expect(post("/api/step-up", "{\"password\":\"wrong\",\"command\":\"sample.add\",\"input\":{}}"), 422,
                "\"field\":\"password\"");
        expect(post("/api/step-up", "{\"password\":\"half\",\"command\":\"sample.add\",\"input\":{}}"), 422,
                "node.second_factor");
        expect(post("/api/step-up", "{\"code\":\"123456\",\"command\":\"sample.add\",\"input\":{}}"), 200,
                "{\"proof\":\"proof\"}");
        expect(post("/api/step-up", "{\"command\":\"sample.add\",\"input\":{}}"), 400,
                "\"field\":\"password\"");
        expect(post("/api/step-up", "{\"password\":\"right\",\"command\":\"none\",\"input\":{}}"), 404,
                NULL);
        expect(get("/api/sessions"), 200, "{\"sessions\":[{\"id\":\"11\"}]}");
        expect(post("/api/sessions/end", "{\"id\":\"11\"}"), 204, NULL);
        expect(post("/api/sessions/end", "{\"id\":\"12\"}"), 404, NULL);
        expect(post("/api/sessions/end-others", "{}"), 204, NULL);
}

static void rights_make_the_menu(void **state) {
        expect(get("/api/me"), 200,
                "\"read_only\":false,\"posts\":[\"经办\"],\"commands\":[\"sample.add\"],\"views\":[\"sample."
                "items\"],\"doors\":[],"
                "\"menu\":[{\"group\":\"样品\",\"items\":[{\"label\":\"样品清单\",\"view\":\"sample.items\"}"
                "]}]}");
        expect(get_as("/api/me", STRANGER), 200, "\"commands\":[],\"views\":[],\"doors\":[],\"menu\":[]}");
        expect(get_as("/api/me", NULL), 401, "node.not_logged_in");
        expect(get("/api/session"), 204, NULL);
        expect(get_as("/api/session", NULL), 401, NULL);
}

static void commands_say_what_happened(void **state) {
        const char *path = "/api/command/sample.add";

        expect(post_key(path, "{\"name\":\"x\",\"price\":\"714960\"}", "key-0000000000000001"), 200,
                "\"price\":\"714960\"");
        expect(post_key(path, "{\"name\":\"x\",\"price\":\"714960\"}", "key-0000000000000001"), 200,
                "\"repeated\":true");
        expect(post_key(path, "{\"name\":\"y\",\"price\":\"714960\"}", "key-0000000000000001"), 409,
                "node.");
        expect(post_key(path, "{\"name\":\"refused\"}", "key-0000000000000002"), 422,
                "{\"error\":{\"code\":\"sample.refused\",\"message\":\"“refused”不予登记。\",\"clause\":\"4."
                "1\","
                "\"field\":\"name\",\"arguments\":[\"refused\"]}}");
        expect(post_key(path, "{\"name\":\"broken\"}", "key-0000000000000003"), 500, "\"incident\":\"");
        expect(post_key(path, "{\"price\":\"1\"}", "key-0000000000000004"), 422, "\"field\":\"name\"");
        expect(post_key(path, "{\"name\":\"x\",\"price\":1.5}", "key-0000000000000005"), 400, NULL);
        expect(post_key(path, "{\"name\":\"x\",\"surprise\":1}", "key-0000000000000006"), 400, NULL);
        expect(post(path, "{\"name\":\"x\"}"), 400, "node.bad_key");
        expect(post_key("/api/command/sample.forbidden", "{\"name\":\"x\"}", "key-0000000000000007"), 403,
                "node.forbidden");
        char *none = post_key("/api/command/sample.none", "{\"name\":\"x\"}", "key-0000000000000008");
        char *inner = post_key("/api/command/sample.inner", "{\"name\":\"x\"}", "key-0000000000000009");
        assert_string_equal(none, inner);
        free(inner);
        expect(none, 404, NULL);
}

static void lists_filter_page_and_sum(void **state) {
        char *page = get("/api/view/sample.items?limit=2&sums=1&f.price.min=");
        const char *next = strstr(page, "\"next\":\"");
        char uri[200];

        assert_non_null(next);
        assert_non_null(strstr(page, "\"count\":4"));
        assert_non_null(strstr(page, "\"price\":\"715264\""));
        snprintf(uri, sizeof(uri), "/api/view/sample.items?limit=2&after=%.*s",
                (int) strcspn(next + 8, "\""), next + 8);
        expect(page, 200, NULL);
        expect(get(uri), 200, "\"next\":null");
        expect(get("/api/view/sample.items?f.name.has=%E5%BC%A0"), 200, "张三");
        expect(get("/api/view/sample.items?f.price.min=714960&f.price.max=714960&sums=1"), 200,
                "\"count\":1");
        static const char *const bad[] = {
                "limit=0",
                "f.month=2026-13",
                "limit=501",
                "limit=x",
                "sort=name",
                "f.none=1",
                "f.account=1",
                "f.price.about=1",
                "f.=1",
                "f.name%3BDROP=1",
                "f.price.min=1%20OR%201",
                "sort=name",
        };
        for (size_t i = 0; i < ELEMENTSOF(bad); i++) {
                snprintf(uri, sizeof(uri), "/api/view/sample.items?%s", bad[i]);
                char *reply = get(uri);
                if (client_status(reply) != 400)
                        fail_msg("%s: %d", bad[i], client_status(reply));
                free(reply);
        }
        expect(get("/api/view/sample.items?f.month=2026-11&sums=1"), 200, "\"month\":202611");
        expect(get("/api/view/sample.items?f.month.min=2026-12&sums=1"), 200, "\"count\":0");
        expect(get("/api/view/sample.none"), 404, NULL);
        expect(get_as("/api/view/sample.items", STRANGER), 403, "node.forbidden");
}

static void exports_state_rows_sums_and_filter(void **state) {
        static const char expected[] =
                "\xef\xbb\xbf名称,类别,价格,面积,账号,月份\r\n"
                "x,,7149.60,0.00,,\r\n"
                "\"'=cmd|' /C calc'!A0\",甲类,1.00,89.37,\"\t6222020000000000001\",2026-11\r\n"
                "\"张三, \"\"二\"\"\",\"'=乙类\",2.00,10.00,\"'-5\",\r\n"
                "\"'@x\",,0.04,0.00,\"\t0123\",\r\n"
                "行数,4\r\n合计,价格,7152.64\r\n合计,面积,99.37\r\n筛选条件,价格,不小于,0.01\r\n"
                "导出人,测试员 经办\r\n机构,试验县\r\n导出时间,";
        char *reply = get("/api/view/sample.items.csv?f.price.min=1");

        assert_int_equal(client_status(reply), 200);
        assert_non_null(strstr(reply, "Content-Type: text/csv; charset=utf-8\r\n"));
        assert_non_null(strstr(reply, "filename*=UTF-8''%E6%A0%B7%E5%93%81%E6%B8%85%E5%8D%95.csv"));
        if (strncmp(client_body(reply), expected, strlen(expected)) != 0)
                fail_msg("%s", client_body(reply));
        free(reply);
        expect(get("/api/view/sample.items.csv?f.price.min=999999999"), 200, "行数,0\r\n合计,价格,0.00\r\n");
        expect(get("/api/view/sample.items.csv"), 200, "筛选条件,无\r\n");
        expect(get("/api/view/sample.items.csv?f.month=202611"), 200, "行数,1\r\n");
        expect(get("/api/view/sample.items.csv?f.month=202611"), 200, "筛选条件,月份,等于,2026-11\r\n");
        expect(get("/api/view/none.csv"), 404, NULL);
        expect(get("/api/view/sample.items.csv?f.none=1"), 400, NULL);
        expect(get_as("/api/view/sample.items.csv", STRANGER), 403, NULL);
}

static void exports_are_whole_beyond_a_page(void **state) {
        char key[40], name[20];
        size_t lines = 0;

        for (int i = 0; i < VIEW_LIMIT_MAX + 3; i++) {
                snprintf(key, sizeof(key), "many-%020d", i);
                snprintf(name, sizeof(name), "many%05d", i);
                add(name, ",\"price\":\"1\"", key);
        }
        char *reply = get("/api/view/sample.items.csv?f.name.has=many");
        for (const char *p = reply; (p = strstr(p, "\nmany")); p++)
                lines++;
        assert_int_equal(lines, VIEW_LIMIT_MAX + 3);
        expect(reply, 200, "行数,503\r\n合计,价格,5.03\r\n");
}

/* The sheet's text out of a workbook, by the archive tool of the system. */
static char *sheet_of(const char *bytes, size_t size) {
        char path[64] = "/tmp/fundnode-book-XXXXXX", command[320];
        char *text = calloc(1, 1 << 20);
        int fd = mkstemp(path);

        assert_int_equal(write(fd, bytes, size), size);
        close(fd);
        snprintf(command, sizeof(command),
                "python3 -c 'import sys,zipfile; "
                "sys.stdout.write(zipfile.ZipFile(\"%s\").read(\"xl/worksheets/"
                "sheet1.xml\").decode())'",
                path);
        FILE *pipe = popen(command, "r");
        assert_true(fread(text, 1, (1 << 20) - 1, pipe) > 0);
        assert_int_equal(pclose(pipe), 0);
        unlink(path);
        return text;
}

static void workbooks_are_exact(void **state) {
        Call call = {
                .method = "GET", .uri = "/api/view/sample.items.xlsx?f.price.min=1", .cookie = COOKIE
        };
        char *reply = client_ask(sample.socket, &call), *length = strstr(reply, "Content-Length: ");

        assert_int_equal(client_status(reply), 200);
        assert_non_null(length);
        char *sheet = sheet_of(client_body(reply), strtoul(length + strlen("Content-Length: "), NULL, 10));
        assert_non_null(strstr(sheet, "<c s=\"2\"><v>7149.60</v></c>"));
        assert_non_null(strstr(sheet, "xml:space=\"preserve\">=cmd|' /C calc'!A0</t>"));
        assert_non_null(
                strstr(sheet, "t=\"inlineStr\"><is><t xml:space=\"preserve\">6222020000000000001</t>"));
        assert_non_null(strstr(sheet, "xml:space=\"preserve\">2026-11</t>"));
        assert_non_null(strstr(sheet, ">测试员 经办  试验县  "));
        assert_non_null(strstr(sheet, "<oddHeader>&amp;C测试员 经办  试验县"));
        assert_non_null(
                strstr(sheet, ">合计</t></is></c><c s=\"0\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
                              "价格</t></is></c><c s=\"2\"><v>7157.67</v></c>"));
        free(sheet);
        free(reply);
}

static void large_exports_are_runs(void **state) {
        char uri[80], *reply = post("/api/export/sample.items?f.name.has=many", "{\"form\":\"csv\"}");
        const char *run = strstr(reply, "\"run\":\"");

        assert_int_equal(client_status(reply), 200);
        assert_non_null(run);
        int digits = (int) strcspn(run + 7, "\"");
        for (bool done = false;
                !done;) { /* the state is asked until it is final; the run's own end is the event */
                snprintf(uri, sizeof(uri), "/api/runs/%.*s", digits, run + 7);
                char *told = get(uri);
                assert_null(strstr(told, "\"failed\""));
                done = strstr(told, "\"state\":\"done\"");
                if (done)
                        assert_non_null(strstr(told, "\"rows\":503"));
                free(told);
        }
        snprintf(uri, sizeof(uri), "/api/export/%.*s/file", digits, run + 7);
        expect(get(uri), 200, "行数,503\r\n合计,价格,5.03\r\n");
        expect(get(uri), 200, "行数,503\r\n");
        expect(get_as(uri, STRANGER), 404, NULL);
        free(reply);
        expect(post("/api/export/sample.items", "{\"form\":\"pdf\"}"), 400, NULL);
        expect(post("/api/export/none", "{\"form\":\"csv\"}"), 404, NULL);
}

static void two_exports_at_a_time(void **state) {
        Call call = { .method = "GET", .uri = "/api/view/sample.items.csv?f.name=x", .cookie = COOKIE };
        int first = client_connect(sample.socket), second = client_connect(sample.socket);

        sample_held = true;
        client_call(first, &call);
        client_call(second, &call);
        sem_wait(&sample_entered);
        sem_wait(&sample_entered);
        expect(client_ask(sample.socket, &call), 429, "node.too_many"); /* while both are running */
        sample_held = false;
        sem_post(&sample_release);
        sem_post(&sample_release);
        expect(client_read_all(first), 200, "行数,1\r\n");
        expect(client_read_all(second), 200, "行数,1\r\n");
        expect(client_ask(sample.socket, &call), 200, "行数,1\r\n");
        close(first);
        close(second);
}

static void records_show_their_history(void **state) {
        char *page = get("/api/view/sample.items?limit=1");
        const char *id = strstr(page, "\"id\":\"");
        char uri[200];

        assert_non_null(id);
        snprintf(uri, sizeof(uri), "/api/record/sample_item/%.*s", (int) strcspn(id + 6, "\""), id + 6);
        free(page);
        expect(get(uri), 200, "\"command\":\"sample.add\"");
        expect(get_as(uri, STRANGER), 403, NULL);

        /* not there, a neighbour's, not a number, another kind of thing: nobody can tell them apart */
        static const char *const absent[] = {
                "/api/record/sample_item/4294967999",
                "/api/record/sample_item/8589934593",
                "/api/record/sample_item/x",
                "/api/record/none/1",
                "/api/view/none",
                "/api/paper/slip/6.pdf",
                "/api/paper/none/5.pdf",
                "/api/runs/44",
                "/api/runs/44/events",
                "/api/none",
        };
        char *first = get(absent[0]);
        assert_int_equal(client_status(first), 404);
        for (size_t i = 1; i < ELEMENTSOF(absent); i++) {
                char *reply = get(absent[i]);
                assert_string_equal(reply, first);
                free(reply);
        }
        free(first);
}

static void files_and_runs(void **state) {
        char *reply = get("/api/paper/slip/5.pdf");

        assert_non_null(strstr(reply, "Content-Disposition: attachment; filename=\"slip-5.pdf\""));
        assert_non_null(strstr(reply, "Content-Type: application/pdf\r\n"));
        expect(reply, 200, "\r\n\r\n%PDF-1.5 sample");
        reply = get("/api/paper/large/5.pdf");
        assert_int_equal(client_status(reply), 200);
        assert_int_equal(strlen(client_body(reply)), SAMPLE_LARGE_BYTES);
        free(reply);
        expect(get("/api/runs/42"), 200, "\"state\":\"running\"");
        expect(get("/api/runs/43/events"), 200,
                "data: {\"state\":\"done\",\"done\":3,\"total\":9,\"message\":\"\"}\n\n");

        int fd = client_connect(sample.socket);
        client_call(fd, &(Call){ .method = "GET", .uri = "/api/runs/42/events", .cookie = COOKIE });
        free(client_read_until(fd, "\"done\":3"));
        assert_int_equal(
                web_progress(sample.web, (Id){ 42 }, &(WebProgress){ "done", 9, 9, "ok", .final = true }),
                0);
        expect(client_read_all(fd), 0,
                "data: {\"state\":\"done\",\"done\":9,\"total\":9,\"message\":\"ok\"}\n\n");
        close(fd);
}

static void uploads_take_no_foreign_path(void **state) {
        static const char *const paths[] = { "/etc/passwd", "/spool/1", "", "%s/../business.db", "%s/",
                "%s/link", "%s/0001/1", "%s/7" };
        char path[200], link[200];

        snprintf(link, sizeof(link), "%s/9", sample.spool);
        assert_int_equal(symlink("/etc/passwd", link), 0);
        for (size_t i = 0; i <= ELEMENTSOF(paths); i++) {
                if (i < ELEMENTSOF(paths)) {
                        const char *rest = strncmp(paths[i], "%s", 2) == 0 ? paths[i] + 2 : NULL;
                        snprintf(path, sizeof(path), "%s%s", rest ? sample.spool : "",
                                rest ? rest : paths[i]);
                } else
                        strcpy(path, link);
                char *reply = client_ask(sample.socket, &(Call){ "POST", "/api/upload?purpose=import", NULL,
                                                                COOKIE, ORIGIN, "1", .upload = path });
                if (client_status(reply) != 400)
                        fail_msg("%s: %s", path, reply);
                free(reply);
        }
        assert_int_equal(unlink(link), 0);
        expect(post("/api/upload?purpose=import", NULL), 400, NULL);
        expect(post("/api/upload?purpose=../x", NULL), 400, "\"field\":\"purpose\"");
}

static void descriptions_have_a_tag(void **state) {
        char *reply = get("/api/describe"), tag[80];
        const char *at = strstr(reply, "ETag: ");

        assert_non_null(at);
        snprintf(tag, sizeof(tag), "%.*s", (int) strcspn(at + 6, "\r"), at + 6);
        assert_non_null(strstr(reply, "Cache-Control: private, no-cache\r\n"));
        expect(reply, 200, "\"sample_item\"");
        reply = client_ask(sample.socket,
                &(Call){ .method = "GET", .uri = "/api/describe", .cookie = COOKIE, .etag = tag });
        assert_string_equal(client_body(reply), "");
        expect(reply, 304, tag);
        expect(get_as("/api/describe", NULL), 401, NULL);
}

static void openapi_lists_everything(void **state) {
        static const WebRoute more[] = { { "GET", "/api/facts", 0, 0, NULL, "Facts" } };
        json_t *document = web_openapi(sample.registry, more, 1);
        json_t *paths = json_object_get(document, "paths");
        json_t *schemas = json_object_get(json_object_get(document, "components"), "schemas");

        assert_string_equal(json_string_value(json_object_get(document, "openapi")), "3.0.3");
        static const char *const expected[] = { "/api/login", "/api/command/sample.add",
                "/api/view/sample.items", "/api/facts", "/api/upload", "/api/paper/{kind}/{id}.pdf" };
        for (size_t i = 0; i < ELEMENTSOF(expected); i++)
                assert_non_null(json_object_get(paths, expected[i]));
        assert_null(json_object_get(paths, "/api/command/sample.inner"));
        const json_t *input = json_object_get(schemas, "sample_input");
        assert_non_null(json_object_get(json_object_get(input, "properties"), "price"));
        assert_string_equal(
                json_string_value(json_array_get(json_object_get(input, "required"), 0)), "name");

        /* whatever is referred to is there */
        char *text = json_dumps(document, JSON_COMPACT);
        for (const char *p = text; (p = strstr(p, "#/components/schemas/")); p++) {
                char name[100];
                snprintf(name, sizeof(name), "%.*s", (int) strcspn(p + 21, "\""), p + 21);
                assert_non_null(json_object_get(schemas, name));
        }
        free(text);
        json_decref(document);
}

static int start(void **state) {
        if (!mkdtemp(folder))
                return -1;
        sample_start(&sample, folder, ORIGIN);
        return 0;
}

static int stop(void **state) {
        char command[200];
        sample_stop(&sample);
        snprintf(command, sizeof(command), "rm -rf '%s'", folder);
        return system(command);
}

static int add_rows(void **state) {
        add("=cmd|' /C calc'!A0",
                ",\"kind\":\"01\",\"price\":\"100\",\"area\":\"8937\","
                "\"account\":\"6222020000000000001\",\"month\":202611",
                "rows-0000000000000001");
        add("张三, \\\"二\\\"", ",\"kind\":\"02\",\"price\":\"200\",\"area\":\"1000\",\"account\":\"-5\"",
                "rows-0000000000000002");
        add("@x", ",\"price\":\"4\",\"account\":\"0123\"", "rows-0000000000000003");
        return 0;
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "people come and go, by password and second factor [14.4.1 14.4.2A]", people_come_and_go,
                        NULL, NULL, NULL },
                { "rights make the menu [14.4.2]", rights_make_the_menu, NULL, NULL, NULL },
                { "commands say what happened", commands_say_what_happened, NULL, NULL, NULL },
                { "lists filter, page and sum", lists_filter_page_and_sum, add_rows, NULL, NULL },
                { "exports state rows, sums and filter", exports_state_rows_sums_and_filter, NULL, NULL,
                        NULL },
                { "exports are whole beyond a page", exports_are_whole_beyond_a_page, NULL, NULL, NULL },
                { "a workbook holds exact amounts, texts as texts, and who took it [14.2.3]",
                        workbooks_are_exact, NULL, NULL, NULL },
                { "large exports are runs, their file is their owner's [14.2.3]", large_exports_are_runs,
                        NULL, NULL, NULL },
                { "two exports at a time", two_exports_at_a_time, NULL, NULL, NULL },
                { "records show their history to those who may [14.3.2]", records_show_their_history, NULL,
                        NULL, NULL },
                { "papers and runs", files_and_runs, NULL, NULL, NULL },
                { "uploads take no foreign path [14.3.2]", uploads_take_no_foreign_path, NULL, NULL, NULL },
                { "descriptions have a tag", descriptions_have_a_tag, NULL, NULL, NULL },
                { "OpenAPI lists everything", openapi_lists_everything, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests_name("web::api", tests, start, stop);
}
