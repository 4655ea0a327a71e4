import type { AppealState, AppealStepKind, DeductionCode, Dimension, Hundredths, Quarter } from '@zhidu/domain'
import { sql, type SqlBool } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

export interface AboutAppeal {
  readonly appealId: string
  readonly unitCode: string
  readonly officeCode: string
}

export interface AppealRow extends AboutAppeal {
  readonly quarter: Quarter
  readonly ref: string
  readonly code: DeductionCode
  /** Of the deduction; epoch ms. */
  readonly at: number
  readonly dimension: Dimension
  readonly clause: string
  readonly points: Hundredths
  /** Epoch ms. */
  readonly openedAt: number
}

export interface AppealStepRow {
  readonly appealId: string
  readonly position: number
  readonly kind: AppealStepKind
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
  readonly byId: string
  readonly note: string | null
  readonly files: readonly string[]
}

export interface AppealFilter {
  readonly quarter: Quarter | null
  readonly unitCode: string | null
  readonly officeCode: string | null
  readonly states: readonly AppealState[] | null
  /** Whose texts that were not handed in are told; null = nobody's. */
  readonly own: string | null
}

const STATE = sql<AppealState>`(select s.kind from appeal_step s where s.appeal_id = a.appeal_id
  order by s.position desc limit 1)`
const IS_HANDED_IN = sql<SqlBool>`exists (select from appeal_step s where s.appeal_id = a.appeal_id and s.kind = 'submitted')`

function baseQuery(db: ReadonlyDb, { officeCode, own, quarter, states, unitCode }: AppealFilter) {
  return db
    .selectFrom('appeal as a')
    .where((eb) => eb.or([IS_HANDED_IN, eb('a.unit_code', '=', own ?? '')]))
    .$if(quarter !== null, (query) => query.where('a.quarter', '=', quarter as Quarter))
    .$if(unitCode !== null, (query) => query.where('a.unit_code', '=', unitCode ?? ''))
    .$if(officeCode !== null, (query) => query.where('a.office_code', '=', officeCode ?? ''))
    .$if(states !== null, (query) => query.where(sql<SqlBool>`${STATE} = any (${[...(states ?? [])]}::text[])`))
}

const COLUMNS = [
  'a.appeal_id as appealId',
  'a.unit_code as unitCode',
  'a.office_code as officeCode',
  'a.quarter',
  'a.ref',
  'a.code',
  'a.at',
  'a.dimension',
  'a.clause',
  'a.points',
  'a.opened_at as openedAt',
] as const

/** Newest first. */
export function listAppeals(
  db: ReadonlyDb,
  filter: AppealFilter,
  { after, limit }: { readonly after: Pick<AppealRow, 'openedAt' | 'appealId'> | null; readonly limit: number },
): Promise<AppealRow[]> {
  return baseQuery(db, filter)
    .select(COLUMNS)
    .$if(after !== null, (query) =>
      query.where(
        sql<SqlBool>`(a.opened_at, a.appeal_id) < (${instant(after?.openedAt ?? 0)}, ${after?.appealId ?? null}::uuid)`,
      ),
    )
    .$call(inScope(db, 'appeals', 'a.unit_code'))
    .orderBy('a.opened_at', 'desc')
    .orderBy('a.appeal_id', 'desc')
    .limit(limit)
    .execute()
}

/** How many stand how, by code of the deduction. */
export function countAppeals(
  db: ReadonlyDb,
  filter: AppealFilter,
): Promise<
  { readonly state: AppealState; readonly code: DeductionCode; readonly clause: string; readonly count: number }[]
> {
  const standing = baseQuery(db, filter)
    .select([STATE.as('state'), 'a.code', 'a.clause'])
    .$call(inScope(db, 'appeal-counts', 'a.unit_code'))
  return db
    .selectFrom(standing.as('s'))
    .select(['s.state', 's.code', 's.clause', sql<number>`count(*)`.as('count')])
    .groupBy(['s.state', 's.code', 's.clause'])
    .orderBy('s.code')
    .orderBy('s.clause')
    .orderBy('s.state')
    .execute()
}

/** One by its id, the one against a deduction, or those against deductions of one event or check. */
export function findAppeals(
  db: ReadonlyDb,
  which:
    | { readonly appealId: string }
    | { readonly ref: string }
    | Pick<AppealRow, 'unitCode' | 'quarter' | 'ref' | 'code' | 'at'>,
): Promise<AppealRow[]> {
  return db
    .selectFrom('appeal as a')
    .select(COLUMNS)
    .$call((query) => {
      if ('appealId' in which) return query.where('a.appeal_id', '=', which.appealId)
      const about = query.where('a.ref', '=', which.ref)
      if (!('unitCode' in which)) return about
      return about
        .where('a.unit_code', '=', which.unitCode)
        .where('a.quarter', '=', which.quarter)
        .where('a.code', '=', which.code)
        .where('a.at', '=', instant(which.at))
    })
    .$call(inScope(db, 'appeal', 'a.unit_code'))
    .orderBy('a.appeal_id')
    .execute()
}

export async function insertAppeal(db: Db, row: AppealRow): Promise<void> {
  await db
    .insertInto('appeal')
    .values({
      appeal_id: row.appealId,
      unit_code: row.unitCode,
      office_code: row.officeCode,
      quarter: row.quarter,
      ref: row.ref,
      code: row.code,
      at: instant(row.at),
      dimension: row.dimension,
      clause: row.clause,
      points: row.points,
      opened_at: instant(row.openedAt),
    })
    .execute()
}

/** By appeal, in their order. */
export function listAppealSteps(db: ReadonlyDb, appealIds: readonly string[]): Promise<AppealStepRow[]> {
  return db
    .selectFrom('appeal_step as s')
    .select([
      's.appeal_id as appealId',
      's.position',
      's.kind',
      's.at',
      's.by_name as byName',
      's.by_id as byId',
      's.note',
      's.files',
    ])
    .where('s.appeal_id', '=', sql<string>`any (${[...appealIds]}::uuid[])`)
    .$call(inScope(db, 'appeal-steps', 's.unit_code'))
    .orderBy('s.appeal_id')
    .orderBy('s.position')
    .execute()
}

/** Adds the next step; the database refuses one that does not follow. */
export async function insertAppealStep(
  db: Db,
  about: AboutAppeal,
  step: Pick<AppealStepRow, 'kind' | 'position' | 'note' | 'files'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('appeal_step')
    .values({
      appeal_id: about.appealId,
      position: step.position,
      unit_code: about.unitCode,
      office_code: about.officeCode,
      kind: step.kind,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
      note: step.note,
      files: [...step.files],
    })
    .execute()
}
