import type { UnitTally } from '../league/tally.ts'
import type { DeductionCode } from '../regulation/deduction-codes.ts'
import type { Hundredths } from '../regulation/regulation.ts'

/** A measured unit with its place in the official table. */
export interface RankedTally {
  readonly unitCode: string
  readonly score: Hundredths
  readonly rank: number
  readonly tally: UnitTally
}

/** A range of whole places, both ends included. */
export interface PlaceRange {
  readonly expectedRank: number
  readonly low: number
  readonly high: number
}

/** What can have made the official place differ from that of the fair comparison; points of the score, > 0 = it cost the unit. */
export interface PlaceReason {
  /**
   * `volume`: more chances than the group has on average. `mix`: chances of dearer or more frequent faults. `cap`: what floors and
   * caps let it off, < 0. `extra`: bonus and workload, < 0.
   */
  readonly kind: 'volume' | 'mix' | 'cap' | 'extra'
  readonly points: Hundredths
}

/** How the unit compares with peers that had its chances. Points of the score, before floors and caps. */
export interface FairPlace extends PlaceRange {
  /** Place by the middle of the drawn ratios, the lowest first; equal ones share it. */
  readonly rank: number
  readonly lost: Hundredths
  readonly expectedLoss: Hundredths
  /** lost ÷ expected: 1 = as peers with the same chances. */
  readonly ratio: number
  /** The ratio after allowing for luck: the mean of the draws. */
  readonly shrunkRatio: number
  /** The largest first, at most three, none that is too small to be read. */
  readonly reasons: readonly PlaceReason[]
}

/** How far a unit's official place can be trusted. Probabilities are of the true score's place. */
export interface UnitRange extends PlaceRange {
  readonly unitCode: string
  readonly rank: number
  /** Of standing in the first, in the last quarter of the table. */
  readonly topQuarter: number
  readonly bottomQuarter: number
  readonly first: number
  readonly last: number
  readonly trueScore: { readonly mean: number; readonly low: number; readonly high: number }
  /** From 1 = best; null = the group is too small for bands. */
  readonly band: number | null
  /** The set that holds together with those of all others at 95 %. */
  readonly certainLow: number
  readonly certainHigh: number
  /** P(truly above the next one of the table); null for the last. */
  readonly aboveNext: number | null
  /** null = nothing it could have lost by what anybody did wrong. */
  readonly fair: FairPlace | null
}

export type RankabilityWord = 'cannot_rank' | 'with_care' | 'well'

export interface GroupRanges {
  /** In the order of the table. */
  readonly ranges: readonly UnitRange[]
  readonly level: number
  readonly draws: number
  readonly seed: string
  /** Share of the spread of places that the data resolve, 0 to 1; null = fewer than five units. */
  readonly rankability: number | null
  readonly word: RankabilityWord | null
  readonly bandCount: number | null
  /** Codes somebody failed by; the others tell nobody apart. */
  readonly codes: readonly DeductionCode[]
  /** P(the first truly scores above the second); RangeError for a unit that has no range. */
  pair(above: string, below: string): number
}
