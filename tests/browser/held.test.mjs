// SPDX-License-Identifier: Apache-2.0
// Opened private values and the confirmation of an important step belong to a page and a person: both are gone with a lost session,
// a hidden window, another page, another person. Before the lists, which make papers required. 4.3.2A, 14.4.1, 14.4.5
import { check, equal, idNumber, logOut, settle } from './lib.mjs'
import { open } from './real/office.mjs'

const NUMBER = idNumber(947)
const PROOF = '.el-dialog:visible:has-text("请再次确认身份")'
const LOST = '.el-dialog:visible:has-text("登录已失效")'
const at = {}

async function rows(world) {
  const make = async (name, input) => (await world.office.command('jingban', name, input)).id
  const area = await make('essential.create_property_area', { name: '隐私里（样例）', division: '510129' })
  const building = await make('essential.create_building', { property_area_id: area, name: '1' })
  const unit = await make('essential.create_unit', { building_id: building, name: '1' })
  const flat = await make('essential.create_apartment', { unit_id: unit, room_number: '101', floor: 1, covered_area: '8000', use_code: '01' })
  at.owner = await make('essential.create_owner', { property_area_id: area, name: '胡文志', id_number: NUMBER, kind: 'citizen' })
  await world.office.command('jingban', 'essential.change_ownership', { apartment_id: flat, valid_from: '2026-01-05', reason: '首次登记', owners: [{ owner_id: at.owner, share_numerator: 1, share_denominator: 1 }] })
  at.change = await make('essential.request_extinction', { apartment_id: flat, reason: '拆除' })
}
const gone = async (page, when) => check(!(await page.content()).includes(NUMBER), when)
async function logInAgain(page, password) {
  await page.fill('input[name=relogin]', password)
  await page.keyboard.press('Enter')
  await page.waitForSelector(LOST, { state: 'hidden' })
}

async function values(world) {
  await rows(world)
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  /* a page that met the lost session is read when the person is back */
  await open(clerk, '#/')
  await logOut(page)
  await page.evaluate((hash) => (window.location.hash = hash), `#/record/housing_change/${at.change}`)
  await page.waitForSelector(LOST)
  await logInAgain(page, world.office.logins.jingban)
  await page.waitForSelector('.values')
  const look = () => page.click('.private button:has-text("查看本业务当事人")')
  await look()
  await page.waitForSelector(`.private .opened:has-text("${NUMBER}")`)
  await logOut(page)
  await page.keyboard.press('Control+k')
  await page.waitForSelector('dialog.find[open]')
  await page.keyboard.insertText('隐私里')
  await page.waitForSelector(LOST)
  await gone(page, 'whoever sits at a lost session sees nothing that was opened in it')
  await logInAgain(page, world.office.logins.jingban)
  await gone(page, 'it does not come back by itself')
  await settle(page)
  /* the answer comes while another window is in front */
  await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' }))
  await look()
  await page.waitForSelector('.private .fault code:has-text("console.unseen")')
  await gone(page, 'an answer to a hidden window is not shown')
  await page.evaluate(() => delete document.visibilityState)
  await look()
  await page.waitForSelector(`.private .opened:has-text("${NUMBER}")`)
  await page.click('.private button:has-text("立即隐藏")')
  await gone(page, 'hidden at once')
  equal(await page.evaluate(() => document.activeElement.innerText.trim()), '查看本业务当事人', 'the focus is where it can be opened again')
}

async function ask(clerk) {
  const { page } = clerk
  await open(clerk, `#/record/owner/${at.owner}`)
  await page.click('.values .unmask[aria-label="查看证件号码"]')
  equal(await page.evaluate(() => document.activeElement.tagName), 'SELECT', 'the question is where the keyboard is')
  await page.selectOption('.private-form select', 'visit')
  await page.fill('.private-form input[placeholder*="来访"]', '来访 2026-0401')
  await page.fill('.private-form input[placeholder*="核对"]', '核对来访人')
  await page.keyboard.press('Enter')
  await page.waitForSelector(`${PROOF} input[type=password]`)
}

async function proof(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  const { logins } = world.office
  await ask(clerk)
  const shown = await page.locator(PROOF).innerText()
  check(shown.includes('业主') && !shown.includes('owner'), `what will be done is said in words: ${shown}`)
  await page.evaluate(() => (window.location.hash = '#/'))
  await page.waitForSelector(PROOF, { state: 'hidden' })

  await ask(clerk)
  await logOut(page)
  const confirm = async () => {
    await page.fill(`${PROOF} input[type=password]`, logins.jingban)
    await page.click(`${PROOF} button:has-text("确认办理")`)
  }
  await confirm()
  await page.waitForSelector(LOST)
  await logInAgain(page, logins.jingban)
  await confirm()
  await page.waitForSelector(`.private .opened:has-text("${NUMBER}")`)

  await ask(clerk)
  await logOut(page)
  await confirm()
  await page.waitForSelector(LOST)
  await page.click(`${LOST} button:has-text("换人登录")`)
  await page.fill('input[name=login]', 'fuhe')
  await page.fill('input[name=password]', logins.fuhe)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.menu')
  await settle(page)
  equal(await page.locator(PROOF).count(), 0, 'nobody is asked to confirm what another began')
  await world.office.leave()
}

export const tests = [
  ['opened private values are gone with the session, the window and a click [4.3.2A] [14.4.1]', values, 'office'],
  ['a step is confirmed on its page and by whom it was begun, or not at all [14.4.5] [14.4.1]', proof, 'office'],
]
