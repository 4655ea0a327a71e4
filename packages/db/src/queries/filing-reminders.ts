import type { FilingForm, HolidayName, PlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** What a unit was reminded of. */
export interface FilingReminderRow {
  readonly reminderId: string
  readonly unitCode: string
  readonly officeCode: string
  readonly officeName: string
  readonly holidayYear: number
  readonly holidayName: HolidayName
  readonly dueOn: PlainDate
  readonly forms: readonly FilingForm[]
  /** Of the office's setting; null = sent by a person. */
  readonly daysBefore: number | null
  /** Epoch ms. */
  readonly at: number
  /** null = by the program, as the office set it. */
  readonly byName: string | null
  readonly seenAt: number | null
  readonly seenBy: string | null
}

/** Of some units, for one holiday or all: the newest first. */
export function listFilingReminders(
  db: ReadonlyDb,
  {
    holidayName,
    holidayYear,
    limit,
    unitCodes,
  }: {
    readonly unitCodes: readonly string[]
    readonly holidayYear?: number
    readonly holidayName?: HolidayName
    readonly limit?: number
  },
): Promise<FilingReminderRow[]> {
  return db
    .selectFrom('filing_reminder as r')
    .leftJoin('filing_reminder_seen as s', 's.reminder_id', 'r.reminder_id')
    .select([
      'r.reminder_id as reminderId',
      'r.unit_code as unitCode',
      'r.office_code as officeCode',
      'r.office_name as officeName',
      'r.holiday_year as holidayYear',
      'r.holiday_name as holidayName',
      'r.due_on as dueOn',
      'r.forms',
      'r.days_before as daysBefore',
      'r.at',
      'r.by_name as byName',
      's.at as seenAt',
      's.by_name as seenBy',
    ])
    .where('r.unit_code', '=', sql<string>`any (${[...unitCodes]}::text[])`)
    .$if(holidayYear !== undefined, (query) => query.where('r.holiday_year', '=', holidayYear ?? 0))
    .$if(holidayName !== undefined, (query) => query.where('r.holiday_name', '=', holidayName ?? '元旦'))
    .$call(inScope(db, 'filing-reminders', 'r.unit_code'))
    .orderBy('r.at', 'desc')
    .orderBy('r.reminder_id')
    .limit(limit ?? 1_000)
    .execute()
}

export type NewReminder = Omit<FilingReminderRow, 'at' | 'byName' | 'seenAt' | 'seenBy'>

/** Adds them; a step of the setting that was taken already is left out. Gives how many were new. `author` null = the program. */
export async function insertFilingReminders(
  db: Db,
  rows: readonly NewReminder[],
  by: { readonly at: number; readonly author: DrawAuthor | null },
): Promise<number> {
  if (rows.length === 0) return 0
  const result = await db
    .insertInto('filing_reminder')
    .values(
      rows.map((row) => ({
        reminder_id: row.reminderId,
        unit_code: row.unitCode,
        office_code: row.officeCode,
        office_name: row.officeName,
        holiday_year: row.holidayYear,
        holiday_name: row.holidayName,
        due_on: row.dueOn,
        forms: [...row.forms],
        days_before: row.daysBefore,
        at: instant(by.at),
        by_name: by.author?.name ?? null,
        by_id: by.author?.id ?? null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0)
}

/** Says that a reminder was seen; harmless when it was before. */
export async function insertReminderSeen(
  db: Db,
  row: { readonly reminderId: string; readonly unitCode: string },
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('filing_reminder_seen')
    .values({
      reminder_id: row.reminderId,
      unit_code: row.unitCode,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
