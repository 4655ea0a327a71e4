import type { Category, DutyMode, Level, Tier } from '../facts/facts.ts'
import type { DeductionCode } from './deduction-codes.ts'
import type { Dimension, DeductionShape } from './regulation.ts'

export const REGULATION_PROBLEM_REASONS = [
  'clause_twice',
  'clause_unknown',
  'level_without_limit',
  'rules_overlap',
  'phone_after_written',
  'final_by_phone',
  'schedule_empty',
  'schedule_disorder',
  'elements_empty',
  'not_by_level',
  'not_by_duty_mode',
  'shape_does_not_fit',
  'needs_items',
  'needs_months',
  'dimension_without_points',
  'max_below_points',
  'nothing_owed',
  'cap_below_floor',
  'base_outside_bounds',
  'weights_do_not_sum',
  'grades_disorder',
  'grade_out_of_reach',
  'items_by_month',
  'items_with_workload',
  'misreports_empty',
  'veto_without_effect',
  'absorbs_for_free',
  'applies_to_nothing',
  'effective_mid_quarter',
  'value_out_of_range',
  'listed_twice',
  'version_twice',
  'versions_overlap',
] as const
export type RegulationProblemReason = (typeof REGULATION_PROBLEM_REASONS)[number]

/** What is wrong between the parts of a regulation, with the clause at which to mend it. */
export interface RegulationProblem {
  readonly reason: RegulationProblemReason
  /** Id of the clause; null = the document as a whole. */
  readonly clause: string | null
  /** The part it stands in: `deadlines`, `dimensions`. */
  readonly part: string
  readonly params: {
    readonly level?: Level
    readonly category?: Category
    readonly tier?: Tier
    readonly dutyMode?: DutyMode
    readonly code?: DeductionCode
    readonly shape?: DeductionShape['kind']
    readonly dimension?: Dimension
    /** The other clause of a contradiction; the other version, where versions contradict. */
    readonly other?: string
    readonly field?: string
    /** The value found, and those that would be accepted. */
    readonly value?: number
    readonly min?: number
    readonly max?: number
  }
}
