import type { Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'
import type { UnitQuarterRow } from './list-unit-quarters.ts'
import { UNIT_QUARTER_COLUMNS } from './unit-quarter-columns.ts'

interface SeriesScope {
  readonly unitCodes: readonly string[]
  readonly quarters: readonly Quarter[]
}

export function unitQuartersOfUnitsQuery(db: ReadonlyDb, { quarters, unitCodes }: SeriesScope) {
  return db
    .selectFrom('unit_quarter')
    .select(UNIT_QUARTER_COLUMNS)
    .where('unit_code', '=', sql<string>`any (${[...unitCodes]}::text[])`)
    .where('quarter', '=', sql<Quarter>`any (${[...quarters]}::text[])`)
    .$call(inScope(db, 'unit-quarters-of-units', 'unit_code'))
    .orderBy('quarter')
    .orderBy('basis')
    .orderBy('unit_code')
}

/** Rollup rows of some units in some quarters, both bases. */
export function listUnitQuartersOfUnits(db: ReadonlyDb, scope: SeriesScope): Promise<UnitQuarterRow[]> {
  if (scope.unitCodes.length === 0 || scope.quarters.length === 0) return Promise.resolve([])
  return unitQuartersOfUnitsQuery(db, scope).execute()
}
