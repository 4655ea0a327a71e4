import type { Level, ObligationKind, Outcome, Quarter } from '@zhidu/domain'
import type { ColumnType } from 'kysely'
import type { InstantColumn, NullableInstantColumn } from '../schema-columns.ts'

/**
 * What a unit owed by an instant under the rules of a quarter, written when it arises: versions like facts. How it stands is
 * derived from the facts: `turns_to[i]` holds from `turns_at[i]` on.
 */
export interface ObligationTable {
  unit_code: string
  quarter: Quarter
  kind: ObligationKind
  ref: string // event_code, or HOLIDAY/FORM
  level: Level | null // NULL = a form
  arises_at: InstantColumn
  due_at: InstantColumn // last instant on time by the rules alone
  regulation_id: string
  regulation_version: string
  clause: string // id of the clause that sets the limit
  cause: 'arose' | ObligationCause
  recorded_at: InstantColumn
  replaced_at: NullableInstantColumn // NULL = the current version
  replaced_cause: ObligationCause | null
  turns_at: ColumnType<number[], string[], string[]> // timestamptz[], ascending; the first may be -infinity
  turns_to: Outcome[]
  pre_reported_at: NullableInstantColumn // NULL = no pre-report
  reopened_at: NullableInstantColumn // the first time; NULL = never
}

/** Why a version of what was owed ended. */
export type ObligationCause = 'corrected' | 'rules' | 'calendar' | 'unit'

/** By which rules and calendar the obligations of a quarter were written. */
export interface ObligationBasisTable {
  quarter: Quarter
  regulation_id: string
  regulation_version: string
  calendar: string // fingerprint of the holidays
  written_at: InstantColumn
}
