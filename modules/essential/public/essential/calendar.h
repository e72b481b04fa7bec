/* SPDX-License-Identifier: Apache-2.0 */
/* Working days (domain 0.1 item 10): weekdays, less the holidays, plus the days worked instead. Pure: the
 * days that differ from their weekday are given. */
#pragma once

#include <node/macro.h>
#include <node/types.h>

#define WORK_CALENDAR_STEPS_MAX 2000 /* working days of one count: about eight years */

typedef enum DayKind {
        DAY_HOLIDAY = 0,
        DAY_WORKED = 1,   /* a weekend day worked instead (adjusted) */
        DAY_ORDINARY = 2, /* as its weekday says: an entry taken back */
} DayKind;

typedef struct WorkDay {
        Date day;
        DayKind kind;
} WorkDay;

typedef struct WorkCalendar {
        const WorkDay *days; /* ascending, each day once */
        size_t n;
} WorkCalendar;

/* 0 Sunday to 6 Saturday. */
int weekday(Date day);
bool working_day(const WorkCalendar *calendar, Date day);
/* The n-th working day after a day, before it when n is negative; 0 gives the day itself, working or not.
 * -EINVAL: no such day. -ERANGE: more than WORK_CALENDAR_STEPS_MAX, or past the years that dates have. */
int working_days_add(const WorkCalendar *calendar, Date day, int32_t n, Date *ret) _must_check_;
/* Working days after a, up to and with b; negative when b is earlier. The inverse of working_days_add where
 * b is a working day. Both valid. */
int32_t working_days_between(const WorkCalendar *calendar, Date a, Date b);
/* Whether the year's table is there: without one only weekends are known. */
bool calendar_year_known(const WorkCalendar *calendar, int year);
