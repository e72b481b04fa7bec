// SPDX-License-Identifier: Apache-2.0
// The first day of an office: from a node with three one-time passwords to an imported building table, its diagram, and the first
// notice, with at most forty inputs: every field filled, choice made and file given counts, also those of logging in. 4.1.1, 4.2.1.1,
// 5.1.3, 8.1.1, 14.4.1, 14.4.3
import { PHONE, WIDE, check, equal, idNumber, openPage } from './lib.mjs'
import { startNodes } from './real/nodes.mjs'

const COUNTY = '510129'
const INPUTS_MAX = 40
const HEAD = '小区名称,幢号,单元号,所在层,总层数,房号,建筑面积(㎡),房屋用途,有无电梯,业主姓名,证件号码,交付日期'
const FRESH = 'First-Day-of-2026'

const TABLE = [HEAD]
for (let floor = 1; floor <= 3; floor++) for (let room = 1; room <= 2; room++) {
  TABLE.push(`静惠花园（样例）,1幢,1单元,${floor},3,${floor}0${room},${80 + floor}.00,住宅,无,样例甲,${idNumber(floor * 2 + room)},2026-06-30`)
}

let inputs = 0
let real = null

/* --- hands: nothing enters the node but through these, and each counts --- */

async function fill(page, selector, text) {
  inputs++
  await page.fill(selector, text)
}
async function pick(page, field, label) {
  inputs++
  await page.click(`[data-field="${field}"] .el-select`)
  await page.click(`.el-select-dropdown__item:visible:has-text("${label}")`)
}
async function give(page, name, lines) {
  inputs++
  await page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\r\n')}\r\n`) })
}

/* --- people --- */

async function seat(world, login, oneTime, password) {
  const t = await openPage(world, { expected: [401] })
  await t.page.goto(real.nodes[COUNTY].address)
  await fill(t.page, 'input[name=login]', login)
  await fill(t.page, 'input[name=password]', oneTime)
  await t.page.keyboard.press('Enter')
  await t.page.waitForSelector('input[name=again]')
  check((await t.page.locator('.rules').innerText()).includes('至少 10 个字符'), 'the rule is the one that is set here')
  await fill(t.page, 'input[name=old]', oneTime)
  await fill(t.page, 'input[name=new]', password)
  await fill(t.page, 'input[name=again]', password)
  await t.page.click('button:has-text("更改密码")')
  await t.page.waitForSelector('.setup-line')
  return t
}
const stepOf = (page, name) => page.locator(`li[data-step="${name}"]`)
async function guide(t) {
  await t.page.click('.setup-line')
  await t.page.waitForSelector('.guide li')
}
async function submit(page, name) {
  await page.keyboard.press('Control+s')
  await stepOf(page, name).locator('.told').waitFor()
}
async function stateOf(page, name) {
  return stepOf(page, name).locator('.guide-head .state').innerText()
}

/* --- steps --- */

async function people(world) {
  const t = await seat(world, 'system', real.nodes[COUNTY].logins.system, `${FRESH}-s`)
  const { page } = t
  await guide(t)
  await t.picture('setup-first')
  equal(await stateOf(page, 'federation.office'), '已办理', 'the office is enrolled')
  equal(await stateOf(page, 'identity.people'), '未办理', 'nobody is there')
  check((await stepOf(page, 'accounting.book').innerText()).includes('新建账套'), 'the step of others says whose it is')
  const passwords = {}
  for (const [name, login] of [['林经办', 'jingban'], ['周复核', 'fuhe']]) {
    await fill(page, '#f-name', name)
    await fill(page, '#f-login', login)
    await submit(page, 'identity.people')
    check((await stepOf(page, 'identity.people').locator('.told').innerText()).includes(login), 'the slip of paper says the log-in in the words that were typed')
    passwords[login] = await stepOf(page, 'identity.people').locator('code.once').innerText()
    if (login === 'jingban') await page.click('button:has-text("还须再办一笔")')
  }
  await t.picture('setup-people')
  equal(await stateOf(page, 'identity.people'), '已办理', 'two persons are there')
  await t.fits()
  await t.done()
  return passwords
}

async function posts(world) {
  const t = await seat(world, 'security', real.nodes[COUNTY].logins.security, `${FRESH}-c`)
  const { page } = t
  await guide(t)
  for (const [kind, person, next] of [['operator', '林经办', true], ['accountant', '林经办', true], ['reviewer', '周复核', false]]) {
    await pick(page, 'person', person)
    await page.keyboard.press('Control+s')
    await page.waitForSelector('.el-dialog:visible input[type=password]')
    await fill(page, '.el-dialog:visible input[type=password]', `${FRESH}-c`)
    await page.keyboard.press('Enter')
    await stepOf(page, `identity.${kind}`).locator('.told').waitFor()
    equal(await stateOf(page, `identity.${kind}`), '已办理', kind)
    if (next) await page.click('button:has-text("下一步")')
  }
  await t.picture('setup-posts')
  await t.done()
}

async function money(t) {
  const { page } = t
  await guide(t)
  await page.waitForSelector('li[data-step="accounting.book"] #f-name')
  check((await page.inputValue('#f-name')).includes('大邑县商品住宅'), 'a name is offered')
  await submit(page, 'accounting.book')
  await page.click('button:has-text("下一步")')
  await page.waitForSelector('#f-bank_name')
  await fill(page, '#f-bank_name', '样例银行营业部')
  await fill(page, '#f-account_number', '9900510129000000001')
  await submit(page, 'accounting.bank_account')
  await page.click('button:has-text("下一步")')
  await page.waitForSelector('#f-per_m2')
  equal(await page.inputValue('#f-per_m2'), '', 'no standard is chosen for an office')
  check((await stepOf(page, 'deposit.standard').innerText()).includes('不是本地标准'), 'the example says what it is')
  await t.picture('setup-standard')
  await fill(page, '#f-name', '首次交存标准')
  await pick(page, 'building_class', '全部房屋')
  await fill(page, '#f-per_m2', '80')
  await fill(page, '#f-valid_from', '2008-02-01')
  await submit(page, 'deposit.standard')
}

async function houses(t) {
  const { page } = t
  await page.click('li[data-step="essential.building_table"] a.button')
  await page.waitForSelector('input[type=file]')
  await give(page, '楼盘表.csv', TABLE)
  await page.click('button:has-text("上传并核对")')
  await page.click('button:has-text("开始导入")')
  await page.waitForSelector('h2:has-text("导入完成")')
  await guide(t)
  await stepOf(page, 'essential.building_table').locator('.guide-head .state:has-text("已办理")').waitFor()
  await page.waitForSelector('li[data-step="deposit.assess"] .command-form')
  await submit(page, 'deposit.assess')
  await page.click('button:has-text("下一步")')
  await page.waitForSelector('li[data-step="deposit.notice"] .command-form')
  await submit(page, 'deposit.notice')
  await page.waitForSelector('h2:has-text("开办完成")')
  await t.picture('setup-done')
  await t.fits()
  await page.setViewportSize(PHONE)
  await t.picture('setup-done-phone')
  await t.fits()
  await page.setViewportSize(WIDE)
  equal(await page.locator('.setup-line').count(), 0, 'nothing calls for the guide any more')
}

/* --- what stands there then --- */

async function found(t) {
  const { page } = t
  await page.keyboard.press('Control+k')
  await page.waitForSelector('dialog.find[open]')
  await page.keyboard.type('静惠花园 １幢 301')
  await page.waitForSelector('.find-list [role=option]:has-text("1-1-301")')
  await t.picture('find')
  await page.keyboard.press('Escape')
  equal(await page.locator('dialog.find[open]').count(), 0, 'Esc closes')
  check(page.url().includes('#/page/setup'), 'the page is kept')
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('样例甲')
  await page.waitForSelector('.find-note:has-text("没有找到")')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('楼盘图')
  await page.waitForSelector('.find-list [role=option]:has-text("楼盘图")')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.diagram .chips button')
}

async function diagram(t) {
  const { page } = t
  await page.click('.chips button:has-text("静惠花园")')
  await page.click('.chips a:has-text("1幢")')
  await page.waitForSelector('.plan td[data-at]')
  equal(await page.locator('.plan td[data-at]').count(), 6, 'apartments')
  equal((await page.locator('.plan tbody th').allInnerTexts()).join(' '), '3 层 2 层 1 层', 'floors from the top down')
  equal(await page.locator('.plan td.bad').count(), 6, 'all owe')
  check((await page.locator('.legend').innerText()).includes('未缴 6'), 'the legend counts')
  await page.locator('.plan td[tabindex="0"]').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.panel .aside section')
  const panel = await page.locator('.panel').innerText()
  for (const word of ['202', '样**', '6,560.00', '登记交款']) check(panel.includes(word), `the panel says ${word}: ${panel}`)
  check(!panel.includes('样例甲'), 'the owner is masked')
  await t.picture('diagram')
  await page.keyboard.press('Escape')
  equal(await page.locator('.panel').count(), 0, 'Esc closes')
  check((await page.evaluate(() => document.activeElement.getAttribute('aria-label'))).includes('202'), 'the focus is back')
  await t.fits()
  await page.setViewportSize(PHONE)
  await page.locator('.plan td[tabindex="0"]').click()
  await page.waitForSelector('.panel .aside section')
  await t.picture('diagram-phone')
  await t.fits()
}

async function firstDay(world) {
  real = await startNodes(process.env.FUNDNODE_DIST, 'empty.py')
  try {
    const passwords = await people(world)
    await posts(world)
    const t = await seat(world, 'jingban', passwords.jingban, `${FRESH}-j`)
    await money(t)
    await houses(t)
    console.log(`# inputs: ${inputs}`)
    check(inputs <= INPUTS_MAX, `${inputs} inputs, more than ${INPUTS_MAX}`)
    await found(t)
    await diagram(t)
    await t.done()
  } finally {
    await real.stop()
  }
}

export const tests = [['an empty node leads to its first notice with at most 40 inputs [4.1.1] [4.2.1.1] [5.1.3] [8.1.1] [14.4.1] [14.4.3]', firstDay, 'empty']]
