import type { ReadonlyDb } from '../db.ts'
import { type RegulationRow, regulationsQuery } from './list-regulations.ts'

export function findRegulation(
  db: ReadonlyDb,
  key: { readonly id: string; readonly version: string },
): Promise<RegulationRow | undefined> {
  return regulationsQuery(db).where('regulation_id', '=', key.id).where('version', '=', key.version).executeTakeFirst()
}
