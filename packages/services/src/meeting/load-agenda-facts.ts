import type { Provenance } from '@zhidu/contract'
import { findSupervisionCases, listCaseOutcomes, listMeetings, type ReadonlyDb } from '@zhidu/db'
import {
  type AgendaDecision,
  type AgendaFacts,
  type AgendaMove,
  type AgendaPlace,
  localDateOf,
  type Quarter,
  quarterRange,
  toPlainDate,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { listHiddenFirsts } from '../inspection/blind.ts'
import { listGroups } from '../league/list-groups.ts'
import { getLeagueStanding } from '../league/ranges/get-standing.ts'
import { ServiceError } from '../service-error.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'
import { getCaseClosure } from '../supervision-case/get-closure.ts'
import { listCases } from '../supervision-case/list-cases.ts'
import { loadIndicatorChanges } from './indicator-changes.ts'
import { loadDecisions, type LoadedDecision } from './to-decision.ts'
import { listUnitsBelow } from './units-below.ts'

/** Earlier decisions of an office that a meeting hears of: every open one, and what the last meeting's others came to. */
export async function loadEarlierDecisions(
  db: ReadonlyDb,
  office: string,
  isEarlier: (meetingId: string) => boolean,
): Promise<LoadedDecision[]> {
  const meetings = (await listMeetings(db)).filter(({ unitCode }) => unitCode === office)
  const own = (await loadDecisions(db)).filter(({ row }) => row.officeCode === office && isEarlier(row.meetingId))
  const last = meetings.find(({ meetingId }) => own.some(({ row }) => row.meetingId === meetingId))
  return own
    .filter(({ row, standing }) => standing.state !== 'closed' || row.meetingId === last?.meetingId)
    .toSorted((a, b) => Number(a.standing.state === 'closed') - Number(b.standing.state === 'closed'))
}

async function loadDecisionFacts(
  ctx: ServiceContext,
  earlier: readonly LoadedDecision[],
  quarter: Quarter,
): Promise<AgendaDecision[]> {
  const changes = await loadIndicatorChanges(
    ctx,
    earlier.map(({ row }) => row),
    quarter,
  )
  return earlier.map(({ row, standing }) => ({
    ...standing,
    decisionId: row.decisionId,
    unitCode: row.unitCode,
    decidedOn: localDateOf(row.at),
    text: row.what,
    indicator: row.indicator,
    change: changes.get(row.decisionId)?.change ?? null,
  }))
}

/** Movements and ends of every table with units below, and what the figures are of. */
async function loadTables(ctx: ServiceContext, quarter: Quarter, isBelow: (unitCode: string) => boolean) {
  const moves: AgendaMove[] = []
  const last: AgendaPlace[] = []
  let provenance: Provenance | null = null
  for (const { group } of await listGroups(ctx, { quarter })) {
    const standing = await getLeagueStanding(ctx, { quarter, group })
    provenance ??= standing.provenance
    for (const { movement, unitCode } of standing.rows) {
      if (movement !== null && isBelow(unitCode)) moves.push({ unitCode, group, movement })
    }
    for (const { probability, rank, unitCode } of standing.criticism) {
      if (isBelow(unitCode)) last.push({ unitCode, group, rank, probability })
    }
  }
  return { moves, last, provenance }
}

async function listOverdue(ctx: ServiceContext): Promise<AgendaFacts['overdue'][number][]> {
  const found: AgendaFacts['overdue'][number][] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listCases>> = await listCases(ctx, {
      view: 'open',
      lamp: 'red',
      ...(cursor === null ? {} : { cursor }),
    })
    for (const { caseId, lastDay, unitCode } of page.items) {
      if (lastDay !== null) found.push({ unitCode, caseId, lastDay: toPlainDate(lastDay) })
    }
    cursor = page.nextCursor
  } while (cursor !== null)
  return found
}

/** Of the quarter's checks, what was found again after closing; not of a check that the reader is to make again blind. */
async function listRepeated(
  db: ReadonlyDb,
  ctx: ServiceContext,
  quarter: Quarter,
): Promise<AgendaFacts['repeated'][number][]> {
  const hidden = await listHiddenFirsts(db, ctx)
  const found: AgendaFacts['repeated'][number][] = []
  for (const { finding, recurredId: caseId, unitCode } of await listCaseOutcomes(db, quarterRange(quarter))) {
    if (caseId === null) continue
    const [again] = await findSupervisionCases(db, { caseId })
    if (again !== undefined && !hidden.includes(again.inspectionId)) found.push({ unitCode, finding, caseId })
  }
  return found
}

export interface LoadedAgendaFacts {
  readonly facts: AgendaFacts
  readonly provenance: Provenance
}

/**
 * What an agenda of an office about a quarter is drafted from, read within the actor's reach. Throws ServiceError `conflict` for an office
 * without units in the tables of the quarter.
 */
export async function loadAgendaFacts(
  ctx: ServiceContext,
  office: string,
  quarter: Quarter,
): Promise<LoadedAgendaFacts> {
  const day = scopeDay(quarter, ctx.clock())
  const own = await withSnapshot(ctx, day, async (db) => {
    const below = new Set((await listUnitsBelow(db, office, day)).map(({ unitCode }) => unitCode))
    return { below, repeated: (await listRepeated(db, ctx, quarter)).filter(({ unitCode }) => below.has(unitCode)) }
  })
  const isBelow = (unitCode: string): boolean => own.below.has(unitCode)
  const { last, moves, provenance } = await loadTables(ctx, quarter, isBelow)
  if (provenance === null || own.below.size === 0)
    throw new ServiceError('conflict', 'meeting_without_units', { quarter })
  const earlier = await withSnapshot(ctx, localDateOf(ctx.clock()), (db) =>
    loadEarlierDecisions(db, office, () => true),
  )
  const { findings } = await getCaseClosure(ctx, { quarter })
  const facts: AgendaFacts = {
    decisions: await loadDecisionFacts(ctx, earlier, quarter),
    moves,
    last,
    repeated: own.repeated,
    overdue: (await listOverdue(ctx)).filter(({ unitCode }) => isBelow(unitCode)),
    findings: findings.map(({ confirmed, finding }) => ({ finding, count: confirmed })),
  }
  return { facts, provenance }
}
