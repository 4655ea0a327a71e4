import type { CaseStepKind, Escalation, Finding } from '@zhidu/domain'
import type { InstantColumn, NullableDateColumn } from './schema-columns.ts'

/** Whose case it is: of the unit concerned, and of the office that handles it. */
interface AboutCase {
  unit_code: string
  office_code: string
}

/** One finding of a check, from notice to closure. */
export interface SupervisionCaseTable extends AboutCase {
  case_id: string
  inspection_id: string
  finding: Finding
  found_at: InstantColumn // start of the check
  opened_at: InstantColumn // when the check was received
  office_name: string // as it was then: the unit's reach does not hold its superior
}

export interface CaseStepTable extends AboutCase {
  case_id: string
  position: number // from 0, without a gap
  kind: CaseStepKind
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
  note: string | null
  last_day: NullableDateColumn // until when what follows is to be done; of a notice NULL = its year was not announced
  working_days: number | null // of a notice: how many the unit has to explain
  owner: string | null // who of the unit puts it right
  escalation: Escalation | null
  files: string[] // sha256
}

/** What the unit announces as evidence. */
export interface CaseFileTable extends AboutCase {
  case_id: string
  sha256: string
  type: string
  bytes: number
  name: string
  announced_at: InstantColumn
  announced_by: string
  announced_by_id: string // uuid of the account
}

export interface CaseFilePartTable extends AboutCase {
  case_id: string
  sha256: string
  start: number // bytes before it
  content: Buffer
}
