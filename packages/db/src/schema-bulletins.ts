import type { Quarter } from '@zhidu/domain'
import type { InstantColumn } from './schema-columns.ts'

/** An office's bulletin about a frozen quarter, or a correction of one. */
export interface BulletinTable {
  bulletin_id: string
  unit_code: string // the office
  quarter: Quarter
  kind: 'bulletin' | 'correction'
  frozen_version: number // of the quarter, when it was begun
  corrects: string | null // NULL = a bulletin
  created_at: InstantColumn
  created_by: string
  created_by_id: string | null // uuid of the account; NULL = a command at the machine
}

/** What it said at a time; only ever added to. */
export interface BulletinRevisionTable {
  bulletin_id: string
  revision: number // from 1, without a gap
  unit_code: string // the office
  base_revision: number // what its author had before him; 0 = the draft
  document: string // JSON
  at: InstantColumn
  by_name: string
  by_id: string | null // uuid of the account
}

export type BulletinStepKind = 'submitted' | 'returned' | 'published'

export interface BulletinStepTable {
  bulletin_id: string
  seq: number // from 1, without a gap
  unit_code: string // the office
  kind: BulletinStepKind
  revision: number
  note: string | null // why it was returned; NULL = not returned
  at: InstantColumn
  by_name: string
  by_id: string // uuid of the account; of `published` never who wrote a revision
}

export interface BulletinsSchema {
  bulletin: BulletinTable
  bulletin_revision: BulletinRevisionTable
  bulletin_step: BulletinStepTable
}
