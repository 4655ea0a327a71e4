import { type Counts, requireCounts } from './counts.ts'
import { type Estimate, requireEstimate } from './estimate.ts'

function isCounts(unit: Counts | Estimate): unit is Counts {
  return 'whole' in unit
}

/** The units as counts or as scores; one of the two is empty. RangeError where one is neither, or where they are mixed. */
export function sortUnits(units: readonly (Counts | Estimate)[]): { counts: Counts[]; scores: Estimate[] } {
  const counts: Counts[] = []
  const scores: Estimate[] = []
  for (const [index, unit] of units.entries()) {
    if (isCounts(unit)) {
      requireCounts(unit, `units[${index}]`)
      counts.push(unit)
    } else {
      requireEstimate(unit, `units[${index}]`)
      scores.push(unit)
    }
  }
  if (counts.length > 0 && scores.length > 0) throw new RangeError('units must be all counts or all scores')
  return { counts, scores }
}
