import { randomUUID } from 'node:crypto'
import type { AnswerDecisionInput, DecideInput, VerifyDecisionInput } from '@zhidu/contract'
import { asReadonly, type Db, insertMeetingDecision, insertMeetingDecisionStep, lockForTransaction } from '@zhidu/db'
import { type DecisionStepKind, localDateOf, type PlainDate, refusesDecisionStep, toPlainDate } from '@zhidu/domain'
import { type ChangeNote, withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { loadOpenMeeting } from './meeting-store.ts'
import { asDecided, asSteps, loadDecisions } from './to-decision.ts'
import { listUnitsBelow } from './units-below.ts'

/** Throws ServiceError `invalid` for a day that is over. */
function assertAhead(ctx: ServiceContext, day: string): PlainDate {
  if (day < localDateOf(ctx.clock())) throw new ServiceError('invalid', 'meeting_day_past')
  return toPlainDate(day)
}

/** Writes down what a unit one level below is bound to. Throws ServiceError `forbidden` for another unit, `conflict`, `invalid`. */
export function recordDecision(ctx: ServiceContext, input: DecideInput): Promise<void> {
  const { indicator, lastDay, meetingId, owner, report, unitCode, what: text } = input
  const what = {
    action: 'meeting.decide',
    object: `meeting/${meetingId}`,
    detail: { unitCode, what: text, lastDay, indicator },
  }
  return withChange(ctx, what, async (trx) => {
    const { author, unitCode: office } = officeOf(ctx)
    await lockForTransaction(trx, 'meetings')
    const db = asReadonly(trx)
    const { row } = await loadOpenMeeting(db, meetingId, office)
    const below = await listUnitsBelow(db, office, localDateOf(ctx.clock()))
    if (!below.some((one) => one.unitCode === unitCode)) {
      throw new ServiceError('forbidden', 'meeting_unit_outside', { unitCode })
    }
    const { officeName, quarter, title } = row
    const about = { decisionId: randomUUID(), meetingId, unitCode, officeCode: office, officeName, title, quarter }
    const decided = { what: text, report, owner, lastDay: assertAhead(ctx, lastDay), indicator }
    await insertMeetingDecision(trx, { ...about, ...decided }, author)
  })
}

interface NextStep {
  readonly kind: DecisionStepKind
  readonly note: string | null
  readonly lastDay: PlainDate | null
  readonly files: readonly string[]
}

async function addStep(
  trx: Db,
  ctx: ServiceContext,
  { decisionId, steps: seen }: { readonly decisionId: string; readonly steps: number },
  { files, kind, lastDay, note }: NextStep,
  changed: ChangeNote,
): Promise<void> {
  const { author, unitCode: own } = officeOf(ctx)
  await lockForTransaction(trx, 'meetings')
  const [loaded] = await loadDecisions(asReadonly(trx), { decisionId })
  if (loaded === undefined) throw new ServiceError('not_found', 'decision_unknown')
  const { row, steps } = loaded
  const side = kind === 'received' || kind === 'reported' ? 'unit' : 'office'
  if ((side === 'unit' ? row.unitCode : row.officeCode) !== own) {
    throw new ServiceError('forbidden', `decision_of_${side}`)
  }
  if (steps.length !== seen) throw new ServiceError('conflict', 'decision_moved_on')
  const refusal = refusesDecisionStep(asDecided(row), asSteps(steps), { kind, by: author.id })
  if (refusal !== null) {
    throw new ServiceError(refusal === 'same_person' ? 'forbidden' : 'conflict', `decision_${refusal}`)
  }
  const isThere = (hash: string) => loaded.files.some((one) => one.sha256 === hash && one.receivedBytes === one.bytes)
  if (!files.every(isThere)) throw new ServiceError('invalid', 'case_file_missing')
  const { officeCode, unitCode } = row
  const about = { decisionId, unitCode, officeCode, position: steps.length }
  const next = { ...about, kind, note, lastDay, files: [...new Set(files)] }
  await insertMeetingDecisionStep(trx, next, author)
  changed.detail = { unitCode, step: kind, files: next.files, ...(note === null ? {} : { note }) }
}

/** 签收, or the report of the unit. Throws ServiceError `not_found`, `forbidden` for another unit, `conflict`. */
export function answerDecision(ctx: ServiceContext, input: AnswerDecisionInput): Promise<void> {
  const what = { action: 'meeting.answerDecision', object: `decision/${input.decisionId}` }
  return withChange(ctx, what, (trx, changed) => {
    const { files, note } = input.kind === 'reported' ? input : { files: [], note: null }
    return addStep(trx, ctx, input, { kind: input.kind, note, lastDay: null, files }, changed)
  })
}

/**
 * 退回 or 办结 by the office, and by somebody else than who wrote the decision down or reported. Throws ServiceError `not_found`,
 * `forbidden`, `conflict`, `invalid`.
 */
export function verifyDecision(ctx: ServiceContext, input: VerifyDecisionInput): Promise<void> {
  const what = { action: 'meeting.verifyDecision', object: `decision/${input.decisionId}` }
  return withChange(ctx, what, (trx, changed) => {
    const { kind, note } = input
    const lastDay = input.kind === 'returned' && input.lastDay !== null ? assertAhead(ctx, input.lastDay) : null
    return addStep(trx, ctx, input, { kind, note, lastDay, files: [] }, changed)
  })
}
