// SPDX-License-Identifier: Apache-2.0
// What a survey system says becomes a list that two persons bring into the register, and papers stand beside a record: on the
// pages of a real county. 4.1.1, 4.3.2, 12.2.1, 13.0.3
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check, equal, openPage } from './lib.mjs'

const NODE = '510104' // the other county's file is damaged by the scenario before this
const AREA = '接口里（样例）'
const seats = new Map()

async function seat(world, login, name = login) {
  if (!seats.has(name)) {
    const t = await openPage(world, { expected: [401, 422] })
    const { address, logins } = world.real.nodes[NODE]
    await t.page.goto(address)
    await t.page.waitForFunction(() => document.activeElement?.name === 'login')
    await t.page.keyboard.type(login)
    await t.page.keyboard.press('Tab')
    await t.page.keyboard.type(logins[login])
    await t.page.keyboard.press('Enter')
    await t.page.waitForSelector('.top')
    seats.set(name, { ...t, base: address })
  }
  return seats.get(name)
}
async function open(s, to) {
  if (s.page.url() === s.base + to) await s.page.reload()
  else await s.page.goto(s.base + to)
  await s.page.waitForSelector('main .page-head')
}
/** A command as the page would send it, with the session of the page. */
const command = (s, name, input, password = null) => s.page.evaluate(async ([n, i, p]) => {
  const send = async (path, body, more) => {
    const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Fundnode': '1', ...more }, body: JSON.stringify(body) })
    const told = await answer.json()
    if (!answer.ok) throw new Error(JSON.stringify(told))
    return told
  }
  const proof = p ? { 'X-Step-Up': (await send('/api/step-up', { password: p, command: n, input: i }, {})).proof } : {}
  return (await send(`/api/command/${n}`, i, { 'X-Idempotency-Key': crypto.randomUUID(), ...proof })).output
}, [name, input, password])

let apartment = null
async function house(world) {
  const clerk = await seat(world, 'jingban')
  const area = await command(clerk, 'essential.create_property_area', { name: AREA, division: NODE })
  const building = await command(clerk, 'essential.create_building', { property_area_id: area.id, name: '1' })
  const unit = await command(clerk, 'essential.create_unit', { building_id: building.id, name: '1' })
  for (const room of ['101', '102']) {
    const made = await command(clerk, 'essential.create_apartment', { unit_id: unit.id, room_number: room, covered_area: '8937', use_code: '01' })
    apartment ??= made.id
  }
  const row = (room, area_) => ({ area_name: AREA, building: '1', unit: '1', room_number: room, covered_area: area_ })
  const pushed = await world.real.ask('push', NODE, { message: { kind: 'areas', number: 'B-1', reference: 'CH-2026-18', stage: 'measured', rows: [row('101', '9000'), row('102', '8940'), row('909', '8000')] } })
  equal(pushed.status, 200, 'status')
  equal(pushed.body.receipt.rows_different, 2, 'different rows')
}

async function differences(world) {
  const clerk = await seat(world, 'jingban')
  const { page } = clerk
  await open(clerk, '#/page/essential.differences')
  await page.locator('main tr', { hasText: 'CH-2026-18' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('.differences tbody tr')
  const rows = (await page.locator('.differences tbody tr').allInnerTexts()).map((r) => r.replace(/\s+/g, ' '))
  equal(rows.length, 2, 'pending lines')
  check(rows[0].includes('89.37') && rows[0].includes('90.00') && rows[0].includes('建筑面积'), rows[0])
  await clerk.picture('differences')
  await page.click('button:has-text("接受容差以内的面积")')
  await page.waitForSelector('.fault:has-text("请先填写处理意见")')
  await page.fill('#difference-reason', '实测成果')
  await page.click('button:has-text("接受容差以内的面积")')
  await page.waitForSelector('p[role=status]:has-text("已处理 1 项")')
  await page.click('.differences button:has-text("接受全部面积")')
  await page.waitForSelector('.differences :text("没有这种状态的差异")')
  await clerk.fits()

  const reviewer = await seat(world, 'fuhe')
  await open(reviewer, new URL(page.url()).hash.replace('state=pending', ''))
  await reviewer.page.waitForSelector('button:has-text("复核同意 2 项")')
  await reviewer.page.fill('#difference-reason', '与报告一致')
  await reviewer.page.click('button:has-text("复核同意 2 项")')
  await reviewer.page.waitForSelector('p[role=status]:has-text("入库 2 项")')
  await open(clerk, `#/record/apartment/${apartment}`)
  await page.waitForSelector('.timeline :text("90.00")')
  check((await page.locator('.timeline').innerText()).includes('CH-2026-18'), 'the history names the batch')
}

async function file(world) {
  const clerk = await seat(world, 'jingban')
  const { page } = clerk
  const folder = await mkdtemp(join(tmpdir(), 'fundnode-areas-'))
  try {
    const path = join(folder, '实测面积.csv')
    await writeFile(path, ['测绘报告号,小区名称,幢号,单元号,房号,实测建筑面积(㎡)', `CH-2026-19,${AREA},1幢,1单元,101,90.50`, `CH-2026-19,${AREA},1幢,1单元,102,九十`, `CH-2026-19,${AREA},1幢,1单元,909,80.00`].join('\r\n'))
    await open(clerk, '#/page/essential.import_areas')
    await page.setInputFiles('input[aria-label="面积表文件"]', path)
    await page.click('button:has-text("核对")')
    await page.waitForSelector('main :text("AREA_NOT_NUMERIC")')
    await clerk.picture('areas-checked')
    await page.click('button:has-text("开始导入")')
    await page.waitForSelector('main :text("列入清单")')
    await page.click('main a:has-text("处理差异")')
    await page.locator('main table.openable tbody tr', { hasText: 'CH-2026-19' }).click()
    await page.click('.differences .states button:has-text("全部")')
    await page.waitForSelector('.differences .why:has-text("我方没有这一户")')
    await clerk.picture('differences-all')
    await clerk.fits()
    await open(clerk, '#/view/essential.partners')
    await page.waitForSelector('main table.data tbody tr')
    await clerk.picture('partners')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** One page, all red, so that a picture tells whether it is drawn. */
function redPdf() {
  const ink = '1 0 0 rg 0 0 300 300 re f'
  const parts = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>', '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R>>', `<</Length ${ink.length}>>stream\n${ink}\nendstream`]
  let text = '%PDF-1.4\n'
  const at = parts.map((part, i) => {
    const begin = text.length
    text += `${i + 1} 0 obj${part}endobj\n`
    return begin
  })
  const table = text.length
  text += `xref\n0 5\n0000000000 65535 f \n${at.map((n) => `${String(n).padStart(10, '0')} 00000 n \n`).join('')}trailer<</Size 5/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}
/** Share of red in what the page shows there. */
async function redness(page, selector) {
  const picture = (await page.locator(selector).screenshot()).toString('base64')
  return page.evaluate(async (data) => {
    const image = new Image()
    image.src = `data:image/png;base64,${data}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    const c = canvas.getContext('2d')
    c.drawImage(image, 0, 0)
    const dots = c.getImageData(0, 0, canvas.width, canvas.height).data
    let red = 0
    for (let i = 0; i < dots.length; i += 4) red += dots[i] > 200 && dots[i + 1] < 60 && dots[i + 2] < 60 ? 1 : 0
    return red / (dots.length / 4)
  }, picture)
}
async function pdf(clerk, folder) {
  const { page } = clerk
  await writeFile(join(folder, '确认书.pdf'), redPdf())
  await writeFile(join(folder, '确认书.tif'), Buffer.from('49492a0008000000', 'hex'))
  await page.selectOption('.attachments select.choose', '维修资金随房过户确认书')
  await page.setInputFiles('.attachments input[aria-label="选择文件"]', join(folder, '确认书.pdf'))
  await page.waitForSelector('.attachments .thumb:has-text("PDF")')
  await page.click('.attachments .thumb:has-text("PDF")')
  await page.waitForSelector('.el-dialog iframe.frame')
  await page.waitForFunction(() => !document.querySelector('.dialog-fade-enter-active'))
  let red = 0
  for (let turn = 0; turn < 100 && red < 0.05; turn++) {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    red = await redness(page, '.el-dialog iframe.frame')
  }
  await clerk.picture('attachment-pdf')
  check(red >= 0.05, `the PDF is drawn beside the record: ${red}`)
  await page.click('.el-dialog button:has-text("关闭")')
  await page.selectOption('.attachments select.choose', '维修资金随房过户确认书')
  await page.setInputFiles('.attachments input[aria-label="选择文件"]', join(folder, '确认书.tif'))
  await page.click('.attachments .thumb:has-text("TIFF")')
  await page.waitForSelector('.el-dialog .elsewhere:has-text("看图软件")')
  await page.click('.el-dialog button:has-text("关闭")')
  check((await page.locator('.attachments .asked').innerText()).includes('已扫描 2'), 'both files stand by their paper')
}

async function papers(world) {
  const clerk = await seat(world, 'jingban')
  const { page } = clerk
  const folder = await mkdtemp(join(tmpdir(), 'fundnode-papers-'))
  try {
    await command(clerk, 'essential.load_required_papers', { valid_from: '2020-01-01' })
    await open(clerk, `#/record/apartment/${apartment}`)
    await page.waitForSelector('.attachments .lacking:has-text("不动产权证书")')
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
    await writeFile(join(folder, '证书.png'), png)
    await writeFile(join(folder, '冒充.png'), '<html>')
    await page.setInputFiles('.attachments input[aria-label="选择文件"]', join(folder, '冒充.png'))
    await page.waitForSelector('.attachments .queue :text("只接收")')
    await page.setInputFiles('.attachments input[aria-label="选择文件"]', join(folder, '证书.png'))
    await page.waitForSelector('.attachments .thumbs img', { state: 'attached' })
    // pictures below the window are not asked for: each look is a reading
    await page.locator('.attachments .thumbs').scrollIntoViewIfNeeded()
    await page.waitForFunction(() => document.querySelector('.attachments .thumbs img')?.naturalWidth === 1)
    check(!(await page.locator('.attachments .lacking').innerText()).includes('不动产权证书'), 'what is there is not missing')
    const scan = join(folder, '身份证明.png')
    await writeFile(scan, await page.screenshot())
    await page.setInputFiles('.attachments input[aria-label="选择文件"]', scan)
    await page.waitForFunction(() => Array.from(document.querySelectorAll('.attachments .thumbs img')).some((i) => i.naturalWidth > 1000))
    await page.locator('.attachments').scrollIntoViewIfNeeded()
    await clerk.picture('attachments-beside')
    await page.click('.attachments .thumb[aria-label="查看 新业主身份证明"]')
    await page.waitForFunction(() => document.querySelector('.el-dialog .view img')?.naturalWidth > 1000)
    await page.waitForFunction(() => !document.querySelector('.dialog-fade-enter-active'))
    await clerk.picture('attachments')
    await page.click('.el-dialog button:has-text("关闭")')
    await pdf(clerk, folder)
    await clerk.fits()
    await open(clerk, '#/view/essential.attachments')
    await page.waitForSelector('main table.data tbody tr')
    for (const s of seats.values()) await s.done()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const PRIVATE_NUMBER = '990000197603246706'
async function privates(world) {
  const clerk = await seat(world, 'jingban', 'a page with a clock of its own')
  const { page } = clerk
  const { logins } = world.real.nodes[NODE]
  const area = (await page.evaluate(async (name) => (await (await fetch(`/api/view/essential.areas?f.name=${encodeURIComponent(name)}`)).json()).rows, AREA))[0]
  const owner = await command(clerk, 'essential.create_owner', { property_area_id: area.id, name: '胡文志', id_number: PRIVATE_NUMBER, kind: 'citizen' })
  await page.clock.install()
  await open(clerk, `#/record/owner/${owner.id}`)
  await page.click('.values .unmask[aria-label="查看证件号码"]')
  await page.selectOption('.private-form select', 'visit')
  await page.fill('.private-form input[placeholder*="来访"]', '来访 2026-0318')
  await page.fill('.private-form input[placeholder*="核对"]', '核对来访人')
  await page.click('.private-form button:has-text("查看")')
  await page.fill('.el-dialog:has-text("请再次确认身份") input[type=password]', logins.jingban)
  await page.click('.el-dialog:has-text("请再次确认身份") button:has-text("确认办理")')
  await page.waitForSelector(`.private .opened:has-text("${PRIVATE_NUMBER}"), .el-dialog .fault, .private .fault`)
  await clerk.picture('private-values')
  check(await page.locator(`.private .opened:has-text("${PRIVATE_NUMBER}")`).count() === 1, 'the values are shown')
  await clerk.fits()
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]))
  check(!kept.includes(PRIVATE_NUMBER) && !kept.includes('胡文志'), 'nothing of it is kept in the browser')
  await page.clock.fastForward(61000)
  await page.waitForSelector('.private .opened', { state: 'detached' })
  check(!(await page.content()).includes(PRIVATE_NUMBER), 'after a minute it is gone')
  const rooms = (await page.evaluate(async (id) => (await (await fetch(`/api/view/essential.apartments?f.property_area_id=${id}`)).json()).rows, area.id))
  await command(clerk, 'essential.change_ownership', { apartment_id: rooms[1].id, valid_from: rooms[1].delivery_date || '2026-01-05', reason: '首次登记', owners: [{ owner_id: owner.id, share_numerator: 1, share_denominator: 1 }] })
  const change = await command(clerk, 'essential.request_extinction', { apartment_id: rooms[1].id, reason: '拆除' })
  await open(clerk, `#/record/housing_change/${change.id}`)
  await page.click('.private button:has-text("查看本业务当事人")')
  await page.waitForSelector(`.private .opened:has-text("${PRIVATE_NUMBER}")`)
  await clerk.picture('private-case')
  await page.evaluate(() => (window.location.hash = '#/'))
  await page.waitForSelector('.private', { state: 'detached' })
  check(!(await page.content()).includes(PRIVATE_NUMBER), 'who leaves the page leaves it behind')
}

/** A construction unit's own user, at a page of his own. */
async function unitSeat(world, clerk, area) {
  const { address, logins } = world.real.nodes[NODE]
  const unit = await command(clerk, 'essential.create_organization', { kind: '11', name: '样例置业有限公司', credit_code: '91990000MAMJ585K95' })
  await command(clerk, 'essential.add_area_service', { property_area_id: area, organization_id: unit.id, role: '11', valid_from: '2020-01-01' })
  const made = await command(await seat(world, 'system'), 'identity.create_person', { name: '蒋建设', login: 'jianshe', organization: unit.id })
  await command(await seat(world, 'security'), 'identity.set_post', { person: made.person, kind: 'construction_unit', valid_from: '2020-01-01' }, logins.security)
  const t = await openPage(world, { expected: [401, 403] })
  await t.page.goto(address)
  await t.page.waitForFunction(() => document.activeElement?.name === 'login')
  await t.page.evaluate(async ([login, first, next]) => {
    const post = (path, body) => fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Fundnode': '1' }, body: JSON.stringify(body) })
    await post('/api/login', { login, password: first })
    const changed = await post('/api/password', { old: first, new: next })
    if (!changed.ok) throw new Error(await changed.text())
    await post('/api/login', { login, password: next })
  }, ['jianshe', made.password, 'Danwei-2026-ziding'])
  const user = { ...t, base: address }
  seats.set('jianshe', user)
  return user
}
async function filing(world) {
  const clerk = await seat(world, 'jingban')
  const folder = await mkdtemp(join(tmpdir(), 'fundnode-filing-'))
  try {
    const area = (await clerk.page.evaluate(async (name) => (await (await fetch(`/api/view/essential.areas?f.name=${encodeURIComponent(name)}`)).json()).rows, AREA))[0]
    const user = await unitSeat(world, clerk, area.id)
    const path = join(folder, '购房人.csv')
    await writeFile(path, `小区名称,幢号,单元号,房号,购房人姓名,证件号码,签约日期\n${AREA},1,1,101,何涛,990000199008209969,2026-01-05\n${AREA},1,1,909,何涛,990000199008209969,2026-01-05\n`)
    await user.page.goto(`${user.base}#/page/essential.filing`)
    await user.page.reload()
    await user.page.click('main nav.kinds button:has-text("购房人")')
    await user.page.waitForSelector('main nav.kinds button[aria-pressed="true"]:has-text("购房人")')
    await user.page.waitForSelector('main nav.kinds button[aria-pressed="false"]:has-text("楼盘表")')
    await user.page.setInputFiles('input[aria-label="购房人文件"]', path)
    await user.page.click('button:has-text("上传并核对")')
    await user.page.waitForSelector('main :text("没有不合格的行")')
    await user.page.waitForSelector('main p:has-text("选择购房人所在的物业区域")')
    await user.page.selectOption('select[aria-label="物业区域"]', { label: AREA })
    await user.picture('filing-buyers')
    await user.fits()
    await user.page.click('main .form-foot button:has-text("报送")')
    await user.page.waitForSelector('main table.data tbody tr:has-text("已报送")')
    await open(clerk, '#/page/essential.filing')
    await clerk.page.click('main table.data tbody tr:has-text("购房人.csv") button:has-text("查看文件")')
    await clerk.page.waitForSelector('main :text("系统中没有这一户")')
    await clerk.picture('filing-office')
    await clerk.page.click('button:has-text("受理并导入合格行")')
    await clerk.page.waitForSelector('main table.data tbody tr:has-text("已导入"):has-text("未导入 1")')
    await user.page.click('button:has-text("刷新")')
    await user.page.waitForSelector('main table.data tbody tr:has-text("已导入")')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export const tests = [
  ['a county with two apartments hears a survey system [13.0.3]', house, 'nodes'],
  ['a clerk accepts differences at his page and another person checks them [4.3.2] [4.1.1]', differences, 'nodes'],
  ['a file of surveyed areas is checked and becomes a list [4.1.1] [4.3.2]', file, 'nodes'],
  ['a construction unit files its buyers at its page, the office accepts them at its own [4.2.3] [4.1.1]', filing, 'nodes'],
  ['private values are shown for a minute, with a purpose or by their case [4.3.2A] [14.2.3]', privates, 'nodes'],
  ['papers are brought, seen and missed beside the record [12.2.1] [4.1.1]', papers, 'nodes'],
]
