// SPDX-License-Identifier: Apache-2.0
// The real nodes for the scenario: started on first need by world.py, told by lines of JSON, stopped with the run.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const HERE = new URL('.', import.meta.url).pathname
const BUILD = process.env.FUNDNODE_BUILD ?? new URL('../../../build', import.meta.url).pathname

export async function startNodes(dist, script = 'world.py') {
  const program = join(BUILD, 'gcc/node/main/fundnode')
  if (!existsSync(program)) throw new Error(`there is no ${program}: build it first`)
  const folder = await mkdtemp(join(tmpdir(), 'fundnode-browser-'))
  const child = spawn('python3', ['-B', join(HERE, script), '--program', program, '--console', dist, '--folder', folder], { stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (d) => (said = (said + d).slice(-4000)))
  const ended = new Promise((done) => child.once('exit', done))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const hear = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`the nodes ended:\n${said}`)
    const answer = JSON.parse(value)
    if (answer.error) throw new Error(answer.error)
    return answer
  }
  async function stop() {
    child.stdin.end()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const { nodes } = await hear()
    return {
      nodes, folder, stop,
      ask(what, node, more = {}) {
        child.stdin.write(`${JSON.stringify({ do: what, node, ...more })}\n`)
        return hear()
      },
    }
  } catch (e) {
    await stop()
    throw e
  }
}
