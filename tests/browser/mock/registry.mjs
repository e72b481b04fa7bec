// SPDX-License-Identifier: Apache-2.0
// What the mock describes of itself: the shapes of docs/api.md with a few records, enough for every page.
const PAYMENT_STATES = [
  { name: 'entered', label: '待审核' }, { name: 'posted', label: '已入账' }, { name: 'refused', label: '已退回' }, { name: 'void', label: '已作废' }, { name: 'reversed', label: '已冲正' },
]
const NOTICE_STATES = [{ name: 'issued', label: '已出单' }, { name: 'paid', label: '已交款' }, { name: 'void', label: '已作废' }]
const NATURES = [{ name: 'commodity', label: '商品住宅' }, { name: 'public', label: '已售公有住房' }]
const f = (name, label, kind, more = {}) => ({ name, label, kind, required: false, ...more })
const c = (name, label, kind, more = {}) => ({ name, label, kind, filter: false, ...more })
const MUST = { required: true }

export const describe = {
  records: {
    property_area: { label: '物业区域', clause: '4.2.1', fields: [
      f('name', '区域名称', 'text', { ...MUST, max: 100 }), f('division', '行政区划代码', 'text', { ...MUST, max: 12, help: '6、9 或 12 位行政区划代码', clause: '4.2.1.1' }),
      f('address', '坐落', 'text', { max: 200 }), f('nature', '住宅性质', 'state', { states: NATURES, help: '商品住宅与已售公有住房分账套核算' }),
    ] },
    apartment: { label: '分户', clause: '2.0.5', fields: [
      f('property_area_id', '物业区域', 'id', { ...MUST, references: 'property_area' }), f('room_number', '房号', 'text', { ...MUST, max: 32 }),
      f('covered_area', '建筑面积', 'area', MUST), f('use_code', '房屋用途', 'code', { ...MUST, codes: 'house_use' }), f('delivery_date', '交付日期', 'date'),
    ] },
    payment_notice: { label: '交款通知单', clause: '5.1.3', fields: [
      f('notice_number', '通知单号', 'text', MUST), f('apartment_id', '分户', 'id', { references: 'apartment' }), f('amount', '应交金额', 'money', MUST),
      f('issued_on', '出单日期', 'date'), f('state', '状态', 'state', { states: NOTICE_STATES }),
    ] },
    payment: { label: '交款', number: 41, clause: '5.1.3', fields: [
      f('notice_number', '通知单号', 'text'), f('amount', '实交金额', 'money', { number: 11 }), f('method', '交款方式', 'code', { codes: 'pay_method' }), f('bank_reference', '银行流水号', 'text'),
      f('value_date', '到账日期', 'date'), f('operator_id', '经办人', 'id', { references: 'person' }), f('state', '状态', 'state', { states: PAYMENT_STATES }), f('accounting_date', '财务日期', 'date'),
    ] },
    create_apartment: { label: '新增分户', fields: [
      f('property_area_id', '物业区域', 'id', { ...MUST, references: 'property_area', clause: '4.2.1.1' }), f('room_number', '房号', 'text', { ...MUST, max: 32, help: '例如 1201', clause: '4.2.1.1' }),
      f('covered_area', '建筑面积', 'area', { ...MUST, help: '房产测绘面积，两位小数', clause: '4.2.1.1' }), f('use_code', '房屋用途', 'code', { ...MUST, codes: 'house_use' }), f('per_m2', '每平方米金额', 'money'),
      f('rate', '年利率', 'rate'), f('delivery_date', '交付日期', 'date'), f('elevator', '有电梯', 'bool'), f('owners', '业主', 'lines', { lines: 'owner_share' }),
    ] },
    owner_share: { label: '业主份额', fields: [f('name', '姓名', 'text', MUST), f('share', '份额', 'integer', MUST)] },
    change_area: { label: '变更物业区域', fields: [f('id', '物业区域', 'id', MUST), f('version', '版本', 'integer', MUST), f('name', '区域名称', 'text', { ...MUST, max: 100 }), f('reason', '事由', 'text', MUST)] },
    enter_payment: { label: '收款登记', fields: [
      f('notice_id', '交款通知单', 'id', { references: 'payment_notice' }), f('notice_number', '通知单号', 'text', { max: 30 }), f('amount', '实交金额', 'money', { ...MUST, help: '须与应交金额一致', clause: '5.1.3' }), f('method', '交款方式', 'code', { ...MUST, codes: 'pay_method' }),
      f('bank_reference', '银行流水号', 'text', { ...MUST, max: 60 }), f('value_date', '到账日期', 'date', MUST),
    ] },
    post_payment: { label: '审核入账', fields: [f('payment_id', '交款', 'id', { ...MUST, references: 'payment' })] },
    'identity.post_input': { label: '任命岗位', shape: 'value', fields: [f('person', '人员', 'id', { ...MUST, references: 'person' }), f('kind', '岗位', 'code', { ...MUST, codes: 'post_kind' }), f('valid_from', '起始日期', 'date', MUST), f('valid_to', '终止日期', 'date')] },
    person: { label: '人员', shape: 'register', fields: [f('name', '姓名', 'text', MUST)] },
    created: { label: '结果', fields: [f('id', '编号', 'id')] },
    invite: { label: '接入码', fields: [f('office', '机构号', 'integer', MUST), f('name', '机构名称', 'text', MUST)] },
    invited: { label: '接入码', fields: [f('code', '接入码', 'text')] },
  },
  commands: {
    'essential.create_apartment': { label: '新增分户', clause: '4.2.1', input: 'create_apartment', output: 'created', step_up: false },
    'essential.change_area': { label: '变更', clause: '4.2.1', input: 'change_area', output: 'created', step_up: true },
    'deposit.enter_payment': { label: '收款登记', clause: '5.1.3', input: 'enter_payment', output: 'payment', step_up: false },
    'deposit.post': { label: '审核入账', clause: '5.1.3', input: 'post_payment', output: 'payment', step_up: false },
    'identity.set_post': { label: '任命岗位', clause: '14.4.3', input: 'identity.post_input', output: 'created', step_up: true },
    'federation.issue_code': { label: '签发接入码', clause: '17.1', input: 'invite', output: 'invited', step_up: false },
  },
  views: {
    'essential.areas': { label: '物业区域', clause: '4.2.1', columns: [c('id', '编号', 'id', { hidden: true }), c('name', '区域名称', 'text', { filter: true, contains: true, link: 'property_area' }), c('division', '行政区划代码', 'text', { filter: true }), c('address', '坐落', 'text'), c('nature', '住宅性质', 'state', { filter: true, states: NATURES })], actions: ['essential.change_area'] },
    'essential.apartments': { label: '分户', clause: '4.2.1', columns: [c('id', '编号', 'id', { hidden: true, filter: true }), c('property_area_id', '物业区域编号', 'id', { hidden: true, filter: true }), c('area_name', '物业区域', 'text', { filter: true, contains: true }), c('room_number', '房号', 'text', { filter: true, link: 'apartment' }), c('covered_area', '建筑面积（㎡）', 'area', { filter: true, sum: true }), c('use_code', '用途', 'code', { filter: true, codes: 'house_use' }), c('owed', '应交（元）', 'money', { filter: true, sum: true }), c('paid', '已交（元）', 'money', { sum: true }), c('delivery_date', '交付日期', 'date', { filter: true })], actions: [] },
    'deposit.notices': { label: '交款通知单', clause: '5.1.3', columns: [c('id', '编号', 'id', { hidden: true, filter: true }), c('notice_number', '通知单号', 'text', { filter: true, link: 'payment_notice' }), c('area_name', '物业区域', 'text', { filter: true, contains: true }), c('room_number', '房号', 'text', { filter: true }), c('amount', '应交金额（元）', 'money', { filter: true, sum: true }), c('issued_on', '出单日期', 'date', { filter: true }), c('state', '状态', 'state', { filter: true, states: NOTICE_STATES })], actions: [] },
    'deposit.payments': { label: '交款记录', clause: '5.1.3', columns: [c('id', '编号', 'id', { hidden: true, filter: true }), c('notice_number', '通知单号', 'text', { filter: true, link: 'payment' }), c('area_name', '物业区域', 'text', { filter: true, contains: true }), c('room_number', '房号', 'text', { filter: true }), c('amount', '实交金额（元）', 'money', { filter: true, sum: true }), c('method', '方式', 'code', { codes: 'pay_method' }), c('bank_reference', '银行流水号', 'text', { filter: true }), c('value_date', '到账日期', 'date', { filter: true }), c('operator_id', '经办人编号', 'id', { hidden: true }), c('operator_name', '经办人', 'text'), c('state', '状态', 'state', { filter: true, states: PAYMENT_STATES })], actions: ['deposit.post'], descending: true },
    'deposit.areas': { label: '各区域交存情况', clause: '5.2.1', columns: [c('id', '编号', 'id', { hidden: true }), c('office', '机构', 'integer', { hidden: true, filter: true }), c('property_area_id', '区域', 'id', { hidden: true, filter: true }), c('name', '物业区域', 'text', { filter: true, link: 'essential.apartments' }), c('owed', '应交（元）', 'money', { sum: true }), c('paid', '已交（元）', 'money', { sum: true })], actions: [] },
    'identity.persons': { label: '人员与登录名', clause: '14.4.1', columns: [c('id', '编号', 'id', { hidden: true, filter: true }), c('person', '人员编号', 'id', { hidden: true, filter: true }), c('person_name', '姓名', 'text', { filter: true }), c('login', '登录名', 'text', { filter: true }), c('locked', '已锁定', 'bool', { filter: true })], actions: ['identity.set_post'] },
    'identity.posts': { label: '任职', clause: '14.4.3', columns: [c('id', '编号', 'id', { hidden: true, filter: true }), c('person', '人员编号', 'id', { hidden: true, filter: true }), c('person_name', '姓名', 'text', { filter: true }), c('kind', '岗位', 'code', { codes: 'post_kind', filter: true }), c('valid_from', '起始日期', 'date', { filter: true }), c('valid_to', '终止日期', 'date', { filter: true })], actions: [] },
    'federation.enrolments': { label: '接入申请', clause: '17.1', columns: [c('id', '编号', 'id', { hidden: true }), c('name', '机构', 'text'), c('fingerprint', '公钥指纹', 'text'), c('state', '状态', 'state', { states: [{ name: 'proved', label: '待批准' }] })], actions: [] },
  },
  codes: {
    post_kind: [{ code: 'system', label: '系统管理员' }, { code: 'security', label: '安全管理员' }, { code: 'audit', label: '审计管理员' }, { code: 'operator', label: '经办' }, { code: 'reviewer', label: '复核' }, { code: 'accountant', label: '会计' }, { code: 'supervisor', label: '监管' }],
    house_use: [{ code: '10', label: '住宅' }, { code: '20', label: '商业' }, { code: '30', label: '车位' }],
    pay_method: [{ code: '01', label: '银行转账' }, { code: '02', label: 'POS 刷卡' }, { code: '03', label: '柜台缴存' }],
  },
  errors: { 'federation.reference': { sentence: '引用的行不存在', clause: '17.2.2' } },
  panels: [{ record: 'property_area', view: 'essential.apartments', column: 'property_area_id' }],
  measures: { 'deposit.owed': { label: '应交', kind: 'money' }, 'deposit.paid': { label: '实交', kind: 'money' }, 'deposit.households': { label: '户数', kind: 'integer' } },
  ratios: { 'deposit.rate': { label: '交存率', numerator: 'deposit.paid', denominator: 'deposit.owed' } },
}

export const menu = [
  { group: '基础信息', items: [{ label: '物业区域', view: 'essential.areas' }, { label: '分户', view: 'essential.apartments' }] },
  { group: '资金交存', items: [{ label: '交款通知单', view: 'deposit.notices' }, { label: '交款记录', view: 'deposit.payments' }] },
]
