import type { Quarter } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'

export function rollupQuartersQuery(db: ReadonlyDb) {
  return db.selectFrom('unit_quarter').select('quarter').distinct().where('basis', '=', 'latest').orderBy('quarter')
}

/** The quarters that have rollups, oldest first. */
export async function listRollupQuarters(db: ReadonlyDb): Promise<Quarter[]> {
  return (await rollupQuartersQuery(db).execute()).map(({ quarter }) => quarter)
}
