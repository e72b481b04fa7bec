/* SPDX-License-Identifier: Apache-2.0 */
/* Money in fen: arithmetic that refuses to overflow, assessment, apportionment, text forms.
 * Clauses 5.2.1.1 and 6.2.2. */
#pragma once

#include <node/macro.h>
#include <node/types.h>

#define MONEY_TEXT_MAX 32        /* "-92,233,720,368,547,758.07" and NUL */
#define MONEY_CAPITAL_MAX 160    /* UTF-8 bytes of the longest amount in capitals and NUL */

static inline Money money_zero(void) { return (Money) { 0 }; }

/* -EOVERFLOW */
int money_add(Money a, Money b, Money *ret) _must_check_;
int money_subtract(Money a, Money b, Money *ret) _must_check_;

/* per_m2 x area, rounded half up to the fen (5.2.1.1). -EINVAL: not positive. -EOVERFLOW. */
int money_per_area(Money per_m2, Area area, Money *ret) _must_check_;

/* Largest remainder: shares sum to total exactly; of equal remainders the earlier row gets the fen, so sort by key.
 * Weights are not negative and not all zero (-EINVAL); total may be negative. Intermediates are 128 bits wide. */
int money_apportion(Money total, const int64_t *weights, size_t n, Money *ret_shares) _must_check_;

/* "7149.6", "7,149.60", "-0.05"; at most two decimals, optional thousands separators in their right places.
 * -EMALFORMED_, -EOVERFLOW. */
int money_parse(const char *text, Money *ret) _must_check_;
/* "7149.60" */
void money_format(Money money, char ret_text[static MONEY_TEXT_MAX]);
/* "7,149.60" */
void money_format_grouped(Money money, char ret_text[static MONEY_TEXT_MAX]);
/* 柒仟壹佰肆拾玖元陆角整; 零元整; 负… for negative amounts (票据法 capitals). */
void money_format_capital(Money money, char ret_text[static MONEY_CAPITAL_MAX]);

#define AREA_TEXT_MAX 32
int area_add(Area a, Area b, Area *ret) _must_check_;
/* "89.37"; at most two decimals. -EMALFORMED_, -EOVERFLOW */
int area_parse(const char *text, Area *ret) _must_check_;
void area_format(Area area, char ret_text[static AREA_TEXT_MAX]);
