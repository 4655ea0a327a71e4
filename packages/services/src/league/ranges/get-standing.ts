import type { LeagueInput, LeagueStanding, PairInput, PairStanding } from '@zhidu/contract'
import {
  type ListedUnit,
  computeMovements,
  type GroupRanges,
  listEnds,
  type Movement,
  pairCertainty,
  type PlainDate,
  type UnitRange,
} from '@zhidu/domain'
import type { ServiceContext } from '../../context.ts'
import { askedInstant } from '../../rules/as-of.ts'
import { loadProvenance } from '../../rules/provenance.ts'
import { ServiceError } from '../../service-error.ts'
import { treeDay, withComparison } from '../../snapshot.ts'
import { listReach } from '../list-reach.ts'
import { breaksOf, type RankedMember, type RankedQuarter, rankWithHistory } from '../load-group.ts'
import type { Roster } from '../load-roster.ts'
import { loadRulesOf } from '../load-rules-of.ts'
import { toPoints } from '../shape.ts'
import { MIN_COMPARED } from '../total.ts'
import type { DrawnRanges } from './drawn-ranges.ts'
import { keepRanges } from './keep-ranges.ts'
import { loadRangeInput } from './load-tallies.ts'
import { toFourPlaces, toStandingRow } from './shape-ranges.ts'

/** Movements of the whole table against the quarter before; across a merger and the like there is none. */
function movementsOf(
  members: readonly RankedMember[],
  quarters: readonly RankedQuarter[],
  roster: Roster,
  present: PlainDate | null,
): ReadonlyMap<string, Movement> {
  const before = quarters.at(-2)
  return computeMovements(
    members.map(({ period: { unitCode }, ranked }) => {
      const past = before?.byUnit.get(unitCode)?.ranked.summary.timeliness ?? null
      const isBroken = (breaksOf(unitCode, quarters, roster, present).at(-1) ?? null) !== null
      return { unitCode, now: ranked.summary.timeliness, before: isBroken ? null : past }
    }),
  )
}

function toBands(ranges: readonly UnitRange[], members: readonly RankedMember[]): LeagueStanding['bands'] {
  const scoreOf = new Map(members.map(({ ranked: { summary } }) => [summary.unitCode, summary.score ?? 0]))
  const banded = ranges.filter(({ band }) => band !== null)
  return [...Map.groupBy(banded, ({ band }) => band ?? 0)].map(([band, some]) => {
    const scores = some.map(({ unitCode }) => scoreOf.get(unitCode) ?? 0)
    return {
      band,
      unitCount: some.length,
      highScore: toPoints(Math.max(...scores)),
      lowScore: toPoints(Math.min(...scores)),
    }
  })
}

/** Everything the draws of one table need, read at one instant, with who of it is in reach. */
export async function loadStandingTable(ctx: ServiceContext, input: LeagueInput) {
  const when = askedInstant(ctx, input.asOf)
  const { group, quarter, tree = 'then' } = input
  const day = treeDay(ctx, tree, quarter, when.asOf)
  const present = tree === 'now' ? day : null
  const reach = await listReach(ctx, day)
  const table = await withComparison(ctx, async (db) => {
    const { current, history, roster } = await rankWithHistory(db, quarter, when, present)
    const { regulation } = await loadRulesOf(db, current)
    const members = current.groups.get(group) ?? []
    if (!members.some(({ period }) => reach.has(period.unitCode))) {
      throw new ServiceError('not_found', 'group_unknown', { group, quarter })
    }
    return {
      members,
      current,
      regulation,
      movements: movementsOf(members, [...history, current], roster, present),
      input: await loadRangeInput(db, { places: members, quarter, regulation, frozen: current.frozen }),
      provenance: await loadProvenance(db, regulation, current.asOf, current.frozen),
    }
  })
  return { ...table, reach, tree }
}

/** Without the pairs, for what the domain makes of a group. */
export function asGroup(drawn: DrawnRanges): GroupRanges {
  return { ...drawn, pair: () => Number.NaN }
}

/**
 * How sure the places of a league table are, from the same facts as `getLeagueTable`. Rows are of units in reach, with their places in
 * the whole group; the rest is of the group, and empty where it is too small to hide anybody among its peers.
 * Throws ServiceError `not_found` for a group that has no unit in reach in the quarter.
 */
export async function getLeagueStanding(ctx: ServiceContext, input: LeagueInput): Promise<LeagueStanding> {
  const { input: toDraw, members, movements, provenance, reach, tree } = await loadStandingTable(ctx, input)
  const drawn = await keepRanges(toDraw.units, toDraw.regulation)
  const { bandCount, codes, draws, level, rankability, seed, word } = drawn
  const count = toDraw.units.length
  const isWhole = members.every(({ period }) => reach.has(period.unitCode))
  const isHidden = !isWhole && count < MIN_COMPARED
  const shown = isHidden ? [] : drawn.ranges
  const inReach = <T extends { readonly unitCode: string }>(rows: readonly T[]): T[] =>
    rows.filter(({ unitCode }) => reach.has(unitCode))
  const toListed = (ends: readonly ListedUnit[]): LeagueStanding['praise'] =>
    inReach(ends).map((end) => ({ ...end, probability: toFourPlaces(end.probability) }))
  const { criticism, praise } = listEnds(asGroup({ ...drawn, ranges: shown }))
  return {
    quarter: input.quarter,
    group: input.group,
    tree,
    provenance,
    level,
    draws,
    seed: isWhole ? seed : null,
    measuredCount: count,
    rankability: isHidden || rankability === null || word === null ? null : { share: toFourPlaces(rankability), word },
    bandCount: isHidden ? null : bandCount,
    bands: toBands(shown, members),
    codes: isWhole ? [...codes] : [],
    isHidden,
    rows: inReach(shown).map((range) => toStandingRow(range, { count, level }, movements.get(range.unitCode))),
    praise: toListed(praise),
    criticism: toListed(criticism),
  }
}

/**
 * How surely one unit of a table stands truly above another, both in reach. Throws ServiceError `not_found` for a group or a unit that
 * is not.
 */
export async function getPairStanding(ctx: ServiceContext, input: PairInput): Promise<PairStanding> {
  const { above, below, ...league } = input
  const { input: toDraw, reach } = await loadStandingTable(ctx, league)
  for (const unitCode of [above, below]) {
    const isThere = reach.has(unitCode) && toDraw.units.some((unit) => unit.unitCode === unitCode)
    if (!isThere) throw new ServiceError('not_found', 'unit_unknown', { unitCode })
  }
  const { pairs, ranges } = await keepRanges(toDraw.units, toDraw.regulation)
  const [row, column] = [above, below].map((code) => ranges.findIndex(({ unitCode }) => unitCode === code))
  const [first, second] = [ranges[row ?? -1], ranges[column ?? -1]]
  if (first === undefined || second === undefined || row === undefined || column === undefined) {
    return { above, below, probability: null, certainty: 'cannot_tell' }
  }
  const probability = pairs?.[row * ranges.length + column] ?? null
  return {
    above,
    below,
    probability: probability === null ? null : toFourPlaces(probability),
    certainty: pairCertainty(first, second, probability ?? 0),
  }
}
