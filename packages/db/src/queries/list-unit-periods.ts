import type { UnitPeriod } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

export function unitPeriodsQuery(db: ReadonlyDb) {
  return db
    .selectFrom('unit_period')
    .innerJoin('unit', 'unit.unit_code', 'unit_period.unit_code')
    .select([
      'unit_period.unit_code as unitCode',
      'unit_period.name',
      'unit_period.short_name as shortName',
      'unit_period.parent_code as parentCode',
      'unit_period.tier',
      'unit_period.peer_group as peerGroup',
      'unit_period.duty_mode as dutyMode',
      'unit_period.valid_from as validFrom',
      'unit_period.valid_to as validTo',
    ])
    .where('unit_period.replaced_at', 'is', null)
    .$call(inScope(db, 'unit-periods', 'unit_period.unit_code'))
    .orderBy('unit.position')
    .orderBy('unit_period.valid_from', (order) => order.asc().nullsFirst())
}

/** Every current row of every unit's history: units in official order, each from its oldest row on. */
export function listUnitPeriods(db: ReadonlyDb): Promise<UnitPeriod[]> {
  return unitPeriodsQuery(db).execute()
}
