/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of deposits: pure functions of values. */
#pragma once

#include <deposit/deposit.h>

#define CLASS_ANY "00"
#define CLASS_ELEVATOR "01"
#define CLASS_STAIRS "02"

#define KIND_FIRST "00"
#define KIND_MAKE_UP "04"

typedef struct StandardChoice {
        Id property_area;     /* 0: any */
        const char *division; /* "": any; a code covers the codes that begin with it, zeros at its end left
                                 out */
        const char *building_class;
        Money per_m2;
        Date valid_from, valid_to;
} StandardChoice;

typedef struct HouseholdFacts {
        Id property_area;
        const char *division;
        bool elevator;
} HouseholdFacts;

/* The narrowest standard that holds on the day: own area before division (longer before shorter) before
 * class; of equal ones the later valid_from, then the later row. -ENOENT */
int standard_choose(const StandardChoice *standards, size_t n, const HouseholdFacts *household, Date on,
        size_t *ret_index) _must_check_;
/* Standard x area, half up to the fen. -EINVAL: not positive. -EOVERFLOW */
int assessment_owed(Money per_m2, Area covered_area, Money *ret) _must_check_;
/* A share of a price per m2 in ten-thousandths, half up to the fen: 6 % of 1,850.00 = 111.00. -EINVAL,
 * -EOVERFLOW */
int standard_of_price(Money price_per_m2, int64_t ten_thousandths, Money *ret) _must_check_;

#define NOTICE_NUMBER_MAX 32
#define NOTICE_QR_MAX 200
/* "2026-000001" */
void notice_number_format(int64_t year, int64_t number, char ret_text[static NOTICE_NUMBER_MAX]);
/* "FN1;N;office;number;fen": what a bank or counter needs to match the payment; no person's data. */
void notice_qr_format(
        int64_t office, const char *notice_number, Money amount, char ret_text[static NOTICE_QR_MAX]);

/* Code of voucher_source for a deposit kind. */
const char *payment_voucher_source(const char *kind);
bool deposit_voucher_source(const char *source);
