import type { AccessTable } from '@zhidu/contract'
import { asReadonly, listAccess, listUnitNames, withTransaction } from '@zhidu/db'
import { localDateOf, PERMISSIONS_OF, type Permission, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'

/** Who can see what: one line for each role of each account, with what it may and how many units it reaches today. */
export async function getAccessTable(ctx: ServiceContext): Promise<AccessTable> {
  const now = ctx.clock()
  const rows = await withTransaction(ctx.db, (trx) => listAccess(asReadonly(trx)), { isReadOnly: true })
  const units = await withTransaction(ctx.report, (trx) => listUnitNames(trx, localDateOf(now)), { isReadOnly: true })
  return {
    asOf: toLocalIso(now),
    lines: rows.map(({ displayName, isDisabled, loginName, role, unitCode }) => {
      const permissions: readonly Permission[] = role === null ? [] : PERMISSIONS_OF[role]
      const unit = unitCode === null ? undefined : units.get(unitCode)
      const readsFacts = permissions.includes('facts.read') && !isDisabled
      return {
        loginName,
        displayName,
        isDisabled,
        role,
        permissions: [...permissions],
        unitCode,
        unitName: unit?.name ?? null,
        unitCount: readsFacts ? (unit?.unitCount ?? 0) : null,
      }
    }),
  }
}
