import type { Kind } from '@zhidu/contract'
import type { Permission, Role } from '@zhidu/domain'

/** Somebody signed in, as one request finds them. */
export interface AccountActor {
  readonly kind: 'account'
  readonly accountId: string
  readonly sessionId: string
  readonly loginName: string
  readonly displayName: string
  /** Whose subtree it reaches; null = an administrator of the whole installation. */
  readonly unitCode: string | null
  readonly roles: readonly Role[]
  readonly permissions: ReadonlySet<Permission>
  readonly mustChangePassword: boolean
  readonly address: string
  /** The security administrator who looks through this account's eyes; nothing may be changed then. */
  readonly viewer: { readonly accountId: string; readonly displayName: string } | null
}

/** Another system with a key for /api/v1. */
export interface TokenActor {
  readonly kind: 'token'
  readonly tokenId: string
  readonly name: string
  readonly unitCode: string
  readonly kinds: readonly Kind[]
  readonly mayWrite: boolean
  readonly address: string
}

export type Actor =
  | AccountActor
  | TokenActor
  /** A command at the machine, by whoever may run it there: reaches everything. */
  | { readonly kind: 'local'; readonly name: string }
  /** The program's own upkeep. */
  | { readonly kind: 'system' }
  | { readonly kind: 'anonymous'; readonly address: string }

/** How an actor stands in the audit trail. */
export function toAuditActor(actor: Actor): {
  readonly kind: Actor['kind']
  readonly id: string | null
  readonly name: string | null
  readonly unit: string | null
} {
  switch (actor.kind) {
    case 'account': {
      // Who looks through another's eyes is who did it.
      const who = actor.viewer ?? { accountId: actor.accountId, displayName: actor.displayName }
      return { kind: 'account', id: who.accountId, name: who.displayName, unit: actor.unitCode }
    }
    case 'token':
      return { kind: 'token', id: actor.tokenId, name: actor.name, unit: actor.unitCode }
    case 'local':
      return { kind: 'local', id: null, name: actor.name, unit: null }
    case 'system':
    case 'anonymous':
      return { kind: actor.kind, id: null, name: null, unit: null }
  }
}

/** Where an actor speaks from; null = from this machine. */
export function addressOf(actor: Actor): string | null {
  return actor.kind === 'local' || actor.kind === 'system' ? null : actor.address
}

/** True when what a mask hides may be asked for, with a reason. */
export function mayReveal(actor: Actor): boolean {
  return actor.kind === 'account' && actor.viewer === null && actor.permissions.has('personal_data.view')
}
