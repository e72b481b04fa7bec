// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { inOrder } from '../src/menu-order.js'

const names = (...groups) => inOrder(groups.map((group) => ({ group, items: [] }))).map((g) => g.group)

describe('the order of the menu', () => {
  it('is that of an office, whatever order modules come in', () => {
    expect(names('系统管理', '资金交存', '房屋与业主', '看图与待办')).toEqual(['看图与待办', '房屋与业主', '资金交存', '系统管理'])
  })
  it('puts a group nobody named before supervision, in the order of the modules', () => {
    expect(names('审计', '甲', '财务核算', '乙')).toEqual(['财务核算', '甲', '乙', '审计'])
  })
})
