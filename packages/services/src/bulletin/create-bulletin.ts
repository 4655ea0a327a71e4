import { randomUUID } from 'node:crypto'
import type { BulletinKey, CreateBulletinInput } from '@zhidu/contract'
import {
  asReadonly,
  insertBulletin,
  insertBulletinRevision,
  listBulletins,
  listFrozenQuarters,
  lockForTransaction,
} from '@zhidu/db'
import { type BulletinDocument, localDateOf, type Quarter, quarterRange, unitPeriodOn } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadConfirmedNames } from '../commendation/load-lists.ts'
import { loadRoster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { listAnnexes } from './annex-list.ts'
import { bulletinOfficeOf } from './bulletin-store.ts'
import { draftBulletin } from './draft-text.ts'
import { loadBulletinFacts, type LoadedFacts } from './load-bulletin-facts.ts'

/** The newest frozen version of a quarter, and the office as it was on its last day. Throws ServiceError `conflict`, `forbidden`. */
export async function loadDraftFrame(ctx: ServiceContext, office: string, quarter: Quarter) {
  const { lastOn } = quarterRange(quarter)
  return await withSnapshot(ctx, lastOn, async (db) => {
    const [frozen] = await listFrozenQuarters(db, quarter)
    if (frozen === undefined) throw new ServiceError('conflict', 'quarter_not_frozen', { quarter })
    const periods = (await loadRoster(db)).periodsOf.get(office) ?? []
    const period = unitPeriodOn(periods, lastOn) ?? periods.at(-1)
    if (period === undefined) throw new ServiceError('forbidden', 'role_forbids')
    return { frozen, officeName: period.name, tier: period.tier }
  })
}

/** The draft of an office about the newest version of a frozen quarter; nothing is kept of it. */
export async function makeDraft(
  ctx: ServiceContext,
  office: string,
  quarter: Quarter,
): Promise<{ readonly document: BulletinDocument; readonly loaded: LoadedFacts }> {
  const { frozen, officeName, tier } = await loadDraftFrame(ctx, office, quarter)
  const loaded = await loadBulletinFacts(ctx, { office, quarter, version: frozen.version })
  if (loaded.facts.units.length === 0) throw new ServiceError('conflict', 'bulletin_without_units', { quarter })
  const { notice, title } = loaded.regulation
  const lists = await withSnapshot(ctx, quarterRange(quarter).lastOn, (db) =>
    loadConfirmedNames(db, { unitCode: office, quarter, version: frozen.version }),
  )
  const document = draftBulletin(loaded.facts, {
    officeName,
    tier,
    rulesTitle: title,
    rulesNotice: notice,
    today: localDateOf(ctx.clock()),
    lists,
    annexTitles: listAnnexes(loaded).map((annex) => annex.title),
  })
  return { document, loaded }
}

/** Begins the own office's bulletin about a frozen quarter with its draft. Throws ServiceError `conflict` when there is one. */
export async function createBulletin(ctx: ServiceContext, { quarter }: CreateBulletinInput): Promise<BulletinKey> {
  const { author, unitCode } = bulletinOfficeOf(ctx)
  const { document } = await makeDraft(ctx, unitCode, quarter)
  const bulletinId = randomUUID()
  const what = {
    action: 'bulletin.create',
    object: `bulletin/${bulletinId}`,
    detail: { quarter, version: document.version },
  }
  return await withChange(ctx, what, async (trx) => {
    await lockForTransaction(trx, 'bulletins')
    const isThere = (await listBulletins(asReadonly(trx))).some(
      (one) => one.quarter === quarter && one.unitCode === unitCode && one.kind === 'bulletin',
    )
    if (isThere) throw new ServiceError('conflict', 'bulletin_there', { quarter })
    const row = { bulletinId, unitCode, quarter, kind: 'bulletin', corrects: null } as const
    await insertBulletin(trx, { ...row, frozenVersion: document.version }, author)
    const first = { bulletinId, unitCode, revision: 1, baseRevision: 0, document: JSON.stringify(document) }
    await insertBulletinRevision(trx, first, author)
    return { bulletinId }
  })
}
