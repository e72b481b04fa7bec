/* SPDX-License-Identifier: Apache-2.0 */
/* Workbooks as Excel and WPS write them (ECMA-376), read for their values only: no formula is computed,
 * nothing is written. Every part of the archive is a stream of XML whose size nobody promises; every limit
 * is here. */
#pragma once

#include <node/importer.h>
#include <node/text.h>

#define XLSX_ENTRIES_MAX 4096
#define XLSX_UNPACKED_BYTES_MAX ((int64_t) 1 << 30)
#define XLSX_RATIO_MAX 200 /* unpacked to packed; a sheet is read twice and counts twice */
#define XLSX_RATIO_FREE_BYTES ((int64_t) 16 << 20)
#define XLSX_SHEETS_MAX 64
#define XLSX_STYLES_MAX 65536
#define XLSX_STRINGS_MAX 2000000
#define XLSX_STRING_BYTES_MAX ((size_t) 192 << 20)
#define XLSX_MERGES_MAX 65536
#define XLSX_DEPTH_MAX 64
#define XLSX_ROW_MAX 1048576

/* Takes the bytes of a part as they come; a negative result ends the reading. */
typedef int (*XlsxSink)(void *data, const void *bytes, size_t size);

/* Where parts come from: an archive, or a fuzzer's bytes. -ENOENT: no such part; -EMALFORMED_, -E2BIG. */
typedef struct XlsxParts {
        int (*read)(void *data, const char *name, XlsxSink sink, void *sink_data);
        void *data;
        unsigned long salt; /* of expat's tables: drawn before rights are dropped, not 0 */
} XlsxParts;

typedef struct XlsxCell {
        const char *text; /* UTF-8, not ended by NUL */
        size_t size;
        uint8_t kind; /* CellKind */
} XlsxCell;

typedef struct XlsxReceiver {
        int (*sheet)(void *data, const char *name, bool dates_1904);
        int (*row)(void *data, int64_t line, const XlsxCell *cells, size_t n);
        void *data;
        int64_t line; /* row at hand, for whoever tells where a limit was passed */
} XlsxReceiver;

/* Sheets that are shown first, then hidden ones; empty rows are left out, the others are equally long.
 * -EMALFORMED_: no workbook, or one with a DOCTYPE; -E2BIG: a limit; -ENOMEM. */
int xlsx_read(const XlsxParts *parts, XlsxReceiver *receiver) _must_check_;

/* --- xlsx-zip.c --- */
typedef struct XlsxZip {
        Bytes file;
        int64_t unpacked;
} XlsxZip;
bool xlsx_is_zip(Bytes file);
/* XlsxParts.read over an XlsxZip. */
int xlsx_zip_read(void *zip, const char *name, XlsxSink sink, void *sink_data) _must_check_;

/* --- xlsx-number.c: pure --- */
#define XLSX_NUMBER_TEXT_MAX 96
/* "9.9E+17" -> "990000000000000000", "84.820" -> "84.82". False: no number, or too long to write out. */
bool xlsx_number_plain(const char *text, size_t size, char ret[static XLSX_NUMBER_TEXT_MAX]);
/* Days of a plain number as "2026-01-05"; fractions of a day are dropped. False: no day of 1900 to 2199. */
bool xlsx_date_text(const char *plain, bool dates_1904, char ret[static XLSX_NUMBER_TEXT_MAX]);
/* Whether a number format shows a day: built-in by number, others by their letters. */
bool xlsx_format_is_date(long id, const char *code);
/* "AB12" -> column 27, row 12; each from 0 and 1. Row 0 where there is none. False: no reference. */
bool xlsx_reference(const char *text, const char **ret_end, long *ret_column, long *ret_row);
