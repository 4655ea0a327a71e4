import { type CasesWaiting, type SupervisionCaseList, type SupervisionCaseListInput } from '@zhidu/contract'
import {
  countSupervisionCases,
  listCaseSteps,
  listSupervisionCases,
  type ReadonlyDb,
  type SupervisionCaseFilter,
} from '@zhidu/db'
import {
  CASE_STATE_AFTER,
  CASE_STATES,
  type CaseMoved,
  type CaseState,
  LAMPS,
  localDateOf,
  toLocalIso,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { loadNames } from '../draw/office.ts'
import { listHiddenFirsts } from '../inspection/blind.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { loadHolidays, ownUnitOf, toLoadedCase } from './load-case.ts'
import { type CaseReader, toCaseItem } from './to-item.ts'

const ITEMS_PER_PAGE = 50
/** More checks than are notified in one step. */
const MOST_TO_NOTIFY = 200
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const MOVES = Object.keys(CASE_STATE_AFTER) as CaseMoved[]

function movedInto(states: readonly CaseState[]): CaseMoved[] {
  return MOVES.filter((moved) => states.includes(CASE_STATE_AFTER[moved]))
}

const OPEN = CASE_STATES.filter((state) => state !== 'struck_off' && state !== 'dismissed')

function startOf(cursor: string | undefined): { foundAt: number; caseId: string } | null {
  if (cursor === undefined) return null
  const { at, keys } = fromCursor(cursor, 1)
  const caseId = keys[0] ?? ''
  if (!UUID.test(caseId)) throw new ServiceError('invalid', 'cursor_unknown')
  return { foundAt: at, caseId }
}

async function wholeOf(db: ReadonlyDb, ctx: ServiceContext): Promise<SupervisionCaseFilter> {
  const hidden = await listHiddenFirsts(db, ctx)
  const nothing = { unitCode: null, finding: null, moved: null, lamp: null, waitsFor: null }
  return { ...nothing, hidden, today: localDateOf(ctx.clock()) }
}

async function countStates(db: ReadonlyDb, ctx: ServiceContext): Promise<SupervisionCaseList['counts']> {
  const whole = await wholeOf(db, ctx)
  const states = Object.fromEntries(CASE_STATES.map((state) => [state, 0])) as Record<CaseState, number>
  const lamps = Object.fromEntries(LAMPS.map((lamp) => [lamp, 0])) as Record<(typeof LAMPS)[number], number>
  for (const { count, lamp, moved } of await countSupervisionCases(db, whole)) {
    states[CASE_STATE_AFTER[moved]] += count
    lamps[lamp] += count
  }
  const own = ownUnitOf(ctx)
  const mine = own === null ? [] : await countSupervisionCases(db, { ...whole, waitsFor: own })
  return { states, lamps, waiting: mine.reduce((sum, { count }) => sum + count, 0) }
}

/** Checks of the reader's office with findings that nobody was told of. */
async function listToNotify(db: ReadonlyDb, ctx: ServiceContext): Promise<SupervisionCaseList['toNotify']> {
  const own = ownUnitOf(ctx)
  const may = ctx.actor.kind === 'account' && ctx.actor.permissions.has('cases.handle')
  if (own === null || !may) return { inspectionIds: [], findings: 0 }
  const filter = { ...(await wholeOf(db, ctx)), moved: ['found'] as const, waitsFor: own }
  const rows = await listSupervisionCases(db, filter, { after: null, limit: MOST_TO_NOTIFY })
  return { inspectionIds: [...new Set(rows.map(({ inspectionId }) => inspectionId))], findings: rows.length }
}

function movedOf({ state, view }: SupervisionCaseListInput): CaseMoved[] | null {
  if (state !== undefined) return movedInto([state])
  return view === 'open' ? movedInto(OPEN) : null
}

/** 整改台账: in reach by today's tree, newest check first, fifty a page; the counts are of all. */
export function listCases(ctx: ServiceContext, input: SupervisionCaseListInput): Promise<SupervisionCaseList> {
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const { cursor, finding, lamp, unitCode, view } = input
    const own = ownUnitOf(ctx)
    const filter: SupervisionCaseFilter = {
      ...(await wholeOf(db, ctx)),
      unitCode: unitCode ?? null,
      finding: finding ?? null,
      moved: movedOf(input),
      lamp: lamp ?? null,
      // Nothing waits for who is of no unit.
      waitsFor: view === 'waiting' ? (own ?? '') : null,
    }
    const rows = await listSupervisionCases(db, filter, { after: startOf(cursor), limit: ITEMS_PER_PAGE + 1 })
    const shown = rows.slice(0, ITEMS_PER_PAGE)
    const steps = await listCaseSteps(
      db,
      shown.map(({ caseId }) => caseId),
    )
    const stepsOf = Map.groupBy(steps, ({ caseId }) => caseId)
    const holidays = await loadHolidays(db, ctx)
    const reader: CaseReader = { today, own, nameOf: await loadNames(db, ctx) }
    const last = rows.length > ITEMS_PER_PAGE ? shown.at(-1) : undefined
    return {
      asOf: toLocalIso(ctx.clock()),
      counts: await countStates(db, ctx),
      toNotify: await listToNotify(db, ctx),
      items: shown.map((row) => toCaseItem(toLoadedCase(row, stepsOf.get(row.caseId) ?? [], holidays), reader)),
      nextCursor: last === undefined ? null : toCursor([last.foundAt, last.caseId]),
    }
  })
}

/** What of all this waits for the reader. */
export function getCasesWaiting(ctx: ServiceContext): Promise<CasesWaiting> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const { lamps, waiting } = await countStates(db, ctx)
    return { asOf: toLocalIso(ctx.clock()), waiting, overdue: lamps.red }
  })
}
