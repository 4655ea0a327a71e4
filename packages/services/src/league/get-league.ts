import type { League, LeagueInput } from '@zhidu/contract'
import { finishAssessment, localDateOf, METHOD_VERSION, rankUnits, shiftQuarter, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { assessUnits, joinUnits, type JoinedUnit } from './assess-units.ts'
import { listTableMembers, rankQuarter, sourcesOf } from './load-group.ts'
import { loadRoster } from './load-roster.ts'
import { quarterEndOf } from './rollup.ts'
import { toLeagueRow } from './shape.ts'

/**
 * The league table of a peer group with every deduction behind it, computed from the facts.
 * Throws ServiceError `not_found` for a group that has no unit in the quarter.
 */
export function getLeague(ctx: ServiceContext, input: LeagueInput): Promise<League> {
  const asOf = resolveAsOf(ctx, input.asOf)
  // Every deduction of every unit: nobody's reach but the machine's.
  if (ctx.actor.kind !== 'local') throw new ServiceError('forbidden', 'role_forbids')
  const { group, quarter, tree = 'then' } = input
  const day = tree === 'now' ? localDateOf(ctx.clock()) : null
  return withSnapshot(ctx, localDateOf(asOf), async (db) => {
    const [rules, roster] = await Promise.all([loadRules(db, quarter), loadRoster(db)])
    const members = listTableMembers(roster, quarter, day).filter(({ period }) => period.peerGroup === group)
    if (members.length === 0) throw new ServiceError('not_found', 'group_unknown', { group, quarter })
    const earlier = shiftQuarter(quarter, -1)
    const before = await rankQuarter(db, roster, earlier, Math.min(quarterEndOf(earlier), asOf), day)
    const periodOf = new Map(members.map(({ period }) => [period.unitCode, period]))
    const scope = { periodsOf: roster.periodsOf, quarter, rules, asOf }
    const units = members.map((member): JoinedUnit => ({
      unitCode: member.period.unitCode,
      sources: sourcesOf(member),
    }))
    const assessments = [
      ...(await joinUnits(
        db,
        { ...scope, units: units.filter(({ sources }) => sources.length > 0) },
        true,
        finishAssessment,
      )),
      // Units of today that were not there then.
      ...(await assessUnits(db, {
        ...scope,
        periodsOf: new Map(),
        unitCodes: units.filter(({ sources }) => sources.length === 0).map(({ unitCode }) => unitCode),
      })),
    ]
    return {
      quarter,
      group,
      asOf: toLocalIso(asOf),
      regulation: { id: rules.regulation.id, version: rules.regulation.version },
      methodVersion: METHOD_VERSION,
      rows: rankUnits(assessments, roster.position).flatMap((ranked) => {
        const { unitCode } = ranked.summary
        const period = periodOf.get(unitCode)
        return period === undefined
          ? []
          : [toLeagueRow(ranked, period, before.byUnit.get(unitCode)?.ranked.rank ?? null)]
      }),
    }
  })
}
