import type { Overview, OverviewChange, OverviewGroup, OverviewUnit } from '@zhidu/contract'
import { listMisreportsOfUnits, type ReadonlyDb } from '@zhidu/db'
import {
  filingDueOn,
  type HolidayBlock,
  localDateOf,
  MISREPORT_KINDS,
  type MisreportFact,
  misreportCountsAt,
  type PlainDate,
  type Quarter,
  quarterRange,
  shiftQuarter,
  toHolidayKey,
  type TreeChoice,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import {
  breaksOf,
  narrowQuarter,
  type RankedMember,
  type RankedQuarter,
  rankWithHistory,
  sourcesOf,
} from '../league/load-group.ts'
import { loadRoster } from '../league/load-roster.ts'
import { loadRulesOf } from '../league/load-rules-of.ts'
import { toPoints } from '../league/shape.ts'
import { loadFrozenMisreports } from '../quarter/frozen-view.ts'
import { askedInstant } from '../rules/as-of.ts'
import type { Rules } from '../rules/load-rules.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { treeDay, withComparison, withSnapshot } from '../snapshot.ts'
import { timelinessRatio, toIndicator } from './indicators.ts'
import { listOverdue } from './list-overdue.ts'

const UNITS_PER_END = 5
const MAX_CHANGES = 8
const MAX_UPCOMING = 3

function toOverviewUnit({ period, ranked }: RankedMember): OverviewUnit {
  const { score, timeliness } = ranked.summary
  return {
    rank: ranked.rank,
    tied: ranked.isTied,
    unitCode: period.unitCode,
    name: period.name,
    score: score === null ? null : toPoints(score),
    timeliness: { ...timeliness },
  }
}

/** `members`: those in reach; `whole`: the group they are ranked in. */
function toGroup(group: string, members: readonly RankedMember[], whole: readonly RankedMember[]): OverviewGroup {
  const isRanked = (member: RankedMember): boolean => member.ranked.rank !== null
  const ranked = members.filter(isRanked)
  const rankedCount = whole.filter(isRanked).length
  const most = 2 * UNITS_PER_END
  // The last ones in reach are not the last of the group.
  const hasEnds = members.length === whole.length && ranked.length > most
  return {
    group,
    unitCount: whole.length,
    rankedCount,
    reachCount: members.length,
    top: ranked.slice(0, hasEnds ? UNITS_PER_END : most).map(toOverviewUnit),
    bottom: hasEnds ? ranked.slice(-UNITS_PER_END).map(toOverviewUnit) : [],
    notMeasured: whole.length - rankedCount,
  }
}

/** Units ranked in both quarters within the same group whose rank differs, the largest moves first. */
function listChanges(
  current: RankedQuarter,
  previous: RankedQuarter | undefined,
  isBroken: (unitCode: string) => boolean,
): OverviewChange[] {
  const changes: OverviewChange[] = []
  for (const { period, ranked } of current.byUnit.values()) {
    const before = previous?.byUnit.get(period.unitCode)
    const { summary } = ranked
    if (before === undefined || before.period.peerGroup !== period.peerGroup || isBroken(period.unitCode)) continue
    if (ranked.rank === null || before.ranked.rank === null || ranked.rank === before.ranked.rank) continue
    if (summary.score === null || before.ranked.summary.score === null) continue
    changes.push({
      unitCode: period.unitCode,
      name: period.name,
      group: period.peerGroup,
      rank: ranked.rank,
      previousRank: before.ranked.rank,
      score: toPoints(summary.score),
      previousScore: toPoints(before.ranked.summary.score),
      timeliness: timelinessRatio(summary),
      previousTimeliness: timelinessRatio(before.ranked.summary),
    })
  }
  const size = (change: OverviewChange): number => Math.abs(change.rank - change.previousRank)
  return changes.sort((a, b) => size(b) - size(a) || (a.unitCode < b.unitCode ? -1 : 1))
}

/** Misreports of the units in the tables that count by an instant (epoch ms). */
async function listMisreports(db: ReadonlyDb, quarter: RankedQuarter, asOf: number): Promise<MisreportFact[]> {
  const { firstOn, lastOn } = quarterRange(quarter.quarter)
  const unitCodes = [...quarter.byUnit.values()].flatMap(sourcesOf)
  const misreports =
    quarter.frozen === null
      ? await listMisreportsOfUnits(db, { unitCodes, firstOn, lastOn })
      : (await loadFrozenMisreports(db, quarter.frozen.frozenId)).filter(({ unitCode }) => quarter.byUnit.has(unitCode))
  return misreports.filter((misreport) => misreportCountsAt(misreport) <= asOf)
}

function listUpcoming(blocks: readonly HolidayBlock[], rules: Rules, today: PlainDate): Overview['upcoming'] {
  return blocks
    .map((block) => ({
      holiday: toHolidayKey(block),
      firstDayOff: block.firstDayOff,
      dueOn: filingDueOn(block, rules.regulation, rules.holidays),
    }))
    .filter(({ dueOn }) => dueOn >= today)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
    .slice(0, MAX_UPCOMING)
}

/** Years that the coming half year reaches into and whose holidays are not known. */
function listUnannounced(blocks: readonly HolidayBlock[], quarter: Quarter): number[] {
  const years = new Set([quarter, shiftQuarter(quarter, 2)].map((one) => Number(one.slice(0, 4))))
  return [...years].filter((year) => !blocks.some((block) => block.year === year))
}

/** The quarter at a glance, over every unit in reach that is in a table; places are those among all peers. */
export async function getOverview(
  ctx: ServiceContext,
  input: {
    readonly quarter: Quarter
    readonly asOf?: string | undefined
    readonly tree?: TreeChoice | undefined
  },
): Promise<Overview> {
  const when = askedInstant(ctx, input.asOf)
  const { quarter, tree = 'then' } = input
  const day = treeDay(ctx, tree, quarter, when.asOf)
  const present = tree === 'now' ? day : null
  const compared = await withComparison(ctx, (db) => rankWithHistory(db, quarter, when, present))
  const { asOf, frozen } = compared.current
  return await withSnapshot(ctx, day, async (db) => {
    const rules = await loadRulesOf(db, compared.current)
    const roster = await loadRoster(db)
    const narrow = (one: RankedQuarter): RankedQuarter => narrowQuarter(one, (code) => roster.periodsOf.has(code))
    const current = narrow(compared.current)
    const history = compared.history.map(narrow)
    const quarters = [...history, current]
    const previous = history.at(-1)
    const members = [...current.byUnit.values()]
    const misreports = await listMisreports(db, current, asOf)
    const recent = [...history.slice(-1), current]
    const changes = listChanges(
      current,
      previous,
      (unitCode) => breaksOf(unitCode, recent, compared.roster, present).at(-1) != null,
    )
    const sum = (pick: (member: RankedMember) => number): number =>
      members.reduce((total, member) => total + pick(member), 0)
    return {
      quarter,
      tree,
      provenance: await loadProvenance(db, rules.regulation, asOf, frozen),
      timeliness: toIndicator(quarters, 'timeliness'),
      completeness: toIndicator(quarters, 'completeness'),
      checks: toIndicator(quarters, 'checks'),
      filings: toIndicator(quarters, 'filings'),
      misreports: {
        now: MISREPORT_KINDS.map((kind) => ({ kind, count: misreports.filter((one) => one.kind === kind).length })),
        previousTotal: previous === undefined ? 0 : (await listMisreports(db, previous, asOf)).length,
      },
      notYetDue: sum(({ ranked }) => ranked.summary.timeliness.notYetDue),
      groups: [...current.groups]
        .map(([group, list]) => toGroup(group, list, compared.current.groups.get(group) ?? list))
        .sort((a, b) => b.unitCount - a.unitCount),
      changes: changes.slice(0, MAX_CHANGES),
      changedCount: changes.length,
      overdue: await listOverdue(db, { members, quarter, roster, rules, asOf, frozen }),
      overdueCount: sum(({ ranked }) => ranked.summary.timeliness.missing + ranked.summary.filings.missing),
      dueSoonCount: sum(({ ranked }) => ranked.summary.timeliness.notYetDue + ranked.summary.filings.notYetDue),
      upcoming: listUpcoming(rules.holidays, rules, localDateOf(asOf)),
      unannouncedYears: listUnannounced(rules.holidays, quarter),
    }
  })
}
