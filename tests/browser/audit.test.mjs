// SPDX-License-Identifier: Apache-2.0
// The auditor's pages: the chain searched by person, record, field, time and command; who saw a household; security events and
// what was found of them; exports that bear name, time and number. 14.2.3, 4.1.2, 14.4.2
import { readFile } from 'node:fs/promises'
import { check, equal, idNumber, openPage, settle } from './lib.mjs'
import { look, open } from './real/office.mjs'

const AREA = '查核里（样例）'
const at = {}
const today = new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10)

async function traces(world) {
  const { command, seat } = world.office
  at.area = (await command('jingban', 'essential.create_property_area', { name: AREA, division: '510129' })).id
  const building = await command('jingban', 'essential.create_building', { property_area_id: at.area, name: '1' })
  const unit = await command('jingban', 'essential.create_unit', { building_id: building.id, name: '1' })
  at.flat = (await command('jingban', 'essential.create_apartment', { unit_id: unit.id, room_number: '101', floor: 1, covered_area: '8937', use_code: '01' })).id
  at.owner = (await command('jingban', 'essential.create_owner', { property_area_id: at.area, name: '样例甲', id_number: idNumber(41), kind: 'citizen' })).id
  await command('jingban', 'essential.change_ownership', { apartment_id: at.flat, valid_from: '2026-01-05', owners: [{ owner_id: at.owner, share_numerator: 1, share_denominator: 1 }], reason: '首次登记' })
  await command('jingban', 'essential.change_apartment', { id: at.flat, version: 1, room_number: '101', floor: 1, covered_area: '8940', use_code: '01', reason: '测绘更正' })
  const clerk = await seat('jingban')
  await open(clerk, `#/record/apartment/${at.flat}`)
  const checker = await seat('fuhe')
  await open(checker, `#/view/essential.apartments?f.property_area_id=${at.area}`)
}

const entries = (page) => page.locator('.audit-entries > li')
async function search(page, set) {
  await set()
  await Promise.all([page.waitForResponse((r) => r.url().includes('/api/audit/chain')), page.click('.audit-form button[type=submit]')])
  await settle(page)
}
async function pick(page, id, label) {
  await page.fill(`#${id}`, label)
  await page.click(`.el-select-dropdown__item:visible:has-text("${label}")`)
}

async function chain(world) {
  const auditor = await world.office.seat('audit')
  const { page } = auditor
  await open(auditor, '#/page/audit.chain')
  await look(auditor, 'audit-chain')
  check(await page.isDisabled('label:has-text("记录编号") input'), 'a number belongs to a kind')

  await search(page, () => page.selectOption('label:has-text("记录种类") select', 'apartment'))
  await search(page, () => page.fill('label:has-text("记录编号") input', at.flat))
  equal(await entries(page).count(), 2, 'made and changed')
  const text = await page.locator('.audit-entries').innerText()
  check(text.includes('变更分户') && text.includes('89.40') && text.includes('89.37') && text.includes('测绘更正') && text.includes('林经办'), `what, from, to, why and who: ${text}`)
  await look(auditor, 'audit-chain-record')
  await search(page, () => page.selectOption('label:has-text("字段") select', 'covered_area'))
  equal(await entries(page).count(), 2, 'the area was set and changed')
  await search(page, () => page.selectOption('label:has-text("字段") select', 'delivery_date'))
  equal(await entries(page).count(), 1, 'another field was not changed, only made')

  await page.click('.audit-form button:has-text("清空")')
  await settle(page)
  await search(page, () => page.selectOption('label:has-text("操作") select', 'essential.change_apartment'))
  equal(await entries(page).count(), 1, 'by command')
  await page.click('.audit-form button:has-text("清空")')
  await settle(page)
  await search(page, () => pick(page, 'audit-person', '林经办'))
  const his = await entries(page).allInnerTexts()
  check(his.length > 0 && his.every((t) => t.includes('林经办')), `by person: ${his}`)
  await page.click('.audit-form button:has-text("清空")')
  await settle(page)
  await search(page, async () => {
    await page.fill('input[aria-label="自"]', '2020-01-01')
    await page.fill('input[aria-label="至"]', '2020-12-31')
    await page.keyboard.press('Tab')
  })
  equal(await entries(page).count(), 0, 'nothing happened in 2020')
  check((await page.locator('.empty').innerText()).includes('没有符合条件'), 'and the page says so')
  await look(auditor, 'audit-chain-none')
  await search(page, async () => {
    await page.fill('input[aria-label="自"]', today)
    await page.fill('input[aria-label="至"]', today)
    await page.keyboard.press('Tab')
  })
  check(await entries(page).count() > 5, 'today much did')
  await page.locator('.audit-entry').first().focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('.audit-entry[aria-expanded=true]')
  await look(auditor, 'audit-chain-open')
}

/* before the auditor searches the chain: that shows him the household, too */
async function saw(world) {
  await traces(world)
  const auditor = await world.office.seat('audit')
  const { page } = auditor
  await open(auditor, '#/page/audit.saw')
  await look(auditor, 'audit-saw-empty')
  check((await page.locator('main .empty').innerText()).includes('告知编号'), 'whoever opens no business records reads where a number comes from')
  const kinds = await page.locator('main select option').allInnerTexts()
  equal(new Set(kinds).size, kinds.length, 'no two kinds of one name')
  await page.waitForFunction(async (q) => (await (await fetch(q)).json()).accesses.length >= 2, `/api/audit/saw/apartment/${at.flat}`)
  await page.selectOption('label:has-text("记录种类") select', 'apartment')
  await page.fill('label:has-text("编号") input', at.flat)
  await page.keyboard.press('Enter')
  await page.waitForSelector('table.data tbody tr')
  const text = await page.locator('main').innerText()
  for (const words of ['林经办', '周复核', '2 人']) check(text.includes(words), `${words}: ${text}`)
  equal(await page.inputValue('input[placeholder="如 1024-33"]'), `${BigInt(at.flat) >> 32n}-${BigInt(at.flat) & 0xffffffffn}`, 'a number stands as people write it')
  await look(auditor, 'audit-saw')
  await open(auditor, `#/page/audit.saw?record=owner&id=${at.owner}`)
  check((await page.locator('main').innerText()).includes('林经办'), 'who opened the house saw its owner')
}

async function events(world) {
  const { address, logins } = world.office
  const stranger = await openPage(world, { expected: [401] })
  await stranger.page.goto(address)
  for (let i = 0; i < 3; i++) {
    await stranger.page.fill('input[name=login]', 'kuaiji')
    await stranger.page.fill('input[name=password]', `Wrong-${i}-${logins.kuaiji.length}`)
    await stranger.page.keyboard.press('Enter')
    await stranger.page.waitForSelector('.fault code:has-text("node.wrong_login")')
  }
  await stranger.done()
  const auditor = await world.office.seat('audit')
  const { page } = auditor
  await open(auditor, '#/page/audit.events')
  await look(auditor, 'audit-events')
  const kind = page.locator('.audit-kinds button:has-text("登录失败")')
  check(Number((await kind.locator('strong').innerText())) >= 3, 'three failures are counted')
  await kind.click()
  await settle(page)
  await page.waitForSelector('main tbody tr:has-text("登录失败")')
  check((await page.locator('main tbody tr:has-text("登录失败")').first().innerText()).includes('127.0.0.1'), 'from where is told')
  const listed = await page.locator('main tbody tr:has-text("登录失败")').count()
  await page.locator('main tbody tr:has-text("登录失败") a.row-action:has-text("处理")').first().click()
  await page.waitForSelector('#f-note')
  await page.fill('#f-note', '本人输错密码，已当面核实')
  await look(auditor, 'audit-event-handle')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.card.done')
  await open(auditor, '#/page/audit.events')
  await page.click('.audit-kinds button:has-text("登录失败")')
  await page.uncheck('label:has-text("只看未处理") input')
  await settle(page)
  await page.waitForSelector('main tbody tr:has-text("已当面核实")')
  equal(await page.locator('main tbody tr:has-text("登录失败")').count(), listed, 'no event is lost by handling it')
  equal(await page.locator('main tbody tr:has-text("已当面核实") a.row-action').count(), 0, 'what is handled is not offered again')
  await look(auditor, 'audit-events-handled')
}

async function exports(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  await open(clerk, `#/view/essential.apartments?f.property_area_id=${at.area}`)
  await look(clerk, 'export-list')
  const files = {}
  for (const label of ['导出 XLSX', '导出 CSV']) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(`.page-head a:has-text("${label}")`)])
    files[label] = await readFile(await download.path())
  }
  equal(files['导出 XLSX'].subarray(0, 2).toString('latin1'), 'PK', 'a workbook')
  const text = files['导出 CSV'].toString('utf8')
  check(text.includes('89.40') && text.includes('林经办') && text.includes(today), `rows, who and when: ${text}`)
  const auditor = await world.office.seat('audit')
  await open(auditor, `#/page/audit.saw?record=apartment&id=${at.flat}`)
  await auditor.page.waitForSelector('table.data tbody tr:has-text("导出")')
  await look(auditor, 'audit-saw-export')
  await world.office.leave()
}

export const tests = [
  ['who saw this household, its page and the list it stood in [14.2.3]', saw, 'office'],
  ['the chain is searched by record, field, command, person and time [4.1.2] [14.2.3]', chain, 'office'],
  ['security events are counted, listed and handled with a word on each [14.2.3]', events, 'office'],
  ['exports bear a watermark and leave a trace [14.2.3] [14.4.2]', exports, 'office'],
]
