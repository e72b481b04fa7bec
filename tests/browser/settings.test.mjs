// SPDX-License-Identifier: Apache-2.0
// A setting that weakens a rule waits for another person, and the page says for whom. 14.2.2
import { check, equal } from './lib.mjs'
import { look, open, prove } from './real/office.mjs'

const WAITS = 'section:has(h2:has-text("等待另一人批准"))'

async function weaker(world) {
  await world.office.command('system', 'node.change_setting_system', { name: 'identity.password_characters', value: '9', valid_from: '2090-01-01', reason: '统一口径' })
  const asker = await world.office.seat('system')
  await open(asker, '#/page/node.settings')
  const own = await asker.page.locator(WAITS).innerText()
  for (const words of ['密码最少字符数', '10', '9', '2090-01-01', '统一口径', '系统管理员', '须由另一人批准']) check(own.includes(words), `${words}: ${own}`)
  equal(await asker.page.locator(`${WAITS} button:text-is("批准")`).count(), 0, 'nobody is offered to approve what he asked for')
  await look(asker, 'settings-asked')
  const other = await world.office.seat('security')
  await open(other, '#/page/node.settings')
  await look(other, 'settings-waiting')
  await other.page.click(`${WAITS} button:text-is("批准")`)
  await other.page.waitForSelector('.command-form')
  const asked = await other.page.locator('section:has(.command-form)').innerText()
  for (const words of ['密码最少字符数', '10 → 9', '2090-01-01', '统一口径', '系统管理员']) check(asked.includes(words), `who decides sees what: ${asked}`)
  await other.page.fill('#f-note', '经主任办公会同意')
  await look(other, 'settings-approve')
  await other.page.keyboard.press('Control+s')
  await prove(other, world.office.logins.security)
  await other.page.waitForSelector('section:has(.command-form)', { state: 'detached' })
  await other.page.waitForSelector(WAITS, { state: 'detached' })
  equal(await other.page.locator(WAITS).count(), 0, 'nothing waits')
  check((await other.page.locator('tr:has-text("密码最少字符数")').innerText()).includes('2090-01-01 起 9'), 'it holds from its day on')
  await look(other, 'settings-decided')
  await world.office.leave()
}

export const tests = [['a weaker setting waits for another person, who sees what was asked by whom [14.2.2]', weaker, 'office']]
