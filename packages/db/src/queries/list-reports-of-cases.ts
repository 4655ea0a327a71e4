import { sql } from 'kysely'
import { kept } from '../connection/kept.ts'
import type { ReadonlyDb } from '../db.ts'
import type { CaseKey } from './list-case-reports.ts'
import { REPORT_COLUMNS } from './report-columns.ts'
import { inScope } from '../transaction/scope.ts'

/** All current reports of the named events of the named units; at most some thousand keys. */
export function reportsOfCasesQuery(db: ReadonlyDb, keys: readonly CaseKey[]) {
  const eventCodes = keys.map((key) => key.eventCode)
  const unitCodes = keys.map((key) => key.unitCode)
  return (
    db
      .selectFrom(
        sql<{
          event_code: string
          unit_code: string
        }>`unnest(${eventCodes}::text[], ${unitCodes}::text[])`.as<'wanted'>(sql`wanted(event_code, unit_code)`),
      )
      .innerJoin('report', (join) =>
        join
          .onRef('report.event_code', '=', 'wanted.event_code')
          .onRef('report.unit_code', '=', 'wanted.unit_code')
          .on('report.replaced_at', 'is', null),
      )
      .select(REPORT_COLUMNS)
      // On the codes asked for: on the table's column it makes the planner read every report of each unit.
      .$call(inScope(db, 'reports-of-cases', 'wanted.unit_code'))
      .orderBy('report.unit_code')
      .orderBy('report.event_code')
      .orderBy('report.stage')
      .orderBy('report.sequence')
      .$call(kept)
  )
}
