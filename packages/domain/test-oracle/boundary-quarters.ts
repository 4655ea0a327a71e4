/** Small random quarters that sit on the boundaries of contract §5, for any implementation of it. */
import fc from 'fast-check'
import {
  DAY,
  dayIn,
  HOUR,
  instantIn,
  MINUTE,
  nudge,
  type QuarterSpan,
  quarterSpan,
  SECOND,
  slotAfter,
  startOfDate,
  toCell,
  toDate,
} from './boundary-instants.ts'
import { reportRows } from './boundary-reports.ts'
import { HOLIDAYS_OF_2026, type ReferenceFiles, type Row } from './reference-cells.ts'

export interface BoundaryQuarter {
  readonly quarter: string
  readonly files: ReferenceFiles
  /** Instants to ask as of, `2026-09-30 23:59:59`. */
  readonly asOfs: readonly string[]
}

export const GROUPS = ['县区组', '市直组'] as const

const FINDING_KEYS = [
  'call_forwarded',
  'absent',
  'no_answer',
  'invalid_number',
  'leader_unreachable',
  'not_as_rostered',
  'unfamiliar',
  'log_missing',
  'equipment_missing',
]

/** Signs whose order by code point differs from their order by UTF-16 unit. */
const codePrefix = fc.constantFrom('SJ-', 'E', '～', '𠀀')

const span: fc.Arbitrary<QuarterSpan> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(quarterSpan(2026, 3)) },
  { weight: 3, arbitrary: fc.constantFrom(quarterSpan(2026, 1), quarterSpan(2026, 2), quarterSpan(2026, 4)) },
  { weight: 1, arbitrary: fc.constant(quarterSpan(2025, 4)) },
)

/** Days worth opening, closing, moving and renaming a unit on: also the days on which forms are due, and after. */
function cutDay(at: QuarterSpan): fc.Arbitrary<number> {
  const due = HOLIDAYS_OF_2026.map((row) => startOfDate(row['first_day_off'] ?? '') - 5 * DAY)
  const own = due.filter((day) => at.from - DAY <= day && day <= at.to).flatMap((day) => [day, day + DAY])
  return own.length === 0 ? dayIn(at) : fc.oneof(dayIn(at), fc.constantFrom(...own))
}

function unitRows(at: QuarterSpan, unitCode: string): fc.Arbitrary<Row[]> {
  const stretch = fc.record({
    isOpen: fc.constantFrom(true, true, true, true, false),
    name: fc.constantFrom('安东区', '市水利局'),
    group: fc.constantFrom(GROUPS[0], GROUPS[0], GROUPS[1]),
    mode: fc.constantFrom('room', 'phone'),
  })
  return fc
    .record({
      cuts: fc.uniqueArray(cutDay(at), { maxLength: 3 }).map((days) => days.toSorted((a, b) => a - b).map(toDate)),
      stretches: fc.array(stretch, { minLength: 4, maxLength: 4 }),
      isReversed: fc.boolean(),
    })
    .map(({ cuts, stretches, isReversed }) => {
      const rows = stretches.slice(0, cuts.length + 1).flatMap((own, index): Row[] => {
        if (!own.isOpen && cuts.length > 0) return []
        const valid = { valid_from: cuts[index - 1] ?? '', valid_to: cuts[index] ?? '' }
        const kept = { unit_code: unitCode, name: own.name, short_name: '', parent_code: '', tier: 'county' }
        return [{ ...kept, peer_group: own.group, duty_mode: own.mode, ...valid }]
      })
      return isReversed ? rows.toReversed() : rows
    })
}

/** Reports of several units about few events, so that events are shared; the first unit has most. */
function reports(at: QuarterSpan, unitCodes: readonly string[], eventCodes: readonly string[]): fc.Arbitrary<Row[]> {
  const pairs = unitCodes.flatMap((unitCode) => eventCodes.map((eventCode) => [unitCode, eventCode] as const))
  const [ofFirst, ofOthers] = [pairs.slice(0, eventCodes.length), pairs.slice(eventCodes.length)]
  return fc
    .tuple(fc.subarray(ofFirst), fc.subarray(ofOthers, { maxLength: 7 }))
    .chain((chosen) => fc.tuple(...chosen.flat().map(([unitCode, eventCode]) => reportRows(at, eventCode, unitCode))))
    .map((rows) => rows.flat())
}

function checks(at: QuarterSpan, unitCodes: readonly string[]): fc.Arbitrary<Row[]> {
  const findings: fc.Arbitrary<string[]> = fc.oneof(
    fc.constant<string[]>(['call_forwarded']),
    fc.subarray(FINDING_KEYS, { maxLength: 4 }),
    fc.subarray(FINDING_KEYS, { maxLength: 1 }),
  )
  const check = fc.record({ unitCode: fc.constantFrom(...unitCodes), at: instantIn(at), findings, prefix: codePrefix })
  return fc.array(check, { maxLength: 5 }).map((list) =>
    list.map((own, index) => ({
      check_code: `${own.prefix}${index}`,
      unit_code: own.unitCode,
      method: 'phone',
      checked_at: toCell(own.at),
      inspectors: '',
      // A key named twice counts once.
      findings: own.findings.concat(own.findings.slice(0, 1)).join('；'),
      note: '',
    })),
  )
}

function misreports(at: QuarterSpan, unitCodes: readonly string[], eventCodes: readonly string[]): fc.Arbitrary<Row[]> {
  const misreport = fc.record({
    unitCode: fc.constantFrom(...unitCodes),
    eventCode: fc.constantFrom('', ...eventCodes, ...eventCodes),
    kind: fc.constantFrom('understated', 'false', 'omitted', 'concealed', 'omitted'),
    day: dayIn(at),
    prefix: codePrefix,
  })
  return fc.array(misreport, { maxLength: 3 }).map((list) =>
    list.map((own, index) => ({
      misreport_code: `${own.prefix}${index}`,
      unit_code: own.unitCode,
      event_code: own.eventCode,
      kind: own.kind,
      confirmed_on: toDate(own.day),
      basis: '核实',
    })),
  )
}

/** The notice's blocks, sometimes with the next year's first, which is due in December, or one due at the quarter's edge. */
function holidays(at: QuarterSpan): fc.Arbitrary<Row[]> {
  const edge = fc
    .constantFrom(at.from - DAY, at.from, at.to - DAY, at.to)
    .map((day) => [{ holiday: `${toDate(day + 5 * DAY).slice(0, 4)}-端午节`, first_day_off: toDate(day + 5 * DAY) }])
  const extra = fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constant([{ holiday: '2027-元旦', first_day_off: '2027-01-01' }]) },
    { weight: 2, arbitrary: edge },
  )
  return extra.map((own) => {
    const replaced = new Set(own.map((row) => row.holiday))
    return [...HOLIDAYS_OF_2026.filter((row) => !replaced.has(row['holiday'] ?? '')), ...own]
  })
}

function filings(at: QuarterSpan, unitCodes: readonly string[], blocks: readonly Row[]): fc.Arbitrary<Row[]> {
  const owed = blocks.filter((row) => {
    const due = startOfDate(row['first_day_off'] ?? '') - 5 * DAY
    return at.from - DAY <= due && due <= at.to
  })
  const keys = owed.flatMap((row) =>
    unitCodes.flatMap((unitCode) => ['whereabouts', 'roster'].map((form) => ({ row, unitCode, form }))),
  )
  const received = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(-SECOND, -HOUR, -10 * DAY) },
    { weight: 1, arbitrary: fc.constantFrom('absent', 'never', 0, SECOND, 3 * DAY) },
  )
  return fc.array(received, { minLength: keys.length, maxLength: keys.length }).map((list) =>
    keys.flatMap(({ row, unitCode, form }, index): Row[] => {
      const own = list[index]
      if (own === 'absent' || own === undefined) return []
      const dayAfter = startOfDate(row['first_day_off'] ?? '') - 4 * DAY
      const at = typeof own === 'number' ? toCell(dayAfter + own) : ''
      return [{ unit_code: unitCode, holiday: row['holiday'] ?? '', form, received_at: at }]
    }),
  )
}

function bonuses(at: QuarterSpan, unitCodes: readonly string[]): fc.Arbitrary<Row[]> {
  const kind = fc.constantFrom('media', 'instruction_city', 'instruction_province', 'instruction_national')
  const bonus = fc.record({ unitCode: fc.constantFrom(...unitCodes), kind, day: dayIn(at) })
  return fc.array(bonus, { maxLength: 4 }).map((list) =>
    list.map((own, index) => ({
      bonus_code: `B${index}`,
      unit_code: own.unitCode,
      kind: own.kind,
      awarded_on: toDate(own.day),
      event_code: '',
    })),
  )
}

/** Every instant at which an answer may change, for choosing instants to ask as of. Epoch ms, ascending. */
function turningPoints(files: ReferenceFiles, quarter: { readonly from: number; readonly to: number }): number[] {
  const points = new Set<number>([quarter.from, quarter.to, quarter.to + 30 * DAY])
  const add = (text: string | undefined, ...after: readonly number[]) => {
    if (text === undefined || text === '') return
    const at = text.length === 10 ? startOfDate(text) : Date.parse(`${text.replace(' ', 'T')}+08:00`)
    for (const ms of [0, ...after]) points.add(at + ms)
  }
  const limits = [15, 35, 60, 120].map((minutes) => minutes * MINUTE)
  for (const row of files.reports) {
    add(row['occurred_at'], ...limits)
    add(row['learned_at'], ...limits)
    add(row['phoned_at'])
    add(row['written_at'], 2 * HOUR, DAY)
    if (row['stage'] !== 'first' || row['written_at'] === undefined || row['written_at'] === '') continue
    const f = Date.parse(`${row['written_at'].replace(' ', 'T')}+08:00`)
    for (const n of [0, 1, 2, 3, 4]) points.add(slotAfter(f, n))
  }
  for (const row of files.checks) add(row['checked_at'])
  for (const row of files.filings) add(row['received_at'])
  for (const row of files.misreports) add(row['confirmed_on'])
  for (const row of files.bonuses) add(row['awarded_on'])
  for (const row of files.holidays) add(row['first_day_off'], -4 * DAY)
  return [...points].toSorted((a, b) => a - b)
}

/**
 * A quarter of 3 to 6 units with its files and `asOfCount` instants to ask as of: the last is after everything.
 * Deterministic in the seed given to fast-check.
 */
export function boundaryQuarter(asOfCount: number): fc.Arbitrary<BoundaryQuarter> {
  return fc
    .tuple(span, fc.integer({ min: 3, max: 6 }), fc.array(codePrefix, { minLength: 5, maxLength: 5 }))
    .chain(([at, unitCount, prefixes]) => {
      const unitCodes = Array.from({ length: unitCount }, (_, index) => `${index % 2 === 0 ? 'C' : 'D'}0${index}`)
      const eventCodes = prefixes.map((prefix, index) => `${prefix}${index}`)
      return holidays(at).chain((blocks) =>
        fc
          .record({
            units: fc.tuple(...unitCodes.map((unitCode) => unitRows(at, unitCode))),
            isReversed: fc.boolean(),
            reports: reports(at, unitCodes, eventCodes),
            checks: checks(at, unitCodes),
            misreports: misreports(at, unitCodes, eventCodes),
            filings: filings(at, unitCodes, blocks),
            bonuses: bonuses(at, unitCodes),
            picks: fc.array(fc.tuple(fc.nat(9_999), nudge), { minLength: asOfCount - 1, maxLength: asOfCount - 1 }),
          })
          .map(({ isReversed, picks, units, ...rest }): BoundaryQuarter => {
            const files = { ...rest, units: (isReversed ? units.toReversed() : units).flat(), holidays: blocks }
            const points = turningPoints(files, at)
            const asOfs = picks.map(([pick, shift]) => (points[pick % points.length] ?? at.to) + shift)
            return { quarter: at.quarter, files, asOfs: [...asOfs, at.to + 60 * DAY].map(toCell) }
          }),
      )
    })
}
