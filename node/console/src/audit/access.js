// SPDX-License-Identifier: Apache-2.0
// What a reading says of itself, in words: the page or list, and what it was filtered or searched by. 14.2.3
import { pageOf } from '../pages.js'
import { commandLabel, recordOf, showId, showValue, viewOf } from '../registry.js'

const OPERATORS = { '': '等于', min: '不小于', max: '不大于', has: '包含' }
export const STORES = { system: '系统', business: '业务', regulatory: '监管' }

export const accessLabel = (a) => pageOf(a.name)?.label ?? a.label

/** "f.amount.min=100" of a view. */
function filterWords(a, part) {
  const [, column, operator, value] = /^f\.([^.=]+)(?:\.(\w+))?=(.*)$/s.exec(part) ?? []
  const c = viewOf(a.name)?.columns.find((x) => x.name === column)
  return c ? `${c.label}${OPERATORS[operator ?? '']} ${showValue(c, value)}` : part
}
/** "record=apartment" of a search of the chain; all are its parts. */
function searchWords(part, all) {
  const at = part.indexOf('=')
  const value = part.slice(at + 1)
  const record = recordOf(all.find((p) => p.startsWith('record='))?.slice('record='.length))
  switch (part.slice(0, at)) {
    case 'store':
      return `数据库：${STORES[value] ?? value}`
    case 'person':
      return `操作人：${showId(value, { references: 'person' })}`
    case 'record':
      return `记录种类：${record?.label ?? value}`
    case 'id':
      return `编号：${showId(value)}`
    case 'field':
      return `字段：${record?.fields.find((f) => f.name === value)?.label ?? value}`
    case 'command':
      return `操作：${commandLabel(value)}`
    case 'seq':
      return `链 ${value}`
    default:
      return part
  }
}
export function accessFilter(a) {
  const parts = a.filter ? a.filter.split('&') : []
  return parts.map((part) => (a.name === 'audit.chain' ? searchWords(part, parts) : filterWords(a, part))).join('；')
}
