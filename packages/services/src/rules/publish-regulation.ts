import { type PublishInput, type RegulationItem, wordRegulationProblem } from '@zhidu/contract'
import { asReadonly, findRegulation, listRegulations as listRows, lockForTransaction, publishDraft } from '@zhidu/db'
import { checkRegulation, quarterOf, quarterRange, type Regulation, toPlainDate } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { assertAtTheTop, authorOf, objectOf } from './author.ts'
import { missedDraft } from './drafts.ts'
import { getRegulationItem } from './list-regulations.ts'

function assertSound(document: Regulation): void {
  const problems = checkRegulation(document)
  const [first] = problems
  if (first === undefined) return
  throw new ServiceError('invalid', 'regulation_unsound', {
    count: String(problems.length),
    first: wordRegulationProblem(first, document, 'zh-CN'),
    firstEn: wordRegulationProblem(first, document, 'en'),
  })
}

/**
 * Puts a draft in force from a day on. Open quarters follow, closed ones never: the day lies in the present quarter or later.
 * Somebody else than who changed the draft last publishes it. What is contradictory, or set for a day that another version
 * has, is refused. Rollups of the quarters that follow it are brought up to date in the background; reads are right at once.
 */
export async function publishRegulation(ctx: ServiceContext, input: PublishInput): Promise<RegulationItem> {
  const effectiveFrom = toPlainDate(input.effectiveFrom)
  await assertAtTheTop(ctx)
  const what = { action: 'rules.publish', object: objectOf(input), detail: { effectiveFrom } }
  await withChange(ctx, what, async (trx, note) => {
    // Of two publications at once the second sees the first.
    await lockForTransaction(trx, 'rules')
    const row = await findRegulation(asReadonly(trx), input)
    if (row === undefined || row.state === 'published' || row.revision !== input.revision) {
      throw await missedDraft(trx, input)
    }
    const author = authorOf(ctx)
    if (author.byId !== null && row.changedById === author.byId)
      throw new ServiceError('forbidden', 'two_people_needed')
    const { firstOn } = quarterRange(quarterOf(ctx.clock()))
    if (effectiveFrom < firstOn) throw new ServiceError('invalid', 'effective_too_early', { earliest: firstOn })
    const rival = (await listRows(asReadonly(trx))).find(
      (one) => one.state === 'published' && one.effectiveFrom === effectiveFrom,
    )
    if (rival !== undefined) {
      throw new ServiceError('conflict', 'effective_day_taken', { title: rival.document.title, version: rival.version })
    }
    const document: Regulation = { ...row.document, effectiveFrom }
    assertSound(document)
    if (!(await publishDraft(trx, input, document, author))) throw await missedDraft(trx, input)
    note.detail = { effectiveFrom, title: document.title, draftedBy: row.changedBy }
  })
  return getRegulationItem(ctx, input)
}
