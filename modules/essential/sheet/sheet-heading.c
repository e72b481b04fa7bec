/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the header by its words, wherever offices put it. */

#include <string.h>

#include <node/error.h>
#include <node/text.h>

#include <essential/sheet-heading.h>
#include <essential/sheet-text.h>

#define HEADER_LINES_MAX 50
#define HEADER_WORDS_MIN 3

/* The heading without blanks and without a unit in brackets. */
static SheetColumn heading_column(const char *cell, const SheetForm *form, Arena *arena) {
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
        const SheetWord *word = form->words ? sheet_word(form->words, text) : NULL;
        if (!word)
                word = sheet_word(sheet_headings, text);
        return word ? (SheetColumn) word->value : COLUMN_NONE;
}

int sheet_heading_column(const SheetHeading *heading, SheetColumn column) {
        for (size_t i = 0; i < heading->n_columns; i++)
                if (heading->columns[i] == column)
                        return (int) i;
        return -1;
}

static bool heading_read(const SheetRow *row, const SheetForm *form, Arena *arena, SheetHeading *ret) {
        size_t known = 0;

        ret->row = row;
        ret->form = form;
        ret->n_columns = row->n_cells;
        for (size_t i = 0; i < row->n_cells; i++) {
                ret->columns[i] = heading_column(row->cells[i], form, arena);
                known += ret->columns[i] != COLUMN_NONE;
        }
        bool place = !form->dwellings || sheet_heading_column(ret, COLUMN_ROOM) >= 0 ||
                     sheet_heading_column(ret, COLUMN_ADDRESS) >= 0;
        for (const SheetColumn *column = form->required; *column != COLUMN_NONE; column++)
                place = place && sheet_heading_column(ret, *column) >= 0;
        return known >= HEADER_WORDS_MIN && place;
}

/* The one text of a line, or NULL; a merged range says it in each of its cells. */
static const char *line_only(const SheetRow *row) {
        const char *only = NULL;

        for (size_t c = 0; c < row->n_cells; c++) {
                if (!*row->cells[c])
                        continue;
                if (only && strcmp(only, row->cells[c]) != 0)
                        return NULL;
                only = row->cells[c];
        }
        return only;
}

/* The area's name out of a line over the header: a title less the kind of list it is, or what stands behind
 * the words that announce it. */
static char *title_name(char *text) {
        const SheetWord *start = sheet_word_start(sheet_title_starts, text);

        if (start)
                return sheet_trim(text + strlen(start->word));
        for (const SheetWord *end = sheet_title_ends; end->word; end++)
                if (sheet_cut_end(text, end->word))
                        return sheet_trim(text);
        return NULL;
}

static int title_read(const Sheet *sheet, Arena *arena, SheetHeading *heading) {
        heading->title = "";
        for (size_t i = 0; i < heading->at; i++) {
                const char *only = line_only(&sheet->rows[i]);
                char *text = only ? arena_strdup(arena, only) : NULL;
                if (only && !text)
                        return -ENOMEM;
                char *name = text ? title_name(sheet_trim(text)) : NULL;
                if (name && *name) {
                        heading->title = name;
                        return 0;
                }
        }
        return 0;
}

int sheet_heading_find(const Sheet *sheet, const SheetForm *form, Arena *arena, SheetHeading *ret) {
        for (size_t i = 0; i < sheet->n_rows && i < HEADER_LINES_MAX; i++)
                if (heading_read(&sheet->rows[i], form, arena, ret)) {
                        ret->at = i;
                        return title_read(sheet, arena, ret);
                }
        return -EMALFORMED_;
}

bool sheet_heading_repeated(const SheetHeading *heading, const SheetRow *row, Arena *arena) {
        if (row->n_cells < heading->row->n_cells)
                return false;
        for (size_t i = 0; i < heading->n_columns; i++)
                if (heading->columns[i] != heading_column(row->cells[i], heading->form, arena) ||
                        (heading->columns[i] == COLUMN_NONE &&
                                !text_equal(row->cells[i], heading->row->cells[i])))
                        return false;
        return true;
}
