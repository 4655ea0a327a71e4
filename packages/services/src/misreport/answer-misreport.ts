import type { AnswerMisreportInput } from '@zhidu/contract'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { addMisreportStep, loadForMisreportStep, noteMisreportStep } from './take-step.ts'

/**
 * A step of the unit: 签收 or 说明. Throws ServiceError `not_found`, `forbidden` for another unit, `invalid` for a file that is not
 * there whole, `conflict` for what does not come next, an explanation after the decision among it.
 */
export function answerMisreport(ctx: ServiceContext, input: AnswerMisreportInput): Promise<void> {
  const what = { action: 'misreport.answer', object: `misreport/${input.caseId}` }
  return withChange(ctx, what, async (trx, note) => {
    const loaded = await loadForMisreportStep(trx, ctx, input)
    const given = input.kind === 'received' ? {} : { note: input.note, files: input.files }
    await addMisreportStep(trx, ctx, loaded, { kind: input.kind, ...given })
    noteMisreportStep(note, loaded, { step: input.kind, files: given.files ?? [] })
  })
}
