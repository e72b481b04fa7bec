/* SPDX-License-Identifier: Apache-2.0 */
/* Lists and pages: filters, keyset, scope, sums, masks, history. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <example.h>
#include "fixture.h"

static const Caller clerk = { .person = { CLERK }, .office = OFFICE };

static json_t *list(Fixture *f, const char *view, ViewCall call) {
        json_t *answer = NULL;

        assert_int_equal(
                view_list_json(&f->engine, &clerk, registry_view(f->registry, view), &call, &answer), 0);
        return answer;
}

static size_t count(Fixture *f, const char *column, FilterOperator operator, const char * value) {
        ViewCall call = { .filters = { { column, operator, value } }, .n_filters = 1 };
        json_t *answer = list(f, "example.shelves", call);
        size_t n = json_array_size(json_object_get(answer, "rows"));

        json_decref(answer);
        return n;
}

static const char *text(const json_t *object, const char *name) {
        const char *value = json_string_value(json_object_get(object, name));

        return value ? value : "";
}

static int64_t shelves_fill(Fixture *f) {
        int64_t first = fixture_ok(f, CLERK, "example.open_shelf",
                "{\"name\":\"东一\",\"use\":\"01\",\"keeper\":\"张小明\",\"area\":\"100\"}");

        (void) fixture_ok(
                f, CLERK, "example.open_shelf", "{\"name\":\"东二\",\"use\":\"02\",\"area\":\"200\"}");
        (void) fixture_ok(
                f, CLERK, "example.open_shelf", "{\"name\":\"西一\",\"use\":\"01\",\"area\":\"300\"}");
        return first;
}

static void filters(void **state) {
        Fixture *f = *state;
        ViewCall call = { .filters = { { "area", FILTER_EQUAL, "x" } }, .n_filters = 1 };
        const View *view = registry_view(f->registry, "example.shelves");
        json_t *answer;

        (void) shelves_fill(f);
        assert_int_equal(count(f, "name", FILTER_EQUAL, "东"), 2);
        assert_int_equal(count(f, "name", FILTER_EQUAL, "东一"), 1);
        assert_int_equal(count(f, "name", FILTER_HAS, "一"), 2);
        assert_int_equal(count(f, "use", FILTER_EQUAL, "01"), 2);
        assert_int_equal(count(f, "use", FILTER_EQUAL, "0"), 0);
        assert_int_equal(count(f, "area", FILTER_EQUAL, "200"), 1);
        assert_int_equal(count(f, "area", FILTER_MIN, "200"), 2);
        assert_int_equal(count(f, "area", FILTER_MAX, "200"), 2);
        assert_int_equal(count(f, "opened", FILTER_EQUAL, "2026-11-23"), 3);
        assert_int_equal(count(f, "opened", FILTER_MIN, "2026-11-24"), 0);
        assert_int_equal(count(f, "name", FILTER_EQUAL, "' OR 1=1 --"), 0);
        assert_int_equal(view_list_json(&f->engine, &clerk, view, &call, &answer), -EMALFORMED_);
        call.filters[0] = (Filter){ "keeper", FILTER_EQUAL, "1" };
        assert_int_equal(view_list_json(&f->engine, &clerk, view, &call, &answer), -EMALFORMED_);
        call.filters[0] = (Filter){ "nothing", FILTER_EQUAL, "1" };
        assert_int_equal(view_list_json(&f->engine, &clerk, view, &call, &answer), -EMALFORMED_);
        call.filters[0] = (Filter){ "area", FILTER_HAS, "1" };
        assert_int_equal(view_list_json(&f->engine, &clerk, view, &call, &answer), -EMALFORMED_);
        call = (ViewCall){ .limit = VIEW_LIMIT_MAX + 1 };
        assert_int_equal(view_list_json(&f->engine, &clerk, view, &call, &answer), -EMALFORMED_);
}

static void paging(void **state) {
        static const char *const views[] = { "example.shelves", "node.chain" };
        Fixture *f = *state;

        (void) shelves_fill(f);
        for (size_t i = 0; i < ELEMENTSOF(views); i++) {
                ViewCall call = { .limit = 2, .sums = true };
                json_t *first = list(f, views[i], call), *second;
                const json_t *rows = json_object_get(first, "rows");

                assert_int_equal(json_array_size(rows), 2);
                assert_int_equal(json_integer_value(json_object_get(first, "count")), 3);
                call.after = text(first, "next");
                second = list(f, views[i], call);
                assert_int_equal(json_array_size(json_object_get(second, "rows")), 1);
                assert_true(json_is_null(json_object_get(second, "next")));
                assert_int_equal(json_integer_value(json_object_get(second, "count")), 3);
                json_decref(second);
                call = (ViewCall){ .limit = 3 };
                second = list(f, views[i], call);
                assert_true(json_is_null(json_object_get(second, "next")));
                assert_null(json_object_get(second, "count"));
                json_decref(second);
                json_decref(first);
        }
}

/* Rows as arrays of what was asked for, a mask where a value is private, and no column that the view has
 * not. */
static void chosen_columns(void **state) {
        Fixture *f = *state;
        ViewCall call = { .columns = { "area", "keeper" }, .n_columns = 2, .limit = 2 };
        const View *view = registry_view(f->registry, "example.shelves");
        json_t *answer;

        (void) shelves_fill(f);
        answer = list(f, "example.shelves", call);
        char *rows = json_dumps(json_object_get(answer, "rows"), JSON_COMPACT);
        char *columns = json_dumps(json_object_get(answer, "columns"), JSON_COMPACT);
        assert_string_equal(rows, "[[\"100\",\"张**\"],[\"200\",null]]");
        assert_string_equal(columns, "[\"area\",\"keeper\"]");
        free(rows);
        free(columns);
        call.after = text(answer, "next");
        json_t *second = list(f, "example.shelves", call);
        assert_int_equal(json_array_size(json_object_get(second, "rows")), 1);
        assert_true(json_is_null(json_object_get(second, "next")));
        json_decref(second);
        json_decref(answer);
        call = (ViewCall){ .columns = { "area" }, .n_columns = 1, .limit = VIEW_NARROW_MAX };
        json_decref(list(f, "example.shelves", call));
        call.limit = VIEW_NARROW_MAX + 1;
        assert_int_equal(view_list_json(&f->engine, &clerk, view, &call, &answer), -EMALFORMED_);
        call = (ViewCall){ .columns = { "office_closure" }, .n_columns = 1, .limit = 1 };
        assert_int_equal(view_list_json(&f->engine, &clerk, view, &call, &answer), -EMALFORMED_);
}

/* The names in the order asked for, page by page. */
static void names_by(Fixture *f, const char *order, size_t limit, const char *wanted) {
        char found[256] = "", *after = NULL;

        do {
                json_t *page = list(
                        f, "example.shelves", (ViewCall){ .limit = limit, .order = order, .after = after });
                size_t i;
                json_t *row;

                json_array_foreach(json_object_get(page, "rows"), i, row)
                        strcat(strcat(found, text(row, "name")), " ");
                free(after);
                after = *text(page, "next") ? strdup(text(page, "next")) : NULL;
                json_decref(page);
        } while (after);
        assert_string_equal(found, wanted);
}

static void order(void **state) {
        static const char *const bad[] = { "nothing", "keeper", "-", "--name", "version" };
        Fixture *f = *state;
        const View *view = registry_view(f->registry, "example.shelves");
        json_t *answer;

        (void) shelves_fill(f);
        for (size_t limit = 1; limit <= 4; limit++) {
                names_by(f, NULL, limit, "东一 东二 西一 ");
                names_by(f, "name", limit, "东一 东二 西一 ");
                names_by(f, "-name", limit, "西一 东二 东一 ");
                names_by(f, "-area", limit, "西一 东二 东一 ");
                names_by(f, "use", limit, "东一 西一 东二 "); /* equals by the key */
                names_by(f, "-use", limit, "东二 西一 东一 ");
                names_by(f, "-id", limit, "西一 东二 东一 ");
        }
        for (size_t i = 0; i < ELEMENTSOF(bad); i++) {
                ViewCall call = { .order = bad[i] };
                assert_int_equal(view_list_json(&f->engine, &clerk, view, &call, &answer), -EMALFORMED_);
        }
        static const char *const after[] = { "1", ":", "0:", "9:1", "1:x", "x:1", "-1:1" };
        for (size_t i = 0; i < ELEMENTSOF(after); i++) {
                ViewCall call = { .order = "area", .after = after[i] };
                assert_int_equal(view_list_json(&f->engine, &clerk, view, &call, &answer), -EMALFORMED_);
        }
}

static void sums_and_masks(void **state) {
        Fixture *f = *state;
        ViewCall call = { .sums = true };
        json_t *answer;
        const json_t *row;

        (void) shelves_fill(f);
        answer = list(f, "example.shelves", call);
        assert_string_equal(text(json_object_get(answer, "sums"), "area"), "600");
        assert_string_equal(text(json_object_get(answer, "sums"), "amount"), "0");
        row = json_array_get(json_object_get(answer, "rows"), 0);
        assert_string_equal(text(row, "name"), "东一");
        assert_string_equal(text(row, "keeper"), "张**");
        assert_string_equal(text(row, "opened"), "2026-11-23");
        assert_null(json_object_get(row, "office"));
        row = json_array_get(json_object_get(answer, "rows"), 1);
        assert_true(json_is_null(json_object_get(row, "keeper")));
        json_decref(answer);
}

static void scope(void **state) {
        const OfficePair pairs[] = { { OFFICE_CITY, OFFICE_CITY }, { OFFICE_CITY, OFFICE } };
        Fixture *f = *state;
        const View *view = registry_view(f->registry, "example.shelves");
        Caller other = { .person = { CLERK }, .office = OFFICE_OTHER },
               city = { .person = { 1 }, .office = OFFICE_CITY };
        int64_t shelf = shelves_fill(f);
        ViewCall call = { 0 };
        json_t *answer, *page;

        assert_int_equal(engine_closure_replace(&f->engine, STORE_BUSINESS, pairs, ELEMENTSOF(pairs)), 0);
        assert_int_equal(view_list_json(&f->engine, &other, view, &call, &answer), 0);
        assert_int_equal(json_array_size(json_object_get(answer, "rows")), 0);
        json_decref(answer);
        assert_int_equal(view_list_json(&f->engine, &city, view, &call, &answer), 0);
        assert_int_equal(json_array_size(json_object_get(answer, "rows")), 3);
        json_decref(answer);
        assert_int_equal(
                record_page_json(&f->engine, &other, &record_example_shelf, (Id){ shelf }, &page), -ENOENT);
        assert_int_equal(
                record_page_json(&f->engine, &city, &record_example_shelf, (Id){ shelf }, &page), 0);
        json_decref(page);
        assert_int_equal(engine_closure_replace(&f->engine, STORE_BUSINESS, NULL, 0), 0);
        assert_int_equal(
                record_page_json(&f->engine, &city, &record_example_shelf, (Id){ shelf }, &page), -ENOENT);
        assert_int_equal(view_list_json(&f->engine, &city, view, &call, &answer), 0);
        assert_int_equal(json_array_size(json_object_get(answer, "rows")), 0);
        json_decref(answer);
        assert_int_equal(view_list_json(&f->engine, &clerk, view, &call, &answer), 0);
        assert_int_equal(json_array_size(json_object_get(answer, "rows")), 3);
        json_decref(answer);
}

static void page_and_history(void **state) {
        Fixture *f = *state;
        int64_t shelf = shelves_fill(f);
        const json_t *history, *item;
        json_t *page;

        (void) fixture_ok(f, REVIEWER, "example.change_shelf",
                "{\"id\":\"%lld\",\"version\":1,\"name\":\"东三\",\"reason\":\"改名\"}", (long long) shelf);
        assert_int_equal(
                record_page_json(&f->engine, &clerk, &record_example_shelf, (Id){ shelf }, &page), 0);
        assert_string_equal(text(json_object_get(page, "row"), "name"), "东三");
        assert_string_equal(text(json_object_get(page, "row"), "keeper"), "张**");
        assert_int_equal(json_integer_value(json_object_get(json_object_get(page, "row"), "version")), 2);
        history = json_object_get(page, "history");
        assert_int_equal(json_array_size(history), 2);
        item = json_array_get(history, 0);
        assert_true(json_is_null(json_object_get(item, "before")));
        item = json_array_get(history, 1);
        assert_string_equal(text(item, "seq"), "4");
        assert_string_equal(text(item, "person"), "72");
        assert_string_equal(text(item, "command"), "example.change_shelf");
        assert_string_equal(text(item, "label"), "变更货架");
        assert_string_equal(text(item, "reason"), "改名");
        assert_string_equal(text(json_object_get(item, "before"), "name"), "东一");
        assert_string_equal(text(json_object_get(item, "after"), "name"), "东三");
        json_decref(page);
        assert_int_equal(
                record_page_json(&f->engine, &clerk, &record_example_shelf, (Id){ shelf + 9 }, &page),
                -ENOENT);
}

static int deny_view(void *identity, const Caller *caller, const View *view) {
        return -EFORBIDDEN_;
}

static void permission(void **state) {
        Fixture *f = *state;
        ViewCall call = { 0 };
        json_t *answer;

        f->engine.permit_view = deny_view;
        assert_int_equal(view_list_json(&f->engine, &clerk, registry_view(f->registry, "example.shelves"),
                                 &call, &answer),
                -EFORBIDDEN_);
}

/* A user of an involved organization: its own rows, nothing of lists that are not for it, no page of a
 * record. */
static void own_part(void **state) {
        Fixture *f = *state;
        Caller outside = { .person = { CLERK }, .office = OFFICE };
        ViewCall call = { .sums = true };
        int64_t id = shelves_fill(f);
        json_t *answer;

        assert_int_equal(view_list_json(&f->engine, &outside, registry_view(f->registry, "test.own_shelves"),
                                 &call, &answer),
                0);
        assert_int_equal(json_integer_value(json_object_get(answer, "count")), 3);
        json_decref(answer);
        outside.organization.value = id;
        assert_int_equal(view_list_json(&f->engine, &outside, registry_view(f->registry, "test.own_shelves"),
                                 &call, &answer),
                0);
        assert_int_equal(json_array_size(json_object_get(answer, "rows")), 1);
        assert_int_equal(json_integer_value(json_object_get(answer, "count")), 1);
        assert_string_equal(text(json_object_get(answer, "sums"), "area"), "100");
        json_decref(answer);
        assert_int_equal(view_list_json(&f->engine, &outside, registry_view(f->registry, "example.shelves"),
                                 &call, &answer),
                -EFORBIDDEN_);
        assert_int_equal(record_page_json(&f->engine, &outside, &record_example_shelf, (Id){ id }, &answer),
                -EFORBIDDEN_);
}

static int outside_result(Fixture *f, int64_t organization, const char *command, int64_t id) {
        char key[32];
        Caller caller = {
                .person = { CLERK }, .office = OFFICE, .key = key, .organization = { organization }
        };
        json_t *input = json_pack("{s:o,s:i}", "id", json_sprintf("%lld", (long long) id), "version", 1);
        Reply reply;

        (void) snprintf(key, sizeof(key), "outside-%d", ++f->key);
        command_execute_json(
                &f->engine, &caller, registry_command(f->registry, command), input, f->arena, &reply);
        json_decref(input);
        return reply.result;
}

static void own_commands(void **state) {
        Fixture *f = *state;

        assert_int_equal(outside_result(f, 7, "test.read_own", 7), 0);
        assert_int_equal(outside_result(f, 7, "test.read_own", 8), -ENOENT);
        assert_int_equal(outside_result(f, 0, "test.read_own", 8), 0);
        assert_int_equal(outside_result(f, 7, "example.post", 7), -EFORBIDDEN_);
        assert_int_equal(outside_result(f, 7, "test.read_setting", 7), -EFORBIDDEN_);
}

/* Every single filter and order of every view, and every derived statement, prepares on the engine in use.
 */
static void every_filter_prepares(void **state) {
        static const char *const values[] = { "1", "2026-11-23", "true", "entered" };
        Fixture *f = *state;
        size_t n, listed = 0;
        const Module *const *modules = registry_modules(f->registry, &n);

        assert_int_equal(engine_prepare_check(f->registry, f->business), 0);
        assert_int_equal(engine_prepare_check(f->registry, f->system), 0);
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; modules[i]->views && modules[i]->views[k]; k++) {
                        const View *view = modules[i]->views[k];

                        if (view->store != STORE_BUSINESS)
                                continue;
                        for (const Column *column = view->columns; column->name; column++)
                                for (int operator= FILTER_EQUAL; operator<= FILTER_HAS; operator++)
                                        for (size_t v = 0; v < ELEMENTSOF(values); v++) {
                                                ViewCall call = {
                                                        .filters = { { column->name,
                                                                (FilterOperator) operator, values[v] } },
                                                                .n_filters = 1, .sums = true, .after = "1" };
                                                json_t *answer;
                                                int r = view_list_json(
                                                        &f->engine, &clerk, view, &call, &answer);

                                                assert_true(r == 0 || r == -EMALFORMED_);
                                                if (r == 0)
                                                        json_decref(answer);
                                                listed += r == 0;
                                        }
                }
        assert_true(listed > 100);
}

static void described(void **state) {
        Fixture *f = *state;
        json_t *all = registry_describe_json(f->registry), *fields;
        const json_t *item;

        assert_non_null(json_object_get(json_object_get(all, "commands"), "example.enter"));
        assert_null(json_object_get(json_object_get(all, "commands"), "node.block"));
        item = json_object_get(json_object_get(all, "commands"), "example.post");
        assert_true(json_is_true(json_object_get(item, "step_up")));
        assert_string_equal(text(item, "input"), "example.reference");
        fields = json_object_get(
                json_object_get(json_object_get(all, "records"), "example.enter_many"), "fields");
        assert_string_equal(text(json_array_get(fields, 0), "lines"), "example.enter");
        fields =
                json_object_get(json_object_get(json_object_get(all, "records"), "example_order"), "fields");
        item = json_array_get(json_object_get(json_array_get(fields, 4), "states"), 2);
        assert_string_equal(text(item, "name"), "posted");
        assert_string_equal(
                text(json_array_get(json_object_get(all, "panels"), 0), "view"), "example.orders");
        assert_int_equal(json_array_size(json_object_get(json_object_get(all, "codes"), "example_use")), 2);
        assert_string_equal(
                text(json_object_get(json_object_get(all, "measures"), "example.posted"), "kind"), "money");
        json_decref(all);
}

#define CASE(name, function)                                                                                \
        { name, function, fixture_setup, fixture_teardown, NULL }

static int group(void) {
        const struct CMUnitTest tests[] = {
                CASE("filters", filters),
                CASE("paging by key, both orders", paging),
                CASE("chosen columns as arrays", chosen_columns),
                CASE("order by any filter column, pages without gap or double", order),
                CASE("sums over the filter; private values as masks", sums_and_masks),
                CASE("scope is the caller's closure [14.3.2]", scope),
                CASE("page and history [4.1.2]", page_and_history),
                CASE("permission", permission),
                CASE("a user of an involved organization sees its own rows only [14.4.2 4.2.3]", own_part),
                CASE("a user of an involved organization runs its own part only [14.4.2 4.2.3]",
                        own_commands),
                CASE("every filter and statement prepares", every_filter_prepares),
                CASE("the registry describes itself", described),
        };

        return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}

int main(int argc, char *argv[]) {
        return fixture_main(argc, argv, "view", group);
}
