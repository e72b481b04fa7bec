// SPDX-License-Identifier: Apache-2.0
// The one way to the node. Answers are JSON; every failure becomes an ApiFault with the server's code and sentence.

export class ApiFault extends Error {
  constructor(status, error) {
    super(error.message)
    this.name = 'ApiFault'
    this.status = status
    this.code = error.code
    this.field = error.field ?? null
    this.clause = error.clause ?? null
    this.arguments = error.arguments ?? []
    this.incident = error.incident ?? null
  }
  /** The outcome is not known: the same key with the same input must be sent again. */
  get unknown() {
    return this.status === 0 || this.status === 408 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

const SENTENCES = {
  0: '连接不到服务器。请检查网络后重试。',
  401: '登录已失效，请重新登录。',
  403: '您没有办理此事的权限。',
  404: '没有找到这项内容。',
  413: '内容过大，服务器不接收。',
  429: '操作过于频繁，请稍后再试。',
  502: '服务暂时不可用，请稍后重试。',
  503: '服务正忙，请稍后重试。',
  504: '服务暂时没有应答，请稍后重试。',
}

let onExpired = () => {}
export function whenExpired(hear) {
  onExpired = hear
}

async function faultOf(response) {
  let error = null
  try {
    error = (await response.json()).error
  } catch {
    // not ours: a page of the front server
  }
  const code = error?.code ?? `http.${response.status}`
  const message = error?.message ?? SENTENCES[response.status] ?? `服务器应答异常（${response.status}）。`
  return new ApiFault(response.status, { ...error, code, message })
}

export async function request(method, path, { body, headers = {}, signal, quiet401 = false } = {}) {
  const options = { method, headers: { ...headers }, credentials: 'same-origin', signal, redirect: 'error' }
  if (method !== 'GET') options.headers['X-Fundnode'] = '1'
  if (body !== undefined) {
    options.headers['Content-Type'] = 'application/json'
    options.body = JSON.stringify(body)
  }
  let response
  try {
    response = await fetch(path, options)
  } catch (e) {
    if (e.name === 'AbortError') throw e
    throw new ApiFault(0, { code: 'console.offline', message: SENTENCES[0] })
  }
  if (!response.ok) {
    const fault = await faultOf(response)
    if (response.status === 401 && !quiet401) onExpired()
    throw fault
  }
  if (response.status === 204) return null
  try {
    return await response.json()
  } catch {
    throw new ApiFault(0, { code: 'console.garbled', message: '服务器的应答不完整，请重试。' })
  }
}

export const get = (path, options) => request('GET', path, options)
export const post = (path, body, options) => request('POST', path, { ...options, body })

/** 32 characters nobody else has; for idempotency. Works without a secure context and in old browsers. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
}

export function sendCommand(name, input, { key, proof } = {}) {
  const headers = { 'X-Idempotency-Key': key }
  if (proof) headers['X-Step-Up'] = proof
  return post('/api/command/' + encodeURIComponent(name), input, { headers })
}

/** Filters as the address holds them ("f.state") plus paging. */
export function readView(name, { filters = {}, limit = 50, after, order, sums, signal } = {}) {
  const params = new URLSearchParams()
  for (const [k, v] of Object.entries(filters)) if (v !== '' && v !== null && v !== undefined) params.set(k, v)
  params.set('limit', String(limit))
  if (after) params.set('after', after)
  if (order) params.set('order', order)
  if (sums) params.set('sums', '1')
  return get(`/api/view/${encodeURIComponent(name)}?${params}`, { signal })
}

const NARROW = 5000
/** Every row of a list with these columns only, as objects; for pictures of many rows. */
export async function readColumns(name, columns, { filters = {}, signal } = {}) {
  const rows = []
  let after = null
  do {
    const params = new URLSearchParams({ ...filters, columns: columns.join(','), limit: String(NARROW) })
    if (after) params.set('after', after)
    const answer = await get(`/api/view/${encodeURIComponent(name)}?${params}`, { signal })
    for (const row of answer.rows) rows.push(Object.fromEntries(answer.columns.map((c, i) => [c, row[i]])))
    after = answer.next
  } while (after)
  return rows
}

export function csvAddress(name, filters) {
  const params = new URLSearchParams()
  for (const [k, v] of Object.entries(filters)) if (v !== '') params.set(k, v)
  const tail = params.toString()
  return `/api/view/${encodeURIComponent(name)}.csv${tail ? '?' + tail : ''}`
}

const left = () => new DOMException('nobody waits for it any more', 'AbortError')

/** Sends a file with progress: XMLHttpRequest, because fetch tells nothing of what has left. */
export function upload(file, purpose, onProgress, { signal } = {}) {
  return new Promise((resolve, reject) => {
    const x = new XMLHttpRequest()
    signal?.addEventListener('abort', () => {
      x.abort()
      reject(left())
    })
    x.open('POST', `/api/upload?purpose=${encodeURIComponent(purpose)}&name=${encodeURIComponent(file.name)}`)
    x.setRequestHeader('X-Fundnode', '1')
    x.setRequestHeader('Content-Type', 'application/octet-stream')
    x.upload.onprogress = (e) => onProgress(e.loaded, e.lengthComputable ? e.total : file.size)
    x.onerror = () => reject(new ApiFault(0, { code: 'console.offline', message: SENTENCES[0] }))
    x.onload = () => {
      let answer = {}
      try {
        answer = JSON.parse(x.responseText)
      } catch {
        // not ours: a page of the front server
      }
      if (x.status >= 200 && x.status < 300 && answer.upload) return resolve(answer)
      if (x.status === 401) onExpired()
      const code = answer.error?.code ?? `http.${x.status}`
      const message = answer.error?.message ?? SENTENCES[x.status] ?? `服务器应答异常（${x.status}）。`
      return reject(new ApiFault(x.status, { ...answer.error, code, message }))
    }
    x.send(file)
  })
}

const FINAL = ['done', 'failed']
const REOPEN_MS = 2000

/** Follows a run to its end: the event stream says that something moved; the run itself says what. After signal nothing is heard. */
export function followRun(id, onState, { signal } = {}) {
  const path = '/api/runs/' + encodeURIComponent(id)
  return new Promise((resolve, reject) => {
    let source = null
    let settled = false
    const settle = (finish, value) => {
      if (settled) return
      settled = true
      source.close()
      finish(value)
    }
    const look = async () => {
      try {
        const run = await get(path, { signal })
        if (settled) return
        onState(run)
        if (FINAL.includes(run.state)) settle(resolve, run)
      } catch (e) {
        if (!(e instanceof ApiFault) || !e.unknown) settle(reject, e)
      }
    }
    const open = () => {
      if (settled) return
      source = new EventSource(path + '/events')
      source.onmessage = (e) => {
        if (settled) return
        const state = JSON.parse(e.data)
        onState(state)
        if (FINAL.includes(state.state)) look()
      }
      source.onerror = () => {
        /* a cut line is opened again by the browser, a refused one by us */
        if (source.readyState === EventSource.CLOSED) setTimeout(open, REOPEN_MS)
        look()
      }
    }
    signal?.addEventListener('abort', () => settle(reject, left()))
    open()
    look()
  })
}
