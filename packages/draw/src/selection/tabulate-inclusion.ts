import type { DrawPool } from '../pool/pool.ts'
import { tabulateStandings } from '../rules/standing.ts'
import { computeInclusionOdds } from './inclusion.ts'

/** How likely each unit of the pool was to be drawn at all, 0..1, substitutes not counted: 1 = due, 0 = out. */
export function tabulateInclusion(pool: DrawPool): ReadonlyMap<string, number> {
  const standings = tabulateStandings(pool)
  const ratios = new Map(standings.map(({ kind, unit }) => [unit.id, kind === 'must' ? 1 : 0]))
  for (const { id, size } of pool.strata) {
    const rows = standings.filter(({ unit }) => unit.stratum === id)
    const may = rows.filter((row) => row.kind === 'may')
    const counts = new Map<number, number>()
    for (const { unit } of may) counts.set(unit.weight, (counts.get(unit.weight) ?? 0) + 1)
    const classes = [...counts].map(([weight, count]) => ({ weight, count }))
    const odds = computeInclusionOdds(classes, size - rows.filter((row) => row.kind === 'must').length)
    const byWeight = new Map(classes.map(({ weight }, at) => [weight, odds.ratios[at] ?? 0]))
    for (const { unit } of may) ratios.set(unit.id, byWeight.get(unit.weight) ?? 0)
  }
  return ratios
}
