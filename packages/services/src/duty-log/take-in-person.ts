import type { TakeInPersonInput } from '@zhidu/contract'
import { type AccountCredentials, asReadonly, findAccountByName, useTotpStep } from '@zhidu/db'
import { permissionsOf } from '@zhidu/domain'
import { findTotpStep, verifyPassword } from '@zhidu/identity'
import { withChange } from '../audit/record-audit.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import type { IdentityContext } from '../session/identity.ts'
import { guardTry } from '../session/name-guard.ts'
import { mayHaveSessions } from '../session/session-rules.ts'
import { addHandoverStep } from './take-handover-step.ts'

/** Whether a right password may confirm here: somebody of the same unit who keeps its duty papers and could sign in himself. */
function mayConfirm(ctx: IdentityContext, account: AccountCredentials): boolean {
  const { unitCode } = officeOf(ctx)
  return (
    account.unitCode === unitCode &&
    !account.isDisabled &&
    !account.isSsoOnly &&
    !account.mustChangePassword &&
    mayHaveSessions(ctx, account) &&
    permissionsOf(account.roles).has('duty.keep')
  )
}

function findStep(ctx: IdentityContext, account: AccountCredentials, code: string): number | null {
  if (account.totpSecret === null) return null
  const secret = ctx.identity.sealer.open('totp', account.accountId, account.totpSecret)
  return secret === null ? null : findTotpStep({ secret, code, now: ctx.clock(), lastStep: account.totpLastStep })
}

/**
 * 当面交接: the incoming confirms by his own password, and his code where he has one, at the screen of the outgoing. Tries count as at signing in. One answer for
 * an unknown name, a wrong password and somebody of another unit. Throws ServiceError `invalid` (`handover_sign_failed`, `handover_code_needed`),
 * `limited`, and what a confirmation with the own account throws.
 */
export async function takeInPerson(ctx: IdentityContext, input: TakeInPersonInput): Promise<void> {
  const { author: enteredBy } = officeOf(ctx)
  const account = await findAccountByName(asReadonly(ctx.db), input.loginName)
  await guardTry(ctx, account?.loginName ?? input.loginName, 'handover_sign_failed', async () => {
    const isRight = await verifyPassword(account?.passwordHash ?? null, input.password)
    return isRight && account !== undefined && mayConfirm(ctx, account)
  })
  if (account === undefined) throw new RangeError('nobody was let through')
  const hasTotp = account.totpConfirmedAt !== null
  if (hasTotp && input.totp === null) throw new ServiceError('invalid', 'handover_code_needed')
  let totpStep: number | null = null
  if (hasTotp) {
    await guardTry(ctx, account.loginName, 'totp_wrong', () => {
      totpStep = findStep(ctx, account, input.totp ?? '')
      return Promise.resolve(totpStep !== null)
    })
  }
  const { handoverId, note: words, offRosterReason, steps } = input
  await withChange(ctx, { action: 'handover.takeInPerson', object: `handover/${handoverId}` }, async (trx, note) => {
    if (totpStep !== null && !(await useTotpStep(trx, account.accountId, totpStep))) {
      throw new ServiceError('invalid', 'totp_wrong')
    }
    const author = { at: officeOf(ctx).author.at, id: account.accountId, name: account.displayName }
    const step = { handoverId, steps, kind: 'taken', note: words, offRosterReason } as const
    await addHandoverStep(trx, ctx, note, step, { author, enteredBy })
  })
}
