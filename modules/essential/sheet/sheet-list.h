/* SPDX-License-Identifier: Apache-2.0 */
/* A plain list in a file: one heading line, one row a thing. What the importers of lists share; each brings
 * its words and judges its rows. */
#pragma once

#include <essential/sheet-codes.h>

#define LIST_COLUMN_IGNORED 0 /* known, and not taken */
#define LIST_COLUMNS_MAX 16

typedef struct SheetList {
        /* given */
        const Sheet *sheet;
        Arena *arena;
        const SheetWord
                *headings; /* heading without blanks and brackets -> column, from 1; LIST_COLUMN_IGNORED */
        const char *const *fields; /* column -> name of the field, for the preview */
        unsigned required;         /* columns (1u << column) that make a line the heading */
        size_t item_size;
        /* found */
        int columns[IMPORT_COLUMNS_MAX]; /* -1 unknown */
        size_t n_columns, at;            /* at: the row at hand */
        const SheetRow *heading;
        bool rejected; /* the row at hand */
        ImportResult result;
        Finding *findings;
        size_t findings_capacity;
        int64_t *lines;
} SheetList;

/* Finds the heading and makes room for items. -EMALFORMED_, -ENOMEM. */
int sheet_list_open(SheetList *list) _must_check_;
/* To the next row that says something: 1, or 0 at the end. Rows that are no rows are rejected on the way.
 * -ENOMEM. */
int sheet_list_next(SheetList *list) _must_check_;
/* The text of a column, trimmed, a copy; "" where the file has none. NULL: no memory. Names keep their
 * full-width marks. */
char *sheet_list_text(const SheetList *list, int column);
/* The same, half-width: codes, dates, words of a dictionary. */
char *sheet_list_cell(const SheetList *list, int column);
/* Once for all that is wrong with the row at hand. -ENOMEM. */
int sheet_list_reject(SheetList *list, const char *code, int column) _must_check_;
int sheet_list_warn(SheetList *list, const char *code, int column) _must_check_;
/* Takes the row at hand, unless it was rejected. The item is copied. */
void sheet_list_take(SheetList *list, const void *item);
/* -ENOMEM. */
int sheet_list_close(SheetList *list, ImportResult *ret) _must_check_;
