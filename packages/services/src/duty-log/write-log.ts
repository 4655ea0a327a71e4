import { randomUUID } from 'node:crypto'
import type { WriteLogInput, WrittenLog } from '@zhidu/contract'
import { asReadonly, type Db, findLogNumber, insertLogEntry, listEventReports, lockForTransaction } from '@zhidu/db'
import {
  clockDifferenceOf,
  cutToSecond,
  lateHoursOf,
  localDateOf,
  quarterOf,
  refusesReceivedAt,
  toLocalIso,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { lockFacts } from '../facts-lock.ts'
import { refreshUnitQuarters } from '../league/refresh-unit-quarters.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { listOnDuty } from './load-log.ts'

/**
 * Brings the rollup of the quarter in which an entry was written in line, where its rules say that a log costs something. Frozen quarters stay:
 * what a log tells is put down as it happens and comes too late for none.
 */
export async function refreshLogQuarter(trx: Db, unitCode: string, writtenAt: number, asOf: number): Promise<void> {
  const quarter = quarterOf(writtenAt)
  const { regulation } = await loadRules(asReadonly(trx), quarter)
  if (regulation.dutyLog === undefined) return
  await lockFacts(trx)
  await refreshUnitQuarters(trx, { touched: [{ unitCode, quarter }], asOf, obligations: null })
}

/** When it happened, as the entry says. Throws ServiceError `invalid` for the future, with the server's time and the clocks' difference. */
function receivedAtOf({ receivedAt, sentAt }: WriteLogInput, now: number): number {
  const at = receivedAt === null ? now : cutToSecond(Date.parse(receivedAt))
  const refusal = refusesReceivedAt(at, now)
  if (refusal === null) return at
  const ahead = clockDifferenceOf(Date.parse(sentAt), now) ?? 0
  const reason = refusal === 'in_future' && ahead > 0 ? 'log_in_future_clock' : `log_${refusal}`
  throw new ServiceError('invalid', reason, { now: toLocalIso(now), minutes: String(ahead) })
}

async function assertEvent(trx: Db, unitCode: string, eventCode: string | null): Promise<void> {
  if (eventCode === null) return
  const reports = await listEventReports(asReadonly(trx), eventCode)
  if (!reports.some((report) => report.unitCode === unitCode)) {
    throw new ServiceError('invalid', 'log_event_unknown', { eventCode })
  }
}

/**
 * Writes an entry into the log of the own unit, under the next number of the day; the server's clock says when. Throws ServiceError `invalid`
 * for an entry from the future or of an event that the unit did not report.
 */
export function writeLog(ctx: ServiceContext, input: WriteLogInput): Promise<WrittenLog> {
  return withChange(ctx, { action: 'log.write' }, async (trx, note) => {
    const { unitCode } = officeOf(ctx)
    await lockForTransaction(trx, 'dutyLog')
    // By the clock under the lock, so that entries stand in the order in which they were written.
    const { author } = officeOf(ctx)
    const now = author.at
    const receivedAt = receivedAtOf(input, now)
    await assertEvent(trx, unitCode, input.eventCode)
    const db = asReadonly(trx)
    const day = localDateOf(now)
    const number = await findLogNumber(db, unitCode, day)
    const entryCode = `${unitCode}-${day.replaceAll('-', '')}-${String(number).padStart(3, '0')}`
    const onDuty = await listOnDuty(db, ctx, unitCode, now)
    const officers = onDuty.filter(({ role }) => role === 'officer').map(({ person }) => person)
    const { callerName, callerPhone, callerUnit, content, eventCode, kind, leadCode, sentAt, source } = input
    const clockAheadMinutes = clockDifferenceOf(Date.parse(sentAt), now)
    const officer = officers.length === 0 ? null : officers.join('、')
    const about = {
      entryId: randomUUID(),
      unitCode,
      entryCode,
      day,
      number,
      source,
      kind,
      receivedAt,
      content,
      officer,
    }
    await insertLogEntry(
      trx,
      { ...about, callerUnit, callerName, callerPhone, clockAheadMinutes, eventCode, leadCode },
      author,
    )
    await refreshLogQuarter(trx, unitCode, now, now)
    const lateHours = lateHoursOf(receivedAt, now)
    note.object = `log/${about.entryId}`
    note.detail = {
      entryCode,
      source,
      kind,
      receivedAt: toLocalIso(receivedAt),
      ...(lateHours !== null && { lateHours }),
    }
    return { entryId: about.entryId, entryCode, writtenAt: toLocalIso(now), lateHours, clockAheadMinutes }
  })
}
