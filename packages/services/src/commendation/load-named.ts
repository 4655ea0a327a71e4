import type { LeagueTable } from '@zhidu/contract'
import type { ListKind } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'
import { loadLists } from './load-lists.ts'

/** How the confirmed lists of the reader's office name the units of a table; nothing for whoever may not read them, or of other figures. */
export async function loadNamed(
  ctx: ServiceContext,
  { group, provenance, quarter, tree }: LeagueTable,
): Promise<ReadonlyMap<string, ListKind>> {
  const { actor } = ctx
  const mayRead = actor.kind === 'account' && actor.unitCode !== null && actor.permissions.has('bulletins.read')
  if (!mayRead || tree === 'now') return new Map()
  const key = { unitCode: actor.unitCode ?? '', quarter, group }
  const { confirmed } = await withSnapshot(ctx, scopeDay(quarter, ctx.clock()), (db) => loadLists(db, key))
  if (confirmed === null || confirmed.step.frozenVersion !== (provenance.frozen?.version ?? null)) return new Map()
  return new Map(confirmed.names.flatMap(({ isNamed, kind, namedCode }) => (isNamed ? [[namedCode, kind]] : [])))
}
