// SPDX-License-Identifier: Apache-2.0
export default [
  { page: 'essential.import', file: 'import', group: '基础信息', label: '楼盘表导入', commands: ['essential.create_apartment'] },
]
