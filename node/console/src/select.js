// SPDX-License-Identifier: Apache-2.0
// Drop-down lists, apart from the first page's parts because of their size.
import 'element-plus/theme-chalk/el-select.css'
import 'element-plus/theme-chalk/el-option.css'
import 'element-plus/theme-chalk/el-scrollbar.css'

export { ElOption, ElSelect } from 'element-plus/es/components/select/index.mjs'
