import type { Role } from '@zhidu/domain'
import { deriveKey, derivePassword, PASSWORD_POLICIES } from '@zhidu/identity'
import { type DemonstrationAccount, putDemonstrationAccounts, type ServiceContext } from '@zhidu/services'

/** One of every role in the invented city; S00 is the city, S01 its first county or district, S21 a bureau. */
const ROSTER: readonly (readonly [loginName: string, displayName: string, role: Role, unitCode: string | null])[] = [
  ['lingdao', '演示市领导', 'leader', 'S00'],
  ['ducha', '演示督查员', 'inspector', 'S00'],
  ['kaohe', '演示考核专责', 'clerk', 'S00'],
  ['shenpi', '演示审批人', 'approver', 'S00'],
  ['xianling', '演示县领导', 'leader', 'COUNTY'],
  ['danwei', '演示单位值班员', 'unit_officer', 'BUREAU'],
  ['xitong', '演示系统管理员', 'system_admin', null],
  ['anquan', '演示安全管理员', 'security_admin', null],
  ['shenji', '演示审计管理员', 'audit_admin', null],
]
