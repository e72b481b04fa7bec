// SPDX-License-Identifier: Apache-2.0
// Figures of the deposit theme, from cells as the node sends them. Ratios are made anew at every line from the sums shown.
import { compare, formatChange, formatRatio } from '@console'
import { HOUSEHOLDS, OWED, PAID } from './names.js'

const of = (values, name) => values?.[name] ?? '0'

export function lineOf(row) {
  const owed = of(row.values, OWED)
  const paid = of(row.values, PAID)
  return {
    key: row.key, label: row.label, hasChildren: row.has_children === true, link: row.link ?? null, owed, paid,
    unpaid: (BigInt(owed) - BigInt(paid)).toString(), rate: formatRatio(paid, owed), households: of(row.values, HOUSEHOLDS),
    onYear: formatChange(paid, row.previous_year?.[PAID]), onPeriod: formatChange(paid, row.previous_period?.[PAID]),
  }
}

/** Cross products instead of quotients: a/b before c/d exactly. Nothing owed stands last. */
function compareRates(a, b) {
  const [ao, bo] = [BigInt(a.owed), BigInt(b.owed)]
  if (ao <= 0n || bo <= 0n) return ao <= 0n && bo <= 0n ? 0 : ao <= 0n ? -1 : 1
  return compare((BigInt(a.paid) * bo).toString(), (BigInt(b.paid) * ao).toString())
}

/** Best first; equal ones share a rank, the next one skips. */
export function ranked(lines, by) {
  const order = by === 'rate' ? compareRates : (a, b) => compare(a[by], b[by])
  const sorted = [...lines].sort((a, b) => order(b, a) || (a.key < b.key ? -1 : 1))
  let rank = 0
  return sorted.map((l, i) => {
    if (i === 0 || order(sorted[i - 1], l) !== 0) rank = i + 1
    return { ...l, rank }
  })
}
