import { type RawBuilder, sql } from 'kysely'
import type { InstantParameter } from './schema.ts'

/**
 * Instants are epoch ms everywhere outside SQL, and timestamptz inside.
 *
 * Reading needs nothing: the driver hands every timestamptz over as a number (see connection/type-parsers.ts).
 * Writing and comparing goes through `instant`, which sends the instant as UTC text, exact to the ms, whatever zone
 * process and server live in:
 *
 *   db.insertInto('check_record').values({ checked_at: instant(check.checkedAt), … })
 *   db.selectFrom('report').where('learned_at', '>=', instant(range.from))
 *
 * A bare number does not compile in an insert or update; in a `where` the server refuses it.
 * Arrays (`unnest`) and COPY take `toInstantText`.
 */
export function instant(at: number): RawBuilder<InstantParameter>
export function instant(at: number | null): RawBuilder<InstantParameter | null>
export function instant(at: number | null): RawBuilder<InstantParameter | null> {
  return sql<InstantParameter | null>`${at === null ? null : toInstantText(at)}::timestamptz`
}

/** `2026-07-03T06:05:00.000Z`. Throws RangeError for NaN, ±Infinity and years that are not 0001–9999. */
export function toInstantText(at: number): string {
  const text = new Date(at).toISOString()
  if (text.length !== 24 || text.startsWith('0000')) throw new RangeError(`not an instant of the years 1–9999: ${at}`)
  return text
}
