import type { HolidayBlock } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'

/** One version of a year's notice; instants in epoch ms. */
export interface YearNoticeRow {
  readonly year: number
  readonly blocks: readonly HolidayBlock[]
  readonly source: string
  readonly recordedAt: number
  /** null = came with the program. */
  readonly recordedBy: string | null
  /** null = in force. */
  readonly replacedAt: number | null
  readonly replacedBy: string | null
}

export function yearNoticesQuery(db: ReadonlyDb, year: number) {
  return db
    .selectFrom('holiday_notice')
    .select([
      'year',
      'blocks',
      'source',
      'recorded_at as recordedAt',
      'recorded_by as recordedBy',
      'replaced_at as replacedAt',
      'replaced_by as replacedBy',
    ])
    .where('year', '=', year)
    .orderBy('replaced_at', (order) => order.desc().nullsFirst())
    .orderBy('recorded_at', 'desc')
    .orderBy('notice_id')
}

/** Every version of a year's notice: the one in force, then those replaced, the last one first. */
export function listYearNotices(db: ReadonlyDb, year: number): Promise<YearNoticeRow[]> {
  return yearNoticesQuery(db, year).execute()
}
