/* SPDX-License-Identifier: Apache-2.0 */
/* What is unusual: work outside the office's hours, more rows taken away in an hour than it thinks right.
 * The limits are settings of the office; they are read at most once a minute. */

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

Limits limits_now(Audit *audit, int64_t office) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 16);
        const Clock *clock = audit->engine->clock;
        int64_t now = clock->monotonic_ms(clock->data);
        Caller caller = { .office = office };
        Reply reply = { 0 };

        pthread_mutex_lock(&audit->mutex);
        Limits known = audit->limits;
        bool fresh = audit->limits_ms && now - audit->limits_ms < LIMITS_EVERY_MS;
        audit->limits_ms = now;
        pthread_mutex_unlock(&audit->mutex);
        if (fresh || !arena)
                return fresh ? known : limits_standard();
        command_execute(audit->engine, &caller, &command_limits, NULL, arena, &reply);
        known = reply.result == 0 && reply.output ? *(Limits *) reply.output : limits_standard();
        pthread_mutex_lock(&audit->mutex);
        audit->limits = known;
        pthread_mutex_unlock(&audit->mutex);
        return known;
}

/* 1970-01-01 was a Thursday; days of UTC+8. Monday is 1. */
bool limits_off_hours(const Limits *limits, Instant now) {
        int64_t local = now.ms / 60000 + 8 * 60, day = local / 1440, minute = local % 1440;
        int64_t clock = minute / 60 * 100 + minute % 60, weekday = (day + 3) % 7 + 1;

        return weekday > limits->work_days || clock < limits->work_begin || clock >= limits->work_end;
}

/* Once for each session and hour: who works at night is to be seen, not counted by clicks. */
static bool session_known(Audit *audit, int64_t session, int64_t hour) {
        size_t slot = (size_t) session % OFF_HOURS_SLOTS;

        pthread_mutex_lock(&audit->mutex);
        bool known = audit->off_hours[slot].session == session && audit->off_hours[slot].hour == hour;
        audit->off_hours[slot].session = session;
        audit->off_hours[slot].hour = hour;
        pthread_mutex_unlock(&audit->mutex);
        return known;
}

void audit_worked(Audit *audit, const Seer *seer, const char *what) {
        if (!audit || !audit->identity || seer->person.value == 0)
                return;
        Instant now = clock_now(audit->engine->clock);
        if (session_known(audit, seer->session, now.ms / HOUR_MS))
                return;
        const Limits limits = limits_now(audit, seer->office);
        if (!limits_off_hours(&limits, now))
                return;
        const SecurityNote note = { .kind = "off_hours",
                .office = seer->office,
                .person = seer->person,
                .address = seer->address,
                .detail = what };
        if (identity_note(audit->identity, &note) < 0)
                log_warning("audit: work outside the hours could not be noted");
}
