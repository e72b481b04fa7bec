// SPDX-License-Identifier: Apache-2.0
// What makes a day's work light: filters kept, columns kept, drafts, a lost session, two people at one row, the keyboard.
import { check, equal, logOut } from './lib.mjs'
import { open } from './real/office.mjs'

const AREA = '常用里（样例）'
const FLATS = '#/view/essential.apartments'
const NEW_FLAT = '#/form/essential.create_apartment'
const CLERK = 'jingban'
const OTHER = 'dengji' /* another one of the same post */
const LOST = '.el-dialog:visible:has-text("登录已失效")'
const at = {}

/** Thirty dwellings on ten floors, and a second clerk. */
async function houses(world) {
  const { command, ask, logins } = world.office
  at.area = (await command(CLERK, 'essential.create_property_area', { name: AREA, division: '510129' })).id
  const building = (await command(CLERK, 'essential.create_building', { property_area_id: at.area, name: '1' })).id
  at.unit = (await command(CLERK, 'essential.create_unit', { building_id: building, name: '1' })).id
  for (let floor = 1; floor <= 10; floor++) for (const place of [1, 2, 3]) {
    await command(CLERK, 'essential.create_apartment', { unit_id: at.unit, room_number: `${floor}0${place}`, floor, covered_area: String(8000 + floor * 10 + place), use_code: '01' })
  }
  logins[OTHER] = (await ask('staff', { login: OTHER, name: '邓登记', posts: ['operator'] })).password
}
const deskSaved = (page, kind) => page.waitForResponse((r) => r.url().endsWith('/api/desk') && r.request().method() === 'POST' && r.request().postDataJSON().kind === kind)
/** A browser that knows nothing but what the server holds. */
async function anew(world, login, hash) {
  await world.office.leave()
  const s = await world.office.seat(login)
  await open(s, hash)
  return s
}

async function filters(world) {
  await houses(world)
  const s = await anew(world, CLERK, `${FLATS}?f.property_area_id=${at.area}&f.floor.min=6`)
  const { page } = s
  await page.waitForSelector('.pager:has-text("共 15 行")')
  await page.click('th button.sort:has-text("建筑面积")')
  await page.click('th[aria-sort=ascending] button.sort')
  await page.waitForSelector('th[aria-sort=descending]')
  check(page.url().includes('order=-covered_area') && page.url().includes('f.floor.min=6'), `filter and order in the address: ${page.url()}`)
  await page.waitForSelector('tbody tr:first-child:has-text("1003")')
  await page.click('button:has-text("常用条件")')
  await page.fill('.save-filter input[type=text]', '高层从大到小')
  await page.click('.save-filter label:has-text("岗位")')
  await page.click('.save-filter button:has-text("保存")')
  await page.waitForSelector('.saved-filters .link:has-text("高层从大到小")')
  await s.picture('saved-filters')
  await page.keyboard.press('Escape')
  await page.locator('table.data tbody tr').first().focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('.values')
  await page.goBack()
  await page.waitForSelector('th[aria-sort=descending]')
  await page.waitForSelector('.pager:has-text("共 15 行")')
  const other = await anew(world, OTHER, `${FLATS}?f.property_area_id=${at.area}`)
  await other.page.waitForSelector('.pager:has-text("共 30 行")')
  await other.page.click('button:has-text("常用条件")')
  await other.page.waitForSelector('.saved-filters li:has-text("林经办共享")')
  equal(await other.page.locator('.saved-filters li button:has-text("删除")').count(), 0, 'another one\'s filter cannot be dropped')
  await other.page.click('.saved-filters .link:has-text("高层从大到小")')
  await other.page.waitForSelector('.pager:has-text("共 15 行")')
  await other.page.waitForSelector('th[aria-sort=descending]')
}

async function columns(world) {
  const list = `${FLATS}?f.property_area_id=${at.area}`
  const s = await anew(world, CLERK, list)
  const { page } = s
  await page.waitForSelector('table.data tbody tr')
  const before = await page.locator('thead th').allInnerTexts()
  await page.click('button:has-text("列设置")')
  await page.uncheck('.column-list li:has-text("房屋用途") input[type=checkbox]')
  await page.click('button[aria-label="幢号上移"]')
  const saved = deskSaved(page, 'columns')
  await page.fill('input[aria-label="区域名称的宽度（像素）"]', '160')
  await page.keyboard.press('Tab')
  await saved
  await s.picture('columns')
  await page.click('.el-dialog button:has-text("完成")')
  const again = deskSaved(page, 'columns')
  await page.selectOption('.pager select', '20')
  await again
  const other = await anew(world, CLERK, list)
  await other.page.waitForFunction(() => document.querySelectorAll('table.data tbody tr').length === 20)
  const after = await other.page.locator('thead th').allInnerTexts()
  equal(after[0], before[1], 'the second column stands first')
  check(before.some((h) => h.includes('房屋用途')) && !after.some((h) => h.includes('房屋用途')), `one column is gone: ${after}`)
  equal(await other.page.locator('thead th').nth(1).evaluate((th) => Math.round(th.getBoundingClientRect().width)), 160, 'width')
  await other.page.click('button:has-text("列设置")')
  const reset = deskSaved(other.page, 'columns')
  await other.page.click('.el-dialog button:has-text("恢复原样")')
  await reset
}

/** How many data cells lie under the actions, and whether every action is in sight. */
const edges = (page) => page.evaluate(() => {
  const right = document.querySelector('.table-frame').getBoundingClientRect().right
  const rows = Array.from(document.querySelectorAll('.table-frame tr'), (tr) => {
    const edge = tr.querySelector('.actions').getBoundingClientRect()
    const under = Array.from(tr.querySelectorAll('th:not(.actions), td:not(.actions)')).filter((c) => c.getBoundingClientRect().right > edge.left + 1)
    return { under: under.length, seen: edge.right <= right + 1 }
  })
  return { under: rows.reduce((n, r) => n + r.under, 0), seen: rows.every((r) => r.seen) }
})
async function actions(world) {
  const s = await anew(world, CLERK, `${FLATS}?f.property_area_id=${at.area}`)
  const { page } = s
  for (const width of [1280, 1366]) {
    await page.setViewportSize({ width, height: 768 })
    await page.waitForSelector('.table-frame.covering')
    await s.picture(`actions-start-${width}`)
    const start = await edges(page)
    check(start.under > 0 && start.seen, `more columns than the window holds, the actions in sight: ${JSON.stringify(start)}`)
    await page.click('th.actions button[aria-label="查看右侧被挡住的列"]')
    await page.waitForSelector('.table-frame:not(.covering)')
    await s.picture(`actions-end-${width}`)
    equal(JSON.stringify(await edges(page)), JSON.stringify({ under: 0, seen: true }), `at the end, ${width} wide`)
    check(!(await page.isVisible('th.actions button')), 'nothing is said to be covered')
    await page.locator('.table-frame').evaluate((f) => f.scrollTo({ left: 0 }))
  }
}

async function drafts(world) {
  const s = await anew(world, OTHER, NEW_FLAT)
  await s.page.waitForSelector('#f-room_number')
  const saved = deskSaved(s.page, 'draft')
  await s.page.fill('#f-room_number', '8-8-808')
  await s.page.fill('#f-covered_area', '88.88')
  equal((await (await saved).request().postDataJSON()).body.fields.room_number, '8-8-808', 'saved without a word')
  await s.page.waitForSelector('.form-foot:has-text("自动保存")')
  await s.page.fill('#f-real_estate_unit_code', '990000000001')
  await s.page.keyboard.press('Escape')
  await s.page.waitForSelector('.el-dialog:has-text("还没有提交")')
  await s.picture('leave')
  await s.page.keyboard.press('Escape')
  await s.page.waitForSelector('.el-dialog:has-text("还没有提交")', { state: 'hidden' })
  await s.page.waitForFunction(() => document.activeElement.id === 'f-real_estate_unit_code')
  await s.page.keyboard.press('Escape')
  await s.page.click('.el-dialog button:has-text("保留草稿并离开")')
  await s.page.waitForSelector('#f-room_number', { state: 'detached' })
  /* the browser has crashed: another one knows nothing but what the server holds */
  const other = await anew(world, OTHER, '#/')
  await other.page.waitForSelector('.draft-list li:has-text("8-8-808")')
  await other.picture('drafts')
  await other.page.click('.draft-list a:has-text("新建分户")')
  await other.page.waitForSelector('.el-alert:has-text("还没有提交")')
  equal(await other.page.inputValue('#f-room_number'), '', 'only offered')
  await other.picture('draft-offered')
  await other.page.click('.el-alert button:has-text("继续填写")')
  await other.page.waitForFunction(() => document.querySelector('#f-room_number').value === '8-8-808')
  equal(await other.page.inputValue('#f-real_estate_unit_code'), '990000000001', 'the last word, saved when leaving')
  await other.page.click('button:has-text("放弃并重新填写")')
  await open(other, '#/drafts')
  await other.page.waitForSelector('.empty:has-text("没有草稿")')
}

async function lostSession(world) {
  const s = await anew(world, CLERK, `${NEW_FLAT}?unit_id=${at.unit}`)
  const { page } = s
  await page.waitForSelector('#f-room_number')
  await page.fill('#f-room_number', '909A')
  await page.fill('#f-covered_area', '70')
  await page.fill('#f-use_code', '住宅')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await logOut(page)
  await page.keyboard.press('Control+s')
  await page.waitForSelector(LOST)
  check(await page.isVisible('#f-room_number'), 'the form stays behind the dialog')
  await page.waitForFunction(() => document.activeElement?.name === 'relogin')
  await s.picture('lost-session')
  await page.fill('input[name=relogin]', 'not-the-password')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.el-dialog .fault code:has-text("node.wrong_login")')
  await page.fill('input[name=relogin]', world.office.logins[CLERK])
  await page.keyboard.press('Enter')
  await page.waitForSelector(LOST, { state: 'hidden' })
  equal(await page.inputValue('#f-room_number'), '909A', 'nothing is lost')
  await page.waitForSelector('.command-form .el-alert:has-text("刚才没有提交")')
  equal(await page.locator('.command-form .fault').count(), 0, 'nobody is told to log in who has just done so')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.card.done')
  await page.waitForSelector('.next-steps a:has-text("查看这条分户")')
  await s.picture('done-next')
}

async function change(s, name) {
  await open(s, `#/view/essential.banks?f.id=${at.bank}`)
  await s.page.locator('table.data tbody tr').first().focus()
  await s.page.keyboard.press('F2')
  await s.page.waitForSelector('#f-name')
  await s.page.fill('#f-name', name)
  await s.page.fill('#f-reason', '更名')
}
async function clash(world) {
  at.bank = (await world.office.command(CLERK, 'essential.add_bank', { bank_code: '105', name: '建设银行样例支行', cnaps: '105100000017' })).id
  await world.office.leave()
  const [mine, theirs] = [await world.office.seat(CLERK), await world.office.seat(OTHER)]
  await change(mine, '我定的名称')
  await change(theirs, '他定的名称')
  await theirs.page.keyboard.press('Control+s')
  await theirs.page.waitForSelector('.card.done')
  const { page } = mine
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.clash tbody tr')
  await page.waitForSelector('.clash:has-text("邓登记")')
  const text = await page.locator('.clash').innerText()
  check(text.includes('我定的名称') && text.includes('他定的名称'), `both values, and who: ${text}`)
  check(await page.isDisabled('.clash button:has-text("重新提交")'), 'what both changed must be chosen')
  await mine.picture('clash')
  await page.check('.clash td:has-text("我定的名称") input')
  await page.click('.clash button:has-text("重新提交")')
  await page.waitForSelector('.card.done')
  await open(mine, `#/view/essential.banks?f.id=${at.bank}`)
  await page.waitForSelector('tbody:has-text("我定的名称")')
}

async function months(world) {
  const { page } = await anew(world, 'kuaiji', '#/view/accounting.periods')
  await page.waitForSelector('table.data tbody tr')
  const month = await page.locator('table.data tbody tr td.day').first().innerText()
  check(/^20\d\d-(0[1-9]|1[0-2])$/.test(month), `a month as people write it: ${month}`)
  await page.click('.filters button:has-text("更多条件")')
  await page.fill('input[aria-label="月份不小于"]', month)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.hash.includes(`f.month.min=${month.replace('-', '')}`))
  await page.waitForSelector(`table.data tbody tr:has-text("${month}")`)
  equal(await page.inputValue('input[aria-label="月份不小于"]'), month, 'read back')
  await page.fill('input[aria-label="月份不小于"]', '2199-01')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.empty:has-text("没有符合条件的内容")')
}

async function help(world) {
  const { page, picture } = await anew(world, CLERK, NEW_FLAT)
  await page.waitForSelector('#f-covered_area')
  await page.focus('#f-covered_area')
  await page.keyboard.press('F1')
  await page.waitForSelector('.field-help:has-text("房产测绘")')
  await picture('help')
  check((await page.locator('.field-help').innerText()).includes('4.2.1.1'), 'the clause is named')
  await page.keyboard.press('Escape')
  await page.waitForSelector('.field-help', { state: 'detached' })
  check(await page.isVisible('#f-covered_area'), 'Esc closes the help first')
  await world.office.leave()
}

export const tests = [
  ['filters and order in the address, kept and shared', filters, 'office'],
  ['columns, widths and page size follow the person', columns, 'office'],
  ['the actions of a row stay in sight and cover nothing at the end', actions, 'office'],
  ['a draft outlives the browser', drafts, 'office'],
  ['a lost session: the log-in comes over the form [14.4.1]', lostSession, 'office'],
  ['two people at one row: both values, a choice for each [4.1.2]', clash, 'office'],
  ['a month reads 2026-11 and is searched by as it reads [8.2.5]', months, 'office'],
  ['F1 tells what a field means', help, 'office'],
]
