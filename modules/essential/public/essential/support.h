/* SPDX-License-Identifier: Apache-2.0 */
/* Support data (4.3.1): banks of special accounts (4.2.4), administrative divisions (4.2.5A), days that are
 * not what their weekday says. */
#pragma once

#include <essential/calendar.h>
#include <essential/essential.h>

/* Stored numbers: the index of the name in the lists. Never change. */
typedef enum DivisionKind {
        DIVISION_OFFICIAL = 0,
        DIVISION_GROUPING = 1,    /* stands only so that the tree is complete */
        DIVISION_STATISTICAL = 2, /* development zones with a code of the statistics */
        DIVISION_LOCAL = 3,       /* a code of the office's own; no list ends it */
} DivisionKind;

extern const StateName essential_division_levels[], essential_division_kinds[], essential_day_kinds[];

typedef struct Bank {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/bank.def>
#undef FIELD
} Bank;

typedef struct Division {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/division.def>
#undef FIELD
} Division;

typedef struct CalendarDay {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <essential/calendar_day.def>
#undef FIELD
} CalendarDay;

typedef struct BankRemoving {
#define FIELD FIELD_MEMBER
#include <essential/bank_removing.def>
#undef FIELD
} BankRemoving;

extern const Record record_bank, record_division, record_calendar_day, record_bank_removing;
/* Before a bank is removed. Who still uses it refuses, and the bank stays. */
extern const Event essential_bank_removing;

/* The bank when it may be chosen; refuses essential.bank_removed. -ENOENT. */
int essential_bank_active(Request *q, Id id, const char *field, Bank *ret) _must_check_;
/* Whether the code stands in the register today; anything well-formed while the register is empty. Refuses
 * essential.division_invalid, essential.division_unknown. */
int essential_division_check(Request *q, const char *code, const char *field) _must_check_;
/* The calendar of the days [from, to], in q->arena. */
int essential_calendar_read(Request *q, Date from, Date to, WorkCalendar *ret) _must_check_;
/* The n-th working day after a day, by the office's calendar. n at most WORK_CALENDAR_STEPS_MAX. */
int essential_deadline(Request *q, Date from, int32_t working_days, Date *ret) _must_check_;
