import type { ReadonlyDb } from '../db.ts'
import type { ReportRow } from '../queries/list-case-reports.ts'
import { REPORT_COLUMNS } from '../queries/report-columns.ts'
import { inScope } from '../transaction/scope.ts'

/** A version of a report with the file that brought it; what the asker may not know of the file is null. */
export interface ReportVersionRow extends ReportRow {
  readonly recordedAt: number
  readonly fileName: string | null
  readonly importedBy: string | null
  /** Of whose account or key it came; null = a command at the machine, or out of reach. */
  readonly senderUnit: string | null
  /** False where the file is out of the asker's reach. */
  readonly isFileKnown: boolean
}

export function reportVersionsQuery(db: ReadonlyDb, eventCode: string) {
  const files = db
    .selectFrom('import_file')
    .select(['import_id', 'file_name', 'imported_by', 'unit_code'])
    .$call(inScope(db, 'report-versions', 'unit_code'))
    .as('file')
  return db
    .selectFrom('report')
    .leftJoin(files, 'file.import_id', 'report.import_id')
    .select(REPORT_COLUMNS)
    .select((eb) => [
      'report.recorded_at as recordedAt',
      'file.file_name as fileName',
      'file.imported_by as importedBy',
      'file.unit_code as senderUnit',
      eb('file.import_id', 'is not', null).$castTo<boolean>().as('isFileKnown'),
    ])
    .where('report.event_code', '=', eventCode)
    .$call(inScope(db, 'report-versions', 'report.unit_code'))
    .orderBy('report.unit_code')
    .orderBy('report.stage')
    .orderBy('report.sequence')
    .orderBy('report.recorded_at')
    .orderBy('report.version_id')
}

/** Every version of every report about an event, slot by slot, oldest first. */
export function listReportVersions(db: ReadonlyDb, eventCode: string): Promise<ReportVersionRow[]> {
  return reportVersionsQuery(db, eventCode).execute()
}
