import { startOfLocalDay } from '../calendar/local-time.ts'
import type { PlainDate } from '../calendar/plain-date.ts'
import { type Quarter, quarterRange } from '../calendar/quarter.ts'
import type { Tier, UnitPeriod } from '../facts/facts.ts'

/** A stretch of time during which a unit is open; epoch ms, half-open: `from ≤ at < to`, ±Infinity = without end. */
export interface OpenSpan {
  readonly from: number
  readonly to: number
  readonly period: UnitPeriod
}

/** The row of a unit's history valid on `date`, or null when the unit is closed that day. Rows are disjoint. */
export function unitPeriodOn(periods: readonly UnitPeriod[], date: PlainDate): UnitPeriod | null {
  return (
    periods.find(
      (period) =>
        (period.validFrom === null || period.validFrom <= date) && (period.validTo === null || date < period.validTo),
    ) ?? null
  )
}

/** The history in instants, so that events are placed in it without making dates. A local day is open as a whole. */
export function toOpenSpans(periods: readonly UnitPeriod[]): OpenSpan[] {
  return periods.map((period) => ({
    from: period.validFrom === null ? -Infinity : startOfLocalDay(period.validFrom),
    to: period.validTo === null ? Infinity : startOfLocalDay(period.validTo),
    period,
  }))
}

/** The row valid on the local date of an instant (epoch ms), or null when the unit is closed then. */
export function unitPeriodAt(spans: readonly OpenSpan[], at: number): UnitPeriod | null {
  for (const span of spans) if (span.from <= at && at < span.to) return span.period
  return null
}

/**
 * The tier of a unit at an instant; while it is closed that of its last row before, else of its earliest, and `county` for
 * a unit without any.
 */
export function tierAt(spans: readonly OpenSpan[], at: number): Tier {
  const open = unitPeriodAt(spans, at)
  if (open !== null) return open.tier
  const inOrder = spans.toSorted((a, b) => a.from - b.from)
  const nearest = inOrder.findLast(({ to }) => to <= at) ?? inOrder[0]
  return nearest?.period.tier ?? 'county'
}

/** True when one row of the unit is valid all through a range (epoch ms, half-open); some that are always open are not told. */
export function isOpenThroughout(
  periods: readonly UnitPeriod[],
  range: { readonly from: number; readonly to: number },
): boolean {
  return toOpenSpans(periods).some(({ from, to }) => from <= range.from && range.to <= to)
}

/** True for the unit at the top of the installation's tree. It stands in the table of its own group like any other. */
export function isTopUnit(period: UnitPeriod): boolean {
  return period.parentCode === null
}

/**
 * The units in the tables of a quarter: those open on its last day, each with the row valid on that day.
 * In the order of the map, which should be the official one.
 * Source: contract §5, membership.
 */
export function listMembers(periodsByUnit: ReadonlyMap<string, readonly UnitPeriod[]>, quarter: Quarter): UnitPeriod[] {
  const { lastOn } = quarterRange(quarter)
  const members: UnitPeriod[] = []
  for (const periods of periodsByUnit.values()) {
    const period = unitPeriodOn(periods, lastOn)
    if (period !== null) members.push(period)
  }
  return members
}

/**
 * The units of a group that were closed within a quarter: what they owed until then counts, but they stand in no table. Each
 * with its last row. In the order of the map.
 */
export function listClosedWithin(
  periodsByUnit: ReadonlyMap<string, readonly UnitPeriod[]>,
  quarter: Quarter,
  group: string,
): (UnitPeriod & { readonly validTo: PlainDate })[] {
  const { firstOn, lastOn } = quarterRange(quarter)
  return [...periodsByUnit.values()].flatMap((periods) => {
    if (unitPeriodOn(periods, lastOn) !== null) return []
    const closed = periods.flatMap((period) => {
      const { validTo } = period
      return validTo !== null && firstOn < validTo && validTo <= lastOn ? [{ ...period, validTo }] : []
    })
    const last = closed.at(-1)
    return last?.peerGroup === group ? [last] : []
  })
}

/** The members of one peer group; the top unit only when it bears that group itself. Order as `listMembers`. */
export function listGroupMembers(
  periodsByUnit: ReadonlyMap<string, readonly UnitPeriod[]>,
  quarter: Quarter,
  group: string,
): UnitPeriod[] {
  return listMembers(periodsByUnit, quarter).filter((period) => period.peerGroup === group)
}

/** Position of each unit code by first appearance: the official order unless set otherwise. */
export function officialOrder(unitCodes: Iterable<string>): Map<string, number> {
  const position = new Map<string, number>()
  for (const unitCode of unitCodes) if (!position.has(unitCode)) position.set(unitCode, position.size)
  return position
}
