import { monthOfQuarter, MONTHS_PER_QUARTER } from '../calendar/quarter.ts'
import { type Dimension, DIMENSIONS, type Hundredths, type Regulation } from '../regulation/regulation.ts'
import { roundHalfUp } from '../ratio/round.ts'
import type { Deduction } from './assessment.ts'
import { addChances, type ChanceCounts, type FaultTally, NO_CHANCES } from './tally.ts'
import { joinFaults, toFaults } from './tally-faults.ts'

/** What is added up over one scored period: the quarter, or one of its months. */
export interface PeriodSums {
  readonly lost: Readonly<Record<Dimension, Hundredths>>
  readonly isZeroed: boolean
  readonly writtenCount: number
  readonly itemCount: number
  readonly itemPoints: Hundredths
  readonly chances: ChanceCounts
  readonly faults: readonly FaultTally[]
}

/** What one event, check or form adds to its period. */
export interface PeriodShare {
  readonly deductions: readonly Deduction[]
  readonly isWritten: boolean
  readonly itemPoints: Hundredths | null
  readonly chances: ChanceCounts | null
}

export function mapDimensions<T>(value: (dimension: Dimension) => T): Record<Dimension, T> {
  return {
    timeliness: value('timeliness'),
    completeness: value('completeness'),
    truthfulness: value('truthfulness'),
    discipline: value('discipline'),
    filing: value('filing'),
  }
}

const NOTHING: PeriodSums = {
  lost: mapDimensions(() => 0),
  isZeroed: false,
  writtenCount: 0,
  itemCount: 0,
  itemPoints: 0,
  chances: NO_CHANCES,
  faults: [],
}

export function emptyPeriods(regulation: Regulation): PeriodSums[] {
  return Array.from({ length: regulation.period === 'month' ? MONTHS_PER_QUARTER : 1 }, () => NOTHING)
}

/** Which scored period of its quarter an instant (epoch ms) falls in. */
export function periodIndexOf(at: number, periods: readonly PeriodSums[]): number {
  return periods.length === 1 ? 0 : monthOfQuarter(at)
}

/** A value: the list with one period added to. */
export function addToPeriod(periods: readonly PeriodSums[], index: number, share: PeriodShare): readonly PeriodSums[] {
  return periods.map((one, place) => (place === index ? addShare(one, share) : one))
}

function addShare(sums: PeriodSums, { chances, deductions, isWritten, itemPoints }: PeriodShare): PeriodSums {
  const counts = {
    writtenCount: sums.writtenCount + Number(isWritten),
    itemCount: sums.itemCount + Number(itemPoints !== null),
    itemPoints: sums.itemPoints + (itemPoints ?? 0),
    chances: chances === null ? sums.chances : addChances(sums.chances, chances),
  }
  if (deductions.length === 0) return { lost: sums.lost, isZeroed: sums.isZeroed, faults: sums.faults, ...counts }
  const lost = { ...sums.lost }
  for (const { dimension, points } of deductions) lost[dimension] += points
  return {
    lost,
    isZeroed: sums.isZeroed || deductions.some(({ zeroesMonth }) => zeroesMonth),
    faults: joinFaults(sums.faults, toFaults(deductions)),
    ...counts,
  }
}

/**
 * Points of the dimensions of one period: base − lost, held by floor and cap, before any weight. A month made zero has
 * nothing, and what is already below nothing where the floor lets it: to be made zero must never raise it.
 */
export function dimensionsOf(sums: PeriodSums, regulation: Regulation): Record<Dimension, Hundredths> {
  return mapDimensions((dimension) => {
    const { base, cap, floor } = regulation.dimensions[dimension]
    const held = Math.min(Math.max(base - sums.lost[dimension], floor), cap)
    return sums.isZeroed ? Math.min(held, 0) : held
  })
}

export function sumDimensions(points: Readonly<Record<Dimension, Hundredths>>): Hundredths {
  return DIMENSIONS.reduce((sum, dimension) => sum + points[dimension], 0)
}

/** Points for how much was done in one period. */
export function workloadOf(sums: PeriodSums, regulation: Regulation): Hundredths {
  const { workload } = regulation
  if (workload === null || sums.isZeroed) return 0
  const count = workload.counts === 'adoptions' ? sums.itemCount : sums.writtenCount
  return roundHalfUp((workload.max * Math.min(count, workload.fullAt)) / workload.fullAt)
}
