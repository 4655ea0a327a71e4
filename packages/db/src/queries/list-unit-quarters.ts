import type { Quarter } from '@zhidu/domain'
import type { Selectable } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import type { UnitQuarterTable } from '../schema.ts'
import { UNIT_QUARTER_COLUMNS } from './unit-quarter-columns.ts'
import { inScope } from '../transaction/scope.ts'

type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S

/** A rollup row; see `UnitQuarterTable` for units and NULL meanings. */
export type UnitQuarterRow = {
  readonly [K in keyof Selectable<UnitQuarterTable> as Camel<K>]: Selectable<UnitQuarterTable>[K]
}
export type RollupBasis = UnitQuarterTable['basis']

export function unitQuartersQuery(db: ReadonlyDb, quarters: readonly Quarter[]) {
  return db
    .selectFrom('unit_quarter')
    .select(UNIT_QUARTER_COLUMNS)
    .where('quarter', 'in', quarters)
    .$call(inScope(db, 'unit-quarters', 'unit_code'))
    .orderBy('quarter')
    .orderBy('basis')
    .orderBy('unit_code')
}

/** Every rollup row of some quarters, both bases. */
export function listUnitQuarters(db: ReadonlyDb, quarters: readonly Quarter[]): Promise<UnitQuarterRow[]> {
  return quarters.length === 0 ? Promise.resolve([]) : unitQuartersQuery(db, quarters).execute()
}
