import type { LogStepInput, PutLogDayInput } from '@zhidu/contract'
import { asReadonly, insertLogDay, insertLogSteps, listLogDays, lockForTransaction } from '@zhidu/db'
import { localDateOf, refusesLogStep, toPlainDate } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { loadEntry } from './load-log.ts'
import { refreshLogQuarter } from './write-log.ts'

/**
 * 批示, 处理, 转办, 办结, 重开, 更正 of an entry of the own unit. Throws ServiceError `not_found`, `forbidden` for another unit's log,
 * `conflict` for what does not fit the entry's state or when somebody moved it since.
 */
export function takeLogStep(ctx: ServiceContext, input: LogStepInput): Promise<void> {
  const { entryId, kind } = input
  return withChange(ctx, { action: 'log.step', object: `log/${entryId}` }, async (trx, note) => {
    await lockForTransaction(trx, 'dutyLog')
    const { row, steps } = await loadEntry(asReadonly(trx), entryId)
    const { author, unitCode } = officeOf(ctx)
    if (row.unitCode !== unitCode) throw new ServiceError('forbidden', 'log_of_other_unit')
    if (steps.length !== input.steps) throw new ServiceError('conflict', 'case_moved_on')
    const refusal = refusesLogStep(steps, kind)
    if (refusal !== null) throw new ServiceError('conflict', `log_${refusal}`)
    const step = {
      entryId,
      position: steps.length,
      kind,
      note: input.note,
      person: kind === 'instructed' || kind === 'transferred' ? input.person : null,
      outcome: kind === 'closed' ? input.outcome : null,
      content: kind === 'corrected' ? input.content : null,
      handoverId: null,
    }
    await insertLogSteps(trx, unitCode, [step], author)
    if (kind === 'closed' || kind === 'reopened') await refreshLogQuarter(trx, unitCode, row.at, author.at)
    note.detail = {
      entryCode: row.entryCode,
      step: kind,
      ...(step.outcome !== null && { outcome: step.outcome }),
      ...((kind === 'reopened' || kind === 'corrected') && { reason: input.note }),
    }
  })
}

/** The head of a day's page of the own unit: who leads, the weather. Throws ServiceError `invalid` for a day to come. */
export function putLogDay(ctx: ServiceContext, input: PutLogDayInput): Promise<void> {
  const { leader, weather } = input
  const day = toPlainDate(input.day)
  return withChange(ctx, { action: 'log.putDay' }, async (trx, note) => {
    await lockForTransaction(trx, 'dutyLog')
    const { author, unitCode } = officeOf(ctx)
    if (day > localDateOf(author.at)) throw new ServiceError('invalid', 'log_day_to_come')
    const position = (await listLogDays(asReadonly(trx), unitCode, day)).length
    await insertLogDay(trx, { unitCode, day, position, leader, weather }, author)
    note.object = `logDay/${unitCode}/${day}`
    note.detail = { version: position + 1 }
  })
}
