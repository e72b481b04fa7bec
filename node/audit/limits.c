/* SPDX-License-Identifier: Apache-2.0 */
/* What is unusual: work outside the office's hours and on its days off, more rows taken away in an hour than it thinks
 * right. The limits are settings of the office, holidays and days worked instead are its calendar's (Module.calendar);
 * both are read at most once a minute. */

#include <assert.h>
#include <string.h>

#include <internal/log.h>
#include <node/date.h>

#include "audit-private.h"

#define LIMITS_EVERY_MS INT64_C(60000)
#define HOUR_MS INT64_C(3600000)

int run_limits(Request *q, const void *input, void *ret_output) {
        Limits *limits = ret_output;

        int r = setting_integer(q, &audit_settings[SETTING_WORK_BEGIN], &limits->work_begin);
        if (r == 0)
                r = setting_integer(q, &audit_settings[SETTING_WORK_END], &limits->work_end);
        if (r == 0)
                r = setting_integer(q, &audit_settings[SETTING_WORK_DAYS], &limits->work_days);
        return r < 0 ? r : setting_integer(q, &audit_settings[SETTING_EXPORT_ROWS], &limits->export_rows);
}

/* The standard when they cannot be read: a broken setting must not silence the watch. */
Limits limits_standard(void) {
        Limits limits;
        int64_t *const numbers[] = { [SETTING_WORK_BEGIN] = &limits.work_begin,
                [SETTING_WORK_END] = &limits.work_end,
                [SETTING_WORK_DAYS] = &limits.work_days,
                [SETTING_EXPORT_ROWS] = &limits.export_rows };

        for (size_t i = 0; i < ELEMENTSOF(numbers); i++) {
                int r = integer_parse(audit_settings[i].standard, numbers[i]);
                assert(r == 0);
        }
        return limits;
}

/* The office's place; else an empty one, or that which was read longest ago. Under the mutex. */
static OfficeLimits *limits_place(Audit *audit, int64_t office) {
        OfficeLimits *place = &audit->limits[0];

        for (size_t i = 0; i < OFFICE_LIMITS; i++) {
                if (audit->limits[i].read_ms != 0 && audit->limits[i].office == office)
                        return &audit->limits[i];
                if (audit->limits[i].read_ms < place->read_ms)
                        place = &audit->limits[i];
        }
        *place = (OfficeLimits){ .office = office, .limits = limits_standard() };
        return place;
}

/* Where no calendar is kept, or it cannot be read, a day is what its weekday says. */
static DayRule day_rule(const Engine *engine, int64_t office, Date day) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        const Query *query = registry_calendar(engine->registry);
        Store *store = engine->stores[STORE_BUSINESS];
        int64_t worked;

        int r = query && store ? store_read_begin(store, &tx) : -ENOENT;
        if (r == 0)
                r = tx_integer(tx, query, SQL_ARGS(value_integer(office), value_integer(day.ymd)), &worked);
        if (r < 0 && r != -ENOENT)
                log_warning("audit: the calendar of working days could not be read");
        return r < 0 ? DAY_AS_WEEK : worked ? DAY_WORKED_INSTEAD : DAY_OFF;
}

OfficeLimits limits_now(Audit *audit, int64_t office) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 16);
        const Clock *clock = audit->engine->clock;
        int64_t now = clock->monotonic_ms(clock->data);
        Date today = date_of_instant(clock_now(clock));
        Caller caller = { .office = office };
        Reply reply = { 0 };

        pthread_mutex_lock(&audit->mutex);
        OfficeLimits *place = limits_place(audit, office);
        bool fresh = place->read_ms && now - place->read_ms < LIMITS_EVERY_MS && place->day.ymd == today.ymd;
        if (!fresh) {
                place->rule = place->day.ymd == today.ymd ? place->rule : DAY_AS_WEEK;
                place->day = today;
                place->read_ms = now;
        }
        OfficeLimits known = *place;
        pthread_mutex_unlock(&audit->mutex);
        if (fresh || !arena)
                return known;
        command_execute(audit->engine, &caller, &command_limits, NULL, arena, &reply);
        known.limits = reply.result == 0 && reply.output ? *(Limits *) reply.output : limits_standard();
        known.rule = day_rule(audit->engine, office, today);
        pthread_mutex_lock(&audit->mutex);
        place = limits_place(audit, office); /* it may be another's by now */
        *place = known;
        pthread_mutex_unlock(&audit->mutex);
        return known;
}

/* 1970-01-01 was a Thursday; days of UTC+8. Monday is 1. */
bool limits_off_hours(const OfficeLimits *known, Instant now) {
        const Limits *limits = &known->limits;
        int64_t local = now.ms / 60000 + 8 * 60, day = local / 1440, minute = local % 1440;
        int64_t clock = minute / 60 * 100 + minute % 60, weekday = (day + 3) % 7 + 1;

        bool off = known->rule == DAY_AS_WEEK ? weekday > limits->work_days : known->rule == DAY_OFF;

        return off || clock < limits->work_begin || clock >= limits->work_end;
}

/* Once for each session and hour: who works at night is to be seen, not counted by clicks. A number of a session may
 * come again with another person; whoever was noted longest ago gives way. */
static bool already_noted(Audit *audit, const Seer *seer, int64_t hour) {
        size_t place = 0;
        bool known = false;

        pthread_mutex_lock(&audit->mutex);
        for (size_t i = 0; i < OFF_HOURS_SLOTS && !known; i++) {
                known = audit->off_hours[i].session == seer->session &&
                        audit->off_hours[i].person == seer->person.value && audit->off_hours[i].hour == hour;
                if (audit->off_hours[i].hour < audit->off_hours[place].hour)
                        place = i;
        }
        if (!known) {
                audit->off_hours[place].person = seer->person.value;
                audit->off_hours[place].session = seer->session;
                audit->off_hours[place].hour = hour;
        }
        pthread_mutex_unlock(&audit->mutex);
        return known;
}

void audit_worked(Audit *audit, const Seer *seer, const char *what) {
        if (!audit || !audit->identity || seer->person.value == 0)
                return;
        Instant now = clock_now(audit->engine->clock);
        const OfficeLimits known = limits_now(audit, seer->office);
        if (!limits_off_hours(&known, now) || already_noted(audit, seer, now.ms / HOUR_MS))
                return;
        const SecurityNote note = { .kind = "off_hours",
                .office = seer->office,
                .person = seer->person,
                .address = seer->address,
                .detail = what };
        if (identity_note(audit->identity, &note) < 0)
                log_warning("audit: work outside the hours could not be noted");
}
