// SPDX-License-Identifier: Apache-2.0
// Who is logged in and what this node can do: /api/me and /api/describe, read once per page load.
import { computed, reactive } from 'vue'
import { ApiFault, get, post, readView } from './api.js'
import { codesWithRows } from './codes.js'
import { forgetNames } from './names.js'
import { forgetTitles } from './titles.js'

export const session = reactive({ state: 'unknown', me: null, describe: null, mustChange: false, fault: null, login: '', expired: false })

export async function loadSession() {
  session.fault = null
  try {
    session.me = await get('/api/me', { quiet401: true })
    readAt = Date.now()
    if (session.me.must_change) {
      session.mustChange = true
      session.state = 'password'
      return
    }
    if (session.me.must_enrol) {
      session.state = 'enrol'
      return
    }
    session.describe = await withCodeRows(await get('/api/describe', { quiet401: true }))
    session.mustChange = false
    session.state = 'in'
  } catch (e) {
    if (e instanceof ApiFault && e.status === 401) session.state = 'out'
    else if (e instanceof ApiFault && e.code === 'node.must_change') {
      session.mustChange = true
      session.state = 'password'
    } else {
      session.fault = e
      session.state = 'failed'
    }
  }
}

/* Without them lists show a bare code; that is no reason to keep people out. */
async function withCodeRows(describe) {
  const view = describe.code_view
  if (!view || !session.me.views?.includes(view)) return describe
  try {
    const rows = []
    for (let after; ; ) {
      const got = await readView(view, { filters: { 'f.current': 'true' }, limit: 500, after })
      rows.push(...got.rows)
      after = got.next
      if (!after || rows.length >= 5000) break
    }
    return { ...describe, codes: codesWithRows(describe.codes, rows) }
  } catch (e) {
    if (!(e instanceof ApiFault) || e.status === 401) throw e
    return describe
  }
}

const STALE_MS = 60000
let readAt = 0

/** Rights and the node's state again, when somebody moves on to another page and they are a minute old. */
export async function refreshMe(now = Date.now()) {
  if (session.state !== 'in' || now - readAt < STALE_MS) return
  readAt = now
  try {
    session.me = await get('/api/me')
  } catch (e) {
    if (!(e instanceof ApiFault)) throw e /* the page itself will say what is wrong */
  }
}

/** The kinds of second factor that are asked for, or null when one is in. second: { code } or { challenge, signature }. */
export async function login(name, password, second = {}) {
  const before = session.expired ? session.me?.person.login : null
  const answer = await post('/api/login', { login: name, password, ...second }, { quiet401: true })
  if (answer.second) return answer.second
  session.login = name
  if (before !== null && (answer.must_change || before !== name)) {
    /* somebody else, or a new password first: nothing of the page before may stay */
    window.sessionStorage.clear()
    window.location.reload()
    return
  }
  session.expired = false
  await loadSession()
  return null
}

export function forgetSession() {
  session.expired = false
  forgetNames()
  forgetTitles()
  session.me = null
  session.describe = null
  session.state = 'out'
}

export async function logout() {
  try {
    await post('/api/logout', {}, { quiet401: true })
  } catch (e) {
    if (!(e instanceof ApiFault) || e.status !== 401) throw e
  }
  window.sessionStorage.clear()
  forgetSession()
}

export const mayRun = (command) => session.me?.commands.includes(command) ?? false
export const maySee = (view) => session.me?.views.includes(view) ?? false
/** A user of an involved organization (2.0.11): desk, setup and search are not open to him, and are not asked. */
export const isOutside = () => Boolean(session.me?.organization)
/** Rights to what is neither command nor view. */
export const hasDoor = (door) => session.me?.doors?.includes(door) ?? false
/** What stands in this office (14.2.5), or null; everybody is told. */
export const emergency = computed(() => session.me?.emergency ?? null)
export const readOnly = computed(() => session.me?.read_only === true || emergency.value?.read_only === true)
export const level = computed(() => session.me?.level ?? '')
