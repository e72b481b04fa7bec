// SPDX-License-Identifier: Apache-2.0
// A half-typed form: at once in this tab, every five seconds at the server, so that neither a lost session nor a crashed
// browser costs what was typed. Private and secret fields are left out of both.
import { ApiFault } from './api.js'
import { dropStored, keep, stored } from './draft.js'
import { dropDesk, listDesk, putDesk, underWay } from './desk.js'

export const DRAFT_MS = 5000

/** command and row name the draft; slot is its place in this tab; query opens the form again. */
export function newDraft({ command, row, slot, query, told = () => {} }) {
  let sent = '' /* what the server has */
  let id = null
  let timer = null
  let last = null
  let busy = Promise.resolve()

  function send() {
    timer = null
    const text = JSON.stringify(last)
    if (last === null || text === sent) return
    const body = { fields: last, query: query() }
    busy = busy.then(async () => {
      try {
        const answer = await putDesk({ kind: 'draft', subject: command, name: row, body })
        id = answer.id
        sent = text
        told({ at: Date.now(), fault: null })
      } catch (e) {
        if (!(e instanceof ApiFault)) throw e
        told({ at: 0, fault: e })
      }
    })
  }

  async function forget() {
    clearTimeout(timer)
    timer = null
    last = null
    sent = ''
    dropStored(slot)
    await busy
    if (id === null) return
    const old = id
    id = null
    try {
      await dropDesk(old)
    } catch (e) {
      if (!(e instanceof ApiFault)) throw e /* it ends by itself */
    }
  }

  return {
    inTab: () => stored(slot),
    /** The server's, or null. */
    async atServer() {
      const { items } = await listDesk('draft', command)
      const found = items.find((i) => i.own && i.name === row)
      if (!found) return null
      id = found.id
      sent = JSON.stringify(found.body.fields)
      return found
    },
    /** fields: those that may be kept, as typed; empty: nothing worth keeping. */
    remember(fields) {
      if (!Object.keys(fields).length) return dropStored(slot)
      keep(slot, fields)
      last = fields
      timer ??= setTimeout(send, DRAFT_MS)
    },
    flush() {
      if (timer !== null) {
        clearTimeout(timer)
        send()
      }
      return busy
    },
    drop: () => underWay(forget()),
  }
}
