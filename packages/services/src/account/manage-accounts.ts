import { randomUUID } from 'node:crypto'
import type {
  AccountCreated,
  AccountItem,
  BindSubjectInput,
  CreateAccountInput,
  PasswordReset,
  UpdateAccountInput,
} from '@zhidu/contract'
import {
  asReadonly,
  bindAccountSubject,
  clearGuard,
  type Db,
  endSessions,
  findAccountByName,
  insertAccount,
  isUnitKnown,
  setTotpSecret,
  updateAccountRow,
} from '@zhidu/db'
import { familyOf } from '@zhidu/domain'
import { withAccountChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import type { IdentityContext, PasswordContext } from '../session/identity.ts'
import { toNameHash } from '../session/name-guard.ts'
import { withAccountErrors } from './account-errors.ts'
import { assertMayOpen, assertSomebodyElse, lockTarget } from './find-target.ts'
import { makeInitialPassword, setInitialPassword } from './initial-password.ts'
import { getAccountItem } from './list-accounts.ts'

/** A 工号 signs in as a login name does: neither may be somebody else's other. */
export async function assertNamesFree(
  trx: Db,
  names: { readonly accountId: string; readonly loginName: string; readonly staffNumber: string | null },
): Promise<void> {
  const byLogin = await findAccountByName(asReadonly(trx), names.loginName)
  if (byLogin !== undefined && byLogin.accountId !== names.accountId) {
    throw new ServiceError('conflict', 'login_name_taken', { loginName: names.loginName })
  }
  if (names.staffNumber === null) return
  const byStaff = await findAccountByName(asReadonly(trx), names.staffNumber)
  if (byStaff !== undefined && byStaff.accountId !== names.accountId) {
    throw new ServiceError('conflict', 'staff_number_taken', { staffNumber: names.staffNumber })
  }
}

/** Throws ServiceError `invalid` for a unit that is not in the tree; null = of no unit. */
export async function assertUnitKnown({ report }: ServiceContext, unitCode: string | null): Promise<void> {
  if (unitCode === null || (await isUnitKnown(report, unitCode))) return
  throw new ServiceError('invalid', 'unit_unknown', { unitCode })
}

/**
 * Makes an account without a role; the security administrator gives it one. Its initial password is told this once, has to be
 * changed at the first sign-in and is good for 72 hours. Throws ServiceError `conflict` for a name or 工号 that is taken,
 * `invalid` for an unknown unit.
 */
export async function createAccount(ctx: PasswordContext, input: CreateAccountInput): Promise<AccountCreated> {
  const accountId = randomUUID()
  const { displayName, isSsoOnly, loginName, phone, staffNumber, unitCode } = input
  await assertUnitKnown(ctx, unitCode)
  const initial = isSsoOnly ? null : await makeInitialPassword(ctx, input)
  const detail = { loginName, displayName, staffNumber, unitCode, isSsoOnly }
  const what = { action: 'account.create', object: `account/${accountId}`, detail }
  await withAccountErrors(
    () =>
      withAccountChange(ctx, what, async (trx) => {
        await assertNamesFree(trx, { accountId, loginName, staffNumber })
        await insertAccount(trx, {
          accountId,
          loginName,
          staffNumber,
          displayName,
          phone,
          unitCode,
          isSsoOnly,
          createdAt: ctx.clock(),
          isDemonstration: false,
        })
        if (initial !== null) await setInitialPassword(ctx, trx, accountId, initial)
      }),
    { loginName, unitCode: unitCode ?? '' },
  )
  return { account: await getAccountItem(ctx, accountId), initialPassword: initial?.password ?? null }
}

/**
 * Changes what an account says about somebody. Another unit and disabling end its sessions at once. Throws ServiceError
 * `forbidden` for disabling oneself, `conflict` and `invalid` as createAccount does, and for a business role without a unit.
 */
export async function updateAccount(ctx: ServiceContext, input: UpdateAccountInput): Promise<AccountItem> {
  const { accountId, displayName, isDisabled, phone, staffNumber, unitCode } = input
  if (isDisabled) assertSomebodyElse(ctx, accountId)
  await assertUnitKnown(ctx, unitCode)
  const what = { action: 'account.update', object: `account/${accountId}` }
  await withAccountErrors(
    () =>
      withAccountChange(ctx, what, async (trx, note) => {
        const before = await lockTarget(trx, accountId)
        if (unitCode === null && before.roles.some((role) => familyOf(role) === 'business')) {
          throw new ServiceError('invalid', 'role_needs_unit')
        }
        await assertNamesFree(trx, { accountId, loginName: before.loginName, staffNumber })
        await updateAccountRow(trx, accountId, { displayName, staffNumber, unitCode, isDisabled, phone })
        const hasMoved = before.unitCode !== unitCode
        const reason = isDisabled ? 'disabled' : 'unit_changed'
        const ended = isDisabled || hasMoved ? await endSessions(trx, accountId, { at: ctx.clock(), reason }) : 0
        note.detail = {
          loginName: before.loginName,
          before: {
            displayName: before.displayName,
            staffNumber: before.staffNumber,
            unitCode: before.unitCode,
            isDisabled: before.isDisabled,
          },
          after: { displayName, staffNumber, unitCode, isDisabled },
          isPhoneChanged: phone !== undefined,
          endedSessions: ended,
        }
      }),
    { unitCode: unitCode ?? '' },
  )
  return getAccountItem(ctx, accountId)
}

/**
 * Gives somebody who forgot it a new initial password, and takes the second factor and any lock away. Throws ServiceError
 * `conflict` for who signs in elsewhere, `forbidden` for administrators but at the machine.
 */
export async function resetPassword(
  ctx: PasswordContext,
  { accountId, password }: { readonly accountId: string; readonly password?: string | undefined },
): Promise<PasswordReset> {
  const what = { action: 'account.resetPassword', object: `account/${accountId}` }
  let initialPassword = ''
  await withAccountChange(ctx, what, async (trx, note) => {
    const account = await lockTarget(trx, accountId)
    assertMayOpen(ctx, account)
    if (account.isSsoOnly) throw new ServiceError('conflict', 'sso_only')
    const initial = await makeInitialPassword(ctx, account, password)
    await setInitialPassword(ctx, trx, accountId, initial)
    if (account.totpSecret !== null) await setTotpSecret(trx, accountId, null)
    await clearGuard(trx, toNameHash(account.loginName))
    const ended = await endSessions(trx, accountId, { at: ctx.clock(), reason: 'password_reset' })
    note.detail = {
      loginName: account.loginName,
      isTotpRemoved: account.totpSecret !== null,
      endedSessions: ended,
    }
    initialPassword = initial.password
  })
  return { initialPassword }
}

/**
 * Says what the single sign-on calls somebody, and whether it is the only way in; null unbinds. Ends the sessions. Throws
 * ServiceError `conflict` for a name that is bound to another account or where single sign-on is not set up, `forbidden` for
 * administrators but at the machine.
 */
export async function bindSubject(ctx: IdentityContext, input: BindSubjectInput): Promise<AccountItem> {
  const { accountId, isSsoOnly, subject } = input
  const { singleSignOn } = ctx.identity
  if (singleSignOn === null) throw new ServiceError('conflict', 'sso_not_set_up')
  const issuer = subject === null ? null : singleSignOn.issuer
  const what = { action: 'account.bindSubject', object: `account/${accountId}` }
  await withAccountErrors(() =>
    withAccountChange(ctx, what, async (trx, note) => {
      const account = await lockTarget(trx, accountId)
      assertMayOpen(ctx, account)
      await bindAccountSubject(trx, accountId, { issuer, subject, isSsoOnly })
      const ended = await endSessions(trx, accountId, { at: ctx.clock(), reason: 'subject_changed' })
      note.detail = { loginName: account.loginName, issuer, subject, isSsoOnly, endedSessions: ended }
    }),
  )
  return getAccountItem(ctx, accountId)
}
