// SPDX-License-Identifier: Apache-2.0
// Questions to what the node describes of itself. Nothing here knows a module.
import { personName } from './names.js'
import { session } from './session.js'
import {
  formatArea, formatCount, formatInstant, formatMoney, formatMonth, formatRate, parseArea, parseDate, parseMoney, parseMonth, parseRate, ValueFault,
} from './values.js'

export const recordOf = (name) => session.describe?.records?.[name] ?? null
export const commandOf = (name) => session.describe?.commands?.[name] ?? null
export const viewOf = (name) => session.describe?.views?.[name] ?? null
/* The set of what is declared is not sent twice: views and records have their labels. */
const declared = (describe) =>
  [...Object.entries(describe?.views ?? {}), ...Object.entries(describe?.records ?? {}).filter(([name]) => !name.includes('.'))]
    .filter(([, d]) => d.label).map(([code, d]) => ({ code, label: d.label }))
export const codesOf = (set) => (set === 'declared' ? declared(session.describe) : session.describe?.codes?.[set] ?? [])
export const codeLabel = (set, code) => codesOf(set).find((c) => c.code === code)?.label ?? code ?? ''
export const panelsOf = (record) => (session.describe?.panels ?? []).filter((p) => p.record === record)
export const commandLabel = (name) => commandOf(name)?.label ?? session.describe?.internal?.[name] ?? name

/** "payment_notices" is the list of "payment_notice": how a view's name says which record its rows are. */
function singular(word) {
  if (word.endsWith('ies')) return word.slice(0, -3) + 'y'
  if (/(s|x|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return word.endsWith('s') ? word.slice(0, -1) : word
}

/** "deposit.notices" lists notices: the noun of a row. */
const nounOf = (view) => singular(view.slice(view.lastIndexOf('.') + 1))
const isStored = (describe, record) => Boolean(describe.records?.[record]) && describe.records[record].shape !== 'value' && !record.includes('.')

/** The record a view lists, or null: the one a text of the row links to, else the one its name names. */
export function recordOfView(name, describe = session.describe) {
  const view = describe?.views?.[name]
  if (!view) return null
  const own = view.columns.find((c) => c.link && c.kind !== 'id' && isStored(describe, c.link) && !view.columns.some((d) => d.name === `${c.link}_id`))
  if (own) return own.link
  const one = nounOf(name)
  const exact = [one, `${name.slice(0, name.indexOf('.'))}_${one}`].find((r) => isStored(describe, r))
  if (exact) return exact
  /* what another list bears in its own name is not meant here: "audit.accesses" are not the accesses of partners */
  const named = new Set(Object.keys(describe.views).map(nounOf))
  const ending = Object.keys(describe.records).filter((r) => isStored(describe, r) && r.endsWith(`_${one}`) && !named.has(r))
  return ending.length === 1 ? ending[0] : null
}

/** The view that lists a record for pickers: of those the person may see, the one with most text to search by. */
export function viewOfRecord(record, describe = session.describe, views = session.me?.views ?? []) {
  const score = (v) => describe.views[v].columns.filter((c) => c.contains || (c.filter && c.kind === 'text')).length
  /* a short list made for choosing is called choose_RECORD */
  const named = (v) => nounOf(v) === record || record.endsWith(`_${nounOf(v)}`) || nounOf(v) === `choose_${record}`
  const found = views.filter((v) => describe?.views?.[v] && recordOfView(v, describe) === record && named(v))
  return found.sort((a, b) => score(b) - score(a) || (a < b ? -1 : 1))[0] ?? null
}

/** A column's heading with its unit, unless the node has put it there. */
export function headingOf(column) {
  const unit = { money: '元', area: '㎡' }[column.kind]
  return unit && !column.label.includes(unit) ? `${column.label}（${unit}）` : column.label
}

const NUMERIC = new Set(['money', 'area', 'rate', 'integer'])
export const isNumeric = (kind) => NUMERIC.has(kind)
/** What travels as a number of JSON. */
export const isWhole = (kind) => kind === 'integer' || kind === 'month'
export const isDay = (kind) => kind === 'date' || kind === 'instant' || kind === 'month'

/* Ids are counted for each record: the same number is a person here and an area there. */
export const meansPerson = (shape) => (shape.references ? shape.references === 'person' : /^(?:person|operator|reviewer|approver)(?:_id)?$|_by$/.test(shape.name ?? ''))

/** An id as people can say it, office and serial; where it means a person, by name. */
export function showId(value, shape = {}, me = session.me) {
  if (value === '0') return ''
  if (me && meansPerson(shape)) {
    const name = value === me.person.id ? me.person.name : session.state === 'in' && /^\d+$/.test(value) ? personName(value) : ''
    if (name) return name
  }
  const whole = /^\d{10,19}$/.test(value) ? BigInt(value) : 0n
  return whole >> 32n ? `${whole >> 32n}-${whole & 0xffffffffn}` : String(value)
}

/** The number of an id as people write it: "1024-33" by office and serial, or the number itself. */
export function idNumber(text) {
  const whole = String(text).trim()
  const parts = /^(\d{1,10})-(\d{1,10})$/.exec(whole)
  return parts ? String((BigInt(parts[1]) << 32n) | BigInt(parts[2])) : whole
}

/** A value as text for people; column or field alike. */
export function showValue(shape, value) {
  if (value === null || value === undefined || value === '') return ''
  if (shape.zero_unknown && String(value) === '0') return '—'
  switch (shape.kind) {
    case 'money':
      return formatMoney(value)
    case 'area':
      return formatArea(value)
    case 'rate':
      return formatRate(value)
    case 'instant':
      return formatInstant(value)
    case 'month':
      return formatMonth(value)
    case 'integer':
      return shape.sum ? formatCount(value) : String(value)
    case 'bool':
      return Number(value) ? '是' : '否'
    case 'code':
      return shape.codes ? codeLabel(shape.codes, value) : value
    case 'state':
      return shape.states?.find((s) => s.name === value)?.label ?? value
    case 'id':
      return showId(value, shape)
    case 'lines':
      return Array.isArray(value) ? `${value.length} 行` : ''
    default:
      return String(value)
  }
}

/** How a stored value stands in an input: the same text a person would type. */
export function editText(field, value) {
  if (value === null || value === undefined) return ''
  if (field.kind === 'bool') return value === true || value === 'true' || Number(value) === 1 ? '1' : '0'
  if (field.zero_unknown && String(value) === '0') return ''
  if (['money', 'area', 'month'].includes(field.kind)) return showValue(field, value)
  if (field.kind === 'rate') return formatRate(value).replace(' %', '')
  return String(value)
}

/** What a person typed, as the node wants it: a value, or null for nothing. Throws ValueFault. */
export function parseInput(field, text) {
  const empty = text === null || text === undefined || String(text).trim() === ''
  if (field.kind === 'bool') return text === true || text === 'true' || text === '1'
  if (empty) {
    if (field.required) throw new ValueFault(`请填写${field.label}`)
    return null
  }
  switch (field.kind) {
    case 'money':
      return parseMoney(text)
    case 'area':
      return parseArea(text)
    case 'rate':
      return parseRate(text)
    case 'date':
      return parseDate(text)
    case 'month':
      return parseMonth(text)
    case 'integer':
      return parseWhole(text)
    case 'id': {
      const number = idNumber(text)
      if (!/^\d{1,19}$/.test(number)) throw new ValueFault('请填写编号，例如 1024-33')
      return number
    }
    case 'text':
    case 'sealed': {
      const s = String(text).trim()
      const max = field.max || 200
      if (Array.from(s).length > max) throw new ValueFault(`最多 ${max} 个字`)
      return s
    }
    default:
      return String(text)
  }
}

function parseWhole(text) {
  const s = String(text).replace(/[,，\s]/g, '')
  if (!/^-?\d{1,16}$/.test(s) || !Number.isSafeInteger(Number(s))) throw new ValueFault('请填写整数')
  return Number(s)
}

/** Where a cell leads: a record's page, a view filtered by it, or a hand-written page. */
export function linkOf(column, row, hasPage, from = '', describe = session.describe) {
  const target = column.link
  if (!target) return null
  const value = row[column.name]
  if (describe?.records?.[target]) {
    /* a row that has a place for the target's id and leaves it empty has no target */
    const has = describe.views?.[from]?.columns.some((c) => c.name === `${target}_id`)
    const id = column.kind === 'id' ? value : (row[`${target}_id`] ?? (has ? null : row.id))
    return id && id !== '0' ? [['record', target, id], {}] : null
  }
  if (describe?.views?.[target]) {
    const ids = describe.views[target].columns.filter((c) => c.filter && c.kind === 'id' && c.name !== 'id')
    const named = ids.find((c) => row[c.name])
    if (named) return [['view', target], { [`f.${named.name}`]: row[named.name] }]
    const noun = from ? nounOf(from) : ''
    const own = ids.find((c) => c.name === `${recordOfView(from, describe)}_id`) ?? ids.find((c) => noun && `_${c.name}`.endsWith(`_${noun.split('_').pop()}_id`))
    if (own && row.id) return [['view', target], { [`f.${own.name}`]: row.id }]
    return [['view', target], {}]
  }
  return hasPage(target) && row.id ? [['page', target], { id: row.id }] : null
}

/** The id of the record a row shows: its own, or the column that bears the record's name (a list of log-ins shows persons). */
export function recordIdOf(view, row, describe = session.describe) {
  const record = recordOfView(view, describe)
  const column = record ? describe.views[view].columns.find((c) => c.kind === 'id' && c.name === record) : null
  return column ? row[column.name] : row.id
}

/** Which column of a view's row answers an input field: the row's own id, one of the same name and kind, or none. */
export function rowField(field, view, describe = session.describe) {
  const columns = describe?.views?.[view]?.columns ?? []
  if (field.name === 'id') return 'id'
  const same = columns.find((c) => c.name === field.name && (c.kind === field.kind || field.kind !== 'id'))
  if (same) return same.name
  if (field.kind !== 'id' && !isWhole(field.kind)) return null
  const record = recordOfView(view, describe)
  const noun = nounOf(view)
  if (field.kind === 'id' && record && (field.references === record || field.name === `${record}_id`)) return 'id'
  if (field.name === noun || field.name === `${noun}_id`) return 'id'
  /* a person's list is a list of log-ins: the input's noun stands among the columns */
  return field.kind === 'id' && columns.some((c) => c.name === field.references && c.kind === 'text') ? 'id' : null
}
/** Whether a command is about one row of a view. */
export function takesRow(command, view, describe = session.describe) {
  const input = describe?.records?.[describe?.commands?.[command]?.input]
  return (input?.fields ?? []).some((f) => (f.kind === 'id' || f.name === nounOf(view)) && rowField(f, view, describe) !== null)
}
/** No private or secret value inside: may be kept in the browser for a while. */
export function isPlain(record, describe = session.describe) {
  return (describe?.records?.[record]?.fields ?? []).every((f) => f.kind !== 'sealed' && !f.secret && (f.kind !== 'lines' || isPlain(f.lines, describe)))
}

/** Whether a command begins with what stands in its row. Others only learn from it which row is meant: a reason, a date, a name given
 * anew is not the old one, and what a second person types from paper must not stand there already. */
export const takesOver = (command, field) => field.kind === 'id' || isWhole(field.kind) || /\.(?:change|edit|set|enter|request)(?:_|$)/.test(command)

/** What a row already says about the input of one of its actions. */
export function inputFromRow(command, view, row, describe = session.describe) {
  const input = describe?.records?.[describe?.commands?.[command]?.input]
  const known = {}
  for (const f of input?.fields ?? []) {
    if (f.kind === 'sealed' || f.kind === 'lines' || f.secret || f.private || !takesOver(command, f)) continue
    const source = rowField(f, view, describe)
    const value = source === null ? undefined : row[source]
    if (value !== undefined && value !== null && value !== '' && !(f.kind === 'id' && value === '0')) known[f.name] = String(value)
  }
  /* "this apartment or its whole area": the row itself is meant, not what it lies in */
  const own = (input?.fields ?? []).some((f) => f.kind === 'id' && f.name in known && rowField(f, view, describe) === 'id')
  for (const f of input?.fields ?? []) {
    if (own && f.kind === 'id' && !f.required && rowField(f, view, describe) !== 'id') delete known[f.name]
  }
  return known
}

/** Why a row does not take a command as it stands, as a sentence; null when it does or nothing is said of it. */
export function refusedNow(command, record, row, view = '', describe = session.describe) {
  const shapes = [...(describe?.records?.[record]?.fields ?? []), ...(describe?.views?.[view]?.columns ?? [])]
  return (describe?.offers?.[record]?.[command] ?? []).map((offer) => refusedBy(offer, shapes, row)).find((why) => why) ?? null
}

function refusedBy(offer, shapes, row) {
  const field = shapes.find((f) => f.name === offer.field)
  const value = row?.[offer.field]
  if (!field || value === undefined || value === null) return null
  if (field.kind === 'id') return String(value) === String(session.me?.person.id) ? `${field.label}是您本人，须由另一人办理` : null
  if (field.kind === 'bool') return offer.values.includes(Number(value) ? 'true' : 'false') ? null : Number(value) ? field.label : `不是${field.label}`
  if (offer.values.includes(value)) return null
  const wanted = offer.values.map((v) => `“${showValue(field, v)}”`).join('或')
  return `${field.label}为“${showValue(field, value)}”，须为${wanted}`
}

/** Whether a command makes the rows of a view: its verb makes things, and its noun is theirs. */
export function makesRowsOf(command, view, describe = session.describe) {
  const [module, action] = command.split('.')
  if (!describe?.commands?.[command] || view.split('.')[0] !== module) return false
  /* "load_required_papers" makes many at once */
  const many = /^load_(.+)$/.exec(action)?.[1]
  const made = many ? singular(many) : /^(?:create|add|issue|open|enter|set|grant)_(.+)$/.exec(action)?.[1]
  return made !== undefined && (made === recordOfView(view, describe) || made === nounOf(view))
}
