// SPDX-License-Identifier: Apache-2.0
// The pages of this module that generic lists and forms cannot do.
import { ENTER, POST } from './names.js'

export default [
  { page: 'deposit.payment', file: 'payment', group: '资金交存', label: '收款登记', commands: [ENTER] },
  { page: 'deposit.review', file: 'review', group: '资金交存', label: '审核入账', commands: [POST] },
  { page: 'deposit.theme', file: 'theme', group: '专题分析', label: '交存专题', door: 'facts.read' },
]
