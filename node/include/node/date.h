/* SPDX-License-Identifier: Apache-2.0 */
/* Business dates (UTC+8 always; TZ is never read) and instants. */
#pragma once

#include <node/macro.h>
#include <node/types.h>

#define DATE_TEXT_MAX 16         /* "2026-11-23" and NUL */
#define INSTANT_TEXT_MAX 32      /* "2026-11-23 19:11:23" (UTC+8) and NUL */

/* -EINVAL: no such day (years 1900 to 2199). */
int date_make(int year, int month, int day, Date *ret) _must_check_;
bool date_valid(Date date);
int date_year(Date date);
int date_month(Date date);
int date_day(Date date);
/* yyyymm, as dimension of facts and periods */
int32_t date_year_month(Date date);
/* Days from a to b, negative when b is earlier. Both valid. */
int32_t date_days_between(Date a, Date b);
Date date_add_days(Date date, int32_t days);
/* Business day of an instant, UTC+8. */
Date date_of_instant(Instant instant);
/* "2026-11-23" only. -EMALFORMED_ */
int date_parse(const char *text, Date *ret) _must_check_;
void date_format(Date date, char ret_text[static DATE_TEXT_MAX]);
void instant_format(Instant instant, char ret_text[static INSTANT_TEXT_MAX]);
/* "2026-11" to 202611. -EMALFORMED_ */
int year_month_parse(const char *text, int64_t *ret) _must_check_;
/* 202611 as "2026-11"; "" for none. */
void year_month_format(int64_t year_month, char ret_text[static DATE_TEXT_MAX]);
/* yyyymm arithmetic: 202601 - 1 = 202512 */
int32_t year_month_add(int32_t year_month, int32_t months);
