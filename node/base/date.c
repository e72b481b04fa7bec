/* SPDX-License-Identifier: Apache-2.0 */
/* The business calendar, proleptic Gregorian, years 1900 to 2199, always UTC+8: neither TZ nor the C
 * library's calendar is asked. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include <node/date.h>
#include <node/error.h>

#define YEAR_MIN 1900
#define YEAR_MAX 2199
#define DAY_MS INT64_C(86400000)
#define CHINA_OFFSET_MS INT64_C(28800000)

static bool leap(int year) {
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month) {
        static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
        return month == 2 && leap(year) ? 29 : days[month - 1];
}

int date_make(int year, int month, int day, Date *ret) {
        if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12)
                return -EINVAL;
        if (day < 1 || day > month_days(year, month))
                return -EINVAL;
        ret->ymd = year * 10000 + month * 100 + day;
        return 0;
}

bool date_valid(Date date) {
        Date same;
        return date.ymd > 0 && date_make(date_year(date), date_month(date), date_day(date), &same) == 0;
}

int date_year(Date date) {
        return date.ymd / 10000;
}

int date_month(Date date) {
        return date.ymd / 100 % 100;
}

int date_day(Date date) {
        return date.ymd % 100;
}

int32_t date_year_month(Date date) {
        return date.ymd / 100;
}

/* Days since 1970-01-01. Years begin in March here, so that the leap day is the last of its year. */
static int64_t days_of_date(Date date) {
        int64_t month = date_month(date);
        int64_t year = date_year(date) - (month <= 2);
        int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date_day(date) - 1;
        return year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719468;
}

/* The inverse; 0 (none) outside the calendar. */
static Date date_of_days(int64_t days) {
        static const int64_t day_first = -25567, day_last = 84005; /* 1900-01-01, 2199-12-31 */
        if (days < day_first || days > day_last)
                return (Date){ 0 };

        int64_t shifted = days + 719468; /* since 0000-03-01 */
        int64_t era = shifted / 146097, day_of_era = shifted % 146097;
        int64_t year_of_era =
                (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
        int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        int64_t month_shifted = (5 * day_of_year + 2) / 153;
        int64_t day = day_of_year - (153 * month_shifted + 2) / 5 + 1;
        int64_t month = month_shifted < 10 ? month_shifted + 3 : month_shifted - 9;
        int64_t year = era * 400 + year_of_era + (month <= 2);
        return (Date){ (int32_t) (year * 10000 + month * 100 + day) };
}

int32_t date_days_between(Date a, Date b) {
        assert(date_valid(a) && date_valid(b));
        return (int32_t) (days_of_date(b) - days_of_date(a));
}

Date date_add_days(Date date, int32_t days) {
        assert(date_valid(date));
        return date_of_days(days_of_date(date) + days);
}

/* Floor division: the day of an instant before 1970 is the earlier one. */
static int64_t china_day(Instant instant, int64_t *ret_ms_of_day) {
        int64_t day = instant.ms / DAY_MS, rest = instant.ms % DAY_MS;
        if (rest < 0) {
                rest += DAY_MS;
                day--;
        }
        rest += CHINA_OFFSET_MS;
        if (rest >= DAY_MS) {
                rest -= DAY_MS;
                day++;
        }
        *ret_ms_of_day = rest;
        return day;
}

Date date_of_instant(Instant instant) {
        int64_t ms_of_day;
        return date_of_days(china_day(instant, &ms_of_day));
}

int date_parse(const char *text, Date *ret) {
        static const char form[] = "dddd-dd-dd";
        int parts[3] = { 0 };
        size_t part = 0;

        for (size_t i = 0; i < sizeof(form) - 1; i++) {
                if (form[i] == '-') {
                        if (text[i] != '-')
                                return -EMALFORMED_;
                        part++;
                } else {
                        if (text[i] < '0' || text[i] > '9')
                                return -EMALFORMED_;
                        parts[part] = parts[part] * 10 + (text[i] - '0');
                }
        }
        if (text[sizeof(form) - 1])
                return -EMALFORMED_;
        return date_make(parts[0], parts[1], parts[2], ret) < 0 ? -EMALFORMED_ : 0;
}

void date_format(Date date, char ret_text[static DATE_TEXT_MAX]) {
        if (!date_valid(date)) {
                ret_text[0] = 0;
                return;
        }
        snprintf(ret_text, DATE_TEXT_MAX, "%04d-%02d-%02d", date_year(date), date_month(date),
                date_day(date));
}

void instant_format(Instant instant, char ret_text[static INSTANT_TEXT_MAX]) {
        int64_t ms_of_day;
        Date date = date_of_days(china_day(instant, &ms_of_day));
        if (!date_valid(date)) {
                ret_text[0] = 0;
                return;
        }
        int seconds = (int) (ms_of_day / 1000);
        char day[DATE_TEXT_MAX];
        date_format(date, day);
        snprintf(ret_text, INSTANT_TEXT_MAX, "%s %02d:%02d:%02d", day, seconds / 3600, seconds / 60 % 60,
                seconds % 60);
}

int year_month_parse(const char *text, int64_t *ret) {
        char first[DATE_TEXT_MAX];
        Date date;

        /* the month is real when its first day is */
        if (strlen(text) != strlen("2026-11"))
                return -EMALFORMED_;
        snprintf(first, sizeof(first), "%.7s-01", text);
        if (date_parse(first, &date) < 0)
                return -EMALFORMED_;
        *ret = date_year_month(date);
        return 0;
}

void year_month_format(int64_t year_month, char ret_text[static DATE_TEXT_MAX]) {
        ret_text[0] = 0;
        if (year_month > 0 && year_month <= 999999)
                snprintf(ret_text, DATE_TEXT_MAX, "%04d-%02d", (int) (year_month / 100), (int) (year_month % 100));
}

int32_t year_month_add(int32_t year_month, int32_t months) {
        int32_t total = year_month / 100 * 12 + year_month % 100 - 1 + months;
        return total / 12 * 100 + total % 12 + 1;
}
