// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { editText, headingOf, idNumber, inputFromRow, isPlain, linkOf, makesRowsOf, parseInput, recordIdOf, recordOfView, refusedNow, showId, showValue, takesRow, viewOfRecord } from '../src/registry.js'
import { session } from '../src/session.js'

const id = (name, more = {}) => ({ name, label: name, kind: 'id', filter: true, hidden: true, ...more })
const text = (name, more = {}) => ({ name, label: name, kind: 'text', filter: true, ...more })
const node = {
  records: {
    property_area: { shape: 'register', fields: [] }, apartment: { shape: 'register', fields: [] }, payment: { shape: 'document', fields: [] }, person: { shape: 'register', fields: [] },
    bank_account: { shape: 'register', fields: [] }, ledger_account: { shape: 'register', fields: [] },
    'deposit.post_input': { shape: 'value', fields: [{ name: 'payment_id', kind: 'id', references: 'payment', required: true }] },
    'essential.change': { shape: 'value', fields: [{ name: 'id', kind: 'id' }, { name: 'version', kind: 'integer' }, { name: 'name', kind: 'text' }, { name: 'owner', kind: 'sealed' }] },
    'essential.create_apartment': { shape: 'value', fields: [{ name: 'room_number', kind: 'text' }, { name: 'owners', kind: 'lines', lines: 'essential.owner' }] },
    'essential.owner': { shape: 'value', fields: [{ name: 'id_number', kind: 'sealed' }] },
    'identity.reset': { shape: 'value', fields: [{ name: 'login', kind: 'id', references: 'login' }, { name: 'reason', kind: 'text' }] },
    'identity.post_input': { shape: 'value', fields: [{ name: 'person', kind: 'id', references: 'person' }] },
    'identity.session_input': { shape: 'value', fields: [{ name: 'session', kind: 'integer' }] },
  },
  commands: {
    'deposit.post': { input: 'deposit.post_input' }, 'essential.change': { input: 'essential.change' }, 'essential.create_apartment': { input: 'essential.create_apartment' },
    'identity.reset': { input: 'identity.reset' }, 'identity.set_post': { input: 'identity.post_input' }, 'identity.end_session': { input: 'identity.session_input' },
  },
  views: {
    'essential.areas': { columns: [id('id'), text('name', { link: 'property_area', contains: true })] },
    'essential.apartments': { columns: [id('id'), id('property_area_id'), text('room_number', { link: 'apartment' })] },
    'deposit.payments': { columns: [id('id'), text('notice_number')] },
    'deposit.regulated_areas': { columns: [id('id'), text('area_name', { link: 'deposit.regulated_households' })] },
    'deposit.regulated_households': { columns: [id('id'), id('property_area_id'), id('building_id')] },
    'accounting.accounts': { columns: [id('id')] },
    'identity.persons': { columns: [id('id'), id('person'), text('person_name'), text('login')] },
    'identity.sessions': { columns: [id('id'), text('login')] },
  },
}

describe('what a row is', () => {
  it('by the link of its own text, else by the name of the view', () => {
    expect(recordOfView('essential.areas', node)).toBe('property_area')
    expect(recordOfView('essential.apartments', node)).toBe('apartment')
    expect(recordOfView('deposit.payments', node)).toBe('payment')
    expect(recordOfView('identity.persons', node)).toBe('person')
  })
  it('nothing when the name could mean two, or no record', () => {
    expect(recordOfView('accounting.accounts', node)).toBeNull()
    expect(recordOfView('deposit.regulated_areas', node)).toBeNull()
    expect(recordOfView('no.such', node)).toBeNull()
  })
  it('not what another list bears in its own name', () => {
    const d = { records: { exchange_access: { shape: 'ledger' }, payment_notice: { shape: 'document' } }, views: { 'audit.accesses': { columns: [] }, 'deposit.notices': { columns: [] } } }
    expect(recordOfView('audit.accesses', d)).toBe('exchange_access')
    d.views['essential.exchange_accesses'] = { columns: [] }
    expect([recordOfView('audit.accesses', d), recordOfView('essential.exchange_accesses', d), recordOfView('deposit.notices', d)]).toEqual([null, 'exchange_access', 'payment_notice'])
  })
  it('a list of log-ins shows persons', () => {
    expect(recordIdOf('identity.persons', { id: '7', person: '3' }, node)).toBe('3')
    expect(recordIdOf('deposit.payments', { id: '7' }, node)).toBe('7')
  })
  it('pickers use the view of that name, and only one the person may see', () => {
    expect(viewOfRecord('property_area', node, ['essential.areas', 'essential.apartments'])).toBe('essential.areas')
    expect(viewOfRecord('property_area', node, ['essential.apartments'])).toBeNull()
  })
})

describe('what an action knows from its row', () => {
  it('ids by reference, by noun, by column', () => {
    expect(inputFromRow('deposit.post', 'deposit.payments', { id: '9' }, node)).toEqual({ payment_id: '9' })
    expect(inputFromRow('identity.reset', 'identity.persons', { id: '7', person: '3', login: 'li' }, node)).toEqual({ login: '7' })
    expect(inputFromRow('identity.set_post', 'identity.persons', { id: '7', person: '3', login: 'li' }, node)).toEqual({ person: '3' })
    expect(inputFromRow('identity.end_session', 'identity.sessions', { id: '5', login: 'li' }, node)).toEqual({ session: '5' })
  })
  it('what stands only where it is changed', () => {
    const fields = [{ name: 'partner_id', kind: 'id', references: 'partner' }, { name: 'version', kind: 'integer' }, { name: 'fingerprint', kind: 'text' }, { name: 'valid_from', kind: 'date' }]
    const d = {
      records: { partner: { shape: 'register', fields: [] }, 'm.in': { shape: 'value', fields } },
      commands: Object.fromEntries(['approve', 'change', 'rename'].map((verb) => [`m.${verb}_partner`, { input: 'm.in' }])),
      views: { 'm.partners': { columns: [id('id'), { name: 'version', kind: 'integer' }, text('fingerprint'), { name: 'valid_from', kind: 'date' }] } },
    }
    const row = { id: '7', version: 2, fingerprint: 'ab', valid_from: '2026-01-05' }
    expect(inputFromRow('m.change_partner', 'm.partners', row, d)).toEqual({ partner_id: '7', version: '2', fingerprint: 'ab', valid_from: '2026-01-05' })
    for (const verb of ['approve', 'rename']) expect(inputFromRow(`m.${verb}_partner`, 'm.partners', row, d)).toEqual({ partner_id: '7', version: '2' })
  })
  it('never private values', () => {
    const row = { id: '1', name: 'a', owner: '张*' }
    expect(inputFromRow('essential.change', 'essential.areas', row, node)).toEqual({ id: '1', name: 'a' })
    expect(isPlain('essential.change', node)).toBe(false)
    expect(isPlain('essential.create_apartment', node)).toBe(false)
    expect(isPlain('deposit.post_input', node)).toBe(true)
  })
  it('row actions and makers', () => {
    expect(takesRow('deposit.post', 'deposit.payments', node)).toBe(true)
    expect(takesRow('essential.create_apartment', 'essential.apartments', node)).toBe(false)
    expect(makesRowsOf('essential.create_apartment', 'essential.apartments', node)).toBe(true)
    expect(makesRowsOf('essential.create_apartment', 'essential.areas', node)).toBe(false)
    const d = { ...node, commands: { ...node.commands, 'essential.load_apartments': {} } }
    expect([makesRowsOf('essential.load_apartments', 'essential.apartments', d), makesRowsOf('essential.load_apartments', 'essential.areas', d)]).toEqual([true, false])
  })
})

describe('links', () => {
  const none = () => false
  it('to a record by the row or by the cell', () => {
    expect(linkOf({ name: 'room_number', kind: 'text', link: 'apartment' }, { id: '4' }, none, 'essential.apartments', node)).toEqual([['record', 'apartment', '4'], {}])
    expect(linkOf({ name: 'payment_id', kind: 'id', link: 'payment' }, { id: '4', payment_id: '8' }, none, 'x.y', node)).toEqual([['record', 'payment', '8'], {}])
  })
  it('nowhere when the row names no target', () => {
    const d = { records: { apartment: { shape: 'register' } }, views: { 'm.olds': { columns: [id('apartment_id'), text('name', { link: 'apartment' })] } } }
    expect(linkOf(d.views['m.olds'].columns[1], { id: '4', apartment_id: '8' }, none, 'm.olds', d)).toEqual([['record', 'apartment', '8'], {}])
    for (const row of [{ id: '4', apartment_id: '0' }, { id: '4', apartment_id: null }, { id: '4' }]) expect(linkOf(d.views['m.olds'].columns[1], row, none, 'm.olds', d)).toBeNull()
  })
  it('to a list below the row', () => {
    expect(linkOf({ name: 'area_name', kind: 'text', link: 'deposit.regulated_households' }, { id: '4' }, none, 'deposit.regulated_areas', node)).toEqual([['view', 'deposit.regulated_households'], { 'f.property_area_id': '4' }])
  })
  it('to a page that exists only', () => {
    expect(linkOf({ name: 'a', link: 'x.page' }, { id: '4' }, none, 'x.y', node)).toBeNull()
    expect(linkOf({ name: 'a', link: 'x.page' }, { id: '4' }, () => true, 'x.y', node)).toEqual([['page', 'x.page'], { id: '4' }])
  })
})

describe('inputs', () => {
  it('make exact values of what people type', () => {
    expect(parseInput({ kind: 'money', label: 'm' }, '7,149.60')).toBe('714960')
    expect(parseInput({ kind: 'area', label: 'a' }, '89.37')).toBe('8937')
    expect(parseInput({ kind: 'date', label: 'd' }, '20261123')).toBe('2026-11-23')
    expect(parseInput({ kind: 'month', label: 'm' }, '2026-11')).toBe(202611)
    expect(parseInput({ kind: 'integer', label: 'i' }, '1,234')).toBe(1234)
    expect(parseInput({ kind: 'bool', label: 'b' }, '1')).toBe(true)
    expect(parseInput({ kind: 'bool', label: 'b' }, '0')).toBe(false)
    expect(parseInput({ kind: 'bool', label: 'b' }, '')).toBe(false)
    expect(parseInput({ kind: 'bool', label: 'b' }, 'true')).toBe(true)
    expect(parseInput({ kind: 'text', label: 't' }, '  x ')).toBe('x')
    expect(parseInput({ kind: 'text', label: 't' }, ' ')).toBeNull()
  })
  it('refuse what is missing, too long, beyond exactness', () => {
    expect(() => parseInput({ kind: 'text', label: '房号', required: true }, ' ')).toThrow('请填写房号')
    expect(() => parseInput({ kind: 'text', label: 't', max: 3 }, '四个汉字')).toThrow('最多 3 个字')
    expect(() => parseInput({ kind: 'integer', label: 'i' }, '9007199254740993')).toThrow('整数')
  })
  it('show again what was read', () => {
    expect(editText({ kind: 'money' }, '714960')).toBe('7,149.60')
    expect(editText({ kind: 'rate' }, '3500')).toBe('0.35')
    expect(editText({ kind: 'month' }, '202611')).toBe('2026-11')
    expect(showValue({ kind: 'month' }, 202611)).toBe('2026-11')
    expect(showValue({ kind: 'state', states: [{ name: 'posted', label: '已入账' }] }, 'posted')).toBe('已入账')
    expect(showValue({ kind: 'bool' }, 0)).toBe('否')
    expect(showValue({ kind: 'money' }, null)).toBe('')
    expect(showValue({ kind: 'integer' }, 2026)).toBe('2026')
    expect(showValue({ kind: 'integer', sum: true }, 12345)).toBe('12,345')
    expect(headingOf({ kind: 'money', label: '应交金额' })).toBe('应交金额（元）')
    expect(headingOf({ kind: 'money', label: '应交（元）' })).toBe('应交（元）')
  })
})

describe('ids', () => {
  it('are said by office and serial, oneself by name', () => {
    expect(showId('4398046511104001', {}, null)).toBe('1024000-1')
    const me = { person: { id: '4398046511104001', name: '李登记' } }
    for (const shape of [{ name: 'operator_id' }, { name: 'issued_by' }, { name: 'holder_id', references: 'person' }]) expect(showId('4398046511104001', shape, me)).toBe('李登记')
    for (const shape of [{ name: 'property_area_id' }, { name: 'operator_id', references: 'office' }, {}]) expect(showId('4398046511104001', shape, me)).toBe('1024000-1')
    expect(showId('0', {}, null)).toBe('')
    expect(showId('17', {}, null)).toBe('17')
    for (const number of ['4398046511104001', '17']) expect(idNumber(showId(number, {}, null))).toBe(number)
    expect(parseInput({ kind: 'id', label: 'i' }, ' 1024000-1 ')).toBe('4398046511104001')
    expect(() => parseInput({ kind: 'id', label: 'i' }, '张三')).toThrow('编号')
  })
  it('offers a command only in the values that are declared, and says why not', () => {
    const d = {
      offers: { change: { 'm.effect': [{ field: 'state', values: ['checked'] }] }, part: { 'm.cancel': [{ field: 'cancelled', values: ['false'] }, { field: 'waiting', values: ['false'] }] }, event: { 'm.handle': [{ field: 'handled', values: ['false'] }] } },
      records: {
        change: { fields: [{ name: 'state', label: '状态', kind: 'state', states: [{ name: 'checked', label: '已复核' }, { name: 'done', label: '已生效' }] }] },
        part: { fields: [{ name: 'cancelled', label: '已注销', kind: 'bool' }] }, event: { fields: [] },
      },
      views: { 'm.parts': { columns: [{ name: 'waiting', label: '待批准', kind: 'bool' }] }, 'm.events': { columns: [{ name: 'handled', label: '已处理', kind: 'bool' }] } },
    }
    expect(refusedNow('m.effect', 'change', { state: 'checked' }, '', d)).toBe(null)
    expect(refusedNow('m.effect', 'change', { state: 'done' }, '', d)).toBe('状态为“已生效”，须为“已复核”')
    expect(refusedNow('m.other', 'change', { state: 'done' }, '', d)).toBe(null)
    expect(refusedNow('m.effect', 'change', {}, '', d)).toBe(null)
    expect(refusedNow('m.cancel', 'part', { cancelled: false }, '', d)).toBe(null)
    expect(refusedNow('m.cancel', 'part', { cancelled: true }, '', d)).toBe('已注销')
    expect(refusedNow('m.cancel', 'part', { cancelled: false, waiting: false }, 'm.parts', d)).toBe(null)
    expect(refusedNow('m.cancel', 'part', { cancelled: false, waiting: true }, 'm.parts', d)).toBe('待批准')
    expect(refusedNow('m.handle', 'event', { handled: true }, 'm.events', d)).toBe('已处理')
    expect(refusedNow('m.handle', 'event', { handled: true }, '', d)).toBe(null)
  })
  it('offers nobody what another person has to do after him', () => {
    const d = { offers: { change: { 'm.check': [{ field: 'asked_by', values: [] }] } }, records: { change: { fields: [{ name: 'asked_by', label: '申请人', kind: 'id' }] } } }
    session.me = { person: { id: '7' } }
    expect(refusedNow('m.check', 'change', { asked_by: '7' }, '', d)).toBe('申请人是您本人，须由另一人办理')
    expect(refusedNow('m.check', 'change', { asked_by: '8' }, '', d)).toBe(null)
    session.me = null
  })
  it('shows a dash where 0 says that nobody knows, and leaves the box of a form empty', () => {
    expect(showValue({ kind: 'area', zero_unknown: true }, '0')).toBe('—')
    expect(showValue({ kind: 'area', zero_unknown: true }, '7239')).toBe('72.39')
    expect(showValue({ kind: 'area' }, '0')).toBe('0.00')
    expect(editText({ kind: 'area', zero_unknown: true }, '0')).toBe('')
    expect(editText({ kind: 'area' }, '0')).toBe('0.00')
  })
})
