import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'

export interface GuardLimits {
  /** Failures in a row before a name is locked. */
  readonly maxFailures: number
  /** How long a lock lasts, and after how long without a failure they are forgotten. */
  readonly lockMs: number
}

/**
 * Counts a try before it is looked at, in one statement: whoever comes at the same moment waits here. Gives null when the try
 * may be looked at, else the instant (epoch ms) the lock ends. The last allowed try locks the name at once, and its success
 * unlocks it.
 */
export async function countTry(db: Db, nameHash: Buffer, now: number, limits: GuardLimits): Promise<number | null> {
  const { lockMs, maxFailures } = limits
  const lockedUntil = instant(now + lockMs)
  const { rows } = await sql`
    insert into sign_in_guard as g (name_hash, failure_count, last_failed_at, locked_until)
    values (${nameHash}, 1, ${instant(now)}, ${maxFailures === 1 ? lockedUntil : null})
    on conflict (name_hash) do update set
      failure_count = case when g.last_failed_at <= ${instant(now - lockMs)} then 1 else g.failure_count + 1 end,
      last_failed_at = ${instant(now)},
      locked_until = case when g.last_failed_at > ${instant(now - lockMs)} and g.failure_count + 1 >= ${maxFailures}
        then ${lockedUntil} end
    where g.locked_until is null or g.locked_until <= ${instant(now)}
    returning 1`.execute(db)
  if (rows.length > 0) return null
  const row = await db
    .selectFrom('sign_in_guard')
    .select('locked_until')
    .where('name_hash', '=', nameHash)
    .executeTakeFirst()
  return row?.locked_until ?? now + lockMs
}

/** Takes one counted try back: it was right as far as it went. */
export async function uncountTry(db: Db, nameHash: Buffer): Promise<void> {
  await sql`update sign_in_guard set failure_count = greatest(failure_count - 1, 0), locked_until = null
    where name_hash = ${nameHash}`.execute(db)
}

/** Forgets every failure; false = there was none. */
export async function clearGuard(db: Db, nameHash: Buffer): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('sign_in_guard').where('name_hash', '=', nameHash).executeTakeFirst()
  return numDeletedRows > 0n
}
