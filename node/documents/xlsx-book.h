/* SPDX-License-Identifier: Apache-2.0 */
/* What all sheets of a workbook share: their list, the strings, which styles show a day. */
#pragma once

#include "xlsx.h"

#define XLSX_NAME_BYTES_MAX 256

typedef struct XlsxSheet {
        char name[XLSX_NAME_BYTES_MAX], relation[64], part[XLSX_NAME_BYTES_MAX];
        bool hidden;
} XlsxSheet;

typedef struct XlsxBook {
        XlsxSheet sheets[XLSX_SHEETS_MAX];
        size_t n_sheets;
        bool dates_1904;
        char strings_part[XLSX_NAME_BYTES_MAX], styles_part[XLSX_NAME_BYTES_MAX];
        Buffer string_bytes;
        size_t *string_ends, n_strings, strings_capacity;
        bool *style_is_date;
        size_t n_styles;
} XlsxBook;

/* *ret is to be given to xlsx_book_done() on failure too. */
int xlsx_book_read(const XlsxParts *parts, XlsxBook *ret) _must_check_;
void xlsx_book_done(XlsxBook *book);
/* False: no such string. */
bool xlsx_book_string(const XlsxBook *book, long at, const char **ret, size_t *ret_size);

/* --- xlsx-sheet.c --- */
int xlsx_sheet_read(const XlsxParts *parts, const XlsxBook *book, const XlsxSheet *sheet,
        XlsxReceiver *receiver) _must_check_;
