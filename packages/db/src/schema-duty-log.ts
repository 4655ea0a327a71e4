import type { HandoverStepKind, LogKind, LogOutcome, LogSource, LogStepKind } from '@zhidu/domain'
import type { DateColumn, InstantColumn } from './schema-columns.ts'

/** Who wrote a row; `at` is the server's clock. */
interface SignedColumns {
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
}

/** One entry of a unit's duty log, as it was first written. */
export interface LogEntryTable extends SignedColumns {
  entry_id: string
  unit_code: string
  entry_code: string // D13-20261001-003
  day: DateColumn // local day of `at`
  number: number // from 1, of the unit and the day, without a gap
  source: LogSource
  kind: LogKind
  caller_unit: string | null
  caller_name: string | null
  caller_phone: string | null
  received_at: InstantColumn // when it happened, as the entry says; never after `at`
  clock_ahead_minutes: number | null // of the device that wrote it, negative = behind; NULL = no difference worth a word
  content: string
  officer: string | null // on duty by the roster; NULL = nobody is named there
  event_code: string | null // of a report; NULL = of none
  lead_code: string | null // of a lead; NULL = of none
}

/** What was done with an entry. */
export interface LogStepTable extends SignedColumns {
  entry_id: string
  position: number // from 0, without a gap
  unit_code: string
  kind: LogStepKind
  note: string | null // what was instructed, done, came of it, or why; NULL only when handed over
  person: string | null // who instructed, or to whom it was given on
  outcome: LogOutcome | null // set when closed
  content: string | null // the corrected text
  handover_id: string | null // set when handed over
}

/** The head of a day's page, every version of it. */
export interface LogDayTable extends SignedColumns {
  unit_code: string
  day: DateColumn
  position: number // from 0; the last counts
  leader: string | null
  weather: string | null
}

/** A change of shift. */
export interface HandoverTable extends SignedColumns {
  handover_id: string
  unit_code: string
  change_at: InstantColumn
}

export interface HandoverStepTable extends SignedColumns {
  handover_id: string
  position: number // from 0, without a gap
  unit_code: string
  kind: HandoverStepKind
  roster_person: string | null // as whom of the roster; NULL = not on it
  off_roster_reason: string | null // why then; of a confirmation exactly one of the two is set
  entries: string[] // uuid of what was open
  notes: string[] // to each of them, '' = none
  equipment: string | null // keys, seals, lines
  note: string | null
  to_person: string | null // who is to take over
  to_reason: string | null // why somebody who is not on the roster
  entered_by_name: string | null // at whose screen it was confirmed; NULL = at one's own
  entered_by_id: string | null
  open_count: number
}

export interface DutyLogSchema {
  log_entry: LogEntryTable
  log_step: LogStepTable
  log_day: LogDayTable
  handover: HandoverTable
  handover_step: HandoverStepTable
}
