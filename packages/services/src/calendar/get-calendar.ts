import type { Calendar, CalendarYear, HolidayBlockItem } from '@zhidu/contract'
import { listHolidays, listYearNotices, type ReadonlyDb } from '@zhidu/db'
import {
  type BlockDue,
  type HolidayBlock,
  isYearAnnounced,
  localDateOf,
  quarterOfDate,
  startOfLocalDay,
  DAY_MS,
  toHolidayKey,
  toLocalIso,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { withSnapshot } from '../snapshot.ts'
import { standsAtTop } from '../unit/load-present.ts'
import { bundledNotice } from './bundled-notice.ts'
import { loadBlockDues } from './load-calendar.ts'

function toHoliday({ block, dueOn, isProvisional }: BlockDue): Calendar['holidays'][number] {
  return {
    holiday: toHolidayKey(block),
    firstDayOff: block.firstDayOff,
    lastDayOff: block.lastDayOff,
    dueOn,
    ...(isProvisional ? { provisional: true as const } : {}),
  }
}

async function loadYear(db: ReadonlyDb, year: number, all: readonly HolidayBlock[]): Promise<Calendar> {
  const dues = await loadBlockDues(
    db,
    all.filter((block) => block.year === year),
    all,
  )
  return { year, announced: isYearAnnounced(year, all), holidays: dues.map(toHoliday) }
}

/** A year's holidays and by when their forms are due; `announced` false and no holiday while its notice is not out. */
export function getCalendar(ctx: ServiceContext, input: { readonly year: number }): Promise<Calendar> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => loadYear(db, input.year, await listHolidays(db)))
}

function toItem({ firstDayOff, lastDayOff, makeupWorkdays, name }: HolidayBlock): HolidayBlockItem {
  return { name, firstDayOff, lastDayOff, makeupWorkdays: [...makeupWorkdays] }
}

function countDays(blocks: readonly HolidayBlock[]): number {
  return blocks.reduce(
    (sum, block) =>
      sum + Math.round((startOfLocalDay(block.lastDayOff) - startOfLocalDay(block.firstDayOff)) / DAY_MS) + 1,
    0,
  )
}

/** The page of a year: its blocks, makeup workdays, due days, and every version of its notice. */
export function getCalendarYear(ctx: ServiceContext, input: { readonly year: number }): Promise<CalendarYear> {
  const { year } = input
  const now = ctx.clock()
  const today = localDateOf(now)
  const isInYear = (date: string): boolean => date.startsWith(`${year}-`)
  return withSnapshot(ctx, today, async (db) => {
    const all = await listHolidays(db)
    const { regulation } = await loadRules(db, quarterOfDate(today))
    const own = all.filter((block) => block.year === year)
    return {
      ...(await loadYear(db, year, all)),
      provenance: await loadProvenance(db, regulation, now),
      blocks: own.map(toItem),
      bundled: own.length > 0 ? [] : bundledNotice(year).map(toItem),
      neighbours: all
        .filter((block) => block.year !== year && (isInYear(block.firstDayOff) || isInYear(block.lastDayOff)))
        .map((block) => ({
          holiday: toHolidayKey(block),
          firstDayOff: block.firstDayOff,
          lastDayOff: block.lastDayOff,
        })),
      makeupWorkdays: all
        .flatMap((block) => block.makeupWorkdays)
        .filter(isInYear)
        .sort(),
      leadDays: regulation.filing.leadDays,
      moveTo: regulation.filing.moveTo,
      versions: (await listYearNotices(db, year)).map((version) => ({
        source: version.source,
        recordedAt: toLocalIso(version.recordedAt),
        recordedBy: version.recordedBy,
        replacedAt: version.replacedAt === null ? null : toLocalIso(version.replacedAt),
        blockCount: version.blocks.length,
        dayCount: countDays(version.blocks),
      })),
      mayRecord: standsAtTop(ctx, await loadRoster(db)),
      today,
    }
  })
}
