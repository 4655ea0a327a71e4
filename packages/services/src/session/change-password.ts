import type { ChangePasswordInput } from '@zhidu/contract'
import {
  asReadonly,
  endSessions,
  listPasswordHashes,
  lockAccount,
  rotateSessionToken,
  setAccountPassword,
} from '@zhidu/db'
import { checkPassword, hashPassword, hashToken, makeToken, verifyPassword } from '@zhidu/identity'
import { withAccountChange } from '../audit/record-audit.ts'
import { ServiceError } from '../service-error.ts'
import type { PasswordContext } from './identity.ts'
import { guardTry } from './name-guard.ts'
import { ownActor, ownPasswordAccount } from './own-account.ts'

/**
 * Changes the own password, ends every other session and goes on under a new token, which the caller puts into the cookie in
 * place of the old one. Throws ServiceError `invalid` (`password_wrong`, or `password_refused` with every reason code in
 * `reasons`), `limited` after too many wrong ones, `conflict` for who signs in elsewhere.
 */
export async function changePassword(
  ctx: PasswordContext,
  input: ChangePasswordInput,
): Promise<{ readonly token: string }> {
  const { contextWords, policy } = ctx.identity.passwords
  const account = await ownPasswordAccount(ctx)
  const { accountId, loginName } = account
  const { sessionId } = ownActor(ctx)
  await guardTry(ctx, loginName, 'password_wrong', () => verifyPassword(account.passwordHash, input.current))
  const previousHashes = await listPasswordHashes(asReadonly(ctx.db), accountId)
  const reasons = await checkPassword(policy, { password: input.next, owner: account, contextWords, previousHashes })
  if (reasons.length > 0) {
    throw new ServiceError('invalid', 'password_refused', { reasons: reasons.map(({ code }) => code).join(',') })
  }
  const hash = await hashPassword(input.next)
  const token = makeToken()
  await withAccountChange(
    ctx,
    { action: 'session.changePassword', object: `account/${accountId}` },
    async (trx, note) => {
      await lockAccount(trx, accountId)
      const present = await listPasswordHashes(asReadonly(trx), accountId)
      // Somebody else was faster: what was checked above is no longer what there is.
      if (present[0] !== previousHashes[0]) throw new ServiceError('conflict', 'account_changed')
      const now = ctx.clock()
      await setAccountPassword(trx, accountId, { hash, changedAt: now, initialUntil: null, history: policy.history })
      const ended = await endSessions(trx, accountId, { at: now, reason: 'password_changed' }, { except: sessionId })
      await rotateSessionToken(trx, sessionId, hashToken(token))
      note.detail = { endedSessions: ended }
    },
  )
  return { token }
}
