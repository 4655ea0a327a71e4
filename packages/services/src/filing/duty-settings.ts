import type { DutySettings, SetDutyInput } from '@zhidu/contract'
import { asReadonly, type DutySettingRow, insertDutySetting, listDutySettings, lockForTransaction } from '@zhidu/db'
import { dailyDueAt, localDateOf, toLocalIso, toPlainDate } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'

function toView({ at, byName, dailyUntil, fromOn, reminderDays, version }: DutySettingRow) {
  return { version, reminderDays: [...reminderDays], dailyUntil, fromOn, at: toLocalIso(at), by: byName }
}

/** What the reader's office asks of the units one level below, newest version first. */
export function getDutySettings(ctx: ServiceContext): Promise<DutySettings> {
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const { unitCode } = officeOf(ctx)
    const versions = (await listDutySettings(db, [unitCode])).map(toView).toReversed()
    return { today, versions, maySet: ctx.actor.kind === 'account' && ctx.actor.permissions.has('duty.oversee') }
  })
}

/**
 * Sets by how many days before the due day units are reminded, and by which hour a day's report is there; the hour holds from a day on,
 * never for an hour that is over. Throws ServiceError `invalid`, `conflict`.
 */
export function setDuty(ctx: ServiceContext, input: SetDutyInput): Promise<void> {
  const { dailyUntil } = input
  const fromOn = toPlainDate(input.fromOn)
  const reminderDays = [...new Set(input.reminderDays)].sort((a, b) => b - a)
  const detail = { reminderDays: reminderDays.join(','), dailyUntil, fromOn }
  return withChange(ctx, { action: 'filing.setDuty', object: null, detail }, async (trx, note) => {
    const { author, unitCode } = officeOf(ctx)
    note.object = `duty-setting/${unitCode}`
    await lockForTransaction(trx, 'filings')
    const today = localDateOf(author.at)
    const isOver =
      fromOn < today || (fromOn === today && dailyUntil !== null && dailyDueAt(fromOn, dailyUntil) <= author.at)
    if (isOver) throw new ServiceError('invalid', 'setting_hour_past')
    const versions = await listDutySettings(asReadonly(trx), [unitCode])
    if (versions.length !== input.versions) throw new ServiceError('conflict', 'setting_changed')
    await insertDutySetting(trx, { unitCode, version: versions.length + 1, reminderDays, dailyUntil, fromOn }, author)
  })
}
