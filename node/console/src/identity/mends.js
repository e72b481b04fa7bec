// SPDX-License-Identifier: Apache-2.0
// Where a refusal of the node itself is mended.
export default {
  'node.blocked': { view: 'node.blocks' },
  'node.same_person': { address: '#/', label: '回到首页' },
  'desk.full': { address: '#/drafts', label: '我的草稿' },
  'identity.post_held': { view: 'identity.posts' },
  'identity.factor_asked': { view: 'identity.factor_requests' },
  'identity.login_taken': { view: 'identity.persons' },
}
