import type { PersonHoursItem, RosterHours, RosterHoursInput } from '@zhidu/contract'
import { type KnownShift, listHolidays, listRosterAsKnown, type ReadonlyDb } from '@zhidu/db'
import {
  addDays,
  HOUR_MS,
  isYearAnnounced,
  localDateOf,
  maskName,
  maskPhone,
  type PersonHours,
  rankForRotation,
  ROSTER_ROLES,
  type Span,
  startOfLocalDay,
  tabulateHours,
  toLocalIso,
  toPlainDate,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { withSnapshot } from '../snapshot.ts'
import { loadDutyUnit, mayKeep } from './keeper.ts'

const TWO_DECIMALS = 100

function hoursOf(ms: number): number {
  return Math.round((ms / HOUR_MS) * TWO_DECIMALS) / TWO_DECIMALS
}

function toItem(
  row: PersonHours,
  { isMasked, phone, turn }: { readonly isMasked: boolean; readonly phone: string | null; readonly turn: number },
): PersonHoursItem {
  return {
    role: row.role,
    person: isMasked ? maskName(row.person) : row.person,
    post: row.post,
    phone: phone === null || !isMasked ? phone : maskPhone(phone),
    shiftCount: row.shiftCount,
    hours: hoursOf(row.total),
    nightHours: hoursOf(row.night),
    holidayHours: hoursOf(row.holiday),
    longestHours: hoursOf(row.longest),
    ofMean: row.ofMean,
    isOverMean: row.isOverMean,
    isTooLong: row.isTooLong,
    turn,
  }
}

/** The last number somebody was reached by. */
function phoneOf(shifts: readonly KnownShift[], { person, role }: PersonHours): string | null {
  return shifts.findLast((one) => one.role === role && one.person === person && one.phone !== null)?.phone ?? null
}

function yearsOf({ from, to }: Span): number[] {
  const [first, last] = [localDateOf(from), localDateOf(to - 1)].map((date) => Number(date.slice(0, 4)))
  return Array.from({ length: (last ?? 0) - (first ?? 0) + 1 }, (_, step) => (first ?? 0) + step)
}

/** Hours per person of a unit over days, and whose turn it is; `isMasked` hides names. */
export async function readHours(
  db: ReadonlyDb,
  ctx: ServiceContext,
  input: Pick<RosterHoursInput, 'unitCode' | 'from' | 'to'>,
  isMasked: boolean,
): Promise<RosterHours & { readonly unitName: string }> {
  const { unitCode } = input
  const period = {
    from: startOfLocalDay(toPlainDate(input.from)),
    to: startOfLocalDay(addDays(toPlainDate(input.to), 1)),
  }
  const unit = await loadDutyUnit(db, ctx, unitCode)
  const asked = { unitCodes: [unitCode], at: period.from, until: period.to, knownAt: ctx.clock() }
  const shifts = await listRosterAsKnown(db, asked)
  const holidays = await listHolidays(db)
  const isHoliday = (date: string): boolean =>
    holidays.some(({ firstDayOff, lastDayOff }) => firstDayOff <= date && date <= lastDayOff)
  const rows = tabulateHours({ shifts, period, isHoliday })
  const ranks = new Map(ROSTER_ROLES.flatMap((role) => rankForRotation(rows, role).map((row, at) => [row, at + 1])))
  return {
    unitName: unit.name,
    from: toLocalIso(period.from),
    to: toLocalIso(period.to),
    isMasked,
    notAnnounced: yearsOf(period).filter((year) => !isYearAnnounced(year, holidays)),
    people: rows.map((row) => toItem(row, { isMasked, phone: phoneOf(shifts, row), turn: ranks.get(row) ?? 1 })),
  }
}

export function getRosterHours(ctx: ServiceContext, input: RosterHoursInput): Promise<RosterHours> {
  const isMasked = !mayKeep(ctx, input.unitCode)
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const { unitName: _, ...hours } = await readHours(db, ctx, input, isMasked)
    return hours
  })
}
