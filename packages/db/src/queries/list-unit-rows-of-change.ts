import type { UnitPeriod } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

/** A version of a row that a change has made, or one that it has replaced. */
export interface ChangedUnitRow {
  readonly unitCode: string
  readonly row: UnitPeriod
  readonly isMade: boolean
  /** Of a made one: nobody has replaced it since. */
  readonly isCurrent: boolean
}

export function unitRowsOfChangeQuery(db: ReadonlyDb, changeId: string) {
  return db
    .selectFrom('unit_period')
    .select([
      'unit_code as unitCode',
      'name',
      'short_name as shortName',
      'parent_code as parentCode',
      'tier',
      'peer_group as peerGroup',
      'duty_mode as dutyMode',
      'valid_from as validFrom',
      'valid_to as validTo',
      'import_id as importId',
      'replaced_at as replacedAt',
    ])
    .where((eb) => eb.or([eb('import_id', '=', changeId), eb('replaced_by', '=', changeId)]))
    .$call(inScope(db, 'unit-rows-of-change', 'unit_code'))
    .orderBy('version_id')
}

/** What a change made of the rows of units, in the order in which they were first written. */
export async function listUnitRowsOfChange(db: ReadonlyDb, changeId: string): Promise<ChangedUnitRow[]> {
  const rows = await unitRowsOfChangeQuery(db, changeId).execute()
  return rows.map(({ importId, replacedAt, ...row }) => ({
    unitCode: row.unitCode,
    row,
    isMade: importId === changeId,
    isCurrent: replacedAt === null,
  }))
}
