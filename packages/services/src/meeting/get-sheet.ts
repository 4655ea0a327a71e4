import type { LeagueTable, MeetingSheet, MeetingSheetInput } from '@zhidu/contract'
import { listCaseOutcomes, listMeetingInvitations, listMeetings, type ReadonlyDb } from '@zhidu/db'
import {
  decidedShare,
  DIMENSIONS,
  localDateOf,
  type Quarter,
  quarterRange,
  titlesOf,
  unitPeriodOn,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { getLeagueTable } from '../league/get-league-table.ts'
import { loadRoster } from '../league/load-roster.ts'
import { getLeagueStanding } from '../league/ranges/get-standing.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { ownUnitOf } from '../supervision-case/load-case.ts'
import { loadDecisions, toDecision } from './to-decision.ts'

interface About {
  readonly title: string
  readonly quarter: Quarter
}

/** Of the office's meeting, or, for a unit, of its own invitation. Throws ServiceError `not_found`. */
async function findMeeting(
  db: ReadonlyDb,
  ctx: ServiceContext,
  { meetingId, unitCode }: MeetingSheetInput,
): Promise<About> {
  const [row] = await listMeetings(db, meetingId)
  if (row !== undefined) return row
  const invited = (await listMeetingInvitations(db, meetingId)).findLast((one) => one.unitCode === unitCode)
  if (invited === undefined || ownUnitOf(ctx) !== unitCode) throw new ServiceError('not_found', 'meeting_unknown')
  return invited
}

/** Dimensions by what they cost, the most first. */
function lostOf({ lost }: LeagueTable['rows'][number], titles: ReturnType<typeof titlesOf>): MeetingSheet['lost'] {
  return DIMENSIONS.flatMap((dimension) => {
    const points = lost[dimension]
    return points === 0 ? [] : [{ dimension, title: titles[dimension] ?? null, points }]
  }).sort((a, b) => b.points - a.points)
}

/** Findings of all checks up to the quarter's end. */
async function countFindings(db: ReadonlyDb, quarter: Quarter, unitCode: string): Promise<MeetingSheet['findings']> {
  const own = (await listCaseOutcomes(db, { from: 0, to: quarterRange(quarter).to })).filter(
    (one) => one.unitCode === unitCode,
  )
  return {
    open: own.filter(({ closedAt, isConfirmed }) => isConfirmed && closedAt === null).length,
    closed: own.filter(({ closedAt }) => closedAt !== null).length,
    repeated: own.filter(({ recurredId }) => recurredId !== null).length,
  }
}

/**
 * The page of one unit for a meeting: how it stands, how it moved, what was found, and what it is bound to. The office reads every
 * unit's, a unit its own. Throws ServiceError `not_found`.
 */
export async function getMeetingSheet(ctx: ServiceContext, input: MeetingSheetInput): Promise<MeetingSheet> {
  const { meetingId, unitCode } = input
  const own = await withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const { quarter, title } = await findMeeting(db, ctx, input)
    const { periodsOf } = await loadRoster(db)
    const periods = periodsOf.get(unitCode) ?? []
    const period = unitPeriodOn(periods, quarterRange(quarter).lastOn) ?? periods.at(-1)
    if (period === undefined) throw new ServiceError('not_found', 'unit_unknown', { unitCode })
    const nameOf = await loadNames(db, ctx)
    const decisions = (await loadDecisions(db)).filter(({ row }) => row.unitCode === unitCode)
    return {
      quarter,
      title,
      period,
      unitName: nameOf(unitCode),
      decisions: decisions.map((one) => toDecision(ctx, one, nameOf)),
      findings: await countFindings(db, quarter, unitCode),
      titles: titlesOf((await loadRules(db, quarter)).regulation.dimensions),
    }
  })
  const { decisions, findings, period, quarter, title, titles, unitName } = own
  const league = { quarter, group: period.peerGroup }
  const table = await getLeagueTable(ctx, league, { withIntervals: true })
  const row = table.rows.find((one) => one.unitCode === unitCode)
  if (row === undefined) throw new ServiceError('not_found', 'unit_unknown', { unitCode })
  const { movement } = (await getLeagueStanding(ctx, league)).rows.find((one) => one.unitCode === unitCode) ?? {}
  return {
    meetingId,
    title,
    quarter,
    asOf: table.provenance.asOf,
    rules: table.provenance.regulation.title,
    version: table.provenance.frozen?.version ?? null,
    unitCode,
    unitName,
    group: period.peerGroup,
    score: row.score,
    rank: row.rank,
    unitCount: table.total.measuredCount,
    previousRank: row.previousRank,
    rankRange: row.rankInterval,
    timeliness: { ...decidedShare(row.timeliness) },
    movement:
      movement == null
        ? null
        : {
            kind: movement.kind,
            direction: movement.direction,
            before: movement.before,
            interval: movement.interval,
          },
    lost: lostOf(row, titles),
    findings,
    decisions,
  }
}
