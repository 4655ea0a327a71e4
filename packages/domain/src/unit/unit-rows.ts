import type { PlainDate } from '../calendar/plain-date.ts'
import type { UnitPeriod } from '../facts/facts.ts'
import { unitPeriodOn } from './membership.ts'

/** What a unit is, without when. */
export type UnitValues = Omit<UnitPeriod, 'validFrom' | 'validTo'>

const FIELDS = ['name', 'shortName', 'parentCode', 'tier', 'peerGroup', 'dutyMode'] as const

/** The values of a row that differ from another's. */
function differenceOf(before: UnitValues, after: UnitValues): Partial<UnitValues> {
  return Object.fromEntries(
    FIELDS.filter((field) => before[field] !== after[field]).map((field) => [field, after[field]]),
  )
}

/**
 * A unit's rows (disjoint, oldest first) when it is closed from a day on: the row of that day ends, and those that follow it
 * without a gap fall away; a later re-opening stays. Unchanged when the unit is closed that day anyway.
 */
export function closeFrom(periods: readonly UnitPeriod[], day: PlainDate): UnitPeriod[] {
  const row = unitPeriodOn(periods, day)
  if (row === null) return [...periods]
  const rest = periods.slice(periods.indexOf(row) + 1)
  let end = row.validTo
  while (end !== null && rest[0]?.validFrom === end) end = rest.shift()?.validTo ?? null
  const before = periods.slice(0, periods.indexOf(row))
  const kept = row.validFrom === null || row.validFrom < day ? [{ ...row, validTo: day }] : []
  return [...before, ...kept, ...rest]
}

/**
 * A unit's rows when it is as `values` say from a day on. An open unit changes: later rows that bore the former value of what
 * changes bear the new one. A closed unit, or one without rows, opens until its next row.
 */
export function setFrom(periods: readonly UnitPeriod[], values: UnitValues, day: PlainDate): UnitPeriod[] {
  const row = unitPeriodOn(periods, day)
  if (row === null) {
    const before = periods.filter(({ validFrom }) => validFrom === null || validFrom < day)
    const after = periods.slice(before.length)
    return [...before, { ...values, validFrom: day, validTo: after[0]?.validFrom ?? null }, ...after]
  }
  const change = differenceOf(row, values)
  if (Object.keys(change).length === 0) return [...periods]
  return periods.flatMap((period) => {
    if (period === row) {
      if (row.validFrom === day) return [{ ...row, ...change }]
      return [
        { ...row, validTo: day },
        { ...row, ...change, validFrom: day },
      ]
    }
    if (period.validFrom === null || period.validFrom < day) return [period]
    const same = FIELDS.filter((field) => field in change && period[field] === row[field])
    return [{ ...period, ...Object.fromEntries(same.map((field) => [field, values[field]])) }]
  })
}

/** What two states of the rows of units differ by: rows that go, and rows that come in their place. */
export interface RowsDifference {
  readonly gone: readonly UnitPeriod[]
  readonly added: readonly UnitPeriod[]
}

function isSameRow(a: UnitPeriod, b: UnitPeriod): boolean {
  return a.validFrom === b.validFrom && a.validTo === b.validTo && Object.keys(differenceOf(a, b)).length === 0
}

/** `before` and `after`: rows of every unit by its code. In the order of `after`. */
export function diffRows(
  before: ReadonlyMap<string, readonly UnitPeriod[]>,
  after: ReadonlyMap<string, readonly UnitPeriod[]>,
): RowsDifference {
  const gone: UnitPeriod[] = []
  const added: UnitPeriod[] = []
  for (const [unitCode, rows] of after) {
    const old = before.get(unitCode) ?? []
    gone.push(...old.filter((row) => !rows.some((other) => isSameRow(row, other))))
    added.push(...rows.filter((row) => !old.some((other) => isSameRow(row, other))))
  }
  return { gone, added }
}
