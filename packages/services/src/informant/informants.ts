import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type {
  EndInformantInput,
  GiveLinkInput,
  InformantItem,
  InformantList,
  InformantMessage,
  InformantSaved,
  LinkGiven,
  SaveInformantInput,
} from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  type InformantMessageRow,
  type InformantStepRow,
  insertInformantStep,
  listInformantMessages,
  listInformantSteps,
  lockForTransaction,
  type ReadonlyDb,
} from '@zhidu/db'
import { DAY_MS, localDateOf, maskNumbers, maskPhone, toLocalIso } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { leadOfficeOf, mayHandleLeads } from '../lead/load-lead.ts'

const SECRET_BYTES = 24

/** SHA-256 of a link's secret: what the database keeps of it. */
export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest()
}

/** What is known of an informant by now. */
export function knownOf(steps: readonly InformantStepRow[]): InformantStepRow | undefined {
  return steps.findLast(({ kind }) => kind === 'registered' || kind === 'changed')
}

function linkOf(steps: readonly InformantStepRow[], now: number): InformantItem['link'] {
  const given = steps.findLast(({ kind }) => kind === 'linked')
  if (given === undefined || given.expiresAt === null) return null
  const isEnded = steps.some(
    ({ kind, position }) => position > given.position && (kind === 'revoked' || kind === 'withdrawn'),
  )
  const state = isEnded ? 'revoked' : given.expiresAt <= now ? 'expired' : 'usable'
  return { givenAt: toLocalIso(given.at), expiresAt: toLocalIso(given.expiresAt), state }
}

function toItem(steps: readonly InformantStepRow[], now: number, nameOf: (code: string) => string): InformantItem[] {
  const known = knownOf(steps)
  if (known === undefined) return []
  const { areaCode, informantId, name, phone, village } = known
  return [
    {
      informantId,
      name: name ?? '',
      village: village ?? '',
      areaCode,
      areaName: areaCode === null ? null : nameOf(areaCode),
      phone: phone === null ? null : maskPhone(phone),
      isWithdrawn: steps.at(-1)?.kind === 'withdrawn',
      link: linkOf(steps, now),
      steps: steps.length,
    },
  ]
}

function toMessage(row: InformantMessageRow, known: InformantStepRow | undefined): InformantMessage {
  const { at, occurredAt, photoSha256, what, ...message } = row
  return {
    ...message,
    name: known?.name ?? '',
    village: known?.village ?? '',
    areaCode: known?.areaCode ?? null,
    at: toLocalIso(at),
    what: maskNumbers(what),
    occurredAt: occurredAt === null ? null : toLocalIso(occurredAt),
    hasPhoto: photoSha256 !== null,
  }
}

async function loadSteps(db: ReadonlyDb, ctx: ServiceContext): Promise<Map<string, InformantStepRow[]>> {
  return Map.groupBy(await listInformantSteps(db, leadOfficeOf(ctx)), ({ informantId }) => informantId)
}

/** 信息员 of the reader's office, by village and name, and what they sent that nobody took yet. */
export function listInformants(ctx: ServiceContext): Promise<InformantList> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const stepsOf = await loadSteps(db, ctx)
    const nameOf = await loadNames(db, ctx)
    const messages = await listInformantMessages(db, leadOfficeOf(ctx))
    const informants = [...stepsOf.values()].flatMap((steps) => toItem(steps, ctx.clock(), nameOf))
    const byVillage = (a: InformantItem, b: InformantItem): number =>
      a.village < b.village ? -1 : a.village > b.village ? 1 : a.name < b.name ? -1 : 1
    return {
      asOf: toLocalIso(ctx.clock()),
      mayChange: mayHandleLeads(ctx),
      informants: informants.toSorted(byVillage),
      messages: messages.map((row) => toMessage(row, knownOf(stepsOf.get(row.informantId) ?? []))),
    }
  })
}

type Step = Parameters<typeof insertInformantStep>[1]
const NOTHING = { name: null, village: null, areaCode: null, phone: null, tokenHash: null, expiresAt: null }

/** Loads one under the lock. Throws ServiceError `not_found`, `conflict` when it was changed since the reader looked. */
async function loadForStep(
  trx: Db,
  ctx: ServiceContext,
  informantId: string,
  seen: number,
): Promise<InformantStepRow[]> {
  await lockForTransaction(trx, 'leads')
  const steps = await listInformantSteps(asReadonly(trx), officeOf(ctx).unitCode, informantId)
  if (steps.length === 0) throw new ServiceError('not_found', 'informant_unknown')
  if (steps.length !== seen) throw new ServiceError('conflict', 'case_moved_on')
  return steps
}

function addStep(trx: Db, ctx: ServiceContext, step: Pick<Step, 'informantId' | 'position' | 'kind'> & Partial<Step>) {
  const { author, unitCode: officeCode } = officeOf(ctx)
  return insertInformantStep(trx, { ...NOTHING, ...step, officeCode }, author)
}

/** Registers an informant, or corrects what is known of one. Throws as `loadForStep`. */
export function saveInformant(ctx: ServiceContext, input: SaveInformantInput): Promise<InformantSaved> {
  return withChange(ctx, { action: 'informant.save' }, async (trx, note) => {
    const { areaCode, name, phone, steps: seen, village } = input
    const informantId = input.informantId ?? randomUUID()
    const steps = input.informantId === null ? [] : await loadForStep(trx, ctx, informantId, seen)
    const kind = steps.length === 0 ? 'registered' : 'changed'
    await addStep(trx, ctx, { informantId, position: steps.length, kind, name, village, areaCode, phone })
    note.object = `informant/${informantId}`
    note.detail = { kind, village, areaCode }
    return { informantId }
  })
}

/** Gives a new link and ends the one before. The secret is told this once; the database keeps its hash. Throws as `loadForStep`. */
export function giveLink(ctx: ServiceContext, { days, informantId, steps: seen }: GiveLinkInput): Promise<LinkGiven> {
  return withChange(ctx, { action: 'informant.giveLink', object: `informant/${informantId}` }, async (trx, note) => {
    const steps = await loadForStep(trx, ctx, informantId, seen)
    if (steps.at(-1)?.kind === 'withdrawn') throw new ServiceError('conflict', 'informant_withdrawn')
    const secret = randomBytes(SECRET_BYTES).toString('base64url')
    const expiresAt = officeOf(ctx).author.at + days * DAY_MS
    const given = { informantId, position: steps.length, kind: 'linked' as const, expiresAt }
    await addStep(trx, ctx, { ...given, tokenHash: hashOfSecret(secret) })
    note.detail = { days }
    return { secret, expiresAt: toLocalIso(expiresAt) }
  })
}

/** Ends a link, or an informant's part altogether. Throws as `loadForStep`. */
export function endInformant(ctx: ServiceContext, input: EndInformantInput): Promise<void> {
  const { informantId, kind } = input
  return withChange(ctx, { action: 'informant.end', object: `informant/${informantId}` }, async (trx, note) => {
    const steps = await loadForStep(trx, ctx, informantId, input.steps)
    const last = steps.at(-1)?.kind
    if (last === 'withdrawn' || last === kind) throw new ServiceError('conflict', 'informant_ended')
    await addStep(trx, ctx, { informantId, position: steps.length, kind })
    note.detail = { kind }
  })
}
