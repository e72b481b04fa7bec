// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiFault, followRun } from '../src/api.js'

let sources
let answers
beforeEach(() => {
  sources = []
  answers = []
  vi.stubGlobal('EventSource', class {
    constructor(path) {
      Object.assign(this, { path, closed: false, close: () => (this.closed = true) })
      sources.push(this)
    }
  })
  vi.stubGlobal('fetch', vi.fn(() => new Promise((resolve) => answers.push((body, status = 200) => resolve(new Response(JSON.stringify(body), { status }))))))
})
afterEach(() => vi.unstubAllGlobals())
const turn = () => new Promise((resolve) => setTimeout(resolve))

describe('a run that is followed', () => {
  it('ends with the run as the node has it', async () => {
    const seen = []
    const end = followRun('7', (s) => seen.push(s.state))
    answers[0]({ state: 'running' })
    await turn()
    sources[0].onmessage({ data: '{"state":"done"}' })
    answers[1]({ state: 'done', result: {} })
    expect(await end).toEqual({ state: 'done', result: {} })
    expect([seen, sources[0].closed]).toEqual([['running', 'done', 'done'], true])
  })
  it('is heard of no more by whoever left, not even what was on its way', async () => {
    const seen = []
    const leaving = new AbortController()
    const end = followRun('7', (s) => seen.push(s.state), { signal: leaving.signal })
    leaving.abort()
    await expect(end).rejects.toMatchObject({ name: 'AbortError' })
    sources[0].onmessage({ data: '{"state":"running"}' })
    answers[0]({ state: 'done' })
    await turn()
    expect([seen, sources[0].closed]).toEqual([[], true])
  })
  it('ends with the session, so that it can be taken up again', async () => {
    const end = followRun('7', () => {})
    answers[0]({ error: { code: 'node.not_logged_in', message: 'x' } }, 401)
    await expect(end).rejects.toBeInstanceOf(ApiFault)
    expect(sources[0].closed).toBe(true)
  })
})
