/* SPDX-License-Identifier: Apache-2.0 */
/* Where a sheet's header is and what each of its columns holds. */
#pragma once

#include "sheet-codes.h"

typedef struct SheetHeading {
        const SheetRow *row; /* the header line */
        size_t at;           /* its place in the sheet */
        SheetColumn columns[IMPORT_COLUMNS_MAX];
        size_t n_columns;
        const char *title; /* name of the area read out of a title line, or "" */
} SheetHeading;

/* -EMALFORMED_: no line of the first fifty looks like a header. -ENOMEM. */
int sheet_heading_find(const Sheet *sheet, Arena *arena, SheetHeading *ret) _must_check_;
/* Place of a column, or -1. */
int sheet_heading_column(const SheetHeading *heading, SheetColumn column);
/* A line that repeats the header, as at the top of each printed page. */
bool sheet_heading_repeated(const SheetHeading *heading, const SheetRow *row);
