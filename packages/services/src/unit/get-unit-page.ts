import type { UnitPage } from '@zhidu/contract'
import {
  type BonusFact,
  type FilingJudgement,
  type Hundredths,
  judgeFilings,
  listPresentUnits,
  type PlainDate,
  type PresentUnit,
  type Quarter,
  type Regulation,
  startOfLocalDay,
  toLocalIso,
  toLogItems,
  type TreeChoice,
} from '@zhidu/domain'
import { toCheckRecord } from '../check/to-check-record.ts'
import type { ServiceContext } from '../context.ts'
import { toView } from '../event/load-judgements.ts'
import { breaksOf, type RankedMember, type RankedQuarter, rankWithHistory, trendOf } from '../league/load-group.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { loadRulesOf } from '../league/load-rules-of.ts'
import { toBasePoints, toLeagueTableRow, toPoints } from '../league/shape.ts'
import { computeLeagueTotal, meanPoints, MIN_COMPARED } from '../league/total.ts'
import { askedInstant } from '../rules/as-of.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { treeDay, withComparison, withSnapshot } from '../snapshot.ts'
import { pickPeriod, toUnitListItem } from './list-units.ts'
import { loadUnitEvidence } from './load-unit-evidence.ts'
import { toUnitDeduction } from './to-unit-deduction.ts'

function toBonus(bonus: BonusFact, regulation: Regulation): UnitPage['bonuses'][number] {
  return {
    bonusCode: bonus.bonusCode,
    kind: bonus.kind,
    points: toPoints(regulation.bonus.points[bonus.kind]),
    awardedOn: bonus.awardedOn,
    eventCode: bonus.eventCode,
  }
}

function toFiling(filing: FilingJudgement): UnitPage['filings'][number] {
  return {
    holiday: filing.holiday,
    form: filing.form,
    dueOn: filing.dueOn,
    receivedAt: filing.receivedAt === null ? null : toLocalIso(filing.receivedAt),
    outcome: filing.outcome,
  }
}

function toTrendPoint(
  quarter: RankedQuarter,
  unitCode: string,
  group: string,
  isInReach: IsInReach,
): UnitPage['trend'][number] {
  const member = quarter.byUnit.get(unitCode)
  const peers = quarter.groups.get(member?.period.peerGroup ?? group) ?? []
  const score = member?.ranked.summary.score ?? null
  return {
    quarter: quarter.quarter,
    score: score === null ? null : toPoints(score),
    rank: member?.ranked.rank ?? null,
    rankedCount: countRanked(peers),
    timeliness: { ...(member?.ranked.summary.timeliness ?? { onTime: 0, late: 0, missing: 0, notYetDue: 0, owed: 0 }) },
    groupMeanScore: mayCompare(peers, isInReach)
      ? meanPoints(peers.flatMap(({ ranked }) => ranked.summary.score ?? []))
      : null,
  }
}

type IsInReach = (unitCode: string) => boolean

/** Means are told when the whole group is in reach, or when it is large enough to hide each of its units. */
function mayCompare(peers: readonly RankedMember[], isInReach: IsInReach): boolean {
  const measured = peers.filter(({ ranked }) => ranked.summary.isMeasured)
  return measured.length >= MIN_COMPARED || peers.every(({ period }) => isInReach(period.unitCode))
}

function countRanked(members: readonly RankedMember[]): number {
  return members.filter(({ ranked }) => ranked.rank !== null).length
}

function toNeighbour(
  member: RankedMember | undefined,
  isInReach: IsInReach,
): { unitCode: string; name: string } | null {
  return member === undefined || !isInReach(member.period.unitCode)
    ? null
    : { unitCode: member.period.unitCode, name: member.period.name }
}

/** The unit in the tree of a day; null = nobody knows a row of it. */
function findPresent(roster: Roster, unitCode: string, quarter: Quarter, day: PlainDate): PresentUnit | null {
  return listPresentUnits(roster, quarter, day).find((unit) => unit.unitCode === unitCode) ?? null
}

/**
 * One unit's quarter with everything behind its score, and its place among peers.
 * Throws ServiceError `not_found` for a unit that is unknown or out of reach.
 */
export async function getUnitPage(
  ctx: ServiceContext,
  input: {
    readonly unitCode: string
    readonly quarter: Quarter
    readonly asOf?: string | undefined
    readonly tree?: TreeChoice | undefined
  },
): Promise<UnitPage> {
  const when = askedInstant(ctx, input.asOf)
  const { quarter, tree = 'then', unitCode } = input
  const day = treeDay(ctx, tree, quarter, when.asOf)
  const present = tree === 'now' ? day : null
  const compared = await withComparison(ctx, (db) => rankWithHistory(db, quarter, when, present))
  return await withSnapshot(ctx, day, async (db) => {
    const { current, history } = compared
    const { asOf, frozen } = current
    const rules = await loadRulesOf(db, current)
    const { regulation } = rules
    const roster = await loadRoster(db)
    const isInReach: IsInReach = (code) => roster.periodsOf.has(code)
    if (!isInReach(unitCode)) throw new ServiceError('not_found', 'unit_unknown', { unitCode })
    const bearing = present === null ? null : findPresent(roster, unitCode, quarter, present)
    // The page of a unit that was merged tells what it did itself.
    const sources = bearing === null || bearing.sources.length === 0 ? [unitCode] : bearing.sources
    const evidence = await loadUnitEvidence(db, { unitCode, sources, quarter, roster, rules, asOf, frozen })
    const { assessment, cases, standings } = evidence
    const own = standings.find((standing) => standing.unitCode === unitCode)?.periods ?? []
    const picked = bearing ?? pickPeriod(own.length > 0 ? own : (roster.periodsOf.get(unitCode) ?? []), quarter)
    if (picked === null) throw new ServiceError('not_found', 'unit_unknown', { unitCode })
    const filings = standings.flatMap((standing) => judgeFilings({ ...standing, ...rules, quarter, asOf }))
    const checks = standings
      .flatMap((standing) => standing.checks.filter((check) => check.checkedAt <= asOf))
      .sort((x, y) => x.checkedAt - y.checkedAt)
    const bonuses = standings.flatMap((standing) =>
      standing.bonuses.filter((bonus) => startOfLocalDay(bonus.awardedOn) <= asOf),
    )
    const misreports = standings.flatMap((standing) => standing.misreports)
    const logItems = toLogItems(standings.flatMap((standing) => standing.logItems ?? []))
    const index = {
      logItems: new Map(logItems.map((item) => [item.entryCode, item])),
      cases: new Map(cases.map((one) => [one.judgement.eventCode, one])),
      checks: new Map(checks.map((check) => [check.checkCode, check])),
      misreports: new Map(misreports.map((misreport) => [misreport.misreportCode, misreport])),
      // Of the same form of several units the one that costs is what a deduction is about.
      filings: new Map(
        filings
          .toSorted((a, b) => Number(a.deduction !== null) - Number(b.deduction !== null))
          .map((filing) => [`${filing.holiday}/${filing.form}`, filing]),
      ),
    }

    const quarters = [...history, current]
    const peers = current.groups.get(picked.period.peerGroup) ?? []
    const place = peers.findIndex(({ period }) => period.unitCode === unitCode)
    const self = peers[place]
    const total = computeLeagueTotal(
      peers.map(({ ranked }) => ranked.summary),
      [],
    )
    const measured = peers.filter(({ ranked }) => ranked.summary.isMeasured)
    const isCompared = mayCompare(peers, isInReach)
    const bonusBeforeCap: Hundredths = bonuses.reduce((sum, { kind }) => sum + regulation.bonus.points[kind], 0)
    return {
      quarter,
      tree,
      provenance: await loadProvenance(db, regulation, asOf, frozen),
      unit: toUnitListItem(picked.period, picked.isOpen, bearing),
      row:
        self === undefined
          ? null
          : toLeagueTableRow(self, regulation, {
              previousRank: history.at(-1)?.byUnit.get(unitCode)?.ranked.rank ?? null,
              trend: trendOf(unitCode, quarters),
              breaks: breaksOf(unitCode, quarters, compared.roster, present),
            }),
      rankedCount: countRanked(peers),
      groupUnitCount: peers.length,
      base: toBasePoints(regulation),
      groupMeanScore: isCompared ? total.meanScore : null,
      groupMeanLost: isCompared ? total.meanLost : null,
      groupMeanBonus: !isCompared ? null : meanPoints(measured.map(({ ranked }) => ranked.summary.bonus)),
      deductions: assessment.deductions.map((deduction) => toUnitDeduction(deduction, index, regulation)),
      bonuses: bonuses.map((bonus) => toBonus(bonus, regulation)),
      bonusBeforeCap: toPoints(bonusBeforeCap),
      events: cases.map(toView),
      checks: checks.map((check) => toCheckRecord(check, roster, regulation)).reverse(),
      checkCounts: { ...assessment.checks },
      filings: filings.map(toFiling),
      completeness: { ...assessment.completeness },
      trend: quarters.map((one) => toTrendPoint(one, unitCode, picked.period.peerGroup, isInReach)),
      previousUnit: place > 0 ? toNeighbour(peers[place - 1], isInReach) : null,
      nextUnit: place >= 0 ? toNeighbour(peers[place + 1], isInReach) : null,
    }
  })
}
