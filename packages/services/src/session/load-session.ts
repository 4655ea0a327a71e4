import { findLiveSession, type LiveSession, touchSession } from '@zhidu/db'
import { familyOf, permissionsOf, type Permission, type Role } from '@zhidu/domain'
import { hashToken } from '@zhidu/identity'
import type { AccountActor } from '../actor.ts'
import type { ServiceContext } from '../context.ts'
import { mayHaveSessions, mustChangePassword } from './session-rules.ts'
import type { Identity } from './identity.ts'

/** Seldom enough that reading costs no writing, often enough that an idle session ends on time. */
const MAX_TOUCH_MS = 60_000
const TOUCHES_PER_IDLE = 15

/** Business roles reach through a unit; an account that lost its own reaches nothing at all. */
function permissionsIn(unitCode: string | null, roles: readonly Role[]): ReadonlySet<Permission> {
  const isLost = unitCode === null && roles.some((role) => familyOf(role) === 'business')
  return isLost ? new Set<Permission>(['session.own']) : permissionsOf(roles)
}

function toActor(session: LiveSession, mustChange: boolean, address: string): AccountActor {
  const seen = session.viewed ?? session
  const { accountId, displayName } = session
  return {
    kind: 'account',
    accountId: seen.accountId,
    sessionId: session.sessionId,
    loginName: seen.loginName,
    displayName: seen.displayName,
    unitCode: seen.unitCode,
    roles: seen.roles,
    permissions: permissionsIn(seen.unitCode, seen.roles),
    mustChangePassword: mustChange,
    address,
    viewer: session.viewed === null ? null : { accountId, displayName },
  }
}

/**
 * Whose session a token is, as account, roles and unit are at this moment; undefined for a token that is good for nothing any
 * more. Keeps the session alive. One query, and at most once a minute a second one.
 */
export async function loadSession(
  ctx: Omit<ServiceContext, 'actor'> & {
    readonly identity: Pick<Identity, 'passwords' | 'sessions' | 'areDemonstrationAccountsOpen'>
  },
  args: { readonly token: string; readonly address: string },
): Promise<AccountActor | undefined> {
  const now = ctx.clock()
  const session = await findLiveSession(ctx.db, hashToken(args.token), now)
  if (session === undefined || !mayHaveSessions(ctx, session)) return undefined
  const idleMs = ctx.identity.sessions.idleMinutes * 60_000
  const seenBefore = now - Math.min(MAX_TOUCH_MS, idleMs / TOUCHES_PER_IDLE)
  if (session.lastSeenAt <= seenBefore) {
    await touchSession(ctx.db, session.sessionId, { now, seenBefore, idleUntil: now + idleMs })
  }
  const { policy } = ctx.identity.passwords
  const mustChange = mustChangePassword(session, { policy, authLevel: session.authLevel, now })
  return toActor(session, mustChange, args.address)
}
