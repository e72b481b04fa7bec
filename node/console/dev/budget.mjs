// SPDX-License-Identifier: Apache-2.0
// The weight of what the first page fetches: the entry and the shell with all they import. Fails above the budget.
//   node dev/budget.mjs [DIST]
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const FIRST_PAGE_BYTES_MAX = 200 * 1024
const DASHBOARD_BYTES_MAX = 450 * 1024
const assets = join(process.argv[2] ?? 'dist', 'assets')
const names = readdirSync(assets).filter((n) => n.endsWith('.js'))

function reach(names_, seen = new Set()) {
  for (const name of names_) {
    if (seen.has(name)) continue
    seen.add(name)
    const text = readFileSync(join(assets, name), 'utf8')
    reach([...text.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)].map((m) => m[1]), seen)
  }
  return seen
}
const entry = (stem) => names.filter((n) => n.startsWith(stem + '-'))
const weigh = (stems) => [...reach(stems.flatMap(entry))].reduce((sum, n) => sum + gzipSync(readFileSync(join(assets, n))).length, 0)
let failed = false
for (const [what, stems, max] of [['first page', ['index', 'ShellPage', 'HomePage'], FIRST_PAGE_BYTES_MAX], ['dashboard', ['index', 'ShellPage', 'theme', 'FigureChart'], DASHBOARD_BYTES_MAX]]) {
  const bytes = weigh(stems)
  if (bytes > max) failed = true
  console.log(`${what}: ${(bytes / 1024).toFixed(1)} KiB of ${max / 1024} KiB, compressed`)
}
process.exitCode = failed ? 1 : 0
