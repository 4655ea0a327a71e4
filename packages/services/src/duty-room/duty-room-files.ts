import { type AnnounceRoomFileInput, CASE_FILE_LIMITS, type FileReceipt } from '@zhidu/contract'
import {
  asReadonly,
  deleteDutyRoomFileParts,
  type DutyRoomFileKey,
  type DutyRoomFileRow,
  insertDutyRoomFile,
  insertDutyRoomFilePart,
  listDutyRoomFileParts,
  listDutyRoomFiles,
  listRoomAssessments,
  listTrainings,
  lockDutyRoomFiles,
  type ReadonlyDb,
} from '@zhidu/db'
import { localDateOf } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import {
  type EvidenceContent,
  type PartStore,
  readParts,
  receivePart,
  toFileReceipt,
} from '../evidence/receive-part.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { ownUnitOf } from '../supervision-case/load-case.ts'
import { sniffCaseFile } from '../supervision-case/case-files.ts'
import { toStoredFile } from './get-duty-room.ts'
import { sideOf } from './record-duty-room.ts'

type StoredFile = DutyRoomFileRow & { readonly isReceived: boolean }

/** Throws ServiceError `not_found` for a file of no unit in reach. */
async function findFile(db: ReadonlyDb, { officeCode, sha256, unitCode }: DutyRoomFileKey): Promise<StoredFile> {
  const files = await listDutyRoomFiles(db, unitCode)
  const file = files.find((one) => one.sha256 === sha256 && one.officeCode === officeCode)
  if (file === undefined) throw new ServiceError('not_found', 'inspection_file_none')
  return toStoredFile(file)
}

async function listHandedIn(db: ReadonlyDb, unitCode: string): Promise<ReadonlySet<string>> {
  const assessments = await listRoomAssessments(db, [unitCode])
  const trainings = await listTrainings(db, [unitCode])
  return new Set([
    ...assessments.flatMap(({ files, officeCode }) => files.map((hash) => `${officeCode} ${hash}`)),
    ...trainings.flatMap(({ files }) => files.map((hash) => `${unitCode} ${hash}`)),
  ])
}

/** Says which file comes next, in parts. The same again is harmless. Throws ServiceError `invalid` beyond the limits of what waits. */
export function announceRoomFile(ctx: ServiceContext, input: AnnounceRoomFileInput): Promise<FileReceipt> {
  const { bytes, name, sha256, type, unitCode } = input
  const what = { action: 'dutyRoom.announceFile', object: `unitCode/${unitCode}`, detail: { sha256, name } }
  return withChange(ctx, what, async (trx) => {
    await sideOf(trx, ctx, unitCode)
    const { author, unitCode: officeCode } = officeOf(ctx)
    await lockDutyRoomFiles(trx, unitCode)
    const db = asReadonly(trx)
    const handedIn = await listHandedIn(db, unitCode)
    const own = (await listDutyRoomFiles(db, unitCode)).filter((one) => one.officeCode === officeCode)
    if (!own.some((one) => one.sha256 === sha256)) {
      const waiting = own.filter((one) => !handedIn.has(`${officeCode} ${one.sha256}`))
      const limit = type.startsWith('audio/') ? CASE_FILE_LIMITS.recordingBytes : CASE_FILE_LIMITS.fileBytes
      if (bytes > limit)
        throw new ServiceError('invalid', 'case_file_large', { name, limit: String(limit / 1_000_000) })
      const total = waiting.reduce((sum, one) => sum + one.bytes, bytes)
      const { files: most, filesBytes } = CASE_FILE_LIMITS
      if (waiting.length >= most || total > filesBytes) {
        throw new ServiceError('invalid', 'case_files_many', { n: String(most), limit: String(filesBytes / 1_000_000) })
      }
      await insertDutyRoomFile(trx, { unitCode, officeCode, sha256, type, bytes, name }, author)
    }
    return toFileReceipt(await findFile(db, { unitCode, officeCode, sha256 }))
  })
}

/** Takes the next part of a file that the asker's side announced, as `receivePart` says. */
export function receiveRoomFilePart(
  ctx: ServiceContext,
  about: Omit<DutyRoomFileKey, 'officeCode'>,
  part: { readonly offset: number; readonly content: Uint8Array },
): Promise<FileReceipt> {
  const key = { ...about, officeCode: officeOf(ctx).unitCode }
  const store: PartStore<StoredFile> = {
    about: { action: 'dutyRoom.file', object: `unitCode/${about.unitCode}` },
    find: (db) => findFile(db, key),
    // Another side's file is not found by this key.
    assertOwn: () => undefined,
    sniff: sniffCaseFile,
    lock: (trx) => lockDutyRoomFiles(trx, key.unitCode),
    listParts: (db) => listDutyRoomFileParts(db, key),
    insert: (trx, _, next) => insertDutyRoomFilePart(trx, key, next),
    finish: () => Promise.resolve(),
    beginAnew: (trx) => deleteDutyRoomFileParts(trx, key),
  }
  return receivePart(ctx, store, part)
}

/** A file that is there whole; until it is handed in, for who brought it alone. Throws ServiceError `not_found`. */
export function getRoomFile(ctx: ServiceContext, key: DutyRoomFileKey): Promise<EvidenceContent> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const file = await findFile(db, key)
    const isHandedIn = (await listHandedIn(db, key.unitCode)).has(`${key.officeCode} ${key.sha256}`)
    const isOwn = ownUnitOf(ctx) === key.officeCode
    if (!file.isReceived || !(isHandedIn || isOwn)) throw new ServiceError('not_found', 'inspection_file_none')
    return await readParts(file, listDutyRoomFileParts(db, key))
  })
}
