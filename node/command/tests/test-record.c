/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as bytes, as JSON and under check, without a store; and what the registry refuses. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <internal/engine.h>
#include <node/error.h>

#include <example.h>

static int setup(void **state) {
        *state = arena_new(8u << 20);
        return *state ? 0 : -1;
}

static int teardown(void **state) {
        arena_free(*state);
        return 0;
}

static Shelf shelf_make(void) {
        return (Shelf){ .head = { .id = { 5 }, .office = 100, .version = 3, .chain_seq = 9 },
                .name = "甲",
                .use = "01",
                .keeper = { .vault = { 77 } },
                .area = { -1 },
                .opened = { 20261123 },
                .note = "记" };
}

/* By hand: tag = number * 8 + type, signed numbers zigzag. These bytes are signed and digested: they never
 * change. */
static void wire_is_canonical(void **state) {
        Buffer buffer = BUFFER_INIT(1000), without = BUFFER_INIT(1000);
        Shelf shelf = shelf_make(), back;
        char hex[256];

        record_encode(&record_example_shelf, &shelf, 0, &buffer);
        assert_int_equal(buffer_error(&buffer), 0);
        hex_encode(buffer.data, buffer.size, hex);
        assert_string_equal(hex, "080a"
                                 "10c801"
                                 "1806"
                                 "2012"
                                 "2a03e794b2"
                                 "32023031"
                                 "389a01"
                                 "4001"
                                 "4886a4a913"
                                 "5203e8aeb0");
        assert_int_equal(
                record_decode(&record_example_shelf, (Bytes){ buffer.data, buffer.size }, *state, &back), 0);
        assert_int_equal(back.head.id.value, 5);
        assert_int_equal(back.head.office, 100);
        assert_int_equal(back.head.chain_seq, 9);
        assert_string_equal(back.name, "甲");
        assert_int_equal(back.keeper.vault.value, 77);
        assert_int_equal(back.area.centi_m2, -1);
        assert_int_equal(back.opened.ymd, 20261123);
        assert_string_equal(back.note, "记");

        record_encode(&record_example_shelf, &shelf, FIELD_LOCAL, &without);
        assert_int_equal(without.size, buffer.size - 5);
        assert_memory_equal(without.data, buffer.data, without.size);
        buffer_done(&buffer);
        buffer_done(&without);
}

static void lines_keep_their_number(void **state) {
        Enter lines[] = { { { 1 }, { 100 } }, { { 0 }, { 0 } }, { { 3 }, { -5 } } };
        EnterMany input = { .orders = { lines, ELEMENTSOF(lines) } }, back;
        Buffer buffer = BUFFER_INIT(1000);
        const Enter *rows;

        record_encode(&record_example_enter_many, &input, 0, &buffer);
        assert_int_equal(record_decode(&record_example_enter_many, (Bytes){ buffer.data, buffer.size },
                                 *state, &back),
                0);
        assert_int_equal(back.orders.n, 3);
        rows = back.orders.rows;
        assert_int_equal(rows[0].amount.fen, 100);
        assert_int_equal(rows[1].shelf_id.value, 0);
        assert_int_equal(rows[2].amount.fen, -5);
        buffer_done(&buffer);
}

static void bad_bytes_are_refused(void **state) {
        static const uint8_t wrong_type[] = { 0x28, 0x01 }; /* a text as a number */
        static const uint8_t not_utf8[] = { 0x2a, 0x01, 0xff };
        static const uint8_t past_end[] = { 0x2a, 0x09, 0x41 };
        static const uint8_t with_nul[] = { 0x2a, 0x02, 0x41, 0x00 };
        static const uint8_t unknown[] = { 0x2a, 0x01, 0x41, 0xf8, 0x07, 0x01 };
        static const uint8_t big_date[] = { 0x48, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 };
        Shelf row = { .name = "untouched" };

#define DECODE(bytes) record_decode(&record_example_shelf, (Bytes){ (bytes), sizeof(bytes) }, *state, &row)
        assert_int_equal(DECODE(wrong_type), -EMALFORMED_);
        assert_int_equal(DECODE(not_utf8), -EMALFORMED_);
        assert_int_equal(DECODE(past_end), -EMALFORMED_);
        assert_int_equal(DECODE(with_nul), -EMALFORMED_);
        assert_int_equal(DECODE(big_date), -EMALFORMED_);
        assert_string_equal(row.name, "untouched");
        assert_int_equal(DECODE(unknown), 0);
        assert_string_equal(row.name, "A");
}

static int parse(Arena *arena, const char *text, Shelf *ret, FieldFault *ret_fault) {
        json_t *object = json_loads(text, JSON_DECODE_ANY, NULL);
        int r;

        assert_non_null(object);
        r = record_from_json(&record_example_shelf, object, arena, ret, ret_fault);
        json_decref(object);
        return r;
}

#define SHELF_JSON(members) "{\"name\":\"甲\",\"area\":\"8937\",\"opened\":\"2026-11-23\"" members "}"

static void json_values(void **state) {
        FieldFault fault;
        Shelf shelf, back;
        json_t *object;
        char *text;

        assert_int_equal(
                parse(*state, SHELF_JSON(",\"id\":\"4398046511104001\",\"version\":2,\"keeper\":\"张小明\""),
                        &shelf, &fault),
                0);
        assert_int_equal(shelf.head.id.value, INT64_C(4398046511104001));
        assert_int_equal(shelf.head.version, 2);
        assert_int_equal(shelf.area.centi_m2, 8937);
        assert_int_equal(shelf.opened.ymd, 20261123);
        assert_string_equal(shelf.keeper.plain_input, "张小明");
        shelf.keeper.mask = "张**";
        object = record_to_json(&record_example_shelf, &shelf);
        text = json_dumps(object, JSON_COMPACT);
        assert_non_null(strstr(text, "\"id\":\"4398046511104001\""));
        assert_non_null(strstr(text, "\"area\":\"8937\""));
        assert_non_null(strstr(text, "\"keeper\":\"张**\""));
        assert_null(strstr(text, "张小明"));
        assert_int_equal(record_from_json(&record_example_shelf, object, *state, &back, &fault), 0);
        assert_int_equal(back.area.centi_m2, 8937);
        free(text);
        json_decref(object);
}

static void json_refusals(void **state) {
        static const struct {
                const char *text, *code;
                int result;
        } cases[] = {
                { SHELF_JSON(",\"colour\":\"red\""), "node.unknown_field", -EMALFORMED_ },
                { "[]", "node.bad_form", -EMALFORMED_ },
                { "{\"area\":\"1\",\"opened\":\"2026-11-23\"}", "node.required", -EREFUSED_ },
                { "{\"name\":\"甲\",\"opened\":\"2026-11-23\"}", "node.required", -EREFUSED_ },
                { "{\"name\":\"甲\",\"area\":\"1\",\"opened\":\"2026-02-29\"}", "node.bad_date",
                        -EREFUSED_ },
                { "{\"name\":\"甲\",\"area\":\"1\",\"opened\":\"\"}", "node.required", -EREFUSED_ },
                { "{\"name\":\"甲\",\"area\":\"01\",\"opened\":\"2026-11-23\"}", "node.bad_form",
                        -EMALFORMED_ },
                { "{\"name\":\"甲\",\"area\":\"100001\",\"opened\":\"2026-11-23\"}", "node.out_of_range",
                        -EREFUSED_ },
                { "{\"name\":7,\"area\":\"1\",\"opened\":\"2026-11-23\"}", "node.bad_form", -EMALFORMED_ },
                { "{\"name\":\"a\\u0001\",\"area\":\"1\",\"opened\":\"2026-11-23\"}", "node.bad_text",
                        -EREFUSED_ },
                { "{\"name\":"
                  "\"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一\","
                  "\"area\":\"1\",\"opened\":\"2026-11-23\"}",
                        "node.too_long", -EREFUSED_ },
        };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                FieldFault fault = { NULL, "" };
                Shelf shelf = { .name = "untouched" };

                assert_int_equal(parse(*state, cases[i].text, &shelf, &fault), cases[i].result);
                assert_string_equal(fault.code, cases[i].code);
                assert_string_equal(shelf.name, "untouched");
        }
}

static void states_and_integers(void **state) {
        FieldFault fault;
        json_t *object = json_pack("{s:i,s:i,s:s,s:s,s:s}", "number", 1, "year", 2026, "shelf_id", "5",
                "amount", "1", "state", "posted");
        Order order;

        assert_int_equal(record_from_json(&record_example_order, object, *state, &order, &fault), 0);
        assert_int_equal(order.state, ORDER_POSTED);
        json_object_set_new(object, "state", json_string("nowhere"));
        assert_int_equal(
                record_from_json(&record_example_order, object, *state, &order, &fault), -EREFUSED_);
        assert_string_equal(fault.code, "node.unknown_state");
        json_object_set_new(object, "state", json_string("posted"));
        json_object_set_new(object, "number", json_integer((INT64_C(1) << 53) + 1));
        assert_int_equal(
                record_from_json(&record_example_order, object, *state, &order, &fault), -EMALFORMED_);
        order.state = 4;
        assert_int_equal(record_check(&record_example_order, &order, &fault), -EREFUSED_);
        assert_string_equal(fault.code, "node.unknown_state");
        json_decref(object);
}

static void registry_takes_names_once(void **state) {
        static const Record twin_name = { .name = "example_shelf", .label = "x", .shape = SHAPE_VALUE };
        static const Record twin_number = {
                .name = "x", .label = "x", .number = 9001, .shape = SHAPE_REGISTER, .store = STORE_BUSINESS
        };
        static const Record no_number = {
                .name = "x", .label = "x", .shape = SHAPE_REGISTER, .store = STORE_BUSINESS
        };
        static const Record no_steps = {
                .name = "x", .label = "x", .number = 9099, .shape = SHAPE_DOCUMENT, .store = STORE_BUSINESS
        };
        static const char *const nowhere[] = { "name,nowhere", NULL };
        static const Record bad_unique = { .name = "x",
                .label = "x",
                .number = 9099,
                .shape = SHAPE_REGISTER,
                .store = STORE_BUSINESS,
                .unique = nowhere };
        static const struct {
                const Record *record;
                int result;
        } cases[] = {
                { &twin_name, -EEXIST },
                { &twin_number, -EEXIST },
                { &no_number, -EINVAL },
                { &no_steps, -EINVAL },
                { &bad_unique, -EINVAL },
        };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                const Record *const records[] = { cases[i].record, NULL };
                const Module other = { .name = "other", .capabilities = CAPABILITY_ANY, .records = records };
                const Module *const modules[] = { &module_example, &other };
                Registry *registry = NULL;

                assert_int_equal(registry_new(modules, 2, CAPABILITY_BUSINESS, &registry), cases[i].result);
                assert_null(registry);
        }
}

/* Declarations are everywhere, commands and views only where they can work. */
static void capabilities(void **state) {
        static const Module *const modules[] = { &module_node, &module_example };
        Registry *registry;
        size_t n;

        assert_int_equal(registry_new(modules, 2, CAPABILITY_FACTS, &registry), 0);
        (void) registry_modules(registry, &n);
        assert_int_equal(n, 2);
        assert_null(registry_command(registry, "example.post"));
        assert_null(registry_view(registry, "example.shelves"));
        assert_non_null(registry_command(registry, "node.release_regulatory"));
        assert_null(registry_command(registry, "node.release"));
        assert_ptr_equal(registry_record(registry, "example_entry"), &record_example_entry);
        assert_ptr_equal(registry_record_by_number(registry, 9003), &record_example_entry);
        assert_null(registry_record_by_number(registry, 9999));
        assert_null(registry_record_by_number(registry, 0));
        assert_string_equal(registry_code_label(registry, "example_use", "02"), "展示");
        assert_null(registry_code_label(registry, "example_use", "03"));
        registry_free(registry);
}

#define CASE(name, function)                                                                                \
        { name, function, setup, teardown, NULL }

int main(void) {
        const struct CMUnitTest tests[] = {
                CASE("the wire form is canonical and comes back", wire_is_canonical),
                CASE("lines keep their number", lines_keep_their_number),
                CASE("bad bytes are refused", bad_bytes_are_refused),
                CASE("values in JSON", json_values),
                CASE("JSON that is refused", json_refusals),
                CASE("states and integers", states_and_integers),
                CASE("the registry takes names and numbers once", registry_takes_names_once),
                CASE("capabilities", capabilities),
        };

        return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
