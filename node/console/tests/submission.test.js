// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it, vi } from 'vitest'
import { ApiFault } from '../src/api.js'
import { newSubmission } from '../src/submission.js'

const fault = (status, code = 'x.y') => new ApiFault(status, { code, message: code })
const wait = async () => {}
const make = (send, more = {}) => newSubmission('x.do', { send, wait, prove: async () => null, ...more })

describe('a submission', () => {
  it('keeps key and input through lost answers', async () => {
    const send = vi.fn().mockRejectedValueOnce(fault(503)).mockRejectedValueOnce(fault(0)).mockResolvedValueOnce({ seq: '1' })
    const s = make(send)
    expect(await s.submit({ a: '1' })).toEqual({ seq: '1' })
    expect(new Set(send.mock.calls.map((c) => c[2].key)).size).toBe(1)
    expect(s.state).toBe('done')
  })
  it('stays with the same input while the outcome is unknown', async () => {
    const send = vi.fn().mockRejectedValueOnce(fault(503)).mockRejectedValueOnce(fault(503)).mockRejectedValueOnce(fault(503)).mockResolvedValue({ seq: '1' })
    const s = make(send)
    expect(await s.submit({ a: '1' })).toBeNull()
    expect(s.state).toBe('unknown')
    await s.submit({ a: '2' })
    expect(send.mock.calls.map((c) => c[1])).toEqual(Array(4).fill({ a: '1' }))
    expect(new Set(send.mock.calls.map((c) => c[2].key)).size).toBe(1)
  })
  it('a lost session does not settle what was unknown', async () => {
    const send = vi.fn().mockRejectedValueOnce(fault(503)).mockRejectedValueOnce(fault(401)).mockResolvedValue({ seq: '1' })
    const s = make(send)
    await s.submit({ a: '1' })
    expect(s.state).toBe('unknown')
    await s.submit({ a: '2' })
    expect(send.mock.calls[2][1]).toEqual({ a: '1' })
    expect(send.mock.calls[2][2].key).toBe(send.mock.calls[0][2].key)
  })
  it('a refusal frees the input; another input gets another key', async () => {
    const send = vi.fn().mockRejectedValueOnce(fault(422)).mockResolvedValue({ seq: '1' })
    const s = make(send)
    await s.submit({ a: '1' })
    expect(s.state).toBe('refused')
    await s.submit({ a: '2' })
    expect(send.mock.calls[1][1]).toEqual({ a: '2' })
    expect(send.mock.calls[1][2].key).not.toBe(send.mock.calls[0][2].key)
  })
  it('the same input after success is a new act', async () => {
    const send = vi.fn().mockResolvedValue({ seq: '1' })
    const s = make(send)
    await s.submit({ a: '1' })
    await s.submit({ a: '1' })
    expect(send.mock.calls[1][2].key).not.toBe(send.mock.calls[0][2].key)
  })
  it('asks the proof when the node wants it, and sends the same key with it', async () => {
    const send = vi.fn().mockRejectedValueOnce(fault(403, 'node.step_up')).mockResolvedValue({ seq: '1' })
    const prove = vi.fn().mockResolvedValue('proof')
    const s = make(send, { prove })
    await s.submit({ a: '1' })
    expect(prove).toHaveBeenCalledWith('x.do', { a: '1' })
    expect(send.mock.calls[1][2]).toEqual({ key: send.mock.calls[0][2].key, proof: 'proof' })
  })
  it('without the proof nothing is sent', async () => {
    const send = vi.fn()
    const s = make(send, { stepUp: true })
    await s.submit({ a: '1' })
    expect(send).not.toHaveBeenCalled()
    expect(s.fault.code).toBe('console.not_proved')
  })
  it('keys have the form the node demands', async () => {
    const send = vi.fn().mockResolvedValue({ seq: '1' })
    await make(send).submit({})
    expect(send.mock.calls[0][2].key).toMatch(/^[A-Za-z0-9-]{16,64}$/)
  })
})
