/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated files as Chinese offices write them: RFC 4180 with LF or CRLF, BOM, UTF-8 or GB18030. */
#pragma once

#include <node/importer.h>
#include <node/text.h>

typedef enum CsvEncoding { CSV_UTF8, CSV_GB18030 } CsvEncoding;

/* UTF-8 unless more lines are broken in it than in GB18030. Sees the whole file. */
CsvEncoding csv_encoding(Bytes file);

/* One record: raw bytes of its cells, quotes undone. -E2BIG: more columns or a longer cell than allowed. */
typedef struct CsvRecord {
        int64_t line;
        size_t n_cells;
        Bytes cells[IMPORT_COLUMNS_MAX];
} CsvRecord;

typedef struct CsvReader {
        Bytes rest;
        int64_t line;
        uint8_t *scratch; /* as large as the longest record */
        size_t scratch_size;
} CsvReader;

/* 1 with a record, 0 at the end, -E2BIG with ret->line naming the record that passes a limit. A quote that
 * never closes ends at the end of the line it began on, so that one slip cannot swallow the file. Delimiter
 * bytes never occur inside a GB18030 character, so splitting goes before decoding. */
int csv_next(CsvReader *reader, CsvRecord *ret) _must_check_;
