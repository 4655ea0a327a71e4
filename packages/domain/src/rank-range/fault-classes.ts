import { type Counts, makeRateDrawer, type RateDrawer } from '@zhidu/statistics'
import { chanceOf, type FaultTally, type PeriodTally, type UnitTally } from '../league/tally.ts'
import { DEDUCTION_CODES, type DeductionCode } from '../regulation/deduction-codes.ts'
import { type Dimension, DIMENSIONS, type Hundredths } from '../regulation/regulation.ts'

/** Faults of one code in one dimension: what somebody in the group did wrong. What nobody did tells nobody apart. */
export interface FaultClass {
  readonly code: DeductionCode
  readonly dimension: Dimension
  /** Over the quarter, by unit. */
  readonly counts: readonly Counts[]
  /** Chances by unit and period, in one row: `unit * periods + period`. */
  readonly chances: Float64Array
  /** What one fault costs, by unit: its own mean pulled towards that of the group by one fault. */
  readonly pointsPerFault: Float64Array
  /** The same of the group. */
  readonly groupPoints: Hundredths
  /** Faults ÷ chances of the whole group, > 0. */
  readonly groupRate: number
  readonly rates: RateDrawer
}

interface Place {
  readonly chances: number
  readonly fault: FaultTally | undefined
}

function placeIn(period: PeriodTally, code: DeductionCode, dimension: Dimension): Place {
  const fault = period.faults.find((one) => one.code === code && one.dimension === dimension)
  // A misreport may be confirmed in a month without an event, and of one event there may be two.
  return { fault, chances: Math.max(period.chances[chanceOf(code)] ?? 0, fault?.count ?? 0) }
}

function toClass(tallies: readonly UnitTally[], code: DeductionCode, dimension: Dimension): FaultClass {
  const places = tallies.map(({ periods }) => periods.map((period) => placeIn(period, code, dimension)))
  const totals = places.map((own) => ({
    part: own.reduce((sum, { fault }) => sum + (fault?.count ?? 0), 0),
    whole: own.reduce((sum, { chances }) => sum + chances, 0),
    points: own.reduce((sum, { fault }) => sum + (fault?.points ?? 0), 0),
  }))
  const sumOf = (pick: (one: (typeof totals)[number]) => number): number =>
    totals.reduce((sum, one) => sum + pick(one), 0)
  const faults = sumOf(({ part }) => part)
  const groupPoints = sumOf(({ points }) => points) / faults
  return {
    code,
    dimension,
    counts: totals,
    chances: Float64Array.from(places.flatMap((own) => own.map(({ chances }) => chances))),
    pointsPerFault: Float64Array.from(totals, ({ part, points }) => (points + groupPoints) / (part + 1)),
    groupPoints,
    groupRate: faults / sumOf(({ whole }) => whole),
    rates: makeRateDrawer(totals),
  }
}

/** The classes in which somebody failed, in the order of the codes. */
export function listFaultClasses(tallies: readonly UnitTally[]): FaultClass[] {
  const found = new Set<string>()
  for (const { periods } of tallies) {
    for (const { faults } of periods) for (const { code, dimension } of faults) found.add(`${code}/${dimension}`)
  }
  return DEDUCTION_CODES.flatMap((code) =>
    DIMENSIONS.filter((dimension) => found.has(`${code}/${dimension}`)).map((dimension) =>
      toClass(tallies, code, dimension),
    ),
  )
}
