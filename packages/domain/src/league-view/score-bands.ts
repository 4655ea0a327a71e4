/** Scores from `from` up to, not including, `to`; the highest band holds its upper end too. */
export interface ScoreBand {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Points a band is wide. */
export const SCORE_BAND_WIDTH = 5

/**
 * How scores lie, in bands of five points from the one that holds the highest down to the one that holds the lowest; a band
 * between them that holds none is there with 0. Points; counts sum to the number of scores. Empty for no score.
 */
export function tabulateScoreBands(scores: readonly number[]): ScoreBand[] {
  if (scores.length === 0) return []
  const bandOf = (score: number): number => Math.floor(score / SCORE_BAND_WIDTH)
  // A full score ends the band below it instead of opening one of its own.
  const high = Math.max(...scores)
  const last = Math.max(0, high % SCORE_BAND_WIDTH === 0 ? bandOf(high) - 1 : bandOf(high))
  const first = Math.min(last, bandOf(Math.min(...scores)))
  return Array.from({ length: last - first + 1 }, (_, step) => {
    const index = last - step
    return {
      from: index * SCORE_BAND_WIDTH,
      to: (index + 1) * SCORE_BAND_WIDTH,
      count: scores.filter((score) => Math.min(last, bandOf(score)) === index).length,
    }
  })
}
