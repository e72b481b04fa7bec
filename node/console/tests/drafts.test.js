// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, it, vi } from 'vitest'
import { listDesk } from '../src/desk.js'
import { newDraft } from '../src/drafts.js'

afterEach(() => vi.unstubAllGlobals())

describe('a draft', () => {
  it('that was thrown away is in no list read after it, however slow its going is', async () => {
    const asked = []
    let items = [{ id: '7', own: true, name: '', body: { fields: { room: '8' } } }]
    let dropped
    vi.stubGlobal('fetch', (path) => {
      asked.push(path)
      if (path !== '/api/desk/drop') return Promise.resolve(Response.json({ items }))
      return new Promise((done) => {
        dropped = () => {
          items = []
          done(Response.json({}))
        }
      })
    })
    const draft = newDraft({ command: 'x.do', row: '', slot: 'x', query: () => ({}) })
    await draft.atServer()
    draft.drop()
    const list = listDesk('draft')
    await vi.waitFor(() => expect(dropped).toBeDefined())
    expect(asked).toEqual(['/api/desk?kind=draft&subject=x.do', '/api/desk/drop'])
    dropped()
    expect(await list).toEqual({ items: [] })
  })
})
