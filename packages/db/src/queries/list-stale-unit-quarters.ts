import type { Quarter } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'

export function staleUnitQuartersQuery(db: ReadonlyDb, asOf: number, limit: number) {
  return db
    .selectFrom('unit_quarter')
    .select(['unit_code as unitCode', 'quarter'])
    .where('basis', '=', 'latest')
    .where('steady_until', '<=', instant(asOf))
    .orderBy('quarter')
    .orderBy('unit_code')
    .limit(limit)
}

/** Units and quarters whose `latest` rollup no longer holds at an instant (epoch ms). */
export function listStaleUnitQuarters(
  db: ReadonlyDb,
  asOf: number,
  limit: number,
): Promise<{ unitCode: string; quarter: Quarter }[]> {
  return staleUnitQuartersQuery(db, asOf, limit).execute()
}
