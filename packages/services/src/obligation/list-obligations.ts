import type { ObligationList, ObligationListInput } from '@zhidu/contract'
import {
  countObligations,
  listObligationBases,
  listObligationRows,
  type ObligationFilter,
  type ObligationPlace,
  type ObligationRow,
  type ReadonlyDb,
} from '@zhidu/db'
import type { ObligationSort, Outcome, Quarter } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { loadRoster } from '../league/load-roster.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules, type Rules } from '../rules/load-rules.ts'
import { loadPresentProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'
import { loadStandings, standingKey } from './load-standings.ts'
import { toObligationBasis } from './obligation-basis.ts'
import { toObligationItem } from './to-obligation-view.ts'

export const ITEMS_PER_PAGE = 50

export function toObligationFilter(input: Omit<ObligationListInput, 'cursor'>, asOf: number): ObligationFilter {
  return {
    quarter: input.quarter,
    asOf,
    unitCode: input.unitCode ?? null,
    kind: input.kind ?? null,
    outcome: input.outcome ?? null,
    level: input.level ?? null,
    preReported: input.preReported === true,
    reopened: input.reopened === true,
  }
}

/** Throws ServiceError `invalid` for a place in a list of another order. */
function placeOf(cursor: string | undefined, sort: ObligationSort): ObligationPlace | null {
  if (cursor === undefined) return null
  const { at, keys } = fromCursor(cursor, 5)
  const [order, place, unitCode = '', kind = '', ref = ''] = keys
  const number = Number(place)
  if (order !== sort || !Number.isSafeInteger(number) || Math.abs(number) > 2_147_483_647) {
    throw new ServiceError('invalid', 'cursor_unknown', {})
  }
  return { dueAt: at, place: number, unitCode, kind, ref }
}

export function toPlace(row: ObligationRow): ObligationPlace {
  return { dueAt: row.dueAt, place: row.place, unitCode: row.unitCode, kind: row.kind, ref: row.ref }
}

async function countTotals(db: ReadonlyDb, filter: ObligationFilter): Promise<ObligationList['totals']> {
  const rows = await countObligations(db, { ...filter, outcome: null })
  const of = (outcome: Outcome): number =>
    rows.reduce((sum, row) => (row.outcome === outcome ? sum + row.count : sum), 0)
  const [onTime, late, missing, notYetDue] = [of('on_time'), of('late'), of('missing'), of('not_yet_due')]
  return { onTime, late, missing, notYetDue, owed: onTime + late + missing + notYetDue }
}

function totalOf(totals: ObligationList['totals'], outcome: Outcome | null): number {
  switch (outcome) {
    case 'on_time':
      return totals.onTime
    case 'late':
      return totals.late
    case 'missing':
      return totals.missing
    case 'not_yet_due':
      return totals.notYetDue
    case null:
      return totals.owed
  }
}

/** False while another set of rules or holidays than those in force stands behind what is on record. */
async function isWrittenBy(db: ReadonlyDb, quarter: Quarter, rules: Rules): Promise<boolean> {
  const written = (await listObligationBases(db)).find((basis) => basis.quarter === quarter)
  const now = toObligationBasis(quarter, rules)
  return (
    written === undefined ||
    (written.regulationId === now.regulationId &&
      written.regulationVersion === now.regulationVersion &&
      written.calendar === now.calendar)
  )
}

/** What is owed in a quarter as of an instant and how it stands, fifty a page; the totals count what passes the filter. */
export async function listObligations(ctx: ServiceContext, input: ObligationListInput): Promise<ObligationList> {
  const asOf = resolveAsOf(ctx, input.asOf)
  const { quarter, sort = 'due' } = input
  const after = placeOf(input.cursor, sort)
  return await withSnapshot(ctx, scopeDay(quarter, asOf), async (db) => {
    const roster = await loadRoster(db)
    const rules = await loadRules(db, quarter)
    const filter = toObligationFilter(input, asOf)
    const rows = await listObligationRows(db, filter, { sort, after, limit: ITEMS_PER_PAGE + 1 })
    const shown = rows.slice(0, ITEMS_PER_PAGE)
    const standings = await loadStandings(db, { named: shown, quarter, roster, rules, asOf })
    const totals = await countTotals(db, filter)
    const last = rows.length > ITEMS_PER_PAGE ? shown.at(-1) : undefined
    return {
      quarter,
      provenance: await loadPresentProvenance(db, quarter, rules.regulation, asOf),
      totals,
      total: totalOf(totals, filter.outcome),
      isAligned: await isWrittenBy(db, quarter, rules),
      items: shown.flatMap((row) => {
        const standing = standings.get(standingKey(row))
        return standing === undefined ? [] : [toObligationItem(standing, asOf)]
      }),
      nextCursor:
        last === undefined
          ? null
          : toCursor([last.dueAt, sort, String(last.place), last.unitCode, last.kind, last.ref]),
    }
  })
}
