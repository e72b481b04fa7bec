// SPDX-License-Identifier: Apache-2.0
// The program at the workplace that signs with the key in somebody's hand. Where it listens is the edge's to say
// (/key-agent.json); what it hears is the text of one challenge and nothing else. docs/api.md
import { ApiFault, get } from './api.js'

const HEX = /^[0-9a-f]{128}$/i
const ADDRESS = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/
const WRONG = '动态口令或签名不正确，或待签名内容已过两分钟。已换新的，请重新办理；连续五次输错将锁定三十分钟。'
const DEAF = '没有连上本机的密钥程序。请确认它已启动、密钥已插好，或把签名值粘贴到下面。'

/** A signature as the node takes it: r and s in hexadecimal, whatever stood around it. */
export function signatureOf(text) {
  const bare = String(text ?? '').replace(/[\s:]/g, '')
  return HEX.test(bare) ? bare.toLowerCase() : null
}

/** The node says of a wrong factor what it says of a wrong password; here it is known which of them it was. */
export const factorFault = (e) => (e.code === 'node.wrong_login' ? new ApiFault(e.status, { code: e.code, message: WRONG, clause: '14.4.2A' }) : e)

/** The agent's address at this edge, or '' where there is none. Only this machine is ever asked. */
export async function agentAddress() {
  try {
    const { address } = await get('/key-agent.json', { quiet401: true })
    return ADDRESS.test(address ?? '') ? address : ''
  } catch (e) {
    if (!(e instanceof ApiFault)) throw e /* no agent is set up here: the signature is pasted */
    return ''
  }
}

/** What the key makes of a text; throws an ApiFault with the agent's own words. */
export async function agentSignature(address, text) {
  let answer
  try {
    const response = await fetch(`${address}/sign`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ text }), credentials: 'omit', redirect: 'error' })
    answer = await response.json()
  } catch {
    throw new ApiFault(0, { code: 'console.no_key_agent', message: DEAF })
  }
  const signature = signatureOf(answer.signature)
  if (!signature) throw new ApiFault(422, { code: 'console.key_refused', message: answer.error?.message ? `密钥程序没有签名：${String(answer.error.message).slice(0, 100)}` : '密钥程序没有给出签名值。' })
  return signature
}
