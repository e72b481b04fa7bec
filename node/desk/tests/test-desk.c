/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept, for whom, and what is refused. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <internal/desk.h>

#define OFFICE 7

/* A command with something private in it, and a view with a private column. */
static const Field line_fields[] = {
        { .name = "name", .label = "姓名", .kind = KIND_SEALED, .number = 5 },
        { .name = "share", .label = "份额", .kind = KIND_INTEGER, .number = 6 },
};
static const Record record_line = { .name = "sample_line",
        .label = "份额",
        .shape = SHAPE_VALUE,
        .fields = line_fields,
        .n_fields = ELEMENTSOF(line_fields),
        .size = 64 };
static const Field input_fields[] = {
        { .name = "room", .label = "房号", .kind = KIND_TEXT, .number = 5 },
        { .name = "phone", .label = "电话", .kind = KIND_SEALED, .number = 6 },
        { .name = "pin", .label = "口令", .kind = KIND_TEXT, .number = 7, .flags = FIELD_SECRET },
        { .name = "note", .label = "内部备注", .kind = KIND_TEXT, .number = 8, .flags = FIELD_LOCAL },
        { .name = "owners", .label = "业主", .kind = KIND_LINES, .number = 9, .lines = &record_line },
};
static const Record record_input = { .name = "sample_input",
        .label = "登记",
        .shape = SHAPE_VALUE,
        .fields = input_fields,
        .n_fields = ELEMENTSOF(input_fields),
        .size = 128 };
static int nothing(Request *q, const void *input, void *ret_output) {
        return 0;
}
static const Command command_add = { .name = "sample.add",
        .label = "登记",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_ANY,
        .input = &record_input,
        .run = nothing };
static const Query query_rooms = { "sample.rooms",
        "SELECT id, office, name AS room, name AS owner, changed AS amount FROM desk_item" };
static const Column columns[] = {
        { "id", "编号", KIND_ID, COLUMN_HIDDEN },
        { "room", "房号", KIND_TEXT, COLUMN_FILTER },
        { "owner", "业主", KIND_SEALED, COLUMN_FILTER },
        { "amount", "金额", KIND_MONEY, COLUMN_FILTER },
        { 0 },
};
static const View view_rooms = { .name = "sample.rooms",
        .label = "房屋",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_ANY,
        .query = &query_rooms,
        .columns = columns,
        .scope = "office",
        .key = "id" };
static const Record *const records[] = { &record_input, &record_line, NULL };
static const Command *const commands[] = { &command_add, NULL };
static const View *const views[] = { &view_rooms, NULL };
static const Module module_sample = { .name = "sample",
        .label = "样品",
        .capabilities = CAPABILITY_ANY,
        .records = records,
        .commands = commands,
        .views = views };

typedef struct World {
        char folder[32];
        Instant now;
        Clock clock;
        Registry *registry;
        Engine engine;
        Arena *arena;
        Refusal refusal;
        int64_t id; /* of the last that was kept */
} World;

static const char *const clerks[] = { "operator" };
static const DeskOwner ann = { OFFICE, { 11 }, clerks, 1 }, bob = { OFFICE, { 12 }, clerks, 1 },
                       cat = { OFFICE, { 13 }, NULL, 0 }, far = { OFFICE + 1, { 14 }, clerks, 1 };

static Instant world_now(void *data) {
        return ((World *) data)->now;
}
static int64_t world_monotonic(void *data) {
        return ((World *) data)->now.ms;
}
static void world_random(void *data, void *ret, size_t size_bytes) {
        memset(ret, 1, size_bytes);
}

static int setup(void **state) {
        static const Module *const modules[] = { &module_desk, &module_sample };
        World *w = calloc(1, sizeof(*w));
        char dsn[64];

        strcpy(w->folder, "/tmp/test-desk-XXXXXX");
        assert_non_null(mkdtemp(w->folder));
        snprintf(dsn, sizeof(dsn), "sqlite:%s/system.db", w->folder);
        w->now.ms = INT64_C(1795432283000);
        w->clock = (Clock){ world_now, world_monotonic, world_random, w };
        w->arena = arena_new(8u << 20);
        assert_int_equal(registry_new(modules, ELEMENTSOF(modules), CAPABILITY_ANY, &w->registry), 0);
        w->engine = (Engine){ .registry = w->registry, .clock = &w->clock };
        assert_int_equal(store_open(&(StoreOptions){ .id = STORE_SYSTEM,
                                            .dsn = dsn,
                                            .clock = &w->clock,
                                            .readers = 1,
                                            .inline_writer = true },
                                 &w->engine.stores[STORE_SYSTEM]),
                0);
        assert_int_equal(engine_migrate(w->registry, w->engine.stores[STORE_SYSTEM]), 0);
        assert_int_equal(engine_prepare_check(w->registry, w->engine.stores[STORE_SYSTEM]), 0);
        *state = w;
        return 0;
}

static int teardown(void **state) {
        World *w = *state;
        char command[64];

        store_close(w->engine.stores[STORE_SYSTEM]);
        registry_free(w->registry);
        arena_free(w->arena);
        snprintf(command, sizeof(command), "rm -r '%s'", w->folder);
        assert_int_equal(system(command), 0);
        free(w);
        return 0;
}

static int put(World *w, const DeskOwner *owner, const DeskItem *item, const char *body) {
        DeskItem whole = *item;
        json_t *json = json_loads(body, 0, NULL);

        assert_non_null(json);
        whole.body = json;
        w->refusal = (Refusal){ 0 };
        int r = desk_put(&w->engine, owner, &whole, w->arena, &w->id, &w->refusal);
        json_decref(json);
        return r;
}

static void refused(World *w, const DeskItem *item, const char *body, const char *code) {
        assert_int_equal(put(w, &ann, item, body), -EREFUSED_);
        assert_string_equal(w->refusal.code, code);
}

static char *listed(World *w, const DeskOwner *owner, const char *kind, const char *subject) {
        json_t *list = NULL;
        Buffer text = BUFFER_INIT(1u << 16);
        size_t i;
        json_t *item;

        assert_int_equal(desk_list(&w->engine, owner, kind, subject, &list), 0);
        json_array_foreach(list, i, item) {
                char *body = json_dumps(json_object_get(item, "body"), JSON_COMPACT);
                buffer_printf(&text, "%s%s:%s ", json_is_true(json_object_get(item, "own")) ? "" : "shared ",
                        json_string_value(json_object_get(item, "name")), body);
                free(body);
        }
        json_decref(list);
        buffer_append(&text, "", 1);
        char *copy = arena_strdup(w->arena, (const char *) text.data);
        buffer_done(&text);
        return copy;
}

static const DeskItem filter = { .kind = "filter", .subject = "sample.rooms", .name = "未交" },
                      shared = { .kind = "filter",
                              .subject = "sample.rooms",
                              .name = "本月",
                              .post = "operator" },
                      shape = { .kind = "columns", .subject = "sample.rooms" },
                      draft = { .kind = "draft", .subject = "sample.add" };

static void a_filter_is_ones_own_or_the_posts(void **state) {
        World *w = *state;

        assert_int_equal(put(w, &ann, &filter, "{\"f.room\":\"1\",\"order\":\"-amount\"}"), 0);
        assert_int_equal(put(w, &ann, &shared, "{\"f.amount.min\":\"100\"}"), 0);
        assert_string_equal(
                listed(w, &bob, "filter", "sample.rooms"), "shared 本月:{\"f.amount.min\":\"100\"} ");
        assert_string_equal(listed(w, &cat, "filter", NULL), "");
        assert_string_equal(listed(w, &far, "filter", NULL), "");
        /* the same name again takes the place of the first */
        assert_int_equal(put(w, &ann, &filter, "{\"f.room\":\"2\"}"), 0);
        assert_non_null(strstr(listed(w, &ann, "filter", NULL), "未交:{\"f.room\":\"2\"}"));
        assert_null(strstr(listed(w, &ann, "filter", NULL), "\"1\""));
        /* only its owner drops it, and only once */
        assert_int_equal(desk_drop(&w->engine, &bob, w->id), -ENOENT);
        assert_int_equal(desk_drop(&w->engine, &ann, w->id), 0);
        assert_int_equal(desk_drop(&w->engine, &ann, w->id), -ENOENT);
        assert_string_equal(listed(w, &ann, "filter", NULL), "本月:{\"f.amount.min\":\"100\"} ");
        DeskItem foreign = shared;
        foreign.post = "accountant";
        refused(w, &foreign, "{}", "desk.not_yours");
}

static void nothing_private_is_kept(void **state) {
        World *w = *state;

        assert_int_equal(put(w, &ann, &draft,
                                 "{\"fields\":{\"room\":\"12\",\"owners\":[{\"share\":\"1\"}]},\"query\":{"
                                 "\"from\":\"x\"}}"),
                0);
        refused(w, &draft, "{\"fields\":{\"phone\":\"13800000000\"},\"query\":{}}", "desk.private");
        assert_string_equal(w->refusal.arguments[0], "电话");
        refused(w, &draft, "{\"fields\":{\"pin\":\"1\"},\"query\":{}}", "desk.private");
        refused(w, &draft, "{\"fields\":{\"note\":\"1\"},\"query\":{}}", "desk.private");
        refused(w, &draft, "{\"fields\":{},\"query\":{\"phone\":\"1\"}}", "desk.private");
        refused(w, &draft, "{\"fields\":{\"owners\":[{\"name\":\"李四\"}]},\"query\":{}}", "desk.private");
        refused(w, &draft, "{\"fields\":{\"other\":\"1\"},\"query\":{}}", "desk.unknown_field");
        refused(w, &filter, "{\"f.owner\":\"李四\"}", "desk.private");
        refused(w, &filter, "{\"f.none\":\"1\"}", "desk.unknown_field");
        assert_null(strstr(listed(w, &ann, "draft", NULL), "13800000000"));
}

static void forms_that_are_none(void **state) {
        World *w = *state;
        DeskItem item = filter;

        assert_int_equal(put(w, &ann, &filter, "{\"f.room\":1}"), -EMALFORMED_);
        assert_int_equal(put(w, &ann, &filter, "{\"limit\":\"1\"}"), -EMALFORMED_);
        assert_int_equal(put(w, &ann, &draft, "{\"fields\":{}}"), -EMALFORMED_);
        assert_int_equal(
                put(w, &ann, &shape, "{\"columns\":[{\"name\":\"room\",\"width\":39}]}"), -EMALFORMED_);
        assert_int_equal(put(w, &ann, &shape, "{\"limit\":501}"), -EMALFORMED_);
        assert_int_equal(put(w, &ann, &shape, "{\"other\":1}"), -EMALFORMED_);
        assert_int_equal(
                put(w, &ann, &shape,
                        "{\"columns\":[{\"name\":\"room\",\"width\":40,\"hidden\":true}],\"limit\":500}"),
                0);
        item.name = "";
        assert_int_equal(put(w, &ann, &item, "{}"), -EMALFORMED_);
        item.name = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三"
                    "四五六七八九十一二三四"
                    "五六七八九十";
        assert_int_equal(put(w, &ann, &item, "{}"), 0);
        item.name = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三"
                    "四五六七八九十一二三四"
                    "五六七八九十一";
        assert_int_equal(put(w, &ann, &item, "{}"), -EMALFORMED_);
        item = filter;
        item.subject = "sample.none";
        assert_int_equal(put(w, &ann, &item, "{}"), -ENOENT);
        item.kind = "other";
        assert_int_equal(put(w, &ann, &item, "{}"), -ENOENT);
        Buffer long_body = BUFFER_INIT(1u << 16);
        buffer_text(&long_body, "{\"f.room\":\"");
        for (size_t i = 0; i < DESK_BODY_BYTES_MAX; i++)
                buffer_text(&long_body, "1");
        buffer_append(&long_body, "\"}", 3);
        assert_int_equal(put(w, &ann, &filter, (const char *) long_body.data), -E2BIG);
        buffer_done(&long_body);
}

static void drafts_end_and_never_grow_beyond_their_number(void **state) {
        World *w = *state;
        DeskItem item = draft;
        char name[16];

        item.name = name;
        for (int i = 0; i < DESK_DRAFTS_MAX; i++) {
                snprintf(name, sizeof(name), "%d", i);
                assert_int_equal(put(w, &ann, &item, "{\"fields\":{\"room\":\"1\"},\"query\":{}}"), 0);
        }
        strcpy(name, "one more");
        refused(w, &item, "{\"fields\":{},\"query\":{}}", "desk.full");
        assert_string_equal(w->refusal.arguments[0], "50");
        /* another's are counted apart; an old one may still change */
        assert_int_equal(put(w, &bob, &item, "{\"fields\":{},\"query\":{}}"), 0);
        strcpy(name, "7");
        assert_int_equal(put(w, &ann, &item, "{\"fields\":{},\"query\":{}}"), 0);
        w->now.ms += DESK_DRAFT_MS - 1;
        assert_non_null(strstr(listed(w, &ann, "draft", "sample.add"), "7:"));
        w->now.ms += 1;
        assert_string_equal(listed(w, &ann, "draft", "sample.add"), "");
        assert_int_equal(put(w, &ann, &item, "{\"fields\":{},\"query\":{}}"), 0);
        assert_string_equal(listed(w, &ann, "draft", NULL), "7:{\"fields\":{},\"query\":{}} ");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "a filter is one's own or shared with one's post", a_filter_is_ones_own_or_the_posts,
                        setup, teardown, NULL },
                { "no private or secret value is kept [14.3.1]", nothing_private_is_kept, setup, teardown,
                        NULL },
                { "what is not of its form is refused", forms_that_are_none, setup, teardown, NULL },
                { "drafts go after 30 days and are at most 50",
                        drafts_end_and_never_grow_beyond_their_number, setup, teardown, NULL },
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
