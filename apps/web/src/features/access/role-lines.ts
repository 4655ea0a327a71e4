import type { AccountItem } from '@zhidu/contract'
import { familyOf, type Role, ROLES } from '@zhidu/domain'

/** Why a role cannot be given now; null = it can. */
export type Hindrance = 'own' | 'family' | 'unit' | null

/** What stands against giving a role to an account, before the server is asked. */
export function hindranceOf(account: AccountItem, role: Role, ownId: string | null): Hindrance {
  if (account.accountId === ownId) return 'own'
  if (account.roles.some((held) => familyOf(held) !== familyOf(role))) return 'family'
  return familyOf(role) === 'business' && account.unitCode === null ? 'unit' : null
}

/** Every role with whether an account holds it. */
export function roleLines(account: AccountItem, ownId: string | null) {
  return ROLES.map((role) => ({
    role,
    isHeld: account.roles.includes(role),
    hindrance: account.roles.includes(role)
      ? account.accountId === ownId
        ? ('own' as const)
        : null
      : hindranceOf(account, role, ownId),
  }))
}
