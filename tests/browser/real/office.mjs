// SPDX-License-Identifier: Apache-2.0
// One office for several test files, started on first need and stopped with the run; a seat is a browser in which somebody is
// logged in, kept until it is left.
import { DESK, PHONE, check, findings, logOut, openPage, settle } from '../lib.mjs'
import { startNodes } from './nodes.mjs'

const COUNTY = '510129'

/** The office: its node, its people's seats, what its peers do. */
export async function startOffice(world) {
  const real = await startNodes(process.env.FUNDNODE_DIST, 'office.py')
  const { address, logins } = real.nodes[COUNTY]
  const seats = new Map()
  const seat = async (login, expected = [401, 403, 409, 422]) => {
    if (!seats.has(login)) {
      const t = await openPage(world, { size: DESK, expected })
      await t.page.goto(address)
      await t.page.fill('input[name=login]', login)
      await t.page.fill('input[name=password]', logins[login])
      await t.page.keyboard.press('Enter')
      await t.page.waitForSelector('.menu', { state: 'attached' })
      seats.set(login, { ...t, login, address })
    }
    return seats.get(login)
  }
  return {
    address, logins, seat,
    ask: (what, more) => real.ask(what, COUNTY, more),
    command: (login, name, input) => real.ask('command', COUNTY, { login, name, input }),
    rows: async (login, name, filters = {}) => (await real.ask('view', COUNTY, { login, name, filters })).rows,
    /** Who leaves logs out: a log-in has few sessions at a time, and one of them is that of commands. */
    async leave() {
      for (const s of seats.values()) {
        await logOut(s.page)
        await s.done()
      }
      seats.clear()
    },
    stop: () => real.stop(),
  }
}

/** A page of the office, read anew, settled. */
export async function open(s, hash) {
  if (s.page.url() === s.address + hash) await s.page.reload()
  else await s.page.goto(s.address + hash)
  await s.page.waitForSelector('main h1, main h2, main .fault')
  await settle(s.page)
}
/** What stands on the page now, at the desk and on a telephone: no serious finding, nothing too wide; a picture of each. */
export async function look(s, name, { whole = true } = {}) {
  const bad = []
  for (const size of [PHONE, DESK]) {
    await s.page.setViewportSize(size)
    await settle(s.page)
    await s.fits()
    await s.page.screenshot({ path: `${s.pictures}/${name}-${size.width}.png` })
    if (whole) await wholePage(s, `${name}-${size.width}-whole.png`)
    for (const f of await findings(s.page)) bad.push(`${name} at ${size.width}: ${f}`)
  }
  check(!bad.length, bad.join('\n'))
}
/** The shell scrolls inside: for a picture of everything the window is made as high as what it shows. */
async function wholePage(s, file) {
  const size = s.page.viewportSize()
  const height = await s.page.evaluate(() => document.querySelector('main').scrollHeight + 120)
  if (height <= size.height) return
  await s.page.setViewportSize({ width: size.width, height: Math.min(height, 4000) })
  await s.page.screenshot({ path: `${s.pictures}/${file}` })
  await s.page.setViewportSize(size)
}

/** The second authentication: the password once more. */
export async function prove(s, password) {
  await s.page.waitForSelector('.el-dialog:visible input[type=password]')
  await s.page.fill('.el-dialog:visible input[type=password]', password)
  await s.page.keyboard.press('Enter')
}
