import type { Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'

/** The head of one version of a frozen quarter; see `FrozenQuarterTable`. */
export interface FrozenQuarterRow {
  readonly frozenId: string
  readonly quarter: Quarter
  readonly version: number
  /** Epoch ms. */
  readonly asOf: number
  readonly regulationId: string
  readonly regulationVersion: string
  readonly methodVersion: string
  readonly programVersion: string
  readonly manifest: string
  readonly manifestSha256: string
  readonly unitCount: number
  readonly factCount: number
  readonly highWater: Readonly<Record<string, number>>
  /** Epoch ms. */
  readonly frozenAt: number
  readonly frozenBy: string
  readonly reason: string | null
}

export function frozenQuartersQuery(db: ReadonlyDb, quarter: Quarter | null) {
  const query = db
    .selectFrom('frozen_quarter')
    .select([
      'frozen_id as frozenId',
      'quarter',
      'version',
      'as_of as asOf',
      'regulation_id as regulationId',
      'regulation_version as regulationVersion',
      'method_version as methodVersion',
      'program_version as programVersion',
      'manifest',
      'manifest_sha256 as manifestSha256',
      'unit_count as unitCount',
      'fact_count as factCount',
      'high_water as highWater',
      'frozen_at as frozenAt',
      'frozen_by as frozenBy',
      'reason',
    ])
    .orderBy('quarter', 'desc')
    .orderBy('version', 'desc')
  return quarter === null ? query : query.where('quarter', '=', quarter)
}

/** Every version of one frozen quarter, or of all, the newest quarter and version first. */
export function listFrozenQuarters(db: ReadonlyDb, quarter: Quarter | null = null): Promise<FrozenQuarterRow[]> {
  return frozenQuartersQuery(db, quarter).execute()
}

/** The newest version of a frozen quarter by name, without its manifest; undefined = not frozen. */
export function findFrozenRef(
  db: ReadonlyDb,
  quarter: Quarter,
): Promise<Pick<FrozenQuarterRow, 'version' | 'frozenAt' | 'frozenBy' | 'manifestSha256'> | undefined> {
  return db
    .selectFrom('frozen_quarter')
    .select(['version', 'frozen_at as frozenAt', 'frozen_by as frozenBy', 'manifest_sha256 as manifestSha256'])
    .where('quarter', '=', quarter)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Closes a version: its parts are there, and no further one comes. */
export async function insertFrozenQuarter(
  trx: Db,
  row: FrozenQuarterRow & { readonly isDemonstration: boolean },
): Promise<void> {
  await trx
    .insertInto('frozen_quarter')
    .values({
      frozen_id: row.frozenId,
      quarter: row.quarter,
      version: row.version,
      as_of: instant(row.asOf),
      regulation_id: row.regulationId,
      regulation_version: row.regulationVersion,
      method_version: row.methodVersion,
      program_version: row.programVersion,
      manifest: row.manifest,
      manifest_sha256: row.manifestSha256,
      unit_count: row.unitCount,
      fact_count: row.factCount,
      high_water: sql`${JSON.stringify(row.highWater)}::jsonb`,
      frozen_at: instant(row.frozenAt),
      frozen_by: row.frozenBy,
      reason: row.reason,
      is_demonstration: row.isDemonstration,
    })
    .execute()
}
