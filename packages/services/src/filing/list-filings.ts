import type { FilingHolidays, FilingList, FilingListInput, FilingListItem } from '@zhidu/contract'
import {
  countFilingStandings,
  type FilingListArgs,
  type FilingStandingRow,
  listFilingStandings,
  listHolidays,
  type ReadonlyDb,
} from '@zhidu/db'
import { FILING_STATES, type FilingState, localDateOf, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { officeOf } from '../draw/office.ts'
import { withSnapshot } from '../snapshot.ts'
import { type HolidayDue, listHolidayDues, requireHoliday, unannouncedYears } from './holiday-block.ts'

const UNITS_PER_PAGE = 50

function toIso(at: number | null): string | null {
  return at === null ? null : toLocalIso(at)
}

function toItem(row: FilingStandingRow): FilingListItem {
  return {
    unitCode: row.unitCode,
    unitName: row.name,
    state: row.state,
    forms: [
      {
        form: 'whereabouts',
        outcome: row.whereabouts,
        receivedAt: toIso(row.whereaboutsAt),
        versions: row.whereaboutsVersions,
      },
      { form: 'roster', outcome: row.roster, receivedAt: toIso(row.rosterAt), versions: row.rosterVersions },
    ],
    remindedAt: toIso(row.remindedAt),
    reminderSeenAt: toIso(row.reminderSeenAt),
  }
}

export function toListArgs(office: string, due: HolidayDue, asOf: number): FilingListArgs {
  const { name, year } = due.block
  const about = { officeCode: office, holidayYear: year, holidayName: name }
  return { ...about, quarter: due.quarter, day: localDateOf(asOf), asOf }
}

export async function countStates(db: ReadonlyDb, args: FilingListArgs): Promise<Record<FilingState, number>> {
  const rows = await countFilingStandings(db, args)
  const countOf = (state: FilingState): number => rows.find((one) => one.state === state)?.count ?? 0
  return Object.fromEntries(FILING_STATES.map((state) => [state, countOf(state)])) as Record<FilingState, number>
}

/** How the units one level below stand with a holiday's forms, fifty a page. Throws ServiceError as `requireHoliday`. */
export function listFilings(ctx: ServiceContext, input: FilingListInput): Promise<FilingList> {
  const asOf = ctx.clock()
  const after = input.cursor === undefined ? null : fromCursor(input.cursor, 0).at
  return withSnapshot(ctx, localDateOf(asOf), async (db) => {
    const { unitCode: office } = officeOf(ctx)
    const due = await requireHoliday(db, input.holiday)
    const args = toListArgs(office, due, asOf)
    const page = { state: input.state ?? null, after, limit: UNITS_PER_PAGE + 1 }
    const rows = await listFilingStandings(db, args, page)
    const shown = rows.slice(0, UNITS_PER_PAGE)
    const last = rows.length > UNITS_PER_PAGE ? shown.at(-1) : undefined
    return {
      asOf: toLocalIso(asOf),
      holiday: due.holiday,
      firstDayOff: due.block.firstDayOff,
      lastDayOff: due.block.lastDayOff,
      dueOn: due.dueOn,
      isProvisional: due.isProvisional,
      quarter: due.quarter,
      counts: await countStates(db, args),
      items: shown.map(toItem),
      nextCursor: last === undefined ? null : toCursor([last.position]),
      mayRemind: ctx.actor.kind === 'account' && ctx.actor.permissions.has('duty.oversee'),
    }
  })
}

/** The next holiday to come due, or the last there was. */
export function currentHoliday(dues: readonly HolidayDue[], today: string): HolidayDue | null {
  return dues.findLast(({ dueOn }) => dueOn >= today) ?? dues[0] ?? null
}

/** The holidays to choose from, the latest due first; and years of which nobody knows any. */
export function listFilingHolidays(ctx: ServiceContext): Promise<FilingHolidays> {
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const dues = await listHolidayDues(db)
    return {
      today,
      holidays: dues.map(({ block, dueOn, holiday }) => ({
        holiday,
        firstDayOff: block.firstDayOff,
        lastDayOff: block.lastDayOff,
        dueOn,
      })),
      current: currentHoliday(dues, today)?.holiday ?? null,
      unannouncedYears: unannouncedYears(today, await listHolidays(db)),
    }
  })
}
