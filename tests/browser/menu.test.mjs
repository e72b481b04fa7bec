// SPDX-License-Identifier: Apache-2.0
// Every entry of everybody's menu opens, wide and narrow, without a complaint of the browser: on the mock and on any node.
import { PHONE, WIDE, check, logIn, openPage } from './lib.mjs'

const SETTLED = 'main h1, main .block-note:not([role=status]), main .fault'

async function settled(page) {
  await page.waitForSelector(SETTLED)
  await page.waitForFunction(() => !document.querySelector('main .spinner'))
}

async function walk(world, who, size) {
  const t = await openPage(world, { size, expected: [401, 403] })
  const { page } = t
  await logIn(world, page, who)
  await page.waitForSelector('main .page')
  const links = await page.locator('.menu a').evaluateAll((list) => list.map((a) => [a.textContent, a.getAttribute('href')]))
  check(links.length > 0, `${who} has a menu`)
  for (const [label, href] of [...links, ['我的会话', '#/sessions'], ['更改密码', '#/password'], ['首页', '#/']]) {
    await page.goto(world.base + href)
    await settled(page)
    const fault = await page.locator('main .fault-code code').allTextContents()
    check(!fault.some((code) => /^(http|console)\.|incident|bad_form/.test(code)), `${label}: ${fault.join(' ')}`)
    await t.fits()
    await t.picture(`menu-${who}-${href.replace(/[^a-z_.]+/g, '')}`)
    const row = page.locator('main table.data.openable tbody tr').first()
    if (href.startsWith('#/view/') && (await row.count())) {
      await row.focus()
      await page.keyboard.press('Enter')
      await page.waitForFunction((before) => window.location.hash !== before, href)
      await settled(page)
      await t.fits()
    }
  }
  await t.done()
}

export const tests = ['clerk', 'reviewer', 'overseer'].flatMap((who) => [
  [`all of the menu of ${who}, wide [14.2.2]`, (world) => walk(world, who, WIDE)],
  [`all of the menu of ${who}, narrow`, (world) => walk(world, who, PHONE)],
])
