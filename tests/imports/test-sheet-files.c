/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files through the parse process: the samples give exactly what their .expected.json says, line by
 * line. This program is the parse process too. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include <essential/essential.h>
#include <internal/sheets.h>
#include <node/date.h>
#include <node/money.h>

#include "workbook.h"

#define MANY_ROWS 100000

static const char *folder;
static const Date today = { 20261123 };

typedef struct Checked {
        Arena *arena;
        Sheet sheet;
        ImportResult result;
} Checked;

static void file_check(FILE *file, Checked *c) {
        int64_t fault_line = 0;

        assert_non_null(file);
        c->arena = arena_new(SHEET_ARENA_BYTES_MAX);
        assert_non_null(c->arena);
        assert_int_equal(sheet_read("/proc/self/exe", fileno(file), c->arena, &c->sheet, &fault_line), 0);
        fclose(file);
        assert_int_equal(sheet_judge(&c->sheet, &essential_building_table, today, c->arena, &c->result), 0);
}

static void sample_check(const char *name, Checked *c) {
        char path[1000];

        snprintf(path, sizeof(path), "%s/%s.csv", folder, name);
        *c = (Checked){ 0 };
        file_check(fopen(path, "rb"), c);
}

static bool digits_only(const char *text) {
        return *text && !text[strspn(text, "0123456789.")];
}

/* The same rows as a workbook: areas and floors as numbers, days as days where they are written in full, the
 * rest as text; a first sheet of explanations before. */
static FILE *workbook_twin(const Sheet *sheet, bool dates_1904) {
        Workbook workbook;

        workbook_begin(&workbook);
        workbook.dates_1904 = dates_1904;
        workbook_explain(&workbook, "请按第二张表填写");
        for (size_t i = 0; i < sheet->n_rows; i++) {
                const SheetRow *row = &sheet->rows[i];
                WorkbookCell cells[IMPORT_COLUMNS_MAX];
                char days[IMPORT_COLUMNS_MAX][16];
                for (uint32_t c = 0; c < row->n_cells; c++) {
                        const char *text = row->cells[c];
                        Date day;
                        cells[c] = (WorkbookCell){ c % 2 ? WORKBOOK_TEXT : WORKBOOK_INLINE, text };
                        if (strlen(text) < 15 && digits_only(text))
                                cells[c].kind = WORKBOOK_NUMBER;
                        else if (date_parse(text, &day) == 0)
                                cells[c] = (WorkbookCell){ WORKBOOK_DAY,
                                        workbook_day(&workbook, text, days[c]) };
                }
                workbook_row(&workbook, cells, row->n_cells);
        }
        return workbook_end(&workbook);
}

static json_t *expected(const char *name) {
        char path[1000];

        snprintf(path, sizeof(path), "%s/%s.expected.json", folder, name);
        json_t *object = json_load_file(path, 0, NULL);
        assert_non_null(object);
        return object;
}

/* Adds rows and area of one accepted row to its building's or use's line. */
static void sum_add(json_t *sums, const char *key, int64_t area) {
        json_t *sum = json_object_get(sums, key);

        if (!sum) {
                sum = json_pack("{s:i, s:i}", "rows", 0, "area", 0);
                json_object_set_new(sums, key, sum);
        }
        json_object_set_new(sum, "rows", json_integer(json_integer_value(json_object_get(sum, "rows")) + 1));
        json_object_set_new(
                sum, "area", json_integer(json_integer_value(json_object_get(sum, "area")) + area));
}

static void area_equal(int64_t centi, const json_t *wanted) {
        char text[AREA_TEXT_MAX];

        area_format((Area){ centi }, text);
        assert_string_equal(text, json_string_value(wanted));
}

static void accepted_equal(const ImportResult *result, const json_t *wanted) {
        static const char *const uses[] = { "01", "住宅", "02", "商业", "04", "车位" };
        const BuildingTableRow *rows = result->items;
        json_t *buildings = json_object(), *by_use = json_object(), *value;
        int64_t area = 0, inner = 0;
        const char *key;

        assert_int_equal(result->n_items, json_integer_value(json_object_get(wanted, "accepted_rows")));
        for (size_t i = 0; i < result->n_items; i++) {
                area += rows[i].covered_area.centi_m2;
                inner += rows[i].inner_area.centi_m2;
                sum_add(buildings, rows[i].building, rows[i].covered_area.centi_m2);
                for (size_t k = 0; k < ELEMENTSOF(uses); k += 2)
                        if (strcmp(uses[k], rows[i].use_code) == 0)
                                sum_add(by_use, uses[k + 1], 0);
        }
        area_equal(area, json_object_get(json_object_get(wanted, "accepted_totals"), "area"));
        if (inner > 0)
                area_equal(inner, json_object_get(json_object_get(wanted, "accepted_totals"), "inner"));
        const json_t *wanted_buildings = json_object_get(wanted, "accepted_by_building");
        assert_int_equal(json_object_size(buildings), json_object_size(wanted_buildings));
        json_object_foreach(buildings, key, value) {
                const json_t *building = json_object_get(wanted_buildings, key);
                assert_int_equal(json_integer_value(json_object_get(value, "rows")),
                        json_integer_value(json_object_get(building, "rows")));
                area_equal(json_integer_value(json_object_get(value, "area")),
                        json_object_get(building, "area"));
        }
        const json_t *wanted_uses = json_object_get(wanted, "accepted_by_use");
        assert_int_equal(json_object_size(by_use), json_object_size(wanted_uses));
        json_object_foreach(by_use, key, value)
                assert_int_equal(json_integer_value(json_object_get(value, "rows")),
                        json_integer_value(json_object_get(wanted_uses, key)));
        json_decref(buildings);
        json_decref(by_use);
}

/* Findings of a level, in order, against the lines of a list; codes too where the list has them. */
static void findings_equal(const ImportResult *result, FindingLevel level, const json_t *wanted) {
        size_t at = 0;
        int64_t line = 0;

        for (size_t i = 0; i < result->n_findings; i++) {
                const Finding *f = &result->findings[i];
                if (f->level != level || f->line == line)
                        continue;
                line = f->line;
                const json_t *entry = json_array_get(wanted, at++);
                /* a rare character needs no normalising: it is read as it is */
                const char *what = json_string_value(json_object_get(entry, "what"));
                if (what && strncmp(what, "rare", 4) == 0)
                        entry = json_array_get(wanted, at++);
                assert_int_equal(line, json_integer_value(json_object_get(entry, "line")));
                if (json_object_get(entry, "code"))
                        assert_string_equal(f->code, json_string_value(json_object_get(entry, "code")));
        }
        assert_int_equal(at, json_array_size(wanted));
}

static void sample_equal(const char *name) {
        json_t *wanted = expected(name);
        Checked c = { 0 };

        sample_check(name, &c);
        accepted_equal(&c.result, wanted);
        assert_int_equal(c.result.n_rejected, json_integer_value(json_object_get(wanted, "rejected_rows")));
        findings_equal(&c.result, FINDING_REJECT, json_object_get(wanted, "rejected"));
        findings_equal(&c.result, FINDING_WARNING, json_object_get(wanted, "normalised_or_warned"));
        assert_int_equal(c.result.header_line, json_integer_value(json_object_get(wanted, "header_line")));
        assert_int_equal(c.sheet.n_rows - 1 - c.result.n_items - c.result.n_rejected,
                json_integer_value(json_object_get(wanted, "skipped_rows")));
        const char *area = json_string_value(json_object_get(wanted, "community"));
        const BuildingTableRow *rows = c.result.items;
        for (size_t i = 0; i < c.result.n_items; i++)
                assert_string_equal(rows[i].area_name, area);
        arena_free(c.arena);
        json_decref(wanted);
}

static void test_clean(void **state) {
        sample_equal("clean_building");
}

static void test_mild(void **state) {
        Checked c = { 0 };

        sample_equal("mild_building");
        sample_check("mild_building", &c);
        assert_string_equal(c.sheet.encoding, "GB18030");
        const Finding *last = &c.result.findings[c.result.n_findings - 1];
        assert_int_equal(last->level, FINDING_NOTE);
        assert_string_equal(last->code, "TOTAL_DIFFERS");
        assert_int_equal(last->line, 87);
        arena_free(c.arena);
}

/* The corrected file holds the same dwellings and the four that were left out. */
static void twin_equal(const char *name, bool dates_1904) {
        Checked csv = { 0 }, xlsx = { 0 };

        sample_check(name, &csv);
        file_check(workbook_twin(&csv.sheet, dates_1904), &xlsx);
        assert_string_equal(xlsx.sheet.encoding, "XLSX");
        assert_string_equal(xlsx.sheet.name, "数据");
        assert_int_equal(xlsx.sheet.n_rows, csv.sheet.n_rows);
        assert_int_equal(xlsx.result.n_items, csv.result.n_items);
        assert_int_equal(xlsx.result.n_rejected, csv.result.n_rejected);
        const BuildingTableRow *a = csv.result.items, *b = xlsx.result.items;
        for (size_t i = 0; i < csv.result.n_items; i++) {
                const BuildingTableOwner *one = a[i].owners.rows, *other = b[i].owners.rows;
                assert_int_equal(a[i].source_line, b[i].source_line);
                assert_string_equal(a[i].building, b[i].building);
                assert_string_equal(a[i].unit, b[i].unit);
                assert_string_equal(a[i].room_number, b[i].room_number);
                assert_string_equal(a[i].use_code, b[i].use_code);
                assert_int_equal(a[i].floor, b[i].floor);
                assert_int_equal(a[i].covered_area.centi_m2, b[i].covered_area.centi_m2);
                assert_int_equal(a[i].inner_area.centi_m2, b[i].inner_area.centi_m2);
                assert_int_equal(a[i].delivery_date.ymd, b[i].delivery_date.ymd);
                assert_int_equal(a[i].owners.n, b[i].owners.n);
                for (size_t k = 0; k < a[i].owners.n; k++) {
                        assert_string_equal(one[k].name, other[k].name);
                        assert_string_equal(one[k].id_number, other[k].id_number);
                }
        }
        json_t *wanted = expected(name);
        accepted_equal(&xlsx.result, wanted);
        findings_equal(&xlsx.result, FINDING_REJECT, json_object_get(wanted, "rejected"));
        json_decref(wanted);
        arena_free(csv.arena);
        arena_free(xlsx.arena);
}

static void test_twins(void **state) {
        twin_equal("clean_building", false);
        twin_equal("mild_building", false);
        twin_equal("mild_building", true);
}

static void test_corrected(void **state) {
        Checked mild = { 0 }, corrected = { 0 };
        size_t found = 0;

        sample_check("mild_building", &mild);
        sample_check("mild_building_corrected", &corrected);
        assert_int_equal(corrected.result.n_items, 84);
        assert_int_equal(corrected.result.n_rejected, 0);
        const BuildingTableRow *all = corrected.result.items, *some = mild.result.items;
        for (size_t i = 0; i < mild.result.n_items; i++)
                for (size_t k = 0; k < corrected.result.n_items; k++)
                        found += strcmp(all[k].building, some[i].building) == 0 &&
                                 strcmp(all[k].unit, some[i].unit) == 0 &&
                                 strcmp(all[k].room_number, some[i].room_number) == 0;
        assert_int_equal(found, 80);
        arena_free(mild.arena);
        arena_free(corrected.arena);
}

static void many_equal(const Checked *c) {
        assert_int_equal(c->result.n_items, MANY_ROWS);
        assert_int_equal(c->result.n_rejected, 1);
        assert_int_equal(c->result.findings[0].line, MANY_ROWS + 2);
        assert_string_equal(c->result.findings[0].code, "DUP_KEY");
        /* every row takes the same room in memory */
        assert_true(arena_used(c->arena) < (size_t) MANY_ROWS * 4096);
}

static void test_many(void **state) {
        FILE *file = tmpfile();
        Checked c = { 0 };

        assert_non_null(file);
        fprintf(file, "小区名称,幢号,单元,房号,建筑面积,用途,业主姓名,证件号\n");
        for (int i = 0; i < MANY_ROWS; i++)
                fprintf(file, "样例苑,%d,%d,%d,89.37,住宅,王样例,11010519491231002X\n", i / 1000 + 1,
                        i / 100 % 10 + 1, i % 100 + 101);
        fprintf(file, "样例苑,1幢,一单元,101室,89.37,住宅,王样例,11010519491231002X\n");
        fflush(file);
        rewind(file);
        file_check(file, &c);
        many_equal(&c);
        FILE *twin = workbook_twin(&c.sheet, false);
        arena_free(c.arena);
        file_check(twin, &c);
        many_equal(&c);
        arena_free(c.arena);
}

int main(int argc, char **argv) {
        const struct CMUnitTest tests[] = {
                { "clean table as expected [4.1.1] [15.2.4]", test_clean, NULL, NULL, NULL },
                { "mildly messy table as expected [4.1.1] [15.2.4]", test_mild, NULL, NULL, NULL },
                { "the same tables as workbooks give the same [4.1.1] [15.2.4]", test_twins, NULL, NULL,
                        NULL },
                { "corrected table [4.1.1]", test_corrected, NULL, NULL, NULL },
                { "a hundred thousand rows in bounded memory [4.1.1]", test_many, NULL, NULL, NULL },
        };

        if (argc == 2 && strcmp(argv[1], "parse") == 0)
                return parse_process_main();
        if (argc != 2)
                return 2;
        folder = argv[1];
        return cmocka_run_group_tests(tests, NULL, NULL);
}
