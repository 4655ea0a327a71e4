import { type DecideFindingInput, InspectionDocument } from '@zhidu/contract'
import {
  asReadonly,
  findInspection,
  insertInspectionDecision,
  listInspectionFindings,
  lockForTransaction,
} from '@zhidu/db'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { listHiddenFirsts } from './blind.ts'
import { barrierTo } from './may-decide.ts'
import { recordCheck } from './record-check.ts'

/**
 * 认定: one finding confirmed or dismissed. With the last of them the check goes on record with those that were confirmed, in the
 * same transaction. Throws ServiceError `not_found`, `forbidden` for one of its inspectors, `conflict` when it is decided already.
 */
export function decideFinding(ctx: ServiceContext, input: DecideFindingInput): Promise<void> {
  const { finding, inspectionId, outcome, reason } = input
  const what = { action: 'inspection.decide', object: `inspection/${inspectionId}` }
  return withChange(ctx, what, async (trx, note) => {
    const { author, unitCode: officeCode } = officeOf(ctx)
    await lockForTransaction(trx, 'inspections')
    const db = asReadonly(trx)
    const row = await findInspection(db, inspectionId)
    if (row === undefined || (await listHiddenFirsts(db, ctx)).includes(inspectionId)) {
      throw new ServiceError('not_found', 'inspection_unknown')
    }
    const barrier = barrierTo(ctx, row)
    if (barrier === 'role') throw new ServiceError('forbidden', 'inspection_of_other_office')
    if (barrier === 'inspector') throw new ServiceError('forbidden', 'inspection_own')
    if (barrier !== null) throw new ServiceError('conflict', `inspection_decided_${barrier}`)
    const findings = await listInspectionFindings(db, [inspectionId])
    const found = findings.find((one) => one.finding === finding)
    if (found === undefined) throw new ServiceError('not_found', 'inspection_finding_unknown')
    const { unitCode } = row
    const about = { inspectionId, unitCode, officeCode, readerCode: unitCode }
    const isNew = await insertInspectionDecision(trx, about, { finding, outcome, reason }, author)
    if (!isNew) throw new ServiceError('conflict', 'inspection_decided_done')
    note.detail = { finding, outcome, reason, checkCode: row.checkCode }
    if (row.undecided > 1) return
    const confirmed = findings.filter((one) => (one.finding === finding ? outcome : one.outcome) === 'confirmed')
    const { at: checkedAt, checkCode, inspectors, method } = row
    const check = { checkCode, unitCode, method, checkedAt, inspectors, findings: confirmed.map((one) => one.finding) }
    const { note: said } = InspectionDocument.parse(JSON.parse(row.document))
    const by = {
      name: author.name,
      unitCode: officeCode,
      at: author.at,
      sha256: row.contentHash.slice('sha256:'.length),
    }
    const frozen = await recordCheck(trx, { ...check, note: said }, by)
    note.detail = { ...note.detail, recorded: check.findings, afterFreezeOf: [...frozen] }
  })
}
