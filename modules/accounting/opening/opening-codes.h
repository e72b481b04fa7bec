/* SPDX-License-Identifier: Apache-2.0 */
/* The words of files of legacy balances. */
#pragma once

#include <essential/sheet-codes.h>

/* Columns that only such a file has, in the order of opening_fields. */
typedef enum OpeningColumn {
        COLUMN_DUE = SHEET_COLUMNS,
        COLUMN_PAID,
        COLUMN_MORE,
        COLUMN_RETURNS,
        COLUMN_USED,
        COLUMN_BALANCE,
        COLUMN_PAID_ON,
        COLUMN_BILL,
} OpeningColumn;
#define OPENING_AMOUNTS 6 /* the columns from COLUMN_DUE to COLUMN_BALANCE */

extern const SheetWord opening_headings[];
extern const char *const opening_fields[];
extern const FindingText opening_texts[];
extern const char opening_file_label[];
