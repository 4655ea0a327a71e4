/** One unit's quarter under the sample rules, from the text of the contract alone: see reference-league.ts. */
import {
  byCodePoint,
  cell,
  dateOf,
  DAY,
  HOUR,
  isInQuarter,
  list,
  midnight,
  MINUTE,
  type ReferenceFiles,
  type Row,
  rowOfUnitOn,
  seconds,
} from './reference-cells.ts'

interface Entry {
  dimension: string
  code: string
  hundredths: number
  ref: string
  at: bigint
}

export interface Judged {
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
    const rows = files.reports.filter((row) => cell(row, 'unit_code') === unitCode && cell(row, 'event_code') === code)
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

export function judgeUnit(files: ReferenceFiles, unitCode: string, name: string, quarter: string, t: bigint): Judged {
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
