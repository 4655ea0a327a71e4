import type { Quarter } from '@zhidu/domain'
import type { ColumnType } from 'kysely'
import type { InstantColumn, NullableInstantColumn } from './schema-columns.ts'

/** Versions of an office's plans; a version is approved once and never changed. */
export interface DrawPlanTable {
  plan_id: string
  version: number
  unit_code: string // the office
  document: string // canonical JSON
  written_at: InstantColumn
  written_by: string
  written_by_id: string // uuid of the account
  approved_at: NullableInstantColumn // NULL = nobody has approved it
  approved_by: string | null
  approved_by_id: string | null // never who wrote it
}

/** One draw by one version of a plan; what happened to it since are its steps. */
export interface DrawTable {
  draw_id: string
  unit_code: string // the office
  plan_id: string
  plan_version: number
  quarter: Quarter
  is_last_of_quarter: boolean
  seed: ColumnType<unknown, string, never> // jsonb; where the seed is to come from
  declared_at: InstantColumn
  declared_by: string
  declared_by_id: string // uuid of the account
}

export type DrawStepKind = 'committed' | 'frozen' | 'revealed' | 'drawn' | 'substituted' | 'voided' | 'disclosed'

export interface DrawStepTable {
  draw_id: string
  seq: number // from 1, without a gap
  unit_code: string // the office
  kind: DrawStepKind
  content: string // commitment, pool, what was revealed, certificate, signed substitution, reason
  content_hash: string // sha256: of the content
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account
}

/** What a unit of a pool is told. */
export interface DrawNoticeTable {
  draw_id: string
  unit_code: string // who is told
  kind: 'frozen' | 'voided' | 'disclosed'
  office_name: string
  title: string
  quarter: Quarter
  content: string // hash of the pool, reason, hash of the certificate's last entry
  at: InstantColumn
}

export interface DrawsSchema {
  draw_plan: DrawPlanTable
  draw: DrawTable
  draw_step: DrawStepTable
  draw_notice: DrawNoticeTable
}
