import { KIND_SHEETS, type Kind } from '@zhidu/contract'
import {
  CATEGORIES,
  ELEMENTS,
  FINDINGS,
  LEVELS,
  localDateOf,
  MISREPORT_KINDS,
  type PlainDate,
  toLocalIso,
  toPlainDate,
} from '@zhidu/domain'
import { CLOSED, MOVED, NOW, parentOf, TODAY, UNIT_CODES } from './tree.ts'

type Cells = Readonly<Record<string, string>>

/** A row of a file, with the unit and the day by which it is inside or outside somebody's subtree. */
export interface Row {
  readonly kind: Kind
  readonly unitCode: string
  readonly day: PlainDate
  readonly cells: Cells
}

const MINUTE = 60_000
const DAY = 86_400_000
const TIER = ['province', 'city', 'county', 'township'] as const
const GROUPS = ['省本级', '市组', '县组', '乡镇组'] as const
/** First days of the quarters that hold facts. */
const QUARTERS = ['2026-04-01', '2026-07-01', '2026-10-01'] as const
/** Events that several units reported, near and far from each other. */
export const SHARED_EVENTS = ['E-SHARED-1', 'E-SHARED-2'] as const

function isShared(eventCode: string | undefined): boolean {
  return SHARED_EVENTS.some((one) => one === eventCode)
}

function indexOf(unitCode: string): number {
  const index = UNIT_CODES.indexOf(unitCode)
  return index === -1 ? UNIT_CODES.length : index
}

function instantText(at: number): string {
  return toLocalIso(at).slice(0, 19).replace('T', ' ')
}

/** What is invented about people, and must never be read whole without a reason. */
export function personOf(unitCode: string): {
  readonly name: string
  readonly phone: string
  readonly identity: string
} {
  const serial = String(indexOf(unitCode)).padStart(2, '0')
  const given = [...'甲乙丙丁戊己庚辛壬癸']
  return {
    name: `验${given[indexOf(unitCode) % 10] ?? ''}${given[Math.floor(indexOf(unitCode) / 10)] ?? ''}`,
    phone: `139${serial}55${serial}77`,
    identity: `4499991990010100${serial}`,
  }
}

function unitRow(unitCode: string, cells: Partial<Record<string, string>>, day: PlainDate): Row {
  const depth = unitCode.length - 1
  return {
    kind: 'units',
    unitCode,
    day,
    cells: {
      unit_code: unitCode,
      name: `单位${unitCode}`,
      short_name: unitCode,
      parent_code: parentOf(unitCode, day) ?? '',
      tier: TIER[depth] ?? 'township',
      peer_group: GROUPS[depth] ?? '',
      duty_mode: indexOf(unitCode) % 2 === 0 ? 'room' : 'phone',
      valid_from: '2020-01-01',
      valid_to: '',
      ...cells,
    },
  }
}

function unitRows(unitCode: string): Row[] {
  const before = toPlainDate('2026-06-30')
  if (unitCode === MOVED.unitCode) {
    return [
      unitRow(unitCode, { valid_to: MOVED.on }, before),
      unitRow(unitCode, { valid_from: MOVED.on, name: `单位${unitCode}新` }, TODAY),
    ]
  }
  return [unitRow(unitCode, unitCode === CLOSED.unitCode ? { valid_to: CLOSED.on } : {}, TODAY)]
}

function reportRow(unitCode: string, eventCode: string, learnedAt: number, seed: number): Row {
  const elements = ELEMENTS.filter((_, index) => (seed + index) % 5 !== 0)
  return {
    kind: 'reports',
    unitCode,
    day: localDateOf(learnedAt),
    cells: {
      event_code: eventCode,
      unit_code: unitCode,
      stage: 'first',
      sequence: '0',
      category: CATEGORIES[seed % 4] ?? 'accident',
      level: LEVELS[1 + (seed % 3)] ?? 'IV',
      occurred_at: instantText(learnedAt - 20 * MINUTE),
      learned_at: instantText(learnedAt),
      phoned_at: seed % 4 === 0 ? '' : instantText(learnedAt + (seed % 40) * MINUTE),
      written_at: seed % 11 === 0 ? '' : instantText(learnedAt + (30 + ((seed * 37) % 200)) * MINUTE),
      elements: elements.join(';'),
    },
  }
}

function reportRows(unitCode: string): Row[] {
  const index = indexOf(unitCode)
  return QUARTERS.flatMap((first, quarter) => {
    const start = Date.parse(`${first}T08:00:00+08:00`)
    const count = quarter === 1 ? 5 : 2
    return Array.from({ length: count }, (_, n) =>
      reportRow(
        unitCode,
        `E-${unitCode}-${quarter}${n}`,
        start + (n * 3 + (index % 3)) * DAY + index * 13 * MINUTE,
        index * 7 + n,
      ),
    )
  })
}

/** In the third quarter, but of the first one A121 heard days before, in the second: before a unit moved. */
function sharedRows(): Row[] {
  const late = Date.parse('2026-07-02T10:00:00+08:00')
  const early = Date.parse('2026-06-28T10:00:00+08:00')
  const [first, second] = SHARED_EVENTS
  return [
    ...['A', 'A1', 'A111', 'A112', 'A121', 'A133', 'A2', 'A211', 'A311'].map((unitCode, n) =>
      reportRow(unitCode, first, unitCode === 'A121' ? early : late + n * 60 * MINUTE, 50 + n),
    ),
    ...['A111', 'A133', 'A211'].map((unitCode, n) => reportRow(unitCode, second, late + n * 60 * MINUTE, 70 + n)),
  ]
}

function checkRows(unitCode: string): Row[] {
  const index = indexOf(unitCode)
  const { identity, name, phone } = personOf(unitCode)
  return QUARTERS.map((first, quarter) => {
    const checkedAt = Date.parse(`${first}T14:00:00+08:00`) + (index % 15) * DAY + index * MINUTE
    return {
      kind: 'checks',
      unitCode,
      day: localDateOf(checkedAt),
      cells: {
        check_code: `K-${unitCode}-${quarter}`,
        unit_code: unitCode,
        method: index % 2 === 0 ? 'phone' : 'onsite',
        checked_at: instantText(checkedAt),
        inspectors: `${name};督${name.slice(1)}`,
        findings: (index + quarter) % 3 === 0 ? (FINDINGS[(index + quarter) % FINDINGS.length] ?? '') : '',
        note: `值班电话${phone}，证件${identity}`,
      },
    }
  })
}

function misreportRow(unitCode: string): Row {
  const index = indexOf(unitCode)
  const confirmedOn = index % 2 === 0 ? toPlainDate('2026-08-20') : toPlainDate('2026-05-20')
  const { phone } = personOf(unitCode)
  return {
    kind: 'misreports',
    unitCode,
    day: confirmedOn,
    cells: {
      misreport_code: `M-${unitCode}`,
      unit_code: unitCode,
      event_code: index % 4 === 0 ? `E-${unitCode}-11` : '',
      kind: MISREPORT_KINDS[index % 4] ?? 'omitted',
      confirmed_on: confirmedOn,
      basis: `核查，联系${phone}`,
    },
  }
}

function filingRows(unitCode: string): Row[] {
  const index = indexOf(unitCode)
  return ['2026-端午节', '2026-中秋节'].flatMap((holiday, n) => {
    const receivedAt =
      Date.parse(n === 0 ? '2026-06-15T10:00:00+08:00' : '2026-09-20T10:00:00+08:00') + (index % 7) * DAY
    return ['whereabouts', 'roster'].map((form): Row => ({
      kind: 'filings',
      unitCode,
      day: localDateOf(receivedAt),
      cells: { unit_code: unitCode, holiday, form, received_at: index % 6 === 5 ? '' : instantText(receivedAt) },
    }))
  })
}

function bonusRow(unitCode: string): Row {
  const awardedOn = toPlainDate('2026-08-01')
  const cells = {
    bonus_code: `B-${unitCode}`,
    unit_code: unitCode,
    kind: 'media',
    awarded_on: awardedOn,
    event_code: '',
  }
  return { kind: 'bonuses', unitCode, day: awardedOn, cells }
}

function preReportRow(unitCode: string): Row {
  const sentAt = Date.parse('2026-07-04T08:00:00+08:00') + indexOf(unitCode) * MINUTE
  const { phone } = personOf(unitCode)
  const cells = {
    event_code: `E-${unitCode}-11`,
    unit_code: unitCode,
    pre_reported_at: instantText(sentAt),
    reason: `现场无信号，联系${phone}`,
  }
  return { kind: 'pre_reports', unitCode, day: localDateOf(sentAt), cells }
}

function adoptionRow(unitCode: string): Row {
  const usedOn = toPlainDate('2026-07-20')
  const use = indexOf(unitCode) % 2 === 0 ? 'special_report' : 'digest'
  const cells = { event_code: `E-${unitCode}-11`, unit_code: unitCode, use, used_on: usedOn }
  return { kind: 'adoptions', unitCode, day: usedOn, cells }
}

function leadRow(unitCode: string): Row {
  const { phone } = personOf(unitCode)
  const seenAt = Date.parse('2026-08-05T10:00:00+08:00') + indexOf(unitCode) * MINUTE
  return {
    kind: 'leads',
    unitCode,
    day: localDateOf(seenAt),
    cells: {
      lead_code: `X-${unitCode}`,
      source: 'media',
      seen_at: instantText(seenAt),
      occurred_at: '',
      place: `路口，电话${phone}`,
      unit_code: unitCode,
      category: 'accident',
      summary: `来电${phone}称有事`,
      deaths: '0',
      injuries: '1',
    },
  }
}

function dutyLineRow(unitCode: string): Row {
  const { phone } = personOf(unitCode)
  const cells = {
    unit_code: unitCode,
    line: 'duty_mobile',
    number: phone,
    forwarding_until: '2026-12-31',
    forwarding_reason: `线路检修，联系${phone}`,
    withdrawn: 'no',
  }
  return { kind: 'duty_lines', unitCode, day: TODAY, cells }
}

/** A leader and two officers of one shift; the second officer bears one name in all units. */
function shiftRows(unitCode: string): Row[] {
  const { name, phone } = personOf(unitCode)
  const startsAt = Date.parse('2026-09-30T08:00:00+08:00')
  const shift = { starts_at: instantText(startsAt), ends_at: instantText(startsAt + DAY), withdrawn: 'no' }
  return [
    ['leader', name],
    ['officer', `督${name.slice(1)}`],
    ['officer', '某人'],
  ].map(([role = '', person = '']) => ({
    kind: 'rosters',
    unitCode,
    day: localDateOf(startsAt),
    cells: { unit_code: unitCode, role, person, post: '', phone, ...shift },
  }))
}

/** World A. */
export function makeFacts(): Row[] {
  return [
    ...UNIT_CODES.flatMap(unitRows),
    ...UNIT_CODES.flatMap(reportRows),
    ...sharedRows(),
    ...UNIT_CODES.flatMap(checkRows),
    ...UNIT_CODES.filter((_, index) => index % 2 === 0).map(misreportRow),
    ...UNIT_CODES.flatMap(filingRows),
    ...UNIT_CODES.filter((_, index) => index % 3 === 0).map(bonusRow),
    ...UNIT_CODES.map(leadRow),
    ...UNIT_CODES.map(preReportRow),
    ...UNIT_CODES.map(adoptionRow),
    ...UNIT_CODES.map(dutyLineRow),
    ...UNIT_CODES.flatMap(shiftRows),
  ]
}

function shifted(text: string | undefined, ms: number): string {
  return text === undefined || text === '' ? '' : instantText(Date.parse(`${text.replace(' ', 'T')}+08:00`) + ms)
}

/** The same record with other contents. What tells records apart stays, but for a shared event, which was heard of earlier. */
function alter(row: Row): Row {
  const { cells } = row
  const change = (changes: Cells): Row => ({ ...row, cells: { ...cells, ...changes } })
  switch (row.kind) {
    case 'units':
      return change({
        name: `${cells['name'] ?? ''}改`,
        short_name: `${cells['short_name'] ?? ''}改`,
        duty_mode: 'room',
      })
    case 'reports': {
      const earlier = isShared(cells['event_code']) && row.unitCode !== MOVED.unitCode ? -9 * DAY : 0
      return change({
        level: 'II',
        category: 'public_health',
        occurred_at: shifted(cells['occurred_at'], earlier - MINUTE),
        learned_at: shifted(cells['learned_at'], earlier),
        phoned_at: '',
        written_at: shifted(cells['learned_at'], earlier + 9 * 60 * MINUTE),
        elements: 'source;place',
      })
    }
    case 'checks':
      return change({ method: 'video', inspectors: '旁人', findings: 'absent;log_missing', note: '改过' })
    case 'misreports':
      return change({ kind: 'concealed', basis: '改过', confirmed_on: '2026-09-09' })
    case 'filings':
      return change({ received_at: '' })
    case 'bonuses':
      return change({ kind: 'instruction_national', awarded_on: '2026-09-01' })
    case 'pre_reports':
      return change({ reason: '改过' })
    case 'adoptions':
      return change({ use: 'on_file' })
    case 'duty_lines':
      return change({ number: '0199-0123456', forwarding_until: '', forwarding_reason: '' })
    case 'rosters':
      return change({ post: '改过', phone: '', withdrawn: cells['role'] === 'leader' ? 'no' : 'yes' })
    case 'leads':
      return change({ summary: '改过', place: '别处', injuries: '9' })
  }
}

/** Records that world A has not, about a unit. */
function further(unitCode: string): Row[] {
  const [check] = checkRows(unitCode)
  const misreport = misreportRow(unitCode)
  const bonus = bonusRow(unitCode)
  const named = (row: Row, key: string, code: string): Row => ({ ...row, cells: { ...row.cells, [key]: code } })
  return [
    reportRow(unitCode, `E-${unitCode}-NEW`, NOW - 40 * DAY + indexOf(unitCode) * MINUTE, 3),
    ...(check === undefined ? [] : [named(check, 'check_code', `K-${unitCode}-NEW`)]),
    named(misreport, 'misreport_code', `M-${unitCode}-NEW`),
    named(bonus, 'bonus_code', `B-${unitCode}-NEW`),
    // One more in each role.
    ...shiftRows(unitCode)
      .slice(0, 2)
      .map((row) => named(row, 'person', '旁人')),
  ]
}

/** Units that report a shared event in world B alone. */
function moreShared(units: readonly string[]): Row[] {
  return units
    .filter((unitCode) => unitCode.endsWith('3') && unitCode !== MOVED.unitCode)
    .map((unitCode) => reportRow(unitCode, SHARED_EVENTS[1], NOW - 130 * DAY, 4))
}

/** What makes world B of world A: everything outside is another, there is more of it, and there is one unit more. */
export function makeDifference(isOutside: (unitCode: string, day: PlainDate) => boolean): Row[] {
  const outside = makeFacts().filter((row) => isOutside(row.unitCode, row.day))
  const units = [...new Set(outside.map(({ unitCode }) => unitCode))]
  const more = units.flatMap(further).filter((row) => isOutside(row.unitCode, row.day))
  const extra = 'A334'
  return [
    ...outside.map(alter),
    ...more,
    ...moreShared(units),
    unitRow(extra, { name: '新单位', parent_code: 'A33' }, TODAY),
    ...reportRows(extra),
  ]
}

/** A file of one kind as `import` reads it; null = no rows. */
export function toCsv(kind: Kind, rows: readonly Row[]): string | null {
  const own = rows.filter((row) => row.kind === kind)
  if (own.length === 0) return null
  const keys = KIND_SHEETS[kind].columns.map(({ key }) => key)
  return [keys.join(','), ...own.map(({ cells }) => keys.map((key) => cells[key] ?? '').join(','))].join('\n')
}
