import type { TotpSetup } from '@zhidu/contract'
import { confirmTotpSecret, endSessions, lockAccount, setTotpSecret, useTotpStep } from '@zhidu/db'
import { findTotpStep, makeTotpSecret, toBase32, toTotpUri, verifyPassword } from '@zhidu/identity'
import { withAccountChange } from '../audit/record-audit.ts'
import { ServiceError } from '../service-error.ts'
import type { IdentityContext } from './identity.ts'
import { guardTry } from './name-guard.ts'
import { ownActor, ownPasswordAccount } from './own-account.ts'

/**
 * Makes a secret for the second factor and shows it, once; nothing is switched on before `confirmTotp`.
 * Throws ServiceError `conflict` where one is switched on, and for who signs in elsewhere.
 */
export async function beginTotp(ctx: IdentityContext): Promise<TotpSetup> {
  const { accountId, loginName, totpConfirmedAt } = await ownPasswordAccount(ctx)
  if (totpConfirmedAt !== null) throw new ServiceError('conflict', 'totp_on_already')
  const secret = makeTotpSecret()
  const sealed = ctx.identity.sealer.seal('totp', accountId, secret)
  await withAccountChange(ctx, { action: 'session.beginTotp', object: `account/${accountId}` }, (trx) =>
    setTotpSecret(trx, accountId, sealed),
  )
  return { secret: toBase32(secret), uri: toTotpUri(secret, loginName, ctx.identity.installationName) }
}

/** Switches the second factor on. Throws ServiceError `invalid` for a wrong code, `limited` after too many. */
export async function confirmTotp(ctx: IdentityContext, { code }: { readonly code: string }): Promise<void> {
  const account = await ownPasswordAccount(ctx)
  const { accountId, totpConfirmedAt, totpSecret } = account
  const { sessionId } = ownActor(ctx)
  if (totpConfirmedAt !== null) throw new ServiceError('conflict', 'totp_on_already')
  const secret = totpSecret === null ? null : ctx.identity.sealer.open('totp', accountId, totpSecret)
  if (secret === null) throw new ServiceError('conflict', 'totp_not_begun')
  let step: number | null = null
  await guardTry(ctx, account.loginName, 'totp_wrong', () => {
    step = findTotpStep({ secret, code, now: ctx.clock(), lastStep: account.totpLastStep })
    return Promise.resolve(step !== null)
  })
  const what = { action: 'session.confirmTotp', object: `account/${accountId}` }
  await withAccountChange(ctx, what, async (trx, note) => {
    await lockAccount(trx, accountId)
    if (step === null || !(await useTotpStep(trx, accountId, step))) throw new ServiceError('invalid', 'totp_wrong')
    const now = ctx.clock()
    await confirmTotpSecret(trx, accountId, now)
    const ended = await endSessions(trx, accountId, { at: now, reason: 'totp_changed' }, { except: sessionId })
    note.detail = { endedSessions: ended }
  })
}

/** Switches the second factor off. Throws ServiceError `invalid` for a wrong password, `limited` after too many. */
export async function removeTotp(ctx: IdentityContext, { password }: { readonly password: string }): Promise<void> {
  const account = await ownPasswordAccount(ctx)
  const { accountId } = account
  const { sessionId } = ownActor(ctx)
  if (account.totpSecret === null) throw new ServiceError('conflict', 'totp_not_begun')
  await guardTry(ctx, account.loginName, 'password_wrong', () => verifyPassword(account.passwordHash, password))
  const what = { action: 'session.removeTotp', object: `account/${accountId}` }
  await withAccountChange(ctx, what, async (trx, note) => {
    await setTotpSecret(trx, accountId, null)
    const end = { at: ctx.clock(), reason: 'totp_changed' }
    note.detail = { endedSessions: await endSessions(trx, accountId, end, { except: sessionId }) }
  })
}
