// SPDX-License-Identifier: Apache-2.0
// The diagram of a building as data: floors from the top down, units side by side, each apartment at one place of a grid.

const collator = new Intl.Collator('zh-CN', { numeric: true })
const byName = (a, b) => collator.compare(a, b)

/** 0 is no storey: those apartments stand below, under a heading of their own. */
const floorKey = (a) => a.floor_name || String(a.floor ?? 0)
export function floorLabel(floor, name) {
  if (name) return name
  if (!floor) return '未填'
  return floor < 0 ? `地下 ${-floor} 层` : `${floor} 层`
}
/** From the top down; without a storey last. */
function floorOrder(a, b) {
  if (!a.floor !== !b.floor) return a.floor ? -1 : 1
  return b.floor - a.floor || byName(a.label, b.label)
}

/**
 * { units: [{ id, name, from, span }], floors: [{ key, label, cells: [apartment | null] }], width }: every floor has a cell for each
 * column, a unit as many columns as its fullest floor has rooms.
 */
export function layout(apartments) {
  const units = new Map()
  const floors = new Map()
  for (const a of apartments) {
    if (!units.has(a.unit_id)) units.set(a.unit_id, { id: a.unit_id, name: a.unit_name, span: 0 })
    const key = floorKey(a)
    if (!floors.has(key)) floors.set(key, { key, floor: a.floor ?? 0, label: floorLabel(a.floor ?? 0, a.floor_name), rooms: new Map() })
    const rooms = floors.get(key).rooms
    if (!rooms.has(a.unit_id)) rooms.set(a.unit_id, [])
    rooms.get(a.unit_id).push(a)
  }
  const columns = Array.from(units.values()).sort((a, b) => byName(a.name, b.name))
  for (const floor of floors.values()) {
    for (const unit of columns) unit.span = Math.max(unit.span, floor.rooms.get(unit.id)?.length ?? 0)
  }
  let width = 0
  for (const unit of columns) {
    unit.from = width
    width += unit.span
  }
  const rows = Array.from(floors.values()).sort(floorOrder).map((floor) => {
    const cells = Array(width).fill(null)
    for (const unit of columns) {
      const rooms = (floor.rooms.get(unit.id) ?? []).sort((a, b) => byName(a.room_number, b.room_number))
      rooms.forEach((a, i) => (cells[unit.from + i] = a))
    }
    return { key: floor.key, label: floor.label, cells }
  })
  return { units: columns, floors: rows, width }
}

/** What the cell of an apartment says: the first mark that is not plain gives the colour, every mark its sign and word. */
export function faceOf(apartment, marks) {
  let tone = 'plain'
  const signs = []
  const words = []
  for (const mark of marks) {
    const state = mark.states[mark.of.get(apartment.id)]
    if (!state) continue
    if (tone === 'plain') tone = state.tone
    if (state.sign) signs.push(state.sign)
    words.push(state.label)
  }
  return { tone, signs: signs.join(''), words: words.join('，') }
}

/** Whether something is of the past by any of its marks. */
export const isGone = (apartment, marks) => marks.some((m) => m.states[m.of.get(apartment.id)]?.tone === 'gone')

/** The next cell with an apartment in a direction, or the same one: arrows jump over gaps. */
export function step(floors, at, key) {
  const [dr, dc] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key] ?? [0, 0]
  if (!dr && !dc) return at
  let [r, c] = at
  for (;;) {
    r += dr
    c += dc
    if (r < 0 || c < 0 || r >= floors.length || c >= floors[r].cells.length) return at
    if (floors[r].cells[c]) return [r, c]
  }
}
/** First or last apartment of a floor, or of the whole (with whole). */
export function edge(floors, row, last, whole) {
  const rows = whole ? (last ? floors.map((_, i) => i).reverse() : floors.map((_, i) => i)) : [row]
  for (const r of rows) {
    const columns = floors[r].cells.map((_, i) => i).filter((i) => floors[r].cells[i])
    if (columns.length) return [r, last ? columns[columns.length - 1] : columns[0]]
  }
  return null
}
/** Places whose room is what was typed, else begins with it: "1201", "1-1201" with the unit before it. */
export function findRoom(plan, text) {
  const word = text.normalize('NFKC').trim().toUpperCase()
  if (!word) return []
  const cut = word.lastIndexOf('-')
  const [unit, room] = cut > 0 ? [word.slice(0, cut).replace(/单元$/, ''), word.slice(cut + 1)] : ['', word]
  const hits = []
  plan.floors.forEach((floor, r) => floor.cells.forEach((a, c) => {
    if (!a) return
    const name = a.room_number.toUpperCase()
    if (name === word || (name === room && (!unit || a.unit_name.toUpperCase() === unit))) hits.unshift([r, c])
    else if (name.startsWith(room) && (!unit || a.unit_name.toUpperCase() === unit)) hits.push([r, c])
  }))
  return hits
}
