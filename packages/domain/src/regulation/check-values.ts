import type { DeductionCode } from './deduction-codes.ts'
import { DIMENSIONS, type Regulation, WHOLE_WEIGHT } from './regulation.ts'
import type { RegulationProblem } from './regulation-problem.ts'

const MAX_POINTS = 1_000_000_00
const MAX_SECONDS = 366 * 24 * 3600
const MAX_HOURS = 366 * 24

interface Bounded {
  readonly part: string
  /** Of which deduction; missing = of none. */
  readonly code?: DeductionCode
  readonly clause: string | null
  readonly field: string
  readonly value: number
  readonly min: number
  readonly max: number
}

/** Every number of the document with what it may be. */
function* boundedValues(regulation: Regulation): Generator<Bounded> {
  const { bonus, commendation, dueProcess, filing, grades, items, phoneCheck, preReport, total, workload } = regulation
  const { dutyLog, honestCorrection, lists, understatement } = regulation
  const points = (part: string, clause: string | null, field: string, value: number | null, min = 0): Bounded[] =>
    value === null ? [] : [{ part, clause, field, value, min, max: MAX_POINTS }]
  for (const { clause, limitSeconds: value } of regulation.deadlines) {
    yield { part: 'deadlines', clause, field: 'limitSeconds', value, min: 1, max: MAX_SECONDS }
  }
  if (preReport !== null) {
    const { clause, extendsSeconds: value } = preReport
    yield { part: 'preReport', clause, field: 'extendsSeconds', value, min: 1, max: MAX_SECONDS }
  }
  for (const { clause, schedule } of regulation.followUps) {
    const more = { part: 'followUps', clause }
    if (schedule.kind === 'every_hours') yield { ...more, field: 'hours', value: schedule.hours, min: 1, max: 24 * 31 }
    else {
      yield { ...more, field: 'graceSeconds', value: schedule.graceSeconds, min: 0, max: MAX_SECONDS }
      for (const value of schedule.minutes) yield { ...more, field: 'minutes', value, min: 0, max: 24 * 60 }
    }
  }
  for (const { clause, supplementSeconds: value } of regulation.completeness) {
    yield { part: 'completeness', clause, field: 'supplementSeconds', value, min: 0, max: MAX_SECONDS }
  }
  for (const dimension of DIMENSIONS) {
    const { base, cap, floor, weight } = regulation.dimensions[dimension]
    yield* points('dimensions', null, `${dimension}.base`, base)
    yield* points('dimensions', null, `${dimension}.floor`, floor, -MAX_POINTS)
    yield* points('dimensions', null, `${dimension}.cap`, cap)
    if (weight !== null) {
      yield { part: 'dimensions', clause: null, field: `${dimension}.weight`, value: weight, min: 0, max: WHOLE_WEIGHT }
    }
  }
  for (const { clause, code, shape } of regulation.deductions) {
    const ofCode = (bounded: Bounded[]): Bounded[] => bounded.map((one) => ({ ...one, code }))
    if (shape.kind === 'percent_of_item') {
      yield { part: 'deductions', code, clause, field: 'percent', value: shape.percent, min: 0, max: 100 }
    } else if (shape.kind !== 'zero_month') {
      yield* ofCode(points('deductions', clause, 'points', shape.points))
      if (shape.kind !== 'fixed') yield* ofCode(points('deductions', clause, 'max', shape.max))
      if (shape.kind === 'per_item') yield* ofCode(points('deductions', clause, 'whenMissing', shape.whenMissing))
    }
  }
  if (understatement !== undefined) {
    for (const [field, max] of [
      ['persons', 100_000],
      ['shortPercent', 100],
      ['correctedWithinHours', MAX_HOURS],
    ] as const) {
      yield { part: 'understatement', clause: understatement.clause, field, value: understatement[field], min: 0, max }
    }
  }
  if (honestCorrection !== undefined) {
    const { clause, sharePercent, withinHours } = honestCorrection
    yield { part: 'honestCorrection', clause, field: 'withinHours', value: withinHours, min: 1, max: MAX_HOURS }
    yield { part: 'honestCorrection', clause, field: 'sharePercent', value: sharePercent, min: 0, max: 99 }
  }
  if (lists !== undefined) {
    const { clause, minimumActivity: value } = lists
    yield { part: 'lists', clause, field: 'minimumActivity', value, min: 0, max: 10_000 }
  }
  if (dutyLog !== undefined) {
    const { clause, closeWithinHours, lateEntry, max } = dutyLog
    const hours = { part: 'dutyLog', clause, min: 1, max: MAX_HOURS }
    yield { ...hours, field: 'closeWithinHours', value: closeWithinHours }
    yield* points('dutyLog', clause, 'points', dutyLog.points, 1)
    yield* points('dutyLog', clause, 'max', max)
    if (lateEntry !== null) {
      yield { ...hours, code: 'log_late', field: 'afterHours', value: lateEntry.afterHours }
      yield* points('dutyLog', clause, 'points', lateEntry.points, 1).map((one) => ({
        ...one,
        code: 'log_late' as const,
      }))
    }
  }
  yield { part: 'filing', clause: filing.clause, field: 'leadDays', value: filing.leadDays, min: 0, max: 60 }
  if (items !== null) {
    for (const [use, value] of Object.entries(items.points)) yield* points('items', items.clause, use, value)
  }
  if (workload !== null) {
    yield* points('workload', workload.clause, 'max', workload.max)
    yield { part: 'workload', clause: workload.clause, field: 'fullAt', value: workload.fullAt, min: 1, max: 1_000_000 }
  }
  for (const [kind, value] of Object.entries(bonus.points)) yield* points('bonus', bonus.clause, kind, value)
  yield* points('bonus', bonus.clause, 'maxPerPeriod', bonus.maxPerPeriod)
  yield* points('total', null, 'floor', total.floor, -MAX_POINTS)
  yield* points('total', null, 'cap', total.cap)
  for (const field of ['excellent', 'good', 'fair'] as const) {
    yield* points('grades', grades.clause, field, grades[field], -MAX_POINTS)
  }
  for (const { atLeast: value, clause } of regulation.vetoes) {
    yield { part: 'vetoes', clause, field: 'atLeast', value, min: 1, max: 1_000 }
  }
  const { minEventsOwed } = commendation
  yield {
    part: 'commendation',
    clause: commendation.clause,
    field: 'minEventsOwed',
    value: minEventsOwed,
    min: 0,
    max: 1_000_000,
  }
  for (const [field, min, max] of [
    ['maxRings', 1, 100],
    ['maxSeconds', 1, 3_600],
    // One attempt never proves absence.
    ['attempts', 2, 20],
    ['spacingSeconds', 0, 86_400],
    ['callBackSeconds', 0, 86_400],
  ] as const) {
    yield { part: 'phoneCheck', clause: phoneCheck.clause, field, value: phoneCheck[field], min, max }
  }
  const { clause, giveUpRings, maxRings } = phoneCheck
  // Fewer rings than the unit has to answer within would give up on somebody who is still in time.
  if (giveUpRings !== undefined) {
    yield { part: 'phoneCheck', clause, field: 'giveUpRings', value: giveUpRings, min: maxRings, max: 200 }
  }
  for (const field of ['explanationWorkingDays', 'appealWorkingDays'] as const) {
    yield { part: 'dueProcess', clause: dueProcess.clause, field, value: dueProcess[field], min: 1, max: 250 }
  }
}

/** Numbers outside what they may be. */
export function checkValues(regulation: Regulation): RegulationProblem[] {
  return [...boundedValues(regulation)]
    .filter(({ max, min, value }) => !Number.isSafeInteger(value) || value < min || value > max)
    .map(({ clause, code, field, max, min, part, value }) => {
      const params = { ...(code === undefined ? {} : { code }), field, value, min, max }
      return { reason: 'value_out_of_range', clause, part, params }
    })
}
