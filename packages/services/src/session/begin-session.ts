import { randomUUID } from 'node:crypto'
import {
  type AccountCredentials,
  clearGuard,
  type Db,
  endSessions,
  findAccountById,
  asReadonly,
  insertSession,
  lockAccount,
  withTransaction,
} from '@zhidu/db'
import { permissionsOf } from '@zhidu/domain'
import { hashToken, makeToken } from '@zhidu/identity'
import type { AccountActor } from '../actor.ts'
import { appendDone } from '../audit/record-audit.ts'
import type { IdentityContext } from './identity.ts'
import { toNameHash } from './name-guard.ts'
import { type AuthLevel, mayHaveSessions, mustChangePassword } from './session-rules.ts'

export interface SessionGrant {
  /** For the cookie; nobody can tell it again. */
  readonly token: string
  /** End of the session whatever is done, epoch ms. */
  readonly endsAt: number
}

function toActor(
  account: AccountCredentials,
  session: { readonly sessionId: string; readonly address: string; readonly mustChange: boolean },
): AccountActor {
  return {
    kind: 'account',
    accountId: account.accountId,
    sessionId: session.sessionId,
    loginName: account.loginName,
    displayName: account.displayName,
    unitCode: account.unitCode,
    roles: account.roles,
    permissions: permissionsOf(account.roles),
    mustChangePassword: session.mustChange,
    address: session.address,
    viewer: null,
  }
}

/**
 * Begins a session with a token of its own, ends what is beyond the account's number and forgets its failures, all with one
 * audit entry by the account itself. Undefined when the account has changed since `account` was read: the caller refuses.
 * `also` runs in the same transaction, and its false refuses as well.
 */
export function beginSession(
  ctx: IdentityContext,
  account: AccountCredentials,
  given: { readonly authLevel: AuthLevel; readonly address: string; readonly userAgent: string },
  also: (trx: Db) => Promise<boolean> = () => Promise.resolve(true),
): Promise<(SessionGrant & { readonly mustChangePassword: boolean }) | undefined> {
  const { policy } = ctx.identity.passwords
  const { hours, idleMinutes, perAccount } = ctx.identity.sessions
  return withTransaction(ctx.db, async (trx) => {
    if (!(await lockAccount(trx, account.accountId)) || !(await also(trx))) return undefined
    const present = await findAccountById(asReadonly(trx), account.accountId)
    const isSame = present?.passwordHash === account.passwordHash && present.oidcSubject === account.oidcSubject
    if (present === undefined || !isSame || !mayHaveSessions(ctx, present)) return undefined

    const now = ctx.clock()
    const token = makeToken()
    const sessionId = randomUUID()
    const endsAt = now + hours * 3_600_000
    await clearGuard(trx, toNameHash(present.loginName))
    const ended = await endSessions(
      trx,
      present.accountId,
      { at: now, reason: 'replaced' },
      { keep: Math.max(perAccount - 1, 0) },
    )
    await insertSession(trx, {
      sessionId,
      accountId: present.accountId,
      tokenHash: hashToken(token),
      createdAt: now,
      idleUntil: Math.min(now + idleMinutes * 60_000, endsAt),
      absoluteUntil: endsAt,
      address: given.address,
      userAgent: given.userAgent.slice(0, 300).replaceAll('\u0000', ''),
      authLevel: given.authLevel,
    })
    const mustChange = mustChangePassword(present, { policy, authLevel: given.authLevel, now })
    const actor = toActor(present, { sessionId, address: given.address, mustChange })
    const detail = { authLevel: given.authLevel, endedSessions: ended }
    const object = `account/${present.accountId}`
    await appendDone({ ...ctx, actor }, trx, { action: 'session.signIn', object, detail })
    return { token, endsAt, mustChangePassword: mustChange }
  })
}
