import { createHash } from 'node:crypto'
import { countTry, type Db, uncountTry } from '@zhidu/db'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { GUARD_LIMITS } from './identity.ts'
import { minutesUntil } from './session-rules.ts'

/** What tries are counted under: an account's login name, also for its 工号; the text itself where nobody bears it. */
export function toNameHash(name: string): Buffer {
  return createHash('sha256').update(name.toLowerCase(), 'utf8').digest()
}

/**
 * Counts a try at an account's secrets by somebody who is signed in, and has it looked at; a right one is taken back.
 * Throws ServiceError `limited` when the name is locked, `invalid` with `reason` for a wrong try.
 */
export async function guardTry(
  ctx: ServiceContext,
  loginName: string,
  reason: 'password_wrong' | 'totp_wrong' | 'handover_sign_failed',
  isRight: () => Promise<boolean>,
): Promise<void> {
  const hash = toNameHash(loginName)
  const db: Db = ctx.db
  const lockedUntil = await countTry(db, hash, ctx.clock(), GUARD_LIMITS)
  if (lockedUntil !== null) {
    throw new ServiceError('limited', 'sign_in_locked', { minutes: minutesUntil(lockedUntil, ctx.clock()) })
  }
  if (!(await isRight())) throw new ServiceError('invalid', reason)
  await uncountTry(db, hash)
}
