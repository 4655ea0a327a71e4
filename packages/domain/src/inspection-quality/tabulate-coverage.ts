import { DAY_MS, localDateOf } from '../calendar/local-time.ts'
import { type Quarter, quarterOf } from '../calendar/quarter.ts'
import { CHECK_METHODS, type CheckMethod } from '../facts/facts.ts'
import { isNight, type Visit, VISIT_KINDS, type VisitKind } from './visit.ts'

/** Rules of coverage, the strictest of the plans that draw from a unit's group; null = none. */
export interface CoverageRules {
  /** N */
  readonly everyUnitWithinQuarters: number | null
  /** k */
  readonly mostPerMonth: number | null
  /** j */
  readonly mostNightPerQuarter: number | null
}

export interface CoveredUnit {
  readonly unitCode: string
  readonly rules: CoverageRules
  readonly supervisedSince: Quarter
  /** The last check on record, in any quarter; epoch ms; null = none is. */
  readonly lastCheckedAt: number | null
}

/** `checked`: this quarter; `waiting`: not yet owed; `due`: owed this quarter; `broken`: owed before it. */
export type CoverageStanding = 'checked' | 'waiting' | 'due' | 'broken'
/** Against the most that a rule allows. */
export type LimitStanding = 'free' | 'full' | 'exceeded'

export interface CoverageRow {
  readonly unitCode: string
  readonly byKind: Readonly<Record<VisitKind, number>>
  /** Of those counted. */
  readonly byMethod: Readonly<Record<CheckMethod, number>>
  readonly nights: number
  /** The most counted in one calendar month of the quarter. */
  readonly mostInMonth: number
  /** Whole days; null = no check on record. */
  readonly daysSinceLast: number | null
  /** Spent by the unit in all visits whose length is known. */
  readonly minutes: number
  readonly measured: number
  readonly visits: number
  readonly rules: CoverageRules
  /** Each null = no rule. */
  readonly within: CoverageStanding | null
  readonly month: LimitStanding | null
  readonly night: LimitStanding | null
}

export interface Coverage {
  /** One for each unit, in order. */
  readonly rows: readonly CoverageRow[]
  readonly checkedUnits: number
  /** Owed this quarter or before, and not checked. */
  readonly dueUnits: number
  /** Above one of the limits. */
  readonly burdenedUnits: number
  readonly minutes: number
}

function countBy<K extends string>(keys: readonly K[], found: readonly K[]): Record<K, number> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>
  for (const key of found) counts[key] += 1
  return counts
}

function quarterNumber(quarter: Quarter): number {
  return Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(5))
}

/** The same as draws go by: a unit is not owed a check in N quarters before it was supervised for N. */
function standingOf(unit: CoveredUnit, quarter: Quarter): CoverageStanding | null {
  const { lastCheckedAt, rules, supervisedSince } = unit
  const within = rules.everyUnitWithinQuarters
  if (within === null) return null
  const last = lastCheckedAt === null ? null : quarterOf(lastCheckedAt)
  if (last === quarter) return 'checked'
  const since = last === null ? quarterNumber(supervisedSince) - 1 : quarterNumber(last)
  const gone = quarterNumber(quarter) - since
  return gone > within ? 'broken' : gone === within ? 'due' : 'waiting'
}

function limitOf(count: number, most: number | null): LimitStanding | null {
  if (most === null) return null
  return count > most ? 'exceeded' : count === most ? 'full' : 'free'
}

function toRow(unit: CoveredUnit, visits: readonly Visit[], quarter: Quarter, asOf: number): CoverageRow {
  const counted = visits.filter(({ kind }) => kind === 'counted')
  const nights = counted.filter(({ at }) => isNight(at)).length
  const months = Map.groupBy(counted, ({ at }) => localDateOf(at).slice(0, 7))
  const mostInMonth = Math.max(0, ...[...months.values()].map((month) => month.length))
  const lengths = visits.flatMap(({ elapsedMs }) => elapsedMs ?? [])
  const { lastCheckedAt, rules, unitCode } = unit
  return {
    unitCode,
    byKind: countBy(
      VISIT_KINDS,
      visits.map(({ kind }) => kind),
    ),
    byMethod: countBy(
      CHECK_METHODS,
      counted.map(({ method }) => method),
    ),
    nights,
    mostInMonth,
    daysSinceLast: lastCheckedAt === null ? null : Math.floor((asOf - lastCheckedAt) / DAY_MS),
    minutes: Math.round(lengths.reduce((sum, one) => sum + one, 0) / 60_000),
    measured: lengths.length,
    visits: visits.length,
    rules,
    within: standingOf(unit, quarter),
    month: limitOf(mostInMonth, rules.mostPerMonth),
    night: limitOf(nights, rules.mostNightPerQuarter),
  }
}

/**
 * How often each unit was checked in a quarter, what it cost the unit, and what the rules of coverage say of both. Every unit has
 * a row; visits of others are left out. `asOf`: epoch ms, not after the quarter's end. Card: docs/indicators/inspection-coverage.md
 */
export function tabulateCoverage(args: {
  readonly units: readonly CoveredUnit[]
  readonly visits: readonly Visit[]
  readonly quarter: Quarter
  readonly asOf: number
}): Coverage {
  const { asOf, quarter, units, visits } = args
  const visitsOf = Map.groupBy(visits, ({ unitCode }) => unitCode)
  const rows = units.map((unit) => toRow(unit, visitsOf.get(unit.unitCode) ?? [], quarter, asOf))
  return {
    rows,
    checkedUnits: rows.filter(({ byKind }) => byKind.counted > 0).length,
    dueUnits: rows.filter(({ within }) => within === 'due' || within === 'broken').length,
    burdenedUnits: rows.filter(({ month, night }) => month === 'exceeded' || night === 'exceeded').length,
    minutes: rows.reduce((sum, row) => sum + row.minutes, 0),
  }
}
