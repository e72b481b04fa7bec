// SPDX-License-Identifier: Apache-2.0
// Two people changed one row: field by field what I typed, what stood there when I began, what stands there now.
import { editText, parseInput } from './registry.js'

const COMPARED = new Set(['text', 'code', 'state', 'integer', 'bool', 'money', 'area', 'date', 'month', 'rate', 'id'])
const textOf = (field, row) => (row ? editText(field, row[field.name]) : '')

function plainText(field, text) {
  try {
    const value = parseInput({ ...field, required: false }, text)
    return value === null ? '' : editText(field, value)
  } catch {
    return String(text ?? '')
  }
}

/** page is GET /api/record; version is the one the form began with. Fields that differ anywhere, each with a first choice. */
export function clashOf(fields, page, typed, version) {
  const versions = (page.history ?? []).filter((h) => h.after)
  const began = versions.find((h) => Number(h.after.version) === Number(version))?.after ?? null
  const later = versions.filter((h) => Number(h.after.version) > Number(version)).sort((a, b) => Number(a.seq) - Number(b.seq))
  const rows = []
  for (const field of fields) {
    if (!COMPARED.has(field.kind) || field.private || !(field.name in page.row)) continue
    const mine = plainText(field, typed[field.name])
    const before = began ? textOf(field, began) : null
    const now = textOf(field, page.row)
    const changes = later.filter((h) => textOf(field, h.before) !== textOf(field, h.after))
    if (mine === now && (before === null || before === now)) continue
    const byOthers = before === null ? mine !== now : before !== now
    const byMe = before === null ? mine !== now : mine !== before
    const choice = mine === now ? 'now' : byOthers && byMe ? '' : byMe ? 'mine' : 'now'
    rows.push({ field, mine, before, now, last: changes[changes.length - 1] ?? null, choice })
  }
  return { rows, later, version: Number(page.row.version) }
}
