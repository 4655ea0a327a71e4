import { createHash } from 'node:crypto'
import type { FileReceipt } from '@zhidu/contract'
import {
  asReadonly,
  deleteInspectionFileParts,
  insertInspectionFilePart,
  insertInspectionFileReceipt,
  type InspectionFileRow,
  listInspectionFileParts,
  listInspectionFiles,
  lockInspectionFile,
  type ReadonlyDb,
} from '@zhidu/db'
import { localDateOf } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { withReach, withSnapshot } from '../snapshot.ts'
import { listHiddenFirsts } from './blind.ts'
import { inspectionDay } from './inspection-day.ts'
import { sniffType } from './sniff-type.ts'

/** Of one request. */
export const MAX_PART_BYTES = 1_048_576
/** Fewer do not tell what a file is. */
const MIN_FIRST_BYTES = 12

export interface FileKey {
  readonly inspectionId: string
  readonly sha256: string
}

export function toFileReceipt({ bytes, isReceived, receivedBytes, sha256 }: InspectionFileRow): FileReceipt {
  return { sha256, bytes, receivedBytes, receivedSha256: isReceived ? sha256 : null }
}

/** Throws ServiceError `not_found` for a file that no check in reach announced. */
async function findFile(db: ReadonlyDb, { inspectionId, sha256 }: FileKey): Promise<InspectionFileRow> {
  const file = (await listInspectionFiles(db, inspectionId)).find((one) => one.sha256 === sha256)
  if (file === undefined) throw new ServiceError('not_found', 'inspection_file_none')
  return file
}

async function hashParts(db: ReadonlyDb, key: FileKey, last: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of listInspectionFileParts(db, key)) hash.update(part)
  return hash.update(last).digest('hex')
}

/** How much of a file is there. */
export function getFileStatus(ctx: ServiceContext, key: FileKey): Promise<FileReceipt> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => toFileReceipt(await findFile(db, key)))
}

function assertType(file: InspectionFileRow, content: Uint8Array): void {
  const isShort = content.length < Math.min(MIN_FIRST_BYTES, file.bytes)
  if (isShort) throw new ServiceError('invalid', 'inspection_part_short')
  if (sniffType(content) !== file.type) throw new ServiceError('invalid', 'inspection_file_type', { name: file.name })
}

/** Whose whole is not what was announced: what came is taken back in a transaction of its own. */
class WrongWhole extends Error {
  override readonly name = 'WrongWhole'
}

/**
 * Takes the next part of a file, at most `MAX_PART_BYTES` from `offset` on. What is there already is harmless when sent again; with a
 * gap the answer says where to go on. The last part brings the hash of the whole: another than was announced, and the file begins
 * anew. Throws ServiceError `invalid` for a file that is not what it says by its first bytes, or longer.
 */
export async function receiveFilePart(
  ctx: ServiceContext,
  key: FileKey,
  part: { readonly offset: number; readonly content: Uint8Array },
): Promise<FileReceipt> {
  const { content, offset } = part
  const today = localDateOf(ctx.clock())
  const about = { action: 'inspection.file', object: `inspection/${key.inspectionId}` }
  const receive = async (): Promise<FileReceipt> => {
    const state = await withSnapshot(ctx, today, (db) => findFile(db, key))
    const isWhole = offset + content.length === state.bytes
    if (!isWhole) return await withReach(ctx, today, async (trx) => (await addPart(trx)).receipt)
    return await withChange(ctx, about, async (trx, note) => {
      const { isNew, receipt } = await addPart(trx)
      note.detail = { sha256: key.sha256, bytes: state.bytes, isRepeated: !isNew }
      return receipt
    })
  }
  const addPart = async (trx: Parameters<typeof lockInspectionFile>[0]) => {
    const office = officeOf(ctx)
    await lockInspectionFile(trx, key)
    const db = asReadonly(trx)
    const file = await findFile(db, key)
    if (file.officeCode !== office.unitCode) throw new ServiceError('forbidden', 'inspection_of_other_office')
    const { bytes, receivedBytes } = file
    if (content.length === 0 || content.length > MAX_PART_BYTES)
      throw new ServiceError('invalid', 'inspection_part_size')
    if (offset + content.length > bytes)
      throw new ServiceError('invalid', 'inspection_file_longer', { name: file.name })
    // Sent again, or out of order: the answer says what is there.
    if (offset !== receivedBytes || file.isReceived) return { receipt: toFileReceipt(file), isNew: false }
    if (offset === 0) assertType(file, content)
    const isLast = offset + content.length === bytes
    if (isLast && (await hashParts(db, key, content)) !== key.sha256) throw new WrongWhole()
    await insertInspectionFilePart(trx, file, { start: offset, content })
    if (isLast) await insertInspectionFileReceipt(trx, file, office.author)
    const now = { ...file, receivedBytes: offset + content.length, isReceived: isLast }
    return { receipt: toFileReceipt(now), isNew: true }
  }
  try {
    return await receive()
  } catch (error) {
    if (!(error instanceof WrongWhole)) throw error
    await withReach(ctx, today, async (trx) => {
      await lockInspectionFile(trx, key)
      await deleteInspectionFileParts(trx, key)
    })
    throw new ServiceError('conflict', 'inspection_file_differs')
  }
}

export interface EvidenceContent {
  readonly type: string
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** A photo or recording that is there whole. Throws ServiceError `not_found`. */
export async function getEvidence(ctx: ServiceContext, key: FileKey): Promise<EvidenceContent> {
  return await withSnapshot(ctx, await inspectionDay(ctx, key.inspectionId), async (db) => {
    const file = await findFile(db, key)
    const isHidden = (await listHiddenFirsts(db, ctx)).includes(key.inspectionId)
    if (!file.isReceived || isHidden) throw new ServiceError('not_found', 'inspection_file_none')
    const parts: Uint8Array[] = []
    for await (const part of listInspectionFileParts(db, key)) parts.push(part)
    return { type: file.type, name: file.name, bytes: new Uint8Array(Buffer.concat(parts)) }
  })
}
