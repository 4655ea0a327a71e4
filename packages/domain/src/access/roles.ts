/** Business roles, then the three administrators who must be different people (三员分立). */
export const BUSINESS_ROLES = ['leader', 'inspector', 'clerk', 'approver', 'unit_officer'] as const
export const ADMINISTRATOR_ROLES = ['system_admin', 'security_admin', 'audit_admin'] as const
export const ROLES = [...BUSINESS_ROLES, ...ADMINISTRATOR_ROLES] as const
export type Role = (typeof ROLES)[number]

/** What an account may be at all: every administrator role excludes the other two and all business. */
export const ROLE_FAMILIES = ['business', ...ADMINISTRATOR_ROLES] as const
export type RoleFamily = (typeof ROLE_FAMILIES)[number]

export function familyOf(role: Role): RoleFamily {
  return role === 'system_admin' || role === 'security_admin' || role === 'audit_admin' ? role : 'business'
}

/**
 * What a procedure asks for. `facts.read` reaches the own subtree only; `comparison` is its own permission: the place among
 * peers without their evidence.
 */
export const PERMISSIONS = [
  'session.own',
  'facts.read',
  'comparison',
  'units.read',
  'units.write',
  'facts.import',
  'findings.record',
  'facts.export',
  'rules.write',
  'rules.publish',
  'calendar.write',
  'obligations.reopen',
  'quarters.freeze',
  'assessments.prepare',
  'assessments.approve',
  'bulletins.read',
  'bulletins.write',
  'bulletins.publish',
  'meetings.read',
  'meetings.write',
  'meetings.sign',
  'draws.read',
  'draws.plan',
  'draws.approve',
  'inspections.record',
  'inspections.decide',
  'cases.handle',
  'cases.answer',
  'reports.file',
  'reports.take',
  'duty.keep',
  'duty.oversee',
  'leads.read',
  'leads.handle',
  'personal_data.view',
  'accounts.manage',
  'roles.manage',
  'tokens.manage',
  'access.inspect',
  'audit.read',
] as const
export type Permission = (typeof PERMISSIONS)[number]

const READING = ['session.own', 'facts.read', 'comparison', 'units.read', 'facts.export'] as const

/** Role × permission. The role × procedure matrix that follows from it is kept in docs/role-matrix.csv and tested. */
export const PERMISSIONS_OF = {
  leader: [
    ...READING,
    'assessments.approve',
    'bulletins.read',
    'meetings.read',
    'draws.read',
    'leads.read',
    'personal_data.view',
  ],
  inspector: [
    ...READING,
    'findings.record',
    'bulletins.read',
    'meetings.read',
    'draws.read',
    'draws.plan',
    'inspections.record',
    'inspections.decide',
    'cases.handle',
    'reports.file',
    'reports.take',
    'duty.keep',
    'duty.oversee',
    'leads.read',
    'leads.handle',
    'personal_data.view',
  ],
  clerk: [
    ...READING,
    'units.write',
    'facts.import',
    'findings.record',
    'rules.write',
    'calendar.write',
    'obligations.reopen',
    'assessments.prepare',
    'bulletins.read',
    'bulletins.write',
    'meetings.read',
    'meetings.write',
    'draws.read',
    'draws.plan',
    'inspections.record',
    'inspections.decide',
    'cases.handle',
    'cases.answer',
    'reports.file',
    'reports.take',
    'duty.keep',
    'duty.oversee',
    'leads.read',
    'leads.handle',
    'personal_data.view',
  ],
  approver: [
    ...READING,
    'rules.publish',
    'quarters.freeze',
    'assessments.prepare',
    'assessments.approve',
    'bulletins.read',
    'bulletins.publish',
    'meetings.read',
    'meetings.sign',
    'draws.read',
    'draws.approve',
    'inspections.decide',
    'cases.handle',
    'leads.read',
    'personal_data.view',
  ],
  unit_officer: [...READING, 'cases.answer', 'reports.file', 'duty.keep'],
  system_admin: ['session.own', 'units.read', 'units.write', 'accounts.manage'],
  security_admin: ['session.own', 'roles.manage', 'tokens.manage', 'access.inspect'],
  audit_admin: ['session.own', 'audit.read'],
} as const satisfies Record<Role, readonly Permission[]>

/** Everything some roles may do together. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role): readonly Permission[] => PERMISSIONS_OF[role]))
}
