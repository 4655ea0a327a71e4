import type { DutyLine, RosterChangeKind, RosterRole } from '@zhidu/domain'
import type { FactVersion, InstantColumn, NullableDateColumn } from './schema-columns.ts'

/** A telephone of a unit; as known at t are the versions recorded by t and not replaced by then. */
export interface DutyLineTable extends FactVersion {
  unit_code: string
  line: DutyLine
  number: string
  forwarding_until: NullableDateColumn // last day on which calls may be forwarded; NULL = they may not
  forwarding_reason: string | null // NULL with forwarding_until
  is_withdrawn: boolean // true = used no more
}

/** Somebody on duty in a unit for a while. */
export interface RosterShiftTable extends FactVersion {
  unit_code: string
  role: RosterRole
  starts_at: InstantColumn
  ends_at: InstantColumn // exclusive; at most seven days later
  person: string
  post: string | null
  phone: string | null
  is_withdrawn: boolean // true = not on duty then after all
}

/** An act that wrote shifts: planned, withdrawn, swapped or replaced on the page. */
export interface RosterChangeTable {
  change_id: string
  change_code: string // the name of what was written, as an import's file name
  unit_code: string
  kind: RosterChangeKind
  span_from: InstantColumn // what it changes; exclusive end
  span_to: InstantColumn
  is_late: boolean // the span had begun when it was recorded: 事后报备
  asked_by: string | null
  agreed_by: string | null
  reason: string | null
  import_id: string // of the versions it wrote
  recorded_at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
}

/** Why a telephone of a unit is another, and from when on. */
export interface DutyLineChangeTable {
  change_id: string
  unit_code: string
  line: DutyLine
  number: string
  is_withdrawn: boolean
  forwarding_until: NullableDateColumn
  reason: string
  from_at: InstantColumn // when it became so; never after `recorded_at`
  import_id: string
  recorded_at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
}

export interface RostersSchema {
  duty_line_change: DutyLineChangeTable
  roster_change: RosterChangeTable
  duty_line: DutyLineTable
  roster_shift: RosterShiftTable
}
