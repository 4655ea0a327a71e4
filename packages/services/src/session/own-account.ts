import { type AccountCredentials, asReadonly, findAccountById } from '@zhidu/db'
import type { AccountActor } from '../actor.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'

/** Who is signed in. Throws ServiceError `unauthenticated` for anybody else. */
export function ownActor({ actor }: ServiceContext): AccountActor {
  if (actor.kind !== 'account') throw new ServiceError('unauthenticated', 'not_signed_in')
  return actor
}

/** The account of who is signed in and changes it. Throws ServiceError `forbidden` while looking through other eyes. */
export async function ownAccount(ctx: ServiceContext): Promise<AccountCredentials> {
  const { accountId, viewer } = ownActor(ctx)
  if (viewer !== null) throw new ServiceError('forbidden', 'viewing_only')
  const account = await findAccountById(asReadonly(ctx.db), accountId)
  if (account === undefined) throw new ServiceError('unauthenticated', 'session_ended')
  return account
}

/** The same, for what has to do with a password here. Throws ServiceError `conflict` for who signs in elsewhere only. */
export async function ownPasswordAccount(ctx: ServiceContext): Promise<AccountCredentials> {
  const account = await ownAccount(ctx)
  if (account.isSsoOnly || account.passwordHash === null) throw new ServiceError('conflict', 'sso_only')
  return account
}
