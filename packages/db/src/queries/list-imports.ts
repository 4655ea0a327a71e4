import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

export function importsQuery(db: ReadonlyDb, limit: number) {
  return db
    .selectFrom('import_file')
    .select([
      'import_id as importId',
      'kind',
      'file_name as fileName',
      'imported_at as importedAt',
      'row_count as rowCount',
      'created_count as createdCount',
      'updated_count as updatedCount',
      'unchanged_count as unchangedCount',
      'rejected_count as rejectedCount',
    ])
    .$call(inScope(db, 'imports', 'unit_code'))
    .orderBy('imported_at', 'desc')
    .orderBy('import_id')
    .limit(limit)
}

/** Accepted files, newest first. */
export function listImportFiles(db: ReadonlyDb, limit: number) {
  return importsQuery(db, limit).execute()
}
