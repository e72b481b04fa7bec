// SPDX-License-Identifier: Apache-2.0
// The lists that come from files, each with the words of its page.
const lists = {
  'essential.import': {
    kind: 'building_table', title: '楼盘表导入', clause: '4.1.1', word: '楼盘表', row: 'essential.building_table_row', view: 'essential.apartments', look: '查看分户', unit: '㎡',
    headings: '房号（或房屋坐落）、建筑面积；并应有小区名称、幢号、单元号、房屋用途、业主姓名、证件号码',
  },
  'essential.import_ownership': {
    kind: 'ownership', title: '产权变更导入', clause: '4.2.1.3', word: '产权变更表', row: 'essential.ownership_import_row', view: 'essential.apartments', look: '查看分户',
    headings: '小区名称、幢号、单元号、房号（或房屋坐落）、业主姓名、证件号码、过户日期；可有份额（1/2 或 50%）、变更原因',
  },
  'essential.import_facilities': {
    kind: 'facility', title: '共用部位设施导入', clause: '4.2.2.2', word: '共用部位设施表', row: 'essential.facility_import_row', view: 'essential.facilities', look: '查看共用部位设施',
    headings: '类别、目录、名称、小区名称；可有幢号、单元号、型号、生产厂家、出厂日期、保修期起、保修期止、位置、受益范围、受益分户',
  },
  'essential.import_organizations': {
    kind: 'organizations', plain: true, title: '机构导入', clause: '4.2.3', word: '机构清单', row: 'essential.organization_row', view: 'essential.organizations', look: '查看机构',
    headings: '机构名称、机构类型；可有统一社会信用代码、本地编号、行政区划代码、地址、法定代表人、联系人、联系电话',
  },
  'essential.import_divisions': {
    kind: 'divisions', plain: true, title: '行政区划导入', clause: '4.2.5A', word: '行政区划清单', row: 'essential.division_row', view: 'essential.divisions', look: '查看行政区划',
    headings: '区划代码、区划名称；可有类别（法定、归类用、统计用）、生效日期',
  },
  'essential.import_calendar': {
    kind: 'calendar', plain: true, title: '节假日安排导入', clause: '4.3.1', word: '节假日安排', row: 'essential.calendar_row', view: 'essential.calendar_days', look: '查看节假日安排',
    headings: '日期、安排（放假、调休上班、按星期）；可有节日',
  },
  'essential.import_codes': {
    kind: 'codes', plain: true, title: '代码导入', clause: '3.0.3', word: '代码清单', row: 'essential.code_row', view: 'essential.codes', look: '查看代码',
    headings: '代码集、代码、名称；可有上级代码、外部代码、起始日、止于',
  },
  'essential.import_areas': {
    kind: 'area_table', plain: true, title: '面积表导入', clause: '4.3.2', word: '面积表', row: 'essential.exchange_area_row', page: 'essential.differences', look: '处理差异', unit: '㎡',
    headings: '建筑面积、测绘报告号，以及不动产单元代码，或小区名称、幢号、房号',
    note: '合格的行进入差异清单，接受以前不改变分户', changed: '列入清单',
  },
}

/* The files of housing share one page and are chosen there. */
export const CHOICES = ['essential.import', 'essential.import_ownership', 'essential.import_facilities']

export const listOf = (page) => lists[page] ?? lists['essential.import']
