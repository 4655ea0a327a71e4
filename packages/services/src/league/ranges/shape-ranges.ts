import type { FairPlaceView, LeagueRow, MovementView, StandingRow } from '@zhidu/contract'
import type { FairPlace, Movement, UnitRange } from '@zhidu/domain'
import { toPoints } from '../shape.ts'
import type { DrawnRanges } from './drawn-ranges.ts'

export type RankInterval = NonNullable<LeagueRow['rankInterval']>

/** Of each ranked unit; empty for a table of one. */
export function toRankIntervals({ level, ranges }: DrawnRanges): ReadonlyMap<string, RankInterval> {
  return new Map(ranges.map(({ high, low, unitCode }) => [unitCode, { low, high, level }]))
}

/** Probabilities and ratios to four places, for the same reason. */
export function toFourPlaces(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

/** To a hundredth of a point; what is drawn has no more to say. */
function toRoundPoints(hundredths: number): number {
  return toPoints(Math.round(hundredths) + 0)
}

function toFair(fair: FairPlace | null): FairPlaceView | null {
  if (fair === null) return null
  const { expectedLoss, expectedRank, high, lost, low, rank, ratio, reasons, shrunkRatio } = fair
  return {
    rank,
    expectedRank: toFourPlaces(expectedRank),
    low,
    high,
    lost: toRoundPoints(lost),
    expectedLoss: toRoundPoints(expectedLoss),
    ratio: toFourPlaces(ratio),
    shrunkRatio: toFourPlaces(shrunkRatio),
    reasons: reasons.map(({ kind, points }) => ({ kind, points: toRoundPoints(points) })),
  }
}

function toMovement(movement: Movement | undefined): MovementView | null {
  if (movement === undefined) return null
  const { before, direction, interval, kind, now, pValue } = movement
  return {
    kind,
    direction,
    now: { ...now },
    before: { ...before },
    interval: { low: toFourPlaces(interval.low), high: toFourPlaces(interval.high) },
    pValue: toFourPlaces(pValue),
  }
}

export function toStandingRow(
  range: UnitRange,
  { count, level }: { readonly count: number; readonly level: number },
  movement: Movement | undefined,
): StandingRow {
  const { certainHigh, certainLow, trueScore } = range
  return {
    unitCode: range.unitCode,
    rank: range.rank,
    rankInterval: { low: range.low, high: range.high, level },
    expectedRank: toFourPlaces(range.expectedRank),
    topQuarter: toFourPlaces(range.topQuarter),
    bottomQuarter: toFourPlaces(range.bottomQuarter),
    first: toFourPlaces(range.first),
    last: toFourPlaces(range.last),
    trueScore: {
      mean: toRoundPoints(trueScore.mean),
      low: toRoundPoints(trueScore.low),
      high: toRoundPoints(trueScore.high),
    },
    band: range.band,
    certain: {
      low: certainLow,
      high: certainHigh,
      isFirst: certainHigh === 1,
      isLast: certainLow === count,
    },
    aboveNext: range.aboveNext === null ? null : toFourPlaces(range.aboveNext),
    fair: toFair(range.fair),
    movement: toMovement(movement),
  }
}
