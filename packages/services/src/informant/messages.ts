import { createHash } from 'node:crypto'
import {
  type CheckLinkInput,
  LEAD_LIMITS,
  type LinkChecked,
  type MessageKey,
  type MessagePhoto,
  type MessageReceipt,
  type RecordedLeads,
  type SendMessageInput,
} from '@zhidu/contract'
import {
  addInformantMessage,
  asReadonly,
  countTry,
  findInformantLink,
  findInformantPhoto,
  listInformantMessages,
  listInformantSteps,
  lockForTransaction,
  uncountTry,
} from '@zhidu/db'
import { localDateOf, toLocalIso } from '@zhidu/domain'
import { addressOf } from '../actor.ts'
import { withAccountChange, withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { addLeads } from '../lead/record-leads.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { minutesUntil } from '../session/session-rules.ts'
import { hashOfSecret, knownOf } from './informants.ts'

/** Wrong links from one address before it has to wait; offices and villages share addresses. */
const WRONG_LINKS = { maxFailures: 20, lockMs: 15 * 60_000 } as const
/** Messages of one informant in an hour. */
const MOST_PER_HOUR = 20

/** Counts a try at a link before it is looked at, by address. Throws ServiceError `limited`. */
async function countLinkTry(ctx: ServiceContext): Promise<Buffer> {
  const hash = createHash('sha256')
    .update(`informant ${addressOf(ctx.actor) ?? ''}`)
    .digest()
  const lockedUntil = await countTry(ctx.db, hash, ctx.clock(), WRONG_LINKS)
  if (lockedUntil !== null) {
    throw new ServiceError('limited', 'informant_limited', { minutes: minutesUntil(lockedUntil, ctx.clock()) })
  }
  return hash
}

/** Throws ServiceError `forbidden` for a link that is none, ended or over; the refusal is audited at the edge. */
async function findLink(ctx: ServiceContext, secret: string) {
  const address = await countLinkTry(ctx)
  const link = await findInformantLink(ctx.db, hashOfSecret(secret))
  if (link === undefined || !link.isUsable || link.expiresAt <= ctx.clock()) {
    throw new ServiceError('forbidden', 'informant_link_bad')
  }
  await uncountTry(ctx.db, address)
  return link
}

/** Whether a link may be used, for the page to say so before anything is typed. */
export async function checkLink(ctx: ServiceContext, { secret }: CheckLinkInput): Promise<LinkChecked> {
  const { expiresAt, informantId } = await findLink(ctx, secret)
  const what = { action: 'informant.checkLink', object: `informant/${informantId}` }
  return await withAccountChange(ctx, what, () => Promise.resolve({ expiresAt: toLocalIso(expiresAt) }))
}

const JPEG = Buffer.from([0xff, 0xd8, 0xff])

function readPhoto(base64: string | null): Buffer | null {
  if (base64 === null) return null
  const photo = Buffer.from(base64, 'base64')
  if (photo.length > LEAD_LIMITS.photoBytes || !photo.subarray(0, JPEG.length).equals(JPEG)) {
    throw new ServiceError('invalid', 'informant_photo_bad')
  }
  return photo
}

/** Eight letters and figures that are not taken for one another, of the message's own number: the same sent twice has one. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
function receiptOf(messageId: string): string {
  const bytes = createHash('sha256').update(messageId).digest().subarray(0, 8)
  return [...bytes].map((byte) => LETTERS[byte % LETTERS.length] ?? '').join('')
}

/**
 * Takes what an informant saw; it is no lead until somebody of the office has read it. The same message sent again is harmless. Throws
 * ServiceError `forbidden` for a link that may not be used, `limited` for too many, `invalid` for a time to come.
 */
export async function sendMessage(ctx: ServiceContext, input: SendMessageInput): Promise<MessageReceipt> {
  const link = await findLink(ctx, input.secret)
  if (link.sentCount >= MOST_PER_HOUR) throw new ServiceError('limited', 'informant_many', {})
  const at = ctx.clock()
  const occurredAt = input.occurredAt === null ? null : Date.parse(input.occurredAt)
  if (occurredAt !== null && occurredAt > at) throw new ServiceError('invalid', 'lead_occurred_in_future')
  const photo = readPhoto(input.photo)
  const { deaths, injuries, messageId, place, what } = input
  const receiptCode = receiptOf(messageId)
  const receipt = { receiptCode, at: toLocalIso(at) }
  return await withAccountChange(
    ctx,
    { action: 'informant.send', object: `informant/${link.informantId}` },
    async (trx, note) => {
      const photoSha256 = photo === null ? null : createHash('sha256').update(photo).digest('hex')
      const message = { messageId, receiptCode, at, what, place, occurredAt, deaths, injuries, photo, photoSha256 }
      if (!(await addInformantMessage(trx, hashOfSecret(input.secret), message))) {
        throw new ServiceError('forbidden', 'informant_link_bad')
      }
      note.detail = { receiptCode, hasPhoto: photo !== null }
      return receipt
    },
  )
}

/** 登记为线索. Throws ServiceError `not_found` for a message that is not the office's, `conflict` for one that was taken. */
export function takeMessage(ctx: ServiceContext, { messageId }: MessageKey): Promise<RecordedLeads> {
  return withChange(ctx, { action: 'informant.take' }, async (trx, note) => {
    await lockForTransaction(trx, 'leads')
    const db = asReadonly(trx)
    const { unitCode: officeCode } = officeOf(ctx)
    const [message] = await listInformantMessages(db, officeCode, messageId)
    if (message === undefined) throw new ServiceError('not_found', 'informant_message_unknown')
    const waiting = await listInformantMessages(db, officeCode)
    if (!waiting.some((one) => one.messageId === messageId))
      throw new ServiceError('conflict', 'informant_message_taken')
    const known = knownOf(await listInformantSteps(db, officeCode, message.informantId))
    const { at, deaths, injuries, occurredAt, place, what } = message
    const village = known?.village ?? null
    const lead = {
      source: 'informant' as const,
      seenAt: toLocalIso(at),
      occurredAt: occurredAt === null ? null : toLocalIso(occurredAt),
      // Who says no place means his own village.
      place: place ?? village,
      unitCode: known?.areaCode ?? null,
      category: null,
      summary: what,
      deaths,
      injuries,
      guid: null,
      link: null,
    }
    const leadCodes = await addLeads(trx, ctx, [lead], { channel: 'informant', title: null, messageId })
    note.object = `lead/${leadCodes[0] ?? ''}`
    note.detail = { receiptCode: message.receiptCode, informantId: message.informantId }
    return { leadCodes, skipped: 0, incomplete: 0 }
  })
}

/** The photo of a message. Throws ServiceError `not_found` for none. */
export function getMessagePhoto(ctx: ServiceContext, { messageId }: MessageKey): Promise<MessagePhoto> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const photo = await findInformantPhoto(db, messageId)
    if (photo === null) throw new ServiceError('not_found', 'inspection_file_none')
    return { type: 'image/jpeg', base64: photo.toString('base64') }
  })
}
