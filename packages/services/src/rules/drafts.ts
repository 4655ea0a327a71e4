import {
  type CreateDraftInput,
  type DiscardDraftInput,
  type ImportDraftInput,
  parseRegulationJson,
  type RegulationItem,
  type RegulationKey,
  type SaveDraftInput,
} from '@zhidu/contract'
import { asReadonly, type Db, deleteDraft, findRegulation, insertDraft, updateDraft } from '@zhidu/db'
import { diffRegulations, type Regulation, REGULATION_SAMPLES, toLocalIso } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { assertAtTheTop, authorOf, objectOf } from './author.ts'
import { getRegulationItem } from './list-regulations.ts'

/** Reads a document as the edge got it. Throws ServiceError `invalid` with the first thing wrong and how many there are. */
function toDocument(json: string): Regulation {
  const { issues, regulation } = parseRegulationJson(json)
  if (regulation !== null) return regulation
  const [first] = issues
  throw new ServiceError('invalid', 'regulation_invalid', {
    count: String(issues.length),
    path: first?.path ?? '',
    first: first?.text['zh-CN'] ?? '',
    firstEn: first?.text.en ?? '',
  })
}

/**
 * Why a draft of that revision is not there: gone, published, or changed by somebody else meanwhile, who is named. Nothing
 * was changed.
 */
export async function missedDraft(trx: Db, key: RegulationKey): Promise<ServiceError> {
  const row = await findRegulation(asReadonly(trx), key)
  if (row === undefined)
    return new ServiceError('not_found', 'regulation_unknown', { id: key.id, version: key.version })
  if (row.state === 'published') return new ServiceError('conflict', 'regulation_published')
  return new ServiceError('conflict', 'draft_changed', {
    by: row.changedBy ?? '',
    at: row.changedAt === null ? '' : toLocalIso(row.changedAt),
  })
}

async function addDraft(ctx: ServiceContext, action: string, document: Regulation, from: string) {
  await assertAtTheTop(ctx)
  const what = { action, object: objectOf(document), detail: { title: document.title, from } }
  await withChange(ctx, what, async (trx) => {
    const draft: Regulation = { ...document, effectiveFrom: null }
    if (!(await insertDraft(trx, draft, authorOf(ctx)))) {
      throw new ServiceError('conflict', 'regulation_exists', { id: document.id, version: document.version })
    }
  })
  return getRegulationItem(ctx, document)
}

/** Begins a draft from a sample or a version that is there; its own notice goes, for it is nobody's sample any more. */
export async function createDraft(ctx: ServiceContext, input: CreateDraftInput): Promise<RegulationItem> {
  const { from, id, title, version } = input
  await assertAtTheTop(ctx)
  const sample = 'sample' in from ? REGULATION_SAMPLES.find((one) => one.id === from.sample) : undefined
  const base = 'sample' in from ? sample : (await findRegulation(asReadonly(ctx.db), from))?.document
  if (base === undefined) throw new ServiceError('not_found', 'regulation_unknown', { id, version })
  const note = `${base.title}（${base.id} ${base.version}）`
  return addDraft(ctx, 'rules.createDraft', { ...base, id, version, title, notice: null }, note)
}

/** A document from elsewhere as a draft. Throws ServiceError `invalid` for what is none. */
export async function importDraft(ctx: ServiceContext, { json }: ImportDraftInput): Promise<RegulationItem> {
  return await addDraft(ctx, 'rules.importDraft', toDocument(json), 'file')
}

/**
 * Saves a draft, contradictory or not: what is wrong in it is refused when it is published. Throws ServiceError `conflict`
 * when somebody else saved it meanwhile; nothing is overwritten.
 */
export async function saveDraft(ctx: ServiceContext, input: SaveDraftInput): Promise<RegulationItem> {
  const document = toDocument(input.json)
  if (document.id !== input.id || document.version !== input.version) {
    throw new ServiceError('invalid', 'regulation_renamed', { id: input.id, version: input.version })
  }
  await assertAtTheTop(ctx)
  await withChange(ctx, { action: 'rules.saveDraft', object: objectOf(input) }, async (trx, note) => {
    const before = await findRegulation(asReadonly(trx), input)
    const saved = await updateDraft(trx, input, { ...document, effectiveFrom: null }, authorOf(ctx))
    if (!saved) throw await missedDraft(trx, input)
    const changes = before === undefined ? [] : diffRegulations(before.document, document)
    note.detail = {
      revision: input.revision + 1,
      changed: [...new Set(changes.map(({ part }) => part))],
      changes: changes.length,
    }
  })
  return getRegulationItem(ctx, input)
}

/** Throws ServiceError `conflict` when somebody else saved it meanwhile. */
export async function discardDraft(ctx: ServiceContext, input: DiscardDraftInput): Promise<void> {
  await assertAtTheTop(ctx)
  await withChange(ctx, { action: 'rules.discardDraft', object: objectOf(input) }, async (trx, note) => {
    const row = await findRegulation(asReadonly(trx), input)
    if (!(await deleteDraft(trx, input))) throw await missedDraft(trx, input)
    note.detail = { title: row?.document.title ?? '', revision: input.revision }
  })
}
