// SPDX-License-Identifier: Apache-2.0
// Where a refusal is mended: code -> the form or list that leads on, shown to those who may use it.
export default {
  'accounting.no_book': { form: 'accounting.create_book' },
  'accounting.no_bank_account': { form: 'accounting.create_bank_account' },
  'accounting.bank_account_other_book': { view: 'accounting.bank_accounts' },
  'accounting.accounts_differ': { view: 'accounting.bank_accounts' },
  'accounting.period_closed': { view: 'accounting.periods' },
  'accounting.period_not_open': { view: 'accounting.periods' },
  'accounting.two_periods_open': { view: 'accounting.periods' },
  'accounting.period_not_oldest': { view: 'accounting.periods' },
  'accounting.opening_differs': { view: 'accounting.opening_lines' },
  'accounting.opening_waiting': { view: 'accounting.openings' },
  'accounting.reversed_before': { view: 'accounting.vouchers' },
}
