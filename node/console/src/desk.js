// SPDX-License-Identifier: Apache-2.0
// What one keeps at the server: filters with a name, columns of lists, half-typed forms. Never anything private; the node
// checks that once more.
import { reactive } from 'vue'
import { ApiFault, get, post } from './api.js'
import { isOutside } from './session.js'

/* What is being kept or dropped is waited for before a list is read: nobody is shown what he has just thrown away. */
let kept = Promise.resolve()
export function underWay(change) {
  kept = Promise.allSettled([kept, change])
  return change
}
export async function listDesk(kind, subject = '') {
  if (isOutside()) return { items: [] }
  await kept
  return get(`/api/desk?${new URLSearchParams(subject ? { kind, subject } : { kind })}`)
}
export const putDesk = (item) => (isOutside() ? Promise.resolve(item) : underWay(post('/api/desk', item)))
export const dropDesk = (id) => underWay(post('/api/desk/drop', { id }))

/* Columns of all lists, read once for each log-in; changes go to the server when the hand has rested. */
const shapes = reactive({ of: '', views: {} })
const REST_MS = 800
const waiting = new Map()

export async function loadShapes(person) {
  if (shapes.of === person) return
  try {
    const { items } = await listDesk('columns')
    shapes.views = Object.fromEntries(items.map((i) => [i.subject, i.body]))
    shapes.of = person
  } catch (e) {
    if (!(e instanceof ApiFault)) throw e /* lists then look as the node describes them */
  }
}
export const shapeOf = (view) => shapes.views[view] ?? {}
export function setShape(view, shape, failed = () => {}) {
  shapes.views[view] = shape
  clearTimeout(waiting.get(view))
  waiting.set(view, setTimeout(() => putDesk({ kind: 'columns', subject: view, name: '', body: shape }).catch(failed), REST_MS))
}

/** The columns of a view as somebody wants them: his order, his choice; what is new comes last. */
export function arrange(columns, shape) {
  const kept = shape.columns ?? []
  const place = new Map(kept.map((k, i) => [k.name, i]))
  const shown = columns.filter((c) => !c.hidden)
  return shown.map((c, i) => ({ ...c, at: place.get(c.name) ?? kept.length + i, off: kept[place.get(c.name)]?.hidden ?? false, width: kept[place.get(c.name)]?.width }))
    .sort((a, b) => a.at - b.at)
}
/** The same, back into what is kept. */
export const shapeFrom = (arranged, limit) => ({
  columns: arranged.map((c) => ({ name: c.name, ...(c.off ? { hidden: true } : {}), ...(c.width ? { width: c.width } : {}) })),
  ...(limit ? { limit } : {}),
})
