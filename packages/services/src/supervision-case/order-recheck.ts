import { randomInt, randomUUID } from 'node:crypto'
import { asReadonly, type Db, insertInspectionOrder, listInspectionOrders } from '@zhidu/db'
import { addDays, localDateOf, RECHECK_DAYS, RECHECK_WITHIN_DAYS, recheckDay, startOfLocalDay } from '@zhidu/domain'
import type { Office } from '../draw/office.ts'
import type { LoadedCase } from './load-case.ts'

/**
 * 回头看: on a day that this server draws and tells nobody before it has come. One that is drawn for another finding of the same check
 * and falls within the days serves this one too.
 */
export async function orderRecheck(
  trx: Db,
  { author, unitCode: officeCode }: Office,
  { row }: LoadedCase,
): Promise<void> {
  const closedOn = localDateOf(author.at)
  const { caseId, checkCode, inspectionId: firstId, unitCode } = row
  const earliest = startOfLocalDay(addDays(closedOn, RECHECK_DAYS.first))
  const orders = await listInspectionOrders(asReadonly(trx), { firstId, isOpen: true })
  if (orders.some(({ fromAt }) => fromAt !== null && fromAt >= earliest)) return
  const day = recheckDay(closedOn, randomInt(RECHECK_DAYS.last - RECHECK_DAYS.first + 1))
  const fromAt = startOfLocalDay(day)
  const dueAt = startOfLocalDay(addDays(day, RECHECK_WITHIN_DAYS))
  const about = { orderId: randomUUID(), unitCode, officeCode, firstId, caseId, inspectors: [] }
  await insertInspectionOrder(trx, { ...about, kind: 'recheck', reason: checkCode, fromAt, dueAt }, author)
}
