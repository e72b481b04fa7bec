/* SPDX-License-Identifier: Apache-2.0 */
/* Money and area: arithmetic that refuses to overflow, the one rounding rule, the one way to share a sum,
 * and the text forms. Pure: no clock, no store, no text but numerals. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <node/error.h>
#include <node/money.h>

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

static uint64_t magnitude(int64_t value) {
        return value < 0 ? 0 - (uint64_t) value : (uint64_t) value;
}

/* The inverse of magnitude(); a magnitude of 2^63 is legal when negative. */
static int64_t with_sign(uint64_t value, bool negative) {
        return (int64_t) (negative ? 0 - value : value);
}

int money_add(Money a, Money b, Money *ret) {
        Money sum;
        if (__builtin_add_overflow(a.fen, b.fen, &sum.fen))
                return -EOVERFLOW;
        *ret = sum;
        return 0;
}

int money_subtract(Money a, Money b, Money *ret) {
        Money difference;
        if (__builtin_sub_overflow(a.fen, b.fen, &difference.fen))
                return -EOVERFLOW;
        *ret = difference;
        return 0;
}

int area_add(Area a, Area b, Area *ret) {
        Area sum;
        if (__builtin_add_overflow(a.centi_m2, b.centi_m2, &sum.centi_m2))
                return -EOVERFLOW;
        *ret = sum;
        return 0;
}

int money_per_area(Money per_m2, Area area, Money *ret) {
        if (per_m2.fen <= 0 || area.centi_m2 <= 0)
                return -EINVAL;
        Wide rounded = ((Wide) per_m2.fen * area.centi_m2 + 50) / 100;
        if (rounded > INT64_MAX)
                return -EOVERFLOW;
        ret->fen = (int64_t) rounded;
        return 0;
}

typedef struct Remainder {
        UnsignedWide value;
        size_t row;
} Remainder;

static int remainder_compare(const void *a, const void *b) {
        const Remainder *x = a, *y = b;
        if (x->value != y->value)
                return x->value > y->value ? -1 : 1;
        return x->row < y->row ? -1 : x->row > y->row;
}

int money_apportion(Money total, const int64_t *weights, size_t n, Money *ret_shares) {
        UnsignedWide weight_sum = 0;
        for (size_t i = 0; i < n; i++) {
                if (weights[i] < 0)
                        return -EINVAL;
                weight_sum += (uint64_t) weights[i];
        }
        if (weight_sum == 0)
                return -EINVAL;

        Remainder *remainders = calloc(n, sizeof(*remainders));
        if (!remainders)
                return -ENOMEM;
        bool negative = total.fen < 0;
        uint64_t amount = magnitude(total.fen), left = amount;
        for (size_t i = 0; i < n; i++) {
                UnsignedWide product = (UnsignedWide) amount * (uint64_t) weights[i];
                uint64_t share = (uint64_t) (product / weight_sum);
                ret_shares[i].fen = with_sign(share, negative);
                remainders[i] = (Remainder){ product % weight_sum, i };
                left -= share;
        }
        assert(left < n);
        if (left > 0)
                qsort(remainders, n, sizeof(*remainders), remainder_compare);
        for (size_t i = 0; i < left; i++)
                ret_shares[remainders[i].row].fen += negative ? -1 : 1;
        free(remainders);
        return 0;
}

/* The digits before the point, with separators either absent or after every third digit from the right. */
static int whole_parse(const char **at, bool grouped_allowed, UnsignedWide *ret) {
        const char *p = *at;
        UnsignedWide value = 0;
        size_t digits = 0, group = 0;
        bool grouped = false;

        for (;; p++) {
                if (*p == ',' && grouped_allowed) {
                        if (digits == 0 || (grouped ? group != 3 : digits > 3))
                                return -EMALFORMED_;
                        grouped = true;
                        group = 0;
                } else if (*p >= '0' && *p <= '9') {
                        if (digits == 1 && value == 0)
                                return -EMALFORMED_; /* leading zero */
                        if (value <= UINT64_MAX)
                                value = value * 10 + (unsigned) (*p - '0');
                        digits++;
                        group++;
                } else
                        break;
        }
        if (digits == 0 || (grouped && group != 3))
                return -EMALFORMED_;
        *at = p;
        *ret = value;
        return 0;
}

/* Hundredths of a decimal number, the whole text. */
static int hundredths_parse(const char *text, bool grouped_allowed, int64_t *ret) {
        bool negative = *text == '-';
        const char *p = text + negative;
        UnsignedWide value;

        int r = whole_parse(&p, grouped_allowed, &value);
        if (r < 0)
                return r;
        unsigned fraction = 0;
        if (*p == '.') {
                p++;
                if (*p < '0' || *p > '9')
                        return -EMALFORMED_;
                fraction = (unsigned) (*p++ - '0') * 10;
                if (*p >= '0' && *p <= '9')
                        fraction += (unsigned) (*p++ - '0');
        }
        if (*p)
                return -EMALFORMED_;
        value = value * 100 + fraction;
        if (value > (UnsignedWide) INT64_MAX + negative)
                return -EOVERFLOW;
        *ret = with_sign((uint64_t) value, negative);
        return 0;
}

int money_parse(const char *text, Money *ret) {
        return hundredths_parse(text, true, &ret->fen);
}

int area_parse(const char *text, Area *ret) {
        return hundredths_parse(text, false, &ret->centi_m2);
}

static void hundredths_format(int64_t value, char *ret_text, size_t max) {
        uint64_t m = magnitude(value);
        snprintf(ret_text, max, "%s%" PRIu64 ".%02u", value < 0 ? "-" : "", m / 100, (unsigned) (m % 100));
}

void money_format(Money money, char ret_text[static MONEY_TEXT_MAX]) {
        hundredths_format(money.fen, ret_text, MONEY_TEXT_MAX);
}

void area_format(Area area, char ret_text[static AREA_TEXT_MAX]) {
        hundredths_format(area.centi_m2, ret_text, AREA_TEXT_MAX);
}

void money_format_grouped(Money money, char ret_text[static MONEY_TEXT_MAX]) {
        char plain[MONEY_TEXT_MAX];
        money_format(money, plain);

        const char *from = plain;
        char *to = ret_text;
        if (*from == '-')
                *to++ = *from++;
        for (size_t whole = strcspn(from, "."); whole > 0; whole--) {
                *to++ = *from++;
                if (whole > 1 && (whole - 1) % 3 == 0)
                        *to++ = ',';
        }
        strcpy(to, from);
}

static const char *const capital_digits[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };

/* 1 to 9999: one 零 for any run of zeros between digits, none at the end. */
static char *capital_section(char *to, unsigned value) {
        static const char *const units[] = { "仟", "佰", "拾", "" };
        static const unsigned powers[] = { 1000, 100, 10, 1 };
        bool started = false, zero = false;

        for (size_t i = 0; i < ELEMENTSOF(powers); i++) {
                unsigned digit = value / powers[i] % 10;
                if (digit == 0) {
                        zero = started;
                        continue;
                }
                if (zero)
                        to = stpcpy(to, capital_digits[0]);
                to = stpcpy(stpcpy(to, capital_digits[digit]), units[i]);
                started = true;
                zero = false;
        }
        return to;
}

/* Above zero. A 零 follows 亿 or 万 only where the section below does not fill its highest place. */
static char *capital_whole(char *to, uint64_t value) {
        static const struct {
                uint64_t size;
                const char *name;
        } sections[] = { { 100000000, "亿" }, { 10000, "万" } };

        for (size_t i = 0; i < ELEMENTSOF(sections); i++) {
                uint64_t size = sections[i].size;
                if (value < size)
                        continue;
                to = stpcpy(capital_whole(to, value / size), sections[i].name);
                value %= size;
                if (value > 0 && value < size / 10)
                        to = stpcpy(to, capital_digits[0]);
        }
        return value > 0 ? capital_section(to, (unsigned) value) : to;
}

void money_format_capital(Money money, char ret_text[static MONEY_CAPITAL_MAX]) {
        uint64_t fen_all = magnitude(money.fen), yuan = fen_all / 100;
        unsigned jiao = (unsigned) (fen_all / 10 % 10), fen = (unsigned) (fen_all % 10);
        char *to = ret_text;

        if (fen_all == 0) {
                strcpy(to, "零元整");
                return;
        }
        if (money.fen < 0)
                to = stpcpy(to, "负");
        if (yuan > 0)
                to = stpcpy(capital_whole(to, yuan), "元");
        if (jiao > 0)
                to = stpcpy(stpcpy(to, capital_digits[jiao]), "角");
        else if (yuan > 0 && fen > 0)
                to = stpcpy(to, capital_digits[0]);
        if (fen > 0)
                to = stpcpy(stpcpy(to, capital_digits[fen]), "分");
        else
                to = stpcpy(to, "整");
        assert(to < ret_text + MONEY_CAPITAL_MAX);
}
