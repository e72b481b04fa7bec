// SPDX-License-Identifier: Apache-2.0
export default [
  { page: 'accounting.import_balances', file: 'import', group: '财务核算', label: '期初余额导入', last: true, commands: ['accounting.withdraw_opening'] },
]
