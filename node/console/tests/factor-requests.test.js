// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { factorNotices } from '../src/identity/factor-requests.js'

const DAY = 86400000
const at = 1795401000000
const request = (more) => ({
  change: 'revoke', kind: 'totp', label: '手机', reason: '遗失', requested_by_name: '甲', requested_at: String(at), decided_by_name: '', decided_at: '0', state: 'waits', ...more,
})

describe('what is asked for one\'s second factor is told', () => {
  it('while it waits, with who asked, when and why [14.4.2A]', () => {
    expect(factorNotices([request()], at + 30 * DAY)).toEqual(['甲于 2026-11-23 10:30:00 申请解除您的动态口令“手机”，原因：遗失。现待另一名管理员批准；不是您本人提出的，请立即告知其他管理员。'])
  })
  it('for a week once it took effect, and never when it was refused [14.4.2A]', () => {
    const approved = request({ change: 'bind', kind: 'certificate', label: '', state: 'approved', decided_by_name: '乙', decided_at: String(at) })
    expect(factorNotices([approved], at + 6 * DAY)[0]).toContain('申请为您增加客户端证书，原因：遗失。乙已于 2026-11-23 10:30:00 批准')
    expect(factorNotices([approved], at + 8 * DAY)).toEqual([])
    expect(factorNotices([request({ state: 'refused', decided_at: String(at) })], at)).toEqual([])
  })
})
