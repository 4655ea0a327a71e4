import type { PlainDate, Regulation } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'

/** One version of a regulation with what is known of its making; instants are epoch ms. */
export interface RegulationRow {
  readonly id: string
  readonly version: string
  readonly state: 'draft' | 'published'
  readonly effectiveFrom: PlainDate | null
  readonly document: Regulation
  readonly revision: number
  readonly changedAt: number | null
  readonly changedBy: string | null
  readonly changedById: string | null
  readonly publishedAt: number | null
  readonly publishedBy: string | null
}

export function regulationsQuery(db: ReadonlyDb) {
  return db
    .selectFrom('regulation')
    .select([
      'regulation_id as id',
      'version',
      'state',
      'effective_from as effectiveFrom',
      'document',
      'revision',
      'changed_at as changedAt',
      'changed_by as changedBy',
      'changed_by_id as changedById',
      'published_at as publishedAt',
      'published_by as publishedBy',
    ])
}

/** Every version, drafts first, then from the latest in force to the one that held from the beginning. */
export function listRegulations(db: ReadonlyDb): Promise<RegulationRow[]> {
  return regulationsQuery(db)
    .orderBy('state')
    .orderBy('effective_from', (order) => order.desc().nullsLast())
    .orderBy('regulation_id')
    .orderBy('version')
    .execute()
}
