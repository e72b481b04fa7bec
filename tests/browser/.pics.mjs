import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { openPage } from './lib.mjs'
const d = JSON.parse(readFileSync('/tmp/br-demo/logins.json'))
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless','--no-sandbox','--disable-gpu','--lang=zh-CN'] })
async function login(div, who, size) {
  const t = await openPage({ browser, pictures: '/tmp/br-pics' }, { size, expected: [401] })
  await t.page.goto(d[div].address + '/')
  await t.page.waitForSelector('input[name=login]')
  await t.page.fill('input[name=login]', who); await t.page.fill('input[name=password]', d[div].logins[who]); await t.page.keyboard.press('Enter')
  await t.page.waitForSelector('.top')
  return t
}
const size = { width: 1280, height: 720 }
let t = await login('510100', 'jianguan', size)
await t.page.goto(d['510100'].address + '/#/page/deposit.theme'); await t.page.waitForSelector('.side canvas'); await t.page.waitForTimeout(1200)
await t.page.screenshot({ path: '/work/main/docs/images/deposit-theme.png' }); await t.done()
t = await login('510129', 'jingban', { width: 1280, height: 660 })
const { page } = t
await page.goto(d['510129'].address + '/#/view/deposit.notices?f.state=issued'); await page.waitForSelector('tbody tr')
const numbers = (await page.locator('tbody tr td:first-child').allInnerTexts()).slice(0, 3)
await page.goto(d['510129'].address + '/#/page/deposit.payment')
const fill = async (n, ref) => {
  await page.waitForFunction(() => document.activeElement?.id === 'finder')
  await page.keyboard.type(n); await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'f-amount')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'f-method')
  await page.keyboard.type('02'); await page.waitForSelector('.el-select-dropdown__item:visible:has-text("转账")')
  await page.keyboard.press('ArrowDown'); await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-expanded') !== 'true')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'f-bank_reference')
  await page.keyboard.type(ref)
}
for (const [i, n] of numbers.entries()) {
  await fill(n, `B5101292611230${i + 1}`)
  if (i < 2) { await page.keyboard.press('Control+s'); await page.waitForFunction((k) => document.querySelectorAll('.entered li').length === k, i + 1) }
}
await page.waitForTimeout(4500)
await page.screenshot({ path: '/work/main/docs/images/payment.png' })
await t.done()
t = await login('510129', 'fuhe', { width: 1280, height: 800 })
await t.page.goto(d['510129'].address + '/#/page/deposit.review'); await t.page.waitForSelector('tbody tr'); await t.page.keyboard.press('Enter'); await t.page.waitForSelector('.panel'); await t.page.waitForTimeout(500)
await t.page.screenshot({ path: '/tmp/br-pics/review-open.png' }); await t.done()
await browser.close()
