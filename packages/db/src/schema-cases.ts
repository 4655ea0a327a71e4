import type {
  CaseStepKind,
  Escalation,
  Finding,
  MisreportKind,
  MisreportSource,
  MisreportStepKind,
} from '@zhidu/domain'
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

/** A suspicion of a misreport, from opening to its end. */
export interface MisreportCaseTable extends AboutCase {
  case_id: string
  case_code: string // RDA-2026-0001, the misreport_code of what is confirmed
  office_name: string // as it was then: the unit's reach does not hold its superior
  kind: MisreportKind // as what it was opened
  event_code: string | null // NULL = no report names it
  source: MisreportSource
  superior_at: InstantColumn // when the superior learned of it
  opened_at: InstantColumn
}

export interface MisreportStepTable extends AboutCase {
  case_id: string
  position: number // from 0, without a gap
  kind: MisreportStepKind
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
  note: string | null
  last_day: NullableDateColumn // until when the unit may explain; of a notice NULL = its year was not announced
  working_days: number | null // of a notice: how many the unit has to explain
  files: string[] // sha256
  figures: string | null // JSON: what was reported when, and what is true; the last of a case counts
  confirmed_as: MisreportKind | null
  share_percent: number | null // of a confirmation: what of the points counts; NULL = all of them
  is_against_rule: boolean // confirmed against what the rules make of the figures
}

/** What a unit announces as evidence, or the office that opened a case. */
export interface CaseFileTable extends AboutCase {
  case_id: string
  sha256: string
  type: string
  bytes: number
  name: string
  announced_at: InstantColumn
  announced_by: string
  announced_by_id: string // uuid of the account
  brought_by: string // unit or office
}

export interface CaseFilePartTable extends AboutCase {
  case_id: string
  sha256: string
  start: number // bytes before it
  content: Buffer
}

export interface CasesSchema {
  supervision_case: SupervisionCaseTable
  case_step: CaseStepTable
  misreport_case: MisreportCaseTable
  misreport_step: MisreportStepTable
  case_file: CaseFileTable
  case_file_part: CaseFilePartTable
}
