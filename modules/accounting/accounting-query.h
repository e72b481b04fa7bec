/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of accounting. */
#pragma once

#include <node/store.h>

extern const Query accounting_book_by_nature, accounting_bank_account_for, accounting_bank_account_in_book,
        accounting_change_areas,
        accounting_period_by_month, accounting_periods_open, accounting_period_last,
        accounting_period_first_open, accounting_period_last_closed, accounting_account_state,
        accounting_account_balance_set, accounting_household_state, accounting_household_balance_set,
        accounting_bank_accounts_open, accounting_reversal_of, accounting_entries_of, accounting_households_of;
extern const Query accounting_view_books, accounting_view_accounts, accounting_view_bank_accounts,
        accounting_view_periods, accounting_view_vouchers, accounting_view_entries,
        accounting_view_household_entries, accounting_view_household_balances, accounting_view_transfers,
        accounting_view_earlier_entries;
extern const Query accounting_i1_all, accounting_i1_book, accounting_i1_touched, accounting_i2_account_all,
        accounting_i2_running_all, accounting_i2_household_all, accounting_i2_household_running_all,
        accounting_i2_touched, accounting_i2_household_touched, accounting_i3_all, accounting_i3_book,
        accounting_i3_area, accounting_i3_touched, accounting_i5_all, accounting_i5_touched,
        accounting_i6_all, accounting_i6_touched, accounting_i7_all, accounting_i7_touched,
        accounting_i9_all, accounting_i9_touched, accounting_i15_all, accounting_i15_open,
        accounting_i15_touched, accounting_i12_all, accounting_i12_touched, accounting_i12_shares;
extern const Query accounting_find_voucher_by_number, accounting_find_vouchers_by_reference;
extern const Query accounting_setup_book, accounting_setup_bank_account;
extern const Query *const accounting_find_queries[];
extern const Query *const accounting_queries[];
