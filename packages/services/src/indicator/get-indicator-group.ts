import type { IndicatorGroup, LeagueInput } from '@zhidu/contract'
import { listFrozenQuarters } from '@zhidu/db'
import { quarterRange } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { listReach } from '../league/list-reach.ts'
import { loadRoster } from '../league/load-roster.ts'
import { loadRulesOf } from '../league/load-rules-of.ts'
import { askedInstant } from '../rules/as-of.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { treeDay, withComparison } from '../snapshot.ts'
import { ratiosOf, toCounts, toGroupShares, toPeerShares } from './group-shares.ts'
import { loadGroupQuarters } from './load-group-quarters.ts'

/**
 * The shares of a group's quarter: units in reach with their counts, of the others how their shares lie.
 * Throws ServiceError `not_found` for a group that has no unit in reach in the quarter.
 */
export async function getIndicatorGroup(ctx: ServiceContext, input: LeagueInput): Promise<IndicatorGroup> {
  const when = askedInstant(ctx, input.asOf)
  const { group, quarter, tree = 'then' } = input
  const day = treeDay(ctx, tree, quarter, when.asOf)
  const present = tree === 'now' ? day : null
  const reach = await listReach(ctx, day)
  return await withComparison(ctx, async (db) => {
    const roster = await loadRoster(db)
    const [frozen = null] = when.isGiven || present !== null ? [] : await listFrozenQuarters(db, quarter)
    const asks = [{ quarter, asOf: frozen?.asOf ?? when.asOf, frozen }]
    const [found] = await loadGroupQuarters(db, roster, { asks, choice: { group }, day: present })
    const members = (found?.members ?? []).toSorted(
      (a, b) =>
        (roster.position.get(a.period.unitCode) ?? Infinity) - (roster.position.get(b.period.unitCode) ?? Infinity),
    )
    const rows = members.filter(({ period }) => reach.has(period.unitCode))
    if (found === undefined || rows.length === 0)
      throw new ServiceError('not_found', 'group_unknown', { group, quarter })
    const isWhole = rows.length === members.length
    const { regulation } = await loadRulesOf(db, { frozen, quarter })
    return {
      quarter,
      group,
      tree,
      treeDay: tree === 'now' ? day : quarterRange(quarter).lastOn,
      provenance: await loadProvenance(db, regulation, found.asOf, frozen),
      unitCount: members.length,
      rows: rows.map((member) => ({
        unitCode: member.period.unitCode,
        name: member.period.name,
        shortName: member.period.shortName,
        counts: toCounts(ratiosOf(member)),
      })),
      groupShares: toGroupShares(members, isWhole),
      peers: isWhole ? null : { count: members.length - rows.length, shares: toPeerShares(members) },
    }
  })
}
