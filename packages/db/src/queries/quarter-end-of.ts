import type { PlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'

/**
 * The last day of the quarter a record belongs to, whoever asks: the day by whose tree its reader is judged. null = there
 * is none.
 */
export async function findQuarterEndOf(
  db: Db,
  record: { readonly kind: 'event' | 'check'; readonly code: string },
): Promise<PlainDate | null> {
  const { rows } =
    record.kind === 'event'
      ? await sql<{ day: PlainDate | null }>`select quarter_end_of_event(${record.code}) as day`.execute(db)
      : await sql<{ day: PlainDate | null }>`select quarter_end_of_check(${record.code}) as day`.execute(db)
  return rows[0]?.day ?? null
}
