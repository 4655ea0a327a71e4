import type { LeagueInput, LeaguePeers, LeagueTable, LeagueTotal } from '@zhidu/contract'
import { addDays, listUnannouncedYears, quarterRange } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { askedInstant } from '../rules/as-of.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { treeDay, withComparison } from '../snapshot.ts'
import { breaksOf, type RankedMember, rankWithHistory, trendOf } from './load-group.ts'
import { loadRulesOf } from './load-rules-of.ts'
import { toLeagueTableRow, toPoints } from './shape.ts'
import { computeLeagueTotal, MIN_COMPARED } from './total.ts'
import { listClosed } from './list-closed.ts'
import { listReach } from './list-reach.ts'
import { keepRanges } from './ranges/keep-ranges.ts'
import { loadRangeInput, type RangeInput } from './ranges/load-tallies.ts'
import { toRankIntervals } from './ranges/shape-ranges.ts'

/** Places of a group that are told by name to those who do not reach its units. */
const NAMED_PLACES = 3

function toPeers(members: readonly RankedMember[], rowCount: number): LeaguePeers {
  const isHidden = members.filter(({ ranked }) => ranked.summary.isMeasured).length < MIN_COMPARED
  if (isHidden) return { count: members.length - rowCount, scores: [], top: [] }
  return {
    count: members.length - rowCount,
    scores: members
      .flatMap(({ ranked }) => ranked.summary.score ?? [])
      .sort((a, b) => b - a)
      .map(toPoints),
    top: members.flatMap(({ period, ranked }) => {
      const { isTied, rank, summary } = ranked
      if (rank === null || rank > NAMED_PLACES || summary.score === null) return []
      return [{ rank, tied: isTied, name: period.name, score: toPoints(summary.score) }]
    }),
  }
}

/** Counts of the rows alone; means of the group when enough of it is measured that nobody's score follows from them. */
function narrowTotal(whole: LeagueTotal, own: LeagueTotal): LeagueTotal {
  const isHidden = whole.measuredCount < MIN_COMPARED
  return {
    ...own,
    unitCount: whole.unitCount,
    measuredCount: whole.measuredCount,
    meanScore: isHidden ? null : whole.meanScore,
    meanLost: isHidden ? null : whole.meanLost,
    trend: isHidden ? whole.trend.map(() => null) : whole.trend,
  }
}

/**
 * The league table as the dashboard draws it, from the rollups: units in reach as rows, the others as peers without a name.
 * `withIntervals`: rows carry the ranges of their places, for which the first to ask waits; else they are null.
 * Throws ServiceError `not_found` for a group that has no unit in reach in the quarter.
 */
export async function getLeagueTable(
  ctx: ServiceContext,
  input: LeagueInput,
  { withIntervals = false }: { readonly withIntervals?: boolean } = {},
): Promise<LeagueTable> {
  const { table, toDraw } = await loadLeagueTable(ctx, input, withIntervals)
  // Few peers would be told of by the place of one.
  const isHidden = table.peers !== null && table.total.measuredCount < MIN_COMPARED
  if (toDraw === null || isHidden) return table
  const intervals = toRankIntervals(await keepRanges(toDraw.units, toDraw.regulation))
  const rows = table.rows.map((row) => ({ ...row, rankInterval: intervals.get(row.unitCode) ?? null }))
  return { ...table, rows }
}

interface LoadedTable {
  readonly table: LeagueTable
  /** null = no ranges are asked for. */
  readonly toDraw: RangeInput | null
}

async function loadLeagueTable(ctx: ServiceContext, input: LeagueInput, withIntervals: boolean): Promise<LoadedTable> {
  const when = askedInstant(ctx, input.asOf)
  const { group, quarter, tree = 'then' } = input
  const day = treeDay(ctx, tree, quarter, when.asOf)
  const present = tree === 'now' ? day : null
  const reach = await listReach(ctx, day)
  return await withComparison(ctx, async (db) => {
    const { current, history, roster } = await rankWithHistory(db, quarter, when, present)
    const { holidays, regulation } = await loadRulesOf(db, current)
    const { firstOn, lastOn } = quarterRange(quarter)
    const members = current.groups.get(group) ?? []
    const rows = members.filter(({ period }) => reach.has(period.unitCode))
    if (rows.length === 0) throw new ServiceError('not_found', 'group_unknown', { group, quarter })
    const quarters = [...history, current]
    const trendsOf = (some: readonly RankedMember[]) => some.map(({ period }) => trendOf(period.unitCode, quarters))
    const totalOf = (some: readonly RankedMember[]): LeagueTotal =>
      computeLeagueTotal(
        some.map(({ ranked }) => ranked.summary),
        trendsOf(some),
      )
    const trends = trendsOf(rows)
    const before = history.at(-1)
    const isWhole = rows.length === members.length
    const { frozen } = current
    const toDraw = withIntervals ? await loadRangeInput(db, { places: members, quarter, regulation, frozen }) : null
    const table = {
      quarter,
      group,
      tree,
      treeDay: tree === 'now' ? day : lastOn,
      provenance: await loadProvenance(db, regulation, current.asOf, current.frozen),
      rows: rows.map((member, index) =>
        toLeagueTableRow(member, regulation, {
          previousRank: before?.byUnit.get(member.period.unitCode)?.ranked.rank ?? null,
          trend: trends[index] ?? [],
          breaks: breaksOf(member.period.unitCode, quarters, roster, present),
        }),
      ),
      total: isWhole ? totalOf(rows) : narrowTotal(totalOf(members), totalOf(rows)),
      unannouncedYears: listUnannouncedYears([firstOn, addDays(lastOn, regulation.filing.leadDays)], holidays),
      peers: isWhole ? null : toPeers(members, rows.length),
      closed:
        present === null
          ? await listClosed(db, {
              roster,
              quarter,
              group,
              asOf: current.asOf,
              isFrozen: current.frozen !== null,
              reach,
            })
          : [],
    }
    return { table, toDraw }
  })
}
