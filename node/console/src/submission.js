// SPDX-License-Identifier: Apache-2.0
// One submission of one command. The key belongs to the input: after a lost answer exactly the same input goes again
// under the same key, so that nothing is done twice; a changed input after a clear refusal gets a new key.
//
// States: idle -> sending -> done | refused | unknown; unknown -> sending (same key, same input) only.
import { reactive } from 'vue'
import { ApiFault, newKey, sendCommand } from './api.js'
import { dropStored, keep, stored } from './draft.js'
import { askProof } from './proof.js'
import { commandOf, isPlain } from './registry.js'

const REPEATS = 3
const PAUSE_MS = 400

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Whether a failure says for sure that this key was not carried out, nor earlier tries with it. */
function decides(fault) {
  if (!(fault instanceof ApiFault) || fault.unknown) return false
  return ![401, 403, 429].includes(fault.status)
}

/** Private values never enter the browser's storage. */
const mayKeep = (command) => isPlain(commandOf(command)?.input)

/** slot names where key and input outlive a reload; stepUp: ask the proof before the first try. */
export function newSubmission(command, { slot = null, stepUp = false, send = sendCommand, prove = askProof, wait = pause } = {}) {
  const before = slot ? stored(slot) : null
  const s = reactive({
    state: before ? 'unknown' : 'idle',
    key: before?.key ?? null,
    input: before?.input ?? null,
    fault: null,
    answer: null,
  })

  let doubt = before !== null /* an earlier try may have been done */

  async function once(proof) {
    for (let i = 0; ; i++) {
      try {
        return await send(command, s.input, { key: s.key, proof })
      } catch (e) {
        if (!(e instanceof ApiFault) || !e.unknown) throw e
        doubt = true
        if (i + 1 >= REPEATS) throw e
        await wait(PAUSE_MS * (i + 1))
      }
    }
  }

  async function withProof() {
    if (!stepUp) {
      try {
        return await once(null)
      } catch (e) {
        if (!(e instanceof ApiFault) || e.code !== 'node.step_up') throw e
      }
    }
    const proof = await prove(command, s.input)
    if (!proof) throw new ApiFault(403, { code: 'console.not_proved', message: '未完成身份再次确认，没有提交。' })
    return once(proof)
  }

  s.submit = async (input) => {
    if (s.state === 'sending') return null
    if (!doubt) {
      const text = JSON.stringify(input)
      if (s.key === null || text !== JSON.stringify(s.input) || s.state === 'done') s.key = newKey()
      s.input = JSON.parse(text)
    }
    s.state = 'sending'
    s.fault = null
    if (slot && mayKeep(command)) keep(slot, { key: s.key, input: s.input })
    try {
      s.answer = await withProof()
      s.state = 'done'
      doubt = false
      if (slot) dropStored(slot)
      return s.answer
    } catch (e) {
      s.fault = e
      doubt = doubt && !decides(e)
      s.state = doubt ? 'unknown' : 'refused'
      if (slot && !doubt) dropStored(slot)
      return null
    }
  }
  return s
}
