/* SPDX-License-Identifier: Apache-2.0 */
/* Why: who owes what, by which standard, is decided here alone and can be recomputed by anyone. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <node/error.h>
#include <node/money.h>

#include "deposit-domain.h"

/* Digits of a division code that mean something: 510000 covers 51…, 510100 covers 5101…, 510129 itself. */
static size_t division_length(const char *division) {
        size_t n = division ? strlen(division) : 0;

        while (n >= 2 && n > 2 && n <= 6 && division[n - 1] == '0' && division[n - 2] == '0')
                n -= 2;
        return n;
}

static bool division_covers(const char *standard, const char *household) {
        size_t n = division_length(standard);

        return n == 0 || (household && strncmp(standard, household, n) == 0);
}

static bool class_covers(const char *building_class, bool elevator) {
        return text_equal(building_class, CLASS_ANY) ||
               text_equal(building_class, elevator ? CLASS_ELEVATOR : CLASS_STAIRS);
}

static bool standard_holds(const StandardChoice *standard, const HouseholdFacts *household, Date on) {
        if (standard->property_area.value != 0 &&
                standard->property_area.value != household->property_area.value)
                return false;
        if (standard->valid_from.ymd > on.ymd ||
                (standard->valid_to.ymd != 0 && standard->valid_to.ymd < on.ymd))
                return false;
        return division_covers(standard->division, household->division) &&
               class_covers(standard->building_class, household->elevator);
}

/* Negative: a is wider than b. */
static int64_t narrower(const StandardChoice *a, const StandardChoice *b) {
        int64_t difference = (a->property_area.value != 0) - (b->property_area.value != 0);

        if (difference == 0)
                difference = (int64_t) division_length(a->division) - (int64_t) division_length(b->division);
        if (difference == 0)
                difference = !text_equal(a->building_class, CLASS_ANY) -
                             !text_equal(b->building_class, CLASS_ANY);
        if (difference == 0)
                difference = a->valid_from.ymd - b->valid_from.ymd;
        return difference;
}

int standard_choose(const StandardChoice *standards, size_t n, const HouseholdFacts *household, Date on,
        size_t *ret_index) {
        size_t best = n;

        for (size_t i = 0; i < n; i++)
                if (standard_holds(&standards[i], household, on) &&
                        (best == n || narrower(&standards[i], &standards[best]) >= 0))
                        best = i;
        if (best == n)
                return -ENOENT;
        *ret_index = best;
        return 0;
}

int assessment_owed(Money per_m2, Area covered_area, Money *ret) {
        return money_per_area(per_m2, covered_area, ret);
}

int standard_of_price(Money price_per_m2, int64_t ten_thousandths, Money *ret) {
        int64_t product;

        if (price_per_m2.fen <= 0 || ten_thousandths <= 0)
                return -EINVAL;
        if (__builtin_mul_overflow(price_per_m2.fen, ten_thousandths, &product) ||
                __builtin_add_overflow(product, 5000, &product))
                return -EOVERFLOW;
        ret->fen = product / 10000;
        return 0;
}

void notice_number_format(int64_t year, int64_t number, char ret_text[static NOTICE_NUMBER_MAX]) {
        snprintf(ret_text, NOTICE_NUMBER_MAX, "%04" PRId64 "-%06" PRId64, year, number);
}

void notice_qr_format(
        int64_t office, const char *notice_number, Money amount, char ret_text[static NOTICE_QR_MAX]) {
        snprintf(ret_text, NOTICE_QR_MAX, "FN1;N;%" PRId64 ";%.30s;%" PRId64, office, notice_number,
                amount.fen);
}

static const struct {
        const char *kind, *source;
} sources[] = { { "00", "01" }, { "01", "03" }, { "02", "02" }, { "04", "03" } };

const char *payment_voucher_source(const char *kind) {
        for (size_t i = 0; i < ELEMENTSOF(sources); i++)
                if (text_equal(sources[i].kind, kind))
                        return sources[i].source;
        return "09";
}

bool deposit_voucher_source(const char *source) {
        for (size_t i = 0; i < ELEMENTSOF(sources); i++)
                if (text_equal(sources[i].source, source))
                        return true;
        return text_equal(source, "09");
}
