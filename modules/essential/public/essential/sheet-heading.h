/* SPDX-License-Identifier: Apache-2.0 */
/* Where a sheet's header is and what each of its columns holds. */
#pragma once

#include <essential/sheet-codes.h>

typedef struct SheetWalk SheetWalk;

/* What one kind of file asks of its sheet. */
typedef struct SheetForm {
        const SheetWord *words;      /* headings of its own, tried before the shared ones; NULL */
        const SheetColumn *required; /* a line that lacks one is no header; ends with COLUMN_NONE */
        const char *const *own_fields; /* names of columns that only this kind of file has, for the preview */
        bool dwellings;   /* each row is about one dwelling: its key is read, and asked of the header */
        bool area_needed; /* a row without the name of an area is left out */
        const Record *item;
        /* Judges the row at hand by sheet_finding() and fills the item; a rejected item is not used. */
        int (*judge)(SheetWalk *walk, void *ret_item);
        int (*total)(SheetWalk *walk); /* a line that declares totals; NULL */
} SheetForm;

typedef struct SheetHeading {
        const SheetRow *row; /* the header line */
        size_t at;           /* its place in the sheet */
        SheetColumn columns[IMPORT_COLUMNS_MAX];
        size_t n_columns;
        const SheetForm *form;
        const char *title; /* name of the area read out of a title line, or "" */
} SheetHeading;

/* -EMALFORMED_: no line of the first fifty looks like a header. -ENOMEM. */
int sheet_heading_find(
        const Sheet *sheet, const SheetForm *form, Arena *arena, SheetHeading *ret) _must_check_;
/* Place of a column, or -1. */
int sheet_heading_column(const SheetHeading *heading, SheetColumn column);
/* A line that repeats the header, as at the top of each printed page. */
bool sheet_heading_repeated(const SheetHeading *heading, const SheetRow *row, Arena *arena);
