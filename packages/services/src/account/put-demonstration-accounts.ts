import { randomUUID } from 'node:crypto'
import { asReadonly, findAccountByName, insertAccount, insertAccountRole, setAccountPassword } from '@zhidu/db'
import type { Role } from '@zhidu/domain'
import { hashPassword, verifyPassword } from '@zhidu/identity'
import { withAccountChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'

export interface DemonstrationAccount {
  readonly loginName: string
  readonly displayName: string
  readonly unitCode: string | null
  readonly role: Role
  readonly password: string
}

/**
 * Makes the accounts that come with demonstration data, or gives those there are the passwords told again; one that somebody
 * took for a real account is left alone. Gives those that can be signed in with. Their units must be there.
 */
export async function putDemonstrationAccounts(
  ctx: ServiceContext,
  accounts: readonly DemonstrationAccount[],
): Promise<DemonstrationAccount[]> {
  const put: DemonstrationAccount[] = []
  for (const account of accounts) if (await putOne(ctx, account)) put.push(account)
  return put
}

async function putOne(ctx: ServiceContext, account: DemonstrationAccount): Promise<boolean> {
  const { displayName, loginName, password, role, unitCode } = account
  const present = await findAccountByName(asReadonly(ctx.db), loginName)
  if (present !== undefined && !present.isDemonstration) return false
  if (present !== undefined && (await verifyPassword(present.passwordHash, password))) return true
  const accountId = present?.accountId ?? randomUUID()
  const hash = await hashPassword(password)
  const detail = { loginName, role, unitCode }
  const what = { action: 'demonstration.account', object: `account/${accountId}`, detail }
  await withAccountChange(ctx, what, async (trx) => {
    const now = ctx.clock()
    if (present === undefined) {
      const names = { loginName, displayName, staffNumber: null, phone: null, unitCode }
      await insertAccount(trx, { accountId, ...names, isSsoOnly: false, isDemonstration: true, createdAt: now })
      await insertAccountRole(trx, { accountId, role, grantedAt: now, grantedBy: 'demonstration' })
    }
    await setAccountPassword(trx, accountId, { hash, changedAt: now, initialUntil: null, history: 1 })
  })
  return true
}
