// SPDX-License-Identifier: Apache-2.0
// Split, merge, change of structure and extinction on their pages: one person asks, another checks, a third lets it take effect,
// and the record's own page says who got which fen, what it was and what it became. 4.2.1.4, 4.2.1.5, 4.1.2
import { check, equal, idNumber, settle } from './lib.mjs'
import { look, open, prove } from './real/office.mjs'

const AREA = '分合里（样例）'
const at = {}

async function houses(world) {
  const { command } = world.office
  at.area = (await command('jingban', 'essential.create_property_area', { name: AREA, division: '510129' })).id
  at.building = (await command('jingban', 'essential.create_building', { property_area_id: at.area, name: '1' })).id
  at.unit = (await command('jingban', 'essential.create_unit', { building_id: at.building, name: '1' })).id
  for (const [room, covered_area] of [['101', '10037'], ['201', '6000'], ['202', '4037'], ['301', '8000']]) {
    at[room] = (await command('jingban', 'essential.create_apartment', { unit_id: at.unit, room_number: room, floor: Number(room[0]), covered_area, use_code: '01' })).id
  }
  await world.office.ask('balances', { rows: [['101', '5000.01', '123.45'], ['201', '3210.55', '45.67'], ['202', '1999.99', '0.01']].map(([room, ...sums]) => [AREA, '1', '1', room, ...sums]) })
  const owner = await command('jingban', 'essential.create_owner', { property_area_id: at.area, name: '样例甲', id_number: idNumber(77), kind: 'citizen' })
  for (const room of ['101', '201', '202']) await command('jingban', 'essential.change_ownership', { apartment_id: at[room], valid_from: '2026-01-05', owners: [{ owner_id: owner.id, share_numerator: 1, share_denominator: 1 }], reason: '首次登记' })
}

const textOf = async (s, selector = 'main') => (await s.page.locator(selector).innerText()).replace(/\s+/g, ' ')
/** From the change's own page: the form of one step, sent with the keyboard. */
async function step(world, login, change, label, more = async () => {}) {
  const s = await world.office.seat(login)
  await open(s, `#/record/housing_change/${change}`)
  await s.page.click(`.page-head a.button:has-text("${label}")`)
  await s.page.waitForSelector('.command-form')
  await more(s)
  await s.page.keyboard.press('Control+s')
}
async function effect(world, change) {
  await step(world, 'fuhe', change, '复核房屋变更')
  await (await world.office.seat('fuhe')).page.waitForSelector('.card.done')
  await step(world, 'kuaiji', change, '房屋变更生效')
  const chief = await world.office.seat('kuaiji')
  await prove(chief, world.office.logins.kuaiji)
  await chief.page.waitForSelector('.card.done')
  await open(chief, `#/record/housing_change/${change}`)
  return chief
}
const changeOf = (s) => s.page.url().split('/').pop()
async function asked(s) {
  await s.page.waitForSelector('.card.done')
  await s.page.click('.card.done button:has-text("查看变更单")')
  await s.page.waitForSelector('.values')
  await settle(s.page)
  return changeOf(s)
}

async function split(world) {
  await houses(world)
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  await open(clerk, `#/record/apartment/${at[101]}`)
  await look(clerk, 'apartment-before')
  await page.click('.page-head a.button:has-text("申请分割分户")')
  await page.waitForSelector('[aria-label="第 1 户房号"]')
  check(await page.isDisabled('button:has-text("申请分割")'), 'nothing is typed')
  await page.fill('[aria-label="第 1 户房号"]', '101')
  await page.fill('[aria-label="第 1 户建筑面积"]', '60.00')
  await page.fill('[aria-label="第 2 户房号"]', '101A')
  await page.fill('[aria-label="第 2 户建筑面积"]', '40.36')
  await page.waitForSelector('p[role=status]:has-text("0.01")')
  await look(clerk, 'split-difference')
  await page.fill('[aria-label="第 2 户建筑面积"]', '40.37')
  await page.fill('#split-reason', '分户')
  await look(clerk, 'split')
  await page.keyboard.press('Control+s')
  const change = await asked(clerk)
  check((await textOf(clerk)).includes('分户'), 'the request is there')
  await look(clerk, 'change-requested')
  const chief = await effect(world, change)
  const text = await textOf(chief)
  for (const words of ['5,000.01 × 60.00 ÷ 100.37 = 2,988.9469', '5,000.01 × 40.37 ÷ 100.37 = 2,011.0631', '123.45 × 60.00 ÷ 100.37 = 73.7970', '2,988.95', '2,011.06', '73.80', '49.65']) check(text.includes(words), `the change's page says ${words}: ${text}`)
  const rows = (await chief.page.locator('tr:has-text("÷ 100.37")').allInnerTexts()).map((r) => r.replace(/\s+/g, ' '))
  const extra = await chief.page.locator('section:has(h2:has-text("分割、合并转账")) thead th').allInnerTexts()
  check(rows.length === 4 && rows[0].includes('2,988.94') && rows[0].includes('是') && rows[1].includes('否'), `who got the fen: ${extra} ${rows}`)
  for (const name of ['林经办', '周复核', '许会计']) check(text.includes(name), `${name} is named: ${text}`)
  await look(chief, 'change-effected')
}

/** The everyday correction: the generic form of a record with yes and no in it, and a list filtered by that. */
async function corrected(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  await open(clerk, `#/record/apartment/${at[301]}`)
  await page.click('.page-head a.button:has-text("变更分户")')
  await page.waitForSelector('#f-covered_area')
  await page.fill('#f-covered_area', '80.50')
  await page.click('[data-field="elevator"] .el-select')
  await page.click('.el-select-dropdown__item:visible:has-text("是")')
  await page.fill('#f-reason', '按实测面积更正')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.card.done')
  await open(clerk, `#/view/essential.apartments?f.property_area_id=${at.area}`)
  await page.click('button:has-text("更多条件")')
  await page.locator('.filter', { has: page.locator('span:text-is("有电梯")') }).locator('.el-select').click()
  await page.click('.el-select-dropdown__item:visible:has-text("是")')
  await page.waitForFunction(() => window.location.hash.includes('f.elevator=true'))
  await settle(page)
  equal(await page.locator('table.data tbody tr').count(), 1, 'the one with a lift')
  check((await textOf(clerk, 'table.data tbody')).includes('80.50'), 'with its new area')
}

/** At the counter: a buyer who is new and one who is known are both named by card, without leaving the form. */
async function bought(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  const before = (await world.office.rows('jingban', 'essential.owners')).length
  await open(clerk, `#/record/apartment/${at[301]}`)
  await page.click('.page-head a.button:has-text("变更产权")')
  await page.waitForSelector('#f-valid_from')
  await page.fill('#f-valid_from', '2026-03-02')
  await page.fill('#f-reason', '买卖')
  for (const [i, person, number] of [[0, '样例甲', idNumber(77)], [1, '样例丙', idNumber(78)]]) {
    await page.click('#f-owners button:has-text("增加一行")')
    await page.locator('#f-owners button.name-row').nth(i).click()
    const dialog = page.locator('.el-dialog:visible')
    await dialog.locator('#f-name').fill(person)
    await dialog.locator('#f-id_number').fill(number)
    if (!i) await look(clerk, 'name-owner')
    await page.keyboard.press('Control+s')
    await dialog.waitFor({ state: 'hidden' })
    await page.waitForFunction((n) => document.querySelectorAll('#f-owners .el-select__selected-item:not(.is-transparent)').length > n && document.querySelector('#f-owners').innerText.includes('样**'), i)
    for (const [k, v] of [[1, '1'], [2, '2']]) await page.locator(`#f-owners tbody tr:nth-child(${i + 1}) td:nth-child(${k + 1}) input`).fill(v)
  }
  equal(await page.inputValue('#f-reason'), '买卖', 'what was typed stays')
  await look(clerk, 'ownership')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.card.done')
  equal((await world.office.rows('jingban', 'essential.owners')).length, before + 1, 'who is known is not there twice')
}

async function linked(world) {
  const clerk = await world.office.seat('jingban')
  await open(clerk, `#/record/apartment/${at[101]}`)
  const old = await textOf(clerk)
  check(old.includes('已分割') && old.includes('变更去向') && old.includes('101A'), `the old one leads to the new ones: ${old}`)
  await look(clerk, 'apartment-split')
  await clerk.page.click('section:has(h2:has-text("变更去向")) tbody a:has-text("101A")')
  await clerk.page.waitForFunction((id) => !window.location.hash.endsWith(id), at[101])
  await settle(clerk.page)
  const young = await textOf(clerk)
  check(young.includes('变更前身') && young.includes('原101'), `and back: ${young}`)
  await look(clerk, 'apartment-new')
  await clerk.page.click('section:has(h2:has-text("变更前身")) tbody a:has-text("原101")')
  await clerk.page.waitForFunction((id) => window.location.hash.endsWith(id), at[101])
}

async function merge(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  await open(clerk, `#/record/apartment/${at[201]}`)
  await page.click('.page-head a.button:has-text("申请合并分户")')
  await page.waitForSelector('#f-apartments table tbody tr:nth-child(2)')
  await page.locator('#f-apartments tbody tr:nth-child(2) input').first().fill('202')
  await page.click('.el-select-dropdown__item:visible:has-text("202")')
  await page.fill('#f-covered_area', '100.37')
  await page.fill('#f-reason', '打通使用')
  await look(clerk, 'merge-form')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.card.done')
  const made = (await world.office.rows('jingban', 'essential.housing_changes', { state: 'requested' }))[0]
  const chief = await effect(world, made.id)
  const text = await textOf(chief)
  for (const words of ['3,210.55', '1,999.99', '45.67', '0.01']) check(text.includes(words), `the change's page says ${words}: ${text}`)
  await look(chief, 'change-merged')
  await open(clerk, `#/record/apartment/${at[201]}`)
  const old = await textOf(clerk)
  check(old.includes('已合并') && old.includes('变更去向'), old)
}

async function structure(world) {
  const { command } = world.office
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  const building = (await command('jingban', 'essential.create_building', { property_area_id: at.area, name: '2' })).id
  const unit = (await command('jingban', 'essential.create_unit', { building_id: building, name: '1' })).id
  for (const room of ['101', '102', '201']) await command('jingban', 'essential.create_apartment', { unit_id: unit, room_number: room, floor: Number(room[0]), covered_area: '9000', use_code: '01' })
  await open(clerk, `#/record/unit/${unit}`)
  await page.click('.page-head a.button:has-text("分割")')
  await page.waitForSelector('[aria-label="第 1 个的名称"]')
  await page.fill('[aria-label="第 1 个的名称"]', '1')
  await page.fill('[aria-label="第 2 个的名称"]', '2')
  await page.selectOption('[aria-label="101 归入第几个"]', '1')
  await page.waitForSelector('p[role=status]:has-text("还有 2 个")')
  await page.locator('button:has-text("其余都归入")').nth(1).click()
  await page.waitForSelector('p[role=status]:has-text("每个下级都有归属")')
  await page.fill('#structure-reason', '门牌调整')
  await look(clerk, 'structure-split')
  await page.keyboard.press('Control+s')
  await effect(world, await asked(clerk))
  await open(clerk, `#/record/unit/${unit}`)
  check((await textOf(clerk)).includes('已分割'), 'the unit is split')
  await look(clerk, 'unit-split')
  await open(clerk, '#/page/essential.merge')
  await page.fill('#merge-word', AREA)
  await page.click('main button:has-text("查找")')
  await settle(page)
  await page.locator('tbody tr:has(td:text-is("2")) input[type=checkbox]').nth(0).check()
  await page.locator('tbody tr:has(td:text-is("2")) input[type=checkbox]').nth(1).check()
  check(await page.locator('tbody input[type=checkbox]:disabled').count() > 0, 'units of another building cannot be ticked')
  await page.fill('#merge-name', '1')
  await page.fill('#merge-reason', '恢复')
  await look(clerk, 'structure-merge')
  await page.keyboard.press('Control+s')
  const chief = await effect(world, await asked(clerk))
  await look(chief, 'structure-merged')
  const part = (title) => chief.page.locator(`section:has(h2:has-text("${title}"))`)
  equal(await part('变更前的房屋').locator('tbody a').count() + await part('变更后的房屋').locator('tbody a').count(), 0, 'a unit does not lead to an apartment of its number')
  check(!(await part('变更后的房屋').locator('tbody').innerText()).includes('0.00'), 'what is not known of a unit is not 0 square metres')
  for (const [level, record] of [['楼幢', 'building'], ['物业区域', 'property_area']]) {
    await open(clerk, '#/page/essential.merge')
    await page.click(`main button:has-text("${level}")`)
    await settle(page)
    await look(clerk, `merge-${record}`)
    await open(clerk, `#/page/essential.structure?${record}_id=${record === 'building' ? building : at.area}`)
    await page.waitForSelector('[aria-label="第 1 个的名称"]')
    await look(clerk, `split-${record}`)
  }
}

async function extinction(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  const full = (await world.office.rows('jingban', 'essential.apartments', { unit_id: at.unit, state: 'normal', room_number: '101A' }))[0]
  const ask = async (id) => {
    await open(clerk, `#/record/apartment/${id}`)
    await page.click('.page-head a.button:has-text("申请灭失")')
    await page.waitForSelector('#f-reason')
    await page.fill('#f-reason', '危房拆除')
    await page.keyboard.press('Control+s')
  }
  await ask(full.id)
  await page.waitForSelector('.fault code:has-text("accounting.balance_left")')
  await look(clerk, 'extinction-refused')
  check((await textOf(clerk, '.fault')).includes('2,060.71'), `the balance is told: ${await textOf(clerk, '.fault')}`)
  await ask(at[301])
  await page.waitForSelector('.card.done')
  const change = (await world.office.rows('jingban', 'essential.housing_changes', { state: 'requested' }))[0].id
  await effect(world, change)
  await open(clerk, `#/record/apartment/${at[301]}`)
  const text = await textOf(clerk)
  check(text.includes('灭失') && text.includes('危房拆除'), text)
  equal(await page.locator('.page-head a.button:has-text("申请分割分户")').count(), 0, 'what is lost is not split')
  check((await textOf(clerk, '.refused-now')).includes('申请分割分户'), 'and the page says why')
  await look(clerk, 'apartment-lost')
  await world.office.leave()
}

async function filters(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  await open(clerk, `#/view/essential.apartments?f.property_area_id=${at.area}`)
  const lies = page.locator('.filter', { has: page.locator('span:text-is("物业区域")') })
  check((await lies.innerText()).includes(AREA), `a row that a list is filtered by stands there by its name: ${await lies.innerText()}`)
  await look(clerk, 'filters-row')
  const stands = (row, cell = 'td.actions') => page.locator(row).locator(cell).first().evaluate((td) => getComputedStyle(td).position)
  equal(await stands('table.data tbody tr:has-text("原101")'), 'static', 'a row that offers nothing covers nothing')
  equal(await stands('table.data tbody tr:has-text("101A")'), 'sticky', 'what a row offers stays in sight')
  equal(await stands('table.data tfoot tr'), 'sticky', 'a sum does not show under what rows offer')
  await open(clerk, '#/view/essential.housing_changes')
  const all = await page.locator('table.data tbody tr').count()
  await page.click('button:has-text("更多条件")')
  const person = page.locator('.filter', { has: page.locator('span:text-is("申请人")') })
  await person.locator('input').fill('林经办')
  await page.click('.el-select-dropdown__item:visible:has-text("林经办")')
  await page.waitForFunction(() => window.location.hash.includes('f.requested_by='))
  await settle(page)
  equal(await page.locator('table.data tbody tr').count(), all, 'all are hers, found by her name')
  const state = page.locator('.filter', { has: page.locator('span:text-is("状态")') })
  await state.locator('.el-select').click()
  await page.click('.el-select-dropdown__item:visible:has-text("已退回")')
  await page.waitForSelector('.empty:has-text("没有符合条件")')
  await look(clerk, 'filters-more')
}

export const tests = [
  ['a split is asked for, checked and let through by three persons, and the page says who got the fen [4.2.1.4] [4.1.2]', split, 'office'],
  ['an apartment is corrected on its form, and found by yes or no [4.2.1.3] [4.3.1]', corrected, 'office'],
  ['owners are named by card on the form of the transfer, known ones too [4.2.1.3] [4.3.2A]', bought, 'office'],
  ['old and new apartments lead to each other [4.2.1.4]', linked, 'office'],
  ['a merge says what each brought [4.2.1.4]', merge, 'office'],
  ['units, buildings and areas are split and merged on their pages [4.2.1.4]', structure, 'office'],
  ['persons and states are filtered by their names, under more conditions too [4.3.1]', filters, 'office'],
  ['an apartment with a balance does not end, one without does [4.2.1.5]', extinction, 'office'],
]
