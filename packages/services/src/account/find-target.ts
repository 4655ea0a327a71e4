import { type AccountCredentials, asReadonly, type Db, findAccountById, lockAccount } from '@zhidu/db'
import { familyOf } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'

/** The account a change is about, held until the transaction ends. Throws ServiceError `not_found`. */
export async function lockTarget(trx: Db, accountId: string): Promise<AccountCredentials> {
  await lockAccount(trx, accountId)
  const account = await findAccountById(asReadonly(trx), accountId)
  if (account === undefined) throw new ServiceError('not_found', 'account_unknown')
  return account
}

/** Nobody changes what decides over himself. Throws ServiceError `forbidden`. */
export function assertSomebodyElse({ actor }: ServiceContext, accountId: string): void {
  if (actor.kind === 'account' && actor.accountId === accountId) throw new ServiceError('forbidden', 'own_account')
}

/**
 * Whoever can give an administrator a new way to sign in is that administrator: only at the machine, so that none of the
 * three takes over another. Throws ServiceError `forbidden`.
 */
export function assertMayOpen({ actor }: ServiceContext, account: AccountCredentials): void {
  if (actor.kind !== 'local' && account.roles.some((role) => familyOf(role) !== 'business')) {
    throw new ServiceError('forbidden', 'administrator_at_machine_only')
  }
}

export function nameOf({ actor }: ServiceContext): string {
  return actor.kind === 'account' ? actor.loginName : actor.kind === 'local' ? actor.name : actor.kind
}
