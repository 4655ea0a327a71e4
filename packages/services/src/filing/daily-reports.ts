import type { DailyDay, DailyGrid, DailyGridInput, DayReported, ReportDayInput } from '@zhidu/contract'
import {
  asReadonly,
  type DailyReportRow,
  insertDailyReport,
  listDailyReports,
  lockForTransaction,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  addDays,
  DAILY_STATES,
  type DailyState,
  localDateOf,
  maskNumbers,
  type PlainDate,
  toLocalIso,
  toPlainDate,
  unitPeriodOn,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { officeOf } from '../draw/office.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { listUnitsBelow } from '../meeting/units-below.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { type AskedDay, listAskedDays, standOn } from './daily-asked.ts'
import { assertUnitOpen } from './submit-filing.ts'

/** A day further back is history: it is not reported any more. */
const OPEN_DAYS = 31
const GRID_DAYS = 31
const UNITS_PER_PAGE = 50

/** Who asks a unit on a day; null = nobody stands above it. */
export function superiorOf(roster: Roster, unitCode: string, day: PlainDate): string | null {
  return unitPeriodOn(roster.periodsOf.get(unitCode) ?? [], day)?.parentCode ?? null
}

/** The days for which a unit is asked up to today, the latest first. */
export async function loadDaysOf(db: ReadonlyDb, unitCode: string, now: number, days = OPEN_DAYS): Promise<DailyDay[]> {
  const today = localDateOf(now)
  const roster = await loadRoster(db)
  const office = superiorOf(roster, unitCode, today)
  if (office === null) return []
  const firstOn = addDays(today, -days)
  const asked = await listAskedDays(db, { office, roster, firstOn, lastOn: today })
  const reports = await listDailyReports(db, { unitCodes: [unitCode], firstOn, lastOn: today })
  return asked
    .map(({ askedBy, day, dueAt }): DailyDay => {
      const { at, ...stands } = standOn(
        dueAt,
        reports.filter((one) => one.day === day),
        now,
      )
      const note = stands.note === null ? null : maskNumbers(stands.note)
      return {
        day,
        askedBy,
        dueAt: toLocalIso(dueAt),
        reportedAt: at === null ? null : toLocalIso(at),
        ...stands,
        note,
      }
    })
    .toReversed()
}

function findAsked(asked: readonly AskedDay[], day: PlainDate): AskedDay {
  const found = asked.find((one) => one.day === day)
  if (found === undefined) throw new ServiceError('conflict', 'daily_not_asked', { day })
  return found
}

/**
 * 平安 or 有事 of a day by the own unit. The first report fixes the time; a later one corrects it and leaves the time. Throws ServiceError
 * `conflict` for a day that nobody asks about, is to come, or was reported meanwhile; `invalid` for 有事 without a word.
 */
export function reportDay(ctx: ServiceContext, input: ReportDayInput): Promise<DayReported> {
  const { eventCode, kind, note } = input
  const day = toPlainDate(input.day)
  return withChange(
    ctx,
    { action: 'filing.reportDay', object: `daily/${day}`, detail: { kind } },
    async (trx, change) => {
      const { author, unitCode } = officeOf(ctx)
      change.object = `daily/${unitCode}/${day}`
      await lockForTransaction(trx, 'filings')
      const db = asReadonly(trx)
      await assertUnitOpen(db, unitCode, author.at)
      const today = localDateOf(author.at)
      if (day > today) throw new ServiceError('conflict', 'daily_future')
      if (day < addDays(today, -OPEN_DAYS)) throw new ServiceError('conflict', 'daily_over', { n: String(OPEN_DAYS) })
      if (kind === 'event' && note === null && eventCode === null)
        throw new ServiceError('invalid', 'daily_event_empty')
      const roster = await loadRoster(db)
      const office = superiorOf(roster, unitCode, today)
      const asked = office === null ? [] : await listAskedDays(db, { office, roster, firstOn: day, lastOn: day })
      const { dueAt } = findAsked(asked, day)
      const before = await listDailyReports(db, { unitCodes: [unitCode], firstOn: day, lastOn: day })
      if (before.length !== input.versions) throw new ServiceError('conflict', 'daily_changed')
      const version = before.length + 1
      const said = { note: kind === 'zero' ? null : note, eventCode: kind === 'zero' ? null : eventCode }
      await insertDailyReport(trx, { unitCode, day, version, kind, ...said }, author)
      const isLate = (before[0]?.at ?? author.at) > dueAt
      change.detail = { kind, version, isLate }
      return { at: toLocalIso(author.at), version, isLate }
    },
  )
}

function countStates(states: readonly DailyState[]): Record<DailyState, number> {
  const counts = Object.fromEntries(DAILY_STATES.map((state) => [state, 0])) as Record<DailyState, number>
  for (const state of states) counts[state] += 1
  return counts
}

/** Units one level below × days asked about, fifty units a page; `not_asked` where a unit was not yet, or no longer, below. */
export function getDailyGrid(ctx: ServiceContext, input: DailyGridInput): Promise<DailyGrid> {
  const now = ctx.clock()
  const today = localDateOf(now)
  const lastOn = input.until === undefined || input.until > today ? today : toPlainDate(input.until)
  const firstOn = addDays(lastOn, 1 - GRID_DAYS)
  const start = input.cursor === undefined ? 0 : fromCursor(input.cursor, 0).at
  return withSnapshot(ctx, today, async (db) => {
    const { unitCode: office } = officeOf(ctx)
    const roster = await loadRoster(db)
    const days = await listAskedDays(db, { office, roster, firstOn, lastOn })
    const units = await listUnitsBelow(db, office, today)
    const unitCodes = units.map(({ unitCode }) => unitCode)
    const reports = await listDailyReports(db, { unitCodes, firstOn, lastOn })
    const byKey = Map.groupBy(reports, ({ day, unitCode }: DailyReportRow) => `${unitCode}/${day}`)
    const standing = (unitCode: string, { day, dueAt }: AskedDay) => {
      const isBelow = superiorOf(roster, unitCode, day) === office
      return standOn(isBelow ? dueAt : null, byKey.get(`${unitCode}/${day}`) ?? [], now)
    }
    const last = days.at(-1)
    const page = units.slice(start, start + UNITS_PER_PAGE)
    return {
      asOf: toLocalIso(now),
      days: days.map(({ askedBy, day, dueAt }) => ({ day, askedBy, dueAt: toLocalIso(dueAt) })),
      units: page.map(({ name, unitCode }) => ({
        unitCode,
        unitName: name,
        cells: days.map((day) => {
          const { at, eventCode, note, state } = standing(unitCode, day)
          return {
            state,
            at: at === null ? null : toLocalIso(at),
            note: note === null ? null : maskNumbers(note),
            eventCode,
          }
        }),
      })),
      counts: countStates(last === undefined ? [] : units.map(({ unitCode }) => standing(unitCode, last).state)),
      total: units.length,
      nextCursor: start + UNITS_PER_PAGE < units.length ? toCursor([start + UNITS_PER_PAGE]) : null,
    }
  })
}
