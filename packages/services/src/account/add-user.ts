import type { ServiceContext } from '../context.ts'
import { randomUUID } from 'node:crypto'
import type { AccountCreated, CreateAccountInput } from '@zhidu/contract'
import { asReadonly, findAccountByName, insertAccount, insertAccountRole } from '@zhidu/db'
import { familyOf, type Role } from '@zhidu/domain'
import { withAccountChange } from '../audit/record-audit.ts'
import { ServiceError } from '../service-error.ts'
import type { PasswordContext } from '../session/identity.ts'
import { withAccountErrors } from './account-errors.ts'
import { nameOf } from './find-target.ts'
import { makeInitialPassword, setInitialPassword } from './initial-password.ts'
import { getAccountItem } from './list-accounts.ts'
import { assertNamesFree, assertUnitKnown } from './manage-accounts.ts'

/**
 * At the machine alone: an account with its roles in one step, so that an installation gets its first administrators.
 * `password`: an initial one that was given; otherwise one of chance. Throws ServiceError as createAccount and grantRole do.
 */
export async function addUser(
  ctx: PasswordContext,
  input: Omit<CreateAccountInput, 'isSsoOnly'> & {
    readonly roles: readonly Role[]
    readonly password?: string | undefined
  },
): Promise<AccountCreated> {
  if (ctx.actor.kind !== 'local') throw new ServiceError('forbidden', 'role_forbids')
  const accountId = randomUUID()
  const { displayName, loginName, phone, roles, staffNumber, unitCode } = input
  if (new Set(roles.map(familyOf)).size > 1) throw new ServiceError('conflict', 'role_family_conflict')
  if (unitCode === null && roles.some((role) => familyOf(role) === 'business')) {
    throw new ServiceError('invalid', 'role_needs_unit')
  }
  await assertUnitKnown(ctx, unitCode)
  const initial = await makeInitialPassword(ctx, input, input.password)
  const detail = { loginName, displayName, staffNumber, unitCode, roles: [...roles] }
  const what = { action: 'account.create', object: `account/${accountId}`, detail }
  await withAccountErrors(
    () =>
      withAccountChange(ctx, what, async (trx) => {
        await assertNamesFree(trx, { accountId, loginName, staffNumber })
        const createdAt = ctx.clock()
        await insertAccount(trx, {
          accountId,
          loginName,
          staffNumber,
          displayName,
          phone,
          unitCode,
          createdAt,
          isSsoOnly: false,
          isDemonstration: false,
        })
        await setInitialPassword(ctx, trx, accountId, initial)
        for (const role of roles) {
          await insertAccountRole(trx, { accountId, role, grantedAt: createdAt, grantedBy: nameOf(ctx) })
        }
      }),
    { loginName, unitCode: unitCode ?? '' },
  )
  return { account: await getAccountItem(ctx, accountId), initialPassword: initial.password }
}

/** The account of a login name or 工号. Throws ServiceError `not_found`. */
export async function getAccountId(ctx: Pick<ServiceContext, 'db'>, name: string): Promise<string> {
  const account = await findAccountByName(asReadonly(ctx.db), name)
  if (account === undefined) throw new ServiceError('not_found', 'user_unknown', { loginName: name })
  return account.accountId
}
