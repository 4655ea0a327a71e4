import type { PlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** What an office asks of the units one level below, at a version. */
export interface DutySettingRow {
  readonly unitCode: string
  readonly version: number
  readonly reminderDays: readonly number[]
  /** `HH:MM`; null = no daily report is asked for. */
  readonly dailyUntil: string | null
  /** First day `dailyUntil` holds for. */
  readonly fromOn: PlainDate
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
}

/** Of some offices, or of all that can be seen, oldest first. Told to the whole subtree, so the asker's reach is no bound. */
export function listDutySettings(db: ReadonlyDb, offices: readonly string[] | null): Promise<DutySettingRow[]> {
  return db
    .selectFrom('duty_setting')
    .select([
      'unit_code as unitCode',
      'version',
      'reminder_days as reminderDays',
      'daily_until as dailyUntil',
      'from_on as fromOn',
      'at',
      'by_name as byName',
    ])
    .$if(offices !== null, (query) => query.where('unit_code', '=', sql<string>`any (${[...(offices ?? [])]}::text[])`))
    .orderBy('unit_code')
    .orderBy('version')
    .execute()
}

/** Adds the next version; the database refuses one that does not follow. */
export async function insertDutySetting(
  db: Db,
  row: Omit<DutySettingRow, 'at' | 'byName'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('duty_setting')
    .values({
      unit_code: row.unitCode,
      version: row.version,
      reminder_days: [...row.reminderDays],
      daily_until: row.dailyUntil,
      from_on: row.fromOn,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}
