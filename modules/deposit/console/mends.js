// SPDX-License-Identifier: Apache-2.0
// Where a refusal is mended: code -> the form, list or page that leads on, shown to those who may use it.
export default {
  'deposit.no_standard': { form: 'deposit.create_standard' },
  'deposit.standards_differ': { view: 'deposit.standards' },
  'deposit.nothing_owed': { view: 'deposit.notices', query: { 'f.state': 'issued' } },
  'deposit.notice_missing': { view: 'deposit.notices' },
  'deposit.notice_not_open': { view: 'deposit.notices' },
  'deposit.notice_has_payment': { view: 'deposit.payments', query: { 'f.state': 'entered' } },
}
