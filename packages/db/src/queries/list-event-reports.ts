import type { ReadonlyDb } from '../db.ts'
import type { ReportRow } from './list-case-reports.ts'
import { REPORT_COLUMNS } from './report-columns.ts'
import { inScope } from '../transaction/scope.ts'

export function eventReportsQuery(db: ReadonlyDb, eventCode: string) {
  return db
    .selectFrom('report')
    .innerJoin('unit', 'unit.unit_code', 'report.unit_code')
    .select(REPORT_COLUMNS)
    .where('report.event_code', '=', eventCode)
    .where('report.replaced_at', 'is', null)
    .$call(inScope(db, 'event-reports', 'report.unit_code'))
    .orderBy('unit.position')
    .orderBy('report.stage')
    .orderBy('report.sequence')
}

/** Current reports about one event by all units, in official order; empty when there is none. */
export function listEventReports(db: ReadonlyDb, eventCode: string): Promise<ReportRow[]> {
  return eventReportsQuery(db, eventCode).execute()
}
