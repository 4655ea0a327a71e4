import type { Quarter } from '@zhidu/domain'
import type { ColumnType } from 'kysely'
import type { InstantColumn } from './schema-columns.ts'

/** One version of a quarter as it was frozen; write-once. The head of its parts: it comes last, and the quarter is whole then. */
export interface FrozenQuarterTable {
  frozen_id: string
  quarter: Quarter
  version: number // 1 = as first frozen, then the supplements 2, 3 …
  as_of: InstantColumn
  regulation_id: string
  regulation_version: string
  method_version: string
  program_version: string // which program froze it; not part of the manifest
  manifest: string // the exact text that is hashed
  manifest_sha256: string // hex
  unit_count: number // units in the tables
  fact_count: number // facts it was judged from
  high_water: ColumnType<Readonly<Record<string, number>>, string, never> // jsonb: last version_id of each fact table
  frozen_at: InstantColumn
  frozen_by: string // name of who did it
  reason: string | null // why a supplement was made; NULL = the first version
  is_demonstration: boolean // of invented data, which may be taken away again
}

/** A piece of a file of a frozen quarter; the pieces in their order are the file. */
export interface FrozenPartTable {
  frozen_id: string
  file_name: string
  part: number // from 0
  unit_code: string | null // whose evidence it is; NULL = nobody's alone
  is_gzip: boolean
  content: Buffer
}

export interface FrozenSchema {
  frozen_quarter: FrozenQuarterTable
  frozen_part: FrozenPartTable
}
