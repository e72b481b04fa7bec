/* SPDX-License-Identifier: Apache-2.0 */
/* Text, buffers, the wire form and the arena, with input that must be refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <node/arena.h>
#include <node/error.h>
#include <node/text.h>
#include <node/wire.h>

#define UTF8(literal) text_is_utf8((literal), sizeof(literal) - 1)

static void test_utf8(void **state) {
        assert_true(UTF8("") && UTF8("a") && UTF8("张三") && UTF8("\xf0\x9f\x8f\xa0"));
        assert_true(UTF8("\xc2\x80") && UTF8("\xe0\xa0\x80") && UTF8("\xf4\x8f\xbf\xbf"));
        assert_false(
                UTF8("\xc0\x80") || UTF8("\xc1\xbf") || UTF8("\xe0\x9f\xbf") || UTF8("\xf0\x8f\xbf\xbf"));
        assert_false(UTF8("\xed\xa0\x80") || UTF8("\xf4\x90\x80\x80") || UTF8("\xf5\x80\x80\x80"));
        assert_false(
                UTF8("\x80") || UTF8("\xe5\xbc") || UTF8("\xe5\x41\xa0") || UTF8("a\0b") || UTF8("\xff"));
        assert_int_equal(text_characters("张三a"), 3);
        assert_int_equal(text_characters(""), 0);
        char cut[] = "a张三b";
        text_cut(cut, 9);
        assert_string_equal(cut, "a张三b");
        text_cut(cut, 2);
        assert_string_equal(cut, "a张");
        text_cut(cut, 0);
        assert_string_equal(cut, "");
        assert_true(text_empty(NULL) && text_empty("") && !text_empty(" "));
        assert_true(text_equal(NULL, NULL) && text_equal("a", "a"));
        assert_false(text_equal(NULL, "") || text_equal("a", "b"));
}

static void test_fold(void **state) {
        static const char *const rows[][2] = {
                { "　１２３，４５６．７８　", "123,456.78" },
                { "ＡＢｃ（甲）", "ABc(甲)" },
                { "\xc2\xa0 a b\t\r\n", "a b" },
                { "张　三", "张 三" },
                { "", "" },
                { " 　 ", "" },
                { "、。", "、。" },
                { "～！", "~!" },
                { "a\xef\xbc", "a\xef\xbc" },
        };
        for (size_t i = 0; i < ELEMENTSOF(rows); i++) {
                char text[64];
                strcpy(text, rows[i][0]);
                text_fold_width(text);
                assert_string_equal(text, rows[i][1]);
        }
}

static void test_mask(void **state) {
        static const char *const names[][2] = { { "张三", "张*" }, { "欧阳某某", "欧***" }, { "张", "*" },
                { "", "" } };
        static const char *const numbers[][2] = { { "13800000000", "138****0000" },
                { "99000019800101001X", "9****************X" },
                { "6222020000000000000", "***************0000" }, { "1234", "****" }, { "123456", "***456" },
                { "", "" } };
        char text[64];
        for (size_t i = 0; i < ELEMENTSOF(names); i++) {
                text_mask_name(names[i][0], text, sizeof(text));
                assert_string_equal(text, names[i][1]);
        }
        for (size_t i = 0; i < ELEMENTSOF(numbers); i++) {
                text_mask_number(numbers[i][0], text, sizeof(text));
                assert_string_equal(text, numbers[i][1]);
        }
        text_mask_name("张三", text, 3); /* no room for a whole character */
        assert_true(text_is_utf8(text, strlen(text)) && strlen(text) < 3);
        text_mask_number("13800000000", text, 5);
        assert_string_equal(text, "138*");
}

static void test_hex(void **state) {
        const uint8_t bytes[] = { 0x0a, 0x1f, 0xff };
        uint8_t back[3] = { 0 };
        char hex[7];
        hex_encode(bytes, sizeof(bytes), hex);
        assert_string_equal(hex, "0a1fff");
        assert_int_equal(hex_decode("0A1fFf", back, 3), 0);
        assert_memory_equal(back, bytes, 3);
        back[0] = 42;
        assert_int_equal(hex_decode("0a1ff", back, 3), -EMALFORMED_);
        assert_int_equal(hex_decode("0a1fffff", back, 3), -EMALFORMED_);
        assert_int_equal(hex_decode("0a1ffg", back, 3), -EMALFORMED_);
        assert_int_equal(back[0], 42);
}

static void test_integer(void **state) {
        static const char *const bad[] = { "", "-", "+1", "01", "-0", "-01", "1 ", " 1", "0x1", "1.0",
                "99999999999999999999x" };
        int64_t n = 42;
        for (size_t i = 0; i < ELEMENTSOF(bad); i++)
                assert_int_equal(integer_parse(bad[i], &n), -EMALFORMED_);
        assert_int_equal(integer_parse("9223372036854775808", &n), -EOVERFLOW);
        assert_int_equal(integer_parse("-9223372036854775809", &n), -EOVERFLOW);
        assert_int_equal(n, 42);
        assert_int_equal(integer_parse("9223372036854775807", &n), 0);
        assert_true(n == INT64_MAX);
        assert_int_equal(integer_parse("-9223372036854775808", &n), 0);
        assert_true(n == INT64_MIN);
        assert_int_equal(integer_parse("0", &n), 0);
        assert_true(n == 0);
}

static void test_buffer(void **state) {
        Buffer buffer = BUFFER_INIT(600);
        for (int i = 0; i < 50; i++)
                buffer_printf(&buffer, "%02d-%s,", i, "abcdefgh");
        assert_int_equal(buffer_error(&buffer), 0);
        assert_int_equal(buffer.size, 600);
        assert_memory_equal(buffer.data, "00-abcdefgh,01-", 15);
        buffer_append(&buffer, NULL, 0);
        assert_int_equal(buffer_error(&buffer), 0);
        buffer_text(&buffer, "x");
        assert_int_equal(buffer_error(&buffer), -E2BIG);
        assert_int_equal(buffer.size, 600);
        buffer_reset(&buffer);
        buffer_text(&buffer, "after");
        assert_int_equal(buffer_error(&buffer), 0);
        assert_string_equal((char *) buffer.data, "after");
        buffer_done(&buffer);
        buffer_done(&buffer);
        buffer_done(NULL);
        assert_null(buffer.data);
}

static void test_wire_round(void **state) {
        static const int64_t values[] = { 1, -1, 63, -64, 64, 127, 128, 300, INT64_MAX, INT64_MIN };
        Buffer buffer = BUFFER_INIT(4096);
        WireReader reader;
        WireField field;
        uint32_t number = 0;

        wire_put_signed(&buffer, 1, 0);
        wire_put_unsigned(&buffer, 2, 0);
        wire_put_text(&buffer, 3, "");
        wire_put_text(&buffer, 4, NULL);
        assert_int_equal(buffer.size, 0); /* defaults are left out */
        for (size_t i = 0; i < ELEMENTSOF(values); i++)
                wire_put_signed(&buffer, ++number, values[i]);
        wire_put_unsigned(&buffer, ++number, UINT64_MAX);
        wire_put_text(&buffer, (1u << 29) - 1, "维修资金");
        wire_reader_init(&reader, (Bytes){ buffer.data, buffer.size });
        for (size_t i = 0; i < ELEMENTSOF(values); i++) {
                assert_int_equal(wire_next(&reader, &field), 1);
                assert_int_equal(field.number, i + 1);
                assert_true(wire_signed(field.varint) == values[i]);
        }
        assert_int_equal(wire_next(&reader, &field), 1);
        assert_true(field.type == 0 && field.varint == UINT64_MAX);
        assert_int_equal(wire_next(&reader, &field), 1);
        assert_int_equal(field.number, (1u << 29) - 1);
        assert_int_equal(field.bytes.size, 12);
        assert_memory_equal(field.bytes.data, "维修资金", 12);
        assert_int_equal(wire_next(&reader, &field), 0);
        for (size_t size = 0; size < buffer.size;
                size++) { /* every truncation ends, and never with more than it has */
                int r, n = 0;
                wire_reader_init(&reader, (Bytes){ buffer.data, size });
                while ((r = wire_next(&reader, &field)) > 0)
                        n++;
                assert_true((r == 0 || r == -EMALFORMED_) && n < 12);
        }
        buffer_done(&buffer);
}

static void test_wire_malformed(void **state) {
        static const struct {
                const char *bytes;
                size_t size;
        } rows[] = {
#define ROW(literal) { literal, sizeof(literal) - 1 }
                ROW("\x00\x01"),                                         /* number 0 */
                ROW("\x08"),                                             /* no value */
                ROW("\x08\x80"),                                         /* open varint */
                ROW("\x08\x81\x00"),                                     /* longer than needed */
                ROW("\x88\x00\x01"),                                     /* key longer than needed */
                ROW("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"),     /* 65 bits */
                ROW("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), /* 11 bytes */
                ROW("\x09\x01\x02\x03\x04\x05\x06\x07\x08"),             /* fixed64 */
                ROW("\x0b\x0c"),                                         /* groups */
                ROW("\x0d\x01\x02\x03\x04"),                             /* fixed32 */
                ROW("\x0a\x02\x61"),                                     /* past the end */
                ROW("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),     /* far past the end */
                ROW("\x80\x80\x80\x80\x10\x01"),                         /* number 2^29 */
        };
        for (size_t i = 0; i < ELEMENTSOF(rows); i++) {
                WireReader reader;
                WireField field = { .number = 42 };
                wire_reader_init(&reader, (Bytes){ (const uint8_t *) rows[i].bytes, rows[i].size });
                assert_int_equal(wire_next(&reader, &field), -EMALFORMED_);
                assert_int_equal(wire_next(&reader, &field), -EMALFORMED_);
                assert_int_equal(field.number, 42);
        }
        WireReader reader;
        WireField field;
        wire_reader_init(&reader, (Bytes){ NULL, 0 });
        assert_int_equal(wire_next(&reader, &field), 0);
}

static void test_arena(void **state) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1 << 20);
        assert_non_null(arena);
        for (int round = 0; round < 3; round++) {
                uint8_t *blocks[100];
                for (size_t i = 0; i < ELEMENTSOF(blocks); i++) {
                        size_t size = i * 37;
                        blocks[i] = arena_alloc(arena, size);
                        assert_non_null(blocks[i]);
                        assert_int_equal((uintptr_t) blocks[i] % _Alignof(max_align_t), 0);
                        for (size_t j = 0; j < size; j++)
                                assert_int_equal(blocks[i][j], 0); /* zeroed, also when reused */
                        memset(blocks[i], (int) i + 1, size);
                }
                for (size_t i = 0; i < ELEMENTSOF(blocks); i++)
                        for (size_t j = 0; j < i * 37; j++)
                                assert_int_equal(blocks[i][j], i + 1);
                assert_true(arena_used(arena) >= 99 * 100 / 2 * 37);
                arena_reset(arena);
                assert_int_equal(arena_used(arena), 0);
        }
        assert_string_equal(arena_printf(arena, "%d-%s", 7, "x"), "7-x");
        assert_string_equal(arena_strdup(arena, "abc"), "abc");
        assert_string_equal(arena_strndup(arena, "abc", 2), "ab");
        assert_string_equal(arena_strndup(arena, "abc", 9), "abc");
        assert_memory_equal(arena_copy(arena, "a\0b", 3), "a\0b", 3);
        assert_null(arena_free(NULL));
}

static void test_arena_limit(void **state) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1024);
        assert_non_null(arena);
        assert_null(arena_alloc(arena, 1025));
        assert_null(arena_alloc(arena, SIZE_MAX));
        assert_null(ARENA_ARRAY(arena, int64_t, SIZE_MAX / 4));
        assert_int_equal(arena_used(arena), 0);
        assert_non_null(arena_alloc(arena, 1008));
        assert_non_null(arena_alloc(arena, 16));
        assert_null(arena_alloc(arena, 1));
        assert_null(arena_alloc(arena, 0)); /* even nothing takes a place of its own */
        arena_reset(arena);
        assert_non_null(arena_alloc(arena, 1024));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "UTF-8 well formed or not", test_utf8 },
                { "full width folded", test_fold },
                { "names and numbers masked [11.2.6]", test_mask },
                { "hex", test_hex },
                { "integers", test_integer },
                { "buffer with a limit", test_buffer },
                { "wire round trip and every truncation", test_wire_round },
                { "wire malformed", test_wire_malformed },
                { "arena", test_arena },
                { "arena with a limit", test_arena_limit },
        };
        return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
