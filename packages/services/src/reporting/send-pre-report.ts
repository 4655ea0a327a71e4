import { createHash } from 'node:crypto'
import type { PreReportInput } from '@zhidu/contract'
import { asReadonly, toInstantText } from '@zhidu/db'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { lockFacts } from '../facts-lock.ts'
import { recordFacts } from '../recorded-fact/record-facts.ts'
import { ServiceError } from '../service-error.ts'
import { loadEventFiling, loadOpenUnit } from './load-filing.ts'

/** 难以按时: word that the first report will take longer, and why. Throws ServiceError `conflict` once it is written or was said before. */
export function sendPreReport(ctx: ServiceContext, { eventCode, reason }: PreReportInput): Promise<void> {
  return withChange(ctx, { action: 'report.preReport', object: `eventCode/${eventCode}` }, async (trx, note) => {
    await lockFacts(trx)
    const { author, unitCode } = officeOf(ctx)
    await loadOpenUnit(asReadonly(trx), ctx, unitCode)
    const { preReport, reports } = await loadEventFiling(asReadonly(trx), { eventCode, unitCode })
    if (reports.length === 0) throw new ServiceError('not_found', 'report_event_unknown')
    if (reports.some(({ stage, writtenAt }) => stage === 'first' && writtenAt !== null)) {
      throw new ServiceError('conflict', 'report_first_taken')
    }
    if (preReport !== null) throw new ServiceError('conflict', 'report_pre_reported')
    const rows = [[eventCode, unitCode, toInstantText(author.at), reason]]
    const facts = {
      kind: 'pre_reports' as const,
      code: `pre-report/${eventCode}`,
      rows,
      isNew: true,
      refusedAs: 'report_refused',
    }
    const sha256 = createHash('sha256').update(reason).digest('hex')
    const frozen = await recordFacts(trx, facts, { name: author.name, unitCode, at: author.at, sha256 })
    note.detail = { eventCode, reason, afterFreezeOf: [...frozen] }
  })
}
