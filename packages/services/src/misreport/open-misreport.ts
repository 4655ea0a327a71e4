import { randomUUID } from 'node:crypto'
import type { OpenedMisreport, OpenMisreportInput } from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  insertMisreportCase,
  insertMisreportStep,
  loadCaseFacts,
  lockForTransaction,
} from '@zhidu/db'
import { localDateOf } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { loadUnitsInReach } from '../inspection/units-in-reach.ts'
import { ServiceError } from '../service-error.ts'

/** Throws ServiceError `forbidden` for a unit that is not one level below. */
async function assertBelow(trx: Db, ctx: ServiceContext, unitCode: string): Promise<void> {
  const { below } = await loadUnitsInReach(asReadonly(trx), officeOf(ctx).unitCode, ctx.clock())
  if (!below.has(unitCode)) throw new ServiceError('forbidden', 'misreport_of_other_unit')
}

/** Throws ServiceError `invalid` for an event that the unit never reported: what was concealed has none. */
async function assertOwnEvent(trx: Db, { eventCode, unitCode }: OpenMisreportInput): Promise<void> {
  if (eventCode === null) return
  const { reports } = await loadCaseFacts(asReadonly(trx), [{ eventCode, unitCode }])
  if (reports.length === 0) throw new ServiceError('invalid', 'misreport_event_of_other', { eventCode })
}

/** Opens the case in the caller's transaction, for one that follows from something else. Throws as `openMisreport`. */
export async function openMisreportCase(
  trx: Db,
  ctx: ServiceContext,
  input: OpenMisreportInput,
): Promise<OpenedMisreport> {
  await lockForTransaction(trx, 'misreports')
  const { author, unitCode: officeCode } = officeOf(ctx)
  const { eventCode, figures, kind, source, unitCode } = input
  const superiorAt = Date.parse(input.superiorAt)
  if (superiorAt > ctx.clock()) throw new ServiceError('invalid', 'misreport_future')
  await assertBelow(trx, ctx, unitCode)
  await assertOwnEvent(trx, input)
  const caseId = randomUUID()
  const about = { caseId, unitCode, officeCode }
  const officeName = (await loadNames(asReadonly(trx), ctx))(officeCode)
  const row = { ...about, officeName, kind, eventCode, source, superiorAt, openedAt: author.at }
  const caseCode = await insertMisreportCase(trx, row, Number(localDateOf(author.at).slice(0, 4)))
  const step = {
    position: 0,
    kind: 'opened' as const,
    note: input.note,
    lastDay: null,
    workingDays: null,
    files: [],
    figures: figures === null ? null : JSON.stringify(figures),
    confirmedAs: null,
    sharePercent: null,
    isAgainstRule: false,
  }
  await insertMisreportStep(trx, about, step, author)
  return { caseId, caseCode }
}

/**
 * 立案: a suspicion against a unit one level below, with how its superior learned of it. Throws ServiceError `forbidden` for another
 * unit, `invalid` for an event that is not the unit's or a time in the future.
 */
export function openMisreport(ctx: ServiceContext, input: OpenMisreportInput): Promise<OpenedMisreport> {
  return withChange(ctx, { action: 'misreport.open' }, async (trx, note) => {
    const opened = await openMisreportCase(trx, ctx, input)
    const { eventCode, kind, source, unitCode } = input
    note.object = `misreport/${opened.caseId}`
    note.detail = { caseCode: opened.caseCode, kind, unitCode, eventCode, source }
    return opened
  })
}
