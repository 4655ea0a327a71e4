import {
  type AccountCredentials,
  asReadonly,
  countTry,
  findAccountByName,
  replacePasswordHash,
  uncountTry,
  useTotpStep,
  withTransaction,
} from '@zhidu/db'
import { findTotpStep, hashPassword, isStaleHash, verifyPassword } from '@zhidu/identity'
import { appendRefused } from '../audit/record-audit.ts'
import { ServiceError } from '../service-error.ts'
import { beginSession, type SessionGrant } from './begin-session.ts'
import { GUARD_LIMITS, type IdentityContext } from './identity.ts'
import { toNameHash } from './name-guard.ts'
import { mayHaveSessions, minutesUntil } from './session-rules.ts'

export interface SignInArgs {
  /** Login name or 工号. */
  readonly loginName: string
  readonly password: string
  readonly totp?: string | undefined
  /** Where the request comes from, and from what program. */
  readonly address: string
  readonly userAgent: string
}

export type SignInOutcome =
  | ({ readonly state: 'signed_in'; readonly mustChangePassword: boolean } & SessionGrant)
  /** The password is right; nothing has begun before the code is, too. */
  | { readonly state: 'totp_required' }

type Refusal = 'sign_in_failed' | 'sign_in_locked' | 'sign_in_limited' | 'totp_wrong'

/**
 * Puts a refused sign-in into the audit trail and gives the error to throw. Why it was refused stays there: the answer is one
 * for an unknown name, a wrong password and a disabled account. A name nobody bears is not written down, for people type
 * passwords into the wrong field.
 */
export async function refuseSignIn(
  ctx: IdentityContext,
  account: AccountCredentials | undefined,
  refusal: {
    readonly reason: Refusal | 'sso_failed'
    readonly cause: string
    readonly params?: Record<string, string>
  },
  origin: Error | null = null,
): Promise<ServiceError> {
  const object = account === undefined ? null : `account/${account.accountId}`
  const detail = { cause: refusal.cause, ...(account === undefined ? {} : { loginName: account.loginName }) }
  await withTransaction(ctx.db, (trx) =>
    appendRefused(ctx, trx, { action: 'session.signIn', object, detail }, refusal.reason),
  )
  const isLimit = refusal.reason === 'sign_in_locked' || refusal.reason === 'sign_in_limited'
  return new ServiceError(isLimit ? 'limited' : 'unauthenticated', refusal.reason, refusal.params ?? {}, {
    isAudited: true,
    ...(origin === null ? {} : { cause: origin }),
  })
}

/** Why a right password does not sign in; null = it does. */
function findObstacle(ctx: IdentityContext, account: AccountCredentials): string | null {
  if (account.isDisabled) return 'disabled'
  if (account.isSsoOnly) return 'sso_only'
  if (!mayHaveSessions(ctx, account)) return 'demonstration_beyond_loopback'
  if (account.initialUntil !== null && ctx.clock() >= account.initialUntil) return 'initial_password_expired'
  return null
}

function findStep(ctx: IdentityContext, account: AccountCredentials, code: string): number | null {
  if (account.totpSecret === null) return null
  const secret = ctx.identity.sealer.open('totp', account.accountId, account.totpSecret)
  if (secret === null) throw new RangeError('a second factor was sealed under another installation secret')
  return findTotpStep({ secret, code, now: ctx.clock(), lastStep: account.totpLastStep })
}

/**
 * Signs somebody in by password, and by a code where the second factor is switched on. A try is counted, for good, before it
 * is looked at: of any number at the same moment at most five are. Throws ServiceError `unauthenticated`
 * (`sign_in_failed`, `totp_wrong`) or `limited` (`sign_in_locked` with minutes, `sign_in_limited`).
 */
export async function signIn(ctx: IdentityContext, args: SignInArgs): Promise<SignInOutcome> {
  const { addresses } = ctx.identity
  if (addresses.isOver(args.address, ctx.clock())) {
    throw await refuseSignIn(ctx, undefined, { reason: 'sign_in_limited', cause: 'address' })
  }
  const name = args.loginName.trim()
  const account = await findAccountByName(asReadonly(ctx.db), name)
  const nameHash = toNameHash(account?.loginName ?? name)
  const lockedUntil = await countTry(ctx.db, nameHash, ctx.clock(), GUARD_LIMITS)
  if (lockedUntil !== null) {
    const params = { minutes: minutesUntil(lockedUntil, ctx.clock()) }
    throw await refuseSignIn(ctx, account, { reason: 'sign_in_locked', cause: 'locked', params })
  }
  const fail = (reason: Refusal, cause: string): Promise<ServiceError> => {
    addresses.countFailure(args.address, ctx.clock())
    return refuseSignIn(ctx, account, { reason, cause })
  }

  const isRight = await verifyPassword(account?.passwordHash ?? null, args.password)
  if (account === undefined) throw await fail('sign_in_failed', 'unknown_name')
  if (!isRight) throw await fail('sign_in_failed', 'wrong_password')
  const obstacle = findObstacle(ctx, account)
  if (obstacle !== null) throw await fail('sign_in_failed', obstacle)

  const hasTotp = account.totpConfirmedAt !== null
  if (hasTotp && args.totp === undefined) {
    await uncountTry(ctx.db, nameHash)
    return { state: 'totp_required' }
  }
  const step = hasTotp ? findStep(ctx, account, args.totp ?? '') : null
  if (hasTotp && step === null) throw await fail('totp_wrong', 'wrong_code')

  const { passwordHash } = account
  const fresh = passwordHash !== null && isStaleHash(passwordHash) ? await hashPassword(args.password) : null
  const grant = await beginSession(
    ctx,
    account,
    { authLevel: hasTotp ? 'totp' : 'password', address: args.address, userAgent: args.userAgent },
    async (trx) => step === null || (await useTotpStep(trx, account.accountId, step)),
  )
  if (grant === undefined) throw await fail(hasTotp ? 'totp_wrong' : 'sign_in_failed', 'changed_meanwhile')
  if (fresh !== null && passwordHash !== null) {
    await replacePasswordHash(ctx.db, account.accountId, passwordHash, fresh)
  }
  return { state: 'signed_in', ...grant }
}
