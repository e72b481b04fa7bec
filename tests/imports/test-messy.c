/* SPDX-License-Identifier: Apache-2.0 */
/* Building tables by chance, in every spelling and format: each row must get the verdict of the rule that
 * wrote it, and what is accepted must mean what the row meant before. This program is the parse process too.
 */

#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <essential/essential.h>
#include <internal/sheets.h>
#include <node/date.h>

#include "messy.h"

#define SEEDS 24
#define ROWS_MAX 400
#define PLAIN_ROWS 40
#define AREA_NAME "杂样苑（样例）"

static const Date today = { 20261123 };

typedef struct Table {
        Arena *arena;
        uint64_t random;
        MessyFormat format;
        unsigned layouts;
        MessyColumn columns[M_COLUMNS];
        size_t n_columns;
        const char *headings[M_COLUMNS];
        MessyRow rows[ROWS_MAX];
        size_t n_rows;
        int64_t line; /* written so far */
        Buffer csv;
        Workbook workbook;
        bool named_by_title;
} Table;

static bool column_here(const Table *table, MessyColumn column) {
        switch (column) {
        case M_BUILDING:
        case M_UNIT:
        case M_ROOM:
                return table->layouts & WITH_PARTS;
        case M_ADDRESS:
                return table->layouts & WITH_ADDRESS;
        case M_FLOOR:
        case M_TOTAL:
                return table->layouts & WITH_FLOORS;
        case M_BOTH:
                return table->layouts & WITH_BOTH;
        case M_AREA:
                return !table->named_by_title;
        default:
                return true;
        }
}

/* Columns in any order, each heading in any of its spellings. */
static void columns_choose(Table *table) {
        table->n_columns = 0;
        for (MessyColumn column = 0; column < M_COLUMNS; column++) {
                if (!column_here(table, column))
                        continue;
                size_t n = 0;
                while (messy_headings[column][n])
                        n++;
                table->headings[column] = messy_headings[column][messy_random(&table->random, n)];
                table->columns[table->n_columns++] = column;
        }
        for (size_t i = table->n_columns - 1; i > 0; i--) {
                size_t k = messy_random(&table->random, i + 1);
                MessyColumn other = table->columns[i];
                table->columns[i] = table->columns[k];
                table->columns[k] = other;
        }
}

static void row_make(Table *table, MessyRow *row) {
        static const char *const names[] = { "王样例", "李样例", "欧阳样例", "阿依古丽·样例" };
        Arena *arena = table->arena;
        size_t serial = table->n_rows;

        *row = (MessyRow){ .arena = arena, .random = &table->random };
        row->building = arena_printf(arena, "%zu", 1 + serial % 4);
        row->unit = arena_printf(arena, "%zu", 1 + serial / 4 % 3);
        row->room = arena_printf(arena, "%zu", 101 + serial);
        row->use = "01";
        row->total = 9 + (int64_t) (serial % 4);
        row->floor = 1 + (int64_t) messy_random(&table->random, 9);
        row->covered = 5000 + (int64_t) messy_random(&table->random, 9000);
        row->inner = row->covered - 1500;
        row->ymd = 20100101 + 10000 * (int64_t) messy_random(&table->random, 15) +
                   100 * (int64_t) messy_random(&table->random, 12) +
                   (int64_t) messy_random(&table->random, 28);
        row->n_owners = 1;
        row->names[0] = names[messy_random(&table->random, ELEMENTSOF(names))];
        row->numbers[0] = messy_citizen(arena, &table->random);

        row->cells[M_SERIAL] = arena_printf(arena, "%zu", serial + 1);
        row->cells[M_AREA] = AREA_NAME;
        row->cells[M_BUILDING] = row->building;
        row->cells[M_UNIT] = row->unit;
        row->cells[M_ROOM] = row->room;
        row->cells[M_ADDRESS] = arena_printf(arena, "%s-%s-%s", row->building, row->unit, row->room);
        row->cells[M_FLOOR] = arena_printf(arena, "%lld", (long long) row->floor);
        row->cells[M_TOTAL] = arena_printf(arena, "%lld", (long long) row->total);
        row->cells[M_BOTH] =
                arena_printf(arena, "%lld/%lld", (long long) row->floor, (long long) row->total);
        row->cells[M_COVERED] = messy_decimal(arena, row->covered);
        row->cells[M_INNER] = messy_decimal(arena, row->inner);
        row->cells[M_USE] = "住宅";
        row->cells[M_LIFT] = "有";
        row->cells[M_OWNER] = row->names[0];
        row->cells[M_NUMBER] = row->numbers[0];
        row->cells[M_DATE] = arena_printf(arena, "%d-%02d-%02d", (int) (row->ymd / 10000),
                (int) (row->ymd / 100 % 100), (int) (row->ymd % 100));
        row->cells[M_NOTE] = "";
        static const MessyColumn numbers[] = { M_SERIAL, M_FLOOR, M_TOTAL, M_COVERED, M_INNER };
        for (size_t i = 0; i < ELEMENTSOF(numbers); i++)
                row->kinds[numbers[i]] = WORKBOOK_NUMBER;
        row->kinds[M_DATE] = messy_random(&table->random, 2) ? WORKBOOK_DAY : WORKBOOK_TEXT;
        table->n_rows++;
}

/* An earlier dwelling once more, written in another style. */
static void row_duplicate(Table *table, const MessyRow *first) {
        MessyRow *row = &table->rows[table->n_rows];

        row_make(table, row);
        row->cells[M_BUILDING] = arena_printf(table->arena, "%s幢", first->building);
        row->cells[M_UNIT] = arena_printf(table->arena, "%s单元", first->unit);
        row->cells[M_ROOM] = arena_printf(table->arena, "%s室", messy_wide(table->arena, first->room));
        row->cells[M_ADDRESS] =
                arena_printf(table->arena, "%s号楼%s单元%s室", first->building, first->unit, first->room);
        row->code = "DUP_KEY";
        row->rule = "duplicate";
}

static void rows_make(Table *table) {
        for (size_t i = 0; i < PLAIN_ROWS; i++) {
                row_make(table, &table->rows[table->n_rows]);
                table->rows[table->n_rows - 1].rule = "none";
        }
        for (const MessyRule *rule = messy_rules; rule->name; rule++) {
                if (!(rule->formats & 1u << table->format) ||
                        (rule->layouts && !(rule->layouts & table->layouts)))
                        continue;
                MessyRow *row = &table->rows[table->n_rows];
                row_make(table, row);
                row->rule = rule->name;
                row->code = rule->code;
                rule->write(row);
        }
        row_duplicate(table, &table->rows[3]);
}

static void cell_csv(Table *table, const char *text, bool broken) {
        if (broken)
                buffer_text(&table->csv, "\xff\xff");
        if (strpbrk(text, ",\"")) {
                buffer_printf(&table->csv, "\"%s\"", text);
                return;
        }
        buffer_text(&table->csv, text);
}

/* Texts are written in UTF-8 and turned at the end; broken bytes stay what they are. */
static void line_csv(Table *table, const char *const *cells, size_t n, bool broken) {
        for (size_t i = 0; i < n; i++) {
                if (i)
                        buffer_text(&table->csv, ",");
                cell_csv(table, cells[i], broken && i == 0);
        }
        buffer_text(&table->csv, table->line % 7 == 3 ? "\n" : "\r\n");
        table->line++;
}

static void line_write(
        Table *table, const char *const *cells, const WorkbookKind *kinds, size_t n, bool broken) {
        WorkbookCell row[M_COLUMNS + 2] = { 0 };
        char days[M_COLUMNS + 2][16];

        if (table->format != MESSY_XLSX) {
                line_csv(table, cells, n, broken);
                return;
        }
        for (size_t i = 0; i < n; i++) {
                Date date;
                row[i] = (WorkbookCell){ kinds ? kinds[i] : WORKBOOK_TEXT, cells[i] };
                bool dated = strlen(cells[i]) == 10 && date_parse(cells[i], &date) == 0;
                if (dated && (row[i].kind == WORKBOOK_DAY || row[i].kind == WORKBOOK_NUMBER))
                        row[i].text = workbook_day(&table->workbook, cells[i], days[i]);
        }
        workbook_row(&table->workbook, row, n);
        table->line++;
}

static void words_write(Table *table, const char *first, MessyColumn at, const char *second) {
        const char *cells[M_COLUMNS];

        for (size_t i = 0; i < table->n_columns; i++)
                cells[i] = i == 0 ? first : table->columns[i] == at ? second : "";
        line_write(table, cells, NULL, table->n_columns, false);
}

static void headings_write(Table *table) {
        const char *cells[M_COLUMNS];

        for (size_t i = 0; i < table->n_columns; i++)
                cells[i] = table->headings[table->columns[i]];
        line_write(table, cells, NULL, table->n_columns, false);
}

static void row_write(Table *table, MessyRow *row) {
        const char *cells[M_COLUMNS + 2];
        WorkbookKind kinds[M_COLUMNS + 2];
        size_t n = table->n_columns;

        for (size_t i = 0; i < n; i++) {
                cells[i] = row->cells[table->columns[i]];
                kinds[i] = row->kinds[table->columns[i]];
        }
        for (int i = 0; i < row->fields_more; i++)
                cells[n++] = "多";
        n -= row->fields_more < 0;
        row->line = table->line + 1;
        line_write(table, cells, kinds, n, row->broken);
}

/* Lines that say nothing about a dwelling, anywhere between. */
static void noise_write(Table *table) {
        switch (messy_random(&table->random, 9)) {
        case 0:
                headings_write(table);
                break;
        case 1:
                words_write(table, "以下为2幢", M_COLUMNS, "");
                break;
        case 2:
                words_write(table, "小计", M_COVERED, "123.45");
                break;
        case 3:
                words_write(table, "3幢小计", M_COVERED, "123.45");
                break;
        case 4:
                words_write(table, "", M_COLUMNS, "");
                break;
        case 5:
                words_write(table, "制表人：样例", M_COLUMNS, "");
                break;
        default:
                break;
        }
}

static void table_write(Table *table) {
        int64_t sum = 0;

        words_write(table, table->named_by_title ? AREA_NAME "楼盘表" : "房屋情况", M_COLUMNS, "");
        words_write(table, "填表说明：面积以测绘成果为准", M_COLUMNS, "");
        headings_write(table);
        for (size_t i = 0; i < table->n_rows; i++) {
                row_write(table, &table->rows[i]);
                noise_write(table);
                sum += table->rows[i].code ? 0 : table->rows[i].covered;
        }
        words_write(table, "合计", M_COVERED, messy_decimal(table->arena, sum));
        words_write(table, "审核人：样例", M_COLUMNS, "");
        if (table->format == MESSY_XLSX)
                workbook_merge(&table->workbook, "A1:F1");
}

static FILE *csv_file(Table *table) {
        FILE *file = tmpfile();
        iconv_t converter = iconv_open("GB18030", "UTF-8");
        size_t left = table->csv.size, room = 4 * left;
        char *out = malloc(room), *to = out, *from = (char *) table->csv.data;

        assert_true(file && out && converter != (iconv_t) -1);
        if (table->format == MESSY_UTF8) {
                if (messy_random(&table->random, 2))
                        fwrite("\xef\xbb\xbf", 1, 3, file);
                fwrite(table->csv.data, 1, table->csv.size, file);
        } else {
                while (left > 0 && iconv(converter, &from, &left, &to, &room) == (size_t) -1)
                        *to++ = *from++, left--, room--;
                fwrite(out, 1, (size_t) (to - out), file);
        }
        iconv_close(converter);
        free(out);
        fflush(file);
        rewind(file);
        return file;
}

static void row_equal(const MessyRow *row, const BuildingTableRow *item) {
        const BuildingTableOwner *owners = item->owners.rows;

        assert_string_equal(item->area_name, AREA_NAME);
        assert_string_equal(item->building, row->building);
        assert_string_equal(item->unit, row->unit);
        assert_string_equal(item->room_number, row->room);
        assert_string_equal(item->use_code, row->use);
        assert_int_equal(item->floor, row->floor);
        assert_int_equal(item->floors_total, row->total);
        assert_int_equal(item->covered_area.centi_m2, row->covered);
        assert_int_equal(item->inner_area.centi_m2, row->inner);
        assert_int_equal(item->delivery_date.ymd, row->ymd);
        assert_int_equal(item->elevator, 1);
        assert_int_equal(item->owners.n, row->n_owners);
        for (size_t i = 0; i < row->n_owners; i++) {
                assert_string_equal(owners[i].name, row->names[i]);
                assert_string_equal(owners[i].id_number, row->numbers[i]);
        }
}

/* Every row in its order: accepted with its meaning, or left out with its code; nothing else is said. */
static void verdicts_equal(const Table *table, const ImportResult *result) {
        const BuildingTableRow *items = result->items;
        size_t item = 0, finding = 0;

        for (size_t i = 0; i < table->n_rows; i++) {
                const MessyRow *row = &table->rows[i];
                bool accepted = item < result->n_items && result->item_lines[item] == row->line;
                while (finding < result->n_findings && result->findings[finding].level != FINDING_REJECT)
                        finding++;
                const Finding *said = finding < result->n_findings ? &result->findings[finding] : NULL;
                bool rejected = said && said->line == row->line;
                if (accepted == !!row->code || rejected != !!row->code ||
                        (rejected && strcmp(said->code, row->code) != 0))
                        fail_msg("rule %s, format %d, layout %u, line %lld: expected %s, was %s", row->rule,
                                table->format, table->layouts, (long long) row->line,
                                row->code ? row->code : "accepted", rejected ? said->code : "accepted");
                if (accepted)
                        row_equal(row, &items[item++]);
                while (finding < result->n_findings &&
                        (result->findings[finding].line == row->line ||
                                result->findings[finding].level != FINDING_REJECT))
                        finding++;
        }
        assert_int_equal(item, result->n_items);
        assert_int_equal(finding, result->n_findings);
        for (size_t i = 0; i < result->n_findings; i++)
                assert_string_not_equal(result->findings[i].code, "TOTAL_DIFFERS");
}

static void table_try(uint64_t seed, MessyFormat format) {
        static const unsigned layouts[] = { WITH_PARTS | WITH_FLOORS, WITH_ADDRESS | WITH_FLOORS,
                WITH_PARTS | WITH_BOTH };
        Table *table = calloc(1, sizeof(Table));
        ImportResult result;
        int64_t fault = 0;
        Sheet sheet;

        assert_non_null(table);
        table->arena = arena_new(64u << 20);
        table->random = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
        table->format = format;
        table->layouts = layouts[seed % ELEMENTSOF(layouts)];
        table->named_by_title = seed % 2;
        table->csv = (Buffer) BUFFER_INIT(16u << 20);
        if (format == MESSY_XLSX) {
                workbook_begin(&table->workbook);
                table->workbook.dates_1904 = seed % 4 == 1;
        }
        columns_choose(table);
        rows_make(table);
        table_write(table);
        FILE *file = format == MESSY_XLSX ? workbook_end(&table->workbook) : csv_file(table);
        assert_int_equal(sheet_read("/proc/self/exe", fileno(file), table->arena, &sheet, &fault), 0);
        fclose(file);
        static const char *const encodings[] = { "UTF-8", "GB18030", "XLSX" };
        assert_string_equal(sheet.encoding, encodings[format]);
        assert_int_equal(essential_building_table.check(&sheet, today, table->arena, &result), 0);
        assert_int_equal(result.header_line, 3);
        verdicts_equal(table, &result);
        buffer_done(&table->csv);
        arena_free(table->arena);
        free(table);
}

static void test_utf8(void **state) {
        for (uint64_t seed = 0; seed < SEEDS; seed++)
                table_try(seed, MESSY_UTF8);
}

static void test_gb18030(void **state) {
        for (uint64_t seed = 0; seed < SEEDS; seed++)
                table_try(seed, MESSY_GB18030);
}

static void test_xlsx(void **state) {
        for (uint64_t seed = 0; seed < SEEDS; seed++)
                table_try(seed, MESSY_XLSX);
}

int main(int argc, char **argv) {
        const struct CMUnitTest tests[] = {
                { "messy tables in UTF-8 are read by every rule [4.1.1] [15.2.4]", test_utf8, NULL, NULL,
                        NULL },
                { "messy tables in GB18030 are read by every rule [4.1.1] [15.2.4]", test_gb18030, NULL,
                        NULL, NULL },
                { "messy workbooks are read by every rule [4.1.1] [15.2.4]", test_xlsx, NULL, NULL, NULL },
        };

        if (argc == 2 && strcmp(argv[1], "parse") == 0)
                return parse_process_main();
        return cmocka_run_group_tests(tests, NULL, NULL);
}
