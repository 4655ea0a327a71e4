import type { SessionState } from '@zhidu/contract'
import { permissionsOf, type Role } from '@zhidu/domain'

type Account = NonNullable<SessionState['account']>

export function makeAccount(roles: readonly Role[] = ['clerk'], overrides: Partial<Account> = {}): Account {
  return {
    accountId: '0190a000-0000-7000-8000-000000000001',
    loginName: 'kaohe',
    displayName: '考核甲',
    unitCode: 'A00',
    unitName: '岭安市人民政府办公室',
    roles: [...roles],
    permissions: [...permissionsOf(roles)],
    hasTotp: false,
    isSsoOnly: false,
    ...overrides,
  }
}

/** Signed in as a clerk unless told otherwise. */
export function makeSession(overrides: Partial<SessionState> = {}): SessionState {
  return {
    account: makeAccount(),
    viewingAs: null,
    mustChangePassword: false,
    endsAt: new Date(Date.now() + 8 * 3_600_000).toISOString(),
    idleMinutes: 15,
    passwordRules: { profile: 'mlps', minLength: 10, maxLength: 128, classes: 3, history: 5, expiryDays: 90 },
    singleSignOn: null,
    isUnclaimed: false,
    isSynthetic: true,
    ...overrides,
  }
}

/** Nobody is signed in. */
export function makeNobody(overrides: Partial<SessionState> = {}): SessionState {
  return makeSession({ account: null, endsAt: null, ...overrides })
}
