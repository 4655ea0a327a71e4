import { createHash } from 'node:crypto'
import type { SignReportInput } from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  insertReportAct,
  listReportActs,
  listReportContents,
  type ReportContentRow,
} from '@zhidu/db'
import type { ReportActKind } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { lockFacts } from '../facts-lock.ts'
import { ServiceError } from '../service-error.ts'
import { loadEventFiling } from './load-filing.ts'
import { BY_PHONE, putReport } from './put-report.ts'
import { assertBelow } from './take-call.ts'

/** A claim that the office denies stops counting; one that it did not have to answer, because it has a record, is refused. */
async function answerClaim(trx: Db, ctx: ServiceContext, row: ReportContentRow, isDenied: boolean): Promise<void> {
  const { author, unitCode: officeCode } = officeOf(ctx)
  const { eventCode, unitCode } = row
  const filing = await loadEventFiling(asReadonly(trx), { eventCode, unitCode })
  if (row.claimedPhonedAt === null) throw new ServiceError('conflict', 'report_no_claim')
  if (filing.calls.length > 0) throw new ServiceError('conflict', 'report_claim_has_record')
  const first = filing.reports.find(({ stage }) => stage === 'first')
  if (!isDenied || first === undefined || first.phonedAt !== row.claimedPhonedAt) return
  const sha256 = createHash('sha256').update(`${row.contentId} claim_denied`).digest('hex')
  const by = { author, unitCode: officeCode, code: `${BY_PHONE}denied/${row.receiptCode}`, sha256 }
  await putReport(trx, { ...first, phonedAt: null }, by)
}

/**
 * 签收: the office of the unit signs for a report, and says whether it had the call that the unit claims. Throws ServiceError `invalid`
 * for another office, `conflict` for what was done already.
 */
export function signReport(ctx: ServiceContext, input: SignReportInput): Promise<void> {
  const { claim, contentId, note: words } = input
  return withChange(ctx, { action: 'report.sign', object: `report/${contentId}` }, async (trx, note) => {
    await lockFacts(trx)
    const { author, unitCode: officeCode } = officeOf(ctx)
    const [row] = await listReportContents(asReadonly(trx), { contentId })
    if (row === undefined) throw new ServiceError('not_found', 'report_unknown')
    const { unitCode } = row
    await assertBelow(trx, ctx, unitCode)
    if (claim === 'denied' && words === null) throw new ServiceError('invalid', 'report_denial_reason')
    const done = await listReportActs(asReadonly(trx), [contentId])
    const officeName = (await loadNames(asReadonly(trx), ctx))(officeCode)
    const act = (kind: ReportActKind) =>
      insertReportAct(trx, { contentId, kind, unitCode, officeCode, officeName, note: words }, author)
    const isSigned = done.some(({ kind }) => kind === 'signed_for')
    if (isSigned && (claim === null || done.length > 1)) throw new ServiceError('conflict', 'report_signed_already')
    if (!isSigned) await act('signed_for')
    if (claim !== null) {
      await answerClaim(trx, ctx, row, claim === 'denied')
      await act(claim === 'denied' ? 'claim_denied' : 'claim_confirmed')
    }
    note.detail = { eventCode: row.eventCode, unitCode, receiptCode: row.receiptCode, claim, reason: words }
  })
}
