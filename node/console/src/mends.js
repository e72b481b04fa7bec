// SPDX-License-Identifier: Apache-2.0
// The way from a refusal to what mends it. Each folder of pages says it for its own codes in mends.js.
import { makeAddress } from './address.js'
import { commandLabel, viewOf } from './registry.js'
import { mayRun, maySee, session } from './session.js'

const lists = {
  ...import.meta.glob('./*/mends.js', { eager: true, import: 'default' }),
  ...import.meta.glob('../../../modules/*/console/mends.js', { eager: true, import: 'default' }),
}
const mends = Object.assign({}, ...Object.values(lists))

/** { href, label } for a code, or null: none is known, or it is not for this person. */
export function mendOf(code) {
  const m = mends[code]
  if (!m || session.state !== 'in') return null
  if (m.form) return mayRun(m.form) ? { href: makeAddress(['form', m.form]), label: `去办理“${commandLabel(m.form)}”` } : null
  if (m.view) return maySee(m.view) && viewOf(m.view) ? { href: makeAddress(['view', m.view], m.query ?? {}), label: `打开“${viewOf(m.view).label}”` } : null
  return { href: m.address, label: m.label }
}
