import type { RankedUnit, UnitSummary } from './assessment.ts'

/**
 * The table of one peer group: by score, high first; equal scores share a rank and the ranks they fill are skipped
 * (1, 2, 2, 4). Equal ranks, and the units not measured, which stand last, are in the official order.
 * `position`: place of each unit code in that order; RangeError for a unit without one.
 * Source: contract §5, ranking; card: docs/indicators/rank.md
 */
export function rankUnits<T extends UnitSummary>(
  summaries: readonly T[],
  position: ReadonlyMap<string, number>,
): RankedUnit<T>[] {
  const placed = summaries
    .map((summary) => ({ summary, place: placeOf(summary.unitCode, position) }))
    .sort((a, b) => compareScores(a.summary.score, b.summary.score) || a.place - b.place)
  let rank = 0
  return placed.map(({ summary }, index) => {
    if (summary.score === null) return { summary, rank: null, isTied: false }
    const isTiedBefore = placed[index - 1]?.summary.score === summary.score
    if (!isTiedBefore) rank = index + 1
    return { summary, rank, isTied: isTiedBefore || placed[index + 1]?.summary.score === summary.score }
  })
}

/** High first, not measured last. */
function compareScores(a: number | null, b: number | null): number {
  return a === b ? 0 : (b ?? -Infinity) - (a ?? -Infinity)
}

function placeOf(unitCode: string, position: ReadonlyMap<string, number>): number {
  const place = position.get(unitCode)
  if (place === undefined) throw new RangeError(`no place in the official order: ${unitCode}`)
  return place
}
