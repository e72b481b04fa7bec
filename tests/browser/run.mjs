// SPDX-License-Identifier: Apache-2.0
// Runs every *.test.mjs beside it (or those named) and ends with "N passed, N failed", TAP lines before it.
import { readdir } from 'node:fs/promises'
import { startWorld } from './lib.mjs'

const here = new URL('.', import.meta.url)
const named = process.argv.slice(2)
const files = (await readdir(here)).filter((f) => f.endsWith('.test.mjs') && (!named.length || named.some((n) => f.includes(n)))).sort()
const world = await startWorld()
let number = 0
let failed = 0
let skipped = 0
try {
  for (const file of files) {
    const { tests } = await import(new URL(file, here))
    for (const [name, run, needs] of tests) {
      number++
      if (needs && !world.mock) {
        skipped++
        console.log(`ok ${number} - ${file}: ${name} # SKIP needs the ${needs}`)
        continue
      }
      try {
        if (needs === 'nodes') await world.startReal()
        if (needs === 'office') await world.startOffice()
        await run(world)
        console.log(`ok ${number} - ${file}: ${name}`)
      } catch (e) {
        failed++
        console.log(`not ok ${number} - ${file}: ${name}\n  ${String(e.stack ?? e).split('\n').join('\n  ')}`)
      }
    }
  }
} finally {
  await world.stop()
}
console.log(`1..${number}`)
console.log(`${number - failed - skipped} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed ? 1 : 0
