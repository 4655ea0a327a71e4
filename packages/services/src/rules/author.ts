import { asReadonly, type RegulationAuthor, withTransaction } from '@zhidu/db'
import { localDateOf } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'

/** Who changes rules, as the version bears it. */
export function authorOf({ actor, clock }: ServiceContext): RegulationAuthor {
  const by = actor.kind === 'account' ? actor.displayName : actor.kind === 'local' ? actor.name : actor.kind
  return { at: clock(), by, byId: actor.kind === 'account' ? actor.accountId : null }
}

/**
 * True when an actor answers for the whole installation: rules judge every unit, so that only the office at the top drafts
 * and publishes them.
 */
export async function isAtTheTop(ctx: ServiceContext): Promise<boolean> {
  const { actor } = ctx
  if (actor.kind === 'local' || actor.kind === 'system') return true
  if (actor.kind !== 'account' || actor.unitCode === null) return false
  const roster = await withTransaction(ctx.report, (trx) => loadRoster(asReadonly(trx)), { isReadOnly: true })
  const today = localDateOf(ctx.clock())
  return (roster.periodsOf.get(actor.unitCode) ?? []).some(
    ({ parentCode, validFrom, validTo }) =>
      parentCode === null && (validFrom === null || validFrom <= today) && (validTo === null || today < validTo),
  )
}

/** Throws ServiceError `forbidden` for an office below the top. */
export async function assertAtTheTop(ctx: ServiceContext): Promise<void> {
  if (!(await isAtTheTop(ctx))) throw new ServiceError('forbidden', 'rules_of_the_top')
}

export function objectOf({ id, version }: { readonly id: string; readonly version: string }): string {
  return `regulation/${id}/${version}`
}
