/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of a workbook without floating point: what is stored as 9.9E+17 or 84.819999999999993 is handed on
 * digit for digit, so that the importer's rules see what was lost. */

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <node/date.h>

#include "xlsx.h"

#define DIGITS_MAX 64
#define EXPONENT_MAX 60

typedef struct Number {
        char digits[DIGITS_MAX];
        int n, point; /* value: 0.digits times ten to the point */
        bool negative;
} Number;

static bool number_read(const char *at, const char *end, Number *ret) {
        bool decimal = false, any = false;
        int exponent = 0;

        *ret = (Number){ .negative = at < end && *at == '-' };
        at += at < end && (*at == '-' || *at == '+');
        for (; at < end && (isdigit((unsigned char) *at) || (*at == '.' && !decimal)); at++) {
                if (*at == '.') {
                        decimal = true;
                        continue;
                }
                any = true;
                if (ret->n == 0 && *at == '0') {
                        ret->point -= decimal;
                        continue;
                }
                if (ret->n == DIGITS_MAX)
                        return false;
                ret->digits[ret->n++] = *at;
                ret->point += !decimal;
        }
        if (at < end && (*at == 'E' || *at == 'e')) {
                bool down = ++at < end && *at == '-';
                at += at < end && (*at == '-' || *at == '+');
                const char *first = at;
                for (; at < end && isdigit((unsigned char) *at) && exponent <= EXPONENT_MAX; at++)
                        exponent = 10 * exponent + (*at - '0');
                if (at == first || exponent > EXPONENT_MAX)
                        return false;
                ret->point += down ? -exponent : exponent;
        }
        return any && at == end;
}

bool xlsx_number_plain(const char *text, size_t size, char ret[static XLSX_NUMBER_TEXT_MAX]) {
        Number number;
        char *to = ret;

        if (!number_read(text, text + size, &number))
                return false;
        while (number.n > 0 && number.digits[number.n - 1] == '0')
                number.n--;
        if (number.n == 0) {
                memcpy(ret, "0", 2);
                return true;
        }
        int last = number.n > number.point ? number.n : number.point;
        int first = number.point < 1 ? number.point - 1 : 0;
        if (last - first > XLSX_NUMBER_TEXT_MAX - 4)
                return false;
        if (number.negative)
                *to++ = '-';
        for (int i = first; i < last; i++) {
                if (i == number.point)
                        *to++ = '.';
                *to++ = i >= 0 && i < number.n ? number.digits[i] : '0';
        }
        *to = 0;
        return true;
}

bool xlsx_date_text(const char *plain, bool dates_1904, char ret[static XLSX_NUMBER_TEXT_MAX]) {
        size_t digits = strspn(plain, "0123456789");
        char text[DATE_TEXT_MAX];
        Date base;

        if (digits == 0 || digits > 6 || (plain[digits] && plain[digits] != '.'))
                return false;
        long days = strtol(plain, NULL, 10);
        if (days > 109000 || (!dates_1904 && days < 1))
                return false;
        if (!dates_1904 && days == 60) { /* a leap day that only this calendar has */
                snprintf(ret, XLSX_NUMBER_TEXT_MAX, "1900-02-29");
                return true;
        }
        int r = dates_1904 ? date_make(1904, 1, 1, &base) : date_make(1900, 1, 1, &base);
        if (r < 0)
                return false;
        date_format(date_add_days(base, (int32_t) (days - (dates_1904 ? 0 : days > 60 ? 2 : 1))), text);
        snprintf(ret, XLSX_NUMBER_TEXT_MAX, "%s", text);
        return true;
}

bool xlsx_format_is_date(long id, const char *code) {
        bool month = false, clock = false;

        if (!code)
                return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
                       (id >= 50 && id <= 54) || (id >= 57 && id <= 58);
        for (const char *p = code; *p; p++) {
                const char *close = NULL;
                switch (*p) {
                case '"':
                case '[':
                        close = strchr(p + 1, *p == '"' ? '"' : ']');
                        if (!close)
                                return false;
                        p = close;
                        break;
                case '\\':
                case '_':
                case '*':
                        p += p[1] != 0;
                        break;
                case 'y':
                case 'Y':
                case 'd':
                case 'D':
                        return true;
                case 'm':
                case 'M':
                        month = true;
                        break;
                case 'h':
                case 'H':
                case 's':
                case 'S':
                        clock = true;
                        break;
                default:
                        break;
                }
        }
        return month && !clock;
}

bool xlsx_reference(const char *text, const char **ret_end, long *ret_column, long *ret_row) {
        long column = 0, row = 0;

        for (; *text >= 'A' && *text <= 'Z' && column <= 16384; text++)
                column = 26 * column + (*text - 'A' + 1);
        if (column == 0 || column > 16384)
                return false;
        for (; isdigit((unsigned char) *text) && row <= XLSX_ROW_MAX; text++)
                row = 10 * row + (*text - '0');
        if (row > XLSX_ROW_MAX)
                return false;
        *ret_end = text;
        *ret_column = column - 1;
        *ret_row = row;
        return true;
}
