// SPDX-License-Identifier: Apache-2.0
// What administrators ask for and do to one's own second factors, said to whom it concerns. 14.4.2A
import { formatInstant } from '../values.js'

export const FACTOR_KINDS = { totp: '动态口令', certificate: '客户端证书', sm2: '国密密钥' }
const CHANGES = { revoke: '解除您的', bind: '为您增加' }
const TOLD_MS = 7 * 86400000 /* what took effect is told for a week */
const nameOf = (r) => `${FACTOR_KINDS[r.kind] ?? r.kind}${r.label ? `“${r.label}”` : ''}`

/** A sentence for each request that waits or took effect lately, the newest first. */
export function factorNotices(requests, now = Date.now()) {
  return requests.filter((r) => r.state === 'waits' || (r.state === 'approved' && now - Number(r.decided_at) < TOLD_MS)).map((r) => {
    const asked = `${r.requested_by_name}于 ${formatInstant(r.requested_at)} 申请${CHANGES[r.change]}${nameOf(r)}，原因：${r.reason}。`
    return r.state === 'waits' ? `${asked}现待另一名管理员批准；不是您本人提出的，请立即告知其他管理员。`
      : `${asked}${r.decided_by_name}已于 ${formatInstant(r.decided_at)} 批准；不是您本人提出的，请立即联系审计管理员。`
  })
}
