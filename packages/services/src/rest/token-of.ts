import type { Kind } from '@zhidu/contract'
import type { TokenActor } from '../actor.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'

/** The key that asks. Throws ServiceError `unauthenticated` for anybody else: /api/v1 knows keys alone. */
export function tokenOf({ actor }: ServiceContext): TokenActor {
  if (actor.kind !== 'token') throw new ServiceError('unauthenticated', 'token_needed')
  return actor
}

/** Throws ServiceError `forbidden` for a key that was not made for all of `kinds`. */
export function assertTokenReads(ctx: ServiceContext, kinds: readonly Kind[]): void {
  const token = tokenOf(ctx)
  const missing = kinds.find((kind) => !token.kinds.includes(kind))
  if (missing !== undefined) throw new ServiceError('forbidden', 'token_forbids', { kind: missing })
}
