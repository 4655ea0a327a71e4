import { asReadonly, findAccountName, setSessionView } from '@zhidu/db'
import { withAccountChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'

/**
 * Lets the security administrator look through an account's eyes, reading only, until `endViewAs`; the audit trail goes on
 * naming the administrator. Throws ServiceError `not_found` for an account that is unknown or disabled, `conflict` for the own.
 */
export async function viewAs(ctx: ServiceContext, { accountId }: { readonly accountId: string }): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'account' || actor.viewer !== null) throw new ServiceError('conflict', 'viewing_already')
  if (actor.accountId === accountId) throw new ServiceError('conflict', 'viewing_oneself')
  await withAccountChange(ctx, { action: 'access.viewAs', object: `account/${accountId}` }, async (trx, note) => {
    const account = await findAccountName(asReadonly(trx), accountId)
    if (account === undefined || account.isDisabled) throw new ServiceError('not_found', 'account_unknown')
    note.detail = { loginName: account.loginName }
    await setSessionView(trx, actor.sessionId, accountId)
  })
}

/** Back to the own eyes. */
export async function endViewAs(ctx: ServiceContext): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'account' || actor.viewer === null) throw new ServiceError('conflict', 'viewing_nobody')
  const object = `account/${actor.accountId}`
  await withAccountChange(ctx, { action: 'access.endViewAs', object }, (trx) =>
    setSessionView(trx, actor.sessionId, null),
  )
}
