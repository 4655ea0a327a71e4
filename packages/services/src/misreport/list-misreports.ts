import type { MisreportList, MisreportListInput, MisreportsWaiting } from '@zhidu/contract'
import {
  countMisreportCases,
  listMisreportCases,
  listMisreportSteps,
  type MisreportCaseFilter,
  type ReadonlyDb,
} from '@zhidu/db'
import { localDateOf, MISREPORT_STATES, type MisreportState, misreportStateAfter, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { loadNames } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { loadHolidays, ownUnitOf } from '../supervision-case/load-case.ts'
import type { CaseReader } from '../supervision-case/to-item.ts'
import { toLoadedMisreport } from './load-misreport.ts'
import { toMisreportItem } from './to-item.ts'

const ITEMS_PER_PAGE = 50
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function startOf(cursor: string | undefined): { openedAt: number; caseId: string } | null {
  if (cursor === undefined) return null
  const { at, keys } = fromCursor(cursor, 1)
  const caseId = keys[0] ?? ''
  if (!UUID.test(caseId)) throw new ServiceError('invalid', 'cursor_unknown')
  return { openedAt: at, caseId }
}

function wholeOf(ctx: ServiceContext): MisreportCaseFilter {
  const today = localDateOf(ctx.clock())
  return { unitCode: null, kind: null, eventCode: null, isOver: null, waitsFor: null, today }
}

async function countStates(db: ReadonlyDb, ctx: ServiceContext): Promise<MisreportList['counts']> {
  const whole = wholeOf(ctx)
  const states = Object.fromEntries(MISREPORT_STATES.map((state) => [state, 0])) as Record<MisreportState, number>
  for (const { as, count, moved } of await countMisreportCases(db, whole)) {
    states[misreportStateAfter(moved, as)] += count
  }
  const own = ownUnitOf(ctx)
  const mine = own === null ? [] : await countMisreportCases(db, { ...whole, waitsFor: own })
  return { states, waiting: mine.reduce((sum, { count }) => sum + count, 0) }
}

function filterOf(ctx: ServiceContext, { eventCode, kind, unitCode, view }: MisreportListInput): MisreportCaseFilter {
  return {
    ...wholeOf(ctx),
    unitCode: unitCode ?? null,
    kind: kind ?? null,
    eventCode: eventCode ?? null,
    isOver: view === 'open' ? false : view === 'over' ? true : null,
    // Nothing waits for who is of no unit.
    waitsFor: view === 'waiting' ? (ownUnitOf(ctx) ?? '') : null,
  }
}

/** 失实漏报案件: in reach by today's tree, newest first, fifty a page; the counts are of all. */
export function listMisreports(ctx: ServiceContext, input: MisreportListInput): Promise<MisreportList> {
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const page = { after: startOf(input.cursor), limit: ITEMS_PER_PAGE + 1 }
    const rows = await listMisreportCases(db, filterOf(ctx, input), page)
    const shown = rows.slice(0, ITEMS_PER_PAGE)
    const steps = await listMisreportSteps(
      db,
      shown.map(({ caseId }) => caseId),
    )
    const stepsOf = Map.groupBy(steps, ({ caseId }) => caseId)
    const holidays = await loadHolidays(db, ctx)
    const own = ownUnitOf(ctx)
    const reader: CaseReader = { today, own, nameOf: await loadNames(db, ctx) }
    const last = rows.length > ITEMS_PER_PAGE ? shown.at(-1) : undefined
    return {
      asOf: toLocalIso(ctx.clock()),
      counts: await countStates(db, ctx),
      mayOpen: own !== null && ctx.actor.kind === 'account' && ctx.actor.permissions.has('cases.handle'),
      items: shown.map((row) =>
        toMisreportItem(toLoadedMisreport(row, stepsOf.get(row.caseId) ?? [], holidays), reader),
      ),
      nextCursor: last === undefined ? null : toCursor([last.openedAt, last.caseId]),
    }
  })
}

/** What of all this waits for the reader. */
export function getMisreportsWaiting(ctx: ServiceContext): Promise<MisreportsWaiting> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const { waiting } = await countStates(db, ctx)
    return { asOf: toLocalIso(ctx.clock()), waiting }
  })
}
