// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, it } from 'vitest'
import { accessFilter, accessLabel } from '../src/audit/access.js'
import { session } from '../src/session.js'

beforeEach(() => {
  session.describe = {
    views: { 'essential.apartments': { columns: [{ name: 'covered_area', label: '建筑面积', kind: 'area' }] } },
    records: { apartment: { label: '分户', fields: [{ name: 'covered_area', label: '建筑面积', kind: 'area' }] } },
    commands: { 'essential.change_apartment': { label: '变更分户' } },
  }
})

describe('a reading in words', () => {
  it('of a list, by its columns', () => {
    expect(accessFilter({ name: 'essential.apartments', filter: 'f.covered_area.min=8000' })).toBe('建筑面积不小于 80.00')
    expect(accessFilter({ name: 'essential.apartments', filter: '' })).toBe('')
    expect(accessLabel({ name: 'essential.apartments', label: '分户' })).toBe('分户')
  })
  it('of a search of the chain, by its parts [14.2.3]', () => {
    expect(accessLabel({ name: 'audit.chain', label: 'audit.chain' })).toBe('变更查询')
    expect(accessFilter({ name: 'audit.chain', filter: 'store=business&record=apartment&id=8589934593&field=covered_area' })).toBe('数据库：业务；记录种类：分户；编号：2-1；字段：建筑面积')
    expect(accessFilter({ name: 'audit.chain', filter: 'store=system&command=essential.change_apartment&seq=12' })).toBe('数据库：系统；操作：变更分户；链 12')
  })
})
