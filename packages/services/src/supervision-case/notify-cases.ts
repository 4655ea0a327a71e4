import type { NotifiedCases, NotifyCasesInput } from '@zhidu/contract'
import { asReadonly, findSupervisionCases, listCaseSteps, lockForTransaction } from '@zhidu/db'
import { addWorkdays, localDateOf, quarterOf } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { listHiddenFirsts } from '../inspection/blind.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { loadHolidays, toLoadedCase } from './load-case.ts'
import { addStep } from './take-step.ts'

/**
 * 下发通知: tells the units of every finding of these checks that nobody was told of yet. Each has its working days to explain, by the
 * rules of the quarter of the check; a last day in a year without a notice of holidays is left open. Throws ServiceError `not_found`
 * for a check that is not there, `forbidden` for another office's.
 */
export function notifyCases(ctx: ServiceContext, { inspectionIds }: NotifyCasesInput): Promise<NotifiedCases> {
  return withChange(ctx, { action: 'case.notify' }, async (trx, note) => {
    await lockForTransaction(trx, 'inspections')
    const db = asReadonly(trx)
    const hidden = await listHiddenFirsts(db, ctx)
    const rows = await findSupervisionCases(db, { inspectionIds })
    const isThere = (id: string) => !hidden.includes(id) && rows.some(({ inspectionId }) => inspectionId === id)
    if (!inspectionIds.every(isThere)) throw new ServiceError('not_found', 'case_unknown')
    const holidays = await loadHolidays(db, ctx)
    const steps = await listCaseSteps(
      db,
      rows.map(({ caseId }) => caseId),
    )
    const stepsOf = Map.groupBy(steps, ({ caseId }) => caseId)
    const open = rows.filter(({ caseId }) => !stepsOf.has(caseId))
    for (const row of open) {
      const { regulation } = await loadRules(db, quarterOf(row.foundAt))
      const { explanationWorkingDays: workingDays } = regulation.dueProcess
      const { lastDay } = addWorkdays(localDateOf(ctx.clock()), workingDays, holidays)
      await addStep(trx, ctx, toLoadedCase(row, [], holidays), { kind: 'notified', lastDay, workingDays })
    }
    if (open.length === 0) throw new ServiceError('conflict', 'case_notified_already')
    note.object = `unit/${officeOf(ctx).unitCode}`
    note.detail = { checks: [...new Set(open.map(({ checkCode }) => checkCode))], notified: open.length }
    return { notified: open.length }
  })
}
