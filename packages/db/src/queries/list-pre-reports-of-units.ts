import type { PreReportFact } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { InstantRange } from './list-case-reports.ts'

export function preReportsOfUnitsQuery(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly range: InstantRange },
) {
  return db
    .selectFrom('pre_report')
    .select(['event_code as eventCode', 'unit_code as unitCode', 'pre_reported_at as sentAt', 'reason'])
    .where('unit_code', 'in', args.unitCodes)
    .where('pre_reported_at', '>=', instant(args.range.from))
    .where('pre_reported_at', '<', instant(args.range.to))
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'pre-reports-of-units', 'unit_code'))
    .orderBy('unit_code')
    .orderBy('event_code')
}

/** Current pre-reports of some units sent in the range, by unit and event. */
export function listPreReportsOfUnits(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly range: InstantRange },
): Promise<PreReportFact[]> {
  return args.unitCodes.length === 0 ? Promise.resolve([]) : preReportsOfUnitsQuery(db, args).execute()
}
