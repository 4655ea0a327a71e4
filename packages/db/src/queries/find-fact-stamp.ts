import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'

/**
 * Differs whenever facts, rules or units may have changed: every version of a fact comes with an import. What was computed
 * under one stamp may be used again under the same.
 */
export async function findFactStamp(db: ReadonlyDb): Promise<string> {
  const stamp = sql<string>`concat_ws('/',
    (select concat(count(*), '.', max(xmin::text::bigint)) from import_file),
    (select concat(count(*), '.', max(xmin::text::bigint)) from reopening),
    (select concat(count(*), '.', max(xmin::text::bigint)) from appeal_step),
    (select concat(count(*), '.', max(xmin::text::bigint)) from regulation),
    (select concat(count(*), '.', max(xmin::text::bigint)) from holiday),
    (select concat(count(*), '.', max(xmin::text::bigint)) from unit_succession))`
  const found = await db.selectNoFrom(stamp.as('stamp')).executeTakeFirstOrThrow()
  return found.stamp
}
