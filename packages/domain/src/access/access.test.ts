import { describe, expect, it } from 'vitest'
import { maskName, maskNumbers, maskPhone } from './masks.ts'
import {
  ADMINISTRATOR_ROLES,
  BUSINESS_ROLES,
  familyOf,
  PERMISSIONS,
  PERMISSIONS_OF,
  permissionsOf,
  ROLE_FAMILIES,
  ROLES,
} from './roles.ts'

/** Who may do what, once more: a line for each permission, the roles that have it. */
const TABLE = `
  session.own leader inspector clerk approver unit_officer system_admin security_admin audit_admin
  facts.read leader inspector clerk approver unit_officer
  comparison leader inspector clerk approver unit_officer
  units.read leader inspector clerk approver unit_officer system_admin
  units.write clerk system_admin
  facts.import clerk
  findings.record inspector clerk
  facts.export leader inspector clerk approver unit_officer
  rules.write clerk
  rules.publish approver
  calendar.write clerk
  obligations.reopen clerk
  quarters.freeze approver
  assessments.prepare clerk approver
  assessments.approve leader approver
  bulletins.read leader inspector clerk approver
  bulletins.write clerk
  bulletins.publish approver
  meetings.read leader inspector clerk approver
  meetings.write clerk
  meetings.sign approver
  draws.read leader inspector clerk approver
  draws.plan inspector clerk
  draws.approve approver
  inspections.record inspector clerk
  inspections.decide inspector clerk approver
  cases.handle inspector clerk approver
  cases.answer clerk unit_officer
  reports.file inspector clerk unit_officer
  reports.take inspector clerk
  duty.keep inspector clerk unit_officer
  duty.oversee inspector clerk
  leads.read leader inspector clerk approver
  leads.handle inspector clerk
  personal_data.view leader inspector clerk approver
  accounts.manage system_admin
  roles.manage security_admin
  tokens.manage security_admin
  access.inspect security_admin
  audit.read audit_admin`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(' '))

describe('roles', () => {
  it('have the permissions that the table says, and no other', () => {
    expect(
      PERMISSIONS.map((permission) => [permission, ...ROLES.filter((role) => permissionsOf([role]).has(permission))]),
    ).toEqual(TABLE)
    expect(ROLES).toEqual(TABLE[0]?.slice(1))
    expect(Object.keys(PERMISSIONS_OF)).toEqual(ROLES)
    expect(ROLE_FAMILIES).toEqual(['business', ...ADMINISTRATOR_ROLES])
  })

  it('keeps each administrator a family of its own, and the others one', () => {
    expect(ADMINISTRATOR_ROLES.map(familyOf)).toEqual(ADMINISTRATOR_ROLES)
    expect(new Set(BUSINESS_ROLES.map(familyOf))).toEqual(new Set(['business']))
  })

  it('gives no administrator facts, no business role administration, and the audit trail to one alone', () => {
    for (const role of ADMINISTRATOR_ROLES) {
      expect(permissionsOf([role]).has('facts.read')).toBe(false)
      expect(permissionsOf([role]).has('findings.record')).toBe(false)
    }
    for (const role of BUSINESS_ROLES) {
      for (const permission of ['accounts.manage', 'roles.manage', 'tokens.manage', 'audit.read'] as const) {
        expect(permissionsOf([role]).has(permission)).toBe(false)
      }
    }
    expect(ROLES.filter((role) => permissionsOf([role]).has('audit.read'))).toEqual(['audit_admin'])
    expect(ROLES.filter((role) => permissionsOf([role]).has('roles.manage'))).toEqual(['security_admin'])
    expect(ROLES.filter((role) => permissionsOf([role]).has('accounts.manage'))).toEqual(['system_admin'])
  })

  it('adds up what several roles may do', () => {
    expect(permissionsOf(['unit_officer', 'clerk'])).toEqual(permissionsOf(['clerk']))
    expect(permissionsOf([]).size).toBe(0)
  })
})

describe('masks', () => {
  it('leaves the family name of a person', () => {
    expect(['张三', '欧阳某某', '欧阳某某某', '李', ''].map(maskName)).toEqual(['张*', '欧***', '欧***', '李', ''])
  })

  it('hides numbers of people wherever they stand, and no other numbers', () => {
    expect(maskNumbers('值班员电话13800001234，座机0663-8768123')).toBe('值班员电话138****1234，座机0663-****123')
    expect(maskNumbers('证件445200199001011234')).toBe('证件4452**********1234')
    expect(maskNumbers('编号 2026070314050001，12 人，138000012345')).toBe('编号 2026070314050001，12 人，138000012345')
  })

  it('hides a phone of any form', () => {
    expect(['13800001234', '+8613800001234', '8768123'].map(maskPhone)).toEqual(['138****1234', '****1234', '****23'])
    // Eleven digits that are no mobile phone, and a short number that begins like one.
    expect(['07638768123', '87681234', '12345678'].map(maskPhone)).toEqual(['****8123', '****1234', '****5678'])
  })
})
