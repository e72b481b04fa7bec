// SPDX-License-Identifier: Apache-2.0
// What makes a day's work light: filters kept, columns kept, drafts, a lost session, two people at one row, the keyboard.
import { check, equal, logIn, openPage } from './lib.mjs'

const AREAS = '#/view/essential.areas'
const FLATS = '#/view/essential.apartments'
const NEW_FLAT = '#/form/essential.create_apartment'

async function at(world, who, hash, expected = [401]) {
  const t = await openPage(world, { expected })
  await logIn(world, t.page, who)
  await t.page.waitForSelector('.menu a')
  await t.page.goto(world.base + hash)
  return t
}
const deskSaved = (page, kind) => page.waitForResponse((r) => r.url().endsWith('/api/desk') && r.request().method() === 'POST' && r.request().postDataJSON().kind === kind)

async function filters(world) {
  const t = await at(world, 'clerk', `${FLATS}?f.owed.min=964400`)
  const { page } = t
  await page.waitForSelector('.pager:has-text("共 25 行")')
  await page.click('th button.sort:has-text("建筑面积")')
  await page.click('th[aria-sort=ascending] button.sort')
  await page.waitForSelector('th[aria-sort=descending]')
  check(page.url().includes('order=-covered_area') && page.url().includes('f.owed.min=964400'), `filter and order in the address: ${page.url()}`)
  await page.click('button:has-text("常用条件")')
  await page.fill('.save-filter input[type=text]', '欠费大户')
  await page.click('.save-filter label:has-text("共享给经办岗位")')
  await page.click('.save-filter button:has-text("保存")')
  await page.waitForSelector('.saved-filters .link:has-text("欠费大户")')
  await t.picture('saved-filters')
  await page.keyboard.press('Escape')
  await page.locator('table.data tbody tr').first().focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('.values')
  await page.goBack()
  await page.waitForSelector('th[aria-sort=descending]')
  await page.waitForSelector('.pager:has-text("共 25 行")')
  await t.done()
  const other = await at(world, 'reviewer', FLATS)
  await other.page.waitForSelector('.pager:has-text("共 12")')
  await other.page.click('button:has-text("常用条件")')
  await other.page.waitForSelector('.saved-filters li:has-text("李登记共享")')
  equal(await other.page.locator('.saved-filters li button:has-text("删除")').count(), 0, 'another one\'s filter cannot be dropped')
  await other.page.click('.saved-filters .link:has-text("欠费大户")')
  await other.page.waitForSelector('.pager:has-text("共 25 行")')
  await other.page.waitForSelector('th[aria-sort=descending]')
  await other.done()
}

async function columns(world) {
  const t = await at(world, 'clerk', FLATS)
  const { page } = t
  await page.waitForSelector('table.data tbody tr')
  const before = await page.locator('thead th').allInnerTexts()
  await page.click('button:has-text("列设置")')
  await page.uncheck('.column-list li:has-text("用途") input[type=checkbox]')
  await page.click('button[aria-label="房号上移"]')
  const saved = deskSaved(page, 'columns')
  await page.fill('input[aria-label="物业区域的宽度（像素）"]', '160')
  await page.keyboard.press('Tab')
  await saved
  await t.picture('columns')
  await page.click('.el-dialog button:has-text("完成")')
  const again = deskSaved(page, 'columns')
  await page.selectOption('.pager select', '100')
  await again
  await t.done()
  const other = await at(world, 'clerk', FLATS)
  await other.page.waitForSelector('table.data tbody tr')
  const after = await other.page.locator('thead th').allInnerTexts()
  equal(after[0], before[1], 'the second column stands first')
  check(before.some((h) => h.includes('用途')) && !after.some((h) => h.includes('用途')), `one column is gone: ${after}`)
  equal(await other.page.locator('table.data tbody tr').count(), 100, 'rows of a page')
  equal(await other.page.locator('thead th').nth(1).evaluate((th) => Math.round(th.getBoundingClientRect().width)), 160, 'width')
  await other.page.click('button:has-text("列设置")')
  const reset = deskSaved(other.page, 'columns')
  await other.page.click('.el-dialog button:has-text("恢复原样")')
  await reset
  await other.done()
}

async function drafts(world) {
  const t = await at(world, 'clerk', NEW_FLAT)
  await t.page.waitForSelector('#f-room_number')
  const saved = deskSaved(t.page, 'draft')
  await t.page.fill('#f-room_number', '8-8-808')
  await t.page.fill('#f-covered_area', '88.88')
  equal((await (await saved).request().postDataJSON()).body.fields.room_number, '8-8-808', 'saved without a word')
  await t.page.waitForSelector('.form-foot:has-text("自动保存")')
  await t.page.fill('#f-note', '另有储物间')
  await t.page.keyboard.press('Escape')
  await t.page.waitForSelector('.el-dialog:has-text("还没有提交")')
  await t.picture('leave')
  await t.page.keyboard.press('Escape')
  await t.page.waitForSelector('.el-dialog:has-text("还没有提交")', { state: 'hidden' })
  equal(await t.page.evaluate(() => document.activeElement.id), 'f-note', 'the focus is back')
  await t.page.keyboard.press('Escape')
  await t.page.click('.el-dialog button:has-text("保留草稿并离开")')
  await t.page.waitForSelector('#f-room_number', { state: 'detached' })
  await t.done()
  /* the browser has crashed: another one knows nothing but what the server holds */
  const other = await at(world, 'clerk', '#/')
  await other.page.waitForSelector('.draft-list li:has-text("8-8-808")')
  await other.picture('drafts')
  await other.page.click('.draft-list a:has-text("新增分户")')
  await other.page.waitForSelector('.el-alert:has-text("还没有提交")')
  equal(await other.page.inputValue('#f-room_number'), '', 'only offered')
  await other.picture('draft-offered')
  await other.page.click('.el-alert button:has-text("继续填写")')
  equal(await other.page.inputValue('#f-room_number'), '8-8-808', 'the room')
  equal(await other.page.inputValue('#f-note'), '另有储物间', 'the last word, saved when leaving')
  await other.page.click('button:has-text("放弃并重新填写")')
  await other.page.goto(`${world.base}#/drafts`)
  await other.page.waitForSelector('.empty:has-text("没有草稿")')
  await other.done()
}

async function lostSession(world) {
  const t = await at(world, 'clerk', NEW_FLAT, [401, 422])
  const { page } = t
  await page.waitForSelector('#f-room_number')
  await page.fill('#f-property_area_id', '西岭')
  await page.waitForSelector('.el-select-dropdown__item:has-text("西岭雪苑")')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.fill('#f-room_number', '9-9-909')
  await page.fill('#f-covered_area', '70')
  await page.fill('#f-use_code', '住宅')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.evaluate(() => fetch('/api/logout', { method: 'POST', headers: { 'X-Fundnode': '1', 'Content-Type': 'application/json' }, body: '{}' }))
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.el-dialog:has-text("登录已失效")')
  check(await page.isVisible('#f-room_number'), 'the form stays behind the dialog')
  await page.waitForFunction(() => document.activeElement?.name === 'relogin')
  await t.picture('lost-session')
  await page.fill('input[name=relogin]', 'not-the-password')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.el-dialog .fault code:has-text("node.wrong_login")')
  await page.fill('input[name=relogin]', world.logins.clerk[1])
  await page.keyboard.press('Enter')
  await page.waitForSelector('.el-dialog:has-text("登录已失效")', { state: 'hidden' })
  equal(await page.inputValue('#f-room_number'), '9-9-909', 'nothing is lost')
  await page.waitForSelector('.command-form .el-alert:has-text("刚才没有提交")')
  equal(await page.locator('.command-form .fault').count(), 0, 'nobody is told to log in who has just done so')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.card.done')
  await page.waitForSelector('.next-steps a:has-text("查看这条分户")')
  await t.picture('done-next')
  await t.done()
}

async function change(page, world, name) {
  await page.goto(`${world.base}${AREAS}`)
  await page.locator('table.data tbody tr').first().focus()
  await page.keyboard.press('F2')
  await page.waitForSelector('#f-name')
  await page.fill('#f-name', name)
  await page.fill('#f-reason', '更名')
}
async function prove(page, password) {
  await page.waitForSelector('.el-dialog:has-text("请再次确认身份") input[type=password]')
  await page.fill('.el-dialog:has-text("请再次确认身份") input[type=password]', password)
  await page.keyboard.press('Enter')
}

async function clash(world) {
  const mine = await at(world, 'clerk', '#/', [401, 409])
  const theirs = await at(world, 'reviewer', '#/')
  await change(mine.page, world, '我定的名称')
  await change(theirs.page, world, '他定的名称')
  await theirs.page.keyboard.press('Control+s')
  await prove(theirs.page, world.logins.reviewer[1])
  await theirs.page.waitForSelector('.card.done')
  await theirs.done()
  await mine.page.keyboard.press('Control+s')
  await prove(mine.page, world.logins.clerk[1])
  await mine.page.waitForSelector('.clash tbody tr')
  const text = await mine.page.locator('.clash').innerText()
  check(text.includes('我定的名称') && text.includes('他定的名称') && text.includes('王审核'), `both values, and who: ${text}`)
  check(await mine.page.isDisabled('.clash button:has-text("重新提交")'), 'what both changed must be chosen')
  await mine.picture('clash')
  await mine.page.check('.clash td:has-text("我定的名称") input')
  await mine.page.click('.clash button:has-text("重新提交")')
  await prove(mine.page, world.logins.clerk[1])
  await mine.page.waitForSelector('.card.done')
  await mine.page.goto(`${world.base}${AREAS}`)
  await mine.page.waitForSelector('tbody:has-text("我定的名称")')
  await mine.done()
}

async function help(world) {
  const t = await at(world, 'clerk', NEW_FLAT)
  await t.page.waitForSelector('#f-covered_area')
  await t.page.focus('#f-covered_area')
  await t.page.keyboard.press('F1')
  await t.page.waitForSelector('.field-help:has-text("房产测绘面积")')
  await t.picture('help')
  check((await t.page.locator('.field-help').innerText()).includes('4.2.1.1'), 'the clause is named')
  await t.page.keyboard.press('Escape')
  await t.page.waitForSelector('.field-help', { state: 'detached' })
  check(await t.page.isVisible('#f-covered_area'), 'Esc closes the help first')
  await t.done()
}

export const tests = [
  ['filters and order in the address, kept and shared', filters, 'mock'],
  ['columns, widths and page size follow the person', columns, 'mock'],
  ['a draft outlives the browser', drafts, 'mock'],
  ['a lost session: the log-in comes over the form [14.4.1]', lostSession, 'mock'],
  ['two people at one row: both values, a choice for each [4.1.2]', clash, 'mock'],
  ['F1 tells what a field means', help, 'mock'],
]
