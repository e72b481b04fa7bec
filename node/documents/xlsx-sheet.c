/* SPDX-License-Identifier: Apache-2.0 */
/* One sheet into rows, in two readings: merged ranges stand behind the rows they are about, so the first
 * reading learns them and how wide the table is, and the second hands rows on. */

#include <stdlib.h>
#include <string.h>

#include <node/error.h>

#include "xlsx-book.h"
#include "xlsx-part.h"

typedef struct Merge {
        long first_row, last_row, first_column, last_column;
        char *text; /* of its first cell, once that row came by */
        size_t size;
        uint8_t kind;
} Merge;

typedef enum CellType { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_BOOLEAN, TYPE_ERROR, TYPE_DAY } CellType;

typedef struct Reading {
        const XlsxBook *book;
        XlsxReceiver *receiver; /* NULL in the first reading */
        Merge *merges;
        size_t n_merges, merges_capacity, next_merge;
        Merge *active[IMPORT_COLUMNS_MAX];
        size_t n_active;
        long width;
        /* the row at hand */
        long row, column;
        Buffer row_text;
        XlsxCell cells[IMPORT_COLUMNS_MAX]; /* text is an offset into row_text until the row ends */
        size_t offsets[IMPORT_COLUMNS_MAX];
        bool in_row;
        /* the cell at hand */
        Buffer text;
        CellType type;
        long style;
        bool in_cell, collecting, in_string, has_value, has_formula;
        int phonetic;
} Reading;

static CellType cell_type(const char *text) {
        static const struct {
                const char *name;
                CellType type;
        } types[] = { { "s", TYPE_SHARED }, { "inlineStr", TYPE_TEXT }, { "str", TYPE_TEXT },
                { "b", TYPE_BOOLEAN }, { "e", TYPE_ERROR }, { "d", TYPE_DAY } };

        for (size_t i = 0; text && i < ELEMENTSOF(types); i++)
                if (strcmp(types[i].name, text) == 0)
                        return types[i].type;
        return TYPE_NUMBER;
}

static int row_begin(Reading *reading, const char *const *attributes) {
        const char *text = xlsx_attribute(attributes, "r");
        long row = reading->row + 1;

        if (text && !xlsx_whole(text, strlen(text), &row))
                return -EMALFORMED_;
        if (reading->in_row || row <= reading->row || row > XLSX_ROW_MAX)
                return -EMALFORMED_;
        reading->row = row;
        reading->column = -1;
        reading->in_row = true;
        memset(reading->cells, 0, sizeof(reading->cells));
        buffer_reset(&reading->row_text);
        if (reading->receiver)
                reading->receiver->line = row;
        return 0;
}

static int cell_begin(Reading *reading, const char *const *attributes) {
        const char *text = xlsx_attribute(attributes, "r"), *style = xlsx_attribute(attributes, "s"), *end;
        long column = reading->column + 1, row = reading->row;

        if (text && (!xlsx_reference(text, &end, &column, &row) || *end || row != reading->row))
                return -EMALFORMED_;
        if (!reading->in_row || reading->in_cell || column <= reading->column)
                return -EMALFORMED_;
        reading->column = column;
        reading->style = 0;
        if (style && !xlsx_whole(style, strlen(style), &reading->style))
                return -EMALFORMED_;
        reading->type = cell_type(xlsx_attribute(attributes, "t"));
        reading->in_cell = true;
        reading->has_value = reading->has_formula = reading->in_string = reading->collecting = false;
        buffer_reset(&reading->text);
        return 0;
}

static int merge_add(Reading *reading, const char *const *attributes) {
        const char *text = xlsx_attribute(attributes, "ref"), *end;
        Merge merge = { 0 };

        if (reading->receiver)
                return 0;
        if (!text || !xlsx_reference(text, &end, &merge.first_column, &merge.first_row) || *end != ':' ||
                !xlsx_reference(end + 1, &end, &merge.last_column, &merge.last_row) || *end ||
                merge.first_row == 0 || merge.last_row < merge.first_row ||
                merge.last_column < merge.first_column)
                return -EMALFORMED_;
        if (merge.first_column >= IMPORT_COLUMNS_MAX)
                return 0;
        if (reading->n_merges == XLSX_MERGES_MAX)
                return -E2BIG;
        if (reading->n_merges == reading->merges_capacity) {
                size_t capacity = reading->merges_capacity ? 2 * reading->merges_capacity : 64;
                Merge *more = realloc(reading->merges, capacity * sizeof(Merge));
                if (!more)
                        return -ENOMEM;
                reading->merges = more;
                reading->merges_capacity = capacity;
        }
        reading->merges[reading->n_merges++] = merge;
        return 0;
}

static int sheet_start(void *data, const char *name, const char *const *attributes) {
        Reading *reading = data;

        if (strcmp(name, "row") == 0)
                return row_begin(reading, attributes);
        if (strcmp(name, "c") == 0)
                return cell_begin(reading, attributes);
        if (strcmp(name, "mergeCell") == 0)
                return merge_add(reading, attributes);
        if (!reading->in_cell)
                return 0;
        if (strcmp(name, "f") == 0)
                reading->has_formula = true;
        else if (strcmp(name, "is") == 0)
                reading->in_string = true;
        else if (strcmp(name, "rPh") == 0)
                reading->phonetic++;
        else if (strcmp(name, "v") == 0 ||
                 (strcmp(name, "t") == 0 && reading->in_string && !reading->phonetic))
                reading->collecting = reading->has_value = true;
        return 0;
}

static int sheet_text(void *data, const char *text, size_t size) {
        Reading *reading = data;

        if (!reading->collecting)
                return 0;
        buffer_append(&reading->text, text, size);
        return buffer_error(&reading->text);
}

/* What a number shows: a day where its style says so. */
static int number_value(Reading *reading, uint8_t *ret_kind) {
        char plain[XLSX_NUMBER_TEXT_MAX], day[XLSX_NUMBER_TEXT_MAX];
        const XlsxBook *book = reading->book;

        if (!xlsx_number_plain((const char *) reading->text.data, reading->text.size, plain))
                return -EMALFORMED_;
        bool dated = (size_t) reading->style < book->n_styles && book->style_is_date[reading->style] &&
                     xlsx_date_text(plain, book->dates_1904, day);
        *ret_kind = dated ? CELL_DATE : CELL_NUMBER;
        buffer_text(&reading->row_text, dated ? day : plain);
        return 0;
}

/* Appends the shown value to row_text. */
static int cell_value(Reading *reading, uint8_t *ret_kind) {
        const char *text = (const char *) reading->text.data, *string;
        size_t size = reading->text.size, string_size;
        long at;

        *ret_kind = CELL_TEXT;
        switch (reading->type) {
        case TYPE_NUMBER:
                return size == 0 ? 0 : number_value(reading, ret_kind);
        case TYPE_SHARED:
                if (size == 0)
                        return 0;
                if (!xlsx_whole(text, size, &at) ||
                        !xlsx_book_string(reading->book, at, &string, &string_size))
                        return -EMALFORMED_;
                buffer_append(&reading->row_text, string, string_size);
                return 0;
        case TYPE_TEXT:
                xlsx_text_append(&reading->row_text, text, size);
                return 0;
        case TYPE_BOOLEAN:
                buffer_text(&reading->row_text, size == 1 && *text == '1' ? "TRUE" : "FALSE");
                return 0;
        case TYPE_ERROR:
                *ret_kind = CELL_ERROR;
                buffer_append(&reading->row_text, text, size);
                return 0;
        case TYPE_DAY: /* 2026-01-05T00:00:00 */
                *ret_kind = CELL_DATE;
                buffer_append(&reading->row_text, text, size < 10 ? size : 10);
                return 0;
        }
        return -EMALFORMED_;
}

static int cell_end(Reading *reading) {
        long column = reading->column;
        size_t before = reading->row_text.size;
        uint8_t kind;

        reading->in_cell = false;
        bool text_result = reading->type == TYPE_TEXT && reading->has_value;
        int r = cell_value(reading, &kind);
        if (r == 0)
                r = buffer_error(&reading->row_text);
        if (r < 0)
                return r;
        size_t size = reading->row_text.size - before;
        if (reading->has_formula) {
                if (size == 0 && !text_result)
                        kind = CELL_NO_VALUE;
                kind |= CELL_FORMULA;
        }
        if (size == 0 && (kind & CELL_KIND) == CELL_TEXT)
                return 0;
        if (column >= IMPORT_COLUMNS_MAX || size > IMPORT_CELL_BYTES_MAX)
                return -E2BIG;
        reading->cells[column] = (XlsxCell){ .size = size, .kind = kind };
        reading->offsets[column] = before;
        if (column + 1 > reading->width)
                reading->width = column + 1;
        return 0;
}

static bool cell_empty(const XlsxCell *cell) {
        return cell->size == 0 && (cell->kind & CELL_KIND) != CELL_NO_VALUE;
}

static int merge_begin(Reading *reading, Merge *merge) {
        const XlsxCell *first = &reading->cells[merge->first_column];

        if (merge->last_row < reading->row || merge->first_row != reading->row || cell_empty(first))
                return 0;
        if (reading->n_active == IMPORT_COLUMNS_MAX)
                return -EMALFORMED_; /* ranges that lie on each other */
        merge->text = malloc(first->size + 1);
        if (!merge->text)
                return -ENOMEM;
        memcpy(merge->text, first->text, first->size);
        merge->size = first->size;
        merge->kind = first->kind & CELL_KIND;
        reading->active[reading->n_active++] = merge;
        return 0;
}

/* Cells of a merged range take the value of its first. */
static int merges_fill(Reading *reading) {
        size_t kept = 0;
        int r = 0;

        for (; r == 0 && reading->next_merge < reading->n_merges &&
                reading->merges[reading->next_merge].first_row <= reading->row;
                reading->next_merge++)
                r = merge_begin(reading, &reading->merges[reading->next_merge]);
        for (size_t i = 0; i < reading->n_active; i++) {
                Merge *merge = reading->active[i];
                if (merge->last_row < reading->row) {
                        free(merge->text);
                        merge->text = NULL;
                        continue;
                }
                reading->active[kept++] = merge;
                for (long c = merge->first_column; c <= merge->last_column && c < reading->width; c++)
                        if (cell_empty(&reading->cells[c]))
                                reading->cells[c] = (XlsxCell){ merge->text, merge->size, merge->kind };
        }
        reading->n_active = kept;
        return r;
}

static int row_end(Reading *reading) {
        bool empty = true;

        reading->in_row = false;
        if (!reading->receiver)
                return 0;
        for (long i = 0; i < reading->width; i++) {
                XlsxCell *cell = &reading->cells[i];
                cell->text = cell->size ? (const char *) reading->row_text.data + reading->offsets[i] : "";
        }
        int r = merges_fill(reading);
        for (long i = 0; i < reading->width; i++)
                empty = empty && cell_empty(&reading->cells[i]);
        if (r < 0 || empty)
                return r;
        return reading->receiver->row(
                reading->receiver->data, reading->row, reading->cells, (size_t) reading->width);
}

static int sheet_end(void *data, const char *name) {
        Reading *reading = data;

        if (strcmp(name, "row") == 0)
                return reading->in_row && !reading->in_cell ? row_end(reading) : -EMALFORMED_;
        if (strcmp(name, "c") == 0)
                return reading->in_cell ? cell_end(reading) : -EMALFORMED_;
        if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
                reading->collecting = false;
        else if (strcmp(name, "is") == 0)
                reading->in_string = false;
        else if (strcmp(name, "rPh") == 0 && reading->phonetic > 0)
                reading->phonetic--;
        return 0;
}

static int merge_compare(const void *a, const void *b) {
        const Merge *left = a, *right = b;

        return left->first_row < right->first_row         ? -1
               : left->first_row > right->first_row       ? 1
               : left->first_column < right->first_column ? -1
                                                          : left->first_column > right->first_column;
}

int xlsx_sheet_read(
        const XlsxParts *parts, const XlsxBook *book, const XlsxSheet *sheet, XlsxReceiver *receiver) {
        static const XlsxEvents events = { sheet_start, sheet_end, sheet_text };
        Reading *reading = calloc(1, sizeof(Reading));

        if (!reading)
                return -ENOMEM;
        reading->book = book;
        reading->text.size_max = reading->row_text.size_max = IMPORT_FILE_BYTES_MAX;
        int r = xlsx_part_read(parts, sheet->part, &events, reading);
        if (r == 0) {
                if (reading->n_merges)
                        qsort(reading->merges, reading->n_merges, sizeof(Merge), merge_compare);
                reading->receiver = receiver;
                reading->row = 0;
                reading->in_row = reading->in_cell = false;
                r = receiver->sheet(receiver->data, sheet->name, book->dates_1904);
        }
        if (r == 0)
                r = xlsx_part_read(parts, sheet->part, &events, reading);
        if (r < 0)
                receiver->line = reading->row;
        for (size_t i = 0; i < reading->n_merges; i++)
                free(reading->merges[i].text);
        free(reading->merges);
        buffer_done(&reading->text);
        buffer_done(&reading->row_text);
        free(reading);
        return r == -ENOENT ? -EMALFORMED_ : r;
}

int xlsx_read(const XlsxParts *parts, XlsxReceiver *receiver) {
        XlsxBook *book = malloc(sizeof(XlsxBook));

        if (!book)
                return -ENOMEM;
        int r = xlsx_book_read(parts, book);
        size_t read = 0;
        for (int hidden = 0; hidden < 2; hidden++)
                for (size_t i = 0; r == 0 && i < book->n_sheets; i++)
                        if (book->sheets[i].hidden == hidden && *book->sheets[i].part) {
                                r = xlsx_sheet_read(parts, book, &book->sheets[i], receiver);
                                read++;
                        }
        if (r == 0 && read == 0)
                r = -EMALFORMED_;
        xlsx_book_done(book);
        free(book);
        return r;
}
