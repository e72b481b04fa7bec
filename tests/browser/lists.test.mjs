// SPDX-License-Identifier: Apache-2.0
// A difference list with many rows, decided line by line, within the tolerance and as a whole; papers beside a record from a
// file, a scanner's folder, a camera and an ID reader. 4.3.2, 13.0.3, 12.2.1
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check, equal, settle } from './lib.mjs'
import { look, open } from './real/office.mjs'

const AREA = '比对里（样例）'
const at = {}
const textOf = async (s, selector = 'main') => (await s.page.locator(selector).innerText()).replace(/\s+/g, ' ')
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

async function pushed(world) {
  const { command, ask } = world.office
  at.area = (await command('jingban', 'essential.create_property_area', { name: AREA, division: '510129' })).id
  const building = await command('jingban', 'essential.create_building', { property_area_id: at.area, name: '1' })
  const unit = await command('jingban', 'essential.create_unit', { building_id: building.id, name: '1' })
  const rows = []
  for (let floor = 1; floor <= 6; floor++) for (const place of [1, 2]) {
    const room = `${floor}0${place}`
    const { id } = await command('jingban', 'essential.create_apartment', { unit_id: unit.id, room_number: room, floor, covered_area: '8937', use_code: '01' })
    at[room] = id
    /* the first within the tolerance, the others beyond it, the last the same as ours */
    rows.push({ area_name: AREA, building: '1', unit: '1', room_number: room, covered_area: floor === 1 ? '8937' : floor === 2 ? '8940' : '9' + floor + '00' })
  }
  rows.push({ area_name: AREA, building: '1', unit: '1', room_number: '909', covered_area: '8000' })
  const answer = await ask('push', { message: { kind: 'areas', number: 'C-1', reference: 'CH-2026-30', stage: 'measured', rows } })
  equal(answer.status, 200, JSON.stringify(answer.body))
}
const lines = (page) => page.locator('.differences table.data tbody tr')
/** So many lines are left, and no command is under way. */
const left = (page, n) => page.waitForFunction((m) => document.querySelectorAll('.differences table.data tbody tr').length === m && document.querySelector('.differences p[role=status]'), n)
const sum = async (page) => (await page.locator('p[role=status]:has-text("已处理")').innerText()).match(/已处理 (\d+) 项/)[1]

async function decide(world) {
  await pushed(world)
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  await open(clerk, '#/page/essential.differences')
  await look(clerk, 'lists')
  await page.locator('main tr', { hasText: 'CH-2026-30' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('.differences tbody tr')
  equal(await lines(page).count(), 10, 'what differs waits')
  await look(clerk, 'list-pending')
  await page.fill('#difference-reason', '实测成果报告 CH-2026-30')
  await page.locator('.differences tr:has-text("301")').locator('button:has-text("拒绝")').click()
  await left(page, 9)
  await page.locator('.differences tr:has-text("302")').locator('button:has-text("接受")').click()
  await left(page, 8)
  await page.click('button:has-text("接受容差以内的面积")')
  await left(page, 6)
  equal(await sum(page), '2', 'the two of the second floor')
  await page.click('.differences .decide button:has(span:text-is("接受全部"))')
  await page.waitForSelector('.differences :text("没有这种状态的差异")')
  await page.click('.differences .states button:has-text("全部")')
  await settle(page)
  const all = await textOf(clerk, '.differences')
  check(all.includes('已拒绝') && all.includes('待复核') && all.includes('我方没有这一户'), `what became of each: ${all}`)
  await look(clerk, 'list-decided')

  const checker = await world.office.seat('fuhe')
  await open(checker, new URL(page.url()).hash.replace('state=all', 'state=accepted'))
  await checker.page.waitForSelector('button:has-text("复核同意")')
  await checker.page.fill('#difference-reason', '与报告一致')
  await look(checker, 'list-check')
  await checker.page.click('button:has-text("复核同意")')
  await checker.page.waitForSelector('p[role=status]:has-text("入库")')
  await open(clerk, `#/record/apartment/${at[301]}`)
  check((await textOf(clerk, '.values')).includes('89.37'), 'what was refused stays')
  await open(clerk, `#/record/apartment/${at[302]}`)
  check((await textOf(clerk, '.values')).includes('93.00'), 'what was accepted is ours now')
  await open(clerk, '#/page/essential.differences')
  await page.locator('main tr', { hasText: 'CH-2026-30' }).click()
  await settle(page)
  await look(clerk, 'list-done')
}

async function papers(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  const folder = await mkdtemp(join(tmpdir(), 'fundnode-papers-'))
  try {
    await open(clerk, '#/view/essential.required_papers')
    await page.click('.empty a:has-text("载入预设要件")')
    await page.fill('#f-valid_from', '2020-01-01')
    await page.keyboard.press('Control+s')
    await page.waitForSelector('.card.done')
    await open(clerk, `#/record/apartment/${at[201]}`)
    await page.waitForSelector('.attachments .lacking')
    await page.locator('.attachments').scrollIntoViewIfNeeded()
    await look(clerk, 'papers-missing')
    /* a scanner writes into a folder */
    const scans = join(folder, 'scans')
    await mkdir(scans)
    for (const name of ['0001.png', '0002.png']) await writeFile(join(scans, name), name === '0001.png' ? await page.screenshot() : PNG)
    await page.setInputFiles('.attachments input[aria-label="扫描文件夹"]', scans)
    await page.waitForFunction(() => document.querySelectorAll('.attachments .thumbs img').length === 2)
    /* a card is read, then photographed */
    await page.selectOption('.attachments select.choose', { index: 1 })
    await page.focus('.attachments label:has-text("读卡器文字") input')
    await page.keyboard.type('样例甲 女 汉 19800101 某地 990000198001010415')
    await page.click('.attachments button:has-text("拍照")')
    await page.waitForFunction(() => document.querySelector('.attachments video, .el-dialog video')?.videoWidth > 0)
    await look(clerk, 'papers-camera')
    await page.click('.el-dialog button:has-text("拍一张")')
    await page.waitForFunction(() => document.querySelectorAll('.attachments .thumbs img').length === 3)
    await page.click('.el-dialog button:has-text("完成")')
    await settle(page)
    await page.locator('.attachments .thumbs').scrollIntoViewIfNeeded()
    await page.waitForFunction(() => Array.from(document.querySelectorAll('.attachments .thumbs img')).every((i) => i.naturalWidth > 0))
    await look(clerk, 'papers')
    const rows = await world.office.rows('jingban', 'essential.attachments', { record_id: at[201] })
    equal(rows.map((r) => r.source).sort().join(' '), 'camera scanner scanner', 'from where each came')
    check(!JSON.stringify(rows).includes('990000198001010415'), 'what the reader read is private')
    await open(clerk, '#/view/essential.attachments')
    check((await page.locator('table.data tbody').innerText()).includes('分户'), 'a record is said in words')
    await look(clerk, 'papers-list')
    await open(clerk, `#/record/apartment/${at[201]}`)
    await page.waitForSelector('.attachments .thumb img')
    await page.locator('.attachments .thumb').first().focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('.el-dialog .view img')?.naturalWidth > 0)
    await look(clerk, 'paper-open')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.el-dialog .view', { state: 'detached' })
    const accountant = await world.office.seat('kuaiji')
    await open(accountant, `#/record/apartment/${at[201]}`)
    await accountant.page.waitForSelector('.attachments .thumb img')
    equal(await accountant.page.locator('.attachments .bring, .attachments button:has-text("替换")').count(), 0, 'who may only look is not asked to bring a file')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  await world.office.leave()
}

export const tests = [
  ['a list is decided by line, within the tolerance and as a whole, and checked by another person [4.3.2] [13.0.3]', decide, 'office'],
  ['papers come from a scanner\'s folder, a camera and an ID reader, and stand beside the record [12.2.1]', papers, 'office'],
]
