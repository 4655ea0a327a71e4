import type { PlainDate, Regulation } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'

/** Who did it and when; id null = a command at the machine. */
export interface RegulationAuthor {
  readonly at: number
  readonly by: string
  readonly byId: string | null
}

interface DraftKey {
  readonly id: string
  readonly version: string
  /** The revision that is changed; another one there = nothing is changed. */
  readonly revision: number
}

function asJson(document: Regulation) {
  return sql<Regulation>`${JSON.stringify(document)}::jsonb`
}

/** Adds a draft; false when there is a version of that name. */
export async function insertDraft(db: Db, document: Regulation, { at, by, byId }: RegulationAuthor): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('regulation')
    .values({
      regulation_id: document.id,
      version: document.version,
      effective_from: null,
      document: asJson(document),
      state: 'draft',
      changed_at: instant(at),
      changed_by: by,
      changed_by_id: byId,
    })
    .onConflict((conflict) => conflict.columns(['regulation_id', 'version']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

function draftUpdate(db: Db, { id, revision, version }: DraftKey) {
  return db
    .updateTable('regulation')
    .where('regulation_id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .where('revision', '=', revision)
}

/** False when the draft of that revision is not there any more. */
export async function updateDraft(
  db: Db,
  key: DraftKey,
  document: Regulation,
  { at, by, byId }: RegulationAuthor,
): Promise<boolean> {
  const { numUpdatedRows } = await draftUpdate(db, key)
    .set({
      document: asJson(document),
      revision: key.revision + 1,
      changed_at: instant(at),
      changed_by: by,
      changed_by_id: byId,
    })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** False when the draft of that revision is not there any more. */
export async function deleteDraft(db: Db, { id, revision, version }: DraftKey): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('regulation')
    .where('regulation_id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .where('revision', '=', revision)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** False when the draft of that revision is not there any more. Throws on a second one for the same day. */
export async function publishDraft(
  db: Db,
  key: DraftKey,
  document: Regulation & { readonly effectiveFrom: PlainDate | null },
  { at, by, byId }: RegulationAuthor,
): Promise<boolean> {
  const { numUpdatedRows } = await draftUpdate(db, key)
    .set({
      document: asJson(document),
      effective_from: document.effectiveFrom,
      state: 'published',
      published_at: instant(at),
      published_by: by,
      published_by_id: byId,
    })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
