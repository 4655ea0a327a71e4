/**
 * A second, slow computation of the league, written from the text of the interchange contract alone, to check
 * `@zhidu/domain` against. It shares nothing with it: no import, no type, no helper. Every step cites its heading in §5.
 *
 * Rows are as in the files: one object per row, keys are the columns, values the cells' text, '' = not given,
 * enumerations as keys. Instants are bigint seconds of local time (UTC+08:00) since 2000-01-01 00:00.
 */

export type Row = Readonly<Record<string, string>>

export interface ReferenceFiles {
  readonly units: readonly Row[]
  readonly reports: readonly Row[]
  readonly checks: readonly Row[]
  readonly misreports: readonly Row[]
  readonly filings: readonly Row[]
  readonly bonuses: readonly Row[]
  /** `holiday` (`2026-中秋节`) and `first_day_off`; the announced ones only. */
  readonly holidays: readonly Row[]
}

export interface ReferenceDeduction {
  readonly dimension: string
  readonly code: string
  readonly points: number
  readonly ref: string
  readonly at: string
}

export interface ReferenceRow {
  readonly rank: number | null
  readonly tied: boolean
  readonly unitCode: string
  readonly name: string
  readonly score: number | null
  readonly grade: string | null
  readonly dimensions: Readonly<Record<string, number>>
  readonly bonus: number
  readonly timeliness: Readonly<Record<'onTime' | 'late' | 'missing' | 'notYetDue' | 'owed', number>>
  readonly completeness: { readonly part: number; readonly whole: number }
  readonly checks: { readonly passed: number; readonly total: number }
  readonly commendable: boolean
  readonly flags: readonly string[]
  readonly deductions: readonly ReferenceDeduction[]
}

/** §5 Holiday filing: "First days off in 2026". */
export const HOLIDAYS_OF_2026: readonly Row[] = [
  { holiday: '2026-元旦', first_day_off: '2026-01-01' },
  { holiday: '2026-春节', first_day_off: '2026-02-15' },
  { holiday: '2026-清明节', first_day_off: '2026-04-04' },
  { holiday: '2026-劳动节', first_day_off: '2026-05-01' },
  { holiday: '2026-端午节', first_day_off: '2026-06-19' },
  { holiday: '2026-中秋节', first_day_off: '2026-09-25' },
  { holiday: '2026-国庆节', first_day_off: '2026-10-01' },
]

// ---------------------------------------------------------------------------------------------------------------------
// A calendar made by counting: no Date, no library.

const DATES: string[] = []
const DAY_NUMBER = new Map<string, bigint>()
for (let year = 2000; year < 2040; year += 1) {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  for (let month = 1; month <= 12; month += 1) {
    for (let day = 1; day <= (lengths[month - 1] ?? 0); day += 1) {
      const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
      DAY_NUMBER.set(date, BigInt(DATES.length))
      DATES.push(date)
    }
  }
}

const DAY = 86_400n
const HOUR = 3_600n
const MINUTE = 60n

function midnight(date: string): bigint {
  const number = DAY_NUMBER.get(date)
  if (number === undefined) throw new RangeError(`no such day: ${date}`)
  return number * DAY
}

/** §1 Values, Instant. */
function seconds(cell: string): bigint {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.exec(cell)
  if (parts === null) throw new RangeError(`no instant: ${cell}`)
  const written = midnight(parts[1] ?? '') + BigInt(parts[2] ?? 0) * HOUR + BigInt(parts[3] ?? 0) * MINUTE
  const offset = parts[5] === 'Z' ? '+00:00' : (parts[5] ?? '+08:00')
  const offsetSize = BigInt(offset.slice(1, 3)) * HOUR + BigInt(offset.slice(4, 6)) * MINUTE
  const offsetSeconds = offset.startsWith('-') ? -offsetSize : offsetSize
  return written + BigInt(parts[4] ?? 0) - offsetSeconds + 8n * HOUR
}

function dateOf(at: bigint): string {
  const date = DATES[Number(at / DAY)]
  if (date === undefined) throw new RangeError(`no day for ${at}`)
  return date
}

function iso(at: bigint): string {
  const two = (n: bigint) => n.toString().padStart(2, '0')
  const rest = at % DAY
  return `${dateOf(at)}T${two(rest / HOUR)}:${two((rest % HOUR) / MINUTE)}:${two(rest % MINUTE)}+08:00`
}

/** §1 Values, List inside a cell: a set. */
function list(cell: string): Set<string> {
  return new Set(
    cell
      .split(/[;；]/)
      .map((key) => key.trim())
      .filter((key) => key !== ''),
  )
}

function cell(row: Row, column: string): string {
  return row[column] ?? ''
}

/** Order of strings by code point, not by UTF-16 unit. */
function byCodePoint(a: string, b: string): number {
  const left = Array.from(a, (sign) => sign.codePointAt(0) ?? 0)
  const right = Array.from(b, (sign) => sign.codePointAt(0) ?? 0)
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    if (left[i] !== right[i]) return (left[i] ?? 0) - (right[i] ?? 0)
  }
  return left.length - right.length
}

// ---------------------------------------------------------------------------------------------------------------------
// Units

/** §2 units: half-open; empty = always, and still. */
function rowOfUnitOn(files: ReferenceFiles, unitCode: string, date: string): Row | undefined {
  return files.units.find(
    (row) =>
      cell(row, 'unit_code') === unitCode &&
      (cell(row, 'valid_from') === '' || cell(row, 'valid_from') <= date) &&
      (cell(row, 'valid_to') === '' || date < cell(row, 'valid_to')),
  )
}

function firstDayOfQuarter(quarter: string): string {
  const month = { '1': '01', '2': '04', '3': '07', '4': '10' }[quarter.slice(5)]
  return `${quarter.slice(0, 4)}-${month}-01`
}

function lastDayOfQuarter(quarter: string): string {
  const end = { '1': '03-31', '2': '06-30', '3': '09-30', '4': '12-31' }[quarter.slice(5)]
  return `${quarter.slice(0, 4)}-${end}`
}

function isInQuarter(date: string, quarter: string): boolean {
  return firstDayOfQuarter(quarter) <= date && date <= lastDayOfQuarter(quarter)
}

// ---------------------------------------------------------------------------------------------------------------------
// One unit

interface Entry {
  dimension: string
  code: string
  hundredths: number
  ref: string
  at: bigint
}

interface Judged {
  name: string
  unitCode: string
  measured: boolean
  hundredths: Record<string, number>
  bonus: number
  score: number
  grade: string
  outcomes: { onTime: number; late: number; missing: number; notYetDue: number; owed: number }
  part: number
  whole: number
  passed: number
  total: number
  commendable: boolean
  flags: string[]
  entries: Entry[]
}

interface Event {
  code: string
  rows: Row[]
  judged: Row
  clock: bigint
}

/** §5 Deadlines, in seconds. */
function phoneLimit(level: string): bigint | null {
  return level === 'I' || level === 'II' ? 15n * MINUTE : null
}

function writtenLimit(level: string): bigint {
  if (level === 'I' || level === 'II') return 35n * MINUTE
  if (level === 'III') return 60n * MINUTE
  return 120n * MINUTE
}

/** §5 Which rows are judged: the first row, or the earliest by learned_at, follow-ups by sequence, then the final. */
function judgedRow(rows: readonly Row[]): Row {
  const first = rows.find((row) => cell(row, 'stage') === 'first')
  if (first !== undefined) return first
  let best: Row | undefined
  for (const row of rows) {
    if (best === undefined) {
      best = row
      continue
    }
    const learned = seconds(cell(row, 'learned_at'))
    const bestLearned = seconds(cell(best, 'learned_at'))
    // A final stands after every follow-up.
    const place = cell(row, 'stage') === 'final' ? 1_000_000_000 : Number(cell(row, 'sequence') || '0')
    const bestPlace = cell(best, 'stage') === 'final' ? 1_000_000_000 : Number(cell(best, 'sequence') || '0')
    if (learned < bestLearned || (learned === bestLearned && place < bestPlace)) best = row
  }
  if (best === undefined) throw new RangeError('an event without rows')
  return best
}

/** All events of the unit that it owes in the quarter as of t. */
function eventsOwed(files: ReferenceFiles, unitCode: string, quarter: string, t: bigint): Event[] {
  const codes = new Set(
    files.reports.filter((row) => cell(row, 'unit_code') === unitCode).map((row) => cell(row, 'event_code')),
  )
  const events: Event[] = []
  for (const code of codes) {
    const rows = files.reports.filter(
      (row) => cell(row, 'unit_code') === unitCode && cell(row, 'event_code') === code,
    )
    const judged = judgedRow(rows)
    const level = cell(judged, 'level')
    // Deadlines: the clock starts at occurred_at for I and II, at learned_at for III and IV.
    const clock = seconds(cell(judged, level === 'I' || level === 'II' ? 'occurred_at' : 'learned_at'))
    // As of: an event and all it owes counts from its learned_at.
    if (seconds(cell(judged, 'learned_at')) > t) continue
    // Which rows are judged: the quarter of the instant at which the clock starts, local time.
    if (!isInQuarter(dateOf(clock), quarter)) continue
    // Membership: owed only while the unit is open, by the local date at which the clock starts.
    if (rowOfUnitOn(files, unitCode, dateOf(clock)) === undefined) continue
    events.push({ code, rows, judged, clock })
  }
  return events
}

/** The instant in a column, when given and not after t. §5 As of. */
function known(row: Row, column: string, t: bigint): bigint | null {
  if (cell(row, column) === '') return null
  const at = seconds(cell(row, column))
  return at <= t ? at : null
}

function judgeUnit(files: ReferenceFiles, unitCode: string, name: string, quarter: string, t: bigint): Judged {
  const entries: Entry[] = []
  const outcomes = { onTime: 0, late: 0, missing: 0, notYetDue: 0, owed: 0 }
  const flags: string[] = []
  let part = 0
  let whole = 0

  // Misreports: quarter of confirmed_on, counted from 00:00 of that date, also on a day the unit is closed.
  const misreports = files.misreports.filter(
    (row) =>
      cell(row, 'unit_code') === unitCode &&
      isInQuarter(cell(row, 'confirmed_on'), quarter) &&
      midnight(cell(row, 'confirmed_on')) <= t,
  )

  for (const event of eventsOwed(files, unitCode, quarter, t)) {
    const level = cell(event.judged, 'level')
    const deadline = event.clock + writtenLimit(level)
    // Deductions: an event named in an omitted or concealed misreport is not deducted under A and B as well.
    const absorbed = misreports.some(
      (row) => cell(row, 'event_code') === event.code && ['omitted', 'concealed'].includes(cell(row, 'kind')),
    )
    const deduct = (dimension: string, code: string, hundredths: number, at: bigint) => {
      if (!absorbed && hundredths > 0) entries.push({ dimension, code, hundredths, ref: event.code, at })
    }

    // Which rows are judged: only a first report meets the written obligation.
    const firstRow = event.rows.find((row) => cell(row, 'stage') === 'first')
    const f = firstRow === undefined ? null : known(firstRow, 'written_at', t)

    // Outcomes; deductions A, written.
    outcomes.owed += 1
    let outcome: 'onTime' | 'late' | 'missing' | 'notYetDue'
    if (f !== null) outcome = f <= deadline ? 'onTime' : 'late'
    else outcome = t <= deadline ? 'notYetDue' : 'missing'
    outcomes[outcome] += 1
    if (f !== null && outcome === 'late') {
      let hours = 0
      while (deadline + BigInt(hours) * HOUR < f) hours += 1
      deduct('timeliness', 'written_late', hours > 5 ? 500 : hours * 100, deadline)
    }
    if (outcome === 'missing') deduct('timeliness', 'written_missing', 800, deadline)

    // Deductions A, phone.
    const limit = phoneLimit(level)
    if (limit !== null) {
      const callDeadline = event.clock + limit
      const calls = event.rows.map((row) => known(row, 'phoned_at', t)).filter((at) => at !== null)
      const inTime = calls.some((at) => at <= callDeadline) || (f !== null && f <= callDeadline)
      if (!inTime && calls.length > 0) deduct('timeliness', 'phone_late', 100, callDeadline)
      if (!inTime && calls.length === 0 && t > callDeadline) deduct('timeliness', 'phone_missing', 100, callDeadline)
    }

    // Follow-ups.
    if (f !== null && level !== 'IV') {
      const finalRow = event.rows.find((row) => cell(row, 'stage') === 'final')
      const closed = finalRow === undefined ? null : known(finalRow, 'written_at', t)
      const end = closed ?? t
      const others = event.rows
        .filter((row) => cell(row, 'stage') !== 'first')
        .map((row) => known(row, 'written_at', t))
        .filter((at) => at !== null)
      let previous = f
      let missed = 0
      for (let day = f - (f % DAY); day <= end && missed < 3; day += DAY) {
        for (const slot of [day + 8n * HOUR, day + 17n * HOUR]) {
          if (slot < f + 2n * HOUR || slot > end) continue
          const from = previous
          if (!others.some((at) => from < at && at <= slot) && missed < 3) {
            missed += 1
            deduct('timeliness', 'follow_up_missed', 100, slot)
          }
          previous = slot
        }
      }
    }

    // Completeness; deductions B.
    if (outcome === 'missing') {
      whole += 12
      deduct('completeness', 'element_missing', 400, deadline)
    }
    if (f !== null && t >= f + DAY) {
      const elements = new Set<string>()
      for (const row of event.rows) {
        const written = known(row, 'written_at', t)
        if (written !== null && written <= f + DAY) for (const key of list(cell(row, 'elements'))) elements.add(key)
      }
      whole += 12
      part += elements.size
      deduct('completeness', 'element_missing', Math.min(12 - elements.size, 4) * 100, f + DAY)
    }

    // Which rows are judged: level_changed.
    const hasOtherLevel = event.rows.some(
      (row) =>
        row !== event.judged &&
        cell(row, 'level') !== level &&
        (known(row, 'written_at', t) !== null || known(row, 'phoned_at', t) !== null),
    )
    if (hasOtherLevel && !flags.includes('level_changed')) flags.push('level_changed')
  }

  // Deductions C.
  for (const row of misreports) {
    const costs: Record<string, number> = { understated: 400, false: 800, omitted: 1200, concealed: 2000 }
    const kind = cell(row, 'kind')
    entries.push({
      dimension: 'truthfulness',
      code: kind,
      hundredths: costs[kind] ?? Number.NaN,
      ref: cell(row, 'misreport_code'),
      at: midnight(cell(row, 'confirmed_on')),
    })
  }

  // Deductions D; Membership: checks count only while the unit is open.
  let passed = 0
  let total = 0
  for (const row of files.checks) {
    if (cell(row, 'unit_code') !== unitCode) continue
    const at = known(row, 'checked_at', t)
    if (at === null || !isInQuarter(dateOf(at), quarter)) continue
    const unit = rowOfUnitOn(files, unitCode, dateOf(at))
    if (unit === undefined) continue
    const costs: Record<string, number> = {
      absent: 500,
      no_answer: 500,
      call_forwarded: cell(unit, 'duty_mode') === 'room' ? 400 : 0,
      invalid_number: 300,
      leader_unreachable: 300,
      not_as_rostered: 200,
      unfamiliar: 100,
      log_missing: 100,
      equipment_missing: 100,
    }
    let isPassed = true
    for (const code of list(cell(row, 'findings'))) {
      const hundredths = costs[code] ?? Number.NaN
      if (hundredths === 0) continue
      isPassed = false
      entries.push({ dimension: 'discipline', code, hundredths, ref: cell(row, 'check_code'), at })
    }
    total += 1
    if (isPassed) passed += 1
  }

  // Holiday filing; deductions E.
  for (const holiday of files.holidays) {
    const dueStart = midnight(cell(holiday, 'first_day_off')) - 5n * DAY
    const dueDate = dateOf(dueStart)
    const dayAfter = dueStart + DAY
    if (!isInQuarter(dueDate, quarter)) continue
    if (rowOfUnitOn(files, unitCode, dueDate) === undefined) continue
    for (const form of ['whereabouts', 'roster']) {
      const filed = files.filings.find(
        (row) =>
          cell(row, 'unit_code') === unitCode &&
          cell(row, 'holiday') === cell(holiday, 'holiday') &&
          cell(row, 'form') === form,
      )
      const received = filed === undefined ? null : known(filed, 'received_at', t)
      if (received !== null && received < dayAfter) continue
      if (received === null && t < dayAfter) continue
      entries.push({
        dimension: 'filing',
        code: received === null ? 'filing_missing' : 'filing_late',
        hundredths: received === null ? 100 : 50,
        ref: `${cell(holiday, 'holiday')}/${form}`,
        at: dayAfter,
      })
    }
  }

  // Bonuses: at most 5 in a quarter.
  let bonus = 0
  for (const row of files.bonuses) {
    if (cell(row, 'unit_code') !== unitCode) continue
    if (!isInQuarter(cell(row, 'awarded_on'), quarter) || midnight(cell(row, 'awarded_on')) > t) continue
    const worth: Record<string, number> = {
      instruction_national: 500,
      instruction_province: 400,
      instruction_city: 300,
      media: 100,
    }
    bonus += worth[cell(row, 'kind')] ?? Number.NaN
  }
  if (bonus > 500) bonus = 500

  // Deductions: each dimension starts from its base and stops at 0.
  const hundredths: Record<string, number> = {
    timeliness: 3000,
    completeness: 2000,
    truthfulness: 2000,
    discipline: 2000,
    filing: 1000,
  }
  for (const entry of entries) {
    const left = (hundredths[entry.dimension] ?? Number.NaN) - entry.hundredths
    hundredths[entry.dimension] = left < 0 ? 0 : left
  }

  // Grades by the sum of the dimensions without bonus; one concealed makes the grade 较差.
  let sum = 0
  for (const value of Object.values(hundredths)) sum += value
  let grade = '较差'
  if (sum >= 6000) grade = '一般'
  if (sum >= 8000) grade = '良好'
  if (sum >= 9000) grade = '优秀'
  if (misreports.some((row) => cell(row, 'kind') === 'concealed')) grade = '较差'

  // The list of deductions: sorted by dimension, ref, code, at.
  entries.sort(
    (a, b) =>
      byCodePoint(a.dimension, b.dimension) ||
      byCodePoint(a.ref, b.ref) ||
      byCodePoint(a.code, b.code) ||
      Number(a.at - b.at),
  )

  // Not measured: no event owed and no check as of t.
  const measured = outcomes.owed > 0 || total > 0
  const commendable = measured && outcomes.owed >= 3 && (grade === '优秀' || grade === '良好')
  const score = sum + bonus
  const counted = { hundredths, bonus, score, grade, outcomes, part, whole, passed, total }
  return { name, unitCode, measured, ...counted, commendable, flags, entries }
}

// ---------------------------------------------------------------------------------------------------------------------
// The table

/** The rows of `zhidu league --quarter … --group … --as-of … --json` (§6) under the sample rules. */
export function referenceLeague(
  files: ReferenceFiles,
  question: { readonly quarter: string; readonly group: string; readonly asOf: string },
): ReferenceRow[] {
  const t = seconds(question.asOf)
  const lastDay = lastDayOfQuarter(question.quarter)

  // Membership, in the official order: that of first appearance in the units file.
  const codes = new Set(files.units.map((row) => cell(row, 'unit_code')))
  const judged: Judged[] = []
  for (const code of codes) {
    const row = rowOfUnitOn(files, code, lastDay)
    if (row === undefined || cell(row, 'peer_group') !== question.group) continue
    judged.push(judgeUnit(files, code, cell(row, 'name'), question.quarter, t))
  }

  // Ranking: one place after all that are better; not measured after the ranked ones.
  const ranked = judged.filter((unit) => unit.measured)
  const places = new Map(ranked.map((unit) => [unit, 1 + ranked.filter((peer) => peer.score > unit.score).length]))
  const table: Judged[] = []
  for (let place = 1; place <= ranked.length; place += 1) {
    table.push(...ranked.filter((unit) => places.get(unit) === place))
  }
  table.push(...judged.filter((unit) => !unit.measured))

  return table.map((unit) => ({
    rank: places.get(unit) ?? null,
    tied: unit.measured && ranked.filter((peer) => peer.score === unit.score).length > 1,
    unitCode: unit.unitCode,
    name: unit.name,
    score: unit.measured ? unit.score / 100 : null,
    grade: unit.measured ? unit.grade : null,
    dimensions: Object.fromEntries(Object.entries(unit.hundredths).map(([key, value]) => [key, value / 100])),
    bonus: unit.bonus / 100,
    timeliness: unit.outcomes,
    completeness: { part: unit.part, whole: unit.whole },
    checks: { passed: unit.passed, total: unit.total },
    commendable: unit.commendable,
    flags: unit.flags,
    deductions: unit.entries.map((entry) => ({
      dimension: entry.dimension,
      code: entry.code,
      points: entry.hundredths / 100,
      ref: entry.ref,
      at: iso(entry.at),
    })),
  }))
}
