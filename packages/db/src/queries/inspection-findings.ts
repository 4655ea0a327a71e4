import type { CaseMoved, Finding } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'
import { CASE_MOVED } from './supervision-cases.ts'

/** Which check, whose it is, and of which unit it was made: what every part of it bears. */
export interface AboutInspection {
  readonly inspectionId: string
  readonly unitCode: string
  readonly officeCode: string
  /** Within whose reach it is read. */
  readonly readerCode: string
}

/** What a check found, and what was decided. */
export interface InspectionFindingRow {
  readonly inspectionId: string
  readonly finding: Finding
  readonly clause: string
  readonly isSuspected: boolean
  readonly items: readonly string[]
  readonly files: readonly string[]
  /** Null = nobody has decided. */
  readonly outcome: 'confirmed' | 'dismissed' | null
  readonly reason: string | null
  /** Epoch ms. */
  readonly at: number | null
  readonly byName: string | null
  /** Null = decided before there were cases. */
  readonly caseId: string | null
  readonly moved: CaseMoved
}

/** By check and finding. */
export function listInspectionFindings(
  db: ReadonlyDb,
  inspectionIds: readonly string[],
): Promise<InspectionFindingRow[]> {
  return db
    .selectFrom('inspection_finding as f')
    .leftJoin('inspection_decision as d', (join) =>
      join.onRef('d.inspection_id', '=', 'f.inspection_id').onRef('d.finding', '=', 'f.finding'),
    )
    .leftJoin('supervision_case as c', (join) =>
      join.onRef('c.inspection_id', '=', 'f.inspection_id').onRef('c.finding', '=', 'f.finding'),
    )
    .select([
      'f.inspection_id as inspectionId',
      'f.finding',
      'f.clause',
      'f.is_suspected as isSuspected',
      'f.items',
      'f.files',
      'd.outcome',
      'd.reason',
      'd.at',
      'd.by_name as byName',
      'c.case_id as caseId',
      CASE_MOVED.as('moved'),
    ])
    .where('f.inspection_id', '=', sql<string>`any (${[...inspectionIds]}::uuid[])`)
    .$call(inScope(db, 'inspection-findings', 'f.reader_code'))
    .orderBy('f.inspection_id')
    .orderBy('f.finding')
    .execute()
}

export async function insertInspectionFindings(
  db: Db,
  about: AboutInspection,
  findings: readonly Pick<InspectionFindingRow, 'finding' | 'clause' | 'isSuspected' | 'items' | 'files'>[],
): Promise<void> {
  if (findings.length === 0) return
  await db
    .insertInto('inspection_finding')
    .values(
      findings.map(({ clause, files, finding, isSuspected, items }) => ({
        ...toColumns(about),
        finding,
        clause,
        is_suspected: isSuspected,
        items: [...items],
        files: [...files],
      })),
    )
    .execute()
}

/** False when somebody has decided already. */
export async function insertInspectionDecision(
  db: Db,
  about: AboutInspection,
  decision: Pick<InspectionFindingRow, 'finding'> & {
    readonly outcome: 'confirmed' | 'dismissed'
    readonly reason: string
  },
  author: DrawAuthor,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('inspection_decision')
    .values({
      ...toColumns(about),
      finding: decision.finding,
      outcome: decision.outcome,
      reason: decision.reason,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** As the columns of every part of a check. */
export function toColumns({ inspectionId, officeCode, readerCode, unitCode }: AboutInspection) {
  return { inspection_id: inspectionId, unit_code: unitCode, office_code: officeCode, reader_code: readerCode }
}
