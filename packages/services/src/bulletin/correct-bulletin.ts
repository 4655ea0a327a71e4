import { randomUUID } from 'node:crypto'
import type { BulletinKey } from '@zhidu/contract'
import {
  asReadonly,
  insertBulletin,
  insertBulletinRevision,
  listFrozenQuarters,
  lockForTransaction,
  type ReadonlyDb,
} from '@zhidu/db'
import { localDateOf } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { bulletinOfficeOf, type LoadedBulletin, loadBulletins } from './bulletin-store.ts'
import { loadVersions } from './check-bulletin.ts'
import { draftCorrection } from './correction-text.ts'
import { loadDraftFrame } from './create-bulletin.ts'
import { resolverOf } from './resolve-figure.ts'

interface Corrected {
  readonly bulletin: LoadedBulletin
  /** Of the frozen quarter, as the bulletin and its published corrections tell it. */
  readonly toldVersion: number
  readonly newestVersion: number
  readonly reasons: readonly string[]
}

async function loadCorrected(db: ReadonlyDb, bulletinId: string, unitCode: string): Promise<Corrected> {
  const all = await loadBulletins(db)
  const bulletin = all.find(({ row }) => row.bulletinId === bulletinId && row.unitCode === unitCode)
  if (bulletin === undefined || bulletin.row.kind === 'correction') {
    throw new ServiceError('not_found', 'bulletin_unknown')
  }
  if (bulletin.state !== 'published') throw new ServiceError('conflict', 'bulletin_not_published')
  const corrections = all.filter(({ row }) => row.corrects === bulletinId)
  if (corrections.some(({ state }) => state !== 'published')) throw new ServiceError('conflict', 'correction_open')
  const toldVersion = Math.max(...[bulletin, ...corrections].map(({ document }) => document.version))
  const versions = await listFrozenQuarters(db, bulletin.row.quarter)
  const [newest] = versions
  if (newest === undefined || newest.version <= toldVersion) throw new ServiceError('conflict', 'correction_not_needed')
  const reasons = versions
    .filter(({ version }) => version > toldVersion)
    .toReversed()
    .flatMap(({ reason }) => reason ?? [])
  return { bulletin, toldVersion, newestVersion: newest.version, reasons }
}

/**
 * Begins 更正通报 about a published bulletin: the difference between what was told and the newest version of the frozen quarter.
 * Throws ServiceError `conflict` when nothing that was published changes, or a correction is being written.
 */
export async function correctBulletin(ctx: ServiceContext, { bulletinId }: BulletinKey): Promise<BulletinKey> {
  const { author, unitCode } = bulletinOfficeOf(ctx)
  const found = await withSnapshot(ctx, localDateOf(ctx.clock()), (db) => loadCorrected(db, bulletinId, unitCode))
  const { bulletin, newestVersion, reasons, toldVersion } = found
  const { quarter } = bulletin.row
  const { officeName, tier } = await loadDraftFrame(ctx, unitCode, quarter)
  const versions = await loadVersions(ctx, bulletin, [toldVersion, newestVersion])
  const [before, after] = [versions.get(toldVersion), versions.get(newestVersion)]
  if (before === undefined || after === undefined) throw new RangeError('a version that was not loaded')
  const document = draftCorrection(bulletin.document, resolverOf([...versions.values()]), {
    before,
    after,
    reasons,
    officeName,
    tier,
    today: localDateOf(ctx.clock()),
  })
  if (document === null) throw new ServiceError('conflict', 'correction_without_change')
  const correctionId = randomUUID()
  const detail = { corrects: bulletinId, from: toldVersion, to: newestVersion }
  const what = { action: 'bulletin.correct', object: `bulletin/${correctionId}`, detail }
  return await withChange(ctx, what, async (trx) => {
    await lockForTransaction(trx, 'bulletins')
    await loadCorrected(asReadonly(trx), bulletinId, unitCode)
    const row = { bulletinId: correctionId, unitCode, quarter, kind: 'correction', corrects: bulletinId } as const
    await insertBulletin(trx, { ...row, frozenVersion: toldVersion }, author)
    const first = { bulletinId: correctionId, unitCode, revision: 1, baseRevision: 0 }
    await insertBulletinRevision(trx, { ...first, document: JSON.stringify(document) }, author)
    return { bulletinId: correctionId }
  })
}
