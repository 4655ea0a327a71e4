import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** A version of an office's list. */
export interface ChecklistRow {
  readonly id: string
  readonly version: number
  readonly unitCode: string
  /** JSON. */
  readonly content: string
  /** Epoch ms. */
  readonly writtenAt: number
  readonly writtenBy: string
}

/** Every version of an office's lists, newest first. */
export function listChecklists(db: ReadonlyDb, unitCode?: string): Promise<ChecklistRow[]> {
  return db
    .selectFrom('checklist')
    .select(['id', 'version', 'unit_code as unitCode', 'content', 'written_at as writtenAt', 'written_by as writtenBy'])
    .$if(unitCode !== undefined, (query) => query.where('unit_code', '=', unitCode ?? ''))
    .$call(inScope(db, 'checklists', 'unit_code'))
    .orderBy('id')
    .orderBy('version', 'desc')
    .orderBy('unit_code')
    .execute()
}

/** False when somebody wrote that version meanwhile. */
export async function insertChecklist(
  db: Db,
  row: Pick<ChecklistRow, 'id' | 'version' | 'unitCode' | 'content'>,
  author: DrawAuthor,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('checklist')
    .values({
      id: row.id,
      version: row.version,
      unit_code: row.unitCode,
      content: row.content,
      written_at: instant(author.at),
      written_by: author.name,
      written_by_id: author.id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
