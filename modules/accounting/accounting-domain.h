/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of double entry: pure functions of values. */
#pragma once

#include <accounting/accounting.h>

typedef enum Element {
        ELEMENT_ASSET,
        ELEMENT_LIABILITY,
        ELEMENT_NET_ASSETS,
        ELEMENT_INCOME,
        ELEMENT_EXPENDITURE
} Element;

typedef struct ChartAccount {
        const char *code, *name;
        Element element;
        Side normal_side;
} ChartAccount;

/* The 16 level-1 accounts of 财会〔2020〕7号; ends with an empty row. */
#define CHART_ACCOUNTS 16
extern const ChartAccount accounting_chart[CHART_ACCOUNTS + 1];

/* Whether household lines may name this account. */
bool account_is_control(const char *code);
/* Debits less credits; a negative amount counts against its side. -EOVERFLOW */
int lines_sum(const VoucherLine *lines, size_t n, Side side, Money *ret) _must_check_;
/* Credits less debits of one account: what its households gain together. -EOVERFLOW */
int lines_gain(const VoucherLine *lines, size_t n, const char *account, Money *ret) _must_check_;
int households_gain(const HouseholdLine *lines, size_t n, const char *control, Money *ret) _must_check_;

typedef enum DraftFault {
        DRAFT_SOUND,
        DRAFT_LINE, /* at: index of the line: zero amount, bank account without 1001 or 1001 without one */
        DRAFT_BALANCE, /* left debits, right credits */
        DRAFT_CONTROL, /* at: index into accounting_controls; left entries, right households */
        DRAFT_SIZE,    /* no lines, or above the limits */
        DRAFT_OVERFLOW,
} DraftFault;

typedef struct DraftFinding {
        DraftFault fault;
        size_t at;
        Money left, right;
} DraftFinding;

extern const char *const accounting_controls[]; /* "3001" …, ends with NULL */

void draft_check(const VoucherLine *lines, size_t n_lines, const HouseholdLine *households,
        size_t n_households, DraftFinding *ret);

/* yyyymm with a real month */
bool month_valid(int64_t month);

/* What households gain in sum: the amount of a transfer. */
int households_moved(const HouseholdLine *lines, size_t n, Money *ret) _must_check_;

/* Largest remainder as money_apportion() does it, with what it takes to check it by hand. */
#define BALANCE_SHARES_MAX 50
typedef struct BalanceShare {
        Money floor_share, amount; /* amount is one fen more where the rank is high enough */
        int64_t remainder;         /* of total x weight / sum of weights */
        int64_t rank;              /* by remainder, equal ones in order; from 1 */
        int64_t ten_thousandths;   /* the quotient in 0.0001 yuan, half up: for reading, never for booking */
} BalanceShare;
/* -EINVAL: total below zero, no weights, or more than BALANCE_SHARES_MAX. */
int balance_share(Money total, const int64_t *weights, size_t n, BalanceShare *ret) _must_check_;
