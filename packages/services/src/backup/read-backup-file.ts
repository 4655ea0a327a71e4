import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { ServiceError } from '../service-error.ts'
import {
  BACKUP_FORMAT,
  MAX_FIRST_LINE_BYTES,
  PLAIN_LINE,
  SEALED_LINE,
  TRAILER,
  TRAILER_BYTES,
} from './backup-format.ts'
import { unseal, UnsealError } from './seal.ts'

const CHUNK_BYTES = 262_144

/** A file that says of itself that it is a backup of this format, whole and unchanged. */
export interface SoundFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly firstLine: string
  /** null = not sealed. */
  readonly salt: Buffer | null
}

async function readEnds(
  path: string,
): Promise<{ readonly bytes: number; readonly head: Buffer; readonly tail: Buffer }> {
  const file = await open(path)
  try {
    const { size: bytes } = await file.stat()
    const head = Buffer.alloc(Math.min(MAX_FIRST_LINE_BYTES, bytes))
    const tail = Buffer.alloc(Math.min(TRAILER_BYTES, bytes))
    await file.read(head, 0, head.length, 0)
    await file.read(tail, 0, tail.length, bytes - tail.length)
    return { bytes, head, tail }
  } finally {
    await file.close()
  }
}

function refuse(reason: string, path: string, params: Record<string, string> = {}): ServiceError {
  return new ServiceError('invalid', reason, { path, ...params })
}

/**
 * Reads the file through once. Throws ServiceError `invalid`: `backup_foreign` no backup at all, `backup_format_newer`,
 * `backup_damaged` cut or changed.
 */
export async function checkFile(path: string): Promise<SoundFile> {
  const { bytes, head, tail } = await readEnds(path)
  const firstLine = head.subarray(0, head.indexOf('\n') + 1).toString('latin1')
  const format = /^zhidu-backup (\d{1,6}) /.exec(firstLine)?.[1]
  if (format === undefined) throw refuse('backup_foreign', path)
  if (Number(format) > BACKUP_FORMAT) throw refuse('backup_format_newer', path, { format })
  const salt = SEALED_LINE.exec(firstLine)?.[1]
  const claimed = TRAILER.exec(tail.toString('latin1'))?.[1]
  if (claimed === undefined || (salt === undefined && firstLine !== PLAIN_LINE)) throw refuse('backup_damaged', path)
  const hash = createHash('sha256')
  const end = bytes - TRAILER_BYTES - 1
  for await (const chunk of createReadStream(path, { end, highWaterMark: CHUNK_BYTES })) hash.update(chunk)
  if (hash.digest('hex') !== claimed) throw refuse('backup_damaged', path)
  return { path, bytes, sha256: claimed, firstLine, salt: salt === undefined ? null : Buffer.from(salt, 'hex') }
}

async function* toGzip(file: SoundFile, key: Buffer | null, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const range = { start: file.firstLine.length, end: file.bytes - TRAILER_BYTES - 1, highWaterMark: CHUNK_BYTES }
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(file.path, range)) {
      onRead(chunk.length)
      yield chunk
    }
  }
  if (file.salt === null || key === null) yield* counted()
  else yield* unseal(counted(), { key, salt: file.salt, firstLine: file.firstLine })
}

/**
 * The text of a sound file. Throws ServiceError `invalid`: `backup_sealed` a key is needed, `backup_not_sealed` it has none,
 * `backup_other_key`, `backup_damaged`. `onRead`: bytes of the file, as they are read.
 */
export async function* readText(
  file: SoundFile,
  key: Buffer | null,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  if (file.salt !== null && key === null) throw refuse('backup_sealed', file.path)
  if (file.salt === null && key !== null) throw refuse('backup_not_sealed', file.path)
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  const filled = pipeline(Readable.from(toGzip(file, key, onRead), { objectMode: false }), gunzip)
  filled.catch(() => undefined)
  try {
    for await (const chunk of gunzip) yield chunk
    await filled
  } catch (error) {
    const cause = await filled.then(
      () => error,
      (problem: unknown) => problem,
    )
    // The file is as it was written: the first segment that does not open says that the key is another.
    if (cause instanceof UnsealError && cause.segment === 0) throw refuse('backup_other_key', file.path)
    if (cause instanceof UnsealError || isZlibError(cause)) throw refuse('backup_damaged', file.path)
    throw cause
  } finally {
    gunzip.destroy()
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}
