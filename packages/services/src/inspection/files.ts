import type { FileReceipt } from '@zhidu/contract'
import {
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
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import {
  type EvidenceContent,
  type PartStore,
  readParts,
  receivePart,
  toFileReceipt,
} from '../evidence/receive-part.ts'
import { sniffType } from '../evidence/sniff-type.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { listHiddenFirsts } from './blind.ts'
import { inspectionDay } from './inspection-day.ts'

export interface FileKey {
  readonly inspectionId: string
  readonly sha256: string
}

/** Throws ServiceError `not_found` for a file that no check in reach announced. */
async function findFile(db: ReadonlyDb, { inspectionId, sha256 }: FileKey): Promise<InspectionFileRow> {
  const file = (await listInspectionFiles(db, inspectionId)).find((one) => one.sha256 === sha256)
  if (file === undefined) throw new ServiceError('not_found', 'inspection_file_none')
  return file
}

/** How much of a file is there. */
export function getFileStatus(ctx: ServiceContext, key: FileKey): Promise<FileReceipt> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => toFileReceipt(await findFile(db, key)))
}

/** Takes the next part of a file that a check announced, as `receivePart` says. Throws ServiceError `forbidden` for another office's. */
export function receiveFilePart(
  ctx: ServiceContext,
  key: FileKey,
  part: { readonly offset: number; readonly content: Uint8Array },
): Promise<FileReceipt> {
  const store: PartStore<InspectionFileRow> = {
    about: { action: 'inspection.file', object: `inspection/${key.inspectionId}` },
    find: (db) => findFile(db, key),
    assertOwn: ({ officeCode }) => {
      if (officeCode !== officeOf(ctx).unitCode) throw new ServiceError('forbidden', 'inspection_of_other_office')
    },
    sniff: sniffType,
    lock: (trx) => lockInspectionFile(trx, key),
    listParts: (db) => listInspectionFileParts(db, key),
    insert: insertInspectionFilePart,
    finish: (trx, file) => insertInspectionFileReceipt(trx, file, officeOf(ctx).author),
    beginAnew: (trx) => deleteInspectionFileParts(trx, key),
  }
  return receivePart(ctx, store, part)
}

/** A photo or recording that is there whole. Throws ServiceError `not_found`. */
export async function getEvidence(ctx: ServiceContext, key: FileKey): Promise<EvidenceContent> {
  return await withSnapshot(ctx, await inspectionDay(ctx, key.inspectionId), async (db) => {
    const file = await findFile(db, key)
    const isHidden = (await listHiddenFirsts(db, ctx)).includes(key.inspectionId)
    if (!file.isReceived || isHidden) throw new ServiceError('not_found', 'inspection_file_none')
    return await readParts(file, listInspectionFileParts(db, key))
  })
}
