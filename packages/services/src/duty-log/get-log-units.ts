import type { LogClosureInput, LogClosureShares, LogClosureTable, LogUnits, LogUnitsInput } from '@zhidu/contract'
import {
  countLogDays,
  countOpenLogs,
  listHandovers,
  listHandoverSteps,
  listLogItemsOfUnits,
  listRosterAsKnown,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  addDays,
  listMembers,
  listShiftChanges,
  localDateOf,
  type LogClosure,
  openHoursOf,
  type PlainDate,
  quarterRange,
  startOfLocalDay,
  tabulateLogClosure,
  toLocalIso,
  toLogItems,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { loadRoster } from '../league/load-roster.ts'
import { listUnitsBelow } from '../meeting/units-below.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'

const MOST_HANDOVERS = 10_000

/** Changes of shift of a span that nobody took over, by unit. */
async function countUntaken(
  db: ReadonlyDb,
  ctx: ServiceContext,
  unitCodes: readonly string[],
  from: number,
): Promise<Map<string, number>> {
  const now = ctx.clock()
  const shifts = await listRosterAsKnown(db, { unitCodes, at: from, until: now + 1, knownAt: now })
  const filter = { handoverId: null, unitCode: null, changeAt: null, isWaiting: false }
  const rows = (await listHandovers(db, filter, { before: null, limit: MOST_HANDOVERS })).filter(
    ({ changeAt }) => from <= changeAt && changeAt <= now,
  )
  const ids = rows.map(({ handoverId }) => handoverId)
  const taken = new Set(
    (await listHandoverSteps(db, ids)).filter(({ kind }) => kind === 'taken').map(({ handoverId }) => handoverId),
  )
  const done = new Set(
    rows.filter(({ handoverId }) => taken.has(handoverId)).map(({ changeAt, unitCode }) => `${unitCode}/${changeAt}`),
  )
  const officers = Map.groupBy(
    shifts.filter(({ role }) => role === 'officer'),
    ({ unitCode }) => unitCode,
  )
  return new Map(
    [...officers].map(([unitCode, own]) => {
      const changes = listShiftChanges(own, { from, to: now })
      return [unitCode, changes.filter(({ at }) => !done.has(`${unitCode}/${at}`)).length]
    }),
  )
}

/** How the units one level below the reader's office keep their logs, in official order: entries by day, what is open, handovers not taken. */
export function getLogUnits(ctx: ServiceContext, { days: count }: LogUnitsInput): Promise<LogUnits> {
  const { unitCode: office } = officeOf(ctx)
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const now = ctx.clock()
    const days = Array.from({ length: count }, (_, index): PlainDate => addDays(today, index + 1 - count))
    const [firstOn = today] = days
    const units = await listUnitsBelow(db, office, today)
    const unitCodes = units.map(({ unitCode }) => unitCode)
    const byDay = new Map(
      (await countLogDays(db, { unitCodes, firstOn, lastOn: today })).map((row) => [
        `${row.unitCode}/${row.day}`,
        row.count,
      ]),
    )
    const open = new Map((await countOpenLogs(db, unitCodes)).map((row) => [row.unitCode, row]))
    const untaken = await countUntaken(db, ctx, unitCodes, startOfLocalDay(firstOn))
    return {
      asOf: toLocalIso(now),
      days,
      units: units.map(({ name, unitCode }) => {
        const own = open.get(unitCode)
        return {
          unitCode,
          unitName: name,
          counts: days.map((day) => byDay.get(`${unitCode}/${day}`) ?? 0),
          openCount: own?.count ?? 0,
          oldestAt: own === undefined ? null : toLocalIso(own.oldestAt),
          oldestId: own?.oldestId ?? null,
          oldestHours: own === undefined ? null : openHoursOf(own.oldestAt, now),
          untakenCount: untaken.get(unitCode) ?? 0,
        }
      }),
    }
  })
}

function toShares({ oldestOpenAt, ...closure }: LogClosure): LogClosureShares {
  return { ...closure, oldestOpenAt: oldestOpenAt === null ? null : toLocalIso(oldestOpenAt) }
}

/**
 * How logs of a quarter were closed: of every unit in reach, or of one. A unit that wrote nothing is a row. Throws ServiceError `not_found` for a unit
 * out of reach. Card: docs/indicators/log-closure.md
 */
export function getLogClosure(ctx: ServiceContext, { quarter, unitCode }: LogClosureInput): Promise<LogClosureTable> {
  const asOf = resolveAsOf(ctx, undefined)
  return withSnapshot(ctx, scopeDay(quarter, asOf), async (db) => {
    const { periodsOf } = await loadRoster(db)
    if (unitCode !== undefined && !periodsOf.has(unitCode)) {
      throw new ServiceError('not_found', 'unit_unknown', { unitCode })
    }
    const members = listMembers(periodsOf, quarter).map((period) => period.unitCode)
    const unitCodes = unitCode === undefined ? members : [unitCode]
    const { regulation } = await loadRules(db, quarter)
    const closeWithinHours = regulation.dutyLog?.closeWithinHours ?? null
    const facts = await listLogItemsOfUnits(db, { unitCodes, range: quarterRange(quarter) })
    const itemsOf = new Map(
      [...Map.groupBy(facts, (fact) => fact.unitCode)].map(([code, own]) => [code, toLogItems(own)]),
    )
    const nameOf = await loadNames(db, ctx)
    const tabulate = (items: Parameters<typeof tabulateLogClosure>[0]) =>
      toShares(tabulateLogClosure(items, { asOf, closeWithinHours }))
    const { id, notice, title, version } = regulation
    return {
      quarter,
      asOf: toLocalIso(asOf),
      regulation: { id, version, title, notice },
      closeWithinHours,
      total: tabulate([...itemsOf.values()].flat()),
      units: unitCodes.map((code) => ({
        unitCode: code,
        unitName: nameOf(code),
        ...tabulate(itemsOf.get(code) ?? []),
      })),
    }
  })
}
