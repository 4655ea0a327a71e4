import { randomUUID } from 'node:crypto'
import type { FilingReminder, FilingReminded, RemindFilingInput, SeeRemindersInput } from '@zhidu/contract'
import {
  asReadonly,
  type DrawAuthor,
  type FilingReminderRow,
  type FilingStandingRow,
  insertFilingReminders,
  insertReminderSeen,
  listDutySettings,
  listFilingReminders,
  listFilingStandings,
  lockForTransaction,
  type NewReminder,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  addDays,
  type FilingForm,
  localDateOf,
  MAX_REMINDER_DAYS,
  reminderStep,
  toHolidayKey,
  toLocalIso,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { type HolidayDue, listHolidayDues, requireHoliday } from './holiday-block.ts'

/** More units than any office has below it. */
const ALL_UNITS = 10_000
const STILL_OPEN = new Set(['missing', 'not_yet_due'])

export function toReminder(row: FilingReminderRow): FilingReminder {
  return {
    reminderId: row.reminderId,
    officeName: row.officeName,
    holiday: toHolidayKey({ year: row.holidayYear, name: row.holidayName }),
    dueOn: row.dueOn,
    forms: [...row.forms],
    at: toLocalIso(row.at),
    by: row.byName,
    daysBefore: row.daysBefore,
    seenAt: row.seenAt === null ? null : toLocalIso(row.seenAt),
    seenBy: row.seenBy,
  }
}

function openForms({ roster, whereabouts }: FilingStandingRow): FilingForm[] {
  return [
    ...(whereabouts !== null && STILL_OPEN.has(whereabouts) ? (['whereabouts'] as const) : []),
    ...(roster !== null && STILL_OPEN.has(roster) ? (['roster'] as const) : []),
  ]
}

/** Of the units below an office, one for each from which a form is not there. */
async function draftReminders(
  db: ReadonlyDb,
  args: {
    readonly office: string
    readonly officeName: string
    readonly due: HolidayDue
    readonly asOf: number
    readonly daysBefore: number | null
  },
): Promise<NewReminder[]> {
  const { asOf, daysBefore, due, office, officeName } = args
  const { name, year } = due.block
  const holiday = { holidayYear: year, holidayName: name }
  const asked = { officeCode: office, ...holiday, quarter: due.quarter, day: localDateOf(asOf), asOf }
  const rows = await listFilingStandings(db, asked, { state: null, after: null, limit: ALL_UNITS })
  return rows.flatMap((row): NewReminder[] => {
    const forms = openForms(row)
    if (forms.length === 0) return []
    const about = { reminderId: randomUUID(), unitCode: row.unitCode, officeCode: office, officeName }
    return [{ ...about, ...holiday, dueOn: due.dueOn, forms, daysBefore }]
  })
}

/** 催报: reminds one unit below, or all from which a form is not there. Throws ServiceError `not_found`, `forbidden`, `conflict`. */
export function remindFiling(ctx: ServiceContext, { holiday, unitCode }: RemindFilingInput): Promise<FilingReminded> {
  return withChange(ctx, { action: 'filing.remind', object: `filing/${holiday}` }, async (trx, note) => {
    const { author, unitCode: office } = officeOf(ctx)
    await lockForTransaction(trx, 'filings')
    const db = asReadonly(trx)
    const due = await requireHoliday(db, holiday)
    const officeName = (await loadNames(db, ctx))(office)
    const all = await draftReminders(db, { office, officeName, due, asOf: author.at, daysBefore: null })
    const some = unitCode === undefined ? all : all.filter((one) => one.unitCode === unitCode)
    if (some.length === 0) throw new ServiceError('conflict', 'filing_nothing_missing')
    await insertFilingReminders(trx, some, { at: author.at, author })
    note.detail = { units: some.map((one) => one.unitCode).join(','), forms: some.flatMap(({ forms }) => forms).length }
    return { reminded: some.length }
  })
}

/** The unit has seen what it was reminded of. Throws ServiceError `not_found` for a reminder that is not its own. */
export function seeReminders(ctx: ServiceContext, { reminderIds }: SeeRemindersInput): Promise<void> {
  return withChange(
    ctx,
    { action: 'filing.see', object: null, detail: { n: reminderIds.length } },
    async (trx, note) => {
      const { author, unitCode } = officeOf(ctx)
      note.object = `filing/${unitCode}`
      const own = await listFilingReminders(asReadonly(trx), { unitCodes: [unitCode] })
      const ids = new Set(own.map(({ reminderId }) => reminderId))
      if (!reminderIds.every((id) => ids.has(id))) throw new ServiceError('not_found', 'reminder_unknown')
      for (const reminderId of reminderIds) await insertReminderSeen(trx, { reminderId, unitCode }, author)
    },
  )
}

async function listStepsDue(
  ctx: ServiceContext,
): Promise<{ readonly office: string; readonly due: HolidayDue; readonly step: number }[]> {
  const today = localDateOf(ctx.clock())
  return await withSnapshot(ctx, today, async (db) => {
    const newest = new Map((await listDutySettings(db, null)).map((one) => [one.unitCode, one]))
    if (newest.size === 0) return []
    const horizon = addDays(today, MAX_REMINDER_DAYS)
    const dues = (await listHolidayDues(db)).filter(({ dueOn }) => today <= dueOn && dueOn <= horizon)
    return [...newest.values()].flatMap(({ reminderDays, unitCode }) =>
      dues.flatMap((due) => {
        const step = reminderStep(due.dueOn, reminderDays, today)
        return step === null ? [] : [{ office: unitCode, due, step }]
      }),
    )
  })
}

/** What of the reminders of a step was not sent yet. */
async function listUnsent(db: ReadonlyDb, drafts: readonly NewReminder[]): Promise<NewReminder[]> {
  const [first] = drafts
  if (first === undefined) return []
  const { daysBefore, dueOn, holidayName, holidayYear } = first
  const unitCodes = drafts.map(({ unitCode }) => unitCode)
  const sent = await listFilingReminders(db, {
    unitCodes,
    holidayYear,
    holidayName,
    limit: ALL_UNITS * MAX_REMINDER_DAYS,
  })
  const told = new Set(
    sent.filter((one) => one.daysBefore === daysBefore && one.dueOn === dueOn).map((one) => one.unitCode),
  )
  return drafts.filter(({ unitCode }) => !told.has(unitCode))
}

/**
 * Sends the reminders whose days have come, as offices set them: a step once a unit and holiday, to whom a form is missing from. For the
 * program itself, round after round; a round in which nothing is to be sent writes nothing.
 */
export async function sendDueReminders(ctx: ServiceContext): Promise<number> {
  let count = 0
  for (const { due, office, step } of await listStepsDue(ctx)) {
    const asOf = ctx.clock()
    const load = async (db: ReadonlyDb): Promise<NewReminder[]> => {
      const officeName = (await loadNames(db, ctx))(office)
      return listUnsent(db, await draftReminders(db, { office, officeName, due, asOf, daysBefore: step }))
    }
    if ((await withSnapshot(ctx, localDateOf(asOf), load)).length === 0) continue
    const about = { action: 'filing.remind', object: `filing/${due.holiday}` }
    count += await withChange(ctx, about, async (trx, note) => {
      await lockForTransaction(trx, 'filings')
      const unsent = await load(asReadonly(trx))
      const author: DrawAuthor | null = null
      const sent = await insertFilingReminders(trx, unsent, { at: asOf, author })
      note.detail = { office, daysBefore: step, units: unsent.map(({ unitCode }) => unitCode).join(',') }
      return sent
    })
  }
  return count
}
