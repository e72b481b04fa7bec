// SPDX-License-Identifier: Apache-2.0
// What records are called, for their ids: asked where they are listed for whoever may see them, and remembered until the
// next page is loaded.
import { reactive } from 'vue'
import { ApiFault, readView } from './api.js'
import { showValue, viewOf, viewOfRecord } from './registry.js'

const titles = reactive(new Map())
const asked = new Set()

/** The text that leads to a row, else its first texts. */
function titleIn(view, row, record) {
  const texts = view.columns.filter((c) => !c.hidden && ['text', 'integer', 'month'].includes(c.kind) && row[c.name])
  const own = texts.find((c) => c.link === record)
  return (own ? [own] : texts.slice(0, 2)).map((c) => showValue(c, row[c.name])).join(' ')
}
async function ask(list, view, record, id) {
  try {
    const { rows } = await readView(list, { filters: { 'f.id': id }, limit: 1 })
    if (rows.length) titles.set(`${record}.${id}`, titleIn(view, rows[0], record))
  } catch (e) {
    if (!(e instanceof ApiFault)) throw e /* the number itself is shown */
  }
}

/** The title, or '' while it is not known; draws again when it has come. */
export function titleOf(record, id) {
  const key = `${record}.${id}`
  const list = asked.has(key) || record === 'person' ? null : viewOfRecord(record) /* persons have their own way */
  const view = viewOf(list)
  asked.add(key)
  if (view?.columns.some((c) => c.name === 'id' && c.filter)) ask(list, view, record, id)
  return titles.get(key) ?? ''
}
export function forgetTitles() {
  titles.clear()
  asked.clear()
}
