/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of an exported list as CSV or as the sheet of a workbook: the same cells, each in its own form. */
#pragma once

#include <internal/engine.h>
#include <node/text.h>

typedef enum SheetForm { SHEET_CSV, SHEET_XLSX } SheetForm;

typedef struct ExportSheet {
        SheetForm form;
        Buffer buffer; /* flushed by whoever writes */
        int64_t rows;  /* begun so far */
        size_t cells;  /* of the row at hand */
} ExportSheet;

void cells_begin(ExportSheet *sheet);
void cells_end(ExportSheet *sheet);
void cells_row_begin(ExportSheet *sheet);
void cells_row_end(ExportSheet *sheet);
/* Head cells and those of the foot. */
void cells_label(ExportSheet *sheet, const char *text);
/* Never run or rounded by a spreadsheet. */
void cells_text(ExportSheet *sheet, const char *text);
/* MONEY, AREA, RATE, INSTANT, INTEGER; exact whatever the size. */
void cells_number(ExportSheet *sheet, FieldKind kind, int64_t number);
void cells_date(ExportSheet *sheet, const char *text);
void cells_empty(ExportSheet *sheet);
/* As people read it; the same text that a sheet shows. */
#define SHEET_NUMBER_MAX 64
void cells_number_format(FieldKind kind, int64_t number, char ret[static SHEET_NUMBER_MAX]);

/* A workbook around the sheet that lies in sheet_fd: -EIO, -ENOMEM. name is the sheet's. */
int workbook_write(int sheet_fd, int64_t sheet_bytes, int workbook_fd, const char *header) _must_check_;
