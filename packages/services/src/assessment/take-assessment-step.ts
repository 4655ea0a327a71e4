import type { ApproveAssessmentInput, PrepareAssessmentInput } from '@zhidu/contract'
import {
  asReadonly,
  countAppeals,
  type Db,
  insertAssessmentStep,
  listAppeals,
  listAppealSteps,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  addWorkdays,
  type AssessmentGate,
  type AssessmentRefusal,
  localDateOf,
  type PlainDate,
  type Quarter,
  quarterOf,
  quarterRange,
  refusesAssessmentStep,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { lockFacts } from '../facts-lock.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { loadAssessment, type LoadedAssessment } from './load-assessment.ts'

const OPEN = ['submitted', 'accepted'] as const
const MOST_APPEALS = 10_000

/** Appeals of a quarter to an office that were handed in and are not decided. */
export async function countOpenAppeals(
  db: ReadonlyDb,
  { officeCode, quarter }: { readonly officeCode: string; readonly quarter: Quarter },
): Promise<number> {
  const filter = { quarter, unitCode: null, officeCode, states: OPEN, own: null }
  return (await countAppeals(db, filter)).reduce((sum, { count }) => sum + count, 0)
}

/** Accounts that decided an appeal of the quarter to the office. */
async function listDeciders(db: ReadonlyDb, officeCode: string, quarter: Quarter): Promise<string[]> {
  const filter = { quarter, unitCode: null, officeCode, states: ['upheld', 'rejected'] as const, own: null }
  const decided = await listAppeals(db, filter, { after: null, limit: MOST_APPEALS })
  const steps = await listAppealSteps(
    db,
    decided.map(({ appealId }) => appealId),
  )
  return [...new Set(steps.flatMap(({ byId, kind }) => (kind === 'upheld' || kind === 'rejected' ? [byId] : [])))]
}

/** What the next step of an assessment is held against. */
export async function loadGate(
  db: ReadonlyDb,
  ctx: ServiceContext,
  { officeCode, quarter, versions }: LoadedAssessment,
  marksAppeals: boolean,
): Promise<AssessmentGate> {
  return {
    versions: versions.length,
    today: localDateOf(ctx.clock()),
    lastOn: quarterRange(quarter).lastOn,
    openAppeals: await countOpenAppeals(db, { officeCode, quarter }),
    marksAppeals,
    deciders: await listDeciders(db, officeCode, quarter),
  }
}

const FORBIDS: ReadonlySet<AssessmentRefusal> = new Set(['same_person', 'both_decided'])

interface Next {
  readonly kind: 'drafted' | 'returned' | 'approved'
  readonly note: string | null
  readonly marksAppeals: boolean
}

async function draftOf(db: ReadonlyDb, ctx: ServiceContext, quarter: Quarter) {
  const { regulation } = await loadRules(db, quarter)
  const { holidays } = await loadRules(db, quarterOf(ctx.clock()))
  const workingDays = regulation.dueProcess.appealWorkingDays
  return { workingDays, lastDay: addWorkdays(localDateOf(ctx.clock()), workingDays, holidays).lastDay }
}

async function addStep(trx: Db, ctx: ServiceContext, loaded: LoadedAssessment, next: Next) {
  const { author } = officeOf(ctx)
  const db = asReadonly(trx)
  const { kind, marksAppeals, note } = next
  const { officeCode, quarter, standing, steps } = loaded
  const gate = await loadGate(db, ctx, loaded, marksAppeals)
  const taken = steps.map((step) => ({ kind: step.kind, by: step.byId, lastDay: step.lastDay }))
  const refusal = refusesAssessmentStep(taken, { kind, by: author.id }, gate)
  if (refusal !== null) {
    const params = { quarter, n: String(gate.openAppeals), lastDay: standing.lastDay ?? '' }
    throw new ServiceError(FORBIDS.has(refusal) ? 'forbidden' : 'conflict', `assessment_${refusal}`, params)
  }
  // An approval says by which day it went, also when that could not be said at first.
  const nothing: { lastDay: PlainDate | null; workingDays: number | null } = { lastDay: null, workingDays: null }
  const days = kind === 'drafted' ? await draftOf(db, ctx, quarter) : nothing
  const lastDay = kind === 'approved' ? standing.lastDay : days.lastDay
  const row = { officeCode, quarter, kind, note, position: steps.length, workingDays: days.workingDays, lastDay }
  await insertAssessmentStep(trx, { ...row, marksAppeals: marksAppeals && gate.openAppeals > 0 }, author)
  return { step: kind, lastDay, openAppeals: gate.openAppeals }
}

function takeStep(
  ctx: ServiceContext,
  { quarter, steps }: { readonly quarter: Quarter; readonly steps: number },
  next: Next,
): Promise<void> {
  const { unitCode: officeCode } = officeOf(ctx)
  const what = { action: `assessment.${next.kind}`, object: `assessment/${officeCode}/${quarter}` }
  return withChange(ctx, what, async (trx, note) => {
    await lockFacts(trx)
    const loaded = await loadAssessment(asReadonly(trx), ctx, { officeCode, quarter })
    if (loaded.steps.length !== steps) throw new ServiceError('conflict', 'case_moved_on')
    const detail = await addStep(trx, ctx, loaded, next)
    note.detail = { ...detail, ...(next.note === null ? {} : { reason: next.note }) }
  })
}

/**
 * 出草案, which sets the last day for appeals, or 退回 for a reason. Throws ServiceError `conflict` for what does not come next or when
 * somebody moved it since the reader looked, `forbidden` for whoever is of no office.
 */
export function prepareAssessment(ctx: ServiceContext, input: PrepareAssessmentInput): Promise<void> {
  const note = input.kind === 'returned' ? input.note : null
  return takeStep(ctx, input, { kind: input.kind, note, marksAppeals: false })
}

/**
 * 审定 by one of two people. Throws ServiceError `conflict` while the days for appeals run or appeals are open and not marked, `forbidden`
 * for the same person twice and for two who both decided appeals.
 */
export function approveAssessment(ctx: ServiceContext, input: ApproveAssessmentInput): Promise<void> {
  return takeStep(ctx, input, { kind: 'approved', note: null, marksAppeals: input.marksAppeals })
}
