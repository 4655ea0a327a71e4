import type { EvidenceFile, SheetCourse } from '../sheet/sheet.ts'
import { cleanWords } from '../sheet/to-document.ts'
import { HEAD_BYTES, sniffType } from './sniff.ts'

/** The bounds of the contract. */
export const FILE_LIMITS = {
  photoBytes: 10_000_000,
  recordingBytes: 50_000_000,
  files: 20,
  filesBytes: 100_000_000,
} as const
/** What a camera makes at most before it is made smaller; more is not even read. */
const ORIGINAL_BYTES = 40_000_000
const NAME_LENGTH = 100

export type FileProblem = 'too_large' | 'not_taken' | 'too_many' | 'too_much' | 'known' | 'empty'
export interface TakenFile {
  readonly file: EvidenceFile
  readonly bytes: Uint8Array
}

export interface TakeContext {
  readonly kind: EvidenceFile['kind']
  readonly course: SheetCourse
  readonly takenMs: number
  readonly hashBytes: (bytes: Uint8Array) => Promise<string>
  /** The photo made smaller; the same blob where the browser cannot. */
  readonly shrink: (photo: Blob) => Promise<Blob>
}

function bytesOf({ files }: SheetCourse): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

function isOfKind(type: string, kind: EvidenceFile['kind']): boolean {
  return type.startsWith(kind === 'photo' ? 'image/' : 'audio/')
}

/** Looks at size and first bytes before anything is read whole. */
async function problemBefore(blob: Blob, { course, kind }: TakeContext): Promise<FileProblem | null> {
  if (blob.size === 0) return 'empty'
  if (course.files.length >= FILE_LIMITS.files) return 'too_many'
  if (blob.size > (kind === 'photo' ? ORIGINAL_BYTES : FILE_LIMITS.recordingBytes)) return 'too_large'
  const type = sniffType(new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer()))
  return type === null || !isOfKind(type, kind) ? 'not_taken' : null
}

function problemAfter(blob: Blob, hash: string, { course, kind }: TakeContext): FileProblem | null {
  if (blob.size > (kind === 'photo' ? FILE_LIMITS.photoBytes : FILE_LIMITS.recordingBytes)) return 'too_large'
  if (bytesOf(course) + blob.size > FILE_LIMITS.filesBytes) return 'too_much'
  return course.files.some(({ sha256 }) => sha256 === hash) ? 'known' : null
}

/** A photo or recording as it will be sent, or why it is not taken. */
export async function takeFile(blob: Blob, name: string, context: TakeContext): Promise<TakenFile | FileProblem> {
  const before = await problemBefore(blob, context)
  if (before !== null) return before
  const made = context.kind === 'photo' ? await context.shrink(blob) : blob
  const bytes = new Uint8Array(await made.arrayBuffer())
  const type = sniffType(bytes.subarray(0, HEAD_BYTES))
  const sha256 = await context.hashBytes(bytes)
  const after = problemAfter(made, sha256, context)
  if (after !== null) return after
  if (type === null) return 'not_taken'
  const { kind, takenMs } = context
  const file = { sha256, kind, type, bytes: bytes.length, takenMs, name: cleanWords(name).slice(0, NAME_LENGTH) }
  return { file, bytes }
}
