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
  return {
    praise: praise.map((one) => ({
      unitCode: one.unitCode,
      rank: one.rank,
      probability: one.topQuarter,
      certainty: certaintyOf(one.certainHigh <= quarter, one.topQuarter),
      isEnd: one.certainHigh === 1,
    })),
    criticism: criticism.map((one) => ({
      unitCode: one.unitCode,
      rank: one.rank,
      probability: one.bottomQuarter,
      certainty: certaintyOf(one.certainLow > count - quarter, one.bottomQuarter),
      isEnd: one.certainLow === count,
    })),
  }
}
