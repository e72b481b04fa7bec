/* SPDX-License-Identifier: Apache-2.0 */
/* What goes over the pipe between the parse process and the node: same machine, same program, so plain
 * structs. First one SheetWireRow whose line is the SheetEncoding; then per row a SheetWireRow and its cells
 * (uint32_t size, uint32_t CellKind, bytes). A workbook has a row with SHEET_ROW_SHEET before each sheet: one cell, its
 * name. */
#pragma once

#include <stdint.h>

#include <node/importer.h>

enum { SHEET_IN_FD = 3, SHEET_OUT_FD = 4 };
enum { SHEET_EXIT_GOOD = 0, SHEET_EXIT_FAILED = 1, SHEET_EXIT_TOO_LARGE = 2, SHEET_EXIT_MALFORMED = 3 };
enum { SHEET_ROW_BAD_ENCODING = 1, SHEET_ROW_FAULT = 2, SHEET_ROW_SHEET = 4, SHEET_ROW_1904 = 8 };

typedef enum SheetEncoding { SHEET_UTF8, SHEET_GB18030, SHEET_XLSX, SHEET_ENCODINGS } SheetEncoding;

/* A byte that is no text becomes three; other bytes grow by half at most. */
#define SHEET_CELL_TEXT_MAX ((size_t) 3 * IMPORT_CELL_BYTES_MAX + 4)

typedef struct SheetWireRow {
        int64_t line;
        uint32_t n_cells, flags;
} SheetWireRow;
