import type { RosterUnitItem, RosterUnits, RosterUnitsInput } from '@zhidu/contract'
import { listRosterAsKnown, listRosterCover, type ReadonlyDb, type RosterCoverRow } from '@zhidu/db'
import {
  DAY_MS,
  findRosterGaps,
  HOUR_MS,
  localDateOf,
  ROSTER_STATES,
  ROSTER_UNITS_PER_PAGE,
  type RosterCover,
  type RosterState,
  rosterStateOf,
  type Span,
  startOfLocalDayAt,
  toLocalIso,
  uncoveredOf,
  type UnitPeriod,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { loadUnitsInReach } from '../inspection/units-in-reach.ts'
import { loadRoster } from '../league/load-roster.ts'
import { withSnapshot } from '../snapshot.ts'
import { ownUnitOf } from '../supervision-case/load-case.ts'
import { listConflictsOf } from './get-roster.ts'
import { loadDutyUnit, mayKeep } from './keeper.ts'
import { toConflictItem, toGapItem } from './roster-items.ts'

const SHOWN_GAPS = 3
const WORST_FIRST = { none: 0, gaps: 1, complete: 2 } as const satisfies Record<RosterState, number>

interface Judged {
  readonly unit: UnitPeriod
  readonly state: RosterState
  readonly uncovered: number
}

/** The own unit first, then those one level below, in official order. */
async function listUnits(db: ReadonlyDb, ctx: ServiceContext, own: string | null): Promise<readonly UnitPeriod[]> {
  if (own === null) {
    // Who is of no unit looks from above all.
    const { periodsOf } = await loadRoster(db)
    const tops = [...periodsOf.keys()].filter((code) => periodsOf.get(code)?.at(-1)?.parentCode === null)
    return await Promise.all(tops.map((code) => loadDutyUnit(db, ctx, code)))
  }
  const { below } = await loadUnitsInReach(db, own, ctx.clock())
  return [await loadDutyUnit(db, ctx, own), ...below.values()]
}

function coverOf(rows: readonly RosterCoverRow[]): RosterCover {
  const of = (role: RosterCoverRow['role']): number => rows.find((row) => row.role === role)?.covered ?? 0
  const begins = rows.find(({ role }) => role === null)?.begins ?? 0
  return { leader: of('leader'), officer: of('officer'), cadre: of(null), begins }
}

async function judgeUnits(db: ReadonlyDb, units: readonly UnitPeriod[], span: Span): Promise<Judged[]> {
  const unitCodes = units.map(({ unitCode }) => unitCode)
  const covers = Map.groupBy(await listRosterCover(db, { unitCodes, ...span }), ({ unitCode }) => unitCode)
  return units.map((unit): Judged => {
    const cover = coverOf(covers.get(unit.unitCode) ?? [])
    return {
      unit,
      state: rosterStateOf(cover, span, unit.dutyMode),
      uncovered: uncoveredOf(cover, span, unit.dutyMode),
    }
  })
}

/** What a page of units shows besides its state. */
async function toItems(
  db: ReadonlyDb,
  ctx: ServiceContext,
  shown: readonly Judged[],
  span: Span,
): Promise<RosterUnitItem[]> {
  const unitCodes = shown.map(({ unit }) => unit.unitCode)
  const asked = { unitCodes, at: span.from, until: span.to, knownAt: ctx.clock() }
  const shifts = await listRosterAsKnown(db, asked)
  const shiftsOf = Map.groupBy(shifts, ({ unitCode }) => unitCode)
  const conflicts = await listConflictsOf(db, shifts, span)
  const nameOf = await loadNames(db, ctx)
  return shown.map(({ state, uncovered, unit }) => {
    const gaps = findRosterGaps(shiftsOf.get(unit.unitCode) ?? [], span, unit.dutyMode)
    const own = conflicts.filter(({ first, second }) => [first.unitCode, second.unitCode].includes(unit.unitCode))
    const isMasked = !mayKeep(ctx, unit.unitCode)
    return {
      unitCode: unit.unitCode,
      unitName: unit.name,
      dutyMode: unit.dutyMode,
      state,
      uncoveredHours: Math.round((uncovered / HOUR_MS) * 100) / 100,
      gaps: gaps.slice(0, SHOWN_GAPS).map(toGapItem),
      gapCount: gaps.length,
      conflicts: own.map((one) => toConflictItem(one, { isMasked, nameOf })),
    }
  })
}

/** 值班表未报或有空档: the coming days of the own unit and those one level below, none filed first, then by hours nobody covers. */
export function listRosterUnits(ctx: ServiceContext, input: RosterUnitsInput): Promise<RosterUnits> {
  const now = ctx.clock()
  const from = startOfLocalDayAt(now) + DAY_MS
  const span: Span = { from, to: from + Number(input.days) * DAY_MS }
  const { page = 0, search = '', state } = input
  return withSnapshot(ctx, localDateOf(now), async (db) => {
    const own = ownUnitOf(ctx)
    const judged = await judgeUnits(db, await listUnits(db, ctx, own), span)
    const sought = search.trim().toLowerCase()
    const passing = judged
      .filter((one) => state === undefined || one.state === state)
      .filter(({ unit }) => `${unit.unitCode} ${unit.name}`.toLowerCase().includes(sought))
      .toSorted((a, b) => WORST_FIRST[a.state] - WORST_FIRST[b.state] || b.uncovered - a.uncovered)
    const shown = passing.slice(page * ROSTER_UNITS_PER_PAGE, (page + 1) * ROSTER_UNITS_PER_PAGE)
    const countOf = (one: RosterState): number => judged.filter((each) => each.state === one).length
    const counts = Object.fromEntries(ROSTER_STATES.map((one) => [one, countOf(one)]))
    return {
      asOf: toLocalIso(now),
      from: toLocalIso(span.from),
      to: toLocalIso(span.to),
      ownUnitCode: own,
      // Safe: made of every state.
      counts: counts as RosterUnits['counts'],
      total: passing.length,
      page,
      items: await toItems(db, ctx, shown, span),
    }
  })
}
