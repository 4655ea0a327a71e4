import {
  type CaseMoved,
  type CaseStepKind,
  type Finding,
  type Lamp,
  type PlainDate,
  RECURRENCE_DAYS,
} from '@zhidu/domain'
import { sql, type SqlBool } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'

/** One finding of a check as a case. */
export interface SupervisionCaseRow {
  readonly caseId: string
  readonly unitCode: string
  readonly officeCode: string
  /** When it was found. */
  readonly officeName: string
  readonly inspectionId: string
  readonly checkCode: string
  readonly finding: Finding
  readonly clause: string
  /** Of the check; epoch ms. */
  readonly foundAt: number
  readonly regulationId: string
  readonly regulationVersion: string
  readonly inspectors: readonly string[]
  readonly recordedById: string
}

export interface SupervisionCaseFilter {
  readonly unitCode: string | null
  readonly finding: Finding | null
  readonly moved: readonly CaseMoved[] | null
  readonly lamp: Lamp | null
  /** Only what waits for this unit or office. */
  readonly waitsFor: string | null
  /** Checks not to be told of to who asks. */
  readonly hidden: readonly string[]
  readonly today: PlainDate
}

/** Of a case `c`: what last moved it; `found` = nothing yet. */
export const CASE_MOVED = sql<CaseMoved>`coalesce((select s.kind from case_step s where s.case_id = c.case_id
  and s.kind not in ('received', 'escalated') order by s.position desc limit 1), 'found')`
const LAST_DAY = sql<PlainDate | null>`(select s.last_day from case_step s where s.case_id = c.case_id
  and s.kind in ('notified', 'ordered', 'returned') order by s.position desc limit 1)`

/** Amber from three days before the last day on, as `lampOf` of the domain. */
const lampAt = (today: PlainDate) => sql<Lamp>`(case
  when ${CASE_MOVED} not in ('notified', 'ordered', 'returned') or ${LAST_DAY} is null then 'off'
  when ${LAST_DAY} < ${today}::date then 'red'
  when ${LAST_DAY} <= ${today}::date + 3 then 'amber'
  else 'green' end)`

const waitsFor = (own: string, today: PlainDate) => sql<SqlBool>`(
  (c.unit_code = ${own} and ${CASE_MOVED} in ('notified', 'ordered', 'returned'))
  or (c.office_code = ${own} and (${CASE_MOVED} in ('found', 'explained', 'confirmed', 'submitted', 'closed')
    or (${CASE_MOVED} = 'notified' and ${LAST_DAY} < ${today}::date))))`

function baseQuery(db: ReadonlyDb, filter: SupervisionCaseFilter) {
  const { finding, hidden, lamp, moved, today, unitCode, waitsFor: own } = filter
  return db
    .selectFrom('supervision_case as c')
    .where('c.inspection_id', '<>', sql<string>`all (${[...hidden]}::uuid[])`)
    .$if(unitCode !== null, (query) => query.where('c.unit_code', '=', unitCode ?? ''))
    .$if(finding !== null, (query) => query.where('c.finding', '=', finding ?? 'absent'))
    .$if(moved !== null, (query) => query.where(sql<SqlBool>`${CASE_MOVED} = any (${[...(moved ?? [])]}::text[])`))
    .$if(lamp !== null, (query) => query.where(sql<SqlBool>`${lampAt(today)} = ${lamp}`))
    .$if(own !== null, (query) => query.where(waitsFor(own ?? '', today)))
}

const COLUMNS = [
  'c.case_id as caseId',
  'c.unit_code as unitCode',
  'c.office_code as officeCode',
  'c.office_name as officeName',
  'c.inspection_id as inspectionId',
  'i.check_code as checkCode',
  'c.finding',
  'f.clause',
  'c.found_at as foundAt',
  'i.regulation_id as regulationId',
  'i.regulation_version as regulationVersion',
  'i.inspectors',
  'i.recorded_by_id as recordedById',
] as const

export interface SupervisionCasePage {
  readonly after: { readonly foundAt: number; readonly caseId: string } | null
  readonly limit: number
}

/** Newest check first. */
export function listSupervisionCases(
  db: ReadonlyDb,
  filter: SupervisionCaseFilter,
  { after, limit }: SupervisionCasePage,
): Promise<SupervisionCaseRow[]> {
  return baseQuery(db, filter)
    .innerJoin('inspection as i', 'i.inspection_id', 'c.inspection_id')
    .innerJoin('inspection_finding as f', (join) =>
      join.onRef('f.inspection_id', '=', 'c.inspection_id').onRef('f.finding', '=', 'c.finding'),
    )
    .select(COLUMNS)
    .$if(after !== null, (query) =>
      query.where(
        sql<SqlBool>`(c.found_at, c.case_id) < (${instant(after?.foundAt ?? 0)}, ${after?.caseId ?? null}::uuid)`,
      ),
    )
    .$call(inScope(db, 'supervision-cases', 'c.unit_code'))
    .orderBy('c.found_at', 'desc')
    .orderBy('c.case_id', 'desc')
    .limit(limit)
    .execute()
}

export interface SupervisionCaseCount {
  readonly moved: CaseMoved
  readonly lamp: Lamp
  readonly count: number
}

/** How many stand how. */
export function countSupervisionCases(db: ReadonlyDb, filter: SupervisionCaseFilter): Promise<SupervisionCaseCount[]> {
  const standing = baseQuery(db, filter)
    .select([CASE_MOVED.as('moved'), lampAt(filter.today).as('lamp')])
    .$call(inScope(db, 'supervision-case-counts', 'c.unit_code'))
  return db
    .selectFrom(standing.as('s'))
    .select(['s.moved', 's.lamp', sql<number>`count(*)`.as('count')])
    .groupBy(['s.moved', 's.lamp'])
    .orderBy('s.moved')
    .orderBy('s.lamp')
    .execute()
}

/** One by its id, or all of some checks, by check and finding. */
export function findSupervisionCases(
  db: ReadonlyDb,
  which: { readonly caseId: string } | { readonly inspectionIds: readonly string[] },
): Promise<SupervisionCaseRow[]> {
  return db
    .selectFrom('supervision_case as c')
    .innerJoin('inspection as i', 'i.inspection_id', 'c.inspection_id')
    .innerJoin('inspection_finding as f', (join) =>
      join.onRef('f.inspection_id', '=', 'c.inspection_id').onRef('f.finding', '=', 'c.finding'),
    )
    .select(COLUMNS)
    .$call((query) =>
      'caseId' in which
        ? query.where('c.case_id', '=', which.caseId)
        : query.where('c.inspection_id', '=', sql<string>`any (${[...which.inspectionIds]}::uuid[])`),
    )
    .$call(inScope(db, 'supervision-case', 'c.unit_code'))
    .orderBy('c.inspection_id')
    .orderBy('c.finding')
    .execute()
}

/** Opens one for each finding of a check. */
export async function insertSupervisionCases(
  db: Db,
  cases: readonly {
    readonly caseId: string
    readonly unitCode: string
    readonly officeCode: string
    readonly officeName: string
    readonly inspectionId: string
    readonly finding: Finding
    readonly foundAt: number
    readonly openedAt: number
  }[],
): Promise<void> {
  if (cases.length === 0) return
  await db
    .insertInto('supervision_case')
    .values(
      cases.map((one) => ({
        case_id: one.caseId,
        unit_code: one.unitCode,
        office_code: one.officeCode,
        inspection_id: one.inspectionId,
        finding: one.finding,
        found_at: instant(one.foundAt),
        opened_at: instant(one.openedAt),
        office_name: one.officeName,
      })),
    )
    .execute()
}

/** How a case went. Times: epoch ms. */
export interface CaseOutcomeRow {
  readonly caseId: string
  readonly unitCode: string
  readonly finding: Finding
  readonly isConfirmed: boolean
  readonly isDismissed: boolean
  readonly closedAt: number | null
  /** Check that found the same again at that unit after closing, within the days of a recurrence. */
  readonly recurredAt: number | null
  readonly recurredId: string | null
}

const has = (kind: CaseStepKind) =>
  sql<boolean>`exists (select from case_step s where s.case_id = c.case_id and s.kind = ${kind})`

/** Of the cases of checks in a time (epoch ms, half-open), or of one case; by unit and finding. */
export function listCaseOutcomes(
  db: ReadonlyDb,
  which: { readonly caseId: string } | { readonly from: number; readonly to: number },
): Promise<CaseOutcomeRow[]> {
  return db
    .selectFrom('supervision_case as c')
    .leftJoin('case_step as e', (join) => join.onRef('e.case_id', '=', 'c.case_id').on('e.kind', '=', 'closed'))
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('supervision_case as o')
          .select(['o.case_id', 'o.found_at'])
          .whereRef('o.unit_code', '=', 'c.unit_code')
          .whereRef('o.finding', '=', 'c.finding')
          .whereRef('o.found_at', '>', 'e.at')
          .where(sql<SqlBool>`o.found_at <= e.at + make_interval(days => ${RECURRENCE_DAYS}::int)`)
          .where(
            sql<SqlBool>`not exists (select from case_step s where s.case_id = o.case_id and s.kind = 'dismissed')`,
          )
          .orderBy('o.found_at')
          .orderBy('o.case_id')
          .limit(1)
          .as('again'),
      (join) => join.onTrue(),
    )
    .select([
      'c.case_id as caseId',
      'c.unit_code as unitCode',
      'c.finding',
      has('confirmed').as('isConfirmed'),
      has('dismissed').as('isDismissed'),
      'e.at as closedAt',
      'again.found_at as recurredAt',
      'again.case_id as recurredId',
    ])
    .$call((query) =>
      'caseId' in which
        ? query.where('c.case_id', '=', which.caseId)
        : query.where('c.found_at', '>=', instant(which.from)).where('c.found_at', '<', instant(which.to)),
    )
    .$call(inScope(db, 'case-outcomes', 'c.unit_code'))
    .orderBy('c.unit_code')
    .orderBy('c.finding')
    .orderBy('c.case_id')
    .execute()
}
