import type { BulletinItem, BulletinState } from '@zhidu/contract'
import {
  type BulletinAuthor,
  type BulletinRevisionRow,
  type BulletinRow,
  type BulletinStepRow,
  listBulletinRevisions,
  listBulletins,
  listBulletinSteps,
  listFrozenQuarters,
  type ReadonlyDb,
} from '@zhidu/db'
import { type BulletinDocument, cutToSecond, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { titleOf } from './to-word.ts'

/** JSON that this program wrote and the database keeps as it was. */
export function readDocument({ document }: Pick<BulletinRevisionRow, 'document'>): BulletinDocument {
  // Safe: written from a BulletinDocument and never changed since.
  return JSON.parse(document ?? '') as BulletinDocument
}

export interface LoadedBulletin {
  readonly row: BulletinRow
  /** Newest first, without their documents. */
  readonly revisions: readonly BulletinRevisionRow[]
  /** The newest one, with its document. */
  readonly newest: BulletinRevisionRow
  readonly document: BulletinDocument
  /** Oldest first. */
  readonly steps: readonly BulletinStepRow[]
  readonly state: BulletinState
}

function stateOf(steps: readonly BulletinStepRow[], revision: number): BulletinState {
  const last = steps.at(-1)
  if (last?.kind === 'published') return 'published'
  return last?.kind === 'submitted' && last.revision === revision ? 'submitted' : 'draft'
}

async function loadAll(db: ReadonlyDb, rows: readonly BulletinRow[]): Promise<LoadedBulletin[]> {
  const bulletinIds = rows.map(({ bulletinId }) => bulletinId)
  const revisions = await listBulletinRevisions(db, { bulletinIds })
  const steps = await listBulletinSteps(db, bulletinIds)
  const found: LoadedBulletin[] = []
  for (const row of rows) {
    const own = revisions.filter(({ bulletinId }) => bulletinId === row.bulletinId)
    const last = own[0]?.revision ?? 0
    const [newest] = await listBulletinRevisions(db, { bulletinIds: [row.bulletinId], revisions: [last] })
    if (newest === undefined) throw new RangeError(`bulletin ${row.bulletinId} without a revision`)
    const ownSteps = steps.filter(({ bulletinId }) => bulletinId === row.bulletinId)
    const state = stateOf(ownSteps, newest.revision)
    found.push({ row, revisions: own, newest, document: readDocument(newest), steps: ownSteps, state })
  }
  return found
}

/** Every bulletin in reach, newest quarter first. */
export async function loadBulletins(db: ReadonlyDb): Promise<LoadedBulletin[]> {
  return await loadAll(db, await listBulletins(db))
}

/** Throws ServiceError `not_found` for one that is not there, or not in reach. */
export async function loadBulletin(db: ReadonlyDb, bulletinId: string): Promise<LoadedBulletin> {
  const row = (await listBulletins(db)).find((one) => one.bulletinId === bulletinId)
  const [found] = row === undefined ? [] : await loadAll(db, [row])
  if (found === undefined) throw new ServiceError('not_found', 'bulletin_unknown')
  return found
}

/** The newest version of a frozen quarter. Throws RangeError for a quarter that is not frozen any more: nothing thaws. */
export async function newestVersionOf(db: ReadonlyDb, { quarter }: Pick<BulletinRow, 'quarter'>): Promise<number> {
  const [newest] = await listFrozenQuarters(db, quarter)
  if (newest === undefined) throw new RangeError(`${quarter} is not frozen`)
  return newest.version
}

export function toBulletinItem(
  { document, newest, row, state, steps }: LoadedBulletin,
  about: { readonly officeName: string; readonly ownCode: string; readonly newestVersion: number },
): BulletinItem {
  const published = steps.find(({ kind }) => kind === 'published')
  return {
    bulletinId: row.bulletinId,
    kind: row.kind,
    quarter: row.quarter,
    title: titleOf(document),
    officeName: about.officeName,
    isOwn: row.unitCode === about.ownCode,
    state,
    version: document.version,
    newestVersion: about.newestVersion,
    revision: newest.revision,
    changedAt: toLocalIso(newest.at),
    changedBy: newest.byName,
    publishedAt: published === undefined ? null : toLocalIso(published.at),
    publishedBy: published?.byName ?? null,
  }
}

export interface Office {
  readonly unitCode: string
  readonly author: BulletinAuthor & { readonly id: string }
}

/** Throws ServiceError `forbidden` for whoever is of no unit: a bulletin has its people. */
export function bulletinOfficeOf({ actor, clock }: ServiceContext): Office {
  if (actor.kind !== 'account' || actor.unitCode === null) throw new ServiceError('forbidden', 'role_forbids')
  return {
    unitCode: actor.unitCode,
    author: { at: cutToSecond(clock()), name: actor.displayName, id: actor.accountId },
  }
}
