/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the header by its words, wherever offices put it. */

#include <string.h>

#include <node/error.h>
#include <node/text.h>

#include "sheet-heading.h"
#include "sheet-text.h"

#define HEADER_LINES_MAX 50
#define HEADER_WORDS_MIN 3

/* The heading without blanks and without a unit in brackets. */
static SheetColumn heading_column(const char *cell, Arena *arena) {
        char *text = arena_strdup(arena, cell), *to;

        if (!text)
                return COLUMN_NONE;
        text_fold_width(text);
        text = sheet_trim(text);
        to = text;
        for (const char *p = text; *p && *p != '('; p++)
                *to++ = *p;
        *to = 0;
        sheet_blanks_remove(text);
        for (const SheetWord *unit = sheet_area_units; unit->word; unit++)
                if (sheet_cut_end(text, unit->word))
                        break;
        const SheetWord *word = sheet_word(sheet_headings, text);
        return word ? (SheetColumn) word->value : COLUMN_NONE;
}

int sheet_heading_column(const SheetHeading *heading, SheetColumn column) {
        for (size_t i = 0; i < heading->n_columns; i++)
                if (heading->columns[i] == column)
                        return (int) i;
        return -1;
}

static bool heading_read(const SheetRow *row, Arena *arena, SheetHeading *ret) {
        size_t known = 0;

        ret->row = row;
        ret->n_columns = row->n_cells;
        for (size_t i = 0; i < row->n_cells; i++) {
                ret->columns[i] = heading_column(row->cells[i], arena);
                known += ret->columns[i] != COLUMN_NONE;
        }
        bool place = sheet_heading_column(ret, COLUMN_ROOM) >= 0 ||
                     sheet_heading_column(ret, COLUMN_ADDRESS) >= 0;
        return known >= HEADER_WORDS_MIN && place && sheet_heading_column(ret, COLUMN_COVERED) >= 0;
}

/* "示范花园楼盘表" over the header names the area: the only filled cell of its line, less the kind of list.
 */
static int title_read(const Sheet *sheet, Arena *arena, SheetHeading *heading) {
        heading->title = "";
        for (size_t i = 0; i < heading->at; i++) {
                const SheetRow *row = &sheet->rows[i];
                const char *only = NULL;
                size_t filled = 0;
                for (size_t c = 0; c < row->n_cells; c++)
                        if (*row->cells[c]) {
                                only = row->cells[c];
                                filled++;
                        }
                if (filled != 1)
                        continue;
                char *text = arena_strdup(arena, only);
                if (!text)
                        return -ENOMEM;
                text = sheet_trim(text);
                for (const SheetWord *end = sheet_title_ends; end->word; end++)
                        if (sheet_cut_end(text, end->word)) {
                                heading->title = sheet_trim(text);
                                return 0;
                        }
        }
        return 0;
}

int sheet_heading_find(const Sheet *sheet, Arena *arena, SheetHeading *ret) {
        for (size_t i = 0; i < sheet->n_rows && i < HEADER_LINES_MAX; i++)
                if (heading_read(&sheet->rows[i], arena, ret)) {
                        ret->at = i;
                        return title_read(sheet, arena, ret);
                }
        return -EMALFORMED_;
}

bool sheet_heading_repeated(const SheetHeading *heading, const SheetRow *row) {
        if (row->n_cells != heading->row->n_cells)
                return false;
        for (size_t i = 0; i < row->n_cells; i++)
                if (!text_equal(row->cells[i], heading->row->cells[i]))
                        return false;
        return true;
}
