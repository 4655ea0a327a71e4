import type { CheckMethod, Finding } from '@zhidu/domain'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import type { InspectionPurpose, InspectionResult } from '../schema-inspections.ts'
import { inScope } from '../transaction/scope.ts'

/** One check as it was received, without its document. */
export interface InspectionRow {
  readonly inspectionId: string
  readonly checkCode: string
  readonly unitCode: string
  readonly officeCode: string
  readonly method: CheckMethod
  readonly purpose: InspectionPurpose
  readonly drawId: string | null
  readonly orderId: string | null
  /** Epoch ms, on this server's clock. */
  readonly at: number
  readonly uncertaintyMs: number
  readonly clockBasis: 'monotonic' | 'wall' | 'none'
  readonly deviceErrorMs: number
  readonly elapsedMs: number
  readonly inspectors: readonly string[]
  readonly recordedBy: string
  readonly recordedById: string
  readonly receivedAt: number
  readonly regulationId: string
  readonly regulationVersion: string
  readonly contentHash: string
  readonly result: InspectionResult
}

export interface InspectionContent {
  /** In its one spelling. */
  readonly document: string
  readonly checklistId: string
  readonly checklistVersion: number
  /** JSON of the version that was followed. */
  readonly checklist: string
}

/** What of a check is still open. */
export interface InspectionProgress {
  readonly undecided: number
  readonly filesMissing: number
}

const COLUMNS = [
  'i.inspection_id as inspectionId',
  'i.check_code as checkCode',
  'i.unit_code as unitCode',
  'i.office_code as officeCode',
  'i.method',
  'i.purpose',
  'i.draw_id as drawId',
  'i.order_id as orderId',
  'i.at',
  'i.uncertainty_ms as uncertaintyMs',
  'i.clock_basis as clockBasis',
  'i.device_error_ms as deviceErrorMs',
  'i.elapsed_ms as elapsedMs',
  'i.inspectors',
  'i.recorded_by as recordedBy',
  'i.recorded_by_id as recordedById',
  'i.received_at as receivedAt',
  'i.regulation_id as regulationId',
  'i.regulation_version as regulationVersion',
  'i.content_hash as contentHash',
  'i.result',
] as const

const UNDECIDED = sql<number>`(select count(*) from inspection_finding f where f.inspection_id = i.inspection_id and not exists (
  select from inspection_decision d where d.inspection_id = f.inspection_id and d.finding = f.finding))`
const FILES_MISSING = sql<number>`(select count(*) from inspection_file f where f.inspection_id = i.inspection_id and not exists (
  select from inspection_file_receipt r where r.inspection_id = f.inspection_id and r.sha256 = f.sha256))`

export interface InspectionFilter {
  /** Start included, end not; epoch ms. */
  readonly range: { readonly from: number; readonly to: number }
  readonly unitCode: string | null
  readonly method: CheckMethod | null
  readonly purpose: InspectionPurpose | null
  readonly finding: Finding | null
  /** Not to be told to who asks. */
  readonly hidden: readonly string[]
}

export interface InspectionCursor {
  readonly at: number
  readonly inspectionId: string
}

/** What a standing asks for; null = does not matter. */
export interface InspectionStanding {
  readonly results: readonly InspectionResult[]
  readonly hasUndecided: boolean | null
  readonly hasFilesMissing: boolean | null
}

function baseQuery(db: ReadonlyDb, { finding, hidden, method, purpose, range, unitCode }: InspectionFilter) {
  return db
    .selectFrom('inspection as i')
    .where('i.at', '>=', instant(range.from))
    .where('i.at', '<', instant(range.to))
    .where('i.inspection_id', '<>', sql<string>`all (${[...hidden]}::uuid[])`)
    .$if(unitCode !== null, (query) => query.where('i.unit_code', '=', unitCode ?? ''))
    .$if(method !== null, (query) => query.where('i.method', '=', method ?? 'phone'))
    .$if(purpose !== null, (query) => query.where('i.purpose', '=', purpose ?? 'drawn'))
    .$if(finding !== null, (query) =>
      query.where(
        sql<SqlBool>`exists (select from inspection_finding f where f.inspection_id = i.inspection_id and f.finding = ${finding})`,
      ),
    )
}

function stands({ hasFilesMissing, hasUndecided, results }: InspectionStanding): RawBuilder<SqlBool> {
  const is = (count: RawBuilder<number>, wanted: boolean | null) =>
    wanted === null ? sql`true` : wanted ? sql`${count} > 0` : sql`${count} = 0`
  return sql<SqlBool>`(i.result = any (${[...results]}::text[]) and ${is(UNDECIDED, hasUndecided)}
    and ${is(FILES_MISSING, hasFilesMissing)})`
}

export interface InspectionPageQuery {
  readonly standing: InspectionStanding | null
  readonly after: InspectionCursor | null
  readonly limit: number
}

/** Newest first. */
export function listInspections(
  db: ReadonlyDb,
  filter: InspectionFilter,
  { after, limit, standing }: InspectionPageQuery,
): Promise<(InspectionRow & InspectionProgress)[]> {
  return baseQuery(db, filter)
    .select([...COLUMNS, UNDECIDED.as('undecided'), FILES_MISSING.as('filesMissing')])
    .$if(standing !== null, (query) => query.where(standing === null ? sql<SqlBool>`true` : stands(standing)))
    .$if(after !== null, (query) =>
      query.where(
        sql<SqlBool>`(i.at, i.inspection_id) < (${instant(after?.at ?? 0)}, ${after?.inspectionId ?? null}::uuid)`,
      ),
    )
    .$call(inScope(db, 'inspections', 'i.reader_code'))
    .orderBy('i.at', 'desc')
    .orderBy('i.inspection_id', 'desc')
    .limit(limit)
    .execute()
}

export interface InspectionCount {
  readonly result: InspectionResult
  readonly hasUndecided: boolean
  readonly hasFilesMissing: boolean
  readonly count: number
}

/** How many stand how. */
export function countInspections(db: ReadonlyDb, filter: InspectionFilter): Promise<InspectionCount[]> {
  const standing = baseQuery(db, filter)
    .select([
      'i.result',
      sql<boolean>`${UNDECIDED} > 0`.as('hasUndecided'),
      sql<boolean>`${FILES_MISSING} > 0`.as('hasFilesMissing'),
    ])
    .$call(inScope(db, 'inspection-counts', 'i.reader_code'))
  return db
    .selectFrom(standing.as('s'))
    .select(['s.result', 's.hasUndecided', 's.hasFilesMissing', sql<number>`count(*)`.as('count')])
    .groupBy(['s.result', 's.hasUndecided', 's.hasFilesMissing'])
    .orderBy('s.result')
    .orderBy('s.hasUndecided')
    .orderBy('s.hasFilesMissing')
    .execute()
}

export function findInspection(
  db: ReadonlyDb,
  inspectionId: string,
): Promise<(InspectionRow & InspectionContent & InspectionProgress) | undefined> {
  return db
    .selectFrom('inspection as i')
    .select([
      ...COLUMNS,
      'i.document',
      'i.checklist_id as checklistId',
      'i.checklist_version as checklistVersion',
      'i.checklist',
      UNDECIDED.as('undecided'),
      FILES_MISSING.as('filesMissing'),
    ])
    .where('i.inspection_id', '=', inspectionId)
    .$call(inScope(db, 'inspection', 'i.reader_code'))
    .executeTakeFirst()
}

/** The check as a phone recorded it behind one on record; null = there is none, or not in reach. */
export async function findInspectionIdOfCheck(db: ReadonlyDb, checkCode: string): Promise<string | null> {
  const found = await db
    .selectFrom('inspection as i')
    .select('i.inspection_id as inspectionId')
    .where('i.check_code', '=', checkCode)
    .$call(inScope(db, 'inspection-of-check', 'i.reader_code'))
    .executeTakeFirst()
  return found?.inspectionId ?? null
}

/** What was received of these units since an instant (epoch ms), newest first. */
export function listInspectionsOfUnits(
  db: ReadonlyDb,
  { from, unitCodes }: { readonly unitCodes: readonly string[]; readonly from: number },
): Promise<(InspectionRow & InspectionProgress)[]> {
  return db
    .selectFrom('inspection as i')
    .select([...COLUMNS, UNDECIDED.as('undecided'), FILES_MISSING.as('filesMissing')])
    .where('i.unit_code', '=', sql<string>`any (${[...unitCodes]}::text[])`)
    .where('i.at', '>=', instant(from))
    .$call(inScope(db, 'inspections-of-units', 'i.reader_code'))
    .orderBy('i.at', 'desc')
    .orderBy('i.inspection_id', 'desc')
    .execute()
}

/** False when there is one of that id or number already, whoever may read it. */
export async function insertInspection(db: Db, row: InspectionRow & InspectionContent): Promise<boolean> {
  const { officeCode, purpose, unitCode } = row
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('inspection')
    .values({
      inspection_id: row.inspectionId,
      check_code: row.checkCode,
      unit_code: unitCode,
      office_code: officeCode,
      reader_code: purpose === 'second' || purpose === 'upper' ? officeCode : unitCode,
      method: row.method,
      purpose,
      draw_id: row.drawId,
      order_id: row.orderId,
      at: instant(row.at),
      uncertainty_ms: row.uncertaintyMs,
      clock_basis: row.clockBasis,
      device_error_ms: row.deviceErrorMs,
      elapsed_ms: row.elapsedMs,
      inspectors: [...row.inspectors],
      recorded_by: row.recordedBy,
      recorded_by_id: row.recordedById,
      received_at: instant(row.receivedAt),
      checklist_id: row.checklistId,
      checklist_version: row.checklistVersion,
      checklist: row.checklist,
      regulation_id: row.regulationId,
      regulation_version: row.regulationVersion,
      document: row.document,
      content_hash: row.contentHash,
      result: row.result,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
