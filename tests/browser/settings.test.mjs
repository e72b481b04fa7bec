// SPDX-License-Identifier: Apache-2.0
// A setting that weakens a rule waits for another person, and the page says for whom. 14.2.2
import { check, equal } from './lib.mjs'
import { look, open, prove } from './real/office.mjs'

const WAITS = 'section:has(h2:has-text("等待另一人批准"))'

async function weaker(world) {
  const asker = await world.office.seat('system')
  const { page } = asker
  /* typed as it is read: square metres, and not the hundredths that are kept */
  const change = async (label, value) => {
    await page.click(`button[aria-label="变更${label}"]`)
    await page.waitForSelector('.command-form')
    const before = await page.inputValue('#f-value')
    await page.fill('#f-value', value)
    await page.fill('#f-valid_from', '2090-01-01')
    await page.fill('#f-reason', '统一口径')
    await look(asker, `settings-change-${before}`)
    check(!(await page.locator('section:has(.command-form)').innerText()).includes('identity.'), 'a setting is called by its label')
    await page.keyboard.press('Control+s')
    await prove(asker, world.office.logins.system)
    await page.waitForSelector('section:has(.command-form)', { state: 'detached' })
    return before
  }
  await open(asker, '#/page/node.settings')
  equal(await change('密码最少字符数', '9'), '10', 'what holds now')
  await page.waitForSelector(WAITS)
  await page.waitForSelector('.el-message:has-text("等待另一人批准")')
  equal(await change('面积差异容差', '0.20'), '0.30', 'what holds now, as it is read')
  await page.waitForSelector('tr:has-text("面积差异容差"):has-text("2090-01-01 起 0.20")')
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
}

/** A form on a row of a list shows that very row: the log-in and not only its person, who holds the post, whose session. */
async function subjects(world) {
  const s = await world.office.seat('security')
  for (const [view, action, words, picture] of [
    ['identity.persons', '锁定登录名', ['林经办', 'jingban'], 'form-login'],
    ['identity.posts', '终止岗位', ['林经办', '经办'], 'form-post'],
    ['identity.sessions', '结束会话', ['安全管理员', 'security'], 'form-session'],
  ]) {
    await open(s, `#/view/${view}`)
    const row = s.page.locator('table.data tbody tr', { hasText: words[0] }).first()
    await row.locator(`a:text-is("${action}")`).click()
    await s.page.waitForSelector('.subject')
    const text = await s.page.locator('.subject').innerText()
    for (const word of words) check(text.includes(word), `${action} shows ${word}: ${text}`)
    check(!text.includes('— 元'), `what is not limited is no sum: ${text}`)
    await look(s, picture)
  }
  await world.office.leave()
}

/** The slip that is handed to a new person bears the log-in as it was typed, not the number of its row. */
async function slip(world) {
  const { page } = await world.office.seat('system')
  await open({ page, address: world.office.address }, '#/form/identity.create_person')
  await page.fill('#f-name', '孙样例')
  await page.fill('#f-login', 'sunyangli')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.card.done code.once')
  const text = await page.locator('.card.done').innerText()
  check(text.includes('sunyangli') && !/登录名\s+\d+-\d+/.test(text), `the slip says the log-in as it was typed: ${text}`)
  await world.office.leave()
}

export const tests = [
  ['a weaker setting waits for another person, who sees what was asked by whom [14.2.2]', weaker, 'office'],
  ['a new person gets a slip with the log-in as it was typed [14.4.1]', slip, 'office'],
  ['a form shows the very row it was called on [14.4.1] [14.4.3]', subjects, 'office'],
]
