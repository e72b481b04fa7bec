// SPDX-License-Identifier: Apache-2.0
// The shell: log-in, forced password, lockout, menu, lists, forms, records, sessions. 14.4.1, 14.2.2, 4.1.2
import { PHONE, check, equal, logIn, openPage } from './lib.mjs'

async function logInAndOut(world) {
  const t = await openPage(world, { expected: [401] })
  await t.page.goto(world.base)
  await t.page.waitForSelector('input[name=login]')
  await t.picture('login')
  await t.page.fill('input[name=login]', world.logins.clerk[0])
  await t.page.fill('input[name=password]', 'not-the-password')
  await t.page.keyboard.press('Enter')
  await t.page.waitForSelector('.fault code')
  equal(await t.page.textContent('.fault code'), 'node.wrong_login', 'code shown')
  equal(await t.page.inputValue('input[name=password]'), '', 'password emptied')
  await t.picture('login-refused')
  await logIn(world, t.page, 'clerk')
  await t.page.waitForSelector('.menu a')
  await t.picture('home')
  await t.page.click('.person')
  await t.page.click('.person-menu button:has-text("退出登录")')
  await t.page.waitForSelector('input[name=login]')
  await t.done()
}

async function forcedPassword(world) {
  const t = await openPage(world, { expected: [401, 403, 422] })
  await logIn(world, t.page, 'newcomer')
  await t.page.waitForSelector('input[name=old]')
  equal(await t.page.textContent('h1'), '首次登录，请设置新密码', 'heading')
  await t.page.fill('input[name=old]', 'wrong-one-time')
  await t.page.fill('input[name=new]', 'short')
  check(await t.page.isDisabled('button[type=submit]'), 'a weak password cannot be sent')
  const fresh = `Console-${Math.floor(1e6 + 8e6 * Math.abs(Math.sin(Number(process.pid))))}-x`
  await t.page.fill('input[name=new]', fresh)
  await t.page.fill('input[name=again]', fresh)
  await t.picture('password')
  await t.page.keyboard.press('Enter')
  await t.page.waitForSelector('.fault code')
  await t.page.fill('input[name=old]', world.logins.newcomer[1])
  await t.page.keyboard.press('Enter')
  await t.page.waitForSelector('.menu')
  await t.done()
}

async function lockout(world) {
  const t = await openPage(world, { expected: [401, 429] })
  await t.page.goto(world.base)
  await t.page.waitForSelector('input[name=login]')
  for (let i = 0; i < 6; i++) {
    await t.page.fill('input[name=login]', 'nobody')
    await t.page.fill('input[name=password]', `guess-${i}`)
    const answered = t.page.waitForResponse((r) => r.url().endsWith('/api/login'))
    await t.page.keyboard.press('Enter')
    await answered
    await t.page.waitForSelector('button[type=submit]:not(.is-loading)')
  }
  await t.page.waitForSelector('.fault code:has-text("node.too_many")')
  await t.picture('lockout')
  await t.done()
}

async function listFilters(world) {
  const t = await openPage(world, { expected: [401] })
  await logIn(world, t.page, 'clerk')
  await t.page.click('.menu a:has-text("分户")')
  await t.page.waitForSelector('table.data tbody tr')
  equal(await t.page.locator('table.data tbody tr').count(), 50, 'first page')
  check((await t.page.textContent('.pager')).includes('共 125 行'), 'count shown')
  await t.picture('list')
  const sums = await t.page.textContent('table.data tfoot')
  await t.page.click('.pager button:has-text("下一页")')
  await t.page.waitForSelector('.pager:has-text("第 2 页")')
  equal(await t.page.textContent('table.data tfoot'), sums, 'sums are of the whole filter')
  await t.page.click('.filters button:has-text("更多条件")')
  await t.page.fill('input[aria-label="应交（元）不小于"]', '9,644.00')
  await t.page.keyboard.press('Enter')
  await t.page.waitForSelector('.pager:has-text("共 25 行")')
  check(t.page.url().includes('f.owed.min=964400'), `filter in the address: ${t.page.url()}`)
  await t.page.reload()
  await t.page.waitForSelector('.pager:has-text("共 25 行")')
  equal(await t.page.inputValue('input[aria-label="应交（元）不小于"]'), '9,644.00', 'filter read back')
  await t.picture('list-filtered')
  await t.page.fill('input[aria-label="应交（元）不小于"]', '1.005')
  await t.page.keyboard.press('Enter')
  await t.page.waitForSelector('.field-fault:has-text("两位小数")')
  check((await t.page.getAttribute('a.button:has-text("导出 CSV")', 'href')).includes('/api/view/essential.apartments.csv?f.owed.min=964400'), 'the export has the same filter')
  await t.page.locator('table.data tbody tr').first().focus()
  await t.page.keyboard.press('ArrowDown')
  await t.page.keyboard.press('Enter')
  await t.page.waitForSelector('.values')
  await t.done()
}

async function formAndDraft(world) {
  const t = await openPage(world, { expected: [401, 422, 503] })
  await logIn(world, t.page, 'clerk')
  await t.page.waitForSelector('.menu a')
  await t.page.goto(`${world.base}#/form/essential.create_apartment`)
  await t.page.waitForSelector('#f-room_number')
  await t.page.click('button.submit')
  await t.page.waitForSelector('.field-fault')
  check((await t.page.locator('.field-fault').count()) >= 4, 'required fields are named')
  await t.picture('form-required')
  await t.page.fill('#f-property_area_id', '西岭')
  await t.page.waitForSelector('.el-select-dropdown__item:has-text("西岭雪苑")')
  await t.page.keyboard.press('ArrowDown')
  await t.page.keyboard.press('Enter')
  await t.page.fill('#f-room_number', '1-1-101')
  await t.page.fill('#f-covered_area', '89.375')
  await t.page.keyboard.press('Tab')
  await t.page.waitForSelector('.field[data-field=covered_area] .field-fault:has-text("两位小数")')
  await t.page.fill('#f-covered_area', '８９．３７')
  await t.page.fill('#f-delivery_date', '2026年1月5日')
  await t.page.fill('#f-use_code', '住宅')
  await t.page.keyboard.press('ArrowDown')
  await t.page.keyboard.press('Enter')
  await t.page.reload()
  await t.page.waitForSelector('.el-alert:has-text("已恢复")')
  equal(await t.page.inputValue('#f-room_number'), '1-1-101', 'draft kept')
  await t.page.keyboard.press('Control+s')
  await t.page.waitForSelector('.field[data-field=room_number] .field-fault:has-text("node.duplicate")')
  await t.picture('form-refused')
  await t.page.fill('#f-room_number', '1-1-999')
  await t.page.evaluate(() => fetch('/api/mock/503?times=3', { method: 'POST', headers: { 'X-Fundnode': '1' } }))
  const keys = new Set()
  t.page.on('request', (r) => r.url().includes('/api/command/') && keys.add(r.headers()['x-idempotency-key']))
  await t.page.keyboard.press('Control+s')
  await t.page.waitForSelector('.el-alert:has-text("还不知道")')
  check(await t.page.isDisabled('#f-room_number'), 'nothing can be changed while the outcome is unknown')
  await t.picture('form-unknown')
  await t.page.click('button.submit')
  await t.page.waitForSelector('.card.done:has-text("此前已办理成功")')
  equal(keys.size, 1, 'one key for all tries')
  await t.picture('form-done')
  await t.done()
}

async function recordPage(world) {
  const t = await openPage(world, { expected: [401, 403] })
  await logIn(world, t.page, 'clerk')
  await t.page.click('.menu a:has-text("物业区域")')
  await t.page.click('table.data tbody a:has-text("西岭雪苑")')
  await t.page.waitForSelector('.timeline li')
  equal(await t.page.locator('.timeline li').count(), 2, 'history')
  check((await t.page.textContent('.changes')).includes('旧名称'), 'before is shown')
  await t.page.waitForSelector('.card table.data tbody tr')
  await t.picture('record')
  await t.page.click('.page-head a.button:has-text("变更")')
  await t.page.fill('#f-name', '西岭雪苑（一期）')
  await t.page.fill('#f-reason', '分期')
  await t.page.keyboard.press('Control+s')
  await t.page.waitForSelector('.el-dialog input[type=password]')
  await t.picture('step-up')
  await t.page.fill('.el-dialog input[type=password]', world.logins.clerk[1])
  await t.page.keyboard.press('Enter')
  await t.page.waitForSelector('.card.done')
  await t.done()
}

async function phone(world) {
  const t = await openPage(world, { size: PHONE, expected: [401] })
  await t.page.goto(world.base)
  await t.page.waitForSelector('input[name=login]')
  await t.fits()
  await t.picture('login')
  await logIn(world, t.page, 'clerk')
  await t.page.click('.menu-button')
  await t.page.waitForFunction(() => getComputedStyle(document.querySelector('#menu')).visibility === 'visible')
  await t.picture('menu')
  await t.page.click('.menu a:has-text("分户")')
  await t.page.waitForSelector('table.data tbody tr')
  await t.fits()
  await t.picture('list')
  for (const [name, hash, wait] of [['form', '#/form/essential.create_apartment', '#f-room_number'], ['sessions', '#/sessions', 'table.data tbody tr'], ['import', '#/page/essential.import', '.drop'], ['payment', '#/page/deposit.payment', '#finder']]) {
    await t.page.goto(`${world.base}${hash}`)
    await t.page.waitForSelector(wait)
    await t.fits()
    await t.picture(name)
  }
  await t.done()
}

async function setPost(world) {
  const t = await openPage(world, { expected: [401, 403] })
  await logIn(world, t.page, 'clerk')
  await t.page.click('.menu a:has-text("任命岗位")')
  await t.page.fill('#post-person', '王')
  await t.page.waitForSelector('.el-select-dropdown__item:has-text("王审核")')
  await t.page.keyboard.press('ArrowDown')
  await t.page.keyboard.press('Enter')
  await t.page.waitForSelector('#f-kind')
  await t.page.fill('#f-kind', '复核')
  await t.page.keyboard.press('ArrowDown')
  await t.page.keyboard.press('Enter')
  await t.picture('post')
  await t.page.keyboard.press('Control+s')
  await t.page.fill('.el-dialog input[type=password]', world.logins.clerk[1])
  await t.page.keyboard.press('Enter')
  await t.page.waitForSelector('table.data tbody tr:has-text("复核")')
  await t.fits()
  await t.done()
}

export const tests = [
  ['log-in, refusal, log-out [14.4.1]', logInAndOut],
  ['first log-in asks a new password [14.4.1]', forcedPassword],
  ['lockout is told [14.4.1]', lockout, 'mock'],
  ['list: filters, paging, sums, export [4.1.3]', listFilters, 'mock'],
  ['form: required, exact, draft, refusal at the field, one key [4.1.1]', formAndDraft, 'mock'],
  ['record with history and step-up [4.1.2] [14.4.5]', recordPage, 'mock'],
  ['a post is set [14.4.3]', setPost, 'mock'],
  ['narrow screen', phone, 'mock'],
]
