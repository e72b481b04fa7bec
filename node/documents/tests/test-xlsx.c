/* SPDX-License-Identifier: Apache-2.0 */
/* Workbooks part by part, as the XML stands in them. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include <node/error.h>

#include "../xlsx.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

typedef struct Parts {
        const char *workbook, *styles, *strings, *sheets[3];
} Parts;

static int part_read(void *data, const char *name, XlsxSink sink, void *sink_data) {
        static const char relations[] =
                HEAD "<Relationships>"
                     "<Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                     "<Relationship Id=\"r2\" Type=\"x/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
                     "<Relationship Id=\"r3\" Type=\"x/worksheet\" Target=\"worksheets/sheet3.xml\"/>"
                     "</Relationships>";
        const Parts *parts = data;
        const struct {
                const char *name, *text;
        } all[] = { { "xl/workbook.xml", parts->workbook }, { "xl/_rels/workbook.xml.rels", relations },
                { "xl/styles.xml", parts->styles }, { "xl/sharedStrings.xml", parts->strings },
                { "xl/worksheets/sheet1.xml", parts->sheets[0] },
                { "xl/worksheets/sheet2.xml", parts->sheets[1] },
                { "xl/worksheets/sheet3.xml", parts->sheets[2] } };

        for (size_t i = 0; i < ELEMENTSOF(all); i++)
                if (all[i].text && strcmp(all[i].name, name) == 0) {
                        /* byte by byte: nothing may depend on where a block ends */
                        int r = 0;
                        for (const char *p = all[i].text; r == 0 && *p; p++)
                                r = sink(sink_data, p, 1);
                        return r;
                }
        return -ENOENT;
}

/* "sheet\n" and rows as "3|a|b\n"; kinds other than text as a letter before. */
static int told_sheet(void *data, const char *name, bool dates_1904) {
        buffer_printf(data, "%s%s\n", name, dates_1904 ? " 1904" : "");
        return 0;
}

static int told_row(void *data, int64_t line, const XlsxCell *cells, size_t n) {
        buffer_printf(data, "%lld", (long long) line);
        for (size_t i = 0; i < n; i++)
                buffer_printf(data, "|%.1s%s%.*s", &"\0\0n\0d\0e\0?"[2 * (cells[i].kind & CELL_KIND)],
                        cells[i].kind & CELL_FORMULA ? "=" : "", (int) cells[i].size, cells[i].text);
        buffer_text(data, "\n");
        return 0;
}

static int told(const Parts *parts, Buffer *ret, int64_t *ret_line) {
        const XlsxParts source = { part_read, (void *) parts, 1 };
        XlsxReceiver receiver = { told_sheet, told_row, ret, 0 };

        buffer_reset(ret);
        buffer_text(ret, "");
        int r = xlsx_read(&source, &receiver);
        *ret_line = receiver.line;
        return r;
}

#define ONE_SHEET                                                                                           \
        HEAD "<workbook xmlns:r=\"x\"><sheets><sheet name=\"一\" sheetId=\"9\" "                           \
             "r:id=\"r1\"/></sheets></workbook>"
#define ROWS(rows) HEAD "<worksheet><sheetData>" rows "</sheetData></worksheet>"

static void test_cells(void **state) {
        static const Parts parts = {
                .workbook = ONE_SHEET,
                .styles = HEAD
                "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m\"/>"
                "<numFmt numFmtId=\"177\" formatCode=\"0.00&quot;day&quot;\"/></numFmts>"
                "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
                "<xf numFmtId=\"14\"/><xf numFmtId=\"176\"/><xf numFmtId=\"177\"/></cellXfs></styleSheet>",
                .strings = HEAD
                "<sst><si><t>幢号</t></si><si><r><t>房</t></r><rPh><t>fang</t></rPh><r><t>号</t></r></si>"
                "<si><t>a_x000D_b_x4E2D_c_x12_</t></si></sst>",
                .sheets = { ROWS(
                        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c></row>"
                        "<row r=\"3\" hidden=\"1\"><c><v>101</v></c><c><v>84.819999999999993</v></c>"
                        "<c><v>9.90000196909122E+17</v></c></row>"
                        "<row><c s=\"1\"><v>41365</v></c><c s=\"2\"><v>41365.75</v></c><c "
                        "s=\"3\"><v>41365</v></c></row>"
                        "<row r=\"6\"><c t=\"e\"><v>#REF!</v></c><c t=\"b\"><v>1</v></c>"
                        "<c t=\"inlineStr\"><is><t> x </t></is></c></row>"
                        "<row r=\"7\"><c><f>A1</f><v>3.50</v></c><c><f>A1</f></c><c "
                        "t=\"str\"><f>A1</f><v></v></c></row>"
                        "<row r=\"8\"><c s=\"1\"/><c/></row>"
                        "<row r=\"9\"><c t=\"s\"><v>2</v></c><c t=\"d\"><v>2026-01-05T00:00:00</v></c></row>"
                        "<row r=\"10\"><c s=\"1\"><v>60</v></c><c s=\"1\"><v>59</v></c><c "
                        "s=\"1\"><v>61</v></c></row>") },
        };
        Buffer out = BUFFER_INIT(10000);
        int64_t line;

        assert_int_equal(told(&parts, &out, &line), 0);
        assert_string_equal((char *) out.data,
                "一\n2|幢号||房号\n3|n101|n84.819999999999993|n990000196909122000\n"
                "4|d2013-04-01|d2013-04-01|n41365\n6|e#REF!|TRUE| x \n7|n=3.5|?=|\n"
                "9|ab中c_x12_|d2026-01-05|\n10|d1900-02-29|d1900-02-28|d1900-03-01\n");
        buffer_done(&out);
}

static void test_sheets(void **state) {
        static const Parts parts = {
                .workbook = HEAD
                "<x:workbook xmlns:x=\"y\" xmlns:q=\"x\"><x:workbookPr date1904=\"true\"/><x:sheets>"
                "<x:sheet name=\"藏\" sheetId=\"1\" state=\"hidden\" q:id=\"r1\"/>"
                "<x:sheet name=\"图\" sheetId=\"3\" q:id=\"r9\"/>"
                "<x:sheet name=\"见\" sheetId=\"2\" q:id=\"r2\"/></x:sheets></x:workbook>",
                .styles = HEAD "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
                .sheets = { ROWS("<row><c><v>1</v></c></row>"),
                        ROWS("<row><c><v>2</v></c><c t=\"inlineStr\"><is><t>z</t></is></c></row>") },
        };
        Buffer out = BUFFER_INIT(10000);
        int64_t line;

        assert_int_equal(told(&parts, &out, &line), 0);
        assert_string_equal((char *) out.data, "见 1904\n1|d1904-01-03|z\n藏 1904\n1|d1904-01-02\n");
        buffer_done(&out);
}

static void test_merges(void **state) {
        static const Parts parts = {
                .workbook = ONE_SHEET,
                .sheets = { HEAD
                        "<worksheet><sheetData>"
                        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>题</t></is></c></row>"
                        "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><v>101</v></c></row>"
                        "<row r=\"3\"><c r=\"B3\"><v>102</v></c></row>"
                        "<row r=\"5\"><c r=\"B5\"><v>103</v></c></row>"
                        "</sheetData><mergeCells><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"A1:XFD1\"/>"
                        "</mergeCells></worksheet>" },
        };
        Buffer out = BUFFER_INIT(10000);
        int64_t line;

        assert_int_equal(told(&parts, &out, &line), 0);
        assert_string_equal((char *) out.data, "一\n1|题|题\n2|n1|n101\n3|n1|n102\n5||n103\n");
        buffer_done(&out);
}

static void test_refused(void **state) {
        static const struct {
                const char *sheet;
                int result;
        } cases[] = {
                { "<!DOCTYPE w [<!ENTITY a \"b\">]><worksheet/>", -EMALFORMED_ },
                { ROWS("<row r=\"2\"/><row r=\"2\"/>"), -EMALFORMED_ },
                { ROWS("<row r=\"2\"><c r=\"B2\"/><c r=\"A2\"/></row>"), -EMALFORMED_ },
                { ROWS("<row r=\"2\"><c r=\"A3\"/></row>"), -EMALFORMED_ },
                { ROWS("<row><c t=\"s\"><v>0</v></c></row>"), -EMALFORMED_ },
                { ROWS("<row><c><v>one</v></c></row>"), -EMALFORMED_ },
                { ROWS("<row><c r=\"BM1\"><v>1</v></c></row>"), -E2BIG },
                { ROWS("<row><c r=\"BM1\"/></row>"), 0 },
                { ROWS("<row>"), -EMALFORMED_ },
                { ROWS("<c/>"), -EMALFORMED_ },
                { NULL, -EMALFORMED_ },
        };
        Buffer out = BUFFER_INIT(10000);
        int64_t line;

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                const Parts parts = { .workbook = ONE_SHEET, .sheets = { cases[i].sheet } };
                assert_int_equal(told(&parts, &out, &line), cases[i].result);
        }
        const Parts none = { .workbook = NULL };
        assert_int_equal(told(&none, &out, &line), -EMALFORMED_);
        buffer_done(&out);
}

static void test_numbers(void **state) {
        static const char *const cases[][2] = { { "0", "0" }, { "-0.0", "0" }, { "101.0", "101" },
                { "1E3", "1000" }, { "1.5e-3", "0.0015" }, { "-12.50", "-12.5" }, { "0.05", "0.05" },
                { "1E+17", "100000000000000000" }, { ".5", "0.5" }, { "5.", "5" }, { "007", "7" },
                { "1E999", NULL }, { "1E", NULL }, { "", NULL }, { "1.2.3", NULL }, { "--1", NULL } };
        char plain[XLSX_NUMBER_TEXT_MAX];

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                bool good = xlsx_number_plain(cases[i][0], strlen(cases[i][0]), plain);
                assert_int_equal(good, cases[i][1] != NULL);
                if (good)
                        assert_string_equal(plain, cases[i][1]);
        }
        assert_true(xlsx_format_is_date(0, "[$-804]yyyy\\-mm\\-dd;@"));
        assert_true(xlsx_format_is_date(0, "m\"月\"d\"日\""));
        assert_false(xlsx_format_is_date(0, "h:mm:ss"));
        assert_false(xlsx_format_is_date(0, "[Red]#,##0.00_);\\d"));
        assert_false(xlsx_format_is_date(0, "General"));
        assert_true(xlsx_format_is_date(31, NULL));
        assert_false(xlsx_format_is_date(49, NULL));
        assert_false(xlsx_date_text("0", false, plain));
        assert_false(xlsx_date_text("-3", false, plain));
        assert_false(xlsx_date_text("200000", false, plain));
}

/* An archive with one entry of so many zeros; packed it is a thousandth of that. */
static Bytes zeros_archive(const char *name, size_t size, uint8_t *room, size_t room_size) {
        static uint8_t block[65536];
        struct archive *archive = archive_write_new();
        struct archive_entry *entry = archive_entry_new();
        size_t used = 0;

        assert_int_equal(archive_write_set_format_zip(archive), ARCHIVE_OK);
        assert_int_equal(archive_write_open_memory(archive, room, room_size, &used), ARCHIVE_OK);
        archive_entry_set_pathname(entry, name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, (la_int64_t) size);
        assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
        for (size_t done = 0; done < size; done += sizeof(block))
                assert_int_equal(archive_write_data(archive, block, sizeof(block)), sizeof(block));
        archive_entry_free(entry);
        assert_int_equal(archive_write_free(archive), ARCHIVE_OK);
        return (Bytes){ room, used };
}

static int sink_count(void *data, const void *bytes, size_t size) {
        *(size_t *) data += size;
        return 0;
}

static void test_archives(void **state) {
        uint8_t *room = malloc(1u << 20);
        size_t read = 0;

        assert_non_null(room);
        XlsxZip zip = { .file = zeros_archive("xl/workbook.xml", (size_t) 4 << 20, room, 1u << 20) };
        assert_true(xlsx_is_zip(zip.file));
        assert_int_equal(xlsx_zip_read(&zip, "xl/workbook.xml", sink_count, &read), 0);
        assert_int_equal(read, (size_t) 4 << 20);
        assert_int_equal(xlsx_zip_read(&zip, "xl/styles.xml", sink_count, &read), -ENOENT);

        /* 256 MB in a quarter of one: stopped at its ratio */
        read = 0;
        zip = (XlsxZip){ .file = zeros_archive("xl/workbook.xml", (size_t) 256 << 20, room, 1u << 20) };
        assert_int_equal(xlsx_zip_read(&zip, "xl/workbook.xml", sink_count, &read), -E2BIG);
        assert_true(read < XLSX_RATIO_FREE_BYTES + XLSX_RATIO_MAX * zip.file.size);

        /* a name outside the archive's own folder leads nowhere: only names asked for are read */
        zip = (XlsxZip){ .file = zeros_archive("../xl/workbook.xml", 65536, room, 1u << 20) };
        assert_int_equal(xlsx_zip_read(&zip, "xl/workbook.xml", sink_count, &read), -ENOENT);
        zip = (XlsxZip){ .file = zeros_archive("xl/workbook.xml", 65536, room, 1u << 20) };
        zip.file.size -= 10; /* cut off */
        int r = xlsx_zip_read(&zip, "xl/workbook.xml", sink_count, &read);
        assert_true(r == -EMALFORMED_ || r == -ENOENT);
        free(room);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "cells show what was stored [4.1.1]", test_cells, NULL, NULL, NULL },
                { "sheets that are shown come first [4.1.1]", test_sheets, NULL, NULL, NULL },
                { "merged ranges take the value of their first cell [4.1.1]", test_merges, NULL, NULL,
                        NULL },
                { "what is no workbook is refused, and so is a DOCTYPE [4.1.1] [14.4.5]", test_refused, NULL,
                        NULL, NULL },
                { "an archive that unpacks without end is stopped [14.4.5]", test_archives, NULL, NULL,
                        NULL },
                { "numbers digit for digit, days by their format [4.1.1]", test_numbers, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
