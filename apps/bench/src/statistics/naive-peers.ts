import { type Counts, fisherOneSided, type Random, sampleBeta } from '@zhidu/statistics'

/** How many pairs Holm rejects when every ordered pair is tested by itself and all p-values are sorted. */
export function holmOneByOne(units: readonly Counts[], alpha: number): number {
  const ps: number[] = []
  for (const [i, a] of units.entries()) {
    for (const [j, b] of units.entries()) if (i !== j) ps.push(fisherOneSided(a, b))
  }
  ps.sort((a, b) => a - b)
  const stop = ps.findIndex((p, index) => p >= alpha / (ps.length - index))
  return stop === -1 ? ps.length : stop
}

export interface DrawnRanks {
  readonly expectedRank: number
  readonly low: number
  readonly high: number
}

/** Posterior ranks by drawing every share, sorting, and counting, under a prior that is given. */
export function ranksByDraws(
  units: readonly Counts[],
  {
    draws,
    prior,
    random,
  }: { readonly draws: number; readonly prior: { alpha: number; beta: number }; readonly random: Random },
): DrawnRanks[] {
  const seen = units.map(() => new Uint16Array(draws))
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = units.map(({ part, whole }) => sampleBeta(random, part + prior.alpha, whole - part + prior.beta))
    const order = drawn.map((_, index) => index).sort((a, b) => (drawn[b] ?? 0) - (drawn[a] ?? 0))
    for (const [place, index] of order.entries()) {
      const ranks = seen[index]
      if (ranks !== undefined) ranks[draw] = place + 1
    }
  }
  return seen.map((ranks) => {
    const sorted = ranks.sort()
    return {
      expectedRank: ranks.reduce((sum, rank) => sum + rank, 0) / draws,
      low: sorted[Math.floor(0.025 * draws)] ?? 1,
      high: sorted[Math.floor(0.975 * draws)] ?? 1,
    }
  })
}
