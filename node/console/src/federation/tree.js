// SPDX-License-Identifier: Apache-2.0

/** Parents before children, each with its depth; a node whose parent is not shown stands at the top. Cycles end. */
export function ordered(nodes) {
  const known = new Set(nodes.map((n) => String(n.office)))
  const children = new Map()
  for (const n of nodes) {
    const parent = n.parent && known.has(String(n.parent)) && String(n.parent) !== String(n.office) ? String(n.parent) : ''
    if (!children.has(parent)) children.set(parent, [])
    children.get(parent).push(n)
  }
  const out = []
  const seen = new Set()
  const walk = (parent, depth) => {
    for (const n of children.get(parent) ?? []) {
      if (seen.has(String(n.office))) continue
      seen.add(String(n.office))
      out.push({ ...n, depth })
      walk(String(n.office), depth + 1)
    }
  }
  walk('', 0)
  for (const n of nodes) if (!seen.has(String(n.office))) out.push({ ...n, depth: 0 })
  return out
}
