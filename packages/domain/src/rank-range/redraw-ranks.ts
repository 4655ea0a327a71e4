import { type Counts, createRandom, type RankSet, rankSetsNormal } from '@zhidu/statistics'
import { compareCodePoints } from '../league/code-point-order.ts'
import { DIMENSIONS, type Regulation } from '../regulation/regulation.ts'
import { cutBands } from './bands.ts'
import { drawGroup, type DrawnGroup } from './draw-group.ts'
import { computeFairPlaces } from './fair-places.ts'
import { groupSeed, tallyText } from './group-seed.ts'
import { makePairProbability, type PairProbability } from './pairs.ts'
import { gather, meanOf, oncePerList, quantileOf, rankDraws, shareOf } from './rank-draws.ts'
import type { FairPlace, GroupRanges, RankabilityWord, RankedTally, UnitRange } from './rank-range.ts'

/** The level of the bars. */
export const RANGE_LEVEL = 0.9
/** Of the sets that hold together: what is called certain. */
export const CERTAIN_LEVEL = 0.95
/** What is called likely: the probability of a pair. */
export const LIKELY_LEVEL = 0.8
/** Below this many units there are no bands and no rankability. */
export const LEAST_BANDED = 5
const [CARE, WELL] = [0.5, 0.75]

/** Fewer for large groups: their bars are long, and so is the work. */
export function drawCountFor(units: number): number {
  return Math.max(600, Math.min(4000, Math.floor(600_000 / Math.max(1, units))))
}

export function wordOf(rankability: number): RankabilityWord {
  if (rankability < CARE) return 'cannot_rank'
  return rankability > WELL ? 'well' : 'with_care'
}

/**
 * Share of the spread of places that the data resolve: the variance of the expected places ÷ that of the places themselves, (n² − 1) ÷ 12.
 * 1 = every draw gives the same order, 0 = any. Of places, not of scores: one unit far behind makes no order among the others.
 */
function rankabilityOf(expectedRanks: readonly number[]): number {
  const count = expectedRanks.length
  const middle = (count + 1) / 2
  const resolved = expectedRanks.reduce((sum, rank) => sum + (rank - middle) ** 2, 0) / count
  return Math.min(1, resolved / ((count * count - 1) / 12))
}

/** Half a hundredth, which rounding hides: the error of a score that luck cannot move. */
const LEAST_ERROR = 0.5

/** How much of the variance of a score is reckoned at its unit's own rates, the rest at those of the group. */
const OWN_SHARE = 0.25

/**
 * What luck can do to an official score, before floors; never 0. The variance Σ(points)² n p(1−p), three quarters of it at the rates and
 * costs of the group, since a pair is asked whether its two are alike; a quarter at the unit's own shrunk ones, without which rare dear
 * faults are taken for certainties. Why so much: docs/decisions/0063-weigh-the-error-of-a-score.md.
 */
function standardErrorOf({ classes, scorer }: DrawnGroup, unit: number): number {
  const variance = classes.reduce((sum, one) => {
    const { whole } = one.counts[unit] as Counts
    const price = scorer.price(unit, DIMENSIONS.indexOf(one.dimension))
    const own = bernoulliVariance(one.rates.means[unit] as number, (one.pointsPerFault[unit] as number) * price)
    const group = bernoulliVariance(one.groupRate, one.groupPoints * price)
    return sum + whole * (OWN_SHARE * own + (1 - OWN_SHARE) * group)
  }, 0)
  return Math.max(LEAST_ERROR, Math.sqrt(variance))
}

/** Of what one chance costs. */
function bernoulliVariance(rate: number, cost: number): number {
  return cost * cost * rate * (1 - rate)
}

/** Of each unit those that are the same in all that is drawn, itself included. */
function listAlike(texts: readonly string[]): readonly (readonly number[])[] {
  const columns = Map.groupBy(texts.keys(), (column) => texts[column])
  return texts.map((text) => columns.get(text) as number[])
}

/** What the draws say of a unit, and of all that are alike. */
type Drawn = Omit<UnitRange, 'unitCode' | 'rank' | 'band' | 'certainLow' | 'certainHigh' | 'aboveNext' | 'fair'>

interface Drawing {
  readonly units: readonly RankedTally[]
  readonly drawn: DrawnGroup
  readonly said: readonly Drawn[]
  readonly probability: PairProbability
  readonly fair: readonly (FairPlace | null)[]
  readonly sets: readonly RankSet[]
  readonly bands: ReadonlyMap<number, number>
  /** Columns in the order of the table. */
  readonly table: readonly number[]
}

/** The size of the first and of the last quarter of a table. */
export function quarterOfTable(count: number): number {
  return Math.max(1, Math.floor(count / 4))
}

function sayOf(places: Uint16Array, { scores }: DrawnGroup, level: number): (alike: readonly number[]) => Drawn {
  const count = scores.units
  const quarter = quarterOfTable(count)
  const tail = (1 - level) / 2
  return (alike) => {
    const ranks = gather(places, count, alike)
    const values = gather(scores.values, count, alike)
    return {
      expectedRank: meanOf(ranks),
      low: quantileOf(ranks, tail),
      high: quantileOf(ranks, 1 - tail),
      topQuarter: shareOf(ranks, (one) => one <= quarter),
      bottomQuarter: shareOf(ranks, (one) => one > count - quarter),
      first: shareOf(ranks, (one) => one === 1),
      last: shareOf(ranks, (one) => one === count),
      trueScore: { mean: meanOf(values), low: quantileOf(values, tail), high: quantileOf(values, 1 - tail) },
    }
  }
}

function toRange(drawing: Drawing, column: number, place: number): UnitRange {
  const { bands, fair, probability, said, sets, table, units } = drawing
  const { rank, unitCode } = units[column] as RankedTally
  const drawn = said[column] as Drawn
  const next = table[place + 1]
  const set = sets[column] as RankSet
  return {
    ...drawn,
    unitCode,
    rank,
    low: Math.min(rank, drawn.low),
    high: Math.max(rank, drawn.high),
    band: bands.get(column) ?? null,
    certainLow: set.low,
    certainHigh: set.high,
    aboveNext: next === undefined ? null : probability(column, next),
    fair: fair[column] as FairPlace | null,
  }
}

function makePair(units: readonly RankedTally[], probability: PairProbability): GroupRanges['pair'] {
  const columnOf = new Map(units.map(({ unitCode }, column) => [unitCode, column]))
  const find = (unitCode: string): number => {
    const column = columnOf.get(unitCode)
    if (column === undefined) throw new RangeError(`no range of ${unitCode}`)
    return column
  }
  return (above, below) => probability(find(above), find(below))
}

export interface RedrawOptions {
  readonly level?: number
  readonly draws?: number
  /** Left out, it follows from the data. */
  readonly seed?: string
}

/**
 * How far the places of one table can be trusted. Of each code that somebody failed by, the true rates are drawn from what the whole
 * group tells (`makeRateDrawer`); the faults one must expect of a unit's chances are charged what its faults cost, its own mean pulled
 * towards the group's by one fault; floors, caps, weights, months, workload and bonus are those of the rules and the quarter; the scores
 * are ranked. `low` and `high` hold the true place with `level` (0.9) one by one, and are widened to the official place where that
 * lies outside. `certainLow`, `certainHigh` hold together at 95 %.
 *
 * The same data give the same ranges whatever the order of `units`, and units alike in everything have the same. `units`: the measured
 * ones of one table; fewer than two have no ranges. Fewer than five: no bands, no rankability.
 * Card: docs/indicators/rank-range.md
 */
export function redrawRanks(
  units: readonly RankedTally[],
  regulation: Regulation,
  { draws = drawCountFor(units.length), level = RANGE_LEVEL, seed }: RedrawOptions = {},
): GroupRanges {
  const stream =
    seed ??
    groupSeed(
      units.map(({ tally }) => tally),
      regulation,
    )
  const base = { level, draws, seed: stream }
  const none = { rankability: null, word: null, bandCount: null }
  if (units.length < 2) return { ...base, ...none, ranges: [], codes: [], pair: makePair([], () => 0.5) }
  const { codes, drawing } = draw(units, regulation, { ...base, stream })
  const ranges = drawing.table.map((column, place) => toRange(drawing, column, place))
  const pair = makePair(drawing.units, drawing.probability)
  if (units.length < LEAST_BANDED) return { ...base, ...none, ranges, codes, pair }
  const rankability = rankabilityOf(drawing.said.map(({ expectedRank }) => expectedRank))
  const bandCount = new Set(drawing.bands.values()).size
  return { ...base, ranges, codes, pair, rankability, word: wordOf(rankability), bandCount }
}

function draw(
  given: readonly RankedTally[],
  regulation: Regulation,
  { draws, level, stream }: { readonly draws: number; readonly level: number; readonly stream: string },
): { readonly codes: GroupRanges['codes']; readonly drawing: Drawing } {
  const sorted = given
    .map((unit) => ({ unit, text: tallyText(unit.tally) }))
    .sort((a, b) => compareCodePoints(a.text, b.text) || compareCodePoints(a.unit.unitCode, b.unit.unitCode))
  const units = sorted.map(({ unit }) => unit)
  const drawn = drawGroup(
    units.map(({ tally }) => tally),
    regulation,
    { draws, seed: stream },
  )
  // Where nothing is drawn a score is all there is of a unit.
  const isFixed = drawn.classes.length === 0
  const alike = listAlike(sorted.map(({ text }, unit) => (isFixed ? String(drawn.scores.values[unit]) : text)))
  const lots = createRandom(`${stream}/equal`)
  const places = rankDraws(drawn.scores, lots)
  const probability = makePairProbability(drawn.scores)
  const fair = computeFairPlaces({ drawn, units, alike, level, random: lots })
  const estimates = units.map(({ score }, unit) => ({ value: score, standardError: standardErrorOf(drawn, unit) }))
  const sets = rankSetsNormal(estimates, { level: CERTAIN_LEVEL })
  const columnOf = new Map(units.map(({ unitCode }, column) => [unitCode, column]))
  const table = given.toSorted((a, b) => a.rank - b.rank).map(({ unitCode }) => columnOf.get(unitCode) as number)
  const cut = units.length < LEAST_BANDED ? [] : cutBands(table, units, probability)
  const bands = new Map(cut.map((band, index) => [table[index] as number, band]))
  const codes = [...new Set(drawn.classes.map(({ code }) => code))]
  const said = oncePerList(alike, sayOf(places, drawn, level))
  return { codes, drawing: { units, drawn, said, probability, fair, sets, bands, table } }
}
