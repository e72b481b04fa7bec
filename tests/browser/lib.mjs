// SPDX-License-Identifier: Apache-2.0
// The browser for tests: Debian's Chromium, one picture per step, and no test passes with an error in the console, a
// failed script or a violated policy.
//   FUNDNODE_URL       the node under test; without it the mock is started on a build of the console (FUNDNODE_DIST)
//   FUNDNODE_LOGINS    JSON {"clerk":["login","password"],"reviewer":[…],"overseer":[…],"newcomer":[…]} of a real node
//   FUNDNODE_PICTURES  folder for the pictures
//   FUNDNODE_DELAY     each question of a page waits up to this many milliseconds first: finds tests that read before the
//                      answer is there
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=zh-CN',
  /* a camera that shows a moving picture, and nobody who has to be asked for it */
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
]
const MOCK_LOGINS = {
  clerk: ['clerk', 'Clerk-2026-demo'], reviewer: ['reviewer', 'Review-2026-demo'], newcomer: ['newcomer', 'Once-2026-only'], overseer: ['overseer', 'Oversee-2026-demo'],
}

const GRAVE = ['serious', 'critical']
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const DESK = { width: 1366, height: 768 }
export const WIDE = { width: 1280, height: 800 }
export const PHONE = { width: 390, height: 844 }

export async function startWorld() {
  const pictures = process.env.FUNDNODE_PICTURES ?? 'pictures'
  await mkdir(pictures, { recursive: true })
  let base = process.env.FUNDNODE_URL
  let server = null
  if (!base) {
    const { makeMock } = await import('./mock/server.mjs')
    server = makeMock(process.env.FUNDNODE_DIST ?? new URL('../../node/console/dist', import.meta.url).pathname)
    await new Promise((done) => server.listen(0, '127.0.0.1', done))
    base = `http://127.0.0.1:${server.address().port}/`
  }
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS })
  const logins = process.env.FUNDNODE_LOGINS ? JSON.parse(process.env.FUNDNODE_LOGINS) : MOCK_LOGINS
  let starting = null
  return {
    base, logins, mock: server !== null, browser, pictures,
    real: null,
    /** The real nodes, started once. */
    async startReal() {
      starting ??= import('./real/nodes.mjs').then((m) => m.startNodes(process.env.FUNDNODE_DIST))
      this.real = await starting
    },
    office: null,
    /** One office at work, for several files. */
    async startOffice() {
      this.office ??= await import('./real/office.mjs').then((m) => m.startOffice(this))
    },
    async stop() {
      await browser.close()
      await this.real?.stop()
      await this.office?.stop()
      if (server) {
        server.closeAllConnections()
        await new Promise((done) => server.close(done))
      }
    },
  }
}

/** What moves has come to rest: a dialog is in its place. What turns for ever is not waited for. */
const standStill = (page) => page.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Infinity).map((a) => a.finished.catch(() => {}))))

const DELAY_MS = Number(process.env.FUNDNODE_DELAY ?? 0)
/** In the page: how many of its questions are unanswered. Read whole, for who asked reads the body before anything is drawn. */
function countQuestions(delay) {
  const ask = window.fetch
  window.unanswered = 0
  window.fetch = async (...question) => {
    window.unanswered++
    try {
      if (delay) await new Promise((done) => setTimeout(done, Math.random() * delay))
      const answer = await ask(...question)
      answer.clone().arrayBuffer().catch(() => {}).finally(() => window.unanswered--)
      return answer
    } catch (e) {
      window.unanswered--
      throw e
    }
  }
}

const FRAMES_AT_REST = 3
/** The page has every answer it asked for, has drawn it, and nothing turns or moves in it. */
export async function settle(page) {
  await page.evaluate(() => { window.framesAtRest = 0 })
  await page.waitForFunction((wanted) => {
    const rest = !window.unanswered && !document.querySelector('main .spinner') && document.getAnimations().every((a) => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)
    window.framesAtRest = rest ? window.framesAtRest + 1 : 0
    return window.framesAtRest >= wanted
  }, FRAMES_AT_REST)
}

/** A fresh browser profile with one page. expected: statuses of answers that this test provokes itself. */
export async function openPage(world, { size = WIDE, expected = [] } = {}) {
  const context = await world.browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'America/New_York', acceptDownloads: true, ignoreHTTPSErrors: true })
  const page = await context.newPage()
  const complaints = []
  await page.addInitScript(countQuestions, DELAY_MS)
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))
  })
  page.on('console', (m) => {
    if (m.type() !== 'error' && m.type() !== 'warning') return
    const status = /the server responded with a status of (\d+)/.exec(m.text())?.[1]
    if (status && expected.includes(Number(status))) return
    complaints.push(`${m.type()}: ${m.text()} ${m.location().url ?? ''}`)
  })
  page.on('pageerror', (e) => complaints.push(`pageerror: ${e.stack ?? e}`))
  page.setDefaultTimeout(60000)
  let turn = 0
  return {
    page, pictures: world.pictures,
    async picture(name) {
      await standStill(page)
      await page.screenshot({ path: join(world.pictures, `${name}-${size.width}${turn++ ? `-${turn}` : ''}.png`) })
    },
    /** No sideways scroll of the page as a whole. */
    async fits() {
      const [inner, outer, main] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth, (document.querySelector('main')?.scrollWidth ?? 0) - (document.querySelector('main')?.clientWidth ?? 0)])
      if (inner > outer || main > 0) throw new Error(`the page is wider than its window: ${inner} > ${outer} or main by ${main}`)
    },
    async done() {
      await context.close()
      if (complaints.length) throw new Error(complaints.join('\n'))
    },
  }
}

export async function logIn(world, page, who) {
  const [name, password] = world.logins[who]
  await page.goto(world.base)
  await page.fill('input[name=login]', name)
  await page.fill('input[name=password]', password)
  await page.keyboard.press('Enter')
}

/** The session ends, and the page does not know it. */
export const logOut = (page) => page.evaluate(() => fetch('/api/logout', { method: 'POST', headers: { 'X-Fundnode': '1', 'Content-Type': 'application/json' }, body: '{}' }))

/** What axe-core finds serious or worse, one line each. */
export async function findings(page) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  return violations.filter((v) => GRAVE.includes(v.impact)).flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.target.join(' ')} (${n.failureSummary.split('\n')[1]?.trim()})`))
}

export function check(condition, message) {
  if (!condition) throw new Error(message)
}
export function equal(actual, wanted, what) {
  if (actual !== wanted) throw new Error(`${what}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(actual)}`)
}

/** The number of nobody: of an area code that does not exist, with a right check digit. */
export function idNumber(serial) {
  const body = `99000019800101${String(serial).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return body + '10X98765432'[weights.reduce((n, w, i) => n + w * Number(body[i]), 0) % 11]
}
