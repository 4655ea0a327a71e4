import { type Db, setAccountPassword } from '@zhidu/db'
import { hashPassword, listWeaknesses, makePassword, type PasswordOwner } from '@zhidu/identity'
import { ServiceError } from '../service-error.ts'
import type { PasswordContext } from '../session/identity.ts'

/** An initial password nobody used by then is good for nothing. */
const INITIAL_HOURS = 72

export interface InitialPassword {
  readonly password: string
  readonly hash: string
}

/**
 * A password for the first time, to be changed at once: `given`, or one of chance. Throws ServiceError `invalid` with every
 * reason code when the policy has something against the given one.
 */
export async function makeInitialPassword(
  ctx: PasswordContext,
  owner: PasswordOwner,
  given?: string,
): Promise<InitialPassword> {
  const { contextWords, policy } = ctx.identity.passwords
  const password = given ?? makePassword(policy, owner, { contextWords })
  const reasons = listWeaknesses(policy, { password, owner, contextWords })
  if (reasons.length > 0) {
    throw new ServiceError('invalid', 'password_refused', { reasons: reasons.map(({ code }) => code).join(',') })
  }
  return { password, hash: await hashPassword(password) }
}

export function setInitialPassword(
  ctx: PasswordContext,
  trx: Db,
  accountId: string,
  { hash }: InitialPassword,
): Promise<void> {
  const now = ctx.clock()
  const { history } = ctx.identity.passwords.policy
  return setAccountPassword(trx, accountId, {
    hash,
    changedAt: now,
    initialUntil: now + INITIAL_HOURS * 3_600_000,
    history,
  })
}
