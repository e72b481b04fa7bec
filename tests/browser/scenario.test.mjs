// SPDX-License-Identifier: Apache-2.0
// From a county's payment to the national screen, through the pages, on eight real nodes: figures of the worked example,
// separation of persons, a cut line, a killed node, a damaged file. 4.1.1, 5.1.3, 5.2.1, 8.2.2, 17.2, 19.2
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { PHONE, check, equal, openPage, settle } from './lib.mjs'

const NATION = '000000'
const PROVINCE = '510000'
const CITY = '510100'
const JINJIANG = '510104'
const DAYI = '510129'
const THEME = '#/page/deposit.theme'
const TREE = '#/page/federation.tree'
const AGREE_MS = 60000

/* --- people at their pages --- */

const seats = new Map()
let world = null

/** The page of one person at one node; logged in with the keyboard at first use. */
async function seat(node, login) {
  const name = `${node}.${login}`
  if (!seats.has(name)) {
    const expected = [401]
    const t = await openPage(world, { expected })
    const { address, logins } = world.real.nodes[node]
    const s = { ...t, expected, base: address, node, login }
    seats.set(name, s)
    await s.page.goto(address)
    await enter(s, logins[login])
  }
  return seats.get(name)
}
async function enter({ page, login }, password) {
  await page.waitForFunction(() => document.activeElement?.name === 'login')
  await page.keyboard.type(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.top')
}
async function open(s, to) {
  if (s.page.url() === s.base + to) await s.page.reload()
  else await s.page.goto(s.base + to)
  await s.page.waitForSelector('main .page-head, main .entry-card')
}
/** By Alt+M, a word, and Enter on what is left: no mouse. */
async function openByKeys({ page }, word) {
  await page.keyboard.press('Alt+m')
  await page.waitForFunction(() => document.activeElement?.id === 'menu-search')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(word)
  await page.keyboard.press('Tab')
  await page.waitForFunction((w) => document.activeElement?.closest('.menu') && document.activeElement.textContent.includes(w), word)
  await page.keyboard.press('Enter')
}
const focused = (page, id) => page.waitForFunction((i) => document.activeElement?.id === i, id)
async function choose(page, field, label) {
  await page.click(`[data-field="${field}"] .el-select`)
  await page.click(`.el-select-dropdown__item:visible:has-text("${label}")`)
}
async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) await page.fill(`#f-${name}`, value)
}
async function submitted(page) {
  await page.keyboard.press('Control+s')
  await page.waitForSelector('section.done')
  return page.locator('section.done').innerText()
}
/** The rows of the table of a page, once it has been read. */
async function rowsOf(page) {
  await page.waitForSelector('main .table-frame:not(.stale) tbody tr')
  return (await page.locator('main table.data tbody tr').allInnerTexts()).map((r) => r.replace(/\s+/g, ' '))
}

/** Owed, paid and rate of a node's own theme page; looks again until they are what they must become. */
async function figures(node, wanted) {
  const s = await seat(node, 'jianguan')
  const end = Date.now() + AGREE_MS
  for (;;) {
    await open(s, THEME)
    await s.page.waitForSelector('main .figures dd')
    const shown = (await s.page.locator('.figure dd').allInnerTexts()).slice(0, 3).join(' | ')
    if (shown === wanted) return s
    if (Date.now() > end) equal(shown, wanted, world.real.nodes[node].name)
  }
}

/* --- the files of the example: invented people, area code 990000 --- */

function idNumber(serial) {
  const body = `99000019800101${String(serial).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return body + '10X98765432'[weights.reduce((n, w, i) => n + w * Number(body[i]), 0) % 11]
}
const HEAD = '小区名称,幢号,单元号,所在层,总层数,房号,建筑面积(㎡),房屋用途,有无电梯,业主姓名,证件号码,交付日期'
const line = (area, room, covered, lift, serial, number = idNumber(serial)) => `${area},1幢,1单元,${room[0]},11,${room},${covered},住宅,${lift},样例${'甲乙丙丁戊己'[serial - 1]},${number},2026-06-30`
const bad = `${idNumber(6).slice(0, 17)}${idNumber(6).endsWith('0') ? '1' : '0'}`
const AREA = '西岭雪苑（样例）'
const DAYI_TABLE = [HEAD, line(AREA, '101', '89.37', '有', 1), line(AREA, '102', '89.37', '有', 2), line(AREA, '201', '120.55', '有', 3),
  line(AREA, '202', '61.05', '有', 4), line(AREA, '301', '45.00', '有', 5), line(AREA, '302', '88.00', '有', 6, bad)]
const JINJIANG_TABLE = [HEAD, line('合江亭（样例）', '101', '61.05', '无', 1)]

/* --- steps --- */

async function foundOffice(node, perM2) {
  const accountant = await seat(node, 'kuaiji')
  const { page } = accountant
  await open(accountant, '#/view/accounting.books')
  await page.click('a:has-text("新建账套")')
  await fill(page, { name: `${world.real.nodes[node].name}商品住宅维修资金` })
  await choose(page, 'nature', '商品住宅')
  await submitted(page)
  await open(accountant, '#/view/accounting.bank_accounts')
  await page.click('a:has-text("登记银行账户")')
  await choose(page, 'book_id', '商品住宅维修资金')
  await fill(page, { bank_name: '样例银行营业部', account_name: '维修资金专户', account_number: `9900${node}0000001` })
  await submitted(page)
  const clerk = await seat(node, 'jingban')
  await open(clerk, '#/view/deposit.standards')
  await clerk.page.click('a:has-text("登记交存标准")')
  await fill(clerk.page, { name: '首次交存标准', per_m2: perM2, valid_from: '2008-02-01' })
  await choose(clerk.page, 'building_class', '全部房屋')
  await submitted(clerk.page)
  await open(clerk, '#/view/deposit.standards')
  check((await rowsOf(clerk.page))[0].includes(perM2), 'the standard is in the list')
}

async function send(s, lines) {
  await s.page.setInputFiles('input[type=file]', { name: '楼盘表.csv', mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\r\n')}\r\n`) })
  await s.page.click('button:has-text("上传并核对")')
  await s.page.waitForSelector('h2:has-text("不合格的行")')
}
const counts = async (page) => (await page.locator('.figure dd').allInnerTexts()).slice(0, 3).map((t) => t.replace(/\s/g, '')).join(' ')

async function importTables() {
  const s = await seat(DAYI, 'jingban')
  const { page } = s
  await open(s, '')
  await page.click('.menu a:has-text("文件导入")')
  await send(s, DAYI_TABLE)
  equal(await counts(page), '6行 5行 1行', 'rows, good and bad')
  await s.picture('real-import-checked')
  await page.click('button:has-text("开始导入")')
  await page.waitForSelector('h2:has-text("导入完成")')
  await s.picture('real-import-done')
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a:has-text("下载带结果的原文件")')])
  check(download.suggestedFilename().endsWith('-核对结果.csv'), `the report bears the name of its file: ${download.suggestedFilename()}`)
  const report = (await readFile(await download.path(), 'utf8')).replace(/^\ufeff/, '').trimEnd().split('\r\n')
  equal(report.length, DAYI_TABLE.length, 'lines of the report')
  DAYI_TABLE.forEach((row, i) => check(report[i].startsWith(row), `line ${i + 1} is the user's own: ${report[i]}`))
  check(report[6].includes('ID_CHECKSUM') && report[6].includes('校验位不对'), `the reason stands in the row: ${report[6]}`)
  check(!report[5].includes('ID_'), 'a good row has no refusal')
  await page.click('button:has-text("换一个文件")')
  await send(s, DAYI_TABLE)
  await page.waitForSelector('.seen:has-text("以前导入过")')
  await s.picture('real-import-again')
  await open(s, '#/view/essential.apartments')
  equal((await rowsOf(page)).length, 5, 'apartments')

  const other = await seat(JINJIANG, 'jingban')
  await open(other, '#/page/essential.import')
  await send(other, JINJIANG_TABLE)
  equal(await counts(other.page), '1行 1行 0行', 'rows, good and bad')
  await other.page.click('button:has-text("开始导入")')
  await other.page.waitForSelector('h2:has-text("导入完成")')
}

async function demand(node, owed, each) {
  const s = await seat(node, 'jingban')
  const { page } = s
  for (const action of ['核定应交金额', '出具交款通知单']) {
    await open(s, '#/view/deposit.areas')
    await page.click(`tbody a:has-text("${action}")`)
    await page.waitForSelector('.command-form')
    const told = await submitted(page)
    if (action === '核定应交金额') check(told.includes(owed), `${owed} is assessed: ${told}`)
  }
  await open(s, '#/view/deposit.notices')
  const rows = await rowsOf(page)
  equal(rows.length, each.length, 'notices')
  for (const [room, amount] of each) check(rows.some((r) => r.includes(` ${room} `) && r.includes(` ${amount} `)), `${room} owes ${amount}: ${rows.join('; ')}`)
  check((await page.locator('tfoot').innerText()).includes(owed), 'the sum of the notices')
  await s.picture('real-notices')
}

/** Enters what a household owes, with the keyboard alone. */
async function pay(s, room, amount, reference) {
  const { page } = s
  if (!page.url().endsWith('deposit.payment')) await openByKeys(s, '收款登记')
  await focused(page, 'finder')
  await page.keyboard.type(room)
  await page.keyboard.press('Enter')
  await focused(page, 'f-amount')
  equal(await page.inputValue('#f-amount'), amount, `owed by ${room}`)
  await page.keyboard.press('Enter')
  await focused(page, 'f-method')
  await page.keyboard.type('02')
  await page.waitForSelector('.el-select-dropdown__item:visible:has-text("转账")')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-expanded') !== 'true')
  await page.keyboard.press('Enter')
  await focused(page, 'f-bank_reference')
  await page.keyboard.type(reference)
  if (room === '101') await s.picture('real-payment')
  await page.keyboard.press('Control+s')
  await page.waitForFunction((text) => document.querySelector('.entered li')?.textContent.includes(text), amount)
  await focused(page, 'finder')
}
/** Opens the only waiting payment of that amount in the review. */
async function lookAt(s, amount) {
  await open(s, '#/page/deposit.review')
  const row = s.page.locator('tbody tr', { hasText: amount }).first()
  await row.focus()
  await s.page.keyboard.press('Enter')
  await s.page.waitForSelector(`.panel .owed:has-text("${amount}")`)
}
async function post(s, amount) {
  await lookAt(s, amount)
  await s.page.keyboard.press('Control+s')
  await s.page.waitForSelector(`.posted li:has-text("${amount}")`)
}

async function separate() {
  const both = await seat(DAYI, 'liangang')
  await pay(both, '101', '7,149.60', 'T20261123001')
  const clerk = await seat(DAYI, 'jingban')
  await pay(clerk, '201', '9,644.00', 'T20261123002')
  await pay(clerk, '202', '4,884.00', 'T20261123003')
  await clerk.picture('real-payment-entered')
  check(!(await clerk.page.locator('.menu').innerText()).includes('审核入账'), 'the clerk has no review page')
  clerk.expected.push(403)
  const refused = await clerk.page.evaluate(async () => {
    const headers = { 'Content-Type': 'application/json', 'X-Fundnode': '1', 'X-Idempotency-Key': 'clerk-tries-to-post-1' }
    return (await fetch('/api/command/deposit.post', { method: 'POST', headers, body: '{"payment_id":"1"}' })).status
  })
  equal(refused, 403, 'the clerk posts past the pages')
  clerk.expected.pop()
  both.expected.push(422)
  await lookAt(both, '7,149.60')
  check((await both.page.locator('.panel').innerText()).includes('您本人登记'), 'the page warns of one\'s own entry')
  await both.page.keyboard.press('Control+s')
  await both.page.waitForSelector('.panel .fault:has-text("same_person")')
  await both.picture('real-same-person')
  both.expected.pop()
  await open(clerk, '#/view/deposit.households')
  equal((await rowsOf(clerk.page)).length, 5, 'households')
  const balances = (await clerk.page.locator('tfoot td').allInnerTexts()).map((t) => t.trim()).filter(Boolean)
  equal(balances.at(-1), '0.00', 'sum of the balances')
}

async function book() {
  const reviewer = await seat(DAYI, 'fuhe')
  const { page } = reviewer
  await post(reviewer, '7,149.60')
  await reviewer.picture('real-posted')
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.posted button:has-text("交存回单")')])
  const slip = execFileSync('pdftotext', ['-layout', await download.path(), '-'], { encoding: 'utf8' })
  check(slip.replace(/\s/g, '').includes('柒仟壹佰肆拾玖元陆角整'), `the slip reads: ${slip}`)
  await post(reviewer, '9,644.00')
  await post(reviewer, '4,884.00')
  const accountant = await seat(DAYI, 'kuaiji')
  await open(accountant, '#/view/accounting.accounts')
  const rows = await rowsOf(accountant.page)
  const cash = rows.find((r) => r.includes(' 1001 '))
  const fund = rows.find((r) => r.includes(' 4001 '))
  check(/ 21,677\.60 0\.00 /.test(cash), `1001 Dr 21,677.60: ${cash}`)
  check(/ 0\.00 21,677\.60 /.test(fund), `4001 Cr 21,677.60: ${fund}`)
  await accountant.picture('real-accounts')

  const clerk = await seat(JINJIANG, 'jingban')
  await pay(clerk, '101', '2,442.00', 'T20261123004')
  await post(await seat(JINJIANG, 'fuhe'), '2,442.00')
}

async function agree() {
  await figures(DAYI, '32,427.20 | 21,677.60 | 66.85 %')
  await figures(JINJIANG, '2,442.00 | 2,442.00 | 100.00 %')
  for (const node of [CITY, PROVINCE, NATION]) await figures(node, '34,869.20 | 24,119.60 | 69.17 %')
  const city = await seat(CITY, 'jianguan')
  const rows = await rowsOf(city.page)
  check(rows.some((r) => r.includes('大邑县') && r.includes('66.85 %')) && rows.some((r) => r.includes('锦江区') && r.includes('100.00 %')), rows.join('; '))
  await city.picture('real-theme-city')
  /* from the nation down to the county, and to the signed batch its figures came in */
  const nation = await seat(NATION, 'jianguan')
  for (const name of ['四川省', '成都市']) {
    await nation.page.click(`tbody a:has-text("${name}")`)
    await nation.page.waitForFunction((n) => document.querySelector('.page-head')?.textContent.includes(n), name)
  }
  await nation.page.waitForSelector('tbody a:has-text("大邑县")')
  await nation.page.click('.sources a:has-text("大邑县")')
  await nation.page.waitForSelector('h2:has-text("各级数据回执")')
  check((await nation.page.locator('main').innerText()).includes('本节点验证通过'), 'the county\'s signature is verified at the nation')
  await nation.picture('real-batch')
  /* at the city down to the apartment */
  await city.page.click('tbody a:has-text("大邑县")')
  await city.page.waitForSelector(`tbody tr:has-text("${AREA}")`)
  await city.page.locator(`tbody tr:has-text("${AREA}") td`).last().click()
  await city.page.waitForSelector('tbody tr:has-text("301")')
  equal((await rowsOf(city.page)).length, 5, 'apartments of the county at the city')
}

/** The line of one stream of 大邑县 on a federation page. */
async function streamRow(s, stream) {
  await open(s, TREE)
  await s.page.waitForSelector('tbody tr')
  const rows = await s.page.locator('tbody tr').evaluateAll((all) => {
    let name = ''
    return all.map((tr) => {
      const cells = Array.from(tr.cells, (c) => c.innerText.trim())
      name = cells[0] || name
      return [name, ...cells.slice(1)]
    })
  })
  const found = rows.find((r) => r[0] === '大邑县' && r[3] === stream)
  check(found, `大邑县 ${stream}: ${JSON.stringify(rows)}`)
  return { head: found[4], acknowledged: found[5], state: found[6], waiting: found[7], lag: found[8], last: found[10], age: found[11] }
}

/* What waits is the detail: facts are cut when the detail they rest on is whole. */
async function untilWaiting(s, wanted) {
  const end = Date.now() + AGREE_MS
  for (;;) {
    const row = await streamRow(s, '业务明细')
    if (row.waiting === wanted) return row
    check(Date.now() < end, `${wanted} waiting was not shown; last: ${JSON.stringify(row)}`)
  }
}

async function cutLine() {
  const nation = await seat(NATION, 'jianguan')
  const own = await seat(DAYI, 'jianguan')
  await untilWaiting(own, '0')
  const before = await streamRow(nation, '统计事实')
  await world.real.ask('cut')
  const clerk = await seat(DAYI, 'jingban')
  await pay(clerk, '301', '3,600.00', 'T20261123005')
  await post(await seat(DAYI, 'fuhe'), '3,600.00')
  await figures(DAYI, '32,427.20 | 25,277.60 | 77.95 %')
  const waiting = await untilWaiting(own, '1')
  check(waiting.lag !== '—', 'the page says for how long')
  await own.picture('real-line-cut')
  const far = await streamRow(nation, '统计事实')
  equal(`${far.head} ${far.last}`, `${before.head} ${before.last}`, 'nothing newer has come to the nation')
  check(/\d+ (秒|分|小时)/.test(far.age), `the nation shows how old its last batch is: ${far.age}`)
  await nation.picture('real-nation-behind')
  await figures(NATION, '34,869.20 | 24,119.60 | 69.17 %')
}

async function joinLine() {
  await world.real.ask('join')
  for (const node of [CITY, NATION]) await figures(node, '34,869.20 | 27,719.60 | 79.50 %')
  await untilWaiting(await seat(DAYI, 'jianguan'), '0')
}

async function killNode() {
  const clerk = await seat(DAYI, 'jingban')
  await pay(clerk, '102', '7,149.60', 'T20261123006')
  const reviewer = await seat(DAYI, 'fuhe')
  const { page } = reviewer
  await lookAt(reviewer, '7,149.60')
  /* the node dies while it works on the post; whatever it had done, no answer comes back */
  reviewer.expected.push(502, 503)
  let sent = 0
  await page.route('**/api/command/deposit.post', async (route) => {
    if (sent++) return route.continue()
    const answer = route.fetch().catch(() => null)
    await world.real.ask('kill', DAYI)
    await answer
    return route.fulfill({ status: 503, contentType: 'application/json', body: '{"error":{"code":"node.try_again","message":"系统繁忙或正在启动，请用原页面重试，不会重复记账。"}}' })
  })
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.panel button:has-text("再次提交")')
  await reviewer.picture('real-post-unknown')
  await page.unroute('**/api/command/deposit.post')
  await world.real.ask('start', DAYI)
  await page.click('.panel button:has-text("再次提交")')
  await page.waitForSelector('.posted li:has-text("7,149.60")')
  reviewer.expected.splice(1)
  await open(reviewer, '#/view/deposit.payments?f.room_number=102')
  equal((await rowsOf(page)).filter((r) => r.includes(' 7,149.60 ')).length, 1, 'payments of apartment 2')
  await open(reviewer, '#/view/accounting.household_balances?f.room_number=102')
  check((await rowsOf(page)).at(-1).trim().endsWith(' 7,149.60'), 'balance of apartment 2')
  await open(reviewer, '#/view/accounting.vouchers')
  equal((await rowsOf(page)).length, 5, 'vouchers')
  await figures(DAYI, '32,427.20 | 32,427.20 | 100.00 %')
  for (const node of [CITY, NATION]) await figures(node, '34,869.20 | 34,869.20 | 100.00 %')
}

const PAGES = {
  [`${DAYI}.jingban`]: ['', '#/page/deposit.payment', '#/page/essential.import', '#/view/essential.apartments', '#/view/deposit.payments', '#/form/deposit.create_standard', THEME, '#/sessions', '#/password'],
  [`${DAYI}.fuhe`]: ['#/page/deposit.review', '#/view/accounting.vouchers', '#/view/accounting.entries'],
  [`${DAYI}.system`]: ['#/view/identity.persons', '#/form/identity.create_person', TREE],
  [`${CITY}.jianguan`]: [THEME, `${THEME}?by=month`, TREE, '#/page/federation.batches?stream=facts', '#/view/deposit.regulated_households'],
  [`${NATION}.jianguan`]: [THEME, `${THEME}?by=month`, `${THEME}?by=phase`, TREE],
}
async function narrow() {
  for (const [who, pages] of Object.entries(PAGES)) {
    const [node, login] = who.split('.')
    const { address, logins } = world.real.nodes[node]
    const t = await openPage(world, { size: PHONE, expected: [401] })
    await t.page.goto(address)
    await enter({ page: t.page, login }, logins[login])
    const visit = async (to) => {
      await open({ page: t.page, base: address }, to)
      await settle(t.page)
      await t.fits()
      await t.picture(`narrow-${node}-${to.replace(/\W+/g, '-')}`)
    }
    for (const to of pages) await visit(to)
    if (login === 'fuhe') {
      await open({ page: t.page, base: address }, '#/view/deposit.payments')
      await rowsOf(t.page)
      await visit((await t.page.locator('tbody td a').first().getAttribute('href')))
      check(await t.page.locator('.timeline li').count() >= 2, 'entered and posted stand in the history')
    }
    await t.done()
  }
}

async function damaged() {
  await world.real.ask('stop', DAYI)
  equal((await world.real.ask('verify', DAYI)).code, 0, 'sound before')
  const { row } = await world.real.ask('damage', DAYI)
  const told = await world.real.ask('verify', DAYI)
  check(told.code !== 0 && told.text.includes(row) && /\bI\d+ payment /m.test(told.text), `verify names row ${row} and the invariant: ${told.text}`)
  await world.real.ask('start', DAYI)
  const clerk = await seat(DAYI, 'jingban')
  const end = Date.now() + AGREE_MS
  for (;;) {
    await open(clerk, '#/page/deposit.payment')
    if (await clerk.page.locator('.banner:has-text("只读")').count()) break
    check(Date.now() < end, 'the banner did not come')
  }
  await clerk.picture('real-read-only')
  for (const node of [CITY, NATION]) await figures(node, '34,869.20 | 34,869.20 | 100.00 %')
}

async function quiet() {
  const faults = []
  for (const [name, s] of seats) await s.done().catch((e) => faults.push(`${name}: ${e.message}`))
  seats.clear()
  check(!faults.length, faults.join('\n'))
}

let failed = false
/** One step after the other: what follows a failed one cannot be judged. */
const step = (name, run, last = false) => [name, async (given) => {
  world = given
  if (failed && !last) throw new Error('an earlier step failed')
  try {
    await run()
  } catch (e) {
    failed = true
    for (const s of last ? [] : seats.values()) await s.picture(`failed-${s.node}-${s.login}`).catch(() => {})
    throw e
  }
}, 'nodes']

export const tests = [
  step('an empty county gets book, bank account and standard [5.2.1.1] [8.2.1]', async () => {
    await foundOffice(DAYI, '80.00')
    await foundOffice(JINJIANG, '40.00')
  }),
  step('five of six rows are imported, the sixth says why, the same file is recognised [4.1.1]', importTables),
  step('assessments and notices come to the cent [5.2.1.1] [5.1.3]', async () => {
    await demand(DAYI, '32,427.20', [['101', '7,149.60'], ['102', '7,149.60'], ['201', '9,644.00'], ['202', '4,884.00'], ['301', '3,600.00']])
    await demand(JINJIANG, '2,442.00', [['101', '2,442.00']])
    await figures(NATION, '34,869.20 | 0.00 | 0.00 %')
  }),
  step('entry by keyboard; one person cannot enter and review [5.1.3]', separate),
  step('another person posts in double entry, the slip is in words [5.1.3] [8.2.2]', book),
  step('rates agree from county to nation, every figure leads down [19.2.2] [17.2]', agree),
  step('a cut line: the counter works, one batch waits, the nation shows its age [17.2]', cutLine),
  step('the line back: nothing typed, all is there [17.2]', joinLine),
  step('killed during a post and repeated: exactly once', killNode),
  step('every page fits a narrow window', narrow),
  step('an amount changed by hand: named, read-only, the city unmoved', damaged),
  step('no error, no violated policy on any page', quiet, true),
]
