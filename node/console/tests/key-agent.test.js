// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiFault } from '../src/api.js'
import { agentAddress, agentSignature, factorFault, factorProof, noCertificate, signatureOf } from '../src/key-agent.js'

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
    for (const odd of [null, [], 'text']) {
      answers(odd)
      await expect(agentSignature('http://127.0.0.1:1', 'x')).rejects.toThrow('没有给出签名值')
    }
  })
  it('what cannot be right is not sent: the node counts failed attempts', () => {
    const both = { kinds: ['totp', 'sm2'], challenge: { challenge: 'c', text: 't' } }
    expect(factorProof({ ...both, code: ' 123456 ' })).toEqual({ proof: { code: '123456' } })
    for (const code of ['123', '1234567', '12345a', '１２３４５６']) expect(factorProof({ ...both, code })).toMatchObject({ box: 'code', fault: { code: 'console.code' } })
    expect(factorProof({ ...both, signature: HEX })).toEqual({ proof: { challenge: 'c', signature: HEX } })
    expect(factorProof({ ...both, signature: 'abc' })).toMatchObject({ box: 'signature', fault: { code: 'console.signature' } })
    expect(factorProof({ ...both, challenge: null, signature: HEX })).toMatchObject({ box: 'signature', fault: { code: 'console.challenge_old' } })
    expect(factorProof(both)).toEqual({})
    expect(factorProof({ kinds: ['certificate'] })).toEqual({ proof: {} })
    expect(factorProof({ kinds: ['certificate', 'totp'] })).toEqual({})
  })
  it('a refusal speaks of the factors that were asked for', () => {
    const said = (kinds, code = 'node.wrong_login') => factorFault(new ApiFault(422, { code, message: '登录名或密码不正确' }), kinds).message
    expect(said(['totp'])).toMatch(/^动态口令不正确/)
    expect(said(['sm2', 'certificate'])).toMatch(/^签名不正确/)
    expect(said(['totp', 'sm2'])).toMatch(/^动态口令或签名不正确/)
    expect(said(['certificate'])).toMatch(/^没有读到已登记的客户端证书/)
    expect(noCertificate().message).toBe(said(['certificate'], 'node.second_factor'))
    expect(said(['totp'], 'node.too_many')).toBe('登录名或密码不正确')
  })
})
