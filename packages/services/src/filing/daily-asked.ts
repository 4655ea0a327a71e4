import { type DailyReportRow, type DutySettingRow, listDutySettings, listHolidays, type ReadonlyDb } from '@zhidu/db'
import {
  addDays,
  dailyDueAt,
  dailyHourOn,
  type DailyState,
  dailyStateOf,
  DAY_MS,
  isPeriodOn,
  type PlainDate,
  SECOND_MS,
  startOfLocalDay,
  toHolidayKey,
} from '@zhidu/domain'
import { asksUnitsBelow, listPeriodsInForce } from '../calendar/periods-in-force.ts'
import type { Roster } from '../league/load-roster.ts'

/** A day for which the units of an office are asked to report. */
export interface AskedDay {
  readonly day: PlainDate
  /** A holiday's key, or the title of a special period. */
  readonly askedBy: string
  /** Epoch ms. */
  readonly dueAt: number
}

/**
 * The days, from one to another, for which an office's units report: of holidays once the office has set an hour, and of special periods
 * that ask for it, by that hour or else by the end of the day.
 */
export async function listAskedDays(
  db: ReadonlyDb,
  args: { readonly office: string; readonly roster: Roster; readonly firstOn: PlainDate; readonly lastOn: PlainDate },
): Promise<AskedDay[]> {
  const { firstOn, lastOn, office, roster } = args
  const settings: readonly DutySettingRow[] = await listDutySettings(db, [office])
  const hours = settings.map(({ dailyUntil, fromOn }) => ({ fromOn, until: dailyUntil }))
  const holidays = await listHolidays(db)
  const periods = await listPeriodsInForce(db, asksUnitsBelow(roster, office))
  const days: AskedDay[] = []
  for (let day = firstOn; day <= lastOn; day = addDays(day, 1)) {
    const hour = dailyHourOn(hours, day)
    const block = holidays.find((one) => one.firstDayOff <= day && day <= one.lastDayOff)
    const period = periods.find((one) => one.asksDailyReport && isPeriodOn(one, day))
    const dueAt = hour === null ? startOfLocalDay(day) + DAY_MS - SECOND_MS : dailyDueAt(day, hour)
    if (hour !== null && block !== undefined) days.push({ day, askedBy: toHolidayKey(block), dueAt })
    else if (period !== undefined) days.push({ day, askedBy: period.title, dueAt })
  }
  return days
}

/** The last report of a day and when the first came. */
export interface ReportedDay {
  readonly state: DailyState
  /** Epoch ms; null = none. */
  readonly at: number | null
  readonly note: string | null
  readonly eventCode: string | null
  readonly versions: number
}

/** How a unit stands on a day; `reports`: its versions for that day, oldest first. */
export function standOn(dueAt: number | null, reports: readonly DailyReportRow[], asOf: number): ReportedDay {
  const [first, last] = [reports[0] ?? null, reports.at(-1) ?? null]
  return {
    state: dailyStateOf({ dueAt, first, kind: last?.kind ?? null, asOf }),
    at: first?.at ?? null,
    note: last?.note ?? null,
    eventCode: last?.eventCode ?? null,
    versions: reports.length,
  }
}
