/* SPDX-License-Identifier: Apache-2.0 */
/* The words of published lists of divisions and holidays. */
#pragma once

#include <essential/sheet-codes.h>

typedef enum DivisionColumn {
        DIVISION_CODE = 1,
        DIVISION_NAME,
        DIVISION_KIND,
        DIVISION_FROM,
        DIVISION_COLUMNS,
} DivisionColumn;

typedef enum CalendarColumn {
        CALENDAR_DAY = 1,
        CALENDAR_KIND,
        CALENDAR_NAME,
        CALENDAR_COLUMNS,
} CalendarColumn;

typedef enum CodeColumn {
        CODE_SET = 1,
        CODE_CODE,
        CODE_NAME,
        CODE_PARENT,
        CODE_EXTERNAL,
        CODE_FROM,
        CODE_TO,
        CODE_COLUMNS,
} CodeColumn;

extern const SheetWord code_headings[];
extern const char *const code_fields_taken[CODE_COLUMNS];
extern const FindingText code_texts[];
extern const char code_list_label[];
extern const SheetWord division_headings[], division_kind_words[];
extern const char *const division_fields_taken[DIVISION_COLUMNS];
extern const FindingText division_texts[];
extern const char division_list_label[];
extern const SheetWord calendar_headings[], calendar_kind_words[];
extern const char *const calendar_fields_taken[CALENDAR_COLUMNS];
extern const FindingText calendar_texts[];
extern const char calendar_list_label[];
