/* SPDX-License-Identifier: Apache-2.0 */
/* Files as offices write them, through the splitter alone and through the real parse process (this very
 * program, started again as `parse`). */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <internal/sheets.h>
#include <node/error.h>

#include "../csv.h"

static Bytes bytes_of(const char *text) {
        return (Bytes){ (const uint8_t *) text, strlen(text) };
}

/* Records of a text as "[line]cell|cell;…". */
static void split(const char *text, char *ret, size_t size) {
        uint8_t scratch[65536];
        CsvReader reader = { .rest = bytes_of(text), .scratch = scratch, .scratch_size = sizeof(scratch) };
        CsvRecord record;
        size_t used = 0;
        int r;

        ret[0] = 0;
        while ((r = csv_next(&reader, &record)) > 0) {
                used += (size_t) snprintf(ret + used, size - used, "[%lld]", (long long) record.line);
                for (size_t i = 0; i < record.n_cells; i++)
                        used += (size_t) snprintf(ret + used, size - used, "%s%.*s", i ? "|" : "",
                                (int) record.cells[i].size, (const char *) record.cells[i].data);
                used += (size_t) snprintf(ret + used, size - used, ";");
        }
        assert_int_equal(r, 0);
}

static void test_split(void **state) {
        static const struct {
                const char *text, *expected;
        } cases[] = {
                { "", "" },
                { "a,b\nc,d", "[1]a|b;[2]c|d;" },
                { "a,b\r\nc,d\r\n", "[1]a|b;[2]c|d;" },
                { "a,,\n", "[1]a||;" },
                { "\n\nx\n", "[1];[2];[3]x;" },
                { "\"a,b\",c\n", "[1]a,b|c;" },
                { "\"a\"\"b\",c\n", "[1]a\"b|c;" },
                { "\"two\nlines\",c\nnext\n", "[1]two\nlines|c;[3]next;" },
                /* a quote that never closes, or closes in mid-cell, is text */
                { "\"open,c\nnext\n", "[1]\"open|c;[2]next;" },
                { "5\" pipe,c\n", "[1]5\" pipe|c;" },
                { "\"a\"b,c\n", "[1]\"a\"b|c;" },
                { "a,\"b\"", "[1]a|b;" },
        };
        char found[1024];

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                split(cases[i].text, found, sizeof(found));
                assert_string_equal(found, cases[i].expected);
        }
}

static void test_limits(void **state) {
        uint8_t *scratch = malloc(1 << 20);
        char *text = malloc(IMPORT_CELL_BYTES_MAX + 2);
        CsvRecord record;

        memset(text, 'x', IMPORT_CELL_BYTES_MAX + 1);
        text[IMPORT_CELL_BYTES_MAX + 1] = 0;
        CsvReader longest = { .rest = bytes_of(text), .scratch = scratch, .scratch_size = 1 << 20 };
        assert_int_equal(csv_next(&longest, &record), -E2BIG);
        longest = (CsvReader){ .rest = bytes_of(text + 1), .scratch = scratch, .scratch_size = 1 << 20 };
        assert_int_equal(csv_next(&longest, &record), 1);
        assert_int_equal(record.cells[0].size, IMPORT_CELL_BYTES_MAX);

        memset(text, ',', IMPORT_COLUMNS_MAX);
        text[IMPORT_COLUMNS_MAX] = 0;
        CsvReader widest = { .rest = bytes_of(text), .scratch = scratch, .scratch_size = 1 << 20 };
        assert_int_equal(csv_next(&widest, &record), -E2BIG);
        assert_int_equal(record.line, 1);
        free(text);
        free(scratch);
}

static void test_encoding(void **state) {
        assert_int_equal(csv_encoding(bytes_of("\xe5\xbc\xa0,1\n")), CSV_UTF8);
        assert_int_equal(csv_encoding(bytes_of("\xd5\xc5\xc8\xfd,1\n")), CSV_GB18030);
        assert_int_equal(csv_encoding(bytes_of("\xef\xbb\xbf\xd5\xc5\n")), CSV_UTF8);
        assert_int_equal(csv_encoding(bytes_of("plain\n")), CSV_UTF8);
        /* one broken line does not turn a whole UTF-8 file into another encoding */
        assert_int_equal(csv_encoding(bytes_of("\xe5\xbc\xa0\n\xff\xfe\n\xe5\xbc\xa0\n")), CSV_UTF8);
}

static int file_of(const void *data, size_t size) {
        int fd = memfd_create("upload", MFD_CLOEXEC);

        assert_true(fd >= 0);
        assert_int_equal(write(fd, data, size), (ssize_t) size);
        return fd;
}

static int parse(const void *data, size_t size, Arena *arena, Sheet *ret, int64_t *ret_line) {
        int fd = file_of(data, size);

        *ret_line = 0;
        int r = sheet_read("/proc/self/exe", fd, arena, ret, ret_line);
        close(fd);
        return r;
}

static void test_process(void **state) {
        _cleanup_(arena_freep) Arena *arena = arena_new(SHEET_ARENA_BYTES_MAX);
        /* 㵲 is four bytes in GB18030 */
        static const char gb18030[] =
                "\xd0\xd5\xc3\xfb,\xc3\xe6\xbb\xfd\r\n\xcd\xf5\x82\x30\xf6\x37,9\r\n\xff\xff,1\r\n";
        Sheet sheet;
        int64_t line;

        assert_int_equal(parse(gb18030, sizeof(gb18030) - 1, arena, &sheet, &line), 0);
        assert_string_equal(sheet.encoding, "GB18030");
        assert_int_equal(sheet.n_rows, 3);
        assert_string_equal(sheet.rows[0].cells[0], "姓名");
        assert_int_equal(strncmp(sheet.rows[1].cells[0], "王", 3), 0);
        assert_false(sheet.rows[1].bad_encoding);
        assert_true(sheet.rows[2].bad_encoding);
        assert_int_equal(sheet.rows[2].line, 3);

        assert_int_equal(parse("\xef\xbb\xbf\xe5\xbc\xa0,1\n", 9, arena, &sheet, &line), 0);
        assert_string_equal(sheet.rows[0].cells[0], "张");
        assert_int_equal(parse("", 0, arena, &sheet, &line), 0);
        assert_int_equal(sheet.n_rows, 0);
}

static void test_process_hostile(void **state) {
        _cleanup_(arena_freep) Arena *arena = arena_new(SHEET_ARENA_BYTES_MAX);
        size_t size = 40u << 20;
        char *long_line = malloc(size);
        Sheet sheet;
        int64_t line;

        assert_int_equal(parse("PK\x03\x04\0\0,\0", 8, arena, &sheet, &line), -EMALFORMED_);
        memset(long_line, 'x', size);
        memcpy(long_line, "a,b\n", 4);
        assert_int_equal(parse(long_line, size, arena, &sheet, &line), -E2BIG);
        assert_int_equal(line, 2);
        memset(long_line, '"', size);
        assert_int_equal(parse(long_line, size, arena, &sheet, &line), -E2BIG);
        free(long_line);

        /* a program that ends without a row, and one that is not there */
        int fd = file_of("a\n", 2);
        assert_int_equal(sheet_read("/bin/true", fd, arena, &sheet, &line), -EIO);
        assert_int_equal(sheet_read("/nowhere/fundnode", fd, arena, &sheet, &line), -ENOENT);
        close(fd);
        _cleanup_(arena_freep) Arena *small = arena_new(4096);
        memset(long_line = malloc(65536), 'y', 65536);
        for (size_t i = 100; i < 65536; i += 100)
                long_line[i] = '\n';
        assert_int_equal(parse(long_line, 65536, small, &sheet, &line), -E2BIG);
        free(long_line);
}

int main(int argc, char **argv) {
        const struct CMUnitTest tests[] = {
                { "records are split as offices write them [4.1.1]", test_split, NULL, NULL, NULL },
                { "longer cells and wider rows than allowed are refused", test_limits, NULL, NULL, NULL },
                { "the encoding is told by the whole file", test_encoding, NULL, NULL, NULL },
                { "the parse process reads GB18030 and UTF-8 [4.1.1]", test_process, NULL, NULL, NULL },
                { "hostile files are refused and nothing hangs [14.3.2]", test_process_hostile, NULL, NULL,
                        NULL },
        };

        if (argc == 2 && strcmp(argv[1], "parse") == 0)
                return parse_process_main();
        return cmocka_run_group_tests(tests, NULL, NULL);
}
