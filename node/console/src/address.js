// SPDX-License-Identifier: Apache-2.0
// Routes by hash: "#/view/deposit.payments?f.state=posted". The address holds all that is needed to come back.
import { reactive } from 'vue'

export function parseAddress(hash) {
  const text = hash.replace(/^#\/?/, '')
  const mark = text.indexOf('?')
  const path = mark < 0 ? text : text.slice(0, mark)
  const query = {}
  new URLSearchParams(mark < 0 ? '' : text.slice(mark + 1)).forEach((value, name) => {
    query[name] = value
  })
  return { parts: path.split('/').filter(Boolean).map(decodeURIComponent), query }
}

export function makeAddress(parts, query = {}) {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, value)
  }
  const tail = params.toString()
  return '#/' + parts.map(encodeURIComponent).join('/') + (tail ? '?' + tail : '')
}

export const address = reactive({ parts: [], query: {} })

function read() {
  let parsed
  try {
    parsed = parseAddress(window.location.hash)
  } catch {
    parsed = { parts: ['unknown'], query: {} }
  }
  address.parts = parsed.parts
  address.query = parsed.query
}

export function startAddress() {
  window.addEventListener('hashchange', read)
  read()
}

export function go(parts, query = {}) {
  window.location.hash = makeAddress(parts, query)
}

/** The same page with another query: no new step in the browser's history. */
export function replaceQuery(query) {
  window.history.replaceState(null, '', makeAddress(address.parts, query))
  read()
}
