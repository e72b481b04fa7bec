// SPDX-License-Identifier: Apache-2.0
// Hand-written pages: the shell's own and those that modules bring. A console folder lists its pages in pages.js:
//   export default [{ page: 'deposit.payment', file: 'payment', group: '资金交存', label: '收款登记', commands: [...] }]
// instead: the command whose generic form it stands for.
// last: true puts it behind the lists of its group, not before them; hides: ['identity.security_events'] takes the list
// that the page shows better out of the menu, for those who may open the page.
// A page is offered when the person may run or see one of what it names, or holds the right to the door it names
// (door: 'facts.read'), and only at the levels it names. A page that shows a record in another way says so:
// of: { building: 'building' } puts a link to it, with the record's id as that parameter, on the record's page and on
// its rows. One with beside: ['apartment'] stands on the pages of those records and gets record and id.
import { defineAsyncComponent } from 'vue'
import Failed from './components/LoadFailed.vue'
import Loading from './components/LoadingBlock.vue'
import { inOrder } from './menu-order.js'
import { hasDoor, mayRun, maySee, session } from './session.js'

const lists = {
  ...import.meta.glob('./*/pages.js', { eager: true, import: 'default' }),
  ...import.meta.glob('../../../modules/*/console/pages.js', { eager: true, import: 'default' }),
  ...import.meta.glob('../../../federation/console/pages.js', { eager: true, import: 'default' }),
}
const files = {
  ...import.meta.glob(['./*/*.vue', '!./components/*', '!./pages/*']),
  ...import.meta.glob('../../../modules/*/console/*.vue'),
  ...import.meta.glob('../../../federation/console/*.vue'),
}

const pages = new Map()
for (const [path, list] of Object.entries(lists)) {
  const folder = path.slice(0, -'pages.js'.length)
  for (const p of list) {
    const loader = files[`${folder}${p.file}.vue`]
    if (!loader) throw new Error(`page ${p.page} has no file ${p.file}.vue`)
    const component = defineAsyncComponent({ loader, loadingComponent: Loading, errorComponent: Failed, delay: 150 })
    pages.set(p.page, { ...p, component })
  }
}

export const pageOf = (name) => pages.get(name) ?? null
/** The hand-written page that stands for a command's form, if a module brings one. */
export const pageInsteadOf = (command) => Array.from(pages.values()).find((p) => p.instead === command) ?? null
export const besidesOf = (record) => Array.from(pages.values()).filter((p) => p.beside?.includes(record) && mayOpen(p))
export const hasPage = (name) => pages.has(name)

export function mayOpen(page) {
  if (page.levels && !page.levels.includes(session.me?.level)) return false
  if (page.door) return hasDoor(page.door)
  if (page.commands || page.views) {
    return (page.commands ?? []).some(mayRun) || (page.views ?? []).some(maySee)
  }
  return true
}

/** Pages that show this record, with the parameter that takes its id. */
export function pagesOf(record) {
  return Array.from(pages.values()).filter((p) => p.of?.[record] && mayOpen(p)).map((p) => ({ page: p.page, label: p.label, parameter: p.of[record] }))
}

export const mayOpenPage = (name) => Boolean(pageOf(name)) && mayOpen(pageOf(name))

/** The menu of the node, with the pages it does not name itself put into their groups. */
export function menu() {
  const groups = (session.me?.menu ?? []).map((g) => ({ group: g.group, items: [...g.items] }))
  const named = new Set(groups.flatMap((g) => g.items.map((i) => i.page).filter(Boolean)))
  for (const p of pages.values()) {
    if (!p.group || named.has(p.page) || !mayOpen(p)) continue
    let group = groups.find((g) => g.group === p.group)
    if (!group) groups.push((group = { group: p.group, items: [] }))
    const at = p.last ? group.items.length : group.items.filter((i) => i.page && !pageOf(i.page)?.last).length
    group.items.splice(at, 0, { label: p.label, page: p.page })
  }
  const hidden = new Set(Array.from(pages.values()).filter((p) => p.hides && mayOpen(p)).flatMap((p) => p.hides))
  for (const g of groups) g.items = g.items.filter((i) => (i.view ? !hidden.has(i.view) : hasPage(i.page)))
  return inOrder(groups.filter((g) => g.items.length))
}
