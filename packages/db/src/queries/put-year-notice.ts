import { randomUUID } from 'node:crypto'
import type { HolidayBlock } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'

export interface YearNoticeEntry {
  readonly year: number
  readonly blocks: readonly HolidayBlock[]
  readonly source: string
  /** Epoch ms. */
  readonly recordedAt: number
  /** null = came with the program. */
  readonly recordedBy: string | null
}

async function insertNotice(db: Db, entry: YearNoticeEntry): Promise<void> {
  await db
    .insertInto('holiday_notice')
    .values({
      notice_id: randomUUID(),
      year: entry.year,
      blocks: JSON.stringify(entry.blocks),
      source: entry.source,
      recorded_at: instant(entry.recordedAt),
      recorded_by: entry.recordedBy,
      replaced_at: null,
      replaced_by: null,
    })
    .execute()
}

/** Makes the blocks in force those of the notice in force. */
async function applyNotice(db: Db, year: number): Promise<void> {
  await sql`select apply_year_notice(${year}::integer)`.execute(db)
}

/** The notice of a year as it came with the program; a year that ever had one stays as it is. */
export async function addFirstNotice(db: Db, entry: YearNoticeEntry): Promise<void> {
  const known = await db.selectFrom('holiday_notice').select('year').where('year', '=', entry.year).limit(1).execute()
  if (known.length > 0) return
  await insertNotice(db, entry)
  await applyNotice(db, entry.year)
}

/** Puts a notice in force in place of the one before, which is kept. No block = the year is not announced. */
export async function putYearNotice(db: Db, entry: YearNoticeEntry & { readonly recordedBy: string }): Promise<void> {
  await db
    .updateTable('holiday_notice')
    .set({ replaced_at: instant(entry.recordedAt), replaced_by: entry.recordedBy })
    .where('year', '=', entry.year)
    .where('replaced_at', 'is', null)
    .execute()
  await insertNotice(db, entry)
  await applyNotice(db, entry.year)
}
