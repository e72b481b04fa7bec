// SPDX-License-Identifier: Apache-2.0
// Names of persons for their numbers, asked in one question for a whole page and remembered while logged in.
import { reactive } from 'vue'
import { ApiFault, get } from './api.js'

const PER_QUESTION = 100
const names = reactive(new Map())
let wanted = new Set()

async function ask() {
  const all = Array.from(wanted)
  wanted = new Set()
  for (let i = 0; i < all.length; i += PER_QUESTION) {
    const some = all.slice(i, i + PER_QUESTION)
    try {
      const answer = await get(`/api/names?persons=${some.join(',')}`, { quiet401: true })
      for (const id of some) names.set(id, answer.names[id] ?? '')
    } catch (e) {
      if (!(e instanceof ApiFault)) throw e /* the number stays */
    }
  }
}

/** The name, or '' while it is not known; draws again when it has come. */
export function personName(id) {
  if (names.has(id)) return names.get(id)
  if (!wanted.size) queueMicrotask(ask)
  wanted.add(id)
  return ''
}
export function forgetNames() {
  names.clear()
}
