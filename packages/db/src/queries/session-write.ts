import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'

export interface NewSession {
  readonly sessionId: string
  readonly accountId: string
  readonly tokenHash: Buffer
  /** Epoch ms, as all instants here. */
  readonly createdAt: number
  readonly idleUntil: number
  readonly absoluteUntil: number
  readonly address: string
  readonly userAgent: string
  readonly authLevel: 'password' | 'totp' | 'sso'
}

export async function insertSession(db: Db, session: NewSession): Promise<void> {
  await db
    .insertInto('session')
    .values({
      session_id: session.sessionId,
      account_id: session.accountId,
      token_hash: session.tokenHash,
      created_at: instant(session.createdAt),
      last_seen_at: instant(session.createdAt),
      idle_until: instant(session.idleUntil),
      absolute_until: instant(session.absoluteUntil),
      address: session.address,
      user_agent: session.userAgent,
      auth_level: session.authLevel,
    })
    .execute()
}

/** Seen at `now`; does nothing for one that was seen after `seenBefore` or has ended. */
export async function touchSession(
  db: Db,
  sessionId: string,
  times: { readonly now: number; readonly seenBefore: number; readonly idleUntil: number },
): Promise<void> {
  await db
    .updateTable('session')
    .set({
      last_seen_at: instant(times.now),
      idle_until: sql`least(absolute_until, ${instant(times.idleUntil)})`,
    })
    .where('session_id', '=', sessionId)
    .where('ended_at', 'is', null)
    .where('last_seen_at', '<=', instant(times.seenBefore))
    .execute()
}

/** The same session under another token. */
export async function rotateSessionToken(db: Db, sessionId: string, tokenHash: Buffer): Promise<void> {
  await db.updateTable('session').set({ token_hash: tokenHash }).where('session_id', '=', sessionId).execute()
}

/**
 * Ends sessions of an account that have not ended, and gives how many: the one asked for, or all but `except`, or all but the
 * `keep` newest.
 */
export async function endSessions(
  db: Db,
  accountId: string,
  end: { readonly at: number; readonly reason: string },
  which: { readonly sessionId?: string; readonly except?: string; readonly keep?: number } = {},
): Promise<number> {
  const { except, keep, sessionId } = which
  let query = db
    .updateTable('session')
    .set({ ended_at: instant(end.at), end_reason: end.reason })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
  if (sessionId !== undefined) query = query.where('session_id', '=', sessionId)
  if (except !== undefined) query = query.where('session_id', '!=', except)
  if (keep !== undefined) {
    query = query.where('session_id', 'not in', (of) =>
      of
        .selectFrom('session as s')
        .select('s.session_id')
        .where('s.account_id', '=', accountId)
        .where('s.ended_at', 'is', null)
        .where('s.idle_until', '>', instant(end.at))
        .where('s.absolute_until', '>', instant(end.at))
        .orderBy('s.created_at', 'desc')
        .orderBy('s.session_id')
        .limit(keep),
    )
  }
  const { numUpdatedRows } = await query.executeTakeFirst()
  return Number(numUpdatedRows)
}
