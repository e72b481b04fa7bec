// SPDX-License-Identifier: Apache-2.0
const SUPPORT = '机构与支撑数据'

export default [
  { page: 'essential.diagram', file: 'diagram', group: '看图与待办', label: '楼盘图', views: ['essential.apartments'], of: { property_area: 'area', building: 'building' } },
  { page: 'essential.import', file: 'import', group: '要件与导入', label: '文件导入', commands: ['essential.create_apartment'] },
  { page: 'essential.import_ownership', file: 'import', commands: ['essential.change_ownership'] },
  { page: 'essential.import_facilities', file: 'import', commands: ['essential.create_facility'] },
  { page: 'essential.tasks', file: 'tasks', group: '看图与待办', label: '待办的变更', views: ['essential.waiting'] },
  { page: 'essential.split', file: 'split', instead: 'essential.request_split', commands: ['essential.request_split'] },
  { page: 'essential.structure', file: 'structure', instead: 'essential.request_structure_split', commands: ['essential.request_structure_split'] },
  { page: 'essential.merge', file: 'merge', instead: 'essential.request_structure_merge', commands: ['essential.request_structure_merge'] },
  { page: 'essential.import_areas', file: 'import', last: true, group: '数据交换', label: '面积表导入', commands: ['essential.decide_list'] },
  { page: 'essential.differences', file: 'differences', group: '数据交换', label: '处理差异', commands: ['essential.decide_list', 'essential.check_list'] },
  { page: 'essential.attachments', file: 'attachments', views: ['essential.attachments'], beside: ['apartment', 'payment', 'housing_change', 'exchange_list', 'property_area', 'building', 'owner'] },
  { page: 'essential.import_organizations', file: 'import', last: true, group: SUPPORT, label: '机构导入', commands: ['essential.create_organization'] },
  { page: 'essential.filing', file: 'filing', group: SUPPORT, label: '报送', views: ['essential.building_filings'] },
  { page: 'essential.import_divisions', file: 'import', last: true, group: SUPPORT, label: '行政区划导入', commands: ['essential.add_division'] },
  { page: 'essential.import_calendar', file: 'import', last: true, group: SUPPORT, label: '节假日安排导入', commands: ['essential.set_calendar_day'] },
  { page: 'essential.import_codes', file: 'import', last: true, group: SUPPORT, label: '代码导入', commands: ['essential.add_code'] },
  { page: 'essential.calendar', file: 'calendar', group: SUPPORT, label: '工作日历', views: ['essential.calendar_days'] },
]
