// SPDX-License-Identifier: Apache-2.0
export default [
  { page: 'federation.tree', file: 'TreePage', group: '联网监管', label: '联通状况', door: 'federation.read' },
  { page: 'federation.batches', file: 'BatchesPage', label: '批次', door: 'federation.read' },
  { page: 'federation.batch', file: 'BatchPage', label: '批次详情', door: 'federation.read' },
  { page: 'federation.enrolment', file: 'EnrolmentPage', group: '联网监管', label: '节点接入', commands: ['federation.issue_code', 'federation.approve_enrolment'] },
]
