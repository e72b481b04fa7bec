// SPDX-License-Identifier: Apache-2.0
// A person with an SM2 key: the challenge at the log-in, at an important step and over a page whose session has ended; the
// signature pasted or made by the agent at the workplace; the key lost and given up by two administrators. 14.4.2A, 14.4.5
import { DESK, check, equal, logOut, openPage, settle } from './lib.mjs'
import { look, open, prove } from './real/office.mjs'

const LOGIN = 'miyao'
const BOX = 'input[name=signature]'
const TEXT = 'textarea[name=challenge]'
const at = {}

async function bind(world) {
  const { ask, command, rows } = world.office
  at.password = (await ask('staff', { login: LOGIN, name: '苏密钥', posts: ['accountant'] })).password
  const { point } = await ask('key')
  const login = (await rows('security', 'identity.persons', { login: LOGIN }))[0].id
  await command('security', 'identity.bind_factor', { login, kind: 'sm2', label: '国密密钥 A-017', material: point, reason: '资金岗位须用国密密钥' })
}
const sign = async (world, page, scope = '') => (await world.office.ask('sign', { text: await page.inputValue(`${scope} ${TEXT}`) })).signature
const challenged = (page, before = '', scope = '') => page.waitForFunction(([s, b]) => { const v = document.querySelector(s)?.value; return v && v !== b }, [`${scope} ${TEXT}`, before])

async function logIn(world) {
  await bind(world)
  const t = await openPage(world, { size: DESK, expected: [401, 422] })
  const s = { ...t, address: world.office.address }
  const { page } = t
  await page.goto(world.office.address)
  await page.fill('input[name=login]', LOGIN)
  await page.fill('input[name=password]', at.password)
  await page.keyboard.press('Enter')
  await challenged(page)
  await look(s, 'sm2-login')
  const first = await page.inputValue(TEXT)
  check(first.startsWith('fundnode-login:'), first)
  await page.fill(BOX, 'abc')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.fault code:has-text("console.signature")')
  await page.fill(BOX, 'a'.repeat(128))
  await page.keyboard.press('Enter')
  await page.waitForSelector('.fault:has-text("签名不正确")')
  await challenged(page, first)
  await look(s, 'sm2-wrong')
  /* a signature of the challenge before is of no use */
  await page.fill(BOX, (await world.office.ask('sign', { text: first })).signature)
  await page.keyboard.press('Enter')
  await page.waitForFunction((b) => document.querySelector('input[name=signature]')?.value === '' && document.querySelector('textarea[name=challenge]')?.value !== b, first)
  check(await page.isVisible(BOX), 'still outside')
  const shown = await page.inputValue(TEXT)
  await page.click('button:has-text("换一个")')
  await challenged(page, shown)
  const good = await sign(world, page)
  await page.fill(BOX, `${good.slice(0, 64).toUpperCase()} ${good.slice(64)}`)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.menu')
  at.seat = s
}

/** Two changes that wait for the third person. */
async function waiting(world) {
  const { command } = world.office
  const area = (await command('jingban', 'essential.create_property_area', { name: '签名里（样例）', division: '510129' })).id
  const building = (await command('jingban', 'essential.create_building', { property_area_id: area, name: '1' })).id
  const unit = (await command('jingban', 'essential.create_unit', { building_id: building, name: '1' })).id
  const changes = []
  for (const room_number of ['101', '102']) {
    const { id } = await command('jingban', 'essential.create_apartment', { unit_id: unit, room_number, floor: 1, covered_area: '8000', use_code: '01' })
    const change = await command('jingban', 'essential.request_extinction', { apartment_id: id, reason: '拆除' })
    await command('fuhe', 'essential.check_housing_change', { change_id: change.id })
    changes.push(change.id)
  }
  return changes
}

async function stepUp(world) {
  const { page } = at.seat
  const changes = await waiting(world)
  const effect = async (change) => {
    await open(at.seat, `#/record/housing_change/${change}`)
    await page.click('.page-head a.button:has-text("房屋变更生效")')
    await page.waitForSelector('.command-form')
    await page.keyboard.press('Control+s')
    await challenged(page, '', '.el-dialog')
  }
  await effect(changes[0])
  await look(at.seat, 'sm2-step-up')
  await page.waitForSelector('.el-dialog:visible .values:has-text("FB2026-")')
  check((await page.locator('.el-dialog:visible').innerText()).includes('房屋变更生效'), 'what will be done stands above')
  await world.office.ask('agent', { refusal: '口令卡已锁' })
  const before = await page.inputValue(`.el-dialog ${TEXT}`)
  await page.click('.el-dialog button:has-text("用本机密钥签名")')
  await page.waitForSelector('.el-dialog .fault:has-text("口令卡已锁")')
  await look(at.seat, 'sm2-agent-refuses')
  await page.fill(`.el-dialog ${BOX}`, 'f'.repeat(128))
  await page.keyboard.press('Enter')
  await page.waitForSelector('.el-dialog .fault:has-text("签名不正确")')
  await challenged(page, before, '.el-dialog')
  await world.office.ask('agent', { refusal: null })
  await page.click('.el-dialog button:has-text("用本机密钥签名")')
  await page.waitForSelector('.card.done')
  /* and with the keyboard alone, pasted */
  await effect(changes[1])
  const good = await sign(world, page, '.el-dialog')
  await page.focus(`.el-dialog ${BOX}`)
  await page.keyboard.insertText(good)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.card.done')
  await open(at.seat, `#/record/housing_change/${changes[1]}`)
  check((await page.locator('.values').innerText()).includes('苏密钥'), 'it took effect under this name')
}

async function lost(world) {
  const { page } = at.seat
  await open(at.seat, '#/')
  await logOut(page)
  await page.goto(`${world.office.address}#/view/accounting.books`)
  await page.waitForSelector('input[name=relogin]')
  await page.fill('input[name=relogin]', at.password)
  await page.keyboard.press('Enter')
  await challenged(page, '', '.el-dialog')
  await look(at.seat, 'sm2-relogin')
  await page.click('.el-dialog button:has-text("用本机密钥签名")')
  await page.waitForSelector('.el-dialog', { state: 'hidden' })
  await settle(page)
  equal(await page.locator('main h1').innerText().then((t) => t.includes('账套')), true, 'the page goes on')
  await at.seat.done()
}

/** The key is lost: one administrator asks for it to be dropped, another lets it go, and its owner reads of it. */
async function dropped(world) {
  const { logins, seat, leave } = world.office
  const asker = await seat('security')
  const row = (s) => s.page.locator('table.data tbody tr', { hasText: LOGIN })
  await open(asker, '#/view/identity.factors')
  await row(asker).locator('a:text-is("申请解除认证因素")').click()
  await asker.page.waitForSelector('.command-form')
  await asker.page.fill('#f-reason', '密钥遗失')
  await look(asker, 'factor-drop')
  await asker.page.keyboard.press('Control+s')
  await prove(asker, logins.security)
  await asker.page.waitForSelector('.card.done')
  await open(asker, '#/view/identity.factors')
  equal(await row(asker).locator('a:text-is("申请解除认证因素")').count(), 0, 'what is asked for is not asked for again')
  await open(asker, '#/view/identity.factor_requests')
  equal(await row(asker).locator('a:text-is("批准变更认证因素")').count(), 0, 'nobody is offered to approve what he asked for')
  await look(asker, 'factor-asked')
  const other = await seat('system')
  await open(other, '#/view/identity.factor_requests')
  await look(other, 'factor-waiting')
  await row(other).locator('a:text-is("批准变更认证因素")').click()
  await other.page.waitForSelector('.command-form')
  const asked = await other.page.locator('.subject').innerText()
  for (const words of ['苏密钥', '国密密钥 A-017', '密钥遗失', '安全管理员']) check(asked.includes(words), `who decides sees what: ${asked}`)
  await other.page.fill('#f-note', '已当面核对证件')
  await look(other, 'factor-approve')
  await other.page.keyboard.press('Control+s')
  await prove(other, logins.system)
  await other.page.waitForSelector('.card.done')
  await leave()
  logins[LOGIN] = at.password
  const owner = await seat(LOGIN)
  await open(owner, '#/')
  check((await owner.page.locator('main').innerText()).includes('密钥遗失'), 'the first page says what became of the key')
  await look(owner, 'factor-told')
  await leave()
}

export const tests = [
  ['an SM2 key opens the log-in, a wrong or old signature does not [14.4.2A] [14.4.1]', logIn, 'office'],
  ['an important step is signed by the agent or by hand [14.4.2A] [14.4.5]', stepUp, 'office'],
  ['a lost session comes back with the second factor over the page [14.4.2A] [14.4.1]', lost, 'office'],
  ['a lost key goes by two administrators, and its owner reads of it [14.4.2A]', dropped, 'office'],
]
