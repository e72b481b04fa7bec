// SPDX-License-Identifier: Apache-2.0
// Reached by the line above the menu while something is missing, and by Ctrl+K.
export default [{ page: 'setup', file: 'SetupPage', label: '开办向导' }]
