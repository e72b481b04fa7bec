/* SPDX-License-Identifier: Apache-2.0 */
/* Support data: the inputs of its commands. */
#pragma once

#include <essential/support.h>

#include "../housing/housing-records.h"
#include "list-records.h"

/* Bounded by the chain's body (CHAIN_BODY_BYTES_MAX). */
#define DIVISION_TABLE_ROWS_MAX 50
#define DIVISION_ENDS_MAX LIST_NOTES_MAX /* more at once is rather a file with rows missing */
#define CALENDAR_TABLE_ROWS_MAX 100
#define CODE_TABLE_ROWS_MAX 100
#define CALENDAR_DAYS_MAX 4000 /* about thirty a year */

typedef struct CodeEntry {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/code_entry.def>
#undef FIELD
} CodeEntry;

#define FIELD FIELD_MEMBER
typedef struct AddBank {
#include "add_bank.def"
} AddBank;
typedef struct ChangeBank {
#include "change_bank.def"
} ChangeBank;
typedef struct DeleteBank {
#include "delete_bank.def"
} DeleteBank;
typedef struct AddDivision {
#include "add_division.def"
} AddDivision;
typedef struct ChangeDivision {
#include "change_division.def"
} ChangeDivision;
typedef struct CancelDivision {
#include "cancel_division.def"
} CancelDivision;
typedef struct SucceedDivision {
#include "succeed_division.def"
} SucceedDivision;
typedef struct DivisionRow {
#include "division_row.def"
} DivisionRow;
typedef struct DivisionTable {
#include "division_table.def"
} DivisionTable;
typedef struct SetCalendarDay {
#include "set_calendar_day.def"
} SetCalendarDay;
typedef struct CalendarRow {
#include "calendar_row.def"
} CalendarRow;
typedef struct CalendarTable {
#include "calendar_table.def"
} CalendarTable;
typedef struct AddCode {
#include "add_code.def"
} AddCode;
typedef struct ChangeCode {
#include "change_code.def"
} ChangeCode;
typedef struct CodeRow {
#include "code_row.def"
} CodeRow;
typedef struct CodeTable {
#include "code_table.def"
} CodeTable;
#undef FIELD

/* --- support-records.c --- */
#define RECORD(variable) extern const Record record_##variable;
#include "records.def"
#undef RECORD

/* --- bank.c, division.c, division-table.c, calendar-command.c, code-command.c --- */
#define COMMAND(variable, ...)                                                                              \
        int run_##variable(Request *q, const void *input, void *ret_output);                                \
        extern const Command essential_##variable;
#include "commands.def"
#undef COMMAND

/* --- support-view.c --- */
#define VIEW(variable) extern const View view_##variable;
#include "views.def"
#undef VIEW

/* --- division-sheet.c, calendar-sheet.c, code-sheet.c: the files that bring lists --- */
extern const Importer essential_division_list, essential_calendar_list, essential_code_list;

/* --- division.c: shared with the import --- */
/* The row of a code that is not ended; -ENOENT. */
int division_current(Request *q, const char *code, Division *ret) _must_check_;
/* A code is held by one row on any day: a row begins where the last one has ended, today where nothing is said. Refuses
 * essential.division_held. */
int division_begin_check(Request *q, const char *code, Date *from) _must_check_;
/* All rows of a query on divisions, in q->arena; refuses essential.divisions_many beyond DIVISION_ENDS_MAX.
 */
int divisions_read(Request *q, const Query *query, const Value *args, size_t n_args, Division **ret,
        size_t *ret_n) _must_check_;
/* Those below that are not ended, whatever their level; local codes too. */
int divisions_below(Request *q, const Division *division, Division **ret, size_t *ret_n) _must_check_;
int division_end(Request *q, Division *division, Date day, const char *reason) _must_check_;
/* A new row of the same code under another name, the old one ended and tied to it. */
int division_rename(Request *q, Division *old, const char *name, Date day, const char *reason,
        Division *ret) _must_check_;
