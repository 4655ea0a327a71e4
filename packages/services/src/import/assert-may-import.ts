import type { Kind } from '@zhidu/contract'
import { asReadonly, findScope, findSetting } from '@zhidu/db'
import { localDateOf } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { SYNTHETIC_SETTING } from '../demonstration/demonstration.ts'
import { ServiceError } from '../service-error.ts'
import { withReach } from '../snapshot.ts'

/**
 * Throws ServiceError `forbidden` when the actor's role may not bring the kind, or when it brings units without reaching the
 * whole installation: the tree of units decides who sees what. `conflict` when real units would replace the demonstration
 * under an account that goes with it.
 */
export async function assertMayImport(ctx: ServiceContext, kind: Kind): Promise<void> {
  const { actor } = ctx
  if (actor.kind === 'local' || actor.kind === 'system') return
  if (actor.kind === 'anonymous') throw new ServiceError('unauthenticated', 'not_signed_in')
  if (actor.kind === 'token') {
    if (!actor.mayWrite || !actor.kinds.includes(kind)) throw new ServiceError('forbidden', 'token_forbids', { kind })
  } else if (!actor.permissions.has(kind === 'units' ? 'units.write' : 'facts.import')) {
    throw new ServiceError('forbidden', 'role_forbids')
  }
  if (kind !== 'units') return
  await withReach(ctx, localDateOf(ctx.clock()), async (trx) => {
    if (findScope(trx)?.unitCodes !== null) throw new ServiceError('forbidden', 'units_need_top')
    const synthetic = await findSetting(asReadonly(trx), SYNTHETIC_SETTING)
    if (synthetic !== undefined && synthetic !== null) throw new ServiceError('conflict', 'demonstration_in_place')
  })
}
