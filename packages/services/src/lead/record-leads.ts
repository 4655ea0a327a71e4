import { createHash } from 'node:crypto'
import type { RecordedLeads, RecordLeadsInput, ReviseLeadInput } from '@zhidu/contract'
import {
  asReadonly,
  type CopyValue,
  type Db,
  insertLeadOrigins,
  type LeadOriginRow,
  listKnownItems,
  lockForTransaction,
  nextLeadNumber,
  toInstantText,
} from '@zhidu/db'
import { isCompleteLead, localDateOf } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { recordFacts } from '../recorded-fact/record-facts.ts'
import { ServiceError } from '../service-error.ts'
import { loadLead } from './load-lead.ts'

type Seen = Omit<RecordLeadsInput['leads'][number], 'guid' | 'link'>

const instantOrNull = (text: string | null): string | null => (text === null ? null : toInstantText(Date.parse(text)))

/** In the order of the columns of the kind. */
function toRow(leadCode: string, seen: Seen, seenAt: number): readonly CopyValue[] {
  const { category, deaths, injuries, occurredAt, place, source, summary, unitCode } = seen
  const times = [toInstantText(seenAt), instantOrNull(occurredAt)]
  return [leadCode, source, ...times, place, unitCode, category, summary, deaths, injuries]
}

function assertTimes(ctx: ServiceContext, seen: Seen, seenAt: number): void {
  const now = ctx.clock()
  if (seenAt > now) throw new ServiceError('invalid', 'lead_seen_in_future')
  if (seen.occurredAt !== null && Date.parse(seen.occurredAt) > now) {
    throw new ServiceError('invalid', 'lead_occurred_in_future')
  }
}

async function putOnRecord(trx: Db, ctx: ServiceContext, rows: readonly (readonly CopyValue[])[], isNew: boolean) {
  const { author, unitCode } = officeOf(ctx)
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const facts = { kind: 'leads' as const, code: String(rows[0]?.[0] ?? ''), rows, isNew, refusedAs: 'lead_refused' }
  await recordFacts(trx, facts, { name: author.name, unitCode, at: author.at, sha256 })
}

/** Items of a feed that are new to the office; the first of those that stand in the file twice. */
async function listNewItems(trx: Db, officeCode: string, leads: RecordLeadsInput['leads']) {
  const texts = (of: 'guid' | 'link'): string[] => leads.flatMap((one) => one[of] ?? [])
  const known = await listKnownItems(asReadonly(trx), officeCode, { guids: texts('guid'), links: texts('link') })
  const seen = new Set(known.flatMap(({ guid, link }) => [`guid ${guid ?? ''}`, `link ${link ?? ''}`]))
  return leads.filter(({ guid, link }) => {
    const keys = [guid === null ? null : `guid ${guid}`, link === null ? null : `link ${link}`].filter(
      (key) => key !== null,
    )
    const isNew = !keys.some((key) => seen.has(key))
    for (const key of keys) seen.add(key)
    return isNew
  })
}

/** XS-2026-0817-01 and on. */
async function makeCodes(trx: Db, at: number, count: number): Promise<string[]> {
  const day = localDateOf(at)
  const head = `XS-${day.slice(0, 4)}-${day.slice(5, 7)}${day.slice(8)}-`
  const first = await nextLeadNumber(trx, head)
  return Array.from({ length: count }, (_, at) => `${head}${String(first + at).padStart(2, '0')}`)
}

interface Origin {
  readonly channel: LeadOriginRow['channel']
  readonly title: string | null
  readonly messageId: string | null
}

/** Puts leads on record as an import would, each with how it came, in the caller's transaction; gives their codes. */
export async function addLeads(
  trx: Db,
  ctx: ServiceContext,
  leads: RecordLeadsInput['leads'],
  origin: Origin,
): Promise<string[]> {
  if (leads.length === 0) return []
  const { author, unitCode: officeCode } = officeOf(ctx)
  const codes = await makeCodes(trx, author.at, leads.length)
  const rows = leads.map((seen, at) => {
    const seenAt = seen.seenAt === null ? author.at : Date.parse(seen.seenAt)
    assertTimes(ctx, seen, seenAt)
    return toRow(codes[at] ?? '', seen, seenAt)
  })
  await putOnRecord(trx, ctx, rows, true)
  const origins = leads.map(({ guid, link }, at) => ({ leadCode: codes[at] ?? '', officeCode, guid, link, ...origin }))
  await insertLeadOrigins(trx, origins, author)
  return codes
}

function isComplete({ occurredAt, place, unitCode }: Seen): boolean {
  return isCompleteLead({ place, unitCode, occurredAt: occurredAt === null ? null : Date.parse(occurredAt) })
}

/**
 * Leads typed, pasted, or of a feed. Items whose guid or link the office has are left out and counted. Throws ServiceError `invalid` for
 * times to come, `conflict` for what an import would refuse; nothing is written then.
 */
export function recordLeads(ctx: ServiceContext, input: RecordLeadsInput): Promise<RecordedLeads> {
  const { channel, leads, title } = input
  return withChange(ctx, { action: 'lead.record' }, async (trx, note) => {
    await lockForTransaction(trx, 'leads')
    const fresh = await listNewItems(trx, officeOf(ctx).unitCode, leads)
    const leadCodes = await addLeads(trx, ctx, fresh, { channel, title, messageId: null })
    const skipped = leads.length - fresh.length
    const [first = null] = leadCodes
    note.object = first === null ? null : `lead/${first}`
    note.detail = { channel, count: leadCodes.length, skipped, first, last: leadCodes.at(-1) ?? null }
    return { leadCodes, skipped, incomplete: fresh.filter((one) => !isComplete(one)).length }
  })
}

/** 补充, 更正: a new version of what a lead says, while it is not decided. Throws as `recordLeads`, `conflict` for a decided one. */
export function reviseLead(ctx: ServiceContext, input: ReviseLeadInput): Promise<void> {
  const { leadCode, steps, ...seen } = input
  return withChange(ctx, { action: 'lead.revise', object: `lead/${leadCode}` }, async (trx, note) => {
    await lockForTransaction(trx, 'leads')
    const loaded = await loadLead(asReadonly(trx), ctx, leadCode)
    if (loaded.steps.length !== steps) throw new ServiceError('conflict', 'case_moved_on')
    if (loaded.standing.turn === null) throw new ServiceError('conflict', 'lead_not_now')
    const seenAt = Date.parse(seen.seenAt)
    assertTimes(ctx, seen, seenAt)
    await putOnRecord(trx, ctx, [toRow(leadCode, seen, seenAt)], false)
    const { category, occurredAt, place, unitCode } = seen
    note.detail = { place, unitCode, occurredAt, category, wasComplete: loaded.isComplete }
  })
}
