import { randomUUID } from 'node:crypto'
import type { AnswerAppealInput, AppealKey, BeginAppealInput, DecideAppealInput } from '@zhidu/contract'
import {
  type AppealRow,
  asReadonly,
  type Db,
  findAppeals,
  insertAppeal,
  insertAppealStep,
  listCaseFiles,
} from '@zhidu/db'
import {
  appealPartyOf,
  type AppealRefusal,
  type AppealStepKind,
  quarterRange,
  refusesAppealStep,
  unitPeriodOn,
} from '@zhidu/domain'
import { loadAssessment } from '../assessment/load-assessment.ts'
import { type ChangeNote, withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { lockFacts } from '../facts-lock.ts'
import { loadRoster } from '../league/load-roster.ts'
import { refreshUnitQuarters } from '../league/refresh-unit-quarters.ts'
import { ServiceError } from '../service-error.ts'
import { contextOf, isSameDeduction, listDeductionsNow, loadAppeal, type LoadedAppeal } from './load-appeal.ts'

const FORBIDS: ReadonlySet<AppealRefusal> = new Set(['found_it', 'decided_case'])
/** Steps by which the unit's quarter comes to something else. */
const MOVES: ReadonlySet<AppealStepKind> = new Set(['submitted', 'withdrawn', 'upheld', 'rejected'])

interface Next {
  readonly kind: AppealStepKind
  readonly note: string | null
  readonly files: readonly string[]
}

function refuse(refusal: AppealRefusal, { assessment }: Pick<LoadedAppeal, 'assessment'>): never {
  const params = { lastDay: assessment.standing.lastDay ?? '' }
  throw new ServiceError(FORBIDS.has(refusal) ? 'forbidden' : 'conflict', `appeal_${refusal}`, params)
}

async function assertFiles(trx: Db, appealId: string, hashes: readonly string[]): Promise<void> {
  const files = await listCaseFiles(asReadonly(trx), appealId)
  const isThere = (hash: string) => files.some((one) => one.sha256 === hash && one.receivedBytes === one.bytes)
  if (!hashes.every(isThere)) throw new ServiceError('invalid', 'case_file_missing')
}

async function addStep(trx: Db, ctx: ServiceContext, loaded: LoadedAppeal, next: Next): Promise<void> {
  const { author, unitCode: own } = officeOf(ctx)
  const { row, steps } = loaded
  const { files, kind, note } = next
  const side = appealPartyOf(kind)
  if ((side === 'unit' ? row.unitCode : row.officeCode) !== own) {
    throw new ServiceError('forbidden', `appeal_of_${side}`)
  }
  const refusal = refusesAppealStep(steps, kind, await contextOf(asReadonly(trx), ctx, loaded))
  if (refusal !== null) refuse(refusal, loaded)
  await assertFiles(trx, row.appealId, files)
  await insertAppealStep(trx, row, { kind, position: steps.length, note, files: [...new Set(files)] }, author)
  const { quarter, unitCode } = row
  // A text that nobody has seen marks nothing.
  if (!MOVES.has(kind) || (kind === 'withdrawn' && loaded.state === 'kept')) return
  await refreshUnitQuarters(trx, { touched: [{ unitCode, quarter }], asOf: author.at, obligations: null })
}

function noteStep(note: ChangeNote, { code, quarter, ref, unitCode }: AppealRow, next: Next): void {
  note.detail = {
    quarter,
    unitCode,
    ref,
    code,
    step: next.kind,
    files: [...next.files],
    ...(next.note === null || next.kind === 'kept' || next.kind === 'submitted' ? {} : { reason: next.note }),
  }
}

async function takeStep(
  ctx: ServiceContext,
  action: string,
  { appealId, steps }: { readonly appealId: string; readonly steps: number },
  next: Next,
): Promise<void> {
  await withChange(ctx, { action, object: `appeal/${appealId}` }, async (trx, note) => {
    await lockFacts(trx)
    const loaded = await loadAppeal(asReadonly(trx), ctx, appealId)
    if (loaded.steps.length !== steps) throw new ServiceError('conflict', 'case_moved_on')
    await addStep(trx, ctx, loaded, next)
    noteStep(note, loaded.row, next)
  })
}

/** The row of an appeal that is begun. Throws ServiceError `conflict` when there is one already, or no such deduction. */
async function rowOf(trx: Db, ctx: ServiceContext, input: BeginAppealInput): Promise<AppealRow> {
  const db = asReadonly(trx)
  const { author, unitCode } = officeOf(ctx)
  const { code, quarter, ref } = input
  const at = Date.parse(input.at)
  const [known] = await findAppeals(db, { unitCode, quarter, ref, code, at })
  if (known !== undefined) throw new ServiceError('conflict', 'appeal_twice')
  const period = unitPeriodOn((await loadRoster(db)).periodsOf.get(unitCode) ?? [], quarterRange(quarter).lastOn)
  const officeCode = period?.parentCode
  if (officeCode == null) throw new ServiceError('conflict', 'appeal_not_open')
  const deduction = (await listDeductionsNow(db, ctx, { unitCode, quarter })).find((one) =>
    isSameDeduction(one, { ref, code, at }),
  )
  if (deduction === undefined) throw new ServiceError('conflict', 'appeal_deduction_gone')
  const { clause, dimension, points } = deduction
  const about = { appealId: randomUUID(), unitCode, officeCode, openedAt: author.at }
  return { ...about, quarter, ref, code, at, clause, dimension, points }
}

/**
 * 暂存: begins an appeal of the own unit against one of its deductions, which nobody else sees before it is handed in. Throws ServiceError
 * `conflict` for a deduction that is not there or is appealed already, and when no draft is out or its days are over.
 */
export function beginAppeal(ctx: ServiceContext, input: BeginAppealInput): Promise<AppealKey> {
  return withChange(ctx, { action: 'appeal.begin' }, async (trx, note) => {
    await lockFacts(trx)
    const row = await rowOf(trx, ctx, input)
    const assessment = await loadAssessment(asReadonly(trx), ctx, row)
    const loaded: LoadedAppeal = { row, steps: [], state: 'kept', assessment }
    const context = await contextOf(asReadonly(trx), ctx, loaded)
    // What could not be handed in is not begun.
    const refusal = refusesAppealStep([{ kind: 'kept' }], 'submitted', context)
    if (refusal !== null) refuse(refusal, loaded)
    await insertAppeal(trx, row)
    const next: Next = { kind: 'kept', note: input.note, files: [] }
    await addStep(trx, ctx, loaded, next)
    note.object = `appeal/${row.appealId}`
    noteStep(note, row, next)
    return { appealId: row.appealId }
  })
}

/**
 * A step of the unit: 暂存, 提交, 撤回. Throws ServiceError `not_found`, `forbidden` for another unit, `invalid` for a file that is not there
 * whole, `conflict` after the last day and for what does not come next.
 */
export function answerAppeal(ctx: ServiceContext, input: AnswerAppealInput): Promise<void> {
  const given = input.kind === 'withdrawn' ? { note: null, files: [] } : { note: input.note, files: input.files }
  return takeStep(ctx, 'appeal.answer', input, { kind: input.kind, ...given })
}

/**
 * A step of the office: 受理, 成立, 不成立. What is upheld takes exactly that deduction; of a frozen quarter by a supplement. Throws
 * ServiceError `not_found`, `forbidden` for who made the check or decided the case behind it, `conflict` for what does not come next.
 */
export function decideAppeal(ctx: ServiceContext, input: DecideAppealInput): Promise<void> {
  const note = input.kind === 'accepted' ? null : input.note
  return takeStep(ctx, 'appeal.decide', input, { kind: input.kind, note, files: [] })
}
