import type { AnswerCaseInput } from '@zhidu/contract'
import { asReadonly, listCaseFiles } from '@zhidu/db'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { addStep, loadForStep, noteStep } from './take-step.ts'

/**
 * A step of the unit: 签收, 说明, or what it put right. Throws ServiceError `not_found`, `forbidden` for another unit, `invalid` for a
 * file that is not there whole, `conflict` for what does not come next.
 */
export function answerCase(ctx: ServiceContext, input: AnswerCaseInput): Promise<void> {
  const what = { action: 'case.answer', object: `case/${input.caseId}` }
  return withChange(ctx, what, async (trx, note) => {
    const loaded = await loadForStep(trx, ctx, input)
    const { kind } = input
    const given = kind === 'received' ? {} : { note: input.note, files: [...new Set(input.files)] }
    const files = await listCaseFiles(asReadonly(trx), input.caseId)
    const isThere = (hash: string) => files.some((one) => one.sha256 === hash && one.receivedBytes === one.bytes)
    if (given.files?.every(isThere) === false) throw new ServiceError('invalid', 'case_file_missing')
    await addStep(trx, ctx, loaded, { kind, ...given })
    noteStep(note, loaded, { step: kind, files: given.files ?? [] })
  })
}
