import { InspectionDocument } from '@zhidu/contract'
import { asReadonly, type Db, findInspection, insertInspectionDecision, listInspectionFindings } from '@zhidu/db'
import type { ChangeNote } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { barrierTo } from '../inspection/may-decide.ts'
import { recordCheck } from '../inspection/record-check.ts'
import { ServiceError } from '../service-error.ts'
import type { LoadedCase } from './load-case.ts'
import { addStep, noteStep } from './take-step.ts'

export interface CaseDecision {
  readonly outcome: 'confirmed' | 'dismissed'
  readonly reason: string
}

type Found = NonNullable<Awaited<ReturnType<typeof findInspection>>>

/** Throws ServiceError `forbidden` for an inspector of it, `conflict` while evidence is on its way or when it is decided. */
async function assertMayDecide(trx: Db, ctx: ServiceContext, { row }: LoadedCase): Promise<Found> {
  const db = asReadonly(trx)
  const found = await findInspection(db, row.inspectionId)
  if (found === undefined) throw new ServiceError('not_found', 'inspection_unknown')
  const barrier = barrierTo(ctx, found)
  if (barrier === 'role') throw new ServiceError('forbidden', 'inspection_of_other_office')
  if (barrier === 'inspector') throw new ServiceError('forbidden', 'inspection_own')
  if (barrier !== null) throw new ServiceError('conflict', `inspection_decided_${barrier}`)
  return found
}

/**
 * 认定 as a step of its case: with the last finding of the check it goes on record with those that were confirmed, in the same
 * transaction. The unit was heard before, or had its days, when it is confirmed.
 */
export async function decideCase(
  trx: Db,
  ctx: ServiceContext,
  loaded: LoadedCase,
  { decision, note }: { readonly decision: CaseDecision; readonly note: ChangeNote },
): Promise<void> {
  const { outcome, reason } = decision
  const { finding, inspectionId, unitCode } = loaded.row
  const found = await assertMayDecide(trx, ctx, loaded)
  const findings = await listInspectionFindings(asReadonly(trx), [inspectionId])
  if (findings.find((one) => one.finding === finding)?.outcome !== null) {
    throw new ServiceError('conflict', 'inspection_decided_done')
  }
  if (loaded.standing.state === 'found') throw new ServiceError('conflict', 'case_notify_first')
  // By which day it was decided without an explanation, also when that could not be said at first.
  await addStep(trx, ctx, loaded, { kind: outcome, note: reason, lastDay: loaded.standing.lastDay })
  const { author, unitCode: officeCode } = officeOf(ctx)
  const about = { inspectionId, unitCode, officeCode, readerCode: unitCode }
  await insertInspectionDecision(trx, about, { finding, outcome, reason }, author)
  noteStep(note, loaded, { outcome, reason })
  if (found.undecided > 1) return
  const confirmed = findings.filter((one) => (one.finding === finding ? outcome : one.outcome) === 'confirmed')
  const { at: checkedAt, checkCode, inspectors, method } = found
  const check = { checkCode, unitCode, method, checkedAt, inspectors, findings: confirmed.map((one) => one.finding) }
  const { note: said } = InspectionDocument.parse(JSON.parse(found.document))
  const sha256 = found.contentHash.slice('sha256:'.length)
  const by = { name: author.name, unitCode: officeCode, at: author.at, sha256 }
  const frozen = await recordCheck(trx, { ...check, note: said }, by)
  note.detail = { ...note.detail, recorded: check.findings, afterFreezeOf: [...frozen] }
}
