import { DEDUCTION_CODES } from '../regulation/deduction-codes.ts'
import { DIMENSIONS } from '../regulation/regulation.ts'
import type { Deduction } from './assessment.ts'
import type { FaultTally } from './tally.ts'

function compareFaults(a: FaultTally, b: FaultTally): number {
  return (
    DEDUCTION_CODES.indexOf(a.code) - DEDUCTION_CODES.indexOf(b.code) ||
    DIMENSIONS.indexOf(a.dimension) - DIMENSIONS.indexOf(b.dimension)
  )
}

export function joinFaults(a: readonly FaultTally[], b: readonly FaultTally[]): readonly FaultTally[] {
  if (b.length === 0) return a
  const sums = [...a]
  for (const one of b) {
    const place = sums.findIndex(({ code, dimension }) => code === one.code && dimension === one.dimension)
    const known = sums[place]
    if (known === undefined) sums.push(one)
    else sums[place] = { ...known, count: known.count + one.count, points: known.points + one.points }
  }
  return sums.length === a.length ? sums : sums.sort(compareFaults)
}

/**
 * The deductions of one event, check or form as faults: the slots of an event are one fault together. What costs nothing by
 * itself (a month made nothing) is none.
 */
export function toFaults(deductions: readonly Deduction[]): readonly FaultTally[] {
  let faults: readonly FaultTally[] = []
  for (const { code, dimension, points } of deductions) {
    if (points === 0) continue
    const isMore = code === 'follow_up_missed' && faults.some((one) => one.code === code)
    faults = joinFaults(faults, [{ code, dimension, count: isMore ? 0 : 1, points }])
  }
  return faults
}
