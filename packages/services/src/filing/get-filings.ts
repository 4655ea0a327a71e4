import type { FilingsOfUnit, FilingsWaiting, UnitHoliday } from '@zhidu/contract'
import {
  type FilingDraftRow,
  type FilingFormRow,
  listFilingDrafts,
  listFilingForms,
  listFilingReminders,
  listFilingsOfUnits,
  listHolidays,
  listObligationRows,
  listReopeningsOfUnits,
  type ObligationRow,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  addDays,
  DAY_MS,
  daysLeft,
  FILING_FORMS,
  type FilingFact,
  type FilingForm,
  lampOf,
  localDateOf,
  type PlainDate,
  toLocalIso,
  unitPeriodOn,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { loadRoster } from '../league/load-roster.ts'
import { withSnapshot } from '../snapshot.ts'
import { loadDaysOf, superiorOf } from './daily-reports.ts'
import { type HolidayDue, listHolidayDues, unannouncedYears } from './holiday-block.ts'
import { countStates, currentHoliday, toListArgs } from './list-filings.ts'
import { toReminder } from './reminders.ts'

/** How far back a unit's page tells of holidays. */
const PAST_DAYS = 400
/** Forms due within these days wait for the unit. */
const SOON_DAYS = 14

interface OfUnit {
  readonly owed: readonly ObligationRow[]
  /** `HOLIDAY/FORM` of what was re-opened. */
  readonly reopened: ReadonlySet<string>
  readonly facts: readonly FilingFact[]
  readonly versions: readonly FilingFormRow[]
  readonly drafts: readonly FilingDraftRow[]
}

/** What the unit owes for these holidays, as it was put down. */
async function listOwed(
  db: ReadonlyDb,
  unitCode: string,
  dues: readonly HolidayDue[],
  now: number,
): Promise<ObligationRow[]> {
  const recent = dues.filter(({ dueAt }) => dueAt > now - PAST_DAYS * DAY_MS)
  const filter = {
    asOf: now,
    unitCode,
    kind: 'filing',
    outcome: null,
    level: null,
    preReported: false,
    reopened: false,
  } as const
  const rows: ObligationRow[] = []
  for (const quarter of new Set(recent.map((due) => due.quarter))) {
    rows.push(...(await listObligationRows(db, { ...filter, quarter }, { sort: 'due', after: null, limit: 100 })))
  }
  return rows
}

async function loadOfUnit(db: ReadonlyDb, unitCode: string, dues: readonly HolidayDue[], now: number): Promise<OfUnit> {
  const years = [...new Set(dues.map(({ block }) => block.year))]
  return {
    owed: await listOwed(db, unitCode, dues, now),
    reopened: new Set((await listReopeningsOfUnits(db, [unitCode])).map(({ ref }) => ref)),
    facts: await listFilingsOfUnits(db, { unitCodes: [unitCode], years }),
    versions: await listFilingForms(db, { unitCode }),
    drafts: await listFilingDrafts(db, unitCode),
  }
}

function isOf(due: HolidayDue, form: FilingForm) {
  return (one: { readonly holidayYear: number; readonly holidayName: string; readonly form: string }): boolean =>
    one.holidayYear === due.block.year && one.holidayName === due.block.name && one.form === form
}

function toHoliday(due: HolidayDue, of: OfUnit, today: PlainDate): UnitHoliday | null {
  const forms = FILING_FORMS.flatMap((form): UnitHoliday['forms'] => {
    const owed = of.owed.find(({ ref }) => ref === `${due.holiday}/${form}`)
    if (owed === undefined) return []
    const versions = of.versions.filter(isOf(due, form))
    const received = of.facts.find(isOf(due, form))?.receivedAt ?? null
    const draft = of.drafts.find(isOf(due, form))
    const isNewer = draft !== undefined && draft.at > (versions[0]?.at ?? 0)
    return [
      {
        form,
        outcome: owed.outcome,
        receivedAt: received === null ? null : toLocalIso(received),
        versions: versions.length,
        receipt: versions[0]?.receipt ?? null,
        draftAt: isNewer ? toLocalIso(draft.at) : null,
        isReopened: of.reopened.has(owed.ref),
      },
    ]
  })
  if (forms.length === 0) return null
  const isOpen = forms.some(({ receivedAt }) => receivedAt === null)
  return {
    holiday: due.holiday,
    firstDayOff: due.block.firstDayOff,
    lastDayOff: due.block.lastDayOff,
    dueOn: due.dueOn,
    isProvisional: due.isProvisional,
    quarter: due.quarter,
    daysLeft: daysLeft(due.dueOn, today),
    lamp: isOpen ? lampOf(due.dueOn, today) : 'off',
    forms,
  }
}

/** The own unit's holidays with how both forms stand, what it was reminded of, and its daily reports. */
export function getFilings(ctx: ServiceContext): Promise<FilingsOfUnit> {
  const now = ctx.clock()
  const today = localDateOf(now)
  return withSnapshot(ctx, today, async (db) => {
    const { unitCode } = officeOf(ctx)
    const roster = await loadRoster(db)
    const dues = await listHolidayDues(db)
    const of = await loadOfUnit(db, unitCode, dues, now)
    const holidays = dues.map((due) => toHoliday(due, of, today)).filter((one) => one !== null)
    const reminders = (await listFilingReminders(db, { unitCodes: [unitCode], limit: 20 })).map(toReminder)
    const may = (permission: 'duty.keep' | 'duty.oversee'): boolean =>
      ctx.actor.kind === 'account' && ctx.actor.permissions.has(permission)
    const isOpen = unitPeriodOn(roster.periodsOf.get(unitCode) ?? [], today) !== null
    return {
      asOf: toLocalIso(now),
      today,
      unitCode,
      unitName: (await loadNames(db, ctx))(unitCode),
      isOpen,
      hasSuperior: superiorOf(roster, unitCode, today) !== null,
      coming: holidays.filter(({ lastDayOff }) => lastDayOff >= today).toReversed(),
      past: holidays.filter(({ lastDayOff }) => lastDayOff < today),
      unannouncedYears: unannouncedYears(today, await listHolidays(db)),
      reminders,
      days: await loadDaysOf(db, unitCode, now),
      mayFile: isOpen && may('duty.keep'),
      mayOversee: may('duty.oversee'),
    }
  })
}

/** What of holidays and daily reports waits for the reader's unit, and for its office. */
export function getFilingsWaiting(ctx: ServiceContext): Promise<FilingsWaiting> {
  const now = ctx.clock()
  const today = localDateOf(now)
  return withSnapshot(ctx, today, async (db) => {
    const { actor } = ctx
    if (actor.kind !== 'account' || actor.unitCode === null) {
      return { forms: [], unseenReminders: 0, today: null, below: null }
    }
    const { permissions, unitCode } = actor
    const dues = await listHolidayDues(db)
    const soon = dues.filter(({ block, dueOn }) => dueOn <= addDays(today, SOON_DAYS) && block.lastDayOff >= today)
    const of = await loadOfUnit(db, unitCode, soon, now)
    const holidays = soon.map((due) => toHoliday(due, of, today)).filter((one) => one !== null)
    const reminders = await listFilingReminders(db, { unitCodes: [unitCode], limit: 20 })
    const [day] = await loadDaysOf(db, unitCode, now, 0)
    const current = currentHoliday(dues, today)
    const counts =
      current !== null && permissions.has('duty.oversee')
        ? await countStates(db, toListArgs(unitCode, current, now))
        : null
    const units = counts === null ? 0 : Object.values(counts).reduce((sum, n) => sum + n, 0)
    return {
      forms: holidays.flatMap(({ dueOn, forms, holiday, lamp }) =>
        forms
          .filter(({ receivedAt }) => receivedAt === null)
          .map(({ form, outcome }) => ({ holiday, form, dueOn, outcome, lamp })),
      ),
      unseenReminders: reminders.filter(({ seenAt }) => seenAt === null).length,
      today: day === undefined ? null : { state: day.state, dueAt: day.dueAt },
      below:
        current === null || counts === null || units === 0
          ? null
          : {
              holiday: current.holiday,
              dueOn: current.dueOn,
              missing: counts.missing,
              notYetDue: counts.not_yet_due,
              units,
            },
    }
  })
}
