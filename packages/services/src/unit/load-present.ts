import { listSuccessions, type ReadonlyDb, type SuccessionRow } from '@zhidu/db'
import type { SuccessionItem } from '@zhidu/contract'
import { toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import type { Roster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'

/** The last name of a unit in reach; the code itself for others. */
export function lastNameOf(roster: Roster, unitCode: string): string {
  return roster.periodsOf.get(unitCode)?.at(-1)?.name ?? unitCode
}

/** True when the actor reaches everything: what is changed for all is changed at the top. */
export function standsAtTop(ctx: ServiceContext, roster: Roster): boolean {
  const { actor } = ctx
  if (actor.kind === 'local' || actor.kind === 'system') return true
  if (actor.kind !== 'account') return false
  if (actor.unitCode === null) return actor.roles.includes('system_admin')
  return (roster.periodsOf.get(actor.unitCode) ?? []).some(({ parentCode }) => parentCode === null)
}

/** Throws ServiceError `forbidden` for anybody but the top of the installation. */
export function assertAtTop(ctx: ServiceContext, roster: Roster): void {
  if (!standsAtTop(ctx, roster)) throw new ServiceError('forbidden', 'top_only')
}

/** Who does it, as records bear it. */
export function actorName(ctx: ServiceContext): string {
  const { actor } = ctx
  if (actor.kind === 'account') return (actor.viewer ?? actor).displayName
  return actor.kind === 'local' || actor.kind === 'token' ? actor.name : actor.kind
}

/** Mergers and splits that hold, an act a piece, newest first. */
export async function listSuccessionItems(db: ReadonlyDb, roster: Roster): Promise<SuccessionItem[]> {
  const rows = await listSuccessions(db)
  const toUnits = (codes: readonly string[]) =>
    [...new Set(codes)].map((unitCode) => ({ unitCode, name: lastNameOf(roster, unitCode) }))
  return [...Map.groupBy(rows, ({ actId }) => actId).values()]
    .flatMap((act): SuccessionItem[] => {
      const [first] = act
      if (first === undefined) return []
      return [
        {
          actId: first.actId,
          kind: first.kind,
          onDate: first.onDate,
          fromUnits: toUnits(act.map(({ fromCode }: SuccessionRow) => fromCode)),
          toUnits: toUnits(act.map(({ toCode }: SuccessionRow) => toCode)),
          reason: first.reason,
          recordedAt: toLocalIso(first.recordedAt),
          recordedBy: first.recordedBy,
        },
      ]
    })
    .reverse()
}
