import type { DailyKind, PlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** A unit's report of a day at a version; the first fixes the time. */
export interface DailyReportRow {
  readonly unitCode: string
  readonly day: PlainDate
  readonly version: number
  readonly kind: DailyKind
  readonly note: string | null
  readonly eventCode: string | null
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
}

/** Of some units, from one day to another, both included: by unit, day and version. */
export function listDailyReports(
  db: ReadonlyDb,
  {
    firstOn,
    lastOn,
    unitCodes,
  }: { readonly unitCodes: readonly string[]; readonly firstOn: PlainDate; readonly lastOn: PlainDate },
): Promise<DailyReportRow[]> {
  return db
    .selectFrom('daily_report')
    .select([
      'unit_code as unitCode',
      'day',
      'version',
      'kind',
      'note',
      'event_code as eventCode',
      'at',
      'by_name as byName',
    ])
    .where('unit_code', '=', sql<string>`any (${[...unitCodes]}::text[])`)
    .where('day', '>=', firstOn)
    .where('day', '<=', lastOn)
    .$call(inScope(db, 'daily-reports', 'unit_code'))
    .orderBy('unit_code')
    .orderBy('day')
    .orderBy('version')
    .execute()
}

/** Adds the next version; the database refuses one that does not follow. */
export async function insertDailyReport(
  db: Db,
  row: Omit<DailyReportRow, 'at' | 'byName'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('daily_report')
    .values({
      unit_code: row.unitCode,
      day: row.day,
      version: row.version,
      kind: row.kind,
      note: row.note,
      event_code: row.eventCode,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}
