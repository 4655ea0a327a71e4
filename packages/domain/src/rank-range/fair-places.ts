import type { Counts, Random } from '@zhidu/statistics'
import { type Dimension, DIMENSIONS, type Hundredths } from '../regulation/regulation.ts'
import type { DrawnGroup } from './draw-group.ts'
import { type Draws, gather, meanOf, oncePerList, quantileOf, rankDraws } from './rank-draws.ts'
import type { FairPlace, PlaceRange, PlaceReason, RankedTally } from './rank-range.ts'

const MAX_REASONS = 3
/** Differences below a twentieth of a point decide no place that anybody would ask about. */
const LEAST_REASON: Hundredths = 5

/** Of each unit, points off the score before any floor: what the listed deductions come to. */
function ownLosses({ scorer }: DrawnGroup, units: readonly RankedTally[]): number[] {
  return units.map(({ tally }, unit) => {
    const price = (dimension: Dimension): number => scorer.price(unit, DIMENSIONS.indexOf(dimension))
    const faults = tally.periods.flatMap((period) => period.faults)
    return faults.reduce((sum, one) => sum + one.points * price(one.dimension), 0)
  })
}

function chancesOf({ classes }: DrawnGroup, unit: number): number {
  return classes.reduce((sum, { counts }) => sum + (counts[unit] as Counts).whole, 0)
}

interface Totals {
  readonly chances: number
  readonly expected: number
  readonly extra: number
}

function reasonsOf(
  own: Totals & { readonly lost: number; readonly charged: number },
  mean: Totals,
): readonly PlaceReason[] {
  // Somebody lost something here, so that there were chances.
  const byVolume = (mean.expected * own.chances) / mean.chances
  const all: PlaceReason[] = [
    { kind: 'volume', points: byVolume - mean.expected },
    { kind: 'mix', points: own.expected - byVolume },
    { kind: 'cap', points: own.charged - own.lost },
    { kind: 'extra', points: mean.extra - own.extra },
  ]
  return all
    .filter(({ points }) => Math.abs(points) >= LEAST_REASON)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .slice(0, MAX_REASONS)
}

function averageOf(all: readonly Totals[]): Totals {
  const mean = (pick: (one: Totals) => number): number => all.reduce((sum, one) => sum + pick(one), 0) / all.length
  return { chances: mean((one) => one.chances), expected: mean((one) => one.expected), extra: mean((one) => one.extra) }
}

/** The drawn ratios of some units, lowest first as places go. */
function ratiosOf({ ratios }: DrawnGroup, some: readonly number[]): Draws {
  const values = new Float64Array(ratios.count * some.length)
  let next = 0
  for (let draw = 0; draw < ratios.count; draw += 1) {
    for (const unit of some) values[next++] = -(ratios.values[draw * ratios.units + unit] as number)
  }
  return { count: ratios.count, units: some.length, values }
}

interface Drawn {
  readonly range: PlaceRange
  readonly ratio: number
}

interface FairArgs {
  readonly drawn: DrawnGroup
  /** In the order of the columns; `alike`: the columns that are the same as each. */
  readonly units: readonly RankedTally[]
  readonly alike: readonly (readonly number[])[]
  readonly level: number
  readonly random: Random
}

/** Of each column how it compares with peers that had its chances; null where nothing could have been lost. */
export function computeFairPlaces({ alike, drawn, level, random, units }: FairArgs): (FairPlace | null)[] {
  const { expected } = drawn
  const some = units.flatMap((_, unit) => ((expected[unit] as number) > 0 ? [unit] : []))
  const place = new Map(some.map((unit, column) => [unit, column]))
  const draws = ratiosOf(drawn, some)
  const places = rankDraws(draws, random)
  const lost = ownLosses(drawn, units)
  const totals = units.map((_, unit): Totals => ({
    chances: chancesOf(drawn, unit),
    expected: expected[unit] as number,
    extra: extraOf(drawn, units, unit),
  }))
  const mean = averageOf(totals)
  const tail = (1 - level) / 2
  const drawnOf = oncePerList(alike, (list): Drawn | null => {
    const columns = list.flatMap((one) => place.get(one) ?? [])
    if (columns.length === 0) return null
    const ranks = gather(places, some.length, columns)
    const range = { expectedRank: meanOf(ranks), low: quantileOf(ranks, tail), high: quantileOf(ranks, 1 - tail) }
    return { range, ratio: -meanOf(gather(draws.values, some.length, columns)) }
  })
  // With nothing lost: what floors and caps leave of what was lost is told by the difference.
  const nothing = new Float64Array(units.length * drawn.scorer.periods * DIMENSIONS.length)
  return units.map(({ score }, unit) => {
    const known = drawnOf[unit] as Drawn | null
    if (known === null) return null
    const own = totals[unit] as Totals
    const ownLost = lost[unit] as number
    const { range, ratio } = known
    return {
      rank: 1 + drawnOf.filter((other) => other !== null && other.ratio < ratio).length,
      ...range,
      lost: ownLost,
      expectedLoss: own.expected,
      ratio: ownLost / own.expected,
      shrunkRatio: ratio,
      reasons: reasonsOf({ ...own, lost: ownLost, charged: drawn.scorer.score(unit, nothing) - score }, mean),
    }
  })
}

/** What bonus and workload, or the items, give. */
function extraOf({ scorer }: DrawnGroup, units: readonly RankedTally[], unit: number): number {
  const { bonus, itemCount, itemPoints, workload } = (units[unit] as RankedTally).tally
  return itemCount > 0 ? (itemPoints + bonus) / itemCount : (workload + bonus) / scorer.periods
}
