/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of housing and owners: pure functions of values. */
#pragma once

#include <essential/essential.h>

typedef struct Share {
        int64_t numerator, denominator; /* both positive */
} Share;

/* The exact sum, in lowest terms. -EINVAL: a part not positive. -EOVERFLOW: denominators without a common
 * multiple that fits. */
int shares_sum(const Share *shares, size_t n, Share *ret) _must_check_;
/* True when the sum is exactly one. */
bool shares_whole(const Share *shares, size_t n);

/* NULL when sound, otherwise the refusal's code (essential.id_…). Citizens: GB 11643; organizations: GB
 * 32100. */
const char *owner_number_fault(const char *number, int64_t kind, Date today);

#define HOME_USE "01"
#define HOME_AREA_MAX 100000 /* 1,000.00 m2 */
/* Covered area above 0, at most 1,000 m2 for a dwelling; inner not above covered. NULL when sound. */
const char *apartment_area_fault(Area covered, Area inner, const char *use_code);

/* 28 characters of a real estate unit: 12 digits of division and cadastre, two letters of the parcel's
 * feature, five digits, the letter of the fixture, eight digits; a parcel without fixtures ends in
 * W00000000, a building is never 0000. */
#define UNIT_CODE_CHARACTERS 28
bool real_estate_unit_code_valid(const char *code);
