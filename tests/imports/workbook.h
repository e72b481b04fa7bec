/* SPDX-License-Identifier: Apache-2.0 */
/* Writes small workbooks for tests, as Excel would: shared and inline strings, styles for days, merged
 * ranges. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include <node/text.h>

typedef enum WorkbookKind {
        WORKBOOK_TEXT,   /* shared string */
        WORKBOOK_INLINE, /* inline string */
        WORKBOOK_NUMBER,
        WORKBOOK_DAY,     /* number in a style that shows a day */
        WORKBOOK_FORMULA, /* with its stored result, a number */
        WORKBOOK_UNSTORED,
        WORKBOOK_FAULT, /* #REF! */
} WorkbookKind;

typedef struct WorkbookCell {
        WorkbookKind kind;
        const char *text; /* NULL or "": no cell */
} WorkbookCell;

typedef struct Workbook {
        Buffer sheet, strings, merges, before; /* before: a sheet of explanations, when not empty */
        size_t n_strings, n_rows;
        bool dates_1904;
} Workbook;

void workbook_begin(Workbook *workbook);
void workbook_row(Workbook *workbook, const WorkbookCell *cells, size_t n);
/* "A1:I1" */
void workbook_merge(Workbook *workbook, const char *range);
/* A first sheet with one line of text. */
void workbook_explain(Workbook *workbook, const char *text);
/* The file, at its beginning; frees the workbook. */
FILE *workbook_end(Workbook *workbook);
/* Days from 1899-12-30 (or 1904-01-01) to a day written 2026-01-05, as text. */
const char *workbook_day(const Workbook *workbook, const char *day, char ret[static 16]);
