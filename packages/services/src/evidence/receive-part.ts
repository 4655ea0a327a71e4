import { createHash } from 'node:crypto'
import type { FileReceipt } from '@zhidu/contract'
import { asReadonly, type Db, type ReadonlyDb } from '@zhidu/db'
import { localDateOf } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { withReach, withSnapshot } from '../snapshot.ts'

/** Of one request. */
export const MAX_PART_BYTES = 1_048_576
/** Fewer do not tell what a file is. */
const MIN_FIRST_BYTES = 12

/** What was announced, and how much of it is there. */
export interface AnnouncedFile {
  readonly sha256: string
  readonly type: string
  readonly bytes: number
  readonly name: string
  readonly receivedBytes: number
  readonly isReceived: boolean
}

/** Where the parts of one file are kept. */
export interface PartStore<File extends AnnouncedFile> {
  /** Of the audit entry that the last part leaves. */
  readonly about: { readonly action: string; readonly object: string }
  /** Throws ServiceError `not_found` for a file that nothing in reach announced. */
  readonly find: (db: ReadonlyDb) => Promise<File>
  /** Throws ServiceError `forbidden` for one that is not the sender's to bring. */
  readonly assertOwn: (file: File) => void
  /** Null = a file that is not taken. */
  readonly sniff: (content: Uint8Array) => string | null
  readonly lock: (trx: Db) => Promise<void>
  readonly listParts: (db: ReadonlyDb) => AsyncIterable<Uint8Array>
  readonly insert: (trx: Db, file: File, part: { start: number; content: Uint8Array }) => Promise<void>
  /** After the last part. */
  readonly finish: (trx: Db, file: File) => Promise<void>
  readonly beginAnew: (trx: Db) => Promise<void>
}

export function toFileReceipt({ bytes, isReceived, receivedBytes, sha256 }: AnnouncedFile): FileReceipt {
  return { sha256, bytes, receivedBytes, receivedSha256: isReceived ? sha256 : null }
}

/** Whose whole is not what was announced: what came is taken back in a transaction of its own. */
class WrongWhole extends Error {
  override readonly name = 'WrongWhole'
}

interface Part {
  readonly offset: number
  readonly content: Uint8Array
}

async function hashParts(parts: AsyncIterable<Uint8Array>, last: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of parts) hash.update(part)
  return hash.update(last).digest('hex')
}

function assertType<File extends AnnouncedFile>(store: PartStore<File>, file: File, content: Uint8Array): void {
  const isShort = content.length < Math.min(MIN_FIRST_BYTES, file.bytes)
  if (isShort) throw new ServiceError('invalid', 'inspection_part_short')
  if (store.sniff(content) !== file.type) throw new ServiceError('invalid', 'inspection_file_type', { name: file.name })
}

async function addPart<File extends AnnouncedFile>(store: PartStore<File>, trx: Db, { content, offset }: Part) {
  await store.lock(trx)
  const db = asReadonly(trx)
  const file = await store.find(db)
  store.assertOwn(file)
  const { bytes, receivedBytes } = file
  if (content.length === 0 || content.length > MAX_PART_BYTES) throw new ServiceError('invalid', 'inspection_part_size')
  if (offset + content.length > bytes) throw new ServiceError('invalid', 'inspection_file_longer', { name: file.name })
  // Sent again, or out of order: the answer says what is there.
  if (offset !== receivedBytes || file.isReceived) return { receipt: toFileReceipt(file), isNew: false }
  if (offset === 0) assertType(store, file, content)
  const isLast = offset + content.length === bytes
  if (isLast && (await hashParts(store.listParts(db), content)) !== file.sha256) throw new WrongWhole()
  await store.insert(trx, file, { start: offset, content })
  if (isLast) await store.finish(trx, file)
  const now = { ...file, receivedBytes: offset + content.length, isReceived: isLast }
  return { receipt: toFileReceipt(now), isNew: true }
}

/**
 * Takes the next part of a file, at most `MAX_PART_BYTES` from `offset` on. What is there already is harmless when sent again; with a
 * gap the answer says where to go on. The last part brings the hash of the whole: another than was announced, and the file begins
 * anew. Throws ServiceError `invalid` for a file that is not what it says by its first bytes, or longer.
 */
export async function receivePart<File extends AnnouncedFile>(
  ctx: ServiceContext,
  store: PartStore<File>,
  part: Part,
): Promise<FileReceipt> {
  const today = localDateOf(ctx.clock())
  try {
    const { bytes, sha256 } = await withSnapshot(ctx, today, store.find)
    const isWhole = part.offset + part.content.length === bytes
    if (!isWhole) return await withReach(ctx, today, async (trx) => (await addPart(store, trx, part)).receipt)
    return await withChange(ctx, store.about, async (trx, note) => {
      const { isNew, receipt } = await addPart(store, trx, part)
      note.detail = { sha256, bytes, isRepeated: !isNew }
      return receipt
    })
  } catch (error) {
    if (!(error instanceof WrongWhole)) throw error
    await withReach(ctx, today, async (trx) => {
      await store.lock(trx)
      await store.beginAnew(trx)
    })
    throw new ServiceError('conflict', 'inspection_file_differs')
  }
}

export interface EvidenceContent {
  readonly type: string
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** All of a file that is there whole. */
export async function readParts(file: AnnouncedFile, parts: AsyncIterable<Uint8Array>): Promise<EvidenceContent> {
  const read: Uint8Array[] = []
  for await (const part of parts) read.push(part)
  return { type: file.type, name: file.name, bytes: new Uint8Array(Buffer.concat(read)) }
}
