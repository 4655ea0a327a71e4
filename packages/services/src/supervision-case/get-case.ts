import type {
  CASE_BARRIERS,
  CaseFile,
  SupervisionCaseKey,
  SupervisionCasePage,
  SupervisionCaseStep,
} from '@zhidu/contract'
import {
  type CaseFileRow,
  findInspection,
  listCaseFiles,
  listCaseOutcomes,
  listInspectionFindings,
  listInspectionOrders,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  type CaseStep,
  type CaseStepKind,
  ESCALATIONS,
  localDateOf,
  maskNumbers,
  nextSteps,
  partyOf,
  refusesStep,
  toLocalIso,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { toFileReceipt } from '../evidence/receive-part.ts'
import { loadRegulation } from '../inspection/get-inspection.ts'
import { barrierTo } from '../inspection/may-decide.ts'
import { toFindings } from '../inspection/to-item.ts'
import { loadRoster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { findersOf, loadCase, type LoadedCase, ownUnitOf } from './load-case.ts'
import { toCaseItem } from './to-item.ts'

type Barrier = (typeof CASE_BARRIERS)[number]

export function toCaseFile(row: CaseFileRow): CaseFile {
  const receipt = toFileReceipt({ ...row, isReceived: row.receivedBytes === row.bytes })
  return { ...receipt, name: row.name, type: row.type as CaseFile['type'] }
}

function toStep(step: LoadedCase['steps'][number], files: readonly CaseFileRow[]): SupervisionCaseStep {
  const { at, byName, effectiveDay, escalation, files: hashes, kind, notAnnounced, note, owner, workingDays } = step
  return {
    kind,
    party: partyOf(kind),
    at: toLocalIso(at),
    by: byName,
    note: note === null ? null : maskNumbers(note),
    lastDay: kind === 'notified' || kind === 'ordered' || kind === 'returned' ? effectiveDay : null,
    notAnnounced,
    workingDays,
    owner: owner === null ? null : maskNumbers(owner),
    escalation,
    files: files.filter(({ sha256 }) => hashes.includes(sha256)).map(toCaseFile),
  }
}

function nextEscalation({ standing }: LoadedCase): SupervisionCasePage['nextEscalation'] {
  return ESCALATIONS[standing.escalation === null ? 0 : ESCALATIONS.indexOf(standing.escalation) + 1] ?? null
}

type FoundCheck = NonNullable<Awaited<ReturnType<typeof findInspection>>>

/** Why a step of the reader's side is not the reader's to take; null = it is. */
function barrierOf(ctx: ServiceContext, loaded: LoadedCase, kind: CaseStepKind, check: FoundCheck): Barrier | null {
  const { actor } = ctx
  const needed = partyOf(kind) === 'unit' ? 'cases.answer' : 'cases.handle'
  if (actor.kind !== 'account' || !actor.permissions.has(needed)) return 'role'
  const escalation = nextEscalation(loaded)
  const today = localDateOf(ctx.clock())
  const step: CaseStep = { kind, by: actor.accountId, on: today, ...(escalation !== null && { escalation }) }
  const refusal = refusesStep(loaded.taken, step, findersOf(loaded.row, ctx))
  if (refusal !== null) return refusal
  const isDecision = kind === 'confirmed' || kind === 'dismissed'
  if (!isDecision) return null
  const barrier = barrierTo(ctx, check)
  return barrier === 'files' || barrier === 'role' ? barrier : null
}

function listNext(ctx: ServiceContext, loaded: LoadedCase, check: FoundCheck): SupervisionCasePage['next'] {
  const own = ownUnitOf(ctx)
  const { officeCode, unitCode } = loaded.row
  const kinds = [
    ...(own === unitCode ? nextSteps(loaded.taken, 'unit') : []),
    ...(own === officeCode ? nextSteps(loaded.taken, 'office') : []),
  ]
  const possible = kinds.filter((kind) => kind !== 'escalated' || nextEscalation(loaded) !== null)
  return possible.map((kind) => ({ kind, barredBy: barrierOf(ctx, loaded, kind, check) }))
}

/** What the office is told of the check after closing. Its row is out of the unit's reach. */
async function findRecheck(db: ReadonlyDb, ctx: ServiceContext, { row, steps }: LoadedCase) {
  const closed = steps.find(({ kind }) => kind === 'closed')
  if (closed === undefined || ownUnitOf(ctx) === row.unitCode) return null
  const orders = await listInspectionOrders(db, { firstId: row.inspectionId })
  const order = orders
    .filter(({ fromAt, kind }) => kind === 'recheck' && fromAt !== null && fromAt > closed.at)
    .toSorted((one, other) => (one.fromAt ?? 0) - (other.fromAt ?? 0))[0]
  if (order === undefined || order.fromAt === null) return null
  const { dueAt, fromAt, secondId } = order
  if (fromAt > ctx.clock()) return { state: 'drawn' as const, fromDay: null, dueAt: null, inspectionId: null }
  const state = secondId === null ? ('due' as const) : ('made' as const)
  return { state, fromDay: localDateOf(fromAt), dueAt: toLocalIso(dueAt), inspectionId: secondId }
}

async function findRecurrence(db: ReadonlyDb, { row }: LoadedCase): Promise<SupervisionCasePage['recurrence']> {
  const [outcome] = await listCaseOutcomes(db, { caseId: row.caseId })
  if (outcome?.recurredAt == null || outcome.recurredId === null) return null
  return { caseId: outcome.recurredId, foundAt: toLocalIso(outcome.recurredAt) }
}

/** One case with all its steps, and what the reader may do. Throws ServiceError `not_found`. */
export function getCasePage(ctx: ServiceContext, { caseId }: SupervisionCaseKey): Promise<SupervisionCasePage> {
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const loaded = await loadCase(db, ctx, caseId)
    const { row, steps } = loaded
    const check = await findInspection(db, row.inspectionId)
    if (check === undefined) throw new ServiceError('not_found', 'case_unknown')
    const regulation = await loadRegulation(db, check)
    const roster = await loadRoster(db)
    const findings = toFindings(check, await listInspectionFindings(db, [row.inspectionId]), { roster, regulation })
    const found = findings.find((one) => one.finding === row.finding)
    const files = await listCaseFiles(db, caseId)
    const handedIn = new Set(steps.flatMap((step) => step.files))
    const drafts = ownUnitOf(ctx) === row.unitCode ? files.filter(({ sha256 }) => !handedIn.has(sha256)) : []
    const { id, notice, title, version } = regulation
    return {
      item: toCaseItem(loaded, { today, own: ownUnitOf(ctx), nameOf: await loadNames(db, ctx) }),
      asOf: toLocalIso(ctx.clock()),
      regulation: { id, version, title, notice },
      clause: row.clause,
      clauseLabel: found?.clauseLabel ?? row.clause,
      points: found?.points ?? 0,
      steps: steps.map((step) => toStep(step, files)),
      next: listNext(ctx, loaded, check),
      nextEscalation: nextEscalation(loaded),
      explanationWorkingDays: regulation.dueProcess.explanationWorkingDays,
      recheck: await findRecheck(db, ctx, loaded),
      recurrence: await findRecurrence(db, loaded),
      drafts: drafts.map(toCaseFile),
    }
  })
}
