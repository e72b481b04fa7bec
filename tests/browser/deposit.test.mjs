// SPDX-License-Identifier: Apache-2.0
// The counter and the review, without a mouse; the deposit theme; the import. 5.1.3, 4.1.1, 19.2
import { PHONE, WIDE, check, equal, logIn, openPage } from './lib.mjs'

async function payment(world) {
  const t = await openPage(world, { expected: [401, 422] })
  const { page } = t
  await logIn(world, page, 'clerk')
  await page.waitForSelector('.menu a')
  await page.goto(`${world.base}#/page/deposit.payment`)
  await page.waitForFunction(() => document.activeElement?.id === 'finder')
  await page.keyboard.type('2026-000001')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.owed strong:has-text("7,149.60")')
  await page.waitForFunction(() => document.activeElement?.id === 'f-amount')
  equal(await page.inputValue('#f-amount'), '7,149.60', 'what is owed stands in the amount')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('7149.6')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'f-method')
  await page.keyboard.type('01')
  await page.waitForSelector('.el-select-dropdown__item:has-text("银行转账")')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-expanded') !== 'true')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'f-bank_reference')
  await page.keyboard.type('T20261123009')
  await t.picture('payment')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.entered li:has-text("2026-000001")')
  equal(await page.textContent('.entered li .num'), '7,149.60', 'entered amount')
  await page.waitForFunction(() => document.activeElement?.id === 'finder')
  await page.keyboard.type('西岭')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.hits button')
  await t.picture('payment-hits')
  await page.goto(`${world.base}#/page/deposit.review`)
  await page.waitForSelector('table.data tbody tr')
  await page.locator('tbody tr', { hasText: '2026-000001' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('.panel')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.panel .fault:has-text("deposit.same_person")')
  await t.picture('review-same-person')
  await page.keyboard.press('Escape')
  await page.waitForSelector('.panel', { state: 'detached' })
  await t.done()

  const r = await openPage(world, { expected: [401] })
  let sent = 0
  r.page.on('request', (q) => q.url().includes('/api/command/') && sent++)
  await logIn(world, r.page, 'reviewer')
  await r.page.click('.menu a:has-text("审核入账")')
  await r.page.waitForSelector('table.data tbody tr')
  await r.page.locator('tbody tr', { hasText: '2026-000001' }).focus()
  await r.page.keyboard.press('Enter')
  await r.page.waitForSelector('.panel')
  equal(sent, 0, 'opening a row posts nothing')
  await r.picture('review')
  await r.page.keyboard.press('Control+s')
  await r.page.waitForSelector('.posted li:has-text("2026-000001")')
  await r.picture('review-posted')
  const [download] = await Promise.all([r.page.waitForEvent('download'), r.page.click('.posted button:has-text("交存回单")')])
  check(download.suggestedFilename().endsWith('.pdf'), 'the slip is a PDF')
  await r.done()
}

async function theme(world, size) {
  const t = await openPage(world, { size, expected: [401] })
  const { page } = t
  await logIn(world, page, 'overseer')
  await page.waitForSelector('.top')
  await page.goto(`${world.base}#/page/deposit.theme?office=5101`)
  await page.waitForSelector('.side canvas')
  const figures = await page.locator('.figure dd').allTextContents()
  equal(figures.slice(0, 3).join(' | '), '34,869.20 | 24,119.60 | 69.17 %', 'sums and rate')
  const rows = await page.locator('.side tbody tr').allTextContents()
  check(rows.some((r) => r.includes('锦江区') && r.includes('100.00 %')) && rows.some((r) => r.includes('大邑县') && r.includes('66.85 %')), rows.join('\n'))
  await t.fits()
  await t.picture('theme-city')
  await page.click('.tabs button:has-text("按月")')
  await page.waitForSelector('th:has-text("实交同比")')
  await t.fits()
  await t.picture('theme-month')
  await page.click('.tabs button:has-text("按管理阶段")')
  await page.waitForSelector('td:has-text("代管阶段")')
  await page.click('.tabs button:has-text("下级排名")')
  await page.click('.side tbody a:has-text("大邑县")')
  await page.waitForSelector('.card table.data tbody tr:has-text("西岭雪苑")')
  await t.picture('theme-county')
  await page.goto(`${world.base}#/page/deposit.theme`)
  await page.waitForSelector('.side canvas')
  await t.picture('theme-nation')
  await page.locator('.sources a').first().click()
  await page.waitForSelector('h2:has-text("各级数据回执")')
  await t.done()
}

async function importTable(world) {
  const t = await openPage(world, { expected: [401] })
  const { page } = t
  await logIn(world, page, 'clerk')
  await page.click('.menu a:has-text("文件导入")')
  const send = async () => {
    await page.setInputFiles('input[type=file]', { name: '楼盘表.csv', mimeType: 'text/csv', buffer: Buffer.from('幢号,单元,房号\n1,1,101\n') })
    await page.click('button:has-text("上传并核对")')
    await page.waitForSelector('h2:has-text("不合格的行")')
  }
  await send()
  equal((await page.locator('.figure dd').allTextContents()).slice(0, 3).map((s) => s.trim()).join(' | '), '6 行 | 5 行 | 1 行', 'counts')
  check((await page.textContent('main')).includes('ID_CHECKSUM'), 'the code of the bad row')
  await t.picture('import-checked')
  await page.check('input[value=all_or_nothing]')
  check(await page.isDisabled('button:has-text("开始导入")'), 'all or nothing refuses with a bad row')
  await page.check('input[value=good_rows]')
  await page.click('button:has-text("开始导入")')
  await page.waitForSelector('h2:has-text("导入完成")')
  await t.picture('import-done')
  await page.reload()
  await page.waitForSelector('h2:has-text("导入完成")')
  equal(await page.locator('button:has-text("开始导入")').count(), 0, 'who loads the page anew is not asked to import again')
  await page.click('button:has-text("换一个文件")')
  await send()
  await page.waitForSelector('.seen:has-text("以前导入过")')
  await t.picture('import-again')
  /* the answer to a file comes to whoever waits for it, not to the page he has gone to */
  await page.click('button:has-text("换一个文件")')
  let answer
  const held = new Promise((resolve) => (answer = resolve))
  await page.route('**/api/import/preview', async (route) => (await held, route.continue()))
  await page.setInputFiles('input[type=file]', { name: '楼盘表.csv', mimeType: 'text/csv', buffer: Buffer.from('幢号,单元,房号\n1,1,102\n') })
  const asked = page.waitForRequest('**/api/import/preview')
  await page.click('button:has-text("上传并核对")')
  await asked
  await page.evaluate(() => (window.location.hash = '#/view/essential.apartments'))
  await page.waitForSelector('table.data tbody tr')
  answer()
  await page.waitForLoadState('networkidle')
  equal(new URL(page.url()).hash, '#/view/essential.apartments', 'the list keeps its own address')
  await t.done()
}

export const tests = [
  ['entry and review by keyboard, own entry refused [5.1.3]', payment, 'mock'],
  ['theme, wide [19.2.2]', (world) => theme(world, WIDE), 'mock'],
  ['theme, narrow [19.2.2]', (world) => theme(world, PHONE), 'mock'],
  ['import: check, report, good rows only, same file again [4.1.1]', importTable, 'mock'],
]
