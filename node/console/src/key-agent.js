// SPDX-License-Identifier: Apache-2.0
// The program at the workplace that signs with the key in somebody's hand. Where it listens is the edge's to say
// (/key-agent.json); what it hears is the text of one challenge and nothing else. docs/api.md
import { ApiFault, get } from './api.js'

const HEX = /^[0-9a-f]{128}$/i
const ADDRESS = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/
const WRONG = '动态口令不正确或已过时。请等手机上换出下一个再输入；连续五次输错将锁定三十分钟。'
const WRONG_SM2 = '签名不正确，或待签名内容已过两分钟。已换新的，请重新办理；连续五次输错将锁定三十分钟。'
const WRONG_ANY = '动态口令或签名不正确，或待签名内容已过两分钟。已换新的，请重新办理；连续五次输错将锁定三十分钟。'
const NO_CERTIFICATE = '没有读到已登记的客户端证书。请插好证书介质，重新打开浏览器后再登录，提示时选择您的证书；仍不行的，请安全管理员核对证书登记。'
const DEAF = '没有连上本机的密钥程序。请确认它已启动、密钥已插好，或把签名值粘贴到下面。'

/** A signature as the node takes it: r and s in hexadecimal, whatever stood around it. */
export function signatureOf(text) {
  const bare = String(text ?? '').replace(/[\s:]/g, '')
  return HEX.test(bare) ? bare.toLowerCase() : null
}

/** The node says of a wrong factor what it says of a wrong password; here it is known which of them it was. */
export function factorFault(e, kinds = []) {
  if (e.code !== 'node.wrong_login' && e.code !== 'node.second_factor') return e
  const [totp, sm2] = ['totp', 'sm2'].map((k) => kinds.includes(k))
  const message = e.code === 'node.second_factor' || (!totp && !sm2) ? NO_CERTIFICATE : totp && sm2 ? WRONG_ANY : sm2 ? WRONG_SM2 : WRONG
  return new ApiFault(e.status, { code: e.code, message, clause: '14.4.2A' })
}
/** A certificate was relied on and the node saw none. */
export const noCertificate = () => factorFault(new ApiFault(422, { code: 'node.second_factor', message: '' }))

const CODE = /^\d{6}$/
const FAULTS = {
  code: { code: 'console.code', message: '动态口令是 6 位数字，请看手机上的验证器重新输入。' },
  old: { code: 'console.challenge_old', message: '待签名内容已过期。请按“换一个”，对新的内容签名。' },
  signature: { code: 'console.signature', message: '签名值应为 128 位十六进制（r 和 s 各 64 位），请核对后重新粘贴。' },
}
/** What goes to the node: { proof }; or { fault, box } of what cannot be right, which is not sent because the node counts failed
 * attempts; or {} while nothing is typed. challenge: null when it has ended. */
export function factorProof({ kinds, code = '', signature = '', challenge = null }) {
  const typed = code.trim()
  if (typed) return CODE.test(typed) ? { proof: { code: typed } } : { fault: FAULTS.code, box: 'code' }
  if (signature.trim()) {
    const bare = signatureOf(signature)
    if (!bare) return { fault: FAULTS.signature, box: 'signature' }
    return challenge ? { proof: { challenge: challenge.challenge, signature: bare } } : { fault: FAULTS.old, box: 'signature' }
  }
  return kinds.length === 1 && kinds[0] === 'certificate' ? { proof: {} } : {}
}

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
  let answer = null
  try {
    const response = await fetch(`${address}/sign`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ text }), credentials: 'omit', redirect: 'error' })
    answer = await response.json()
  } catch {
    throw new ApiFault(0, { code: 'console.no_key_agent', message: DEAF })
  }
  const signature = signatureOf(answer?.signature)
  if (!signature) throw new ApiFault(422, { code: 'console.key_refused', message: answer?.error?.message ? `密钥程序没有签名：${String(answer.error.message).slice(0, 100)}` : '密钥程序没有给出签名值。' })
  return signature
}
