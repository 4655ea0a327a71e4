import type { DecideFindingInput } from '@zhidu/contract'
import { asReadonly, findSupervisionCases, lockForTransaction } from '@zhidu/db'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { decideCase } from '../supervision-case/decide-case.ts'
import { loadCase } from '../supervision-case/load-case.ts'
import { loadInspection } from './get-inspection.ts'

/**
 * 认定: one finding confirmed or dismissed, which is a step of its case. Throws ServiceError `not_found`, `forbidden` for one of its
 * inspectors, `conflict` when it is decided already, or when it is to be confirmed and the unit was not heard.
 */
export function decideFinding(ctx: ServiceContext, input: DecideFindingInput): Promise<void> {
  const { finding, inspectionId, outcome, reason } = input
  const what = { action: 'inspection.decide', object: `inspection/${inspectionId}` }
  return withChange(ctx, what, async (trx, note) => {
    await lockForTransaction(trx, 'inspections')
    const db = asReadonly(trx)
    await loadInspection(db, ctx, inspectionId)
    const cases = await findSupervisionCases(db, { inspectionIds: [inspectionId] })
    const found = cases.find((one) => one.finding === finding)
    if (found === undefined) throw new ServiceError('not_found', 'inspection_finding_unknown')
    await decideCase(trx, ctx, await loadCase(db, ctx, found.caseId), { decision: { outcome, reason }, note })
  })
}
