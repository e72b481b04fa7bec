// SPDX-License-Identifier: Apache-2.0
export default [
  { page: 'identity.post', file: 'PostPage', group: '系统管理', label: '任命岗位', commands: ['identity.set_post'] },
  { page: 'identity.departure', file: 'DeparturePage', group: '系统管理', label: '离岗移交', commands: ['identity.prepare_departure'] },
  { page: 'identity.matrix', file: 'MatrixPage', group: '系统管理', label: '权限矩阵', views: ['identity.rights'] },
  { page: 'identity.affairs', file: 'AffairsPage', group: '本人事务', label: '委托与移交', commands: ['identity.confirm_departure'] },
]
