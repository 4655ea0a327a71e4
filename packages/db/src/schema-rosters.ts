import type { DutyLine, RosterRole } from '@zhidu/domain'
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

export interface RostersSchema {
  duty_line: DutyLineTable
  roster_shift: RosterShiftTable
}
