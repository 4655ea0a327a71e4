import type { RosterChangeKind } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

/** From where a version of a shift came. */
export interface RosterSource {
  readonly importId: string
  readonly fileName: string
  readonly sha256: string
  readonly importedAt: number
  /** Of the act on the page that wrote it; null = a file brought it. */
  readonly kind: RosterChangeKind | null
  readonly isLate: boolean | null
}

/** The files and acts by which shifts came, by their ids. */
export function listRosterSources(db: ReadonlyDb, importIds: readonly string[]): Promise<RosterSource[]> {
  if (importIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('import_file as f')
    .leftJoin('roster_change as c', 'c.import_id', 'f.import_id')
    .select([
      'f.import_id as importId',
      'f.file_name as fileName',
      'f.sha256',
      'f.imported_at as importedAt',
      'c.kind',
      'c.is_late as isLate',
    ])
    .where('f.import_id', 'in', importIds)
    .$call(inScope(db, 'roster-sources', 'f.unit_code'))
    .orderBy('f.import_id')
    .execute()
}
