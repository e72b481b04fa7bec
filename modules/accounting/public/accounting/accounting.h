/* SPDX-License-Identifier: Apache-2.0 */
/* Books, vouchers and household balances (chapter 8, 财会〔2020〕7号): how modules above post money. */
#pragma once

#include <essential/essential.h>

extern const Module module_accounting;

/* The accounts of the chart that business names (domain 1.2). */
#define ACCOUNT_BANK "1001"
#define ACCOUNT_FUND_COMMODITY "3001"
#define ACCOUNT_FUND_PUBLIC "3002"
#define ACCOUNT_DEPOSIT_INCOME "4001"
#define ACCOUNT_REPAIR "5001"
#define ACCOUNT_RETURN "5101"

typedef enum Side { SIDE_DEBIT = 0, SIDE_CREDIT = 1 } Side;
typedef enum Part { PART_PRINCIPAL = 0, PART_INTEREST = 1 } Part;

extern const StateName accounting_sides[], accounting_parts[];
/* Ends with an empty row: code set "voucher_source". */
extern const CodeValue accounting_codes[];

#define VOUCHER_SOURCE_FIRST_PAYMENT "01"

typedef struct Voucher {
        RowHead head;
#define FIELD FIELD_MEMBER
#include <accounting/voucher.def>
#undef FIELD
} Voucher;

extern const Record record_voucher;

#define VOUCHER_LINES_MAX 200
#define VOUCHER_HOUSEHOLDS_MAX 2000

/* A negative amount on the same side is a reversal in red. */
typedef struct VoucherLine {
        const char *account;       /* code of the chart */
        Side side;
        Money amount;              /* not zero */
        Id bank_account;           /* with 1001 only */
} VoucherLine;

typedef struct HouseholdLine {
        Id apartment, property_area;
        int64_t phase;             /* Phase */
        const char *control;       /* 3001, 3002, 4001, 5001 or 5101 */
        Part part;
        Money amount;              /* what the household gains; negative: loses */
        Date business_date, value_date;
        Id permission;             /* allows a balance below zero (I5); 0 = none */
} HouseholdLine;

typedef struct VoucherDraft {
        Id book;
        Date accounting_date;      /* decides the period, which must be open */
        const char *source;        /* code set voucher_source */
        Id source_id;              /* document that caused it */
        const char *reference;     /* its number as people know it */
        Id prepared_by;            /* never the caller: I9 */
        Id reversal_of;
        const VoucherLine *lines;
        size_t n_lines;
        const HouseholdLine *households;
        size_t n_households;
} VoucherDraft;

/* Posts and freezes: debits equal credits, each control account's lines equal its household lines, balances move in
 * the same transaction. Refuses accounting.period_closed, accounting.period_not_open, accounting.balance_below_zero,
 * node.same_person; a draft that does not balance is a fault of the caller: accounting.not_balanced. */
int accounting_post(Request *q, const VoucherDraft *draft, Voucher *ret) _must_check_;

/* The same lines in red, linked to the original; emits accounting_reversed. By another person than the one who
 * posted. Refuses accounting.reversed_before, accounting.is_reversal and what accounting_post refuses. */
int accounting_reverse(Request *q, Id voucher, const char *reason, Voucher *ret) _must_check_;

/* The office's book for a nature; refuses accounting.no_book. */
int accounting_book(Request *q, Nature nature, Id *ret) _must_check_;
/* Where money of an area is paid in: the area's own account, else the book's. Refuses accounting.no_bank_account. */
int accounting_bank_account(Request *q, Id book, Id property_area, Id *ret) _must_check_;
/* The date when its month is open or may be opened, else today. */
int accounting_date(Request *q, Id book, Date wanted, Date *ret) _must_check_;

/* Heard by whoever caused the voucher, in the same transaction. */
typedef struct AccountingReversed {
#define FIELD FIELD_MEMBER
#include <accounting/reversed.def>
#undef FIELD
} AccountingReversed;
extern const Event accounting_reversed;
