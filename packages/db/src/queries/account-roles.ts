import { familyOf, type Role, type RoleFamily } from '@zhidu/domain'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'

/** What an account is at all; undefined = it has no role. */
export async function findAccountFamily(db: ReadonlyDb, accountId: string): Promise<RoleFamily | undefined> {
  const row = await db
    .selectFrom('account_family')
    .select('family')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.family
}

/** False when the account had it. The database refuses (23505, 23503) a role of another family than the account's. */
export async function insertAccountRole(
  db: Db,
  grant: { readonly accountId: string; readonly role: Role; readonly grantedAt: number; readonly grantedBy: string },
): Promise<boolean> {
  const family = familyOf(grant.role)
  await db
    .insertInto('account_family')
    .values({ account_id: grant.accountId, family })
    .onConflict((conflict) => conflict.columns(['account_id', 'family']).doNothing())
    .execute()
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('account_role')
    .values({
      account_id: grant.accountId,
      family,
      role: grant.role,
      granted_at: instant(grant.grantedAt),
      granted_by: grant.grantedBy,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'role']).doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** False when the account did not have it. With its last role an account leaves its family. */
export async function deleteAccountRole(db: Db, accountId: string, role: Role): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('account_role')
    .where('account_id', '=', accountId)
    .where('role', '=', role)
    .executeTakeFirst()
  await db
    .deleteFrom('account_family')
    .where('account_id', '=', accountId)
    .where('account_id', 'not in', (of) =>
      of.selectFrom('account_role').select('account_role.account_id').where('account_role.account_id', '=', accountId),
    )
    .execute()
  return numDeletedRows > 0n
}
