// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { clashOf } from '../src/clash.js'

const FIELDS = [
  { name: 'name', label: '名称', kind: 'text' }, { name: 'amount', label: '金额', kind: 'money' }, { name: 'note', label: '备注', kind: 'text' },
  { name: 'lift', label: '电梯', kind: 'bool' }, { name: 'owner', label: '业主', kind: 'text', private: true }, { name: 'reason', label: '事由', kind: 'text' },
]
const V1 = { version: 1, name: '甲', amount: '100', note: '', lift: false, owner: '张*' }
const V2 = { version: 2, name: '乙', amount: '100', note: '', lift: true, owner: '张*' }
const PAGE = { row: V2, history: [{ seq: '9', person: '7', after: V2, before: V1 }, { seq: '4', person: '5', after: V1, before: null }] }
const typed = (more) => ({ name: '甲', amount: '1.00', note: '', lift: '0', owner: '李四', reason: '更名', ...more })
const choices = (page, more, version = 1) => Object.fromEntries(clashOf(FIELDS, page, typed(more), version).rows.map((r) => [r.field.name, r.choice]))

describe('two versions of one row', () => {
  it('takes what only one side changed, asks where both did', () => {
    expect(choices(PAGE, {})).toEqual({ name: 'now', lift: 'now' })
    expect(choices(PAGE, { amount: '2.00' })).toEqual({ name: 'now', amount: 'mine', lift: 'now' })
    expect(choices(PAGE, { name: '丙' })).toEqual({ name: '', lift: 'now' })
    expect(choices(PAGE, { name: '乙', lift: '1' })).toEqual({ name: 'now', lift: 'now' })
  })
  it('tells who changed a field last, and the version to send', () => {
    const { rows, version, later } = clashOf(FIELDS, PAGE, typed({ name: '丙' }), 1)
    expect(version).toBe(2)
    expect(later.map((h) => h.seq)).toEqual(['9'])
    expect(rows[0]).toMatchObject({ mine: '丙', before: '甲', now: '乙', last: { person: '7' } })
  })
  it('never shows private fields, nor what the row does not have', () => {
    expect(clashOf(FIELDS, PAGE, typed({ owner: '王五', reason: 'x' }), 1).rows.map((r) => r.field.name)).toEqual(['name', 'lift'])
  })
  it('asks for every difference when the beginning is not known', () => {
    expect(choices({ ...PAGE, history: [] }, { name: '丙' })).toEqual({ name: '', lift: '' })
  })
})
