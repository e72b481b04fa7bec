// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { arrange, shapeFrom } from '../src/desk.js'
import { editText, inputFromRow } from '../src/registry.js'

const COLUMNS = [{ name: 'id', hidden: true }, { name: 'a' }, { name: 'b' }, { name: 'c' }]
const names = (list) => list.map((c) => c.name)

describe('columns as somebody wants them', () => {
  it('keeps the order of the node without a wish', () => {
    expect(names(arrange(COLUMNS, {}))).toEqual(['a', 'b', 'c'])
  })
  it('follows order, choice and width; what is new comes last; what is gone is passed over', () => {
    const got = arrange(COLUMNS, { columns: [{ name: 'c', width: 90 }, { name: 'gone' }, { name: 'a', hidden: true }] })
    expect(names(got)).toEqual(['c', 'a', 'b'])
    expect(got.map((c) => [c.off, c.width])).toEqual([[false, 90], [true, undefined], [false, undefined]])
    expect(shapeFrom(got, 100)).toEqual({ columns: [{ name: 'c', width: 90 }, { name: 'a', hidden: true }, { name: 'b' }], limit: 100 })
  })
})

describe('what a row says to a form', () => {
  const describe_ = {
    records: { owner: { shape: 'register', fields: [] }, change: { fields: [{ name: 'id', kind: 'id', required: true }, { name: 'name', kind: 'text', private: true }, { name: 'kind', kind: 'text' }] } },
    commands: { 'x.change_owner': { input: 'change' } }, views: { 'x.owners': { columns: [{ name: 'id', kind: 'id' }, { name: 'name', kind: 'text' }, { name: 'kind', kind: 'text' }] } },
  }
  it('never the mask of a private value', () => {
    expect(inputFromRow('x.change_owner', 'x.owners', { id: '5', name: '张*', kind: 'person' }, describe_)).toEqual({ id: '5', kind: 'person' })
  })
  it('yes and no as the box holds them', () => {
    for (const [value, text] of [[true, '1'], ['true', '1'], ['1', '1'], [false, '0'], ['false', '0'], ['', '0']]) expect(editText({ kind: 'bool' }, value)).toBe(text)
  })
})
