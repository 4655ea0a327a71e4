import type { MisreportCasePage, MisreportKey, RuleSays } from '@zhidu/contract'
import { type CaseFileRow, listCaseFiles, type ReadonlyDb, type ReportRow } from '@zhidu/db'
import {
  type CorrectionVerdict,
  faultPoints,
  findDeductionRule,
  localDateOf,
  maskNumbers,
  MISREPORT_KINDS,
  misreportPartyOf,
  type MisreportStepKind,
  nextMisreportSteps,
  type PlainDate,
  refusesMisreportStep,
  type Regulation,
  type ToleranceVerdict,
  toLocalIso,
  unitPeriodOn,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { loadRoster } from '../league/load-roster.ts'
import { withSnapshot } from '../snapshot.ts'
import { toCaseFile } from '../supervision-case/get-case.ts'
import { ownUnitOf } from '../supervision-case/load-case.ts'
import { judgeMisreport, listReportsOf, loadRegulationOf } from './judge-case.ts'
import { loadMisreport, type LoadedMisreport } from './load-misreport.ts'
import { toMisreportItem } from './to-item.ts'

const HUNDREDTHS = 100

function toStep(
  step: LoadedMisreport['steps'][number],
  files: readonly CaseFileRow[],
): MisreportCasePage['steps'][number] {
  const { at, byName, effectiveDay, files: hashes, kind, notAnnounced, note } = step
  return {
    kind,
    party: misreportPartyOf(kind),
    at: toLocalIso(at),
    by: byName,
    note: note === null ? null : maskNumbers(note),
    lastDay: kind === 'notified' ? effectiveDay : null,
    notAnnounced,
    workingDays: step.workingDays,
    files: files.filter(({ sha256 }) => hashes.includes(sha256)).map(toCaseFile),
    confirmedAs: step.confirmedAs,
    sharePercent: step.sharePercent,
    isAgainstRule: step.isAgainstRule,
  }
}

type Barrier = MisreportCasePage['next'][number]['barredBy']

function barrierOf(ctx: ServiceContext, loaded: LoadedMisreport, kind: MisreportStepKind, today: PlainDate): Barrier {
  const { actor } = ctx
  const needed = misreportPartyOf(kind) === 'unit' ? 'cases.answer' : 'cases.handle'
  if (actor.kind !== 'account' || !actor.permissions.has(needed)) return 'role'
  return refusesMisreportStep(loaded.taken, { kind, by: actor.accountId, on: today })
}

function listNext(ctx: ServiceContext, loaded: LoadedMisreport, today: PlainDate): MisreportCasePage['next'] {
  const own = ownUnitOf(ctx)
  const { officeCode, unitCode } = loaded.row
  const kinds = [
    ...(own === unitCode ? nextMisreportSteps(loaded.taken, 'unit') : []),
    ...(own === officeCode ? nextMisreportSteps(loaded.taken, 'office') : []),
  ]
  return kinds.map((kind) => ({ kind, barredBy: barrierOf(ctx, loaded, kind, today) }))
}

function toSays(
  verdict: ToleranceVerdict | CorrectionVerdict | null,
  { clauses }: Regulation,
  sharePercent: number | null,
): RuleSays {
  if (verdict === null) return { verdict: null, clauseLabel: null, correctedAt: null, sharePercent: null }
  const correctedAt = 'correctedAt' in verdict ? verdict.correctedAt : null
  const { clause } = verdict.rule
  return {
    verdict: verdict.verdict,
    clauseLabel: clauses.find(({ id }) => id === clause)?.label ?? clause,
    correctedAt: correctedAt === null ? null : toLocalIso(correctedAt),
    sharePercent,
  }
}

async function listCosts(
  db: ReadonlyDb,
  { row }: LoadedMisreport,
  regulation: Regulation,
  today: PlainDate,
): Promise<MisreportCasePage['costs']> {
  const { periodsOf } = await loadRoster(db)
  const period = unitPeriodOn(periodsOf.get(row.unitCode) ?? [], today)
  if (period === null) return []
  return MISREPORT_KINDS.flatMap((kind) => {
    const rule = findDeductionRule(regulation, kind, { tier: period.tier, dutyMode: null })
    if (rule === undefined) return []
    const label = regulation.clauses.find(({ id }) => id === rule.clause)?.label ?? rule.clause
    return [{ kind, points: faultPoints(rule) / HUNDREDTHS, clauseLabel: label }]
  })
}

function toReport({ learnedAt, level, phonedAt, sequence, stage, writtenAt }: ReportRow) {
  const at = writtenAt ?? phonedAt
  return { stage, sequence, level, at: at === null ? null : toLocalIso(at), learnedAt: toLocalIso(learnedAt) }
}

/** One case with all its steps, what the rules make of its figures, and what the reader may do. Throws ServiceError `not_found`. */
export function getMisreport(ctx: ServiceContext, { caseId }: MisreportKey): Promise<MisreportCasePage> {
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const loaded = await loadMisreport(db, ctx, caseId)
    const { row, standing, steps } = loaded
    const regulation = await loadRegulationOf(db, loaded, ctx.clock())
    const reports = await listReportsOf(db, loaded)
    const judged = judgeMisreport(loaded, standing.as ?? row.kind, { regulation, reports })
    const files = await listCaseFiles(db, caseId)
    const handedIn = new Set(steps.flatMap((step) => step.files))
    const own = ownUnitOf(ctx)
    const drafts = files.filter(({ broughtBy, sha256 }) => broughtBy === own && !handedIn.has(sha256))
    const { id, notice, title, version } = regulation
    return {
      item: toMisreportItem(loaded, { today, own, nameOf: await loadNames(db, ctx) }),
      asOf: toLocalIso(ctx.clock()),
      openedAs: row.kind,
      regulation: { id, version, title, notice },
      costs: await listCosts(db, loaded, regulation, today),
      figures: loaded.figures,
      reports: reports.map(toReport),
      tolerance: toSays(judged.tolerance, regulation, null),
      correction: toSays(judged.correction, regulation, judged.mayCount),
      steps: steps.map((step) => toStep(step, files)),
      next: listNext(ctx, loaded, today),
      explanationWorkingDays: regulation.dueProcess.explanationWorkingDays,
      drafts: drafts.map(toCaseFile),
    }
  })
}
