/* SPDX-License-Identifier: Apache-2.0 */
/* Why: lists of organizations, divisions and holidays differ in words, not in how a list is read. */

#include <errno.h>
#include <string.h>

#include <node/error.h>
#include <node/text.h>

#include "sheet-list.h"
#include <essential/sheet-text.h>

#define HEADER_LINES_MAX 50

static char *cell_text(Arena *arena, const char *cell) {
        char *text = arena_strdup(arena, cell);

        if (!text)
                return NULL;
        text_fold_width(text);
        return sheet_trim(text);
}

static int heading_column(const SheetList *list, const char *cell, int *ret) {
        char *text = cell_text(list->arena, cell);

        if (!text)
                return -ENOMEM;
        text[strcspn(text, "(")] = 0;
        sheet_blanks_remove(text);
        const SheetWord *word = sheet_word(list->headings, text);
        *ret = word ? (int) word->value : -1;
        return 0;
}

static int heading_read(SheetList *list, const SheetRow *row, unsigned *ret_seen) {
        *ret_seen = 0;
        list->n_columns = row->n_cells < IMPORT_COLUMNS_MAX ? row->n_cells : IMPORT_COLUMNS_MAX;
        for (size_t i = 0; i < list->n_columns; i++) {
                int r = heading_column(list, row->cells[i], &list->columns[i]);
                if (r < 0)
                        return r;
                /* the first of two columns that mean the same */
                if (list->columns[i] > 0 && (*ret_seen & (1u << list->columns[i])))
                        list->columns[i] = -1;
                if (list->columns[i] > 0)
                        *ret_seen |= 1u << list->columns[i];
        }
        return 0;
}

int sheet_list_open(SheetList *list) {
        size_t n = list->sheet->n_rows;

        for (size_t i = 0; i < n && i < HEADER_LINES_MAX; i++) {
                unsigned seen;
                int r = heading_read(list, &list->sheet->rows[i], &seen);
                if (r < 0)
                        return r;
                if ((seen & list->required) != list->required)
                        continue;
                list->at = i;
                list->heading = &list->sheet->rows[i];
                list->result.items = arena_alloc(list->arena, (n - i) * list->item_size);
                list->lines = ARENA_ARRAY(list->arena, int64_t, n - i);
                return list->result.items && list->lines ? 0 : -ENOMEM;
        }
        return -EMALFORMED_;
}

static int finding_add(SheetList *list, FindingLevel level, const char *code, int column) {
        const SheetRow *row = &list->sheet->rows[list->at];
        Finding finding = { .level = level, .line = row->line, .code = code };

        for (size_t i = 0; column > 0 && i < list->n_columns; i++)
                if (list->columns[i] == column) {
                        finding.column = list->heading->cells[i]; /* as the user wrote it */
                        finding.value = i < row->n_cells ? row->cells[i] : "";
                }
        if (list->result.n_findings == list->findings_capacity) {
                size_t capacity = list->findings_capacity ? list->findings_capacity * 2 : 64;
                Finding *grown = ARENA_ARRAY(list->arena, Finding, capacity);
                if (!grown)
                        return -ENOMEM;
                if (list->findings)
                        memcpy(grown, list->findings, list->result.n_findings * sizeof(Finding));
                list->findings = grown;
                list->findings_capacity = capacity;
        }
        list->findings[list->result.n_findings++] = finding;
        return 0;
}

int sheet_list_reject(SheetList *list, const char *code, int column) {
        if (list->rejected)
                return 0;
        list->rejected = true;
        list->result.n_rejected++;
        return finding_add(list, FINDING_REJECT, code, column);
}

int sheet_list_warn(SheetList *list, const char *code, int column) {
        return finding_add(list, FINDING_WARNING, code, column);
}

static bool row_empty(const SheetRow *row) {
        for (size_t i = 0; i < row->n_cells; i++)
                if (row->cells[i][strspn(row->cells[i], " \t")])
                        return false;
        return true;
}

/* As at the top of each printed page. */
static bool heading_again(const SheetList *list, const SheetRow *row) {
        const SheetRow *heading = list->heading;

        if (heading->n_cells != row->n_cells)
                return false;
        for (size_t i = 0; i < row->n_cells; i++)
                if (strcmp(heading->cells[i], row->cells[i]) != 0)
                        return false;
        return true;
}

static const char *row_form_fault(const SheetList *list, const SheetRow *row) {
        if (row->bad_encoding)
                return "ENCODING";
        if (row->n_cells < list->n_columns)
                return "COLS";
        for (size_t i = list->n_columns; i < row->n_cells; i++)
                if (*row->cells[i])
                        return "COLS";
        for (size_t i = 0; i < list->n_columns; i++)
                if (list->columns[i] > 0 && sheet_cell_error(row->cells[i]))
                        return "CELL_ERROR";
        return NULL;
}

int sheet_list_next(SheetList *list) {
        for (list->at++; list->at < list->sheet->n_rows; list->at++) {
                const SheetRow *row = &list->sheet->rows[list->at];
                const char *fault;
                list->rejected = false;
                if (row_empty(row) || heading_again(list, row))
                        continue;
                fault = row_form_fault(list, row);
                if (!fault)
                        return 1;
                int r = sheet_list_reject(list, fault, 0);
                if (r < 0)
                        return r;
        }
        return 0;
}

char *sheet_list_text(const SheetList *list, int column) {
        const SheetRow *row = &list->sheet->rows[list->at];
        const char *cell = "";

        for (size_t i = 0; i < list->n_columns; i++)
                if (list->columns[i] == column)
                        cell = row->cells[i];
        char *text = arena_strdup(list->arena, cell);
        return text ? sheet_trim(text) : NULL;
}

char *sheet_list_cell(const SheetList *list, int column) {
        char *text = sheet_list_text(list, column);

        if (!text)
                return NULL;
        text_fold_width(text);
        return sheet_trim(text);
}

void sheet_list_take(SheetList *list, const void *item) {
        if (list->rejected)
                return;
        memcpy((char *) list->result.items + list->result.n_items * list->item_size, item, list->item_size);
        list->lines[list->result.n_items++] = list->sheet->rows[list->at].line;
}

int sheet_list_close(SheetList *list, ImportResult *ret) {
        const char **columns = ARENA_ARRAY(list->arena, const char *, list->n_columns + 1);

        if (!columns)
                return -ENOMEM;
        for (size_t i = 0; i < list->n_columns; i++)
                columns[i] = list->columns[i] > 0 ? list->fields[list->columns[i]] : "";
        *ret = list->result;
        ret->findings = list->findings;
        ret->item_lines = list->lines;
        ret->header_line = list->heading->line;
        ret->columns = columns;
        ret->n_columns = list->n_columns;
        return 0;
}
