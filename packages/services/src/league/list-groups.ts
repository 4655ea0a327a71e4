import type { Groups } from '@zhidu/contract'
import type { Quarter } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { withSnapshot } from '../snapshot.ts'
import { groupMembers, loadRoster } from './load-roster.ts'

/** Peer groups that have a unit in the quarter, the largest first, then in official order. */
export function listGroups(ctx: ServiceContext, input: { readonly quarter: Quarter }): Promise<Groups> {
  return withSnapshot(ctx, async (db) => {
    const groups = groupMembers(await loadRoster(db), input.quarter)
    return [...groups]
      .map(([group, members]) => ({ group, unitCount: members.length }))
      .sort((a, b) => b.unitCount - a.unitCount)
  })
}
