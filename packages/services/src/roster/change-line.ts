import { createHash, randomUUID } from 'node:crypto'
import type { ChangeDutyLineInput, RosterChanged } from '@zhidu/contract'
import { asReadonly, insertDutyLineChange, listDutyLines } from '@zhidu/db'
import { localDateOf, toPlainDate } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { lockFacts } from '../facts-lock.ts'
import { recordFacts } from '../recorded-fact/record-facts.ts'
import { ServiceError } from '../service-error.ts'
import { keeperOf } from './keeper.ts'

/**
 * Another number of the own duty telephones, or none any more, with the reason and since when. A number is what was last said, so that a
 * change that is still to come is refused until it is there. Throws ServiceError `invalid` for that and `conflict` for what is so already.
 */
export function changeDutyLine(ctx: ServiceContext, input: ChangeDutyLineInput): Promise<RosterChanged> {
  const { line, reason, unitCode } = input
  const what = { action: 'roster.changeLine', object: `unitCode/${unitCode}`, detail: { line, reason } }
  return withChange(ctx, what, async (trx) => {
    const { author } = await keeperOf(asReadonly(trx), ctx, unitCode)
    const fromAt = Date.parse(input.fromAt)
    if (fromAt > author.at) throw new ServiceError('invalid', 'roster_line_future')
    const until = input.forwardingUntil === null ? null : toPlainDate(input.forwardingUntil)
    if (until !== null && until < localDateOf(author.at)) throw new ServiceError('invalid', 'roster_forwarding_past')
    await lockFacts(trx)
    const lines = await listDutyLines(asReadonly(trx), { unitCodes: [unitCode], knownAt: ctx.clock() })
    const present = lines.find((one) => one.line === line)
    const number = input.number ?? present?.number
    if (number === undefined) throw new ServiceError('conflict', 'roster_line_none')
    if (present?.number === input.number && present?.forwardingUntil === until) {
      throw new ServiceError('conflict', 'roster_line_same')
    }
    const isWithdrawn = input.number === null
    const [changeId, importId] = [randomUUID(), randomUUID()]
    const changeCode = `DH-${localDateOf(author.at).replaceAll('-', '')}-${changeId.slice(0, 8)}`
    const rows = [[unitCode, line, number, until, input.forwardingReason, isWithdrawn]]
    const sha256 = createHash('sha256').update(JSON.stringify({ rows, reason })).digest('hex')
    const fact = {
      kind: 'duty_lines',
      code: changeCode,
      rows,
      isNew: false,
      importId,
      refusedAs: 'roster_refused',
    } as const
    await recordFacts(trx, fact, { name: author.name, unitCode, at: author.at, sha256 })
    const about = { changeId, unitCode, line, number, isWithdrawn, forwardingUntil: until, reason, fromAt, importId }
    await insertDutyLineChange(trx, about, author)
    return { changeCode, isLate: false, written: 1 }
  })
}
