import { INSPECTION_LIMITS, type InspectionDocument, PHOTO_TYPES } from '@zhidu/contract'
import type { Checklist } from '@zhidu/domain'
import { ServiceError } from '../service-error.ts'

function findTwice(keys: readonly string[]): string | undefined {
  return keys.find((key, at) => keys.indexOf(key) !== at)
}

function megabytes(bytes: number): string {
  return String(bytes / 1_000_000)
}

/** Throws ServiceError `invalid` for files that are announced wrongly, with what is accepted. */
function assertFiles({ answers, files }: InspectionDocument): void {
  for (const { bytes, kind, name, type } of files) {
    const limit = kind === 'photo' ? INSPECTION_LIMITS.photoBytes : INSPECTION_LIMITS.recordingBytes
    if (bytes > limit) throw new ServiceError('invalid', `inspection_${kind}_large`, { name, limit: megabytes(limit) })
    const isPhoto = (PHOTO_TYPES as readonly string[]).includes(type)
    if (isPhoto !== (kind === 'photo')) throw new ServiceError('invalid', 'inspection_file_type', { name })
  }
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total > INSPECTION_LIMITS.filesBytes) {
    throw new ServiceError('invalid', 'inspection_files_large', { limit: megabytes(INSPECTION_LIMITS.filesBytes) })
  }
  const hashes = files.map(({ sha256 }) => sha256)
  if (findTwice(hashes) !== undefined) throw new ServiceError('invalid', 'inspection_file_twice')
  if (answers.some((one) => one.files.some((hash) => !hashes.includes(hash)))) {
    throw new ServiceError('invalid', 'inspection_file_unknown')
  }
}

/** Throws ServiceError `invalid` for what does not belong to its purpose, or to the list that it names. */
export function assertDocument(document: InspectionDocument, checklist: Checklist): void {
  const { answers, drawId, method, orderId, purpose, reason } = document
  const isAgain = purpose === 'second' || purpose === 'upper'
  const fits =
    (purpose === 'drawn') === (drawId !== null) &&
    (isAgain ? orderId !== null : orderId === null || purpose === 'ordered') &&
    (purpose !== 'ordered' || reason !== null || orderId !== null)
  if (!fits) throw new ServiceError('invalid', 'inspection_purpose')
  if (!checklist.methods.includes(method)) throw new ServiceError('invalid', 'inspection_method')
  const keys = new Set(checklist.items.map(({ key }) => key))
  const asked = answers.map(({ item }) => item)
  const unknown = asked.find((item) => !keys.has(item)) ?? findTwice(asked)
  if (unknown !== undefined) throw new ServiceError('invalid', 'inspection_item', { item: unknown })
  assertFiles(document)
}
