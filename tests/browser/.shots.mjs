import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { openPage } from './lib.mjs'
const d = JSON.parse(readFileSync('/tmp/br-demo/logins.json'))
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless','--no-sandbox','--disable-gpu','--lang=zh-CN'] })
const size = process.argv[2] === 'phone' ? { width: 390, height: 844 } : { width: 1280, height: 800 }
const only = process.argv[3]
const plan = [
  ['login', null, null, ['']],
  ['county', '510129', 'jingban', ['', '#/page/deposit.payment', '#/page/essential.import', '#/view/essential.apartments', '#/view/deposit.households', '#/view/deposit.notices', '#/view/deposit.payments', '#/view/deposit.areas', '#/form/deposit.create_standard', '#/page/deposit.theme', '#/page/federation.tree', '#/sessions']],
  ['review', '510129', 'fuhe', ['#/record/payment/1116691498282','#/record/apartment/1116691498429','#/page/deposit.review', '#/view/accounting.vouchers', '#/view/accounting.accounts', '#/view/accounting.entries']],
  ['acct', '510129', 'kuaiji', ['', '#/form/accounting.create_bank_account', '#/view/accounting.books']],
  ['system', '510129', 'system', ['#/view/identity.persons', '#/form/identity.create_person','#/page/federation.tree']],
  ['security', '510100', 'security', ['#/view/identity.rights', '#/page/federation.enrolment', '#/view/identity.sessions']],
  ['city', '510100', 'jianguan', ['', '#/page/deposit.theme', '#/page/deposit.theme?by=month', '#/page/federation.tree', '#/view/deposit.regulated_areas']],
  ['nation', '000000', 'jianguan', ['#/page/deposit.theme', '#/page/deposit.theme?by=month','#/page/deposit.theme?by=phase', '#/page/federation.tree', '#/page/federation.batches?office=260&stream=facts', '#/view/federation.enrolments']],
]
for (const [name, div, login, pages] of plan) {
  if (only && !only.split(',').includes(name)) continue
  const t = await openPage({ browser, pictures: '/tmp/br-pics' }, { size, expected: [401] })
  const base = d[div ?? '510129'].address + '/'
  try {
    await t.page.goto(base)
    await t.page.waitForSelector('input[name=login]')
    if (login) {
      await t.page.fill('input[name=login]', login); await t.page.fill('input[name=password]', d[div].logins[login]); await t.page.keyboard.press('Enter')
      await t.page.waitForSelector('.top')
    }
    for (const p of pages) {
      await t.page.goto(base + p)
      await t.page.waitForLoadState('networkidle'); await t.page.waitForTimeout(700)
      const file = `/tmp/br-pics/${name}-${p.replace(/[#\/?=&]+/g, '_')}-${size.width}.png`
      await t.page.screenshot({ path: file })
      try { await t.fits() } catch (e) { console.log(file, e.message) }
    }
  } catch (e) { console.log(name, String(e)) }
  try { await t.done() } catch (e) { console.log(name, e.message) }
}
await browser.close()
