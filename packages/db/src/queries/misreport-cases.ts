import type { MisreportKind, MisreportMoved, MisreportSource, MisreportStepKind, PlainDate } from '@zhidu/domain'
import { sql, type SqlBool } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { AboutCase } from './case-steps.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** A suspicion of a misreport as a case. Times: epoch ms. */
export interface MisreportCaseRow extends AboutCase {
  readonly caseCode: string
  /** When it was opened. */
  readonly officeName: string
  readonly kind: MisreportKind
  readonly eventCode: string | null
  readonly source: MisreportSource
  readonly superiorAt: number
  readonly openedAt: number
}

export interface MisreportStepRow {
  readonly caseId: string
  readonly position: number
  readonly kind: MisreportStepKind
  readonly at: number
  readonly byName: string
  readonly byId: string
  readonly note: string | null
  readonly lastDay: PlainDate | null
  readonly workingDays: number | null
  readonly files: readonly string[]
  /** JSON as it was handed in. */
  readonly figures: string | null
  readonly confirmedAs: MisreportKind | null
  readonly sharePercent: number | null
  readonly isAgainstRule: boolean
}

export interface MisreportCaseFilter {
  readonly unitCode: string | null
  readonly kind: MisreportKind | null
  readonly eventCode: string | null
  /** Only cases that are over, or that are not. */
  readonly isOver: boolean | null
  /** Only what waits for this unit or office. */
  readonly waitsFor: string | null
  readonly today: PlainDate
  /** Only what the superior knew before this; epoch ms. */
  readonly superiorBefore?: number
}

/** Of a case `c`: what last moved it, and as what it stands confirmed. */
const MOVED = sql<MisreportMoved>`(select s.kind from misreport_step s where s.case_id = c.case_id
  and s.kind not in ('received', 'supplemented') order by s.position desc limit 1)`
const AS = sql<MisreportKind | null>`(select s.confirmed_as from misreport_step s where s.case_id = c.case_id
  and s.kind = 'confirmed' order by s.position desc limit 1)`
const LAST_DAY = sql<PlainDate | null>`(select s.last_day from misreport_step s where s.case_id = c.case_id
  and s.kind = 'notified')`
const IS_OVER = sql<SqlBool>`(${MOVED} in ('dismissed', 'countersigned')
  or (${MOVED} = 'confirmed' and ${AS} in ('understated', 'omitted')))`

const waitsFor = (own: string, today: PlainDate) => sql<SqlBool>`(
  (c.unit_code = ${own} and ${MOVED} = 'notified')
  or (c.office_code = ${own} and (${MOVED} in ('opened', 'explained', 'declined')
    or (${MOVED} = 'confirmed' and ${AS} in ('false', 'concealed'))
    or (${MOVED} = 'notified' and ${LAST_DAY} < ${today}::date))))`

const COLUMNS = [
  'c.case_id as caseId',
  'c.case_code as caseCode',
  'c.unit_code as unitCode',
  'c.office_code as officeCode',
  'c.office_name as officeName',
  'c.kind',
  'c.event_code as eventCode',
  'c.source',
  'c.superior_at as superiorAt',
  'c.opened_at as openedAt',
] as const

function baseQuery(db: ReadonlyDb, filter: MisreportCaseFilter) {
  const { eventCode, isOver, kind, superiorBefore, today, unitCode, waitsFor: own } = filter
  return db
    .selectFrom('misreport_case as c')
    .$if(unitCode !== null, (query) => query.where('c.unit_code', '=', unitCode ?? ''))
    .$if(kind !== null, (query) => query.where('c.kind', '=', kind ?? 'omitted'))
    .$if(eventCode !== null, (query) => query.where('c.event_code', '=', eventCode ?? ''))
    .$if(superiorBefore !== undefined, (query) => query.where('c.superior_at', '<', instant(superiorBefore ?? 0)))
    .$if(isOver !== null, (query) => query.where(sql<SqlBool>`${IS_OVER} = ${isOver}`))
    .$if(own !== null, (query) => query.where(waitsFor(own ?? '', today)))
}

/** Newest first. */
export function listMisreportCases(
  db: ReadonlyDb,
  filter: MisreportCaseFilter,
  page: { readonly after: { readonly openedAt: number; readonly caseId: string } | null; readonly limit: number },
): Promise<MisreportCaseRow[]> {
  const { after, limit } = page
  return baseQuery(db, filter)
    .select(COLUMNS)
    .$if(after !== null, (query) =>
      query.where(
        sql<SqlBool>`(c.opened_at, c.case_id) < (${instant(after?.openedAt ?? 0)}, ${after?.caseId ?? null}::uuid)`,
      ),
    )
    .$call(inScope(db, 'misreport-cases', 'c.unit_code'))
    .orderBy('c.opened_at', 'desc')
    .orderBy('c.case_id', 'desc')
    .limit(limit)
    .execute()
}

export interface MisreportCaseCount {
  readonly moved: MisreportMoved
  readonly as: MisreportKind | null
  readonly count: number
}

/** How many stand how. */
export function countMisreportCases(db: ReadonlyDb, filter: MisreportCaseFilter): Promise<MisreportCaseCount[]> {
  const standing = baseQuery(db, filter)
    .select([MOVED.as('moved'), AS.as('as')])
    .$call(inScope(db, 'misreport-case-counts', 'c.unit_code'))
  return db
    .selectFrom(standing.as('s'))
    .select(['s.moved', 's.as', sql<number>`count(*)`.as('count')])
    .groupBy(['s.moved', 's.as'])
    .orderBy('s.moved')
    .orderBy('s.as')
    .execute()
}

export function findMisreportCase(db: ReadonlyDb, caseId: string): Promise<MisreportCaseRow | undefined> {
  return db
    .selectFrom('misreport_case as c')
    .select(COLUMNS)
    .where('c.case_id', '=', caseId)
    .$call(inScope(db, 'misreport-case', 'c.unit_code'))
    .executeTakeFirst()
}

/** By case, in their order. */
export function listMisreportSteps(db: ReadonlyDb, caseIds: readonly string[]): Promise<MisreportStepRow[]> {
  return db
    .selectFrom('misreport_step as s')
    .select([
      's.case_id as caseId',
      's.position',
      's.kind',
      's.at',
      's.by_name as byName',
      's.by_id as byId',
      's.note',
      's.last_day as lastDay',
      's.working_days as workingDays',
      's.files',
      's.figures',
      's.confirmed_as as confirmedAs',
      's.share_percent as sharePercent',
      's.is_against_rule as isAgainstRule',
    ])
    .where('s.case_id', '=', sql<string>`any (${[...caseIds]}::uuid[])`)
    .$call(inScope(db, 'misreport-steps', 's.unit_code'))
    .orderBy('s.case_id')
    .orderBy('s.position')
    .execute()
}

/** Opens a case under the next number of the year, and gives that. */
export async function insertMisreportCase(
  db: Db,
  row: Omit<MisreportCaseRow, 'caseCode'>,
  year: number,
): Promise<string> {
  const { rows } = await sql<{ code: string }>`select next_misreport_code(${year}::integer) as code`.execute(db)
  const caseCode = rows[0]?.code ?? ''
  await db
    .insertInto('misreport_case')
    .values({
      case_id: row.caseId,
      case_code: caseCode,
      unit_code: row.unitCode,
      office_code: row.officeCode,
      office_name: row.officeName,
      kind: row.kind,
      event_code: row.eventCode,
      source: row.source,
      superior_at: instant(row.superiorAt),
      opened_at: instant(row.openedAt),
    })
    .execute()
  return caseCode
}

/** Adds the next step; the database refuses one that does not follow, and one person where two are needed. */
export async function insertMisreportStep(
  db: Db,
  about: AboutCase,
  step: Omit<MisreportStepRow, 'caseId' | 'at' | 'byName' | 'byId'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('misreport_step')
    .values({
      case_id: about.caseId,
      position: step.position,
      unit_code: about.unitCode,
      office_code: about.officeCode,
      kind: step.kind,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
      note: step.note,
      last_day: step.lastDay,
      working_days: step.workingDays,
      files: [...step.files],
      figures: step.figures,
      confirmed_as: step.confirmedAs,
      share_percent: step.sharePercent,
      is_against_rule: step.isAgainstRule,
    })
    .execute()
}
