import type { BulletinCheck, BulletinKey } from '@zhidu/contract'
import {
  type BulletinDocument,
  type BulletinFacts,
  checkFields,
  listPublishProblems,
  localDateOf,
  toLocalIso,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { withSnapshot } from '../snapshot.ts'
import { listAnnexes } from './annex-list.ts'
import { type LoadedBulletin, loadBulletin, newestVersionOf } from './bulletin-store.ts'
import { loadBulletinFacts } from './load-bulletin-facts.ts'
import { resolverOf } from './resolve-figure.ts'

/** Every version that a figure of a document names, and those asked for besides. */
export async function loadVersions(
  ctx: ServiceContext,
  { document, row }: Pick<LoadedBulletin, 'document' | 'row'>,
  besides: readonly number[],
): Promise<ReadonlyMap<number, BulletinFacts>> {
  const named = document.paragraphs.flatMap(({ runs }) =>
    runs.flatMap((run) => (run.kind === 'field' ? run.version : [])),
  )
  const loaded = new Map<number, BulletinFacts>()
  for (const version of new Set([...besides, ...named])) {
    const { facts } = await loadBulletinFacts(ctx, { office: row.unitCode, quarter: row.quarter, version })
    loaded.set(version, facts)
  }
  return loaded
}

/** 〔2026〕3号: a bulletin goes out under a number. */
function hasNumber({ paragraphs }: BulletinDocument): boolean {
  const number = paragraphs.find(({ style }) => style === 'number')
  return number === undefined || /〔\d{4}〕\d+号/.test(number.runs.map(({ text }) => text).join(''))
}

/** Computes every figure of a bulletin again. A published one is compared with the version it tells: it is what it was. */
export async function checkLoaded(
  ctx: ServiceContext,
  bulletin: LoadedBulletin,
  newestVersion: number,
): Promise<BulletinCheck> {
  const { document, newest, row, state } = bulletin
  const key = { office: row.unitCode, quarter: row.quarter, version: document.version }
  const loaded = await loadBulletinFacts(ctx, key)
  const against = state === 'published' ? document.version : newestVersion
  const versions = await loadVersions(ctx, bulletin, [against])
  const checked = checkFields(document, against, resolverOf([...versions.values()]))
  return {
    revision: newest.revision,
    checkedAt: toLocalIso(ctx.clock()),
    newestVersion,
    fields: checked.fields.map((one) => ({ ...one, field: { ...one.field } })),
    loose: checked.loose.map((one) => ({ ...one })),
    problems: [...listPublishProblems(checked), ...(hasNumber(document) ? [] : (['number'] as const))],
    annexes: row.kind === 'correction' ? [] : listAnnexes(loaded).map(({ group: _, ...annex }) => annex),
    isPreviousMissing: loaded.facts.previous === null,
  }
}

/** 核对数字. Throws ServiceError `not_found`. */
export async function checkBulletin(ctx: ServiceContext, { bulletinId }: BulletinKey): Promise<BulletinCheck> {
  const { bulletin, newestVersion } = await withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const found = await loadBulletin(db, bulletinId)
    return { bulletin: found, newestVersion: await newestVersionOf(db, found.row) }
  })
  return await checkLoaded(ctx, bulletin, newestVersion)
}
