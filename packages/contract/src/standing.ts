import { z } from 'zod'
import { LeagueInput } from './league.ts'
import { Count, DeductionCodeKey, Points, Provenance, QuarterText, RatioCounts, TreeKey } from './values.ts'

/** 0 to 1. */
const Probability = z.number().min(0).max(1)
const CertaintyKey = z.enum(['certain', 'likely', 'cannot_tell'])

/** Points of the score, > 0 = it cost the unit places; `cap` and `extra` may be below 0: they saved it some. */
const PlaceReasonView = z.object({ kind: z.enum(['volume', 'mix', 'cap', 'extra']), points: Points })

/** The comparison with peers that had the same chances; beside the official score, never instead of it. */
export const FairPlaceView = z.object({
  rank: Count,
  expectedRank: z.number(),
  low: Count,
  high: Count,
  /** Points lost, and what peers would have lost of the same chances, before floors and caps. */
  lost: Points,
  expectedLoss: Points,
  /** lost ÷ expectedLoss; 1 = as peers. */
  ratio: z.number(),
  /** After allowing for luck. */
  shrunkRatio: z.number(),
  reasons: z.array(PlaceReasonView),
})
export type FairPlaceView = z.infer<typeof FairPlaceView>

/** The share of first reports on time against the quarter before. */
export const MovementView = z.object({
  /** `solid` passes Benjamini–Hochberg at 5 % over the table; `hollow` only its own 95 % interval; `grey` neither. */
  kind: z.enum(['solid', 'hollow', 'grey']),
  direction: z.enum(['up', 'down', 'level']),
  now: RatioCounts,
  before: RatioCounts,
  /** Of the difference of the shares, −1 to 1. */
  interval: z.object({ low: z.number(), high: z.number() }),
  pValue: Probability,
})
export type MovementView = z.infer<typeof MovementView>

export const StandingRow = z.object({
  unitCode: z.string(),
  rank: Count,
  /** Holds the true place with `level`, one unit by one; always holds the official one. */
  rankInterval: z.object({ low: Count, high: Count, level: z.number() }),
  expectedRank: z.number(),
  /** Of truly standing in the first, in the last quarter of the table; first of all; last of all. */
  topQuarter: Probability,
  bottomQuarter: Probability,
  first: Probability,
  last: Probability,
  trueScore: z.object({ mean: Points, low: Points, high: Points }),
  /** From 1 = best; null = fewer than five measured units. */
  band: Count.nullable(),
  /** Places that hold for all units together at 95 %; only `isFirst` and `isLast` carry the words. */
  certain: z.object({ low: Count, high: Count, isFirst: z.boolean(), isLast: z.boolean() }),
  /** P(truly above the next of the table); null for the last. */
  aboveNext: Probability.nullable(),
  /** null = nothing it could have lost by what anybody in the group did wrong. */
  fair: FairPlaceView.nullable(),
  /** null = not compared: new, another unit then, or nothing decided in one of the quarters. */
  movement: MovementView.nullable(),
})
export type StandingRow = z.infer<typeof StandingRow>

const ListedUnitView = z.object({
  unitCode: z.string(),
  rank: Count,
  probability: Probability,
  certainty: CertaintyKey,
  /** First, or last, of all may be written. */
  isEnd: z.boolean(),
})

/** How sure the places of a table are; `rows` of units in reach in the order of the table, units not measured left out. */
export const LeagueStanding = z.object({
  quarter: QuarterText,
  group: z.string(),
  tree: TreeKey,
  provenance: Provenance,
  level: Probability,
  draws: Count,
  /** The same data, the same seed, the same bars. null = part of the group is out of reach: a hash of it could be guessed at. */
  seed: z.string().nullable(),
  measuredCount: Count,
  /** Share of the spread of places that the data resolve; null = fewer than five measured units. */
  rankability: z.object({ share: Probability, word: z.enum(['cannot_rank', 'with_care', 'well']) }).nullable(),
  bandCount: Count.nullable(),
  bands: z.array(z.object({ band: Count, unitCount: Count, highScore: Points, lowScore: Points })),
  /** Deductions somebody had; the others tell nobody apart. Empty when part of the group is out of reach. */
  codes: z.array(DeductionCodeKey),
  /** Fewer than three measured units, not all in reach: nothing is said, for it would tell of one peer. */
  isHidden: z.boolean(),
  rows: z.array(StandingRow),
  /** Units in reach whose official place lies in the first, in the last quarter of the table. */
  praise: z.array(ListedUnitView),
  criticism: z.array(ListedUnitView),
})
export type LeagueStanding = z.infer<typeof LeagueStanding>

export const PairInput = LeagueInput.extend({
  above: z.string().min(1).max(100),
  below: z.string().min(1).max(100),
})
export type PairInput = z.infer<typeof PairInput>

export const PairStanding = z.object({
  above: z.string(),
  below: z.string(),
  /** P(the first truly above the second); null in groups too large to count every pair. */
  probability: Probability.nullable(),
  certainty: CertaintyKey,
})
export type PairStanding = z.infer<typeof PairStanding>
