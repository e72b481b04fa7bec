// SPDX-License-Identifier: Apache-2.0
// The tree with lag, silence and rows set aside; batches with signature and acknowledgements; enrolment. 17.2
import { PHONE, WIDE, check, equal, logIn, openPage } from './lib.mjs'

async function tree(world, size) {
  const t = await openPage(world, { size, expected: [401] })
  const { page } = t
  await logIn(world, page, 'overseer')
  await page.waitForSelector('.top')
  await page.goto(`${world.base}#/page/federation.tree`)
  await page.waitForSelector('table.data tbody tr')
  check((await page.textContent('.fault[role=alert]')).includes('玄武区'), 'silence is an alarm')
  equal(await page.textContent('.figure.alarm dd'), '1', 'silent nodes')
  await t.fits()
  await t.picture('federation')
  await page.click('tr:has(strong:has-text("大邑县")) a:has-text("统计事实")')
  await page.waitForSelector('table.data tbody tr:has-text("增量")')
  await t.fits()
  await t.picture('batches')
  await page.locator('table.data tbody a').first().click()
  await page.waitForSelector('h2:has-text("各级数据回执")')
  equal(await page.locator('section:has(h2:has-text("各级数据回执")) tbody tr').count(), 3, 'a row for each tier')
  check((await page.textContent('main')).includes('本节点验证通过'), 'the signature is verified here')
  check((await page.textContent('main')).includes('21,677.60'), 'signed sums are named and shown')
  check((await page.locator('section:has(h2:has-text("各级数据回执")) tbody tr').last().textContent()).includes('未到'), 'who has not confirmed yet')
  await t.fits()
  await t.picture('batch')
  await t.done()
}

async function enrolment(world) {
  const t = await openPage(world, { expected: [401] })
  const { page } = t
  await logIn(world, page, 'overseer')
  await page.click('.menu a:has-text("节点接入")')
  await page.click('button:has-text("签发接入码")')
  await page.fill('#f-office', '510131')
  await page.fill('#f-name', '蒲江县')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.code')
  check(/^[A-Z0-9-]{8,}$/.test((await page.textContent('.code')).trim()), 'a code is shown')
  await t.picture('enrolment')
  await page.click('button:has-text("已抄录")')
  await page.waitForSelector('.code', { state: 'detached' })
  await t.done()
}

export const tests = [
  ['tree, wide [17.2.2]', (world) => tree(world, WIDE), 'mock'],
  ['tree, narrow [17.2.2]', (world) => tree(world, PHONE), 'mock'],
  ['a one-time code is shown once [17.1]', enrolment, 'mock'],
]
