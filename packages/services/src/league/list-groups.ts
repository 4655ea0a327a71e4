import type { Groups } from '@zhidu/contract'
import { listFrozenQuarters } from '@zhidu/db'
import type { Quarter, TreeChoice } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { listFrozenMembers } from '../quarter/frozen-view.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { treeDay, withComparison } from '../snapshot.ts'
import { listReach } from './list-reach.ts'
import { listTableMembers } from './load-group.ts'
import { loadRoster } from './load-roster.ts'

/** Peer groups that have a unit in reach in the quarter, the largest first, then in official order. */
export async function listGroups(
  ctx: ServiceContext,
  input: { readonly quarter: Quarter; readonly tree?: TreeChoice | undefined },
): Promise<Groups> {
  const { quarter, tree = 'then' } = input
  const day = treeDay(ctx, tree, quarter, resolveAsOf(ctx, undefined))
  const reach = await listReach(ctx, day)
  return await withComparison(ctx, async (db) => {
    const [frozen] = tree === 'now' ? [] : await listFrozenQuarters(db, quarter)
    const members =
      frozen === undefined
        ? listTableMembers(await loadRoster(db), quarter, tree === 'now' ? day : null).map(({ period }) => period)
        : await listFrozenMembers(db, frozen.frozenId)
    const groups = Map.groupBy(members, ({ peerGroup }) => peerGroup)
    return [...groups]
      .filter(([, some]) => some.some(({ unitCode }) => reach.has(unitCode)))
      .map(([group, some]) => ({ group, unitCount: some.length }))
      .sort((a, b) => b.unitCount - a.unitCount)
  })
}
