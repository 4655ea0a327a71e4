import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { InstantRange } from './list-case-reports.ts'

/** What a check is compared by. */
export interface InspectionContentRow {
  readonly inspectionId: string
  readonly unitCode: string
  readonly officeCode: string
  /** Epoch ms. */
  readonly at: number
  readonly regulationId: string
  readonly regulationVersion: string
  /** JSON in its one spelling. */
  readonly document: string
  /** JSON of the version that was followed. */
  readonly checklist: string
}

/** Some checks with their documents, by id. */
export function listInspectionContents(
  db: ReadonlyDb,
  inspectionIds: readonly string[],
): Promise<InspectionContentRow[]> {
  return db
    .selectFrom('inspection as i')
    .select([
      'i.inspection_id as inspectionId',
      'i.unit_code as unitCode',
      'i.office_code as officeCode',
      'i.at',
      'i.regulation_id as regulationId',
      'i.regulation_version as regulationVersion',
      'i.document',
      'i.checklist',
    ])
    .where('i.inspection_id', '=', sql<string>`any (${[...inspectionIds]}::uuid[])`)
    .$call(inScope(db, 'inspection-contents', 'i.reader_code'))
    .orderBy('i.inspection_id')
    .execute()
}

/** Where an inspector was, as JSON of the document: a place, or the word why there is none. */
export interface InspectionPlacesRow {
  readonly inspectionId: string
  readonly unitCode: string
  readonly startPlace: string
  readonly endPlace: string
}

/** Places of the checks of a range, by id; `from` included, `to` not. */
export function listInspectionPlaces(db: ReadonlyDb, range: InstantRange): Promise<InspectionPlacesRow[]> {
  return db
    .selectFrom('inspection as i')
    .select([
      'i.inspection_id as inspectionId',
      'i.unit_code as unitCode',
      sql<string>`i.document::json ->> 'startPlace'`.as('startPlace'),
      sql<string>`i.document::json ->> 'endPlace'`.as('endPlace'),
    ])
    .where('i.at', '>=', instant(range.from))
    .where('i.at', '<', instant(range.to))
    .$call(inScope(db, 'inspection-places', 'i.reader_code'))
    .orderBy('i.inspection_id')
    .execute()
}
