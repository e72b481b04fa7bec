// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { edge, faceOf, findRoom, floorLabel, isGone, layout, step } from '../../../modules/essential/console/diagram.js'

const at = (id, unit, room_number, floor) => ({ id, unit_id: `u${unit}`, unit_name: unit, room_number, floor })
const HOUSE = [at('1', '2', '101', 1), at('2', '1', '1001', 10), at('3', '1', '102', 1), at('4', '1', '101', 1), at('5', '1', 'B1', -1), at('6', '2', '铺面', 0), at('7', '10', '201', 2)]

describe('the diagram of a building [4.2.1.1]', () => {
  it('has floors from the top down, basements below, and those without a storey last', () => {
    expect(layout(HOUSE).floors.map((f) => f.label)).toEqual(['10 层', '2 层', '1 层', '地下 1 层', '未填'])
    expect(floorLabel(0, '夹层')).toBe('夹层')
  })
  it('has units in the order of their numbers, each as wide as its fullest floor', () => {
    const plan = layout(HOUSE)
    expect(plan.units.map((u) => [u.name, u.from, u.span])).toEqual([['1', 0, 2], ['2', 2, 1], ['10', 3, 1]])
    expect(plan.floors[2].cells.map((a) => a?.room_number ?? '')).toEqual(['101', '102', '101', ''])
    expect(plan.floors.every((f) => f.cells.length === plan.width)).toBe(true)
  })
  it('of nothing is empty', () => {
    expect(layout([])).toEqual({ units: [], floors: [], width: 0 })
    expect(edge([], 0, false, true)).toBe(null)
  })
  it('arrows jump over gaps and stop at the walls', () => {
    const { floors } = layout(HOUSE)
    expect(step(floors, [0, 0], 'ArrowDown')).toEqual([2, 0])
    expect(step(floors, [2, 2], 'ArrowRight')).toEqual([2, 2])
    expect(step(floors, [2, 2], 'ArrowDown')).toEqual([4, 2])
    expect(edge(floors, 2, true, false)).toEqual([2, 2])
    expect(edge(floors, 2, true, true)).toEqual([4, 2])
    expect(edge(floors, 2, false, true)).toEqual([0, 0])
  })
  it('finds a room, exactly first, in every unit, in full width too', () => {
    const plan = layout(HOUSE)
    const rooms = (text) => findRoom(plan, text).map(([r, c]) => plan.floors[r].cells[c].id).sort()
    expect(rooms('101')).toEqual(['1', '4'])
    expect(rooms('２－１０１')).toEqual(['1'])
    expect(rooms('10')).toEqual(['1', '2', '3', '4'])
    expect(rooms('b1')).toEqual(['5'])
    expect(rooms('')).toEqual([])
  })
  it('a cell has the colour of its first mark that is not plain, and the signs and words of all', () => {
    const house = { of: new Map([['1', 'normal'], ['2', 'split']]), states: { normal: { label: '正常', tone: 'plain', sign: '' }, split: { label: '已分割', tone: 'gone', sign: '分' } } }
    const paid = { of: new Map([['1', 'unpaid'], ['2', 'settled']]), states: { unpaid: { label: '未缴', tone: 'bad', sign: '欠' }, settled: { label: '已缴', tone: 'good', sign: '✓' } } }
    expect(faceOf({ id: '1' }, [house, paid])).toEqual({ tone: 'bad', signs: '欠', words: '正常，未缴' })
    expect(faceOf({ id: '2' }, [house, paid])).toEqual({ tone: 'gone', signs: '分✓', words: '已分割，已缴' })
    expect([isGone({ id: '1' }, [house, paid]), isGone({ id: '2' }, [house, paid])]).toEqual([false, true])
  })
})
