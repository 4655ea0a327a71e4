import type { RevealRosterInput, RosterDay, RosterInput, RosterPage } from '@zhidu/contract'
import {
  asReadonly,
  type DutyLineVersion,
  type KnownShift,
  listDutyLineVersions,
  listHolidays,
  listRosterAsKnown,
  listRosterChanges,
  listShiftsOfPeople,
  type ReadonlyDb,
  type RosterChangeRow,
} from '@zhidu/db'
import {
  addDays,
  dayStateOf,
  findRosterConflicts,
  findRosterGaps,
  type HolidayBlock,
  isPeriodOn,
  localDateOf,
  maskName,
  maskNumbers,
  type PlainDate,
  type RosterConflict,
  type SpecialPeriod,
  startOfLocalDay,
  toLocalIso,
  toPlainDate,
} from '@zhidu/domain'
import { mayReveal } from '../actor.ts'
import { withChange } from '../audit/record-audit.ts'
import { asksUnit, listPeriodsInForce } from '../calendar/periods-in-force.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { loadRoster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { loadDutyUnit, mayKeep } from './keeper.ts'
import { maskLine, maskPerson, toConflictItem, toGapItem } from './roster-items.ts'

const MOST_CHANGES = 200
const MOST_LINES = 60

function toDay(date: PlainDate, holidays: readonly HolidayBlock[], periods: readonly SpecialPeriod[]): RosterDay {
  const block = holidays.find(({ firstDayOff, lastDayOff }) => firstDayOff <= date && date <= lastDayOff)
  const isMakeup = holidays.some(({ makeupWorkdays }) => makeupWorkdays.includes(date))
  const special = periods
    .filter((period) => isPeriodOn(period, date))
    .map(({ asksDoubleLeaders, title }) => ({ title, asksDoubleLeaders }))
  return { date, state: dayStateOf(date, holidays), holiday: block?.name ?? null, isMakeup, special }
}

function daysBetween(from: PlainDate, to: PlainDate): PlainDate[] {
  const days: PlainDate[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

/** Conflicts of a unit's people, also with what stands in other units in reach. */
export async function listConflictsOf(
  db: ReadonlyDb,
  shifts: readonly KnownShift[],
  span: { readonly from: number; readonly to: number },
): Promise<RosterConflict[]> {
  const units = new Set(shifts.map(({ unitCode }) => unitCode))
  const people = [...new Set(shifts.map(({ person }) => person))]
  const found = findRosterConflicts(await listShiftsOfPeople(db, { people, ...span }))
  return found.filter(({ first, second }) => units.has(first.unitCode) || units.has(second.unitCode))
}

function toChange(row: RosterChangeRow, isMasked: boolean): RosterPage['changes'][number] {
  const name = (text: string | null): string | null => (text === null || !isMasked ? text : maskName(text))
  const { changeCode, isLate, kind, reason } = row
  return {
    changeCode,
    kind,
    isLate,
    from: toLocalIso(row.from),
    to: toLocalIso(row.to),
    askedBy: name(row.askedBy),
    agreedBy: name(row.agreedBy),
    reason: reason === null || !isMasked ? reason : maskNumbers(reason),
    recordedAt: toLocalIso(row.recordedAt),
    by: row.byName,
  }
}

function toLine(line: DutyLineVersion, isMasked: boolean): RosterPage['lines'][number] {
  const { byName, fromAt, recordedAt, replacedAt, ...rest } = line
  return {
    ...rest,
    number: maskLine(line.number, isMasked),
    forwardingReason:
      rest.forwardingReason === null || !isMasked ? rest.forwardingReason : maskNumbers(rest.forwardingReason),
    recordedAt: toLocalIso(recordedAt),
    replacedAt: replacedAt === null ? null : toLocalIso(replacedAt),
    fromAt: fromAt === null ? null : toLocalIso(fromAt),
    by: byName,
  }
}

/** `isMasked`: names of people and their own numbers are hidden. */
async function readRoster(
  db: ReadonlyDb,
  ctx: ServiceContext,
  input: Pick<RosterInput, 'unitCode' | 'from' | 'to'>,
  isMasked: boolean,
): Promise<RosterPage> {
  const { unitCode } = input
  const [firstOn, lastOn] = [toPlainDate(input.from), toPlainDate(input.to)]
  const span = { from: startOfLocalDay(firstOn), to: startOfLocalDay(addDays(lastOn, 1)) }
  const unit = await loadDutyUnit(db, ctx, unitCode)
  const asked = { unitCodes: [unitCode], at: span.from, until: span.to, knownAt: ctx.clock() }
  const shifts = await listRosterAsKnown(db, asked)
  const changes = await listRosterChanges(db, { unitCode, ...span, limit: MOST_CHANGES })
  const late = new Set(changes.filter(({ isLate }) => isLate).map(({ importId }) => importId))
  const holidays = await listHolidays(db)
  const periods = await listPeriodsInForce(db, asksUnit(await loadRoster(db), unitCode, lastOn))
  const words = { isMasked, nameOf: await loadNames(db, ctx) }
  return {
    unitCode,
    unitName: unit.name,
    dutyMode: unit.dutyMode,
    asOf: toLocalIso(ctx.clock()),
    from: toLocalIso(span.from),
    to: toLocalIso(span.to),
    isMasked,
    mayKeep: mayKeep(ctx, unitCode),
    mayReveal: mayReveal(ctx.actor),
    days: daysBetween(firstOn, lastOn).map((date) => toDay(date, holidays, periods)),
    shifts: shifts.map((shift) => {
      const { endsAt, importId, person, phone, post, recordedAt, role, startsAt } = maskPerson(shift, isMasked)
      const at = { startsAt: toLocalIso(startsAt), endsAt: toLocalIso(endsAt), recordedAt: toLocalIso(recordedAt) }
      return { role, person, post, phone, ...at, isLate: late.has(importId) }
    }),
    gaps: findRosterGaps(shifts, span, unit.dutyMode).map(toGapItem),
    conflicts: (await listConflictsOf(db, shifts, span)).map((one) => toConflictItem(one, words)),
    changes: changes.map((row) => toChange(row, isMasked)),
    lines: (await listDutyLineVersions(db, unitCode, MOST_LINES)).map((line) => toLine(line, isMasked)),
  }
}

/** A unit's roster of some days as it is known now, with what was done about it; whole for its own keeper, else masked. */
export function getRoster(ctx: ServiceContext, input: RosterInput): Promise<RosterPage> {
  const isMasked = !mayKeep(ctx, input.unitCode)
  return withSnapshot(ctx, localDateOf(ctx.clock()), (db) => readRoster(db, ctx, input, isMasked))
}

/** The same with names and numbers, for a reason that goes into the audit trail. Throws ServiceError `forbidden`. */
export function revealRoster(ctx: ServiceContext, input: RevealRosterInput): Promise<RosterPage> {
  if (!mayReveal(ctx.actor)) return Promise.reject(new ServiceError('forbidden', 'role_forbids'))
  const { from, reason, to, unitCode } = input
  const what = { action: 'roster.reveal', object: `unitCode/${unitCode}`, detail: { from, to, reason } }
  return withChange(ctx, what, (trx) => readRoster(asReadonly(trx), ctx, input, false))
}
