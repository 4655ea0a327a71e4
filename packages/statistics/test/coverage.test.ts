import { expect, it } from 'vitest'
import {
  type Counts,
  createRandom,
  posteriorRanks,
  rankSets,
  sampleBeta,
  sampleBinomial,
  samplePoisson,
  shrinkRates,
} from '../src/index.ts'

/** A group as the synthetic province makes it: shares on time Beta(18, 2), reports as they fall. The long form is in the benchmarks. */
function drawGroup(seed: string, units: number, reports: number): { truth: number[]; counts: Counts[] } {
  const random = createRandom(`coverage/${seed}`)
  const truth = Array.from({ length: units }, () => sampleBeta(random, 18, 2))
  const counts = truth.map((share) => {
    const whole = 1 + samplePoisson(random, reports)
    return { part: sampleBinomial(random, whole, share), whole }
  })
  return { truth, counts }
}

function ranksOf(values: readonly number[]): number[] {
  return values.map((own) => 1 + values.filter((value) => value > own).length)
}

function isHeld(range: { readonly low: number; readonly high: number } | null | undefined, value: number): boolean {
  return range != null && range.low <= value && value <= range.high
}

it('all true ranks lie in their simultaneous sets at least as often as promised', () => {
  const groups = Array.from({ length: 100 }, (_, index) => drawGroup(`sets/${index}`, 40, [5, 20, 400][index % 3] ?? 5))
  const held = groups.filter(({ counts, truth }) => {
    const ranks = ranksOf(truth)
    return rankSets(counts, { level: 0.95 }).every((set, index) => isHeld(set, ranks[index] ?? 0))
  })
  expect(held.length).toBeGreaterThanOrEqual(95)
})

it(
  'a true rank lies in its posterior interval about as often as promised, and a true share in its own',
  { timeout: 60_000 },
  () => {
    const groups = Array.from({ length: 8 }, (_, index) => drawGroup(`ranks/${index}`, 130, 20))
    let [ranksHeld, sharesHeld, all] = [0, 0, 0]
    for (const { counts, truth } of groups) {
      const ranks = ranksOf(truth)
      const intervals = posteriorRanks(counts, { level: 0.95 })
      const shares = shrinkRates(counts, { level: 0.95 })
      all += counts.length
      ranksHeld += intervals.filter((interval, index) => isHeld(interval, ranks[index] ?? 0)).length
      sharesHeld += shares.filter((interval, index) => isHeld(interval, truth[index] ?? 0)).length
    }
    expect(ranksHeld / all).toBeGreaterThanOrEqual(0.93)
    expect(ranksHeld / all).toBeLessThanOrEqual(0.97)
    expect(sharesHeld / all).toBeGreaterThanOrEqual(0.93)
    expect(sharesHeld / all).toBeLessThanOrEqual(0.97)
  },
)
