/* SPDX-License-Identifier: Apache-2.0 */
/* Why: every deadline counts working days, and what a working day is is data. */

#include <errno.h>

#include <essential/calendar.h>

#include <node/date.h>

#define DATE_FIRST 19000101
#define DATE_LAST 21991231

int weekday(Date day) {
        int days = date_days_between((Date){ DATE_FIRST }, day); /* a Monday */

        return (days + 1) % 7;
}

static const WorkDay *entry_find(const WorkCalendar *calendar, Date day) {
        size_t from = 0, to = calendar->n;

        while (from < to) {
                size_t middle = from + (to - from) / 2;
                if (calendar->days[middle].day.ymd < day.ymd)
                        from = middle + 1;
                else
                        to = middle;
        }
        return from < calendar->n && calendar->days[from].day.ymd == day.ymd ? &calendar->days[from] : NULL;
}

bool working_day(const WorkCalendar *calendar, Date day) {
        const WorkDay *entry = entry_find(calendar, day);
        int at = weekday(day);

        if (entry && entry->kind != DAY_ORDINARY)
                return entry->kind == DAY_WORKED;
        return at != 0 && at != 6;
}

int working_days_add(const WorkCalendar *calendar, Date day, int32_t n, Date *ret) {
        int32_t step = n < 0 ? -1 : 1;

        if (!date_valid(day))
                return -EINVAL;
        if (n > WORK_CALENDAR_STEPS_MAX || n < -WORK_CALENDAR_STEPS_MAX)
                return -ERANGE;
        while (n != 0) {
                if (day.ymd == (step > 0 ? DATE_LAST : DATE_FIRST))
                        return -ERANGE;
                day = date_add_days(day, step);
                if (working_day(calendar, day))
                        n -= step;
        }
        *ret = day;
        return 0;
}

int32_t working_days_between(const WorkCalendar *calendar, Date a, Date b) {
        int32_t days = 0;

        if (b.ymd < a.ymd)
                return -working_days_between(calendar, b, a);
        while (a.ymd < b.ymd) {
                a = date_add_days(a, 1);
                days += working_day(calendar, a);
        }
        return days;
}

bool calendar_year_known(const WorkCalendar *calendar, int year) {
        for (size_t i = 0; i < calendar->n; i++)
                if (date_year(calendar->days[i].day) == year)
                        return true;
        return false;
}
