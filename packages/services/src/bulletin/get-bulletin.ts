import type { BulletinPage, BulletinKey, BulletinRevision, BulletinRevisionKey } from '@zhidu/contract'
import { listBulletinRevisions } from '@zhidu/db'
import { localDateOf, quarterRange, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { getFrozenVersion } from '../quarter/check-quarter.ts'
import { loadFrozenRules } from '../quarter/frozen-view.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import {
  bulletinOfficeOf,
  type LoadedBulletin,
  loadBulletin,
  loadBulletins,
  newestVersionOf,
  readDocument,
  toBulletinItem,
} from './bulletin-store.ts'

/** Revisions and steps together, newest first; what was done to a revision stands above it. */
function toSteps({ revisions, steps }: LoadedBulletin): BulletinPage['steps'] {
  const written = revisions.map(({ at, byName, revision }) => ({
    kind: 'revised' as const,
    revision,
    at,
    by: byName,
    note: null,
  }))
  const taken = steps.map(({ at, byName, kind, note, revision }) => ({ kind, revision, at, by: byName, note }))
  return [...taken.toReversed(), ...written]
    .sort((a, b) => b.revision - a.revision || b.at - a.at)
    .map((step) => ({ ...step, at: toLocalIso(step.at) }))
}

/** A bulletin as it is written; its figures are checked apart. Throws ServiceError `not_found`. */
export async function getBulletin(ctx: ServiceContext, { bulletinId }: BulletinKey): Promise<BulletinPage> {
  const { author, unitCode } = bulletinOfficeOf(ctx)
  const { all, bulletin, nameOf, newestVersion } = await withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const found = await loadBulletin(db, bulletinId)
    return {
      bulletin: found,
      all: await loadBulletins(db),
      nameOf: await loadNames(db, ctx),
      newestVersion: await newestVersionOf(db, found.row),
    }
  })
  const { document, row } = bulletin
  const provenance = await withSnapshot(ctx, quarterRange(row.quarter).lastOn, async (db) => {
    const frozen = await getFrozenVersion(db, { quarter: row.quarter, version: document.version })
    const { regulation } = await loadFrozenRules(db, frozen.frozenId)
    return await loadProvenance(db, regulation, frozen.asOf, frozen)
  })
  return {
    item: toBulletinItem(bulletin, { officeName: nameOf(row.unitCode), ownCode: unitCode, newestVersion }),
    provenance,
    document: {
      version: document.version,
      paragraphs: document.paragraphs.map((one) => ({ ...one, runs: one.runs.map((run) => ({ ...run })) })),
    },
    steps: toSteps(bulletin),
    isMine: bulletin.revisions.some(({ byId }) => byId === author.id),
    corrects: row.corrects,
    corrections: all
      .filter((one) => one.row.corrects === bulletinId)
      .map(({ document: { version }, row: { bulletinId: id }, state }) => ({ bulletinId: id, version, state })),
  }
}

/** An older revision, as it was. Throws ServiceError `not_found`. */
export async function getBulletinRevision(
  ctx: ServiceContext,
  { bulletinId, revision }: BulletinRevisionKey,
): Promise<BulletinRevision> {
  return await withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const [found] = await listBulletinRevisions(db, { bulletinIds: [bulletinId], revisions: [revision] })
    if (found === undefined) throw new ServiceError('not_found', 'bulletin_unknown')
    const { paragraphs, version } = readDocument(found)
    return {
      revision,
      document: {
        version,
        paragraphs: paragraphs.map((one) => ({ ...one, runs: one.runs.map((run) => ({ ...run })) })),
      },
    }
  })
}
