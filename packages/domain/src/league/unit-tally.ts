import type { Hundredths, Regulation } from '../regulation/regulation.ts'
import { type PeriodSums, workloadOf } from './period-sums.ts'
import type { UnitTally } from './tally.ts'

/** `bonus`: summed over the periods, or for the average over items. */
export function toUnitTally(periods: readonly PeriodSums[], bonus: Hundredths, regulation: Regulation): UnitTally {
  const sum = (pick: (one: PeriodSums) => number): number => periods.reduce((total, one) => total + pick(one), 0)
  return {
    periods: periods.map(({ chances, faults, isZeroed }) => ({ isZeroed, chances, faults })),
    workload: regulation.items === null ? sum((one) => workloadOf(one, regulation)) : 0,
    bonus,
    itemCount: sum((one) => one.itemCount),
    itemPoints: sum((one) => one.itemPoints),
  }
}
