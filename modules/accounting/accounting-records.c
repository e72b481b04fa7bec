/* SPDX-License-Identifier: Apache-2.0 */
/* The records of accounting, and the words that states and codes are shown by. */

#include "accounting-records.h"
#include "opening/opening-records.h"

const StateName accounting_sides[] = { { "debit", "借" }, { "credit", "贷" }, { NULL, NULL } };
const StateName accounting_parts[] = { { "principal", "本金" }, { "interest", "收益" }, { NULL, NULL } };
const StateName accounting_elements[] = {
        { "asset", "资产" },
        { "liability", "负债" },
        { "net_assets", "净资产" },
        { "income", "收入" },
        { "expenditure", "支出" },
        { NULL, NULL },
};
const StateName accounting_period_states[] = { { "open", "未关账" }, { "closed", "已关账" },
        { NULL, NULL } };

const CodeValue accounting_codes[] = {
        { "voucher_source", "01", "首次交款" },
        { "voucher_source", "02", "续交" },
        { "voucher_source", "03", "补交" },
        { "voucher_source", "09", "其他交存" },
        { "voucher_source", "21", "分户分割调账" },
        { "voucher_source", "22", "分户合并调账" },
        { "voucher_source", "23", "区域变更调账" },
        { "voucher_source", "31", "期初建账" },
        { NULL, NULL, NULL },
};

static const Transition accounting_period_transitions[] = {
        { "accounting.open_period", -1, PERIOD_OPEN },
        { "accounting.close_period", PERIOD_OPEN, PERIOD_CLOSED },
        { NULL, 0, 0 },
};

static const Field book_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Book, name, kind, __VA_ARGS__)
#include "book.def"
#undef FIELD
};
static const char *const book_unique[] = { "name", NULL };
const Record record_book = {
        .name = "book",
        .label = "账套",
        .clause = "8.2.1",
        .number = 201,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(book_fields, Book),
        .unique = book_unique,
};

static const Field ledger_account_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(LedgerAccount, name, kind, __VA_ARGS__)
#include "ledger_account.def"
#undef FIELD
};
static const char *const ledger_account_unique[] = { "book_id,code", NULL };
const Record record_ledger_account = {
        .name = "ledger_account",
        .label = "科目",
        .clause = "8.2.1",
        .number = 202,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(ledger_account_fields, LedgerAccount),
        .unique = ledger_account_unique,
};

static const Field bank_account_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(BankAccount, name, kind, __VA_ARGS__)
#include "bank_account.def"
#undef FIELD
};
static const char *const bank_account_unique[] = { "account_number", NULL };
const Record record_bank_account = {
        .name = "bank_account",
        .label = "银行账户",
        .clause = "8.1.1",
        .number = 203,
        .shape = SHAPE_REGISTER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(bank_account_fields, BankAccount),
        .unique = bank_account_unique,
};

static const Field accounting_period_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(AccountingPeriod, name, kind, __VA_ARGS__)
#include "accounting_period.def"
#undef FIELD
};
static const char *const accounting_period_unique[] = { "book_id,month", NULL };
const Record record_accounting_period = {
        .name = "accounting_period",
        .label = "会计期间",
        .clause = "8.2.5",
        .number = 204,
        .shape = SHAPE_DOCUMENT,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(accounting_period_fields, AccountingPeriod),
        .unique = accounting_period_unique,
        .state = "state",
        .transitions = accounting_period_transitions,
};

static const Field voucher_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Voucher, name, kind, __VA_ARGS__)
#include <accounting/voucher.def>
#undef FIELD
};
static const char *const voucher_unique[] = { "book_id,month,number", NULL };
const Record record_voucher = {
        .name = "voucher",
        .label = "记账凭证",
        .clause = "8.2.2",
        .number = 205,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(voucher_fields, Voucher),
        .unique = voucher_unique,
};

static const Field voucher_entry_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(VoucherEntry, name, kind, __VA_ARGS__)
#include "voucher_entry.def"
#undef FIELD
};
static const char *const voucher_entry_unique[] = { "voucher_id,line", NULL };
const Record record_voucher_entry = {
        .name = "voucher_entry",
        .label = "分录",
        .clause = "8.2.2",
        .number = 206,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(voucher_entry_fields, VoucherEntry),
        .unique = voucher_entry_unique,
};

static const Field household_entry_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(HouseholdEntry, name, kind, __VA_ARGS__)
#include "household_entry.def"
#undef FIELD
};
const Record record_household_entry = {
        .name = "household_entry",
        .label = "分户账明细",
        .clause = "8.2.2",
        .number = 207,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(household_entry_fields, HouseholdEntry),
};

static const Field account_balance_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(AccountBalance, name, kind, __VA_ARGS__)
#include "account_balance.def"
#undef FIELD
};
const Record record_account_balance = {
        .name = "account_balance",
        .label = "科目余额",
        .clause = "8.2.3",
        .number = 208,
        .shape = SHAPE_PROJECTION,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(account_balance_fields, AccountBalance),
};

static const Field household_balance_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(HouseholdBalance, name, kind, __VA_ARGS__)
#include "household_balance.def"
#undef FIELD
};
const Record record_household_balance = {
        .name = "household_balance",
        .label = "分户余额",
        .clause = "8.2.3",
        .number = 209,
        .shape = SHAPE_PROJECTION,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(household_balance_fields, HouseholdBalance),
};

static const Field transfer_share_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(TransferShare, name, kind, __VA_ARGS__)
#include "transfer_share.def"
#undef FIELD
};
const Record record_transfer_share = {
        .name = "transfer_share",
        .label = "调账明细",
        .clause = "4.2.1.4",
        .number = 210,
        .shape = SHAPE_LEDGER,
        .store = STORE_BUSINESS,
        RECORD_FIELDS(transfer_share_fields, TransferShare),
};

static const Field effect_input_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(EffectInput, name, kind, __VA_ARGS__)
#include "effect_input.def"
#undef FIELD
};
const Record record_effect_input = {
        .name = "accounting.effect_input",
        .label = "房屋变更生效",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(effect_input_fields, EffectInput),
};

static const Field effect_output_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(EffectOutput, name, kind, __VA_ARGS__)
#include "effect_output.def"
#undef FIELD
};
const Record record_effect_output = {
        .name = "accounting.effect_output",
        .label = "房屋变更生效结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(effect_output_fields, EffectOutput),
};

static const Field create_book_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(CreateBook, name, kind, __VA_ARGS__)
#include "create_book.def"
#undef FIELD
};
const Record record_create_book = {
        .name = "accounting.create_book",
        .label = "新建账套",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(create_book_fields, CreateBook),
};

static const Field create_bank_account_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(CreateBankAccount, name, kind, __VA_ARGS__)
#include "create_bank_account.def"
#undef FIELD
};
const Record record_create_bank_account = {
        .name = "accounting.create_bank_account",
        .label = "登记银行账户",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(create_bank_account_fields, CreateBankAccount),
};

static const Field assign_bank_account_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(AssignBankAccount, name, kind, __VA_ARGS__)
#include "assign_bank_account.def"
#undef FIELD
};
const Record record_assign_bank_account = {
        .name = "accounting.assign_bank_account",
        .label = "指定专户服务区域",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(assign_bank_account_fields, AssignBankAccount),
};

static const Field accounting_created_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(AccountingCreated, name, kind, __VA_ARGS__)
#include "created.def"
#undef FIELD
};
const Record record_accounting_created = {
        .name = "accounting.created",
        .label = "新建结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(accounting_created_fields, AccountingCreated),
};

static const Field period_input_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(PeriodInput, name, kind, __VA_ARGS__)
#include "period_input.def"
#undef FIELD
};
const Record record_period_input = {
        .name = "accounting.period_input",
        .label = "期间",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(period_input_fields, PeriodInput),
};

static const Field reverse_input_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ReverseInput, name, kind, __VA_ARGS__)
#include "reverse_input.def"
#undef FIELD
};
const Record record_reverse_input = {
        .name = "accounting.reverse_input",
        .label = "凭证冲正",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(reverse_input_fields, ReverseInput),
};

static const Field reverse_output_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(ReverseOutput, name, kind, __VA_ARGS__)
#include "reverse_output.def"
#undef FIELD
};
const Record record_reverse_output = {
        .name = "accounting.reverse_output",
        .label = "冲正结果",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(reverse_output_fields, ReverseOutput),
};

static const Field accounting_reversed_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(AccountingReversed, name, kind, __VA_ARGS__)
#include <accounting/reversed.def>
#undef FIELD
};
const Record record_accounting_reversed = {
        .name = "accounting.reversed",
        .label = "凭证已冲正",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(accounting_reversed_fields, AccountingReversed),
};

const Record *const accounting_records[] = {
        &record_book,
        &record_ledger_account,
        &record_bank_account,
        &record_accounting_period,
        &record_voucher,
        &record_voucher_entry,
        &record_household_entry,
        &record_account_balance,
        &record_household_balance,
        &record_transfer_share,
        &record_opening_batch,
        &record_opening_line,
        &record_opening_row,
        &record_opening_import,
        &record_post_opening,
        &record_withdraw_opening,
        &record_opening_output,
        &record_opening_posted,
        &record_effect_input,
        &record_effect_output,
        &record_create_book,
        &record_create_bank_account,
        &record_assign_bank_account,
        &record_accounting_created,
        &record_period_input,
        &record_reverse_input,
        &record_reverse_output,
        &record_accounting_reversed,
        NULL,
};
