// SPDX-License-Identifier: Apache-2.0
import { showValue } from './registry.js'

/** The fields that one change touched, each before and after as people read them. */
export function changesOf(fields, before, after) {
  const out = []
  for (const f of fields) {
    const a = showValue(f, before?.[f.name])
    const b = showValue(f, after?.[f.name])
    if (a !== b) out.push({ name: f.name, label: f.label, before: a, after: b })
  }
  return out
}
