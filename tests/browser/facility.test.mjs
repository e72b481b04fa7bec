// SPDX-License-Identifier: Apache-2.0
// Common parts and facilities on their pages: the catalogue and its levels, whom a facility benefits in each of the four ways,
// works, a file, cancelling. 4.2.2.1, 4.2.2.2, 4.2.2.3, 4.3.3
import { check, equal, settle } from './lib.mjs'
import { look, open } from './real/office.mjs'

const AREA = '设施里（样例）'
const at = {}
const textOf = async (s, selector = 'main') => (await s.page.locator(selector).innerText()).replace(/\s+/g, ' ')

async function place(world) {
  const { command } = world.office
  at.area = (await command('jingban', 'essential.create_property_area', { name: AREA, division: '510129' })).id
  for (const [building, units] of [['1', { 1: ['101', '102'], 2: ['101'] }], ['2', { 1: ['101'] }]]) {
    const b = (await command('jingban', 'essential.create_building', { property_area_id: at.area, name: building })).id
    for (const [unit, rooms] of Object.entries(units)) {
      const u = (await command('jingban', 'essential.create_unit', { building_id: b, name: unit })).id
      for (const room of rooms) await command('jingban', 'essential.create_apartment', { unit_id: u, room_number: room, floor: 1, covered_area: '8000', use_code: '01' })
    }
  }
}

async function catalogue(world) {
  await place(world)
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  await open(clerk, '#/view/essential.facility_categories')
  await look(clerk, 'catalogue-empty')
  equal(await page.locator('.empty a:has-text("载入预置目录")').count(), 1, 'an empty list says what to do and offers it')
  await open(clerk, '#/form/essential.create_facility')
  await page.click('[data-field="category_id"] .el-select')
  await page.waitForSelector('[data-field="category_id"] small a:has-text("共用部位设施目录")')
  for (const scope of ['共用部位', '共用设施设备']) {
    await open(clerk, '#/form/essential.preset_facility_catalogue?from=essential.facility_categories')
    await pick(page, 'scope', scope)
    await page.keyboard.press('Control+s')
    await page.waitForSelector('.card.done')
  }
  await open(clerk, '#/view/essential.facility_categories?f.level=1&f.scope=equipment')
  await look(clerk, 'catalogue')
  await page.click('tbody a:text-is("电梯")')
  await page.waitForSelector('.values')
  await settle(page)
  at.lift = page.url().split('/').pop()
  const made = await world.office.command('jingban', 'essential.create_facility_category', { scope: 'equipment', parent_id: at.lift, name: '自动扶梯', code: 'E1' })
  await open(clerk, `#/record/facility_category/${at.lift}`)
  const below = await textOf(clerk)
  check(below.includes('自动扶梯'), `what lies below stands on its page: ${below}`)
  await look(clerk, 'category')
  await page.click('section tbody a:text-is("自动扶梯")')
  await page.waitForFunction((id) => window.location.hash.endsWith(id), made.id)
  await settle(page)
  await page.click('.values a:has-text("电梯")')
  await page.waitForFunction((id) => window.location.hash.endsWith(id), at.lift)
}

async function pick(page, field, label) {
  await page.click(`[data-field="${field}"] .el-select`)
  await page.click(`.el-select-dropdown__item:visible:has-text("${label}")`)
}
async function find(page, field, word, label = word) {
  await page.fill(`#f-${field}`, word)
  await page.click(`.el-select-dropdown__item:visible:has-text("${label}")`)
}
/** A facility through its form; answers its id. */
async function create(s, name, category, benefit, more = async () => {}) {
  const { page } = s
  await open(s, '#/form/essential.create_facility')
  await page.waitForSelector('#f-name')
  await find(page, 'property_area_id', AREA)
  await find(page, 'category_id', category)
  await page.fill('#f-name', name)
  await pick(page, 'benefit', benefit)
  await more(page)
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.card.done')
  await page.click('.next-steps a:has-text("查看这条")')
  await page.waitForSelector('.values')
  await settle(page)
  return page.url().split('/').pop()
}
const benefits = async (s) => (await s.page.locator('section:has(h2:has-text("受益分户")) tbody tr').allInnerTexts()).length

async function benefit(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  await create(clerk, '围墙', '围墙', '整个区域')
  equal(await benefits(clerk), 4, 'the area')
  await create(clerk, '1幢屋面', '屋面', '本幢', (p) => find(p, 'building_id', '1', `${AREA} · 1`))
  equal(await benefits(clerk), 3, 'the building')
  at.facility = await create(clerk, '1号梯', '电梯', '本单元', async (p) => {
    await find(p, 'building_id', '1', `${AREA} · 1`)
    await find(p, 'unit_id', '1', `${AREA} · 1 · 1`)
    await p.fill('#f-warranty_from', '2025-06-01')
    await p.fill('#f-warranty_to', '2027-05-31')
    await look(clerk, 'facility-form')
  })
  equal(await benefits(clerk), 2, 'the unit')
  await look(clerk, 'facility')
  await create(clerk, '加装电梯', '电梯', '指定分户', async (p) => {
    for (const [i, unit] of [1, 2].entries()) {
      await p.click('[data-field="apartments"] button:has-text("增加一行")')
      await p.locator('#f-apartments tbody tr').nth(i).locator('input').first().fill(AREA)
      await p.click(`.el-select-dropdown__item:visible:has-text("${AREA} · 1 · ${unit} · 101")`)
      await p.waitForFunction(() => !Array.from(document.querySelectorAll('.el-select-dropdown__item')).some((o) => o.checkVisibility()))
    }
    await look(clerk, 'facility-choice')
  })
  equal(await benefits(clerk), 2, 'the chosen ones')
  const text = await textOf(clerk)
  check(text.includes('160.00') && text.includes('指定分户'), `how many and how large: ${text}`)
  const flat = (await world.office.rows('jingban', 'essential.apartments', { property_area_id: at.area, building_name: '1', unit_name: '1', room_number: '101' }))[0]
  await open(clerk, `#/record/apartment/${flat.id}`)
  const own = await textOf(clerk)
  for (const name of ['围墙', '1幢屋面', '1号梯', '加装电梯']) check(own.includes(name), `${name} stands on the apartment's page: ${own}`)
}

async function works(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  await open(clerk, `#/record/facility/${at.facility}`)
  await page.click('.page-head a.button:has-text("登记维修养护检查")')
  await page.waitForSelector('#f-begun')
  await pick(page, 'kind', '维修')
  await page.fill('#f-begun', '2026-11-02')
  await page.fill('#f-ended', '2026-11-01')
  await page.fill('#f-organization', '样例电梯有限公司')
  await page.fill('#f-cost', '12800')
  await page.fill('#f-content', '更换曳引钢丝绳 6 根')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.fault, .field.wrong, .field-fault')
  await look(clerk, 'work-refused')
  await page.fill('#f-ended', '2026-11-20')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.card.done')
  await open(clerk, `#/record/facility/${at.facility}`)
  const text = await textOf(clerk)
  check(text.includes('12,800.00') && text.includes('更换曳引钢丝绳'), text)
  await look(clerk, 'facility-works')
}

async function file(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  const rows = ['类别,目录,名称,小区名称,幢号,单元号,型号,厂家,出厂日期,保修期起,保修期止,位置,受益范围,受益分户',
    `设施设备,电梯,2号梯,${AREA},2幢,1单元,XJ-1000,样例电梯有限公司,2013-03-01,2014-08-01,2034-07-31,北侧,本单元,`,
    `设施设备,飞碟,不明物,${AREA},1,1,,,,,,,本单元,`]
  await open(clerk, '#/page/essential.import_facilities')
  await page.setInputFiles('main input[type=file]', { name: '设施.csv', mimeType: 'text/csv', buffer: Buffer.from(`${rows.join('\r\n')}\r\n`) })
  await page.click('button:has-text("上传并核对")')
  await page.waitForSelector('main :text("CATEGORY_UNKNOWN")')
  await look(clerk, 'facility-import')
  await page.click('button:has-text("开始导入")')
  await page.waitForSelector('h2:has-text("导入完成")')
  await look(clerk, 'facility-imported')
  equal((await world.office.rows('jingban', 'essential.facilities', { property_area_id: at.area })).length, 5, 'one more')
  await page.goto(`${clerk.address}#/page/essential.import_facilities`)
  await page.waitForSelector('button:has-text("上传并核对")')
}

async function cancel(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  await open(clerk, `#/record/facility/${at.facility}`)
  await page.click('.page-head a.button:has-text("注销共用部位设施")')
  await page.waitForSelector('#f-reason')
  await page.fill('#f-reason', '拆除')
  await page.keyboard.press('Control+s')
  await page.waitForSelector('.card.done')
  await open(clerk, `#/record/facility/${at.facility}`)
  check((await textOf(clerk, '.timeline')).includes('拆除'), 'the reason stays')
  equal(await page.locator('.page-head a.button:has-text("注销")').count(), 0, 'what is cancelled is not cancelled again')
  await look(clerk, 'facility-cancelled')
  await world.office.leave()
}

export const tests = [
  ['the catalogue is a tree that pages walk [4.2.2.1]', catalogue, 'office'],
  ['a facility benefits its area, building, unit or chosen apartments [4.2.2.2] [4.3.3]', benefit, 'office'],
  ['works are recorded on the facility\'s page [4.2.2.3]', works, 'office'],
  ['facilities come from a file [4.2.2.2] [4.1.1]', file, 'office'],
  ['a facility is cancelled with a reason [4.2.2.2]', cancel, 'office'],
]
