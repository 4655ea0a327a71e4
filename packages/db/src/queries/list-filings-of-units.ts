import type { FilingFact } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

interface FilingScope {
  readonly unitCodes: readonly string[]
  /** Years of the holidays themselves. */
  readonly years: readonly number[]
}

export function filingsOfUnitsQuery(db: ReadonlyDb, scope: FilingScope) {
  return db
    .selectFrom('filing')
    .select([
      'unit_code as unitCode',
      'holiday_year as holidayYear',
      'holiday_name as holidayName',
      'form',
      'received_at as receivedAt',
    ])
    .where('unit_code', 'in', scope.unitCodes)
    .where('holiday_year', 'in', scope.years)
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'filings-of-units', 'unit_code'))
    .orderBy('unit_code')
    .orderBy('holiday_year')
    .orderBy('holiday_name')
    .orderBy('form')
}

/** Current filings of some units for the holidays of some years, by unit, year, holiday and form. */
export function listFilingsOfUnits(db: ReadonlyDb, scope: FilingScope): Promise<FilingFact[]> {
  if (scope.unitCodes.length === 0 || scope.years.length === 0) return Promise.resolve([])
  return filingsOfUnitsQuery(db, scope).execute()
}
