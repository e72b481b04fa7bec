// SPDX-License-Identifier: Apache-2.0
// The diagram of a building whose floors are written as people write them: basements, shops, no storey at all. 4.2.1.1, 4.1.1
import { check, equal, idNumber } from './lib.mjs'
import { look, open } from './real/office.mjs'

const AREA = '层名里（样例）'
const HEAD = '小区名称,幢号,单元号,所在层,总层数,房号,建筑面积(㎡),房屋用途,有无电梯,业主姓名,证件号码'
const ROWS = [['12', '1201', '住宅'], ['2', '201', '住宅'], ['1', '101', '住宅'], ['1F', 'S01', '商业'], ['B1', 'B1-001', '车位'], ['负一层', 'B1-002', '车位'], ['-2F', 'B2-001', '车位'], ['', '储1', '储藏室']]

async function diagram(world) {
  const clerk = await world.office.seat('jingban')
  const { page } = clerk
  const lines = [HEAD, ...ROWS.map(([floor, room, use]) => `${AREA},1幢,1单元,${floor},12,${room},80.00,${use},有,样例甲,${idNumber(61)}`)]
  await open(clerk, '#/page/essential.import')
  await page.setInputFiles('main input[type=file]', { name: '楼盘表.csv', mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\r\n')}\r\n`) })
  await page.click('button:has-text("上传并核对")')
  await page.waitForSelector('.figure:has-text("合格")')
  await look(clerk, 'floors-import')
  check((await page.locator('.figure:has(dt:text-is("合格"))').innerText()).includes('8'), await page.locator('main').innerText())
  await page.click('button:has-text("开始导入")')
  await page.waitForSelector('h2:has-text("导入完成")')
  await open(clerk, '#/view/documents.imports')
  const told = await page.locator('table.data tbody').innerText()
  check(told.includes('楼盘表') && !told.includes('building_table'), `what was imported is said in words: ${told}`)
  await look(clerk, 'floors-imports')
  const building = (await world.office.rows('jingban', 'essential.buildings', { area_name: AREA }))[0]
  await open(clerk, `#/page/essential.diagram?building=${building.id}`)
  await page.waitForSelector('.plan td[data-at]')
  equal((await page.locator('.plan tbody th').allInnerTexts()).join(' '), '12 层 2 层 1 层 地下 1 层 地下 2 层 未填', 'from the roof to the lowest basement')
  equal((await page.locator('.plan tbody tr:has(th:text-is("地下 1 层")) td[data-at]').allInnerTexts()).join(' '), 'B1-001 B1-002', 'B1 and 负一层 are one floor')
  await look(clerk, 'floors')
  await page.locator('.plan td[tabindex="0"]').focus()
  for (const key of ['End', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
  equal(await page.evaluate(() => document.activeElement.closest('tr').querySelector('th').innerText), '地下 1 层', 'the arrows walk down into the basement')
  await world.office.leave()
}

export const tests = [['floors of a diagram stand from the roof to the lowest basement, however they were written [4.2.1.1] [4.1.1]', diagram, 'office']]
