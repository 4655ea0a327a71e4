import type { League, LeagueInput } from '@zhidu/contract'
import { finishAssessment, localDateOf, METHOD_VERSION, rankUnits, shiftQuarter, toLocalIso } from '@zhidu/domain'
import { listFrozenQuarters } from '@zhidu/db'
import type { ServiceContext } from '../context.ts'
import { loadFrozenLeague } from '../quarter/frozen-view.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { assessUnits, joinUnits, type JoinedUnit } from './assess-units.ts'
import { listTableMembers, rankPastQuarter, sourcesOf } from './load-group.ts'
import { loadRoster } from './load-roster.ts'
import { toLeagueRow } from './shape.ts'

/**
 * The league table of a peer group with every deduction behind it: as it was frozen unless an instant or today's tree is asked
 * about, else computed from the facts.
 * Throws ServiceError `not_found` for a group that has no unit in the quarter.
 */
export function getLeague(ctx: ServiceContext, input: LeagueInput): Promise<League> {
  const asOf = resolveAsOf(ctx, input.asOf)
  // Every deduction of every unit: nobody's reach but the machine's.
  if (ctx.actor.kind !== 'local') throw new ServiceError('forbidden', 'role_forbids')
  const { group, quarter, tree = 'then' } = input
  const day = tree === 'now' ? localDateOf(ctx.clock()) : null
  return withSnapshot(ctx, localDateOf(asOf), async (db) => {
    const [frozen] = input.asOf === undefined && day === null ? await listFrozenQuarters(db, quarter) : []
    if (frozen !== undefined) return await loadFrozenLeague(db, frozen, group)
    const [rules, roster] = await Promise.all([loadRules(db, quarter), loadRoster(db)])
    const members = listTableMembers(roster, quarter, day).filter(({ period }) => period.peerGroup === group)
    if (members.length === 0) throw new ServiceError('not_found', 'group_unknown', { group, quarter })
    const before = await rankPastQuarter(db, roster, shiftQuarter(quarter, -1), asOf, day)
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
