import type { AppealStepKind, AssessmentStepKind, DeductionCode, Dimension, Hundredths, Quarter } from '@zhidu/domain'
import type { InstantColumn, NullableDateColumn } from './schema-columns.ts'

/** What an office did with a quarter's assessment before it was frozen. */
export interface AssessmentStepTable {
  office_code: string
  quarter: Quarter
  position: number // from 0, without a gap
  kind: AssessmentStepKind
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
  note: string | null
  last_day: NullableDateColumn // of a draft: for appeals; NULL = its year was not announced. Of an approval: the one it went by
  working_days: number | null // of a draft: how many the units have
  marks_appeals: boolean // of an approval: appeals stay open, and their rows are marked
}

/** One deduction of a unit's quarter that it appeals. */
export interface AppealTable {
  appeal_id: string
  unit_code: string
  office_code: string
  quarter: Quarter
  ref: string // with code and at what names the deduction
  code: DeductionCode
  at: InstantColumn
  dimension: Dimension
  clause: string
  points: Hundredths // as it was when the appeal was begun
  opened_at: InstantColumn
}

export interface AppealStepTable {
  appeal_id: string
  position: number // from 0, without a gap
  unit_code: string
  office_code: string
  kind: AppealStepKind
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
  note: string | null
  files: string[] // sha256
}

export interface AssessmentSchema {
  assessment_step: AssessmentStepTable
  appeal: AppealTable
  appeal_step: AppealStepTable
}
