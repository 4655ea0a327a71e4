import type { AccountItem, RoleChangeInput } from '@zhidu/contract'
import { asReadonly, clearGuard, deleteAccountRole, endSessions, findAccountFamily, insertAccountRole } from '@zhidu/db'
import { familyOf } from '@zhidu/domain'
import { withAccountChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { toNameHash } from '../session/name-guard.ts'
import { withAccountErrors } from './account-errors.ts'
import { assertSomebodyElse, lockTarget, nameOf } from './find-target.ts'
import { getAccountItem } from './list-accounts.ts'

/**
 * Gives a role and ends the account's sessions. Throws ServiceError `forbidden` for the own account, `conflict` for a role of
 * another family than it has (nobody is two of the three administrators, nor one of them and a judge), `invalid` for a
 * business role without a unit.
 */
export async function grantRole(ctx: ServiceContext, { accountId, role }: RoleChangeInput): Promise<AccountItem> {
  assertSomebodyElse(ctx, accountId)
  const what = { action: 'access.grant', object: `account/${accountId}` }
  await withAccountErrors(() =>
    withAccountChange(ctx, what, async (trx, note) => {
      const account = await lockTarget(trx, accountId)
      const family = await findAccountFamily(asReadonly(trx), accountId)
      if (family !== undefined && family !== familyOf(role)) throw new ServiceError('conflict', 'role_family_conflict')
      if (familyOf(role) === 'business' && account.unitCode === null)
        throw new ServiceError('invalid', 'role_needs_unit')
      const grant = { accountId, role, grantedAt: ctx.clock(), grantedBy: nameOf(ctx) }
      if (!(await insertAccountRole(trx, grant))) throw new ServiceError('conflict', 'role_held_already')
      const ended = await endSessions(trx, accountId, { at: ctx.clock(), reason: 'roles_changed' })
      note.detail = { loginName: account.loginName, role, endedSessions: ended }
    }),
  )
  return getAccountItem(ctx, accountId)
}

/** Takes a role away and ends the account's sessions. Throws ServiceError `forbidden` for the own account. */
export async function revokeRole(ctx: ServiceContext, { accountId, role }: RoleChangeInput): Promise<AccountItem> {
  assertSomebodyElse(ctx, accountId)
  const what = { action: 'access.revoke', object: `account/${accountId}` }
  await withAccountChange(ctx, what, async (trx, note) => {
    const account = await lockTarget(trx, accountId)
    if (!(await deleteAccountRole(trx, accountId, role))) throw new ServiceError('not_found', 'role_not_held')
    const ended = await endSessions(trx, accountId, { at: ctx.clock(), reason: 'roles_changed' })
    note.detail = { loginName: account.loginName, role, endedSessions: ended }
  })
  return getAccountItem(ctx, accountId)
}

/** Forgets the failures of a name, so that its owner may try again. Throws ServiceError `conflict` when there are none. */
export async function unlockAccount(ctx: ServiceContext, { accountId }: { readonly accountId: string }): Promise<void> {
  assertSomebodyElse(ctx, accountId)
  const what = { action: 'access.unlock', object: `account/${accountId}` }
  await withAccountChange(ctx, what, async (trx, note) => {
    const { loginName } = await lockTarget(trx, accountId)
    if (!(await clearGuard(trx, toNameHash(loginName)))) throw new ServiceError('conflict', 'account_not_locked')
    note.detail = { loginName }
  })
}

/** Ends every session of an account; gives how many. */
export function endSessionsOf(ctx: ServiceContext, { accountId }: { readonly accountId: string }): Promise<number> {
  const what = { action: 'access.endSessions', object: `account/${accountId}` }
  return withAccountChange(ctx, what, async (trx, note) => {
    const { loginName } = await lockTarget(trx, accountId)
    const ended = await endSessions(trx, accountId, { at: ctx.clock(), reason: 'ended_by_administrator' })
    note.detail = { loginName, endedSessions: ended }
    return ended
  })
}
