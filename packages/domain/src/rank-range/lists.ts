import type { GroupRanges, UnitRange } from './rank-range.ts'
import { LIKELY_LEVEL, quarterOfTable } from './redraw-ranks.ts'

/** `certain`: the sets that hold together at 95 % say so. `likely`: with a probability of 0.8 and more. */
export type Certainty = 'certain' | 'likely' | 'cannot_tell'

export interface ListedUnit {
  readonly unitCode: string
  readonly rank: number
  /** Of truly belonging to that quarter of the table. */
  readonly probability: number
  readonly certainty: Certainty
  /** First, or last, of all: only where the sets that hold together say so. */
  readonly isEnd: boolean
}

/** Whom a bulletin may praise or criticise, by official place. Empty where the group is too small to have quarters. */
export interface RankLists {
  readonly praise: readonly ListedUnit[]
  readonly criticism: readonly ListedUnit[]
}

function certaintyOf(isCertain: boolean, probability: number): Certainty {
  if (isCertain) return 'certain'
  return probability >= LIKELY_LEVEL ? 'likely' : 'cannot_tell'
}

/** How surely the first of two units stands truly above the second. */
export function pairCertainty(above: UnitRange, below: UnitRange, probability: number): Certainty {
  return certaintyOf(above.certainHigh < below.certainLow, probability)
}

/** How surely a unit belongs to the first, or the last, quarter of a table of so many measured units. */
export function sureOfList(
  kind: keyof RankLists,
  range: UnitRange,
  count: number,
): Pick<ListedUnit, 'probability' | 'certainty' | 'isEnd'> {
  const quarter = quarterOfTable(count)
  const { bottomQuarter, certainHigh, certainLow, topQuarter } = range
  return kind === 'praise'
    ? { probability: topQuarter, certainty: certaintyOf(certainHigh <= quarter, topQuarter), isEnd: certainHigh === 1 }
    : {
        probability: bottomQuarter,
        certainty: certaintyOf(certainLow > count - quarter, bottomQuarter),
        isEnd: certainLow === count,
      }
}

/** Units whose official place lies in the first or in the last quarter of the table, ties at the edge included. */
export function listEnds({ bandCount, ranges }: GroupRanges): RankLists {
  if (bandCount === null) return { praise: [], criticism: [] }
  const count = ranges.length
  const quarter = quarterOfTable(count)
  const { rank: lastRank } = ranges[count - quarter] as UnitRange
  // All places alike in score: nobody stands out.
  const isFlat = lastRank === 1
  const praise = isFlat ? [] : ranges.filter(({ rank }) => rank <= quarter)
  const criticism = isFlat ? [] : ranges.filter(({ rank }) => rank >= lastRank)
  const toListed = (kind: keyof RankLists, some: readonly UnitRange[]): ListedUnit[] =>
    some.map((one) => ({ unitCode: one.unitCode, rank: one.rank, ...sureOfList(kind, one, count) }))
  return { praise: toListed('praise', praise), criticism: toListed('criticism', criticism) }
}
