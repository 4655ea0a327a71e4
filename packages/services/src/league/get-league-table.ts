import type { LeagueInput, LeagueTable } from '@zhidu/contract'
import type { ServiceContext } from '../context.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { rankWithHistory, trendOf } from './load-group.ts'
import { toLeagueTableRow } from './shape.ts'
import { computeLeagueTotal } from './total.ts'

/**
 * The league table as the dashboard draws it, from the rollups.
 * Throws ServiceError `not_found` for a group that has no unit in the quarter.
 */
export function getLeagueTable(ctx: ServiceContext, input: LeagueInput): Promise<LeagueTable> {
  const asOf = resolveAsOf(ctx, input.asOf)
  return withSnapshot(ctx, async (db) => {
    const { group, quarter } = input
    const { regulation } = await loadRules(db, quarter)
    const { current, history } = await rankWithHistory(db, quarter, asOf)
    const members = current.groups.get(group)
    if (members === undefined) throw new ServiceError('not_found', 'group_unknown', { group, quarter })
    const quarters = [...history, current]
    const trends = members.map(({ period }) => trendOf(period.unitCode, quarters))
    const before = history.at(-1)
    return {
      quarter,
      group,
      provenance: await loadProvenance(db, regulation, asOf),
      rows: members.map(({ period, ranked }, index) =>
        toLeagueTableRow(ranked, period, before?.byUnit.get(period.unitCode)?.ranked.rank ?? null, trends[index] ?? []),
      ),
      total: computeLeagueTotal(
        members.map(({ ranked }) => ranked.summary),
        trends,
      ),
    }
  })
}
