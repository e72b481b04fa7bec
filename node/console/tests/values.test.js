// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import {
  ValueFault, chartNumber, compare, formatArea, formatChange, formatCount, formatDuration, formatInstant, formatMoney, formatMonth, formatRate, formatRatio,
  parseArea, parseDate, parseMoney, parseMonth, parseRate, sum,
} from '../src/values.js'

describe('money', () => {
  it.each([
    ['714960', '7,149.60'], ['0', '0.00'], ['5', '0.05'], ['-5', '-0.05'], ['-123456789', '-1,234,567.89'], ['100000000', '1,000,000.00'],
    ['9223372036854775807', '92,233,720,368,547,758.07'], ['-9223372036854775807', '-92,233,720,368,547,758.07'], ['90071992547409931', '900,719,925,474,099.31'],
  ])('%s fen is written %s', (fen, text) => {
    expect(formatMoney(fen)).toBe(text)
    expect(parseMoney(text)).toBe(fen)
  })
  it.each([
    ['7149.6', '714960'], ['7149', '714900'], [' 7,149.60 元', '714960'], ['￥7149.60', '714960'], ['¥12', '1200'], ['７１４９．６０', '714960'], ['7149.600', '714960'], ['00.10', '10'], ['-0', '0'], ['7149.', '714900'],
  ])('%s is read', (text, fen) => expect(parseMoney(text)).toBe(fen))
  it.each(['', ' ', 'abc', '1.005', '1,23.00', '12,34,567', '1e5', '0x10', '.5', '1.2.3', '--1', '1万', '92233720368547758.08', 'Infinity', '1_000'])('%j is refused', (text) => {
    expect(() => parseMoney(text)).toThrow(ValueFault)
  })
  it('nothing stays nothing', () => {
    for (const v of [null, undefined, '']) expect(formatMoney(v)).toBe('')
  })
  it('sums beyond 2^53 exactly', () => {
    expect(sum(['9007199254740993', '1', null, undefined, ''])).toBe('9007199254740994')
    expect(sum([])).toBe('0')
  })
  it('compares beyond 2^53 exactly', () => {
    expect(compare('9007199254740993', '9007199254740992')).toBe(1)
    expect(compare('-1', '0')).toBe(-1)
    expect(compare('7', 7)).toBe(0)
  })
})

describe('area and rate', () => {
  it('area has two decimals', () => {
    expect(formatArea('8937')).toBe('89.37')
    expect(parseArea('89.37㎡')).toBe('8937')
    expect(parseArea('８９．３７ 平方米')).toBe('8937')
    expect(() => parseArea('89.375')).toThrow(ValueFault)
  })
  it('rate is millionths shown as percent', () => {
    expect(formatRate('3500')).toBe('0.35 %')
    expect(formatRate('15000')).toBe('1.50 %')
    expect(formatRate('3575')).toBe('0.3575 %')
    expect(formatRate('3570')).toBe('0.357 %')
    expect(parseRate('0.35%')).toBe('3500')
    expect(parseRate('1.5')).toBe('15000')
    expect(() => parseRate('0.00001')).toThrow(ValueFault)
  })
})

describe('ratio', () => {
  it.each([
    ['2167760', '3242720', '66.85 %'], ['244200', '244200', '100.00 %'], ['2411960', '3486920', '69.17 %'], ['2771960', '3486920', '79.50 %'],
    ['0', '100', '0.00 %'], ['5', '100000', '0.01 %'], ['4', '100000', '0.00 %'], ['-5', '100000', '-0.01 %'], ['1', '0', '—'], ['9223372036854775807', '1', '922,337,203,685,477,580,700.00 %'],
  ])('%s of %s is %s', (part, whole, text) => expect(formatRatio(part, whole)).toBe(text))
  it('change against an earlier figure', () => {
    expect(formatChange('110', '100')).toBe('+10.00 %')
    expect(formatChange('90', '100')).toBe('-10.00 %')
    expect(formatChange('100', '100')).toBe('0.00 %')
    expect(formatChange('100', '0')).toBe('—')
    expect(formatChange('100', undefined)).toBe('—')
    expect(formatChange('-50', '-100')).toBe('+50.00 %')
  })
})

describe('dates', () => {
  it.each([
    ['2026-11-23', '2026-11-23'], ['20261123', '2026-11-23'], ['2026/1/5', '2026-01-05'], ['2026.1.5', '2026-01-05'], ['2026年1月5日', '2026-01-05'], ['２０２６－０１－０５', '2026-01-05'], ['2024-02-29', '2024-02-29'], ['2000-2-29', '2000-02-29'],
  ])('%s is %s', (text, day) => expect(parseDate(text)).toBe(day))
  it.each(['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '23.11.2026', '2026-11', '', '20261', '1899-12-31'])('%j is refused', (text) => {
    expect(() => parseDate(text)).toThrow(ValueFault)
  })
  it.each([['2026-11', 202611], ['202611', 202611], ['2026/1', 202601], ['2026年1月', 202601], ['２０２６－１１', 202611]])('%s is the month %s', (text, month) => expect(parseMonth(text)).toBe(month))
  it.each(['2026-13', '202600', '2026-11-23', '', '26-11'])('%j is no month', (text) => {
    expect(() => parseMonth(text)).toThrow(ValueFault)
  })
  it('an instant is told in UTC+8, whatever zone this machine has', () => {
    expect(formatInstant('1795432283000')).toBe(new Date(1795432283000 + 28800000).toISOString().replace('T', ' ').slice(0, 19))
    expect(formatInstant('57600000')).toBe('1970-01-02 00:00:00')
    expect(formatInstant('0')).toBe('')
    expect(formatInstant(null)).toBe('')
  })
  it('months, spans, counts', () => {
    expect(formatMonth('202601')).toBe('2026-01')
    expect(formatMonth(202612)).toBe('2026-12')
    expect(formatMonth(0)).toBe('')
    expect(formatDuration('185000')).toBe('3 分 5 秒')
    expect(formatDuration('90061000')).toBe('1 天 1 小时')
    expect(formatCount('1234567')).toBe('1,234,567')
    expect(chartNumber('714960', 2)).toBe(7149.6)
  })
})
