/* SPDX-License-Identifier: Apache-2.0 */
/* The table of a year's holidays and the days worked instead, as announced; the rules of counting are in
 * work-calendar.c. */

#include <node/date.h>

#include "support-query.h"
#include "support-records.h"

#define REASON_LIST "calendar list"

int essential_calendar_read(Request *q, Date from, Date to, WorkCalendar *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        WorkDay *days = ARENA_ARRAY(q->arena, WorkDay, CALENDAR_DAYS_MAX);
        size_t n = 0;

        if (!days)
                return -ENOMEM;
        int r = tx_query(q->tx, &essential_calendar_days,
                SQL_ARGS(value_integer(q->office), value_integer(from.ymd), value_integer(to.ymd),
                        value_integer(CALENDAR_DAYS_MAX)),
                &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0)
                days[n++] =
                        (WorkDay){ { (int32_t) rows_integer(rows, 0) }, (DayKind) rows_integer(rows, 1) };
        if (r < 0)
                return r;
        *ret = (WorkCalendar){ days, n };
        return 0;
}

int essential_deadline(Request *q, Date from, int32_t working_days, Date *ret) {
        int32_t reach = (working_days < 0 ? -working_days : working_days) * 2 + 60;
        WorkCalendar calendar;

        if (!date_valid(from) || working_days > WORK_CALENDAR_STEPS_MAX ||
                working_days < -WORK_CALENDAR_STEPS_MAX)
                return -EINVAL;
        int r = essential_calendar_read(
                q, date_add_days(from, -reach), date_add_days(from, reach), &calendar);
        return r < 0 ? r : working_days_add(&calendar, from, working_days, ret);
}

static int day_find(Request *q, Date day, CalendarDay *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, &essential_calendar_day_at,
                SQL_ARGS(value_integer(q->office), value_integer(day.ymd)), &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        return record_from_rows(&record_calendar_day, rows, q->arena, ret);
}

static int day_check(Request *q, Date day) {
        char text[DATE_TEXT_MAX];

        if (date_year(day) >= 2000 && date_year(day) <= 2099)
                return 0;
        date_format(day, text);
        return refuse(q, "essential.calendar_day_year", "day", text, NULL);
}

typedef enum DayChange { DAY_MADE, DAY_CHANGED, DAY_SAME } DayChange;

static int day_set(Request *q, const CalendarDay *wanted, bool apply, const char *reason, Id *ret,
        DayChange *ret_change) {
        CalendarDay day = { 0 };
        int r = day_check(q, wanted->day);

        if (r == 0)
                r = day_find(q, wanted->day, &day);
        if (r < 0 && r != -ENOENT)
                return r;
        if (r == -ENOENT) {
                day = *wanted;
                *ret_change = DAY_MADE;
                r = apply ? record_insert(q, &record_calendar_day, &day) : 0;
        } else if (day.kind != wanted->kind || !text_equal(day.name, wanted->name)) {
                day.kind = wanted->kind;
                day.name = wanted->name;
                *ret_change = DAY_CHANGED;
                r = apply ? record_update(q, &record_calendar_day, &day, reason) : 0;
        } else
                *ret_change = DAY_SAME;
        *ret = day.head.id;
        return r;
}

int run_set_calendar_day(Request *q, const void *input, void *ret_output) {
        const SetCalendarDay *in = input;
        const CalendarDay wanted = { .day = in->day, .kind = in->kind, .name = in->name ? in->name : "" };
        DayChange change;
        Id id;
        int r = day_set(q, &wanted, true, in->reason, &id, &change);

        if (r == 0)
                *(Created *) ret_output = (Created){ .id = id };
        return r;
}

static int table_take(Request *q, const CalendarTable *table, bool apply, ListResult *ret) {
        const CalendarRow *rows = table->rows.rows;
        ListResult result = { 0 };
        int r = list_rows_check(q, table->rows.n, CALENDAR_TABLE_ROWS_MAX);

        for (size_t i = 0; r == 0 && i < table->rows.n; i++) {
                const CalendarDay wanted = {
                        .day = rows[i].day, .kind = rows[i].kind, .name = rows[i].name ? rows[i].name : ""
                };
                DayChange change;
                Id id;
                r = day_set(q, &wanted, apply, REASON_LIST, &id, &change);
                if (r < 0)
                        return r;
                result.rows_created += change == DAY_MADE;
                result.rows_changed += change == DAY_CHANGED;
                result.rows_unchanged += change == DAY_SAME;
        }
        if (r == 0)
                *ret = result;
        return r;
}

int run_import_calendar(Request *q, const void *input, void *ret_output) {
        return table_take(q, input, true, ret_output);
}

int run_try_calendar(Request *q, const void *input, void *ret_output) {
        return table_take(q, input, false, ret_output);
}
