import type { DrawPool, PoolUnit } from '../pool/pool.ts'

export const STANDING_REASONS = [
  'due',
  'due_later',
  'excluded',
  'month_full',
  'nights_full',
  'no_pair',
  'free',
] as const
export type StandingReason = (typeof STANDING_REASONS)[number]

/** What the rules say of one unit before anything is drawn. */
export interface Standing {
  readonly unit: PoolUnit
  readonly kind: 'must' | 'may' | 'never'
  /** All that applies, the one that decided first. */
  readonly reasons: readonly StandingReason[]
}

export const CONTRADICTIONS = ['stratum_empty', 'too_many_due', 'too_few_eligible', 'inspectors_too_few'] as const

/** Why nothing can be drawn; `wanted` and `there` are counts of units, for the inspectors of places in teams. */
export interface Contradiction {
  readonly kind: (typeof CONTRADICTIONS)[number]
  /** Null = the whole draw. */
  readonly stratum: string | null
  readonly wanted: number
  readonly there: number
}

function quarterNumber(quarter: string): number {
  return Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(5))
}

/** Whether the rule of N quarters is broken unless the unit is checked in this very quarter. */
function isDue({ lastCheckedIn, supervisedSince }: PoolUnit, { quarter, rules }: DrawPool): boolean {
  const within = rules.everyUnitWithinQuarters
  if (within === null || lastCheckedIn === quarter) return false
  // Not yet supervised for N quarters = not yet owed a check in N quarters.
  const since = lastCheckedIn === null ? quarterNumber(supervisedSince) - 1 : quarterNumber(lastCheckedIn)
  return quarterNumber(quarter) - since >= within
}

function countRecusals({ inspectors }: DrawPool): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { recusals } of inspectors) {
    for (const { unit } of recusals) counts.set(unit, (counts.get(unit) ?? 0) + 1)
  }
  return counts
}

/** One row for every unit of the pool, in its order. */
export function tabulateStandings(pool: DrawPool): readonly Standing[] {
  const { inspectors, rules } = pool
  const recusals = countRecusals(pool)
  return pool.units.map((unit) => {
    const never: StandingReason[] = []
    if (unit.exclusion !== null) never.push('excluded')
    if (rules.mostPerMonth !== null && unit.checksThisMonth >= rules.mostPerMonth) never.push('month_full')
    const nights = rules.isNight ? rules.mostNightPerQuarter : null
    if (nights !== null && unit.nightChecksThisQuarter >= nights) never.push('nights_full')
    if (inspectors.length > 0 && inspectors.length - (recusals.get(unit.id) ?? 0) < 2) never.push('no_pair')
    const due: StandingReason[] = isDue(unit, pool) ? [rules.isLastOfQuarter ? 'due' : 'due_later'] : []
    if (never.length > 0) return { unit, kind: 'never', reasons: [...never, ...due] }
    if (due.includes('due')) return { unit, kind: 'must', reasons: due }
    return { unit, kind: 'may', reasons: due.length > 0 ? due : ['free'] }
  })
}

/** Why the rules, sizes and units cannot all hold; empty = they can. */
export function listContradictions(pool: DrawPool, standings: readonly Standing[]): readonly Contradiction[] {
  const found: Contradiction[] = []
  for (const { id, size } of pool.strata) {
    const rows = standings.filter(({ unit }) => unit.stratum === id)
    const must = rows.filter((row) => row.kind === 'must').length
    const may = rows.filter((row) => row.kind === 'may').length
    const about = { stratum: id, wanted: size }
    if (rows.length === 0) found.push({ ...about, kind: 'stratum_empty', there: 0 })
    else if (must > size) found.push({ ...about, kind: 'too_many_due', there: must })
    else if (must + may < size) found.push({ ...about, kind: 'too_few_eligible', there: must + may })
  }
  const { mostPerInspector } = pool.rules
  const places = 2 * pool.strata.reduce((sum, { size }) => sum + size, 0)
  const there = pool.inspectors.length * (mostPerInspector ?? places)
  if (pool.inspectors.length > 0 && there < places) {
    found.push({ kind: 'inspectors_too_few', stratum: null, wanted: places, there })
  }
  return found
}
