import type { BulletinRevisionKey } from '@zhidu/contract'
import {
  asReadonly,
  insertBulletinRevision,
  listBulletinRevisions,
  lockForTransaction,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  type BulletinDocument,
  type BulletinEdit,
  localDateOf,
  mergeEdits,
  type MergedEdits,
  rebindFields,
  toLocalIso,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { bulletinOfficeOf, type LoadedBulletin, loadBulletin, newestVersionOf, readDocument } from './bulletin-store.ts'
import { loadVersions } from './check-bulletin.ts'
import { resolverOf } from './resolve-figure.ts'

/** A bulletin of the own office that may still be written. Throws ServiceError `not_found`, `conflict` once it is published. */
export async function loadOpen(db: ReadonlyDb, bulletinId: string, unitCode: string): Promise<LoadedBulletin> {
  const bulletin = await loadBulletin(db, bulletinId)
  if (bulletin.row.unitCode !== unitCode) throw new ServiceError('not_found', 'bulletin_unknown')
  const published = bulletin.steps.find(({ kind }) => kind === 'published')
  if (published !== undefined) {
    throw new ServiceError('conflict', 'bulletin_published', { by: published.byName, at: toLocalIso(published.at) })
  }
  return bulletin
}

/** `revision`: what the edits were made in; it need not be the newest. */
export interface SaveArgs extends BulletinRevisionKey {
  readonly edits: readonly BulletinEdit[]
}

function merge(base: BulletinDocument, bulletin: LoadedBulletin, input: SaveArgs): MergedEdits {
  try {
    return mergeEdits(base, bulletin.document, input.edits)
  } catch (error) {
    if (error instanceof RangeError) throw new ServiceError('invalid', 'invalid_request', {}, { cause: error })
    throw error
  }
}

/**
 * Makes edits that were begun in a revision, whatever came after it: different paragraphs are merged into the next revision. Throws
 * ServiceError `conflict` when somebody else changed one of the same paragraphs meanwhile; then nothing is written, and both
 * texts are there to be shown.
 */
export function saveBulletin(ctx: ServiceContext, input: SaveArgs): Promise<BulletinRevisionKey> {
  const { bulletinId, edits, revision: baseRevision } = input
  const what = { action: 'bulletin.save', object: `bulletin/${bulletinId}` }
  return withChange(ctx, what, async (trx, note) => {
    const { author, unitCode } = bulletinOfficeOf(ctx)
    await lockForTransaction(trx, 'bulletins')
    const bulletin = await loadOpen(asReadonly(trx), bulletinId, unitCode)
    const { newest } = bulletin
    const asked = { bulletinIds: [bulletinId], revisions: [baseRevision] }
    const [base] = await listBulletinRevisions(asReadonly(trx), asked)
    if (base === undefined) throw new ServiceError('invalid', 'invalid_request')
    const { conflicts, document } = merge(readDocument(base), bulletin, input)
    if (conflicts.length > 0) {
      throw new ServiceError('conflict', 'bulletin_paragraph_changed', {
        count: String(conflicts.length),
        by: newest.byName,
        at: toLocalIso(newest.at),
      })
    }
    const revision = newest.revision + 1
    const row = { bulletinId, unitCode, revision, baseRevision, document: JSON.stringify(document) }
    await insertBulletinRevision(trx, row, author)
    note.detail = { revision, baseRevision, edits: edits.length }
    return { bulletinId, revision }
  })
}

/** What is computed before the transaction that writes: it holds only if nothing came in between. */
export interface OpenBulletin {
  readonly bulletin: LoadedBulletin
  readonly newestVersion: number
}

/** A bulletin of the own office that may still be written, at a revision that is its newest. */
export async function openBulletin(
  ctx: ServiceContext,
  { bulletinId, revision }: BulletinRevisionKey,
): Promise<OpenBulletin> {
  const { unitCode } = bulletinOfficeOf(ctx)
  return await withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const bulletin = await loadOpen(db, bulletinId, unitCode)
    assertNewest(bulletin, revision)
    return { bulletin, newestVersion: await newestVersionOf(db, bulletin.row) }
  })
}

/** Throws ServiceError `conflict` when the bulletin or its quarter went on meanwhile. */
export async function assertStill(db: ReadonlyDb, { bulletin, newestVersion }: OpenBulletin): Promise<LoadedBulletin> {
  const { newest, row } = bulletin
  const now = await loadOpen(db, row.bulletinId, row.unitCode)
  assertNewest(now, newest.revision)
  if ((await newestVersionOf(db, row)) !== newestVersion) throw new ServiceError('conflict', 'bulletin_stale')
  return now
}

/**
 * Takes every figure from the newest version of the frozen quarter, but for those changed by hand. Throws ServiceError `conflict`
 * when somebody wrote a revision meanwhile, or it is of the newest version already.
 */
export async function rebindBulletin(ctx: ServiceContext, input: BulletinRevisionKey): Promise<BulletinRevisionKey> {
  const { bulletinId, revision: baseRevision } = input
  const opened = await openBulletin(ctx, input)
  const { bulletin, newestVersion } = opened
  if (bulletin.document.version === newestVersion) throw new ServiceError('conflict', 'bulletin_fresh')
  const versions = await loadVersions(ctx, bulletin, [newestVersion])
  const document = rebindFields(bulletin.document, newestVersion, resolverOf([...versions.values()]))
  const revision = baseRevision + 1
  const what = {
    action: 'bulletin.rebind',
    object: `bulletin/${bulletinId}`,
    detail: { revision, version: newestVersion },
  }
  return await withChange(ctx, what, async (trx) => {
    const { author, unitCode } = bulletinOfficeOf(ctx)
    await lockForTransaction(trx, 'bulletins')
    await assertStill(asReadonly(trx), opened)
    const row = { bulletinId, unitCode, revision, baseRevision, document: JSON.stringify(document) }
    await insertBulletinRevision(trx, row, author)
    return { bulletinId, revision }
  })
}

/** Throws ServiceError `conflict` for a revision that is not the newest. */
function assertNewest({ newest }: LoadedBulletin, revision: number): void {
  if (newest.revision === revision) return
  throw new ServiceError('conflict', 'bulletin_changed', { by: newest.byName, at: toLocalIso(newest.at) })
}
