// SPDX-License-Identifier: Apache-2.0
// Values that are shown for a while and then forgotten, and answers that come when nobody waits for them any more. told hears
// (values or null, seconds left). The clock counts and not the ticks: a machine that slept wakes with nothing on the screen.
const TICK_MS = 1000

export function newHolding(seconds, told) {
  let timer = 0
  let turn = 0

  function forget() {
    turn++
    clearInterval(timer)
    told(null, 0)
  }
  return {
    forget,
    /** What is asked now: its answer is wanted as long as nothing was forgotten since. */
    ask() {
      forget()
      return turn
    },
    waits: (asked) => asked === turn,
    show(values) {
      forget()
      const until = Date.now() + seconds * TICK_MS
      told(values, seconds)
      timer = setInterval(() => {
        const left = Math.ceil((until - Date.now()) / TICK_MS)
        if (left > 0) told(values, left)
        else forget()
      }, TICK_MS)
    },
  }
}
