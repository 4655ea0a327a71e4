import type { HandleCaseInput } from '@zhidu/contract'
import type { Db } from '@zhidu/db'
import { localDateOf, type PlainDate, toPlainDate } from '@zhidu/domain'
import { type ChangeNote, withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { decideCase } from './decide-case.ts'
import type { LoadedCase } from './load-case.ts'
import { orderRecheck } from './order-recheck.ts'
import { addStep, loadForStep, noteStep } from './take-step.ts'

/** Throws ServiceError `invalid` for a last day that is over. */
function assertAhead(ctx: ServiceContext, day: string): PlainDate {
  if (day < localDateOf(ctx.clock())) throw new ServiceError('invalid', 'case_day_past')
  return toPlainDate(day)
}

function lastDayOf(ctx: ServiceContext, { steps }: LoadedCase, day: string | null): PlainDate | null {
  if (day !== null) return assertAhead(ctx, day)
  return steps.findLast(({ kind }) => kind === 'ordered' || kind === 'returned')?.lastDay ?? null
}

async function takeOther(
  trx: Db,
  ctx: ServiceContext,
  loaded: LoadedCase,
  input: Exclude<HandleCaseInput, { kind: 'confirmed' | 'dismissed' }>,
): Promise<ChangeNote['detail']> {
  const { kind, note } = input
  switch (kind) {
    case 'ordered': {
      const { lastDay, owner } = input
      await addStep(trx, ctx, loaded, { kind, note, owner, lastDay: assertAhead(ctx, lastDay) })
      return { step: kind, lastDay }
    }
    case 'returned': {
      const lastDay = lastDayOf(ctx, loaded, input.lastDay)
      await addStep(trx, ctx, loaded, { kind, note, lastDay })
      return { step: kind, reason: note, lastDay }
    }
    case 'escalated':
      await addStep(trx, ctx, loaded, { kind, note, escalation: input.escalation })
      return { step: kind, escalation: input.escalation, reason: note }
    case 'closed':
      await addStep(trx, ctx, loaded, { kind, note })
      await orderRecheck(trx, officeOf(ctx), loaded)
      return { step: kind }
    case 'struck_off':
      await addStep(trx, ctx, loaded, { kind, note })
      return { step: kind }
  }
}

/**
 * A step of the office: 认定, 不予认定, 责令整改, 退回, 办结, 销号, or the next rung of 提醒, 约谈, 通报. Closing draws the day of a recheck.
 * Throws ServiceError `not_found`, `forbidden` for whoever found, ordered or did it himself, `conflict` for what does not come next.
 */
export function handleCase(ctx: ServiceContext, input: HandleCaseInput): Promise<void> {
  const what = { action: 'case.handle', object: `case/${input.caseId}` }
  return withChange(ctx, what, async (trx, note) => {
    const loaded = await loadForStep(trx, ctx, input)
    if (input.kind === 'confirmed' || input.kind === 'dismissed') {
      await decideCase(trx, ctx, loaded, { decision: { outcome: input.kind, reason: input.note }, note })
      return
    }
    noteStep(note, loaded, await takeOther(trx, ctx, loaded, input))
  })
}
