// SPDX-License-Identifier: Apache-2.0
import { showValue } from './registry.js'

/** The fields that one change touched, each before and after as people read them. title (record, id) may name what an id
 * refers to. */
export function changesOf(fields, before, after, title = () => '') {
  const out = []
  const shown = (f, value) => (f.kind === 'id' && f.references && value && value !== '0' && title(f.references, value)) || showValue(f, value)
  for (const f of fields) {
    const a = shown(f, before?.[f.name])
    const b = shown(f, after?.[f.name])
    if (showValue(f, before?.[f.name]) !== showValue(f, after?.[f.name])) out.push({ name: f.name, label: f.label, before: a, after: b })
  }
  return out
}

/** Who did it; both names when somebody stood in for another (14.4.2). show turns an id into text. */
export function actorText(entry, show) {
  const name = (id, text) => text || (id && id !== '0' ? show(id) : '系统')
  const actor = name(entry.person, entry.person_name)
  return entry.principal ? `${actor}（代 ${name(entry.principal, entry.principal_name)}）` : actor
}
