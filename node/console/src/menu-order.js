// SPDX-License-Identifier: Apache-2.0
// The menu's groups as an office works: what is looked at first, the daily business, then what is kept in order, at the
// end what few people open. A group that is not named here comes before those of supervision.
const GROUPS = [
  '看图与待办', '房屋与业主', '共用部位设施', '资金交存', '财务核算', '专题分析', '要件与导入', '数据交换', '机构与支撑数据',
  null,
  '监管数据', '联网监管', '审计', '系统管理', '本人事务',
]
const place = (group) => (GROUPS.includes(group) ? GROUPS.indexOf(group) : GROUPS.indexOf(null))

export const inOrder = (groups) => [...groups].sort((a, b) => place(a.group) - place(b.group))
