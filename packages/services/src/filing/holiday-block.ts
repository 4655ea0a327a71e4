import { listHolidays, type ReadonlyDb } from '@zhidu/db'
import {
  type BlockDue,
  DAY_MS,
  type HolidayBlock,
  HOLIDAYS,
  isYearAnnounced,
  reopenedUntil,
  reopeningsOf,
  type ReopeningFact,
  SECOND_MS,
  startOfLocalDay,
  toHolidayKey,
} from '@zhidu/domain'
import { loadBlockDues } from '../calendar/load-calendar.ts'
import { ServiceError } from '../service-error.ts'

/** A holiday and by when its forms are due. */
export interface HolidayDue extends BlockDue {
  readonly holiday: string
  /** The last second on time by the rules; epoch ms. */
  readonly dueAt: number
}

function toDue(due: BlockDue): HolidayDue {
  return { ...due, holiday: toHolidayKey(due.block), dueAt: startOfLocalDay(due.dueOn) + DAY_MS - SECOND_MS }
}

/** Every announced holiday, the latest due first. */
export async function listHolidayDues(db: ReadonlyDb): Promise<HolidayDue[]> {
  const all = await listHolidays(db)
  const dues = (await loadBlockDues(db, all, all)).map(toDue)
  return dues.sort((a, b) => b.dueAt - a.dueAt || (a.holiday < b.holiday ? -1 : 1))
}

/** Throws ServiceError `conflict` for a year that is not announced, `not_found` for a holiday that its notice does not have. */
export async function requireHoliday(db: ReadonlyDb, holiday: string): Promise<HolidayDue> {
  const all = await listHolidays(db)
  const [year, name] = [Number(holiday.slice(0, 4)), HOLIDAYS.find((one) => holiday.slice(5) === one)]
  const block = all.find((one) => one.year === year && one.name === name)
  if (block !== undefined) {
    const [due] = await loadBlockDues(db, [block], all)
    if (due !== undefined) return toDue(due)
  }
  if (!isYearAnnounced(year, all)) throw new ServiceError('conflict', 'filing_not_announced', { year: String(year) })
  throw new ServiceError('not_found', 'filing_no_holiday', { holiday })
}

/** The last second on time that counts for a form, re-openings made by `asOf` included; epoch ms. */
export function effectiveDueAt(
  due: HolidayDue,
  form: string,
  reopenings: readonly ReopeningFact[],
  asOf: number,
): number {
  return reopenedUntil(due.dueAt, reopeningsOf(reopenings, 'filing', `${due.holiday}/${form}`), asOf)
}

/** Years that a span from today reaches into and whose holidays nobody knows. */
export function unannouncedYears(today: string, holidays: readonly HolidayBlock[]): number[] {
  const year = Number(today.slice(0, 4))
  // The next year matters from autumn on: its first forms may be due in December.
  const years = today.slice(5) >= '10-01' ? [year, year + 1] : [year]
  return years.filter((one) => !isYearAnnounced(one, holidays))
}
