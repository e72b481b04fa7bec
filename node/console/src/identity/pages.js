// SPDX-License-Identifier: Apache-2.0
export default [{ page: 'identity.post', file: 'PostPage', group: '系统管理', label: '任命岗位', commands: ['identity.set_post'] }]
