import { type AnnounceCaseFileInput, CASE_FILE_LIMITS, type FileReceipt } from '@zhidu/contract'
import {
  asReadonly,
  type CaseFileRow,
  deleteCaseFileParts,
  insertCaseFile,
  insertCaseFilePart,
  listCaseFileParts,
  listCaseFiles,
  lockCaseFile,
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
import { sniffType } from '../evidence/sniff-type.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { loadFileOwner } from './load-file-owner.ts'

export interface CaseFileKey {
  readonly caseId: string
  readonly sha256: string
}

type StoredFile = CaseFileRow & { readonly isReceived: boolean }

function toStored(row: CaseFileRow): StoredFile {
  return { ...row, isReceived: row.receivedBytes === row.bytes }
}

/** Throws ServiceError `not_found` for a file of no case in reach. */
async function findFile(db: ReadonlyDb, { caseId, sha256 }: CaseFileKey): Promise<StoredFile> {
  const file = (await listCaseFiles(db, caseId)).find((one) => one.sha256 === sha256)
  if (file === undefined) throw new ServiceError('not_found', 'inspection_file_none')
  return toStored(file)
}

const PDF = '%PDF-'

/** What is taken as evidence, and a written statement. */
export function sniffCaseFile(content: Uint8Array): string | null {
  const isPdf = [...PDF].every((letter, at) => content[at] === letter.charCodeAt(0))
  return isPdf ? 'application/pdf' : sniffType(content)
}

function assertLimits(files: readonly CaseFileRow[], { bytes, name, type }: AnnounceCaseFileInput): void {
  const limit = type.startsWith('audio/') ? CASE_FILE_LIMITS.recordingBytes : CASE_FILE_LIMITS.fileBytes
  if (bytes > limit) throw new ServiceError('invalid', 'case_file_large', { name, limit: String(limit / 1_000_000) })
  const total = files.reduce((sum, file) => sum + file.bytes, bytes)
  if (files.length >= CASE_FILE_LIMITS.files || total > CASE_FILE_LIMITS.filesBytes) {
    const { files: most, filesBytes } = CASE_FILE_LIMITS
    throw new ServiceError('invalid', 'case_files_many', { n: String(most), limit: String(filesBytes / 1_000_000) })
  }
}

/**
 * Says which file comes next, in parts. The same again is harmless. `of`: how the audit trail names it. Throws ServiceError `invalid` beyond
 * the limits.
 */
export function announceCaseFile(
  ctx: ServiceContext,
  input: AnnounceCaseFileInput,
  of: 'case' | 'misreport' | 'lead' = 'case',
): Promise<FileReceipt> {
  const { caseId, sha256 } = input
  const what = { action: `${of}.announceFile`, object: `${of}/${caseId}`, detail: { sha256, name: input.name } }
  return withChange(ctx, what, async (trx) => {
    const { author, unitCode } = officeOf(ctx)
    await lockCaseFile(trx, { caseId, sha256: '' })
    const db = asReadonly(trx)
    const { about, mayBring } = await loadFileOwner(db, ctx, caseId)
    if (!mayBring.includes(unitCode)) throw new ServiceError('forbidden', 'case_of_unit')
    const files = await listCaseFiles(db, caseId)
    if (!files.some((one) => one.sha256 === sha256)) {
      assertLimits(files, input)
      await insertCaseFile(trx, about, { ...input, broughtBy: unitCode }, author)
    }
    return toFileReceipt(await findFile(db, input))
  })
}

export function getCaseFileStatus(ctx: ServiceContext, key: CaseFileKey): Promise<FileReceipt> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    await loadFileOwner(db, ctx, key.caseId)
    return toFileReceipt(await findFile(db, key))
  })
}

/** Takes the next part of a file that the unit or office announced, as `receivePart` says. */
export function receiveCaseFilePart(
  ctx: ServiceContext,
  key: CaseFileKey,
  part: { readonly offset: number; readonly content: Uint8Array },
): Promise<FileReceipt> {
  const store: PartStore<StoredFile> = {
    about: { action: 'case.file', object: `case/${key.caseId}` },
    find: (db) => findFile(db, key),
    assertOwn: ({ broughtBy }) => {
      if (broughtBy !== officeOf(ctx).unitCode) throw new ServiceError('forbidden', 'case_of_unit')
    },
    sniff: sniffCaseFile,
    lock: (trx) => lockCaseFile(trx, key),
    listParts: (db) => listCaseFileParts(db, key),
    insert: insertCaseFilePart,
    finish: () => Promise.resolve(),
    beginAnew: (trx) => deleteCaseFileParts(trx, key),
  }
  return receivePart(ctx, store, part)
}

/** A file that is there whole; until it is handed in, for who brought it alone. Throws ServiceError `not_found`. */
export function getCaseFile(ctx: ServiceContext, key: CaseFileKey): Promise<EvidenceContent> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const { handedIn } = await loadFileOwner(db, ctx, key.caseId)
    const file = await findFile(db, key)
    const isHandedIn = handedIn.has(key.sha256)
    const isOwn = ctx.actor.kind === 'account' && ctx.actor.unitCode === file.broughtBy
    if (!file.isReceived || !(isHandedIn || isOwn)) throw new ServiceError('not_found', 'inspection_file_none')
    return await readParts(file, listCaseFileParts(db, key))
  })
}
