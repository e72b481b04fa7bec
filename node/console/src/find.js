// SPDX-License-Identifier: Apache-2.0
// What Ctrl+K finds without asking the node: menu entries, forms, and the meaning of fields. Rows come from GET /api/find.
const MANY = 8

const fold = (text) => text.normalize('NFKC').trim().toLowerCase()
/** Every word somewhere in the text. */
const holds = (text, words) => words.every((w) => text.includes(w))
const wordsOf = (text) => fold(text).split(/\s+/).filter(Boolean)

/** Menu entries by name, group and clause; groups as menu() gives them. */
export function findMenu(text, groups, describe) {
  const words = wordsOf(text)
  if (!words.length) return []
  const found = []
  for (const g of groups) for (const i of g.items) {
    const clause = describe.views?.[i.view]?.clause ?? ''
    if (holds(fold(`${i.label} ${g.group} ${clause}`), words)) found.push({ title: i.label, detail: g.group, parts: i.page ? ['page', i.page] : ['view', i.view] })
  }
  return found.slice(0, MANY)
}

/** Forms the person may open from nothing: their input needs no row. */
export function findForms(text, commands, describe) {
  const words = wordsOf(text)
  if (!words.length) return []
  const found = []
  for (const name of commands) {
    const command = describe.commands?.[name]
    const fields = describe.records?.[command?.input]?.fields ?? []
    if (!command || fields.some((f) => f.name === 'id' || f.name === 'version')) continue
    if (holds(fold(`${command.label} ${command.clause ?? ''}`), words)) found.push({ title: command.label, detail: command.clause ? `条款 ${command.clause}` : '', parts: ['form', name] })
  }
  return found.slice(0, MANY)
}

/** Fields by name, help and clause, each once, with the form that has it. */
export function findHelp(text, commands, describe) {
  const words = wordsOf(text)
  if (!words.length) return []
  const found = new Map()
  const take = (f, where, parts) => {
    if (!f.help && !f.clause) return
    const key = `${f.label} ${f.help ?? ''}`
    if (!found.has(key) && holds(fold(`${f.label} ${f.help ?? ''} ${f.clause ?? ''}`), words)) {
      found.set(key, { title: f.label, detail: [f.help, f.clause ? `条款 ${f.clause}` : '', where].filter(Boolean).join(' · '), parts })
    }
  }
  for (const name of commands) {
    const command = describe.commands?.[name]
    for (const f of describe.records?.[command?.input]?.fields ?? []) take(f, `见“${command.label}”`, ['form', name])
  }
  return Array.from(found.values()).slice(0, MANY)
}

/** Groups of hits in the order they are walked; each hit has a key of its own. */
export function groupsOf({ rows, menu, forms, help }) {
  const groups = (rows ?? []).map((g) => ({ label: g.label, more: g.more, hits: g.hits.map((h) => ({ ...h, parts: ['record', g.record, h.id] })) }))
  if (menu.length) groups.push({ label: '菜单', hits: menu })
  if (forms.length) groups.push({ label: '办理', hits: forms })
  if (help.length) groups.push({ label: '说明', hits: help })
  let n = 0
  for (const g of groups) for (const h of g.hits) h.at = n++
  return groups
}

/** What was opened last stands first, each once. */
export function remember(recent, hit) {
  const key = hit.parts.join('/')
  return [{ title: hit.title, detail: hit.detail, parts: hit.parts }, ...recent.filter((r) => r.parts.join('/') !== key)].slice(0, MANY)
}
