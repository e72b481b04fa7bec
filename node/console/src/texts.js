// SPDX-License-Identifier: Apache-2.0
// Words of the console itself. Words of records, commands, views and refusals come from the node.
export const LEVELS = { county: '县（区）', city: '市', province: '省', national: '国家', nation: '国家' }
export const STREAMS = { detail: '业务明细', supervision: '监管数据', facts: '统计事实', backup: '加密备份', attestation: '核对证明' }
export const STREAM_STATES = { in_step: '一致', behind: '落后', ahead: '超前', fork: '分叉', unknown: '未知', refused: '被拒收' }
export const BATCH_KINDS = { 1: '增量', 2: '基线', 3: '月结' }
export const ALGORITHMS = { 1: 'SM2 / SM3', 2: 'ECDSA P-256 / SHA-256' }
export const NODE_STATES = {
  active: '正常', enrolled: '已接入', pending: '待批准', proved: '已证明身份，待批准', invited: '已发接入码', revoked: '已撤销', silent: '失联',
  suspended: '已暂停', expired: '已过期', approved: '已批准', refused: '已拒绝',
}
export const RUN_STATES = {
  waiting: '排队中', queued: '排队中', running: '进行中', done: '已完成', failed: '失败', refused: '未通过', cancelled: '已取消',
}
const CHARACTERS = 12
/** characters: the fewest that this office asks for. */
export const passwordRules = (characters = CHARACTERS) => [
  `至少 ${characters} 个字符`, '包含大写字母、小写字母、数字、符号中的至少三类', '不含登录名', '不是最近五次用过的密码',
]
/** What can be told before asking the server; the server has the last word. */
export function passwordFaults(password, login, characters = CHARACTERS) {
  const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/].filter((k) => k.test(password)).length
  const has = login !== '' && password.toLowerCase().includes(login.toLowerCase())
  return [Array.from(password).length >= characters, kinds >= 3, !has && password !== '']
}
