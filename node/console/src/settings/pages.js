// SPDX-License-Identifier: Apache-2.0
export default [{ page: 'node.settings', file: 'SettingsPage', group: '系统管理', label: '参数设置', views: ['node.settings', 'node.settings_system', 'node.settings_regulatory'] }]
