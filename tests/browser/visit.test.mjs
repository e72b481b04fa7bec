// SPDX-License-Identifier: Apache-2.0
// Every page that anybody of an office can reach, on a real node with a property area in it: menu, forms, records. No
// serious finding of axe-core, no sideways scroll, wide and narrow; a picture of each to be looked at.
import { PHONE, WIDE, check, findings, openPage, settle } from './lib.mjs'

const OFFICE = '320102'
const ROLES = ['jingban', 'fuhe', 'kuaiji', 'jianguan', 'system', 'security', 'audit']
const SETTLED = 'main h1, main h2, main .block-note:not([role=status]), main .fault'

let loaded = null
async function enter(world, login, size) {
  loaded ??= world.real.ask('load', OFFICE)
  await loaded
  const { address, logins } = world.real.nodes[OFFICE]
  const t = await openPage(world, { size, expected: [401, 403] })
  await t.page.goto(address)
  await t.page.fill('input[name=login]', login)
  await t.page.fill('input[name=password]', logins[login])
  await t.page.keyboard.press('Enter')
  await t.page.waitForSelector('.menu', { state: 'attached' })
  return { ...t, address }
}
async function open(t, hash) {
  await t.page.goto(t.address + hash)
  await t.page.waitForSelector(SETTLED)
  await settle(t.page)
}

const hrefs = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((a) => a.getAttribute('href')).filter((h) => h?.startsWith('#/')))
/** An address without what differs from row to row: one page of each kind is looked at. */
const kindOf = (hash) => hash.replace(/\?.*$/, '').replace(/\/\d+$/, '')

/** All addresses from this role's menu, two steps deep. */
async function reach(t) {
  const found = new Map()
  const add = (list) => list.forEach((h) => found.has(kindOf(h)) || found.set(kindOf(h), h))
  await open(t, '#/')
  add(['#/', '#/sessions', '#/password', '#/drafts', '#/page/setup', ...await hrefs(t.page, '.menu a')])
  for (const hash of [...found.values()].filter((h) => h.startsWith('#/view/'))) {
    await open(t, hash)
    add(await hrefs(t.page, '.page-head a.button, .empty a.button'))
    const row = t.page.locator('main table.data.openable tbody tr').first()
    if (!(await row.count())) continue
    add(await hrefs(t.page, 'main table.data tbody tr:first-child a.row-action'))
    await row.focus()
    await t.page.keyboard.press('Enter')
    await t.page.waitForFunction((before) => window.location.hash !== before, hash)
    const here = new URL(t.page.url()).hash
    add([here])
    await open(t, here)
    add(await hrefs(t.page, '.page-head a.button'))
  }
  return [...found.values()]
}

const seen = new Map() /* role -> addresses */
async function wide(world, login) {
  const t = await enter(world, login, WIDE)
  const bad = []
  const all = await reach(t)
  seen.set(login, all)
  for (const hash of all) {
    await open(t, hash)
    await t.fits()
    await t.picture(`visit-${login}-${kindOf(hash).replace(/\W+/g, '-')}`)
    for (const f of await findings(t.page)) bad.push(`${hash}: ${f}`)
  }
  check(all.length > 5, `${login} reaches more than the frame: ${all}`)
  await t.done()
  check(!bad.length, bad.join('\n'))
}

async function narrow(world) {
  const done = new Set()
  const bad = []
  for (const login of ROLES) {
    const t = await enter(world, login, PHONE)
    for (const hash of seen.get(login).filter((h) => !done.has(kindOf(h)))) {
      done.add(kindOf(hash))
      await open(t, hash)
      await t.fits()
      await t.picture(`visit-phone-${kindOf(hash).replace(/\W+/g, '-')}`)
      for (const f of await findings(t.page)) bad.push(`${hash}: ${f}`)
    }
    await t.done()
  }
  check(!bad.length, bad.join('\n'))
}

async function overlays(world) {
  const t = await enter(world, 'jingban', WIDE)
  const { page } = t
  const bad = []
  const look = async (name) => {
    await page.waitForFunction(() => document.getAnimations().every((a) => a.playState !== 'running'))
    await t.picture(`visit-overlay-${name}`)
    for (const f of await findings(page)) bad.push(`${name}: ${f}`)
  }
  await open(t, '#/view/essential.apartments?f.floor.min=2')
  await page.click('button:has-text("列设置")')
  await page.waitForSelector('.column-list')
  await look('columns')
  await page.keyboard.press('Escape')
  await page.waitForSelector('.column-list', { state: 'hidden' })
  await page.click('button:has-text("常用条件")')
  await page.waitForSelector('.save-filter')
  await look('filters')
  await page.keyboard.press('Escape')
  await open(t, '#/form/essential.create_property_area')
  await page.focus('#f-name')
  await page.keyboard.press('F1')
  await page.waitForSelector('.field-help')
  await look('help')
  await page.keyboard.press('Escape')
  await page.fill('#f-name', '另一处')
  await page.keyboard.press('Escape')
  await page.waitForSelector('.el-dialog:visible')
  await look('leave')
  await t.done()
  check(!bad.length, bad.join('\n'))
}

async function entry(world) {
  const { address } = world.real.nodes[OFFICE]
  const t = await openPage(world, { expected: [401] })
  await t.page.goto(address)
  await t.page.waitForSelector('input[name=login]')
  const bad = await findings(t.page)
  /* and the looker has eyes */
  await t.page.evaluate(() => {
    const box = document.createElement('input')
    const grey = document.createElement('p')
    grey.textContent = '看不清的字'
    grey.style.color = '#ddd'
    document.querySelector('main').append(box, grey)
  })
  const made = (await findings(t.page)).join('\n')
  check(made.includes('label: ') && made.includes('color-contrast: '), `a nameless box and grey letters are found: ${made}`)
  await t.done()
  check(!bad.length, bad.join('\n'))
}

export const tests = [
  ['the log-in page has no serious finding', entry, 'nodes'],
  ...ROLES.map((login) => [`every page of ${login}: no serious finding, nothing too wide [14.4.2]`, (world) => wide(world, login), 'nodes']),
  ['dialogs and help have none either', overlays, 'nodes'],
  ['every page on a telephone', narrow, 'nodes'],
]
