import type { League, LeagueInput } from '@zhidu/contract'
import { finishAssessment, localDateOf, METHOD_VERSION, rankUnits, shiftQuarter, toLocalIso } from '@zhidu/domain'
import { type FrozenQuarterRow, listFrozenQuarters, type ReadonlyDb } from '@zhidu/db'
import type { ServiceContext } from '../context.ts'
import { loadFrozenLeague, loadFrozenRanks, loadFrozenRules } from '../quarter/frozen-view.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { assessUnits, joinUnits, type JoinedUnit } from './assess-units.ts'
import { listTableMembers, rankPastQuarter, sourcesOf } from './load-group.ts'
import { loadRoster } from './load-roster.ts'
import { keepRanges } from './ranges/keep-ranges.ts'
import { loadRangeInput, type RangeInput } from './ranges/load-tallies.ts'
import { toRankIntervals } from './ranges/shape-ranges.ts'
import { toLeagueRow } from './shape.ts'

/**
 * The league table of a peer group with every deduction behind it: as it was frozen unless an instant or today's tree is asked
 * about, else computed from the facts.
 * Throws ServiceError `not_found` for a group that has no unit in the quarter.
 */
export async function getLeague(ctx: ServiceContext, input: LeagueInput): Promise<League> {
  const { league, toDraw } = await loadLeague(ctx, input)
  const intervals = toRankIntervals(await keepRanges(toDraw.units, toDraw.regulation))
  return { ...league, rows: league.rows.map((row) => ({ ...row, rankInterval: intervals.get(row.unitCode) ?? null })) }
}

interface LoadedLeague {
  readonly league: League
  readonly toDraw: RangeInput
}

/** A frozen document bears no ranges: they are drawn from its facts whenever it is read (ADR 0052). */
async function loadFrozen(db: ReadonlyDb, frozen: FrozenQuarterRow, group: string): Promise<LoadedLeague> {
  const league = await loadFrozenLeague(db, frozen, group)
  const { groups, quarter } = await loadFrozenRanks(db, frozen)
  const { regulation } = await loadFrozenRules(db, frozen.frozenId)
  const table = { places: groups.get(group) ?? [], quarter, regulation, frozen }
  return { league, toDraw: await loadRangeInput(db, table) }
}

function loadLeague(ctx: ServiceContext, input: LeagueInput): Promise<LoadedLeague> {
  const asOf = resolveAsOf(ctx, input.asOf)
  // Every deduction of every unit: nobody's reach but the machine's.
  if (ctx.actor.kind !== 'local') throw new ServiceError('forbidden', 'role_forbids')
  const { group, quarter, tree = 'then' } = input
  const day = tree === 'now' ? localDateOf(ctx.clock()) : null
  return withSnapshot(ctx, localDateOf(asOf), async (db) => {
    const [frozen] = input.asOf === undefined && day === null ? await listFrozenQuarters(db, quarter) : []
    if (frozen !== undefined) return await loadFrozen(db, frozen, group)
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
    const ranked = rankUnits(assessments, roster.position)
    const places = ranked.map((one) => ({ ranked: one, tally: one.summary.tally }))
    const league = {
      quarter,
      group,
      asOf: toLocalIso(asOf),
      regulation: { id: rules.regulation.id, version: rules.regulation.version },
      methodVersion: METHOD_VERSION,
      rows: ranked.flatMap((one) => {
        const { unitCode } = one.summary
        const period = periodOf.get(unitCode)
        return period === undefined ? [] : [toLeagueRow(one, period, before.byUnit.get(unitCode)?.ranked.rank ?? null)]
      }),
    }
    return { league, toDraw: await loadRangeInput(db, { places, quarter, regulation: rules.regulation, frozen: null }) }
  })
}
