// SPDX-License-Identifier: Apache-2.0
import { describe as group, expect, it } from 'vitest'
import { findForms, findHelp, findMenu, groupsOf, remember } from '../src/find.js'

const describe = {
  records: {
    area: { fields: [{ name: 'name', label: '区域名称', help: '与规划批文一致', clause: '4.2.1.1' }, { name: 'note', label: '备注' }] },
    change: { fields: [{ name: 'id', label: '编号' }, { name: 'name', label: '区域名称', help: '与规划批文一致', clause: '4.2.1.1' }] },
  },
  commands: { 'essential.create_area': { label: '新建物业区域', clause: '4.2.1.1', input: 'area' }, 'essential.change_area': { label: '变更物业区域', clause: '4.2.1.3', input: 'change' } },
  views: { 'essential.areas': { clause: '4.2.1' } },
}
const MENU = [{ group: '基础信息', items: [{ label: '物业区域', view: 'essential.areas' }, { label: '楼盘图', page: 'essential.diagram' }] }]
const ALL = Object.keys(describe.commands)

group('Ctrl+K', () => {
  it('finds menu entries by name, group and clause, in full width too', () => {
    expect(findMenu('楼盘', MENU, describe).map((h) => h.parts)).toEqual([['page', 'essential.diagram']])
    expect(findMenu('基础 区域', MENU, describe)).toHaveLength(1)
    expect(findMenu('４.２.１', MENU, describe)).toHaveLength(1)
    expect(findMenu('  ', MENU, describe)).toEqual([])
  })
  it('finds the forms that need no row, of those the person may use', () => {
    expect(findForms('物业区域', ALL, describe).map((h) => h.parts[1])).toEqual(['essential.create_area'])
    expect(findForms('物业区域', [], describe)).toEqual([])
  })
  it('finds the meaning of a field once, though two forms have it', () => {
    expect(findHelp('批文', ALL, describe)).toEqual([{ title: '区域名称', detail: '与规划批文一致 · 条款 4.2.1.1 · 见“新建物业区域”', parts: ['form', 'essential.create_area'] }])
    expect(findHelp('备注', ALL, describe)).toEqual([])
  })
  it('numbers the hits through all groups, rows first, and leads to their records', () => {
    const groups = groupsOf({ rows: [{ label: '分户', record: 'apartment', hits: [{ id: '7', title: 'x' }] }], menu: [{ title: 'm', parts: ['page', 'p'] }], forms: [], help: [] })
    expect(groups.map((g) => [g.label, g.hits[0].at, g.hits[0].parts])).toEqual([['分户', 0, ['record', 'apartment', '7']], ['菜单', 1, ['page', 'p']]])
  })
  it('remembers what was opened last, each once', () => {
    const hit = (n) => ({ title: String(n), detail: '', parts: ['record', 'apartment', String(n)] })
    let recent = []
    for (const n of [1, 2, 1, 3, 4, 5, 6, 7, 8, 9]) recent = remember(recent, hit(n))
    expect(recent.map((r) => r.title)).toEqual(['9', '8', '7', '6', '5', '4', '3', '1'])
  })
})
