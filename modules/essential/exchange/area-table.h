/* SPDX-License-Identifier: Apache-2.0 */
/* The file that brings surveyed areas: its words. */
#pragma once

#include <essential/sheet-text.h>

typedef enum AreaColumn {
        AREA_COLUMN_NONE = 0,
        AREA_COLUMN_CODE,
        AREA_COLUMN_AREA,
        AREA_COLUMN_BUILDING,
        AREA_COLUMN_UNIT,
        AREA_COLUMN_ROOM,
        AREA_COLUMN_COVERED,
        AREA_COLUMN_INNER,
        AREA_COLUMN_REPORT,
        AREA_COLUMNS,
} AreaColumn;

extern const SheetWord area_table_headings[];
extern const char *const area_table_fields[AREA_COLUMNS]; /* name of the field, for the preview */
extern const char area_table_label[];
extern const FindingText area_table_texts[];
