import type { Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

interface OwingScope {
  readonly quarters: readonly Quarter[]
  readonly years: readonly number[]
}

export function unitsOwingQuery(db: ReadonlyDb, { quarters, years }: OwingScope) {
  const withForms = db
    .selectFrom('filing')
    .select('unit_code as unitCode')
    .where('replaced_at', 'is', null)
    .where('holiday_year', '=', sql<number>`any (${years}::int[])`)
    .$call(inScope(db, 'units-owing', 'unit_code'))
  return db
    .selectFrom('unit_quarter')
    .select('unit_code as unitCode')
    .where('quarter', '=', sql<Quarter>`any (${quarters}::text[])`)
    .$call(inScope(db, 'units-owing', 'unit_code'))
    .union(withForms)
    .orderBy('unitCode')
}

/** Units that have a rollup in one of some quarters, or a holiday form of one of some years; by code. */
export async function listUnitsOwing(db: ReadonlyDb, scope: OwingScope): Promise<string[]> {
  const rows = await unitsOwingQuery(db, scope).execute()
  return rows.map((row) => row.unitCode)
}
