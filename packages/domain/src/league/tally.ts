import { type DeductionCode, FILING_DEDUCTION_CODES, LOG_DEDUCTION_CODES } from '../regulation/deduction-codes.ts'
import { FINDINGS, MISREPORT_KINDS } from '../facts/facts.ts'
import type { Dimension, Hundredths } from '../regulation/regulation.ts'

/**
 * What can go wrong, and how often it could have: calls, first and final reports that were decided; events with a slot that has
 * come; reports whose elements were judged; checks; forms decided; events owed, each of which could have been misreported. One
 * event is one chance of each: its slots and its elements go wrong together, so that they tell no more than one thing does.
 */
export const CHANCES = ['phone', 'written', 'follow_up', 'final', 'elements', 'check', 'filing', 'event'] as const
export type Chance = (typeof CHANCES)[number] | 'log'
/** Items of a duty log are left out where there are none: what was tallied before there were logs reads the same. */
export type ChanceCounts = Readonly<Record<(typeof CHANCES)[number], number>> & { readonly log?: number }

/** The faults of one code: chances that went wrong, and what they cost before any stop. */
export interface FaultTally {
  readonly code: DeductionCode
  readonly dimension: Dimension
  readonly count: number
  readonly points: Hundredths
}

/** One scored period: the quarter, or one of its months. */
export interface PeriodTally {
  readonly isZeroed: boolean
  readonly chances: ChanceCounts
  /** In the order of the codes, then of the dimensions; no entry for what did not go wrong, or cost nothing. */
  readonly faults: readonly FaultTally[]
}

/** What a unit's score hangs on, so that it can be drawn again. Whole numbers throughout. */
export interface UnitTally {
  readonly periods: readonly PeriodTally[]
  /** Sums over the periods, before they are divided by their number or by the items. */
  readonly workload: Hundredths
  readonly bonus: Hundredths
  readonly itemCount: number
  readonly itemPoints: Hundredths
}

export const NO_CHANCES: ChanceCounts = {
  phone: 0,
  written: 0,
  follow_up: 0,
  final: 0,
  elements: 0,
  check: 0,
  filing: 0,
  event: 0,
}

const CHANCE_OF = {
  phone_late: 'phone',
  phone_missing: 'phone',
  written_late: 'written',
  written_missing: 'written',
  follow_up_missed: 'follow_up',
  element_missing: 'elements',
  final_late: 'final',
  final_missing: 'final',
} as const satisfies Partial<Record<DeductionCode, Chance>>

const CHANCE_OF_CODE: ReadonlyMap<DeductionCode, Chance> = new Map<DeductionCode, Chance>([
  ...(Object.entries(CHANCE_OF) as [keyof typeof CHANCE_OF, Chance][]),
  ...MISREPORT_KINDS.map((code): [DeductionCode, Chance] => [code, 'event']),
  ...FINDINGS.map((code): [DeductionCode, Chance] => [code, 'check']),
  ...FILING_DEDUCTION_CODES.map((code): [DeductionCode, Chance] => [code, 'filing']),
  ...LOG_DEDUCTION_CODES.map((code): [DeductionCode, Chance] => [code, 'log']),
])

/** By what a fault of a code could have come about. */
export function chanceOf(code: DeductionCode): Chance {
  return CHANCE_OF_CODE.get(code) as Chance
}

export function addChances(a: ChanceCounts, b: ChanceCounts): ChanceCounts {
  const log = (a.log ?? 0) + (b.log ?? 0)
  return {
    phone: a.phone + b.phone,
    written: a.written + b.written,
    follow_up: a.follow_up + b.follow_up,
    final: a.final + b.final,
    elements: a.elements + b.elements,
    check: a.check + b.check,
    filing: a.filing + b.filing,
    event: a.event + b.event,
    ...(log > 0 && { log }),
  }
}
