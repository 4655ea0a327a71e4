import type { Role } from '@zhidu/domain'
import { deriveKey, derivePassword, PASSWORD_POLICIES } from '@zhidu/identity'
import { type DemonstrationAccount, putDemonstrationAccounts, type ServiceContext } from '@zhidu/services'
import { CITY_CODE } from '@zhidu/synthetic'

/** A county and a bureau of the invented city. */
const COUNTY = 'C01'
export const BUREAU = 'D02'

/** One of every role, and a leader one level further down. */
const ROSTER: readonly (readonly [loginName: string, displayName: string, role: Role, unitCode: string | null])[] = [
  ['leader', '演示市领导', 'leader', CITY_CODE],
  ['inspector', '演示督查员', 'inspector', CITY_CODE],
  ['clerk', '演示考核专责', 'clerk', CITY_CODE],
  ['approver', '演示审定人', 'approver', CITY_CODE],
  ['county-leader', '演示县领导', 'leader', COUNTY],
  ['unit-officer', '演示单位值班员', 'unit_officer', BUREAU],
  ['system-admin', '演示系统管理员', 'system_admin', null],
  ['security-admin', '演示安全管理员', 'security_admin', null],
  ['audit-admin', '演示审计管理员', 'audit_admin', null],
]

/**
 * The accounts that come with the demonstration city, which must be loaded; to be printed at every start. Their passwords
 * follow from the installation's secret (32 bytes): the same at each start, and unknown to anybody without it.
 */
export function ensureDemonstrationAccounts(
  ctx: ServiceContext,
  secret: Uint8Array,
): Promise<readonly DemonstrationAccount[]> {
  const key = deriveKey(secret, 'demonstration accounts')
  return putDemonstrationAccounts(
    ctx,
    ROSTER.map(([loginName, displayName, role, unitCode]) => {
      const owner = { loginName, displayName, staffNumber: null }
      const password = derivePassword(key, PASSWORD_POLICIES.mlps, owner)
      return { loginName, displayName, role, unitCode, password }
    }),
  )
}
