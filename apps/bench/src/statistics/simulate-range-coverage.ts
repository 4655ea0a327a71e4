import {
  type DeductionCode,
  type Dimension,
  DIMENSIONS,
  makeScorer,
  type RankedTally,
  redrawRanks,
  SAMPLE_REGULATION,
  type UnitTally,
} from '@zhidu/domain'
import { createRandom, type Random, sampleBeta, sampleBinomial, samplePoisson } from '@zhidu/statistics'

type Chance = keyof UnitTally['periods'][number]['chances']

/** A class of faults of a made-up province: true rates are Beta(alpha, beta) between units. */
interface MadeClass {
  readonly code: DeductionCode
  readonly dimension: Dimension
  readonly chance: Chance
  readonly alpha: number
  readonly beta: number
  /** Hundredths for one. */
  readonly points: number
}

const CLASSES: readonly MadeClass[] = [
  { code: 'written_late', dimension: 'timeliness', chance: 'written', alpha: 2, beta: 18, points: 150 },
  { code: 'written_missing', dimension: 'timeliness', chance: 'written', alpha: 1, beta: 60, points: 800 },
  { code: 'follow_up_missed', dimension: 'timeliness', chance: 'follow_up', alpha: 1.5, beta: 12, points: 100 },
  { code: 'element_missing', dimension: 'completeness', chance: 'elements', alpha: 2, beta: 10, points: 200 },
  { code: 'no_answer', dimension: 'discipline', chance: 'check', alpha: 1, beta: 20, points: 500 },
  { code: 'log_missing', dimension: 'discipline', chance: 'check', alpha: 1, beta: 10, points: 100 },
  { code: 'filing_late', dimension: 'filing', chance: 'filing', alpha: 1, beta: 12, points: 50 },
]

/**
 * How the true rates of a province lie: each unit's own, as the classes have it; an eighth of the units four times as bad as the mean and
 * the others half; dear faults rare but for a quarter of the units; the same rates for all.
 */
export const RATE_SHAPES = ['spread', 'few_bad', 'rare_and_dear', 'alike'] as const
export type RateShape = (typeof RATE_SHAPES)[number]

export interface RangeDesign {
  readonly units: number
  /** On average; checks are a third of them, forms four. */
  readonly eventsPerUnit: number
  readonly replicates: number
}

export interface RangeCoverage extends RangeDesign {
  /** Share of units whose true place lies in the range; true = of the score that the true rates make one expect. */
  readonly covered: number
  /** Range ÷ table. */
  readonly width: number
  readonly rankability: number
  /** Share of units whose official place is their true one. */
  readonly officialRight: number
}

interface MadeUnit {
  readonly tally: UnitTally
  /** What the true rates make one expect it to lose, by dimension. */
  readonly expected: readonly number[]
}

const DEAR_POINTS = 800

function drawRate(random: Random, { alpha, beta, points }: MadeClass, shape: RateShape, unit: number): number {
  const mean = alpha / (alpha + beta)
  switch (shape) {
    case 'spread':
      return sampleBeta(random, alpha, beta)
    case 'few_bad':
      return mean * (unit % 8 === 0 ? 4 : 0.5)
    case 'rare_and_dear':
      return points < DEAR_POINTS ? mean * 0.3 : unit % 4 === 0 ? 0.12 : 0.005
    case 'alike':
      return mean
  }
}

function makeUnit(random: Random, events: number, shape: RateShape, unit: number): MadeUnit {
  const written = Math.max(1, samplePoisson(random, events))
  const chances = {
    phone: 0,
    written,
    follow_up: sampleBinomial(random, written, 0.4),
    final: 0,
    elements: written,
    check: samplePoisson(random, events / 3),
    filing: 4,
    log: 0,
    event: written,
  }
  const expected = DIMENSIONS.map(() => 0)
  const faults = CLASSES.flatMap((made) => {
    const { chance, code, dimension, points } = made
    const rate = drawRate(random, made, shape, unit)
    const place = DIMENSIONS.indexOf(dimension)
    expected[place] = (expected[place] ?? 0) + chances[chance] * rate * points
    const count = sampleBinomial(random, chances[chance], rate)
    return count === 0 ? [] : [{ code, dimension, count, points: count * points }]
  })
  const periods = [{ isZeroed: false, chances, faults }]
  return { expected, tally: { workload: 0, bonus: 0, itemCount: 0, itemPoints: 0, periods } }
}

export function rankAmong(scores: readonly number[], own: number): number {
  return 1 + scores.filter((score) => score > own).length
}

/** The official table of a made-up province, and the true place of each of its units, in the order of the table. */
export function makeProvinceTable(
  seed: string,
  { eventsPerUnit, units: count }: Pick<RangeDesign, 'eventsPerUnit' | 'units'>,
  shape: RateShape = 'spread',
): { readonly table: readonly RankedTally[]; readonly truth: readonly number[] } {
  const random = createRandom(seed)
  const units = Array.from({ length: count }, (_, unit) => makeUnit(random, eventsPerUnit, shape, unit))
  const tallies = units.map(({ tally }) => tally)
  const scorer = makeScorer(tallies, SAMPLE_REGULATION, 1)
  const charged = tallies.flatMap(({ periods }) =>
    DIMENSIONS.map((dimension) =>
      (periods[0]?.faults ?? []).reduce((sum, one) => sum + (one.dimension === dimension ? one.points : 0), 0),
    ),
  )
  const official = tallies.map((_, unit) => Math.round(scorer.score(unit, Float64Array.from(charged))))
  const expected = Float64Array.from(units.flatMap((unit) => unit.expected))
  const trueScores = tallies.map((_, unit) => scorer.score(unit, expected))
  const rows = tallies
    .map((tally, unit) => ({
      row: { unitCode: `U${unit}`, score: official[unit] ?? 0, rank: rankAmong(official, official[unit] ?? 0), tally },
      truth: rankAmong(trueScores, trueScores[unit] ?? 0),
    }))
    .sort((a, b) => a.row.rank - b.row.rank)
  return { table: rows.map(({ row }) => row), truth: rows.map(({ truth }) => truth) }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** How often the ranges of fresh provinces hold the true places. The same seed, the same figures. */
export function simulateRangeCoverage(design: RangeDesign): RangeCoverage {
  const all = Array.from({ length: design.replicates }, (_, replicate) => {
    const seed = `ranges/${design.units}/${design.eventsPerUnit}/${replicate}`
    const { table, truth } = makeProvinceTable(seed, design)
    const { rankability, ranges } = redrawRanks(table, SAMPLE_REGULATION)
    return {
      covered: mean(
        ranges.map(({ high, low }, index) => Number(low <= (truth[index] ?? 0) && (truth[index] ?? 0) <= high)),
      ),
      width: mean(ranges.map(({ high, low }) => (high - low + 1) / design.units)),
      rankability: rankability ?? 0,
      officialRight: mean(ranges.map(({ rank }, index) => Number(rank === truth[index]))),
    }
  })
  return {
    ...design,
    covered: mean(all.map((one) => one.covered)),
    width: mean(all.map((one) => one.width)),
    rankability: mean(all.map((one) => one.rankability)),
    officialRight: mean(all.map((one) => one.officialRight)),
  }
}

export interface CertainCoverage extends RangeDesign {
  readonly shape: RateShape
  /** Share of the provinces in which the sets called certain hold the true places of all units together. */
  readonly coveredTogether: number
  /** Share of the units of which a set says anything. */
  readonly narrowed: number
}

/** How often what is called certain is true, of all units together. The sets ask for no draws. */
export function simulateCertainCoverage(design: RangeDesign, shape: RateShape): CertainCoverage {
  const all = Array.from({ length: design.replicates }, (_, replicate) => {
    const seed = `certain/${shape}/${design.units}/${design.eventsPerUnit}/${replicate}`
    const { table, truth } = makeProvinceTable(seed, design, shape)
    const { ranges } = redrawRanks(table, SAMPLE_REGULATION, { draws: 1 })
    const holds = ranges.every((one, index) => {
      const place = truth[index] ?? 0
      return one.certainLow <= place && place <= one.certainHigh
    })
    const isNarrow = ranges.map(({ certainHigh, certainLow }) => Number(certainHigh - certainLow < ranges.length - 1))
    return { holds: Number(holds), narrowed: mean(isNarrow) }
  })
  return {
    ...design,
    shape,
    coveredTogether: mean(all.map(({ holds }) => holds)),
    narrowed: mean(all.map(({ narrowed }) => narrowed)),
  }
}
