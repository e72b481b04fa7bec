// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, it, vi } from 'vitest'
import { agentAddress, agentSignature, signatureOf } from '../src/key-agent.js'

const HEX = 'ab'.repeat(64)
const answers = (body, status = 200) => vi.stubGlobal('fetch', vi.fn(async () => new Response(JSON.stringify(body), { status })))
afterEach(() => vi.unstubAllGlobals())

describe('the key agent', () => {
  it('gives 128 hexadecimal digits, whatever stood around them', () => {
    expect(signatureOf(` ${HEX.slice(0, 64).toUpperCase()}\n${HEX.slice(64)} `)).toBe(HEX)
    for (const bad of ['', HEX.slice(1), `${HEX}0`, `${HEX.slice(1)}g`, null]) expect(signatureOf(bad)).toBe(null)
  })
  it('is only ever looked for on this machine', async () => {
    for (const good of ['http://127.0.0.1:61808', 'http://localhost:1']) {
      answers({ address: good })
      expect(await agentAddress()).toBe(good)
    }
    for (const bad of ['', 'http://10.0.0.1:80', 'https://evil.example', 'http://127.0.0.1:80/x', 'http://127.0.0.1.evil.example:80']) {
      answers({ address: bad })
      expect(await agentAddress()).toBe('')
    }
    answers({}, 404)
    expect(await agentAddress()).toBe('')
  })
  it('says why it did not sign', async () => {
    answers({ signature: HEX })
    expect(await agentSignature('http://127.0.0.1:1', 'fundnode-login:x')).toBe(HEX)
    answers({ error: { message: '口令卡已锁' } }, 422)
    await expect(agentSignature('http://127.0.0.1:1', 'x')).rejects.toThrow('口令卡已锁')
    vi.stubGlobal('fetch', vi.fn(async () => { throw new TypeError('refused') }))
    await expect(agentSignature('http://127.0.0.1:1', 'x')).rejects.toThrow('没有连上')
  })
})
