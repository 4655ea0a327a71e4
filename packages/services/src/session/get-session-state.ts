import type { SessionState } from '@zhidu/contract'
import {
  asReadonly,
  findAccountById,
  findSetting,
  hasAccounts,
  listLiveSessions,
  listNamesOfUnits,
  withTransaction,
} from '@zhidu/db'
import { localDateOf, PERMISSIONS, toLocalIso } from '@zhidu/domain'
import type { AccountActor } from '../actor.ts'
import { SYNTHETIC_SETTING } from '../demonstration/demonstration.ts'
import type { IdentityContext } from './identity.ts'

async function describe(
  ctx: IdentityContext,
  actor: AccountActor,
): Promise<Pick<SessionState, 'account' | 'viewingAs' | 'endsAt'>> {
  const db = asReadonly(ctx.db)
  const ownId = actor.viewer?.accountId ?? actor.accountId
  const [own, seen, sessions] = [
    await findAccountById(db, ownId),
    await findAccountById(db, actor.accountId),
    await listLiveSessions(db, ownId, ctx.clock()),
  ]
  const codes = seen?.unitCode === undefined || seen.unitCode === null ? [] : [seen.unitCode]
  const names = await withTransaction(ctx.report, (trx) => listNamesOfUnits(trx, codes, localDateOf(ctx.clock())))
  const session = sessions.find(({ sessionId }) => sessionId === actor.sessionId)
  return {
    account: {
      accountId: actor.accountId,
      loginName: actor.loginName,
      displayName: actor.displayName,
      unitCode: actor.unitCode,
      unitName: actor.unitCode === null ? null : (names.get(actor.unitCode) ?? null),
      roles: [...actor.roles],
      permissions: PERMISSIONS.filter((permission) => actor.permissions.has(permission)),
      hasTotp: own?.totpConfirmedAt !== null && own !== undefined,
      isSsoOnly: own?.isSsoOnly ?? false,
    },
    viewingAs:
      actor.viewer === null
        ? null
        : { accountId: actor.accountId, displayName: actor.displayName, loginName: actor.loginName },
    endsAt: session === undefined ? null : toLocalIso(session.absoluteUntil),
  }
}

/** Who is signed in and by which rules, for the shell of the dashboard. */
export async function getSessionState(ctx: IdentityContext): Promise<SessionState> {
  const { actor, identity } = ctx
  const db = asReadonly(ctx.db)
  const { classes, expiryDays, history, maxLength, minLength, profile } = identity.passwords.policy
  const nobody = { account: null, viewingAs: null, endsAt: null }
  const somebody = actor.kind === 'account' ? await describe(ctx, actor) : nobody
  return {
    ...somebody,
    mustChangePassword: actor.kind === 'account' && actor.mustChangePassword,
    idleMinutes: identity.sessions.idleMinutes,
    passwordRules: { profile, minLength, maxLength, classes, history, expiryDays },
    singleSignOn: identity.singleSignOn?.label ?? null,
    isUnclaimed: !(await hasAccounts(db)),
    isSynthetic: (await findSetting(db, SYNTHETIC_SETTING)) === 'loaded',
  }
}
