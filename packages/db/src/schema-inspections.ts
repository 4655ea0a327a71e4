import type { CheckMethod, Finding } from '@zhidu/domain'
import type { InstantColumn, NullableInstantColumn } from './schema-columns.ts'

/** Who reads what is known of a check, and whose it is. */
interface AboutCheck {
  unit_code: string // that was checked
  office_code: string // whose inspectors checked it
  reader_code: string // within whose reach it is read: the unit's, or the office's for what the unit is not told
}

/** Versions of an office's own lists; those that are shipped are in the program. */
export interface ChecklistTable {
  id: string
  version: number
  unit_code: string // the office
  content: string // JSON
  written_at: InstantColumn
  written_by: string
  written_by_id: string // uuid of the account
}

export type InspectionPurpose = 'drawn' | 'ordered' | 'second' | 'upper'
export type InspectionResult = 'findings' | 'passed' | 'inconclusive' | 'compared'

export interface InspectionTable extends AboutCheck {
  inspection_id: string // made by the phone
  check_code: string
  method: CheckMethod
  purpose: InspectionPurpose
  draw_id: string | null
  order_id: string | null
  at: InstantColumn // its start on this server's clock
  uncertainty_ms: number // either way
  clock_basis: 'monotonic' | 'wall' | 'none'
  device_error_ms: number // how far the device's clock was ahead
  elapsed_ms: number
  inspectors: string[]
  recorded_by: string
  recorded_by_id: string // uuid of the account
  received_at: InstantColumn
  checklist_id: string
  checklist_version: number
  checklist: string // JSON of that version
  regulation_id: string
  regulation_version: string
  document: string // as it came, in its one spelling
  content_hash: string // sha256: of the document
  result: InspectionResult
}

/** That others check again: blind, the office above, or on a secret day after a case was closed. */
export interface InspectionOrderTable {
  order_id: string
  unit_code: string
  office_code: string
  kind: 'second' | 'upper' | 'recheck'
  first_id: string // inspection_id
  inspectors: string[]
  reason: string
  ordered_at: InstantColumn
  ordered_by: string
  ordered_by_id: string // uuid of the account
  due_at: InstantColumn
  case_id: string | null // of a recheck: the case that was closed
  from_at: NullableInstantColumn // of a recheck: not before, and told to nobody before
}

/** What a check announces. */
export interface InspectionFileTable extends AboutCheck {
  inspection_id: string
  sha256: string
  kind: 'photo' | 'recording'
  type: string
  bytes: number
  name: string
  taken_ms: number // since the check began
}

export interface InspectionFilePartTable extends AboutCheck {
  inspection_id: string
  sha256: string
  start: number // bytes before it
  content: Buffer
}

/** That all of a file is there and is what was announced. */
export interface InspectionFileReceiptTable extends AboutCheck {
  inspection_id: string
  sha256: string
  received_at: InstantColumn
  received_by: string
  received_by_id: string // uuid of the account
}

export interface InspectionFindingTable extends AboutCheck {
  inspection_id: string
  finding: Finding
  clause: string
  is_suspected: boolean
  items: string[] // keys of the list
  files: string[] // sha256
}

export interface InspectionDecisionTable extends AboutCheck {
  inspection_id: string
  finding: Finding
  outcome: 'confirmed' | 'dismissed'
  reason: string
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account, never who recorded it
}

export interface InspectionsSchema {
  checklist: ChecklistTable
  inspection: InspectionTable
  inspection_order: InspectionOrderTable
  inspection_file: InspectionFileTable
  inspection_file_part: InspectionFilePartTable
  inspection_file_receipt: InspectionFileReceiptTable
  inspection_finding: InspectionFindingTable
  inspection_decision: InspectionDecisionTable
}
