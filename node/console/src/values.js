// SPDX-License-Identifier: Apache-2.0
// Values as the node sends them and as people read and write them. Exact: money, area and rate are integers in text
// and BigInt here; a Number never touches them.

const INT64_MAX = (1n << 63n) - 1n

/** Why a text is no value of its kind; the message is for people. */
export class ValueFault extends Error {
  constructor(message) {
    super(message)
    this.name = 'ValueFault'
  }
}

const FULL_WIDTH = /[\uff01-\uff5e]/g

/** Full-width characters to their plain twins, every kind of blank out. */
function plain(text) {
  return String(text)
    .replace(FULL_WIDTH, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00a0\u3000]/g, '')
    .replace(/。/g, '.')
}

function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** An integer of 10^-scale units as decimal text; null stays empty. */
function formatScaled(value, scale, grouping) {
  if (value === null || value === undefined || value === '') return ''
  const units = BigInt(value)
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  return (units < 0n ? '-' : '') + (grouping ? grouped(whole) : whole) + (scale ? '.' + digits.slice(-scale) : '')
}

/** Decimal text to an integer of 10^-scale units, as text. Never rounds. */
function parseScaled(text, scale, words) {
  let s = plain(text)
  if (s === '') throw new ValueFault(`请填写${words.what}`)
  const negative = s.startsWith('-')
  if (negative) s = s.slice(1)
  if (!/^(\d+|\d{1,3}(,\d{3})+)(\.\d*)?$/.test(s)) throw new ValueFault(words.form)
  const [whole, fraction = ''] = s.replace(/,/g, '').split('.')
  if (fraction.slice(scale).replace(/0+$/, '') !== '') throw new ValueFault(words.precision)
  const units = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'))
  if (units > INT64_MAX) throw new ValueFault(`${words.what}过大`)
  return (negative && units !== 0n ? '-' : '') + units.toString()
}

export const formatMoney = (fen) => formatScaled(fen, 2, true)
export function parseMoney(text) {
  return parseScaled(String(text).replace(/^[\s\u3000]*[￥¥]/, '').replace(/元[\s\u3000]*$/, ''), 2, {
    what: '金额', form: '金额应写作 7149.60 或 7,149.60', precision: '金额最多两位小数（分）',
  })
}

export const formatArea = (centi) => formatScaled(centi, 2, true)
export function parseArea(text) {
  return parseScaled(String(text).replace(/(㎡|m2|m²|平方米)[\s\u3000]*$/i, ''), 2, {
    what: '面积', form: '面积应写作 89.37', precision: '面积最多两位小数',
  })
}

/** Millionths as percent without useless zeros: "3500" is "0.35 %". */
export function formatRate(millionths) {
  const s = formatScaled(millionths, 4, false)
  return s === '' ? '' : s.replace(/0{1,2}$/, '') + ' %'
}
export function parseRate(text) {
  return parseScaled(String(text).replace(/[%％][\s\u3000]*$/, ''), 4, {
    what: '利率', form: '利率按百分数填写，例如 0.35', precision: '利率最多四位小数（百分数）',
  })
}

/** part of whole in percent, half up to two decimals; no whole, no rate. */
export function formatRatio(part, whole) {
  const p = BigInt(part ?? 0)
  const w = BigInt(whole ?? 0)
  if (w === 0n) return '—'
  return formatScaled(roundedQuotient(p * 10000n, w), 2, true) + ' %'
}

function roundedQuotient(a, b) {
  const negative = (a < 0n) !== (b < 0n)
  const x = a < 0n ? -a : a
  const y = b < 0n ? -b : b
  const q = (2n * x + y) / (2n * y)
  return negative ? -q : q
}

/** now against earlier, in percent with its sign; nothing earlier, no comparison. */
export function formatChange(now, earlier) {
  if (earlier === null || earlier === undefined) return '—'
  const e = BigInt(earlier)
  if (e === 0n) return '—'
  const change = roundedQuotient((BigInt(now ?? 0) - e) * 10000n, e < 0n ? -e : e)
  return (change > 0n ? '+' : '') + formatScaled(change, 2, true) + ' %'
}

export function sum(values) {
  let total = 0n
  for (const v of values) if (v !== null && v !== undefined && v !== '') total += BigInt(v)
  return total.toString()
}

/** -1, 0, 1 for integers in text. */
export function compare(a, b) {
  const x = BigInt(a ?? 0)
  const y = BigInt(b ?? 0)
  return x < y ? -1 : x > y ? 1 : 0
}

/** For drawing only: a chart's pixels need a Number; the figure shown beside it is the exact text. */
export const chartNumber = (fen, scale) => Number(formatScaled(fen ?? 0, scale, false))

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const leap = (y) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
export const daysOfMonth = (y, m) => (m === 2 && leap(y) ? 29 : DAYS[m - 1])

/** The forms people write a day in, to YYYY-MM-DD. */
export function parseDate(text) {
  const s = plain(text)
  if (s === '') throw new ValueFault('请填写日期')
  const m = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(s) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(s)
  if (!m) throw new ValueFault('日期应写作 2026-11-23 或 20261123')
  const [y, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])]
  if (y < 1900 || month < 1 || month > 12 || day < 1 || day > daysOfMonth(y, month)) throw new ValueFault('没有这一天')
  return `${m[1]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

const EIGHT_HOURS_MS = 8 * 3600 * 1000

/** An instant in the business time of the whole country, UTC+8, whatever this machine's zone is. */
export function formatInstant(ms) {
  if (ms === null || ms === undefined || ms === '' || ms === '0') return ''
  return new Date(Number(ms) + EIGHT_HOURS_MS).toISOString().replace('T', ' ').slice(0, 19)
}
export const businessDay = (ms = Date.now()) => formatInstant(String(ms)).slice(0, 10)

/** 202611 as people read a month; 0 is none. */
export function formatMonth(key) {
  const s = String(key ?? '')
  return /^\d{6}$/.test(s) ? `${s.slice(0, 4)}-${s.slice(4)}` : s === '0' ? '' : s
}
/** The forms people write a month in, to the number the node keeps. */
export function parseMonth(text) {
  const s = plain(text)
  if (s === '') throw new ValueFault('请填写月份')
  const m = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(s) ?? /^(\d{4})(\d{2})$/.exec(s)
  if (!m) throw new ValueFault('月份应写作 2026-11 或 202611')
  if (Number(m[2]) < 1 || Number(m[2]) > 12) throw new ValueFault('没有这个月份')
  return Number(m[1]) * 100 + Number(m[2])
}

export function formatDuration(ms) {
  const seconds = Math.floor(Number(ms ?? 0) / 1000)
  if (seconds < 60) return `${seconds} 秒`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} 小时 ${Math.floor((seconds % 3600) / 60)} 分`
  return `${Math.floor(seconds / 86400)} 天 ${Math.floor((seconds % 86400) / 3600)} 小时`
}

export function formatSize(bytes) {
  const n = Number(bytes)
  if (n < 1024) return `${n} 字节`
  if (n < 1024 * 1024) return `${(n / 1024).toFixed(1)} KiB`
  return `${(n / 1024 / 1024).toFixed(1)} MiB`
}

export const formatCount = (n) => (n === null || n === undefined ? '' : formatScaled(n, 0, true))
