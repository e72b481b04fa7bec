/* SPDX-License-Identifier: Apache-2.0 */
/* Records of accounting that nobody above may touch, and the inputs of its commands. */
#pragma once

#include <accounting/accounting.h>
#include <essential/support.h>

typedef enum PeriodState { PERIOD_OPEN = 0, PERIOD_CLOSED = 1 } PeriodState;
#define PERIODS_OPEN_MAX 2

#define FIELD FIELD_MEMBER
typedef struct Book {
        RowHead head;
#include "book.def"
} Book;
typedef struct LedgerAccount {
        RowHead head;
#include "ledger_account.def"
} LedgerAccount;
typedef struct BankAccount {
        RowHead head;
#include "bank_account.def"
} BankAccount;
typedef struct AccountingPeriod {
        RowHead head;
#include "accounting_period.def"
} AccountingPeriod;
typedef struct VoucherEntry {
        RowHead head;
#include "voucher_entry.def"
} VoucherEntry;
typedef struct HouseholdEntry {
        RowHead head;
#include "household_entry.def"
} HouseholdEntry;
typedef struct AccountBalance {
        RowHead head;
#include "account_balance.def"
} AccountBalance;
typedef struct HouseholdBalance {
        RowHead head;
#include "household_balance.def"
} HouseholdBalance;

typedef struct TransferShare {
        RowHead head;
#include "transfer_share.def"
} TransferShare;

typedef struct EffectInput {
#include "effect_input.def"
} EffectInput;
typedef struct EffectOutput {
#include "effect_output.def"
} EffectOutput;
typedef struct CreateBook {
#include "create_book.def"
} CreateBook;
typedef struct CreateBankAccount {
#include "create_bank_account.def"
} CreateBankAccount;
typedef struct AssignBankAccount {
#include "assign_bank_account.def"
} AssignBankAccount;
typedef struct AccountingCreated {
#include "created.def"
} AccountingCreated;
typedef struct PeriodInput {
#include "period_input.def"
} PeriodInput;
typedef struct ReverseInput {
#include "reverse_input.def"
} ReverseInput;
typedef struct ReverseOutput {
#include "reverse_output.def"
} ReverseOutput;
#undef FIELD

extern const StateName accounting_elements[], accounting_period_states[];
extern const Record record_book, record_ledger_account, record_bank_account, record_accounting_period,
        record_voucher_entry, record_household_entry, record_account_balance, record_household_balance,
        record_transfer_share;
extern const Record record_effect_input, record_effect_output;
extern const Record record_create_book, record_create_bank_account, record_assign_bank_account,
        record_accounting_created, record_period_input, record_reverse_input, record_reverse_output,
        record_accounting_reversed;

extern const Record *const accounting_records[];
extern const View *const accounting_views[];
extern const Panel accounting_panels[];
extern const Finder accounting_finders[];
extern const OpenWork accounting_open_work[];
extern const Invariant accounting_invariants[];

/* --- bank-removing.c, bank-area.c, transfer.c: what is heard of essential; each may refuse --- */
int bank_removing_hear(Request *q, const void *payload);
int accounts_changing_hear(Request *q, const void *payload);
int household_changing_hear(Request *q, const void *payload);

/* --- period.c --- */
/* The open period of a date, opened by itself when it follows the last one and fewer than two are open.
 * Refuses accounting.period_closed, accounting.period_not_open. */
int period_for(Request *q, Id book, Date date) _must_check_;
int period_open(Request *q, Id book, int64_t month, AccountingPeriod *ret) _must_check_;

/* --- transfer.c: household transfers, which touch no ledger account --- */
#define VOUCHER_SOURCE_SPLIT "21"
#define VOUCHER_SOURCE_MERGE "22"
#define VOUCHER_SOURCE_MOVE "23"
bool voucher_is_transfer(const Voucher *voucher);

/* --- posting.c --- */
int household_load(Request *q, Id apartment, HouseholdBalance *ret) _must_check_;

/* --- find.c --- */
size_t accounting_ask_vouchers(const char *text, Arena *arena, FinderCall ret[static FINDER_CALLS_MAX]);

/* --- accounting-command.c, period.c, reverse.c, transfer.c --- */
#define COMMAND(variable, ...)                                                                              \
        int run_##variable(Request *q, const void *input, void *ret_output);                                \
        extern const Command accounting_##variable##_command;
#include "commands.def"
#undef COMMAND

/* The first row of a query over one record; -ENOENT. */
int accounting_row(Request *q, const Record *record, const Query *query, const Value *args, size_t n,
        void *ret) _must_check_;
