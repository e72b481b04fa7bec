// SPDX-License-Identifier: Apache-2.0
// A stand-in for a node, for work on the console and for its browser tests where no node is built: the shapes of docs/api.md
// over rows in memory. A tool of development; the product contains none of it.
//   node tests/browser/mock/server.mjs DIST [PORT]
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { batch, batches, facts, federation, id, makeData, preview } from './data.mjs'
import { describe, menu } from './registry.mjs'

export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }
const VIEWS = { 'essential.areas': 'areas', 'essential.apartments': 'apartments', 'deposit.notices': 'notices', 'deposit.payments': 'payments', 'deposit.areas': 'areas', 'identity.persons': 'persons', 'identity.posts': 'posts' }
const RECORDS = { property_area: 'areas', apartment: 'apartments', payment_notice: 'notices', payment: 'payments' }
const LOCK_AFTER = 5

class Refusal extends Error {
  constructor(status, code, message, field) {
    super(message)
    Object.assign(this, { status, code, field })
  }
}

export function makeMock(dist) {
  const data = makeData()
  const people = {
    clerk: { id: id(1), name: '李登记', password: 'Clerk-2026-demo', fresh: false },
    reviewer: { id: id(2), name: '王审核', password: 'Review-2026-demo', fresh: false },
    newcomer: { id: id(3), name: '赵新到', password: 'Once-2026-only', fresh: true },
    overseer: { id: id(4), name: '孙监管', password: 'Oversee-2026-demo', fresh: false, national: true },
  }
  const sessions = new Map()
  const failures = new Map()
  const answers = new Map()
  const imported = new Set()
  const runs = new Map()
  const proofs = new Set()
  const faults = { next503: 0 }
  let seq = 900

  function me(person) {
    return {
      person: { id: person.id, name: person.name, login: person.login }, office: person.national ? '1' : '510129', office_name: person.national ? '国家住房资金监管中心（演示）' : '大邑县住房资金管理中心',
      level: person.national ? 'national' : 'county', node_name: '演示节点', read_only: false, posts: [{ label: person.national ? '监管员' : '业务岗' }], must_change: person.fresh,
      commands: person.national ? ['federation.issue_code'] : Object.keys(describe.commands), views: Object.keys(describe.views), doors: ['facts.read', 'federation.read'], menu: person.national ? [] : menu,
    }
  }

  function filtered(name, params) {
    let rows = [...data[VIEWS[name] ?? ''] ?? []]
    const columns = describe.views[name].columns
    for (const [k, v] of params) {
      const m = /^f\.([a-z_0-9]+)(?:\.(min|max|has))?$/.exec(k)
      if (!m) continue
      const column = columns.find((x) => x.name === m[1] && (x.filter || x.name === 'id'))
      if (!column) throw new Refusal(400, 'node.bad_form', `不能按 ${m[1]} 查询`)
      const numeric = ['money', 'area', 'integer'].includes(column.kind)
      const cmp = (a) => (numeric ? Number(BigInt(a) - BigInt(v)) : a < v ? -1 : a > v ? 1 : 0)
      rows = rows.filter((r) => {
        const a = r[m[1]]
        if (m[2] === 'has') return String(a).includes(v)
        if (m[2] === 'min') return cmp(a) >= 0
        if (m[2] === 'max') return cmp(a) <= 0
        return column.kind === 'text' ? String(a).startsWith(v) : String(a) === v
      })
    }
    rows.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    if (describe.views[name].descending) rows.reverse()
    return rows
  }

  function readView(name, params) {
    if (!describe.views[name]) throw new Refusal(404, 'node.not_found', '没有找到，或不在您的办理范围内。')
    const rows = filtered(name, params)
    const limit = Number(params.get('limit') ?? 50)
    const after = params.get('after')
    const start = after ? rows.findIndex((r) => r.id === after) + 1 : 0
    const page = rows.slice(start, start + limit)
    const answer = { rows: page, next: start + limit < rows.length ? page[page.length - 1].id : null }
    if (params.get('sums') === '1') {
      answer.count = rows.length
      answer.sums = {}
      for (const x of describe.views[name].columns) if (x.sum) answer.sums[x.name] = rows.reduce((t, r) => t + BigInt(r[x.name]), 0n).toString()
    }
    return answer
  }

  const COMMANDS = {
    'deposit.enter_payment'(person, input) {
      const notice = data.notices.find((n) => n.id === input.notice_id)
      if (!notice) throw new Refusal(404, 'node.not_found', '没有找到，或不在您的办理范围内。')
      if (input.amount !== notice.amount) throw new Refusal(422, 'deposit.amount_differs', '实交金额与通知单不一致，请核对。', 'amount')
      notice.state = 'paid'
      const payment = { id: id(9100 + data.payments.length), version: 1, notice_number: notice.notice_number, area_name: notice.area_name, room_number: notice.room_number, amount: input.amount, method: input.method, bank_reference: input.bank_reference, value_date: input.value_date, operator_id: person.id, operator_name: person.name, state: 'entered' }
      data.payments.push(payment)
      return { payment_id: payment.id, notice_number: payment.notice_number, amount: payment.amount }
    },
    'deposit.post'(person, input) {
      const payment = data.payments.find((p) => p.id === input.payment_id)
      if (payment.operator_id === person.id) throw new Refusal(422, 'deposit.same_person', '经办人与审核人是同一人，不能审核自己登记的收款。请由另一人审核。', 'payment_id')
      payment.state = 'posted'
      return { payment_id: payment.id, number: 17 }
    },
    'essential.create_apartment'(person, input) {
      if (data.apartments.some((a) => a.room_number === input.room_number && a.property_area_id === input.property_area_id)) throw new Refusal(422, 'node.duplicate', '同一区域已有这个房号。', 'room_number')
      const area = data.areas.find((a) => a.id === input.property_area_id)
      const row = { id: id(2000 + data.apartments.length), version: 1, area_name: area.name, owed: '0', paid: '0', delivery_date: '', ...input }
      data.apartments.push(row)
      return { id: row.id }
    },
    'essential.change_area'(person, input) {
      data.areas.find((a) => a.id === input.id).name = input.name
      return { id: input.id }
    },
    'identity.set_post'(person, input) {
      if (input.person === person.id) throw new Refusal(422, 'identity.oneself', '不能为自己授予或变更权限，请由其他安全管理员办理。', 'person')
      data.posts.push({ id: id(401 + data.posts.length), person_name: data.persons.find((p) => p.person === input.person).person_name, valid_to: null, ...input })
      return { id: id(401) }
    },
    'federation.issue_code': () => ({ code: '7KQ4-M2XP-9D3R-VB6T' }),
  }

  /** Done, but the answer is lost. */
  function failWhenAsked() {
    if (faults.next503 === 0) return
    faults.next503--
    throw new Refusal(503, 'node.try_again', '系统繁忙或结果未明，请用原页面重试，不会重复记账。')
  }

  function runCommand(person, name, input, headers) {
    const key = headers['x-idempotency-key'] ?? ''
    if (!/^[A-Za-z0-9-]{16,64}$/.test(key)) throw new Refusal(400, 'node.bad_key', '缺少有效的防重复编号，未作任何改动。请刷新页面后重试。')
    const text = JSON.stringify(input)
    const known = answers.get(`${person.id} ${name} ${key}`)
    if (known) {
      if (known.text !== text) throw new Refusal(409, 'node.moved_on', '同一编号的内容不同。')
      failWhenAsked()
      return { ...known.answer, repeated: true }
    }
    if (describe.commands[name]?.step_up && !proofs.delete(headers['x-step-up'])) throw new Refusal(403, 'node.step_up', '此操作须再次验证身份，请输入密码后继续。')
    for (const f of describe.records[describe.commands[name]?.input]?.fields ?? []) {
      if (f.kind === 'bool' && input[f.name] !== undefined && typeof input[f.name] !== 'boolean') throw new Refusal(400, 'node.bad_form', `“${f.label}”的格式不正确，请按该项“?”中的例子改正。`, f.name)
    }
    const answer = { output: COMMANDS[name](person, input), seq: String(++seq) }
    answers.set(`${person.id} ${name} ${key}`, { text, answer })
    failWhenAsked()
    return answer
  }

  function login(body) {
    const failed = failures.get(body.login) ?? 0
    if (failed >= LOCK_AFTER) throw new Refusal(429, 'node.too_many', '连续输错，账号已锁定 15 分钟。')
    const person = people[body.login]
    if (!person || person.password !== body.password) {
      failures.set(body.login, failed + 1)
      throw new Refusal(401, 'node.wrong_login', '登录名或密码不正确。')
    }
    failures.delete(body.login)
    const token = `t${Math.random().toString(36).slice(2)}`
    sessions.set(token, { ...person, login: body.login })
    return [{ person: { id: person.id, name: person.name }, must_change: person.fresh }, token]
  }

  function preparedRun(result, after) {
    const run = id(7000 + runs.size)
    runs.set(run, { looks: 0, result, after })
    return run
  }
  function runState(run) {
    const r = runs.get(run)
    r.looks++
    if (r.looks < 3) return { state: 'running', done: r.looks * 2, total: 6, message: '正在核对' }
    if (r.looks === 3) r.after?.()
    return { state: 'done', done: 6, total: 6, message: '', result: r.result }
  }

  async function api(req, url, body) {
    const path = url.pathname.slice('/api'.length)
    const params = url.searchParams
    const token = /(?:^|; )fundnode-mock=([a-z0-9]+)/.exec(req.headers.cookie ?? '')?.[1]
    const session = sessions.get(token)
    if (req.method !== 'GET' && req.headers['x-fundnode'] !== '1') throw new Refusal(403, 'node.foreign_page', '请求不是由本系统页面发出的，已拒绝。')
    if (path === '/mock/503') {
      faults.next503 = Number(params.get('times') ?? 1)
      return [204, null]
    }
    if (path === '/login') {
      const [answer, fresh] = login(body)
      return [200, answer, { 'Set-Cookie': `fundnode-mock=${fresh}; Path=/; HttpOnly; SameSite=Strict` }]
    }
    if (!session) throw new Refusal(401, 'node.not_logged_in', '尚未登录或登录已失效，请重新登录。已填内容不会丢失。')
    const person = people[session.login]
    person.login = session.login
    if (path === '/logout') return sessions.delete(token), [204, null]
    if (path === '/me') return [200, me(person)]
    if (path === '/password') {
      if (body.old !== person.password) throw new Refusal(422, 'node.wrong_login', '当前密码不正确。', 'old')
      person.password = body.new
      person.fresh = false
      return [204, null]
    }
    if (person.fresh) throw new Refusal(403, 'node.must_change', '首次登录须先更改密码。')
    if (path === '/describe') return [200, describe]
    if (path === '/setup') return [200, { steps: [] }]
    if (path === '/find') return [200, { text: params.get('text'), groups: [] }]
    if (path === '/sessions') return [200, { sessions: [{ id: '1', created: '1795432283000', last_seen: '1795435883000', address: '127.0.0.1', agent: 'Chromium', current: true }, { id: '2', created: '1795332283000', last_seen: '1795335883000', address: '10.0.0.8', agent: 'Chrome 86', current: false }] }]
    if (path === '/factors') return [200, { factors: [], requests: [] }]
    if (path === '/sessions/end') return [204, null]
    if (path === '/step-up') {
      if (body.password !== person.password) throw new Refusal(422, 'node.wrong_login', '密码不正确。', 'password')
      const proof = `p${proofs.size}${Date.now()}`
      proofs.add(proof)
      return [200, { proof }]
    }
    if (path === '/desk') return [200, req.method === 'GET' ? { items: [], posts: [] } : { id: id(5000) }]
    if (path === '/desk/drop') return [204, null]
    if (path === '/names') return [200, { names: Object.fromEntries(Object.values(people).map((p) => [p.id, p.name]).filter(([i]) => params.get('persons').split(',').includes(i))) }]
    if (path.startsWith('/command/')) return [200, runCommand(person, decodeURIComponent(path.slice(9)), body, req.headers)]
    if (req.method === 'POST' && path.startsWith('/paper/')) return [200, { paper: path.split('/')[2], size: 15 }]
    if (path.startsWith('/view/')) return [200, readView(decodeURIComponent(path.slice(6)), params)]
    if (path.startsWith('/record/')) {
      const [, , name, rowId] = path.split('/')
      const row = data[RECORDS[name] ?? '']?.find((r) => r.id === rowId)
      if (!row) throw new Refusal(404, 'node.not_found', '没有找到，或不在您的办理范围内。')
      return [200, { row, history: [{ seq: '812', instant: '1795432283000', person: { id: id(1), name: '李登记' }, command: 'essential.change_area', reason: '名称更正', before: { ...row, name: '旧名称' }, after: row }, { seq: '401', instant: '1795402283000', person: { id: id(2), name: '王审核' }, command: 'essential.create_area', before: null, after: { ...row, name: '旧名称' } }] }]
    }
    if (path === '/facts') return [200, facts(params)]
    if (path === '/federation') return [200, federation]
    if (path === '/federation/batches') return [200, batches()]
    if (path.startsWith('/federation/batch/')) return [200, batch(path.split('/').pop())]
    if (path === '/upload') return [200, { upload: 'u1', name: params.get('name') ?? '', size: String(body?.length ?? 0), digest: String(body ?? '') }]
    if (path === '/import/preview') return [200, { run: preparedRun({ ...preview, ...(imported.size ? { known: { instant: '1795432283000', person: id(1), file: '楼盘表.csv' } } : {}) }) }]
    if (path === '/import/apply') return [200, { run: preparedRun({ ...preview, created: imported.size ? 0 : 5, changed: 0, unchanged: imported.size ? 5 : 0 }, () => imported.add('file')) }]
    if (/^\/runs\/\d+$/.test(path)) return [200, runState(path.split('/')[2])]
    throw new Refusal(404, 'node.not_found', '没有找到，或不在您的办理范围内。')
  }

  async function bodyOf(req) {
    const parts = []
    for await (const part of req) parts.push(part)
    const text = Buffer.concat(parts).toString()
    if (req.headers['content-type'] !== 'application/json') return text
    return text === '' ? null : JSON.parse(text)
  }

  return createServer(async (req, res) => {
    const url = new URL(req.url, 'http://mock')
    const common = { 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' }
    try {
      if (req.method === 'GET' && url.pathname.startsWith('/api/paper/')) {
        res.writeHead(200, { ...common, 'Content-Type': 'application/pdf', 'Content-Disposition': 'attachment; filename="paper.pdf"' })
        return res.end('%PDF-1.4\n%%EOF\n')
      }
      if (/^\/api\/runs\/\d+\/events$/.test(url.pathname)) {
        res.writeHead(200, { ...common, 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
        const run = url.pathname.split('/')[3]
        let state
        do {
          state = runState(run)
          res.write(`data: ${JSON.stringify({ state: state.state, done: state.done, total: state.total, message: state.message })}\n\n`)
        } while (state.state !== 'done')
        return res.end()
      }
      if (url.pathname.startsWith('/api/')) {
        const [status, answer, more = {}] = await api(req, url, await bodyOf(req))
        res.writeHead(status, { ...common, 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...more })
        return res.end(answer === null ? undefined : JSON.stringify(answer))
      }
      const path = normalize(url.pathname === '/' ? '/index.html' : url.pathname)
      const bytes = await readFile(join(dist, path))
      res.writeHead(200, { ...common, 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' })
      return res.end(bytes)
    } catch (e) {
      const known = e instanceof Refusal
      const status = known ? e.status : e.code === 'ENOENT' ? 404 : 500
      res.writeHead(status, { ...common, 'Content-Type': 'application/json' })
      return res.end(JSON.stringify({ error: { code: known ? e.code : 'node.incident', message: known ? e.message : String(e), field: e.field ?? null } }))
    }
  })
}

if (process.argv[1]?.endsWith('server.mjs')) {
  const server = makeMock(process.argv[2] ?? 'node/console/dist')
  server.listen(Number(process.argv[3] ?? 0), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`))
}
