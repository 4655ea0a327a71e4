import type { Groups } from '@zhidu/contract'
import { listFrozenQuarters } from '@zhidu/db'
import type { Quarter } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { listFrozenMembers } from '../quarter/frozen-view.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { scopeDay, withComparison } from '../snapshot.ts'
import { listReach } from './list-reach.ts'
import { groupMembers, loadRoster } from './load-roster.ts'

/** Peer groups that have a unit in reach in the quarter, the largest first, then in official order. */
export async function listGroups(ctx: ServiceContext, input: { readonly quarter: Quarter }): Promise<Groups> {
  const { quarter } = input
  const reach = await listReach(ctx, scopeDay(quarter, resolveAsOf(ctx, undefined)))
  return await withComparison(ctx, async (db) => {
    const [frozen] = await listFrozenQuarters(db, quarter)
    const groups =
      frozen === undefined
        ? groupMembers(await loadRoster(db), quarter)
        : Map.groupBy(await listFrozenMembers(db, frozen.frozenId), ({ peerGroup }) => peerGroup)
    return [...groups]
      .filter(([, members]) => members.some(({ unitCode }) => reach.has(unitCode)))
      .map(([group, members]) => ({ group, unitCount: members.length }))
      .sort((a, b) => b.unitCount - a.unitCount)
  })
}
