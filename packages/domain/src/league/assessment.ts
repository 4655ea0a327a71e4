import type { Quarter } from '../calendar/quarter.ts'
import type { Ratio } from '../ratio/ratio.ts'
import type { DeductionCode } from '../regulation/deduction-codes.ts'
import type { Dimension, Grade, Hundredths } from '../regulation/regulation.ts'
import type { UnitTally } from './tally.ts'

/** `month_zeroed`: a fault made a month score nothing; `under_appeal`: 申诉中, a deduction of it is appealed and not decided. */
export const FLAGS = ['level_changed', 'month_zeroed', 'under_appeal'] as const
export type Flag = (typeof FLAGS)[number]

/** Version of the way figures are computed; changes whenever a published number could. */
export const METHOD_VERSION = '1.0'

export interface Deduction {
  readonly dimension: Dimension
  readonly code: DeductionCode
  readonly points: Hundredths
  /** event_code, check_code, misreport_code or `HOLIDAY/FORM` (`2026-春节/roster`). */
  readonly ref: string
  /** Epoch ms of the instant judged (contract §5, the list of deductions). */
  readonly at: number
  /** Id of the clause it follows. */
  readonly clause: string
  /** True when it makes the month it falls in score nothing; it then has no points of its own. */
  readonly zeroesMonth: boolean
}

/** Four exclusive outcomes of what was owed. */
export interface OutcomeCounts {
  readonly onTime: number
  readonly late: number
  readonly missing: number
  readonly notYetDue: number
  /** Always the sum of the four. */
  readonly owed: number
}

/** What a unit's quarter comes to, without the list behind it. Additive parts are kept before any stop at 0. */
export interface UnitSummary {
  readonly unitCode: string
  readonly quarter: Quarter
  readonly isMeasured: boolean
  /** First reports in writing, one per event. */
  readonly timeliness: OutcomeCounts
  /** Holiday forms, one per holiday and form. */
  readonly filings: OutcomeCounts
  readonly completeness: Ratio
  readonly checks: { readonly passed: number; readonly total: number }
  /** Sum of the listed deductions, before the stop at 0; ≥ 0. */
  readonly lost: Readonly<Record<Dimension, Hundredths>>
  readonly deductionCount: number
  /**
   * base − lost within floor and cap, weighted, the mean of the months where months are scored, cut so that they sum to the
   * score with workload and bonus; all 0 in a method by items.
   */
  readonly dimensions: Readonly<Record<Dimension, Hundredths>>
  readonly workload: Hundredths
  readonly bonus: Hundredths
  /** Items of information and what they scored; null unless the method goes by items. */
  readonly items: { readonly count: number; readonly points: Hundredths } | null
  /** null when not measured. */
  readonly score: Hundredths | null
  readonly grade: Grade | null
  readonly isCommendable: boolean
  readonly flags: readonly Flag[]
}

/** With what the score hangs on; a frozen summary has none, its facts give it again. */
export interface TalliedSummary extends UnitSummary {
  readonly tally: UnitTally
}

export interface UnitAssessment extends TalliedSummary {
  readonly asOf: number
  /** Sorted as contract §5 says. */
  readonly deductions: readonly Deduction[]
  /**
   * The same facts give the same result for every t with `steadyFrom ≤ t < steadyUntil` (epoch ms; asOf lies inside;
   * −Infinity / Infinity = without end). May be narrower than the widest such interval, never wider.
   */
  readonly steadyFrom: number
  readonly steadyUntil: number
}

/** A unit's place among those it is ranked with. */
export interface RankedUnit<T extends UnitSummary> {
  readonly summary: T
  /** null = not measured. */
  readonly rank: number | null
  readonly isTied: boolean
}
