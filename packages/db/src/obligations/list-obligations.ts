import type { Level, ObligationKind, ObligationSort, Outcome, Quarter } from '@zhidu/domain'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'

export interface ObligationRow {
  readonly unitCode: string
  readonly kind: ObligationKind
  readonly ref: string
  readonly level: Level | null
  readonly arisesAt: number
  readonly dueAt: number
  readonly regulationId: string
  readonly regulationVersion: string
  readonly clause: string
  readonly outcome: Outcome
  /** Place by the sort: the official order of units, or of outcomes; 0 by due. */
  readonly place: number
}

export interface ObligationFilter {
  readonly quarter: Quarter
  /** Epoch ms: those owed by then, and how they stood. */
  readonly asOf: number
  readonly unitCode: string | null
  readonly kind: ObligationKind | null
  readonly outcome: Outcome | null
  readonly level: Level | null
  readonly preReported: boolean
  readonly reopened: boolean
}

/** Where a page begins: after this row. */
export interface ObligationPlace {
  readonly place: number
  readonly dueAt: number
  readonly unitCode: string
  readonly kind: string
  readonly ref: string
}

/** How an obligation stood at an instant, looked up in what was put down; NULL = not owed yet. */
function outcomeAt(asOf: number): RawBuilder<Outcome | null> {
  return sql<Outcome | null>`o.turns_to[width_bucket(${instant(asOf)}, o.turns_at)]`
}

function filtered(db: ReadonlyDb, filter: ObligationFilter) {
  const { asOf, kind, level, outcome, preReported, quarter, reopened, unitCode } = filter
  const at = instant(asOf)
  return db
    .selectFrom('obligation as o')
    .where('o.quarter', '=', quarter)
    .where('o.replaced_at', 'is', null)
    .where(sql<SqlBool>`o.turns_at[1] <= ${at}`)
    .$if(unitCode !== null, (query) => query.where('o.unit_code', '=', unitCode ?? ''))
    .$if(kind !== null, (query) => query.where('o.kind', '=', kind as ObligationKind))
    .$if(level !== null, (query) => query.where('o.level', '=', level as Level))
    .$if(outcome !== null, (query) => query.where(sql<SqlBool>`${outcomeAt(asOf)} = ${outcome}`))
    .$if(preReported, (query) => query.where('o.pre_reported_at', '<=', at))
    .$if(reopened, (query) => query.where('o.reopened_at', '<=', at))
}

/** What comes first when sorted by outcome: what asks for something to be done. */
const BY_OUTCOME = sql`array['missing', 'not_yet_due', 'late', 'on_time']`

function placeBy(sort: ObligationSort, asOf: number): RawBuilder<number> {
  switch (sort) {
    case 'due':
      return sql<number>`0`
    case 'unit':
      return sql<number>`unit.position`
    case 'outcome':
      return sql<number>`array_position(${BY_OUTCOME}, ${outcomeAt(asOf)})`
  }
}

export function obligationsQuery(
  db: ReadonlyDb,
  filter: ObligationFilter,
  page: { readonly sort: ObligationSort; readonly after: ObligationPlace | null; readonly limit: number },
) {
  const { after, limit, sort } = page
  const place = placeBy(sort, filter.asOf)
  const listed = filtered(db, filter)
    .$call(inScope(db, 'obligations', 'o.unit_code'))
    .$if(sort === 'unit', (query) => query.innerJoin('unit', 'unit.unit_code', 'o.unit_code'))
    .select([
      'o.unit_code as unitCode',
      'o.kind',
      'o.ref',
      'o.level',
      'o.arises_at as arisesAt',
      'o.due_at as dueAt',
      'o.regulation_id as regulationId',
      'o.regulation_version as regulationVersion',
      'o.clause',
    ])
    .select([outcomeAt(filter.asOf).$castTo<Outcome>().as('outcome'), place.as('place')])
    .limit(limit)
  // By due the index gives the order; a place in front of it would hide that.
  const isByDue = sort === 'due'
  const key = sql`o.due_at, o.unit_code, o.kind, o.ref`
  const started =
    after === null
      ? listed
      : listed.where(
          sql<SqlBool>`(${isByDue ? sql`` : sql`${place}, `}${key}) > (${isByDue ? sql`` : sql`${after.place}, `}${instant(after.dueAt)}, ${after.unitCode}, ${after.kind}, ${after.ref})`,
        )
  return (isByDue ? started : started.orderBy(place))
    .orderBy('o.due_at')
    .orderBy('o.unit_code')
    .orderBy('o.kind')
    .orderBy('o.ref')
}

/** What is owed in a quarter as of an instant; by the official order of units or by outcome, then by when it is due. */
export function listObligationRows(
  db: ReadonlyDb,
  filter: ObligationFilter,
  page: { readonly sort: ObligationSort; readonly after: ObligationPlace | null; readonly limit: number },
): Promise<ObligationRow[]> {
  return obligationsQuery(db, filter, page).execute()
}

export function obligationCountsQuery(db: ReadonlyDb, filter: ObligationFilter) {
  const some = filtered(db, filter)
    .$call(inScope(db, 'obligation-counts', 'o.unit_code'))
    .select([outcomeAt(filter.asOf).$castTo<Outcome>().as('outcome'), 'o.kind'])
    .as('some')
  return db
    .selectFrom(some)
    .select(['outcome', 'kind', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy(['outcome', 'kind'])
    .orderBy('kind')
    .orderBy('outcome')
}

/** How many of each sort stood how, of those that pass. */
export function countObligations(
  db: ReadonlyDb,
  filter: ObligationFilter,
): Promise<{ outcome: Outcome; kind: ObligationKind; count: number }[]> {
  return obligationCountsQuery(db, filter).execute()
}
