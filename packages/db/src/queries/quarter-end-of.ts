import type { PlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'

/**
 * The last day of the quarter a check belongs to, whoever asks: the day by whose tree its reader is judged. null = there
 * is none.
 */
export async function findQuarterEndOfCheck(db: Db, checkCode: string): Promise<PlainDate | null> {
  const { rows } = await sql<{
    day: PlainDate | null
  }>`select quarter_end_of_check(${checkCode}) as day /* kept */`.execute(db)
  return rows[0]?.day ?? null
}

/** The same for an event: one day for each quarter in which some unit learned of it, oldest first. */
export async function listQuarterEndsOfEvent(db: Db, eventCode: string): Promise<PlainDate[]> {
  const { rows } = await sql<{ day: PlainDate }>`
    select day from quarter_ends_of_event(${eventCode}) as day order by day /* kept */`.execute(db)
  return rows.map(({ day }) => day)
}

/** The same for a check as the phone recorded it. */
export async function findQuarterEndOfInspection(db: Db, inspectionId: string): Promise<PlainDate | null> {
  const { rows } = await sql<{
    day: PlainDate | null
  }>`select quarter_end_of_inspection(${inspectionId}::uuid) as day /* kept */`.execute(db)
  return rows[0]?.day ?? null
}
