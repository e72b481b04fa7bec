// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { makeAddress, parseAddress } from '../src/address.js'
import { ordered } from '../src/federation/tree.js'
import { actorText, changesOf } from '../src/history.js'
import { passwordFaults, passwordRules } from '../src/texts.js'
import { codesWithRows } from '../src/codes.js'
import { lineOf, ranked } from '../../../modules/deposit/console/theme.js'
import { dayOf, daysOfYear, monthsOf, weekdayOf } from '../../../modules/essential/console/calendar.js'
import { listOf } from '../../../modules/essential/console/lists.js'

describe('addresses', () => {
  it('come back as they went', () => {
    const address = makeAddress(['view', 'deposit.payments'], { 'f.area.has': '西岭 & 花园', 'f.state': 'posted', empty: '' })
    expect(parseAddress(address)).toEqual({ parts: ['view', 'deposit.payments'], query: { 'f.area.has': '西岭 & 花园', 'f.state': 'posted' } })
    expect(parseAddress('')).toEqual({ parts: [], query: {} })
  })
})

describe('the tree', () => {
  it('parents first, orphans and cycles shown once', () => {
    const nodes = [{ office: 3, parent: 2 }, { office: 2, parent: 1 }, { office: 4, parent: 9 }, { office: 6, parent: 5 }, { office: 5, parent: 6 }]
    expect(ordered(nodes).map((n) => [n.office, n.depth])).toEqual([[2, 0], [3, 1], [4, 0], [6, 0], [5, 0]])
  })
})

describe('history', () => {
  it('shows both names where somebody stood in for another [14.4.2]', () => {
    const show = (id) => `人员 ${id}`
    expect(actorText({ person: '0' }, show)).toBe('系统')
    expect(actorText({ person: '7', person_name: '李四' }, show)).toBe('李四')
    expect(actorText({ person: '7', person_name: '李四', principal: '9', principal_name: '张三' }, show)).toBe('李四（代 张三）')
    expect(actorText({ person: '7', principal: '9' }, show)).toBe('人员 7（代 人员 9）')
  })
  it('names what changed, as people read it', () => {
    const fields = [{ name: 'a', label: '金额', kind: 'money' }, { name: 'b', label: '名称', kind: 'text' }]
    expect(changesOf(fields, { a: '100', b: 'x' }, { a: '250', b: 'x' })).toEqual([{ name: 'a', label: '金额', before: '1.00', after: '2.50' }])
    const place = [{ name: 'unit_id', label: '单元', kind: 'id', references: 'unit' }]
    expect(changesOf(place, { unit_id: '8589934593' }, { unit_id: '8589934594' }, (record, id) => (id === '8589934594' ? `${record} 乙` : ''))).toEqual([{ name: 'unit_id', label: '单元', before: '2-1', after: 'unit 乙' }])
    expect(changesOf(fields, null, { b: 'x' })).toEqual([{ name: 'b', label: '名称', before: '', after: 'x' }])
  })
})

describe('passwords', () => {
  it('the rule is told before asking', () => {
    expect(passwordFaults('', 'li')).toEqual([false, false, false])
    expect(passwordFaults('Abcdef-12345', 'li')).toEqual([true, true, true])
    expect(passwordFaults('Abcdef-LI-12345', 'li')).toEqual([true, true, false])
    expect(passwordFaults('abcdefghijklm', 'li')).toEqual([true, false, true])
    expect([10, 14].map((n) => passwordFaults('Abcdef-12345', 'li', n)[0])).toEqual([true, false])
    expect(passwordRules(10)[0]).toBe('至少 10 个字符')
  })
})

describe('the deposit theme', () => {
  const row = (key, owed, paid) => ({ key, label: key, values: { 'deposit.owed': owed, 'deposit.paid': paid, 'deposit.households': '1' } })
  it('recomputes the rate of every line', () => {
    expect(lineOf(row('a', '3242720', '2167760'))).toMatchObject({ rate: '66.85 %', unpaid: '1074960' })
  })
  it('ranks by exact quotients; nothing owed stands last; equals share a rank', () => {
    const lines = [row('a', '3', '1'), row('b', '9007199254740993', '9007199254740992'), row('c', '6', '2'), row('d', '0', '0'), row('e', '9007199254740994', '9007199254740993')].map(lineOf)
    expect(ranked(lines, 'rate').map((l) => [l.key, l.rank])).toEqual([['e', 1], ['b', 2], ['a', 3], ['c', 3], ['d', 5]])
    expect(ranked(lines, 'paid').map((l) => l.key)).toEqual(['e', 'b', 'c', 'a', 'd'])
  })
})

describe('the working calendar [4.3.1]', () => {
  it('has every day of a year on its weekday, whatever the zone', () => {
    expect(daysOfYear(2024)).toHaveLength(366)
    expect(daysOfYear(2026)[0]).toBe('2026-01-01')
    expect(daysOfYear(2026).at(-1)).toBe('2026-12-31')
    expect(weekdayOf('2026-11-27')).toBe(5)
    expect(weekdayOf('2026-11-29')).toBe(0)
  })
  it('takes the table first and the weekday else', () => {
    expect(dayOf('2026-10-01', { kind: 'holiday', name: '国庆节' })).toMatchObject({ kind: 'holiday', works: false, name: '国庆节' })
    expect(dayOf('2026-10-10', { kind: 'worked', name: '' }).works).toBe(true)
    expect(dayOf('2026-10-10').works).toBe(false)
    expect(dayOf('2026-10-12', { kind: 'ordinary' })).toMatchObject({ kind: 'plain', works: true })
  })
  it('begins weeks on Monday and counts what is worked', () => {
    const months = monthsOf(2026, [{ day: '2026-10-01', kind: 'holiday', name: '' }, { day: '2026-10-10', kind: 'worked', name: '' }])
    expect(months[9]).toMatchObject({ month: 10, lead: 3, works: 22 })
    expect(months[10].lead).toBe(6)
    expect(months[1].days).toHaveLength(28)
  })
})

describe('codes that are rows [3.0.3]', () => {
  it('stand behind the declared ones and never hide them', () => {
    const declared = { use: [{ code: '01', label: '住宅' }] }
    const codes = codesWithRows(declared, [{ code_set: 'use', code: '11', name: '别墅' }, { code_set: 'use', code: '01', name: '别的' }, { code_set: 'new', code: '1', name: '一' }])
    expect(codes.use).toEqual([{ code: '01', label: '住宅' }, { code: '11', label: '别墅' }])
    expect(codes.new).toEqual([{ code: '1', label: '一' }])
    expect(declared.use).toHaveLength(1)
  })
})

describe('lists from files [4.1.1]', () => {
  it('know their words; an unknown page is the building table', () => {
    expect(listOf('essential.import_divisions').kind).toBe('divisions')
    expect(listOf('essential.import').kind).toBe('building_table')
    expect(listOf('nothing').kind).toBe('building_table')
  })
})
