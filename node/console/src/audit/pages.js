// SPDX-License-Identifier: Apache-2.0
export default [
  { page: 'audit.events', file: 'EventsPage', group: '审计', label: '安全事件', views: ['identity.security_events'], hides: ['identity.security_events'], badge: 'events' },
  { page: 'audit.chain', file: 'ChainPage', group: '审计', label: '变更查询', door: 'audit.chain' },
  { page: 'audit.saw', file: 'SawPage', group: '审计', label: '谁看过', door: 'audit.saw' },
  { page: 'audit.year', file: 'YearPage', group: '审计', label: '年度审计档案', door: 'audit.year' },
]
