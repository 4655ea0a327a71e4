import type { MeetingDecision } from '@zhidu/contract'
import {
  type CaseFileRow,
  listFilesOfCases,
  listMeetingDecisions,
  listMeetingDecisionSteps,
  type MeetingDecisionRow,
  type MeetingDecisionStepRow,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  daysLeft,
  DECISION_STEPS,
  decisionLampOf,
  type DecisionStanding,
  decisionStandingOf,
  type DecisionStepKind,
  localDateOf,
  maskNumbers,
  refusesDecisionStep,
  toLocalIso,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { toCaseFile } from '../supervision-case/get-case.ts'
import { ownUnitOf } from '../supervision-case/load-case.ts'

export interface LoadedDecision {
  readonly row: MeetingDecisionRow
  readonly steps: readonly MeetingDecisionStepRow[]
  readonly standing: DecisionStanding
  readonly files: readonly CaseFileRow[]
}

/** As the rules of the domain take it. */
export function asDecided({ byId, lastDay }: MeetingDecisionRow) {
  return { by: byId, lastDay }
}

export function asSteps(steps: readonly MeetingDecisionStepRow[]) {
  return steps.map(({ byId, kind, lastDay }) => ({ by: byId, kind, lastDay }))
}

/** Decisions in reach with their steps. */
export async function loadDecisions(
  db: ReadonlyDb,
  which: { readonly meetingId?: string; readonly decisionId?: string } = {},
): Promise<LoadedDecision[]> {
  const rows = await listMeetingDecisions(db, which)
  const ids = rows.map(({ decisionId }) => decisionId)
  const steps = await listMeetingDecisionSteps(db, ids)
  const files = Map.groupBy(await listFilesOfCases(db, ids), ({ caseId }) => caseId)
  return rows.map((row) => {
    const own = steps.filter(({ decisionId }) => decisionId === row.decisionId)
    const standing = decisionStandingOf(asDecided(row), asSteps(own))
    return { row, steps: own, standing, files: files.get(row.decisionId) ?? [] }
  })
}

const BY_UNIT: ReadonlySet<DecisionStepKind> = new Set(['received', 'reported'])

function listNext(ctx: ServiceContext, { row, steps }: LoadedDecision): MeetingDecision['next'] {
  const { actor } = ctx
  const own = ownUnitOf(ctx)
  if (actor.kind !== 'account') return []
  return DECISION_STEPS.flatMap((kind) => {
    if ((BY_UNIT.has(kind) ? row.unitCode : row.officeCode) !== own) return []
    const refusal = refusesDecisionStep(asDecided(row), asSteps(steps), { kind, by: actor.accountId })
    if (refusal === 'not_now') return []
    const isAllowed = actor.permissions.has(BY_UNIT.has(kind) ? 'cases.answer' : 'cases.handle')
    return [{ kind, barredBy: isAllowed ? refusal : ('role' as const) }]
  })
}

export function toDecision(
  ctx: ServiceContext,
  loaded: LoadedDecision,
  nameOf: (unitCode: string) => string,
): MeetingDecision {
  const { files, row, standing, steps } = loaded
  const handedIn = new Set(steps.flatMap((step) => step.files))
  const isOwn = ownUnitOf(ctx) === row.unitCode
  const today = localDateOf(ctx.clock())
  return {
    decisionId: row.decisionId,
    meetingId: row.meetingId,
    title: row.title,
    quarter: row.quarter,
    officeName: row.officeName,
    unitCode: row.unitCode,
    unitName: nameOf(row.unitCode),
    what: maskNumbers(row.what),
    report: maskNumbers(row.report),
    owner: maskNumbers(row.owner),
    lastDay: standing.lastDay,
    daysLeft: daysLeft(standing.lastDay, today),
    lamp: decisionLampOf(standing, today),
    state: standing.state,
    returns: standing.returns,
    indicator: row.indicator,
    at: toLocalIso(row.at),
    by: row.byName,
    steps: steps.map(({ at, byName, files: hashes, kind, lastDay, note }) => ({
      kind,
      at: toLocalIso(at),
      by: byName,
      note: note === null ? null : maskNumbers(note),
      lastDay,
      files: files.filter(({ sha256 }) => hashes.includes(sha256)).map(toCaseFile),
    })),
    drafts: isOwn ? files.filter(({ sha256 }) => !handedIn.has(sha256)).map(toCaseFile) : [],
    next: listNext(ctx, loaded),
  }
}
