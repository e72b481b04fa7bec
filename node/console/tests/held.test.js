// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newHolding } from '../src/held.js'

let seen
const hold = () => newHolding(60, (values, left) => (seen = { values, left }))
beforeEach(() => {
  seen = null
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

describe('values that are held for a minute', () => {
  it('are gone when it is over', () => {
    hold().show(['a'])
    vi.advanceTimersByTime(59000)
    expect(seen).toEqual({ values: ['a'], left: 1 })
    vi.advanceTimersByTime(1000)
    expect(seen).toEqual({ values: null, left: 0 })
    expect(vi.getTimerCount()).toBe(0)
  })
  it('are gone when a machine that slept wakes, whatever was ticked', () => {
    hold().show(['a'])
    vi.setSystemTime(Date.now() + 3600000)
    vi.advanceTimersByTime(1000)
    expect(seen.values).toBe(null)
  })
  it('begin anew when others are shown', () => {
    const h = hold()
    h.show(['a'])
    vi.advanceTimersByTime(30000)
    h.show(['b'])
    vi.advanceTimersByTime(59000)
    expect(seen.values).toEqual(['b'])
    h.forget()
    expect(vi.getTimerCount()).toBe(0)
  })
  it('are not waited for by whoever has left or asked again', () => {
    const h = hold()
    const first = h.ask()
    expect(h.waits(first)).toBe(true)
    const second = h.ask()
    expect([h.waits(first), h.waits(second)]).toEqual([false, true])
    h.forget()
    expect(h.waits(second)).toBe(false)
  })
})
