/* SPDX-License-Identifier: Apache-2.0 */
/* A file of surveyed areas (domain 0.1.13): judged row by row, then compared like a message of the survey
 * office itself. Nothing in it changes an apartment. */

#include <string.h>

#include <node/date.h>
#include <node/money.h>

#include "../housing/housing-domain.h"
#include "area-table.h"
#include "exchange-records.h"

#define HEADER_LINES_MAX 50
#define FILE_SERIES "exchange_file"

typedef struct Walk {
        const Sheet *sheet;
        Arena *arena;
        const SheetRow *header, *row;
        size_t at; /* of the header */
        AreaColumn columns[IMPORT_COLUMNS_MAX];
        ExchangeAreaRow *items;
        int64_t *lines;
        Finding *findings;
        size_t n_items, n_findings, n_rejected;
        int64_t covered_sum;
        int error;
} Walk;

static const char *cell(Walk *walk, AreaColumn column) {
        for (size_t i = 0; i < walk->row->n_cells; i++)
                if (walk->columns[i] == column) {
                        char *text = arena_strdup(walk->arena, walk->row->cells[i]);
                        if (!text) {
                                walk->error = -ENOMEM;
                                return "";
                        }
                        /* names stay as people wrote them */
                        if (column != AREA_COLUMN_AREA && column != AREA_COLUMN_REPORT)
                                text_fold_width(text);
                        return sheet_trim(text);
                }
        return "";
}

static AreaColumn heading(const char *written, Arena *arena) {
        char *text = arena_strdup(arena, written);

        if (!text)
                return AREA_COLUMN_NONE;
        text_fold_width(text);
        text[strcspn(text, "(")] = 0; /* the unit in brackets */
        sheet_blanks_remove(text);
        const SheetWord *word = sheet_word(area_table_headings, text);
        return word ? (AreaColumn) word->value : AREA_COLUMN_NONE;
}

static bool header_here(Walk *walk, const SheetRow *row) {
        bool has[AREA_COLUMNS] = { 0 };

        for (size_t i = 0; i < row->n_cells; i++) {
                walk->columns[i] = heading(row->cells[i], walk->arena);
                has[walk->columns[i]] = true;
        }
        return has[AREA_COLUMN_COVERED] && has[AREA_COLUMN_REPORT] &&
               (has[AREA_COLUMN_CODE] || (has[AREA_COLUMN_BUILDING] && has[AREA_COLUMN_ROOM]));
}

static int header_find(Walk *walk) {
        for (size_t i = 0; i < walk->sheet->n_rows && i < HEADER_LINES_MAX; i++)
                if (header_here(walk, &walk->sheet->rows[i])) {
                        walk->header = &walk->sheet->rows[i];
                        walk->at = i;
                        return 0;
                }
        return -EMALFORMED_;
}

static void rejected(Walk *walk, const char *code, AreaColumn column) {
        const char *title = NULL;

        for (size_t i = 0; i < walk->header->n_cells; i++)
                if (walk->columns[i] == column && column != AREA_COLUMN_NONE)
                        title = walk->header->cells[i];
        walk->findings[walk->n_findings++] = (Finding){ .level = FINDING_REJECT,
                .line = walk->row->line,
                .code = code,
                .column = title,
                .value = column == AREA_COLUMN_NONE ? NULL : cell(walk, column) };
        walk->n_rejected++;
}

static bool row_empty(const SheetRow *row) {
        for (size_t i = 0; i < row->n_cells; i++)
                if (*row->cells[i])
                        return false;
        return true;
}

/* The first thing wrong with a row, and where. */
static const char *row_fault(Walk *walk, ExchangeAreaRow *item, AreaColumn *ret_column) {
        const char *warning = NULL, *inner = cell(walk, AREA_COLUMN_INNER);
        const char *fault =
                sheet_area(cell(walk, AREA_COLUMN_COVERED), walk->arena, &item->covered_area, &warning);

        *ret_column = AREA_COLUMN_COVERED;
        if (fault)
                return fault;
        if (item->covered_area.centi_m2 <= 0)
                return "AREA_RANGE";
        *ret_column = AREA_COLUMN_INNER;
        if (*inner)
                fault = sheet_area(inner, walk->arena, &item->inner_area, &warning);
        if (fault)
                return fault;
        if (item->inner_area.centi_m2 > item->covered_area.centi_m2)
                return "INNER_RANGE";
        *ret_column = AREA_COLUMN_CODE;
        if (*item->unit_code && !real_estate_unit_code_valid(item->unit_code))
                return "CODE_INVALID";
        if (!*item->unit_code && (!*item->area_name || !*item->building || !*item->room_number))
                return "PLACE_MISSING";
        *ret_column = AREA_COLUMN_REPORT;
        return *item->reference ? NULL : "REPORT_MISSING";
}

static void row_judge(Walk *walk) {
        ExchangeAreaRow item = {
                .source_line = walk->row->line,
                .reference = cell(walk, AREA_COLUMN_REPORT),
                .unit_code = cell(walk, AREA_COLUMN_CODE),
                .area_name = cell(walk, AREA_COLUMN_AREA),
                .room_number = cell(walk, AREA_COLUMN_ROOM),
        };
        AreaColumn column = AREA_COLUMN_NONE;
        char *building = arena_strdup(walk->arena, cell(walk, AREA_COLUMN_BUILDING));
        char *unit = arena_strdup(walk->arena, cell(walk, AREA_COLUMN_UNIT));

        if (!building || !unit) {
                walk->error = -ENOMEM;
                return;
        }
        item.building = sheet_building(building, walk->arena);
        item.unit = sheet_unit(unit, walk->arena);
        const char *fault = walk->row->bad_encoding ? "BAD_ENCODING" : row_fault(walk, &item, &column);
        if (fault) {
                rejected(walk, fault, column);
                return;
        }
        walk->covered_sum += item.covered_area.centi_m2;
        walk->lines[walk->n_items] = item.source_line;
        walk->items[walk->n_items++] = item;
}

static int result_make(Walk *walk, ImportResult *ret) {
        size_t n = walk->header->n_cells;
        const char **columns = ARENA_ARRAY(walk->arena, const char *, n + 1);
        const char **totals = ARENA_ARRAY(walk->arena, const char *, 2);
        char area[AREA_TEXT_MAX];

        if (!columns || !totals)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++)
                columns[i] = area_table_fields[walk->columns[i]];
        area_format((Area){ walk->covered_sum }, area);
        totals[0] = area_table_fields[AREA_COLUMN_COVERED];
        totals[1] = arena_strdup(walk->arena, area);
        *ret = (ImportResult){ .findings = walk->findings,
                .n_findings = walk->n_findings,
                .items = walk->items,
                .item_lines = walk->lines,
                .n_items = walk->n_items,
                .n_rejected = walk->n_rejected,
                .header_line = walk->header->line,
                .columns = columns,
                .n_columns = n,
                .totals = totals,
                .n_totals = 2 };
        return totals[1] ? 0 : -ENOMEM;
}

static int area_table_check(const Sheet *sheet, Date today, Arena *arena, ImportResult *ret) {
        Walk walk = { .sheet = sheet, .arena = arena };
        int r = header_find(&walk);

        if (r < 0) {
                static const Finding none = { .level = FINDING_REJECT, .line = 1, .code = "NO_HEADER" };
                *ret = (ImportResult){ .findings = &none, .n_findings = 1 };
                return r;
        }
        walk.items = ARENA_ARRAY(arena, ExchangeAreaRow, sheet->n_rows + 1);
        walk.lines = ARENA_ARRAY(arena, int64_t, sheet->n_rows + 1);
        walk.findings = ARENA_ARRAY(arena, Finding, sheet->n_rows + 1);
        if (!walk.items || !walk.lines || !walk.findings)
                return -ENOMEM;
        for (size_t i = walk.at + 1; i < sheet->n_rows && walk.error == 0; i++) {
                walk.row = &sheet->rows[i];
                if (!row_empty(walk.row))
                        row_judge(&walk);
        }
        return walk.error < 0 ? walk.error : result_make(&walk, ret);
}

static int area_table_fill(const void *items, size_t n, Arena *arena, void **ret_input) {
        ExchangeAreaTable *table = ARENA_NEW(arena, ExchangeAreaTable);

        if (!table)
                return -ENOMEM;
        table->rows = (Lines){ (void *) items, n };
        *ret_input = table;
        return 0;
}

static void area_table_tally(const void *output, int64_t counts[static 3]) {
        const ExchangeReceipt *receipt = output;

        counts[1] += receipt->rows_different + receipt->rows_unmatched;
        counts[2] += receipt->rows_unchanged;
}

/* --- the command: rows of one report are one message --- */

static int report_receive(Request *q, const ExchangeAreaRow *given, size_t n, ExchangeReceipt *sum) {
        ExchangeRow *rows = ARENA_ARRAY(q->arena, ExchangeRow, n);
        ExchangeReceipt receipt;
        int64_t number = 0;
        int r = rows ? number_next(q, FILE_SERIES, (int32_t) date_year(q->today), &number) : -ENOMEM;

        if (r < 0)
                return r;
        for (size_t i = 0; i < n; i++)
                rows[i] = (ExchangeRow){ .unit_code = given[i].unit_code,
                        .area_name = given[i].area_name,
                        .building = given[i].building,
                        .unit = given[i].unit,
                        .room_number = given[i].room_number,
                        .covered_area = given[i].covered_area,
                        .inner_area = given[i].inner_area };
        const ExchangePush push = {
                .number = arena_printf(
                        q->arena, "F%lld-%06lld", (long long) date_year(q->today), (long long) number),
                .kind = EXCHANGE_AREAS,
                .reference = given[0].reference,
                .stage = STAGE_MEASURED,
                .rows = { rows, n },
        };
        r = push.number ? run_receive_message(q, &push, &receipt) : -ENOMEM;
        if (r < 0)
                return r;
        sum->list_id = receipt.list_id;
        sum->message_id = receipt.message_id;
        sum->rows_total += receipt.rows_total;
        sum->rows_unchanged += receipt.rows_unchanged;
        sum->rows_different += receipt.rows_different;
        sum->rows_unmatched += receipt.rows_unmatched;
        sum->differences += receipt.differences;
        return 0;
}

int run_import_area_rows(Request *q, const void *input, void *ret_output) {
        const ExchangeAreaTable *table = input;
        const ExchangeAreaRow *rows = table->rows.rows;
        ExchangeReceipt sum = { 0 };
        size_t n = table->rows.n;
        int r = 0;

        if (n == 0)
                return refuse(q, "essential.exchange_no_rows", "rows", NULL);
        for (size_t from = 0, to; r == 0 && from < n; from = to) {
                for (to = from + 1; to < n && text_equal(rows[to].reference, rows[from].reference); to++)
                        ;
                r = report_receive(q, rows + from, to - from, &sum);
        }
        if (r == 0)
                *(ExchangeReceipt *) ret_output = sum;
        return r;
}

const Importer essential_area_table = {
        .name = "area_table",
        .label = area_table_label,
        .clause = "4.1.1",
        .item_size = sizeof(ExchangeAreaRow),
        .texts = area_table_texts,
        .check = area_table_check,
        .command = &essential_import_area_rows,
        .chunk_items_max = EXCHANGE_ROWS_MAX,
        .fill = area_table_fill,
        .tally = area_table_tally,
};
