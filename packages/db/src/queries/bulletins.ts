import type { Quarter } from '@zhidu/domain'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import type { BulletinStepKind } from '../schema-bulletins.ts'
import { inScope } from '../transaction/scope.ts'

/** An office's bulletin, or a correction of one. */
export interface BulletinRow {
  readonly bulletinId: string
  readonly unitCode: string
  readonly quarter: Quarter
  readonly kind: 'bulletin' | 'correction'
  readonly frozenVersion: number
  readonly corrects: string | null
}

export interface BulletinRevisionRow {
  readonly bulletinId: string
  readonly revision: number
  readonly baseRevision: number
  /** JSON; null unless asked for. */
  readonly document: string | null
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
  readonly byId: string | null
}

export interface BulletinStepRow {
  readonly bulletinId: string
  readonly seq: number
  readonly kind: BulletinStepKind
  readonly revision: number
  readonly note: string | null
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
}

/** Who writes, and when; epoch ms. `id` null = a command at the machine. */
export interface BulletinAuthor {
  readonly at: number
  readonly name: string
  readonly id: string | null
}

/** Bulletins in reach, newest quarter first, a correction behind what it corrects. */
export function listBulletins(db: ReadonlyDb): Promise<BulletinRow[]> {
  return db
    .selectFrom('bulletin')
    .select([
      'bulletin_id as bulletinId',
      'unit_code as unitCode',
      'quarter',
      'kind',
      'frozen_version as frozenVersion',
      'corrects',
    ])
    .$call(inScope(db, 'bulletins', 'unit_code'))
    .orderBy('quarter', 'desc')
    .orderBy('unit_code')
    .orderBy('kind')
    .orderBy('frozen_version')
    .orderBy('bulletin_id')
    .execute()
}

interface RevisionFilter {
  readonly bulletinIds: readonly string[]
  /** Missing = without its document; else of these revisions alone, with it. */
  readonly revisions?: readonly number[]
}

/** Revisions of some bulletins, newest first. */
export function listBulletinRevisions(
  db: ReadonlyDb,
  { bulletinIds, revisions }: RevisionFilter,
): Promise<BulletinRevisionRow[]> {
  return db
    .selectFrom('bulletin_revision')
    .select([
      'bulletin_id as bulletinId',
      'revision',
      'base_revision as baseRevision',
      'at',
      'by_name as byName',
      'by_id as byId',
    ])
    .select((eb) =>
      revisions === undefined ? eb.val<string | null>(null).as('document') : eb.ref('document').as('document'),
    )
    .where('bulletin_id', 'in', bulletinIds.length === 0 ? [NO_ID] : bulletinIds)
    .$if(revisions !== undefined, (query) => query.where('revision', 'in', [0, ...(revisions ?? [])]))
    .$call(inScope(db, 'bulletin-revisions', 'unit_code'))
    .orderBy('bulletin_id')
    .orderBy('revision', 'desc')
    .execute()
}

const NO_ID = '00000000-0000-0000-0000-000000000000'

/** What happened to some bulletins, oldest first. */
export function listBulletinSteps(db: ReadonlyDb, bulletinIds: readonly string[]): Promise<BulletinStepRow[]> {
  return db
    .selectFrom('bulletin_step')
    .select(['bulletin_id as bulletinId', 'seq', 'kind', 'revision', 'note', 'at', 'by_name as byName'])
    .where('bulletin_id', 'in', bulletinIds.length === 0 ? [NO_ID] : bulletinIds)
    .$call(inScope(db, 'bulletin-steps', 'unit_code'))
    .orderBy('bulletin_id')
    .orderBy('seq')
    .execute()
}

export async function insertBulletin(db: Db, row: BulletinRow, author: BulletinAuthor): Promise<void> {
  await db
    .insertInto('bulletin')
    .values({
      bulletin_id: row.bulletinId,
      unit_code: row.unitCode,
      quarter: row.quarter,
      kind: row.kind,
      frozen_version: row.frozenVersion,
      corrects: row.corrects,
      created_at: instant(author.at),
      created_by: author.name,
      created_by_id: author.id,
    })
    .execute()
}

export async function insertBulletinRevision(
  db: Db,
  row: Pick<BulletinRow, 'bulletinId' | 'unitCode'> &
    Pick<BulletinRevisionRow, 'revision' | 'baseRevision'> & { readonly document: string },
  author: BulletinAuthor,
): Promise<void> {
  await db
    .insertInto('bulletin_revision')
    .values({
      bulletin_id: row.bulletinId,
      revision: row.revision,
      unit_code: row.unitCode,
      base_revision: row.baseRevision,
      document: row.document,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}

export async function insertBulletinStep(
  db: Db,
  row: Pick<BulletinRow, 'bulletinId' | 'unitCode'> & Pick<BulletinStepRow, 'seq' | 'kind' | 'revision' | 'note'>,
  author: BulletinAuthor & { readonly id: string },
): Promise<void> {
  await db
    .insertInto('bulletin_step')
    .values({
      bulletin_id: row.bulletinId,
      seq: row.seq,
      unit_code: row.unitCode,
      kind: row.kind,
      revision: row.revision,
      note: row.note,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}
