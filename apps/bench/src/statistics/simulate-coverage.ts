import type { Quarter } from '@zhidu/domain'
import {
  type Counts,
  createRandom,
  posteriorRanks,
  type Random,
  rankSets,
  sampleBinomial,
  samplePoisson,
  shrinkRates,
} from '@zhidu/statistics'
import { makeProvince } from '@zhidu/synthetic'

/** A province of so many units with so many reports each on average; its true shares on time are the synthetic province's. */
export interface CoverageDesign {
  readonly units: number
  readonly reportsPerUnit: number
  readonly replicates: number
}

export interface Coverage extends CoverageDesign {
  /** Share of replicates in which every true rank lies in its simultaneous set. */
  readonly simultaneous: number
  /** Widths are shares of the table. */
  readonly setWidth: number
  /** Share of units whose true rank lies in its posterior interval, the distribution of the shares learnt from the same data. */
  readonly posterior: number
  readonly posteriorWidth: number
  /** The same where the distribution the shares come from is given. */
  readonly posteriorGiven: number
  /** Share of units whose true share lies in its shrunk interval; null = not looked at. */
  readonly shares: number | null
  /** Share of units whose place in the plain table is their true rank. */
  readonly plainRank: number
}

const LEVEL = 0.95
/** The synthetic province's distribution of shares on time. */
export const PROVINCE_PRIOR = { alpha: 18, beta: 2 }

function rankOf(values: readonly number[], own: number): number {
  return 1 + values.filter((value) => value > own).length
}

function drawProvince(
  seed: string,
  quarter: Quarter,
  { reportsPerUnit, units }: CoverageDesign,
): { truth: number[]; counts: Counts[] } {
  const { truth } = makeProvince({ seed, quarter, unitCount: units, reportCount: 0 })
  const shares = [...truth.values()].map(({ onTime }) => onTime)
  const random: Random = createRandom(`${seed}/counts`)
  const counts = shares.map((share) => {
    const whole = samplePoisson(random, reportsPerUnit)
    return { part: sampleBinomial(random, whole, share), whole }
  })
  // A unit without a report is in no table.
  const measured = counts.flatMap(({ whole }, index) => (whole > 0 ? [index] : []))
  return {
    truth: measured.map((index) => shares[index] ?? 0),
    counts: measured.flatMap((index) => counts[index] ?? []),
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** How often the sets, the intervals and the plain rank of fresh provinces hold the truth. The same seed, the same figures. */
export function simulateCoverage(design: CoverageDesign, quarter: Quarter, withShares: boolean): Coverage {
  const all: Omit<Coverage, keyof CoverageDesign | 'shares'>[] = []
  const held: number[] = []
  for (let replicate = 0; replicate < design.replicates; replicate += 1) {
    const { counts, truth } = drawProvince(
      `coverage/${design.units}/${design.reportsPerUnit}/${replicate}`,
      quarter,
      design,
    )
    const ranks = truth.map((share) => rankOf(truth, share))
    const plain = counts.map(({ part, whole }) => part / whole)
    const sets = rankSets(counts, { level: LEVEL })
    const intervals = posteriorRanks(counts, { level: LEVEL })
    const given = posteriorRanks(counts, { level: LEVEL, prior: PROVINCE_PRIOR })
    const isIn = (range: { low: number; high: number } | null | undefined, index: number): number =>
      Number(range != null && range.low <= (ranks[index] ?? 0) && (ranks[index] ?? 0) <= range.high)
    const widthOf = (range: { low: number; high: number } | null): number =>
      range === null ? 1 : (range.high - range.low + 1) / counts.length
    all.push({
      simultaneous: Number(sets.every((set, index) => isIn(set, index) === 1)),
      setWidth: mean(sets.map(widthOf)),
      posterior: mean(intervals.map(isIn)),
      posteriorWidth: mean(intervals.map(widthOf)),
      posteriorGiven: mean(given.map(isIn)),
      plainRank: mean(plain.map((share, index) => Number(rankOf(plain, share) === ranks[index]))),
    })
    if (!withShares) continue
    const shrunk = shrinkRates(counts, { level: LEVEL })
    held.push(
      mean(shrunk.map(({ high, low }, index) => Number(low <= (truth[index] ?? 0) && (truth[index] ?? 0) <= high))),
    )
  }
  return {
    ...design,
    simultaneous: mean(all.map((one) => one.simultaneous)),
    setWidth: mean(all.map((one) => one.setWidth)),
    posterior: mean(all.map((one) => one.posterior)),
    posteriorWidth: mean(all.map((one) => one.posteriorWidth)),
    posteriorGiven: mean(all.map((one) => one.posteriorGiven)),
    shares: held.length === 0 ? null : mean(held),
    plainRank: mean(all.map((one) => one.plainRank)),
  }
}
