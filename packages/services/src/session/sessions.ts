import type { SessionList } from '@zhidu/contract'
import { asReadonly, endSessions, listLiveSessions } from '@zhidu/db'
import { toLocalIso } from '@zhidu/domain'
import { withAccountChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { ownActor } from './own-account.ts'

/** Ends the session the request came by. */
export async function signOut(ctx: ServiceContext): Promise<void> {
  const { accountId, sessionId, viewer } = ownActor(ctx)
  const ownId = viewer?.accountId ?? accountId
  const what = { action: 'session.signOut', object: `session/${sessionId}` }
  await withAccountChange(ctx, what, (trx) =>
    endSessions(trx, ownId, { at: ctx.clock(), reason: 'signed_out' }, { sessionId }),
  )
}

/** The own sessions that are good now, newest first. */
export async function listSessions(ctx: ServiceContext): Promise<SessionList> {
  const { accountId, sessionId, viewer } = ownActor(ctx)
  const rows = await listLiveSessions(asReadonly(ctx.db), viewer?.accountId ?? accountId, ctx.clock())
  return rows.map((row) => ({
    sessionId: row.sessionId,
    createdAt: toLocalIso(row.createdAt),
    lastSeenAt: toLocalIso(row.lastSeenAt),
    endsAt: toLocalIso(row.absoluteUntil),
    address: row.address,
    userAgent: row.userAgent,
    isCurrent: row.sessionId === sessionId,
  }))
}

/** Ends one of the own sessions. Throws ServiceError `not_found` for one that is not, or has ended. */
export async function revokeSession(ctx: ServiceContext, { sessionId }: { readonly sessionId: string }): Promise<void> {
  const { accountId } = ownActor(ctx)
  await withAccountChange(ctx, { action: 'session.revoke', object: `session/${sessionId}` }, async (trx) => {
    const ended = await endSessions(trx, accountId, { at: ctx.clock(), reason: 'revoked' }, { sessionId })
    if (ended === 0) throw new ServiceError('not_found', 'session_unknown')
  })
}
