// SPDX-License-Identifier: Apache-2.0
// An office takes its balances over from the old system: the accountant brings the list, another person compares the sum with
// the old trial balance and posts it, a wrong sum is named. 4.1.1, 8.1.1, 8.2.1, 15.2.4
import { PHONE, WIDE, check, equal, openPage } from './lib.mjs'

const NODE = '510104'
const AREA = '旧账苑（样例）'
const HOUSES = ['小区名称,幢号,单元号,房号,建筑面积(㎡),房屋用途,业主姓名,证件号码', `${AREA},1,1,101,84.82,住宅,胡文志,990000197603246706`, `${AREA},1,1,102,75.47,住宅,何涛,990000199008209969`]
const BALANCES = ['小区名称,幢号,单元号,房号,证件号码,首期应交(元),首期实交(元),续交(元),分摊收益(元),累计使用(元),当前余额(元),交存日期,票据号码',
  `${AREA},1,1,101,990000197603246706,6361.50,6361.50,0.00,805.37,0.00,7166.87,2014-08-01,6392178222`,
  `${AREA},1,1,102,990000199008209969,5660.25,5660.25,0.00,677.53,100.00,6237.78,2014-08-01,3524405364`,
  `${AREA},1,1,999,990000199008209969,100.00,100.00,0.00,0.00,0.00,100.00,2014-08-01,1`]
const seats = new Map()

async function seat(world, login, shape) {
  const key = `${login} ${shape ? 'phone' : ''}`
  if (!seats.has(key)) {
    const t = await openPage(world, { expected: [401, 403, 422], size: shape ?? WIDE })
    const { address, logins } = world.real.nodes[NODE]
    await t.page.goto(address)
    await t.page.fill('input[name=login]', login)
    await t.page.fill('input[name=password]', logins[login])
    await t.page.keyboard.press('Enter')
    await t.page.waitForSelector('.top')
    seats.set(key, { ...t, base: address, password: logins[login] })
  }
  return seats.get(key)
}
async function open(s, to) {
  await s.page.goto(s.base + to)
  await s.page.waitForSelector('main .page-head')
}
async function command(s, name, input) {
  return s.page.evaluate(async ([n, i]) => {
    const answer = await fetch(`/api/command/${n}`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Fundnode': '1', 'X-Idempotency-Key': crypto.randomUUID() }, body: JSON.stringify(i) })
    const body = await answer.json()
    if (!answer.ok) throw new Error(JSON.stringify(body))
    return body.output
  }, [name, input])
}
async function give(s, page, name, lines) {
  await open(s, page)
  await s.page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\r\n')}\r\n`) })
  await s.page.click('button:has-text("上传并核对")')
  await s.page.waitForSelector('button:has-text("开始导入")')
}

async function bring(world) {
  const clerk = await seat(world, 'jingban')
  await give(clerk, '#/page/essential.import', '楼盘表.csv', HOUSES)
  await clerk.page.click('button:has-text("开始导入")')
  await clerk.page.waitForSelector('main :text("导入完成")')

  const accountant = await seat(world, 'kuaiji')
  const book = await command(accountant, 'accounting.create_book', { name: '旧账商品住宅维修资金', nature: 'commodity' })
  await command(accountant, 'accounting.create_bank_account', { book_id: book.id, bank_name: '样例银行', account_name: '旧账专户', account_number: '990000007001' })
  await give(accountant, '#/page/accounting.import_balances', '余额表.csv', BALANCES)
  const figures = (await accountant.page.locator('.figures').innerText()).replace(/\s+/g, ' ')
  check(figures.includes('余额 13,404.65'), figures)
  check((await accountant.page.locator('main').innerText()).includes('ORPHAN'), 'the row of a dwelling nobody knows')
  await accountant.picture('balance-checked')
  await accountant.page.click('button:has-text("开始导入")')
  await accountant.page.waitForSelector('main :text("导入完成")')
  await accountant.page.click('main a:has-text("查看期初余额批次")')
  await accountant.page.waitForSelector('main table.data tbody tr:has-text("旧账苑")')
  await accountant.picture('openings')
  await accountant.page.click('main table.data tbody a:has-text("QC")')
  await accountant.page.waitForSelector('main :text("其中本金")')
  await accountant.picture('opening')
  await accountant.fits()
}

async function post(world) {
  const reviewer = await seat(world, 'fuhe')
  const { page } = reviewer
  await open(reviewer, '#/view/accounting.openings')
  await page.click('main table.data tbody a:has-text("QC")')
  await page.click('.page-head a.button:has-text("复核入账")')
  const confirm = async (sum) => {
    await page.fill('#f-confirmed_balance', sum)
    await page.keyboard.press('Control+s')
    await page.waitForSelector('.el-dialog:visible input[type=password]')
    await page.fill('.el-dialog:visible input[type=password]', reviewer.password)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.el-dialog:visible', { state: 'detached' })
  }
  const today = await page.evaluate(() => new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10))
  await page.fill('#f-cutover_date', today)
  await page.keyboard.press('Tab')
  await confirm('13504.65')
  await page.waitForSelector('main :text("相差 -100.00 元")')
  await reviewer.picture('opening-differs')
  await confirm('13404.65')
  await page.waitForSelector('.card.done')
  await reviewer.picture('opening-posted')
  await open(reviewer, '#/view/accounting.household_balances')
  await page.waitForSelector('main table.data tbody tr:has-text("7,166.87")')
  equal(await page.locator('main table.data tbody tr:has-text("6,237.78")').count(), 1, 'the second household')
  const phone = await seat(world, 'fuhe', PHONE)
  await open(phone, '#/view/accounting.openings')
  await phone.page.waitForSelector('main :text("已入账")')
  await phone.picture('openings-phone')
  await phone.fits()
  for (const s of seats.values()) await s.done()
}

export const tests = [
  ['the accountant brings the old balances; rows nobody knows are named [4.1.1] [15.2.4]', bring, 'nodes'],
  ['another person compares the sum and posts it, a difference is named [8.1.1] [8.2.1] [14.4.5]', post, 'nodes'],
]
