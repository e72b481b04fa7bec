// SPDX-License-Identifier: Apache-2.0
// Invented rows of the mock; the figures of the worked example of a county, a city and the nation.
const OFFICE = 510129n
export const id = (serial) => ((OFFICE << 32n) | BigInt(serial)).toString()
const AREAS = ['西岭雪苑', '静惠花园', '邛江新城一期', '子龙街公寓']
const ROOMS = [['1-1-101', '8937'], ['1-1-102', '8937'], ['1-1-201', '12055'], ['1-1-202', '6105'], ['1-2-101', '4500']]

export function makeData() {
  const areas = AREAS.map((name, i) => ({ id: id(i + 1), version: 1, office: 510129, property_area_id: id(i + 1), name, division: '510129', address: `晋原街道测试路 ${i + 1} 号`, nature: i === 3 ? 'public' : 'commodity', owed: '3242720', paid: '2167760' }))
  const apartments = []
  const notices = []
  for (let n = 0; n < 125; n++) {
    const [room, area] = ROOMS[n % 5]
    const owed = (BigInt(area) * 8000n / 100n).toString()
    const place = areas[Math.floor(n / 5) % 4]
    const roomNumber = n < 5 ? room : `${2 + Math.floor(n / 20)}-${1 + (n % 3)}-${101 + n}`
    apartments.push({ id: id(1000 + n), version: 1, property_area_id: place.id, area_name: place.name, room_number: roomNumber, covered_area: area, use_code: '10', owed, paid: '0', delivery_date: '2026-06-30' })
    notices.push({ id: id(5000 + n), version: 1, notice_number: `2026-${String(n + 1).padStart(6, '0')}`, apartment_id: id(1000 + n), area_name: place.name, room_number: roomNumber, amount: owed, issued_on: '2026-11-20', state: 'issued' })
  }
  const payments = [
    { id: id(9001), version: 1, notice_number: '2026-900001', area_name: AREAS[1], room_number: '9-1-901', amount: '964400', method: '01', bank_reference: 'T20261122001', value_date: '2026-11-22', operator_id: id(1), operator_name: '李登记', state: 'entered' },
    { id: id(9002), version: 1, notice_number: '2026-900002', area_name: AREAS[1], room_number: '9-1-902', amount: '714960', method: '01', bank_reference: 'T20261122002', value_date: '2026-11-22', operator_id: id(2), operator_name: '王审核', state: 'entered' },
  ]
  const persons = ['李登记', '王审核'].map((name, i) => ({ id: id(300 + i), person: id(1 + i), person_name: name, login: i ? 'reviewer' : 'clerk', locked: 0 }))
  const posts = [{ id: id(400), person: id(1), person_name: '李登记', kind: 'operator', valid_from: '2026-01-01', valid_to: null }]
  return { areas, apartments, notices, payments, persons, posts }
}

const stream = (name, head, sent, aside = 0, lagMs = '0') => ({ stream: name, epoch: '1', head: String(head), acknowledged: String(sent), landed: String(4 * sent), set_aside: String(aside), lag_batches: head - sent, lag_ms: lagMs, last_instant: '1795432283000', state: head > sent ? 'behind' : 'in_step', receipts: [] })
export const federation = {
  self: { office: 1, name: '国家住房资金监管中心（演示）', level: 'national' },
  tree: [
    { office: 51, name: '四川省', level: 'province', parent: 1, status: 'active', streams: [stream('facts', 182, 182)], silent: false },
    { office: 32, name: '江苏省', level: 'province', parent: 1, status: 'active', streams: [stream('facts', 164, 164)], silent: false },
    { office: 5101, name: '成都市', level: 'city', parent: 51, status: 'active', streams: [stream('facts', 122, 122), stream('supervision', 40, 40)], silent: false },
    { office: 510104, name: '锦江区', level: 'county', parent: 5101, status: 'active', streams: [stream('facts', 61, 61), stream('supervision', 20, 20, 3)], silent: false },
    { office: 510129, name: '大邑县', level: 'county', parent: 5101, status: 'active', streams: [stream('facts', 62, 61, 0, '185000'), stream('supervision', 21, 21)], silent: false },
    { office: 3201, name: '南京市', level: 'city', parent: 32, status: 'active', streams: [stream('facts', 88, 88)], silent: false },
    { office: 320102, name: '玄武区', level: 'county', parent: 3201, status: 'active', streams: [stream('facts', 88, 71, 0, '90061000')], silent: true },
  ],
}

const cell = (owed, paid, households) => ({ 'deposit.owed': owed, 'deposit.paid': paid, 'deposit.households': households })
const CHILDREN = {
  1: [['51', '四川省', cell('3486920', '2411960', '6')], ['32', '江苏省', cell('9120055000', '8011002233', '1320')]],
  51: [['5101', '成都市', cell('3486920', '2411960', '6')]],
  32: [['3201', '南京市', cell('9120055000', '8011002233', '1320')]],
  5101: [['510104', '锦江区', cell('244200', '244200', '1')], ['510129', '大邑县', cell('3242720', '2167760', '5')]],
  3201: [['320102', '玄武区', cell('9120055000', '8011002233', '1320')]],
}
const NAMES = { 1: ['国家住房资金监管中心（演示）', 'national'], 51: ['四川省', 'province'], 32: ['江苏省', 'province'], 5101: ['成都市', 'city'], 3201: ['南京市', 'city'], 510104: ['锦江区', 'county'], 510129: ['大邑县', 'county'], 320102: ['玄武区', 'county'] }
const PARENTS = { 51: 1, 32: 1, 5101: 51, 3201: 32, 510104: 5101, 510129: 5101, 320102: 3201 }

export function facts(params) {
  const office = Number(params.get('office') ?? 1)
  const by = params.get('by')
  const path = []
  for (let o = office; o; o = PARENTS[o]) path.unshift({ id: String(o), name: NAMES[o][0] })
  let rows = (CHILDREN[office] ?? []).map(([key, label, values]) => ({ key, label, has_children: Boolean(CHILDREN[key]), values, previous_year: null, previous_period: null }))
  if (!rows.length) rows = [{ key: String(office), label: NAMES[office][0], has_children: false, values: cell('3242720', '2167760', '5'), previous_year: null, previous_period: null }]
  const whole = rows.reduce((t, r) => {
    for (const k of Object.keys(r.values)) t[k] = (BigInt(t[k] ?? 0) + BigInt(r.values[k])).toString()
    return t
  }, {})
  if (by === 'month') {
    rows = Array.from({ length: 18 }, (_, i) => {
      const month = `${2025 + Math.floor((5 + i) / 12)}${String(((5 + i) % 12) + 1).padStart(2, '0')}`
      const owed = String(300000000 + 7654321 * ((i * 7) % 11))
      const paid = String(240000000 + 8765432 * ((i * 5) % 9))
      return { key: month, label: month, has_children: true, values: cell(owed, paid, String(40 + i)), previous_year: i > 11 ? cell(owed, '260000000', '40') : null, previous_period: i ? cell(owed, '255000000', '39') : null }
    })
  }
  if (by === 'phase') rows = [{ key: '1', label: '1', values: whole }, { key: '2', label: '2', values: cell('0', '0', '0') }]
  if (by === 'nature') rows = [{ key: '1', label: '1', values: whole }]
  const batches = federation.tree.filter((n) => n.level === 'county').map((n) => ({ office: String(n.office), stream: 'facts', epoch: 1, seq: Number(n.streams[0].head) }))
  return { office: { id: String(office), name: NAMES[office][0], level: NAMES[office][1] }, path, rows, total: { values: whole }, as_of: { instant: '1795432283000', batches } }
}

const hex = (n, length) => Array.from({ length }, (_, i) => ((n * 31 + i * 17) % 16).toString(16)).join('')
export function batches() {
  return { next: null, rows: Array.from({ length: 12 }, (_, i) => ({ office: '510129', stream: 'facts', epoch: '1', seq: String(61 - i), kind: i === 11 ? 2 : 1, instant: String(1795432283000 - i * 60000), rows: 4 + i, bytes: 900 + 37 * i, digest: hex(i + 3, 64) })) }
}
export function batch(seq) {
  const n = Number(seq)
  return {
    header: { format: 1, tree: hex(n + 5, 64), office: '510129', stream: 'facts', epoch: '1', seq, previous: hex(n, 64), kind: 1, chain_first: '411', chain_last: '418', rows: 8, sums: [{ record: 41, field: 11, sum: '2167760' }], chunks: [{ digest: hex(n + 8, 64), bytes: 812, raw: 1400 }], signature_algorithm: 1, digest_algorithm: 1, compression: 1, instant: '1795432283000' },
    digest: hex(n + 1, 64), signer: { office: '510129', name: '大邑县住房资金管理中心' }, signature: hex(9, 128), verified: true,
    acknowledgements: [['5101', '成都市'], ['51', '四川省'], ['1', '国家住房资金监管中心（演示）']].map(([office, name], i) => ({ office, name, epoch: '1', seq: String(61 - (i === 2 ? 1 : 0)), digest: hex(n + 1, 64), landed: '244', instant: String(1795432284000 + i * 900), set_aside: '0' })),
    set_aside: n % 2 ? [] : [{ record: 'payment', id: id(9001), version: '1', code: 'federation.reference', field: 'notice_id', open: true }],
  }
}

export const preview = {
  kind: 'building_table', encoding: 'GB18030', header_line: 2, rows: 6, accepted: 5, rejected: 1, warnings: 3, findings_total: 4, totals: [{ name: '建筑面积', value: '405.34' }],
  columns: [['幢号', 'building', '幢号'], ['单元', 'unit', '单元号'], ['房号', 'room_number', '房号'], ['建筑面积(㎡)', 'covered_area', '建筑面积'], ['业主姓名', 'owner', '业主'], ['证件号码', 'id_number', '证件号码'], ['备注', null, null]].map(([heading, field]) => ({ heading, field: field ?? '' })),
  sample: [['1', '1', '101', '89.37', '甲业主', '990000********0011', ''], ['1', '1', '102', '89.37', '乙业主', '990000********0022', ''], ['1', '1', '201', '120.55', '丙业主', '990000********0033', '']],
  findings: [{ line: 3, level: 'warning', code: 'NORMALISED', message: '全角字符已换成半角。', column: '房号', value: '１０１' }, { line: 8, level: 'reject', code: 'ID_CHECKSUM', message: '证件号码校验位不对，请对照证件原件更正。', column: '证件号码', value: '990000********0044' }],
}
