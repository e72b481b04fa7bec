// SPDX-License-Identifier: Apache-2.0
// The lists that come from files, each with the words of its page.
const lists = {
  'essential.import': {
    kind: 'building_table', title: '楼盘表导入', clause: '4.1.1', word: '楼盘表', row: 'essential.building_table_row', view: 'essential.apartments', look: '查看分户',
  },
  'essential.import_organizations': {
    kind: 'organizations', title: '机构导入', clause: '4.2.3', word: '机构清单', row: 'essential.organization_row', view: 'essential.organizations', look: '查看机构',
  },
  'essential.import_divisions': {
    kind: 'divisions', title: '行政区划导入', clause: '4.2.5A', word: '行政区划清单', row: 'essential.division_row', view: 'essential.divisions', look: '查看行政区划',
  },
  'essential.import_calendar': {
    kind: 'calendar', title: '节假日安排导入', clause: '4.3.1', word: '节假日安排', row: 'essential.calendar_row', view: 'essential.calendar_days', look: '查看节假日安排',
  },
  'essential.import_codes': {
    kind: 'codes', title: '代码导入', clause: '3.0.3', word: '代码清单', row: 'essential.code_row', view: 'essential.codes', look: '查看代码',
  },
  'essential.import_areas': {
    kind: 'area_table', title: '面积表导入', clause: '4.3.2', word: '面积表', row: 'essential.exchange_area_row', page: 'essential.differences', look: '处理差异', note: '合格的行进入差异清单，接受以前不改变分户', changed: '列入清单',
  },
}

export const listOf = (page) => lists[page] ?? lists['essential.import']
