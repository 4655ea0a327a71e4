import { createHash, randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { KEY_BYTES, PLAIN_LINE, sealedLine, trailerOf } from './backup-format.ts'
import { seal } from './seal.ts'

/** A text compresses to about a sixth; a higher level takes twice the time for a twentieth less. */
const GZIP = { level: 5, chunkSize: 262_144, strategy: constants.Z_DEFAULT_STRATEGY } as const

export interface WrittenFile {
  readonly bytes: number
  /** Of everything before the last line, as that line says. */
  readonly sha256: string
}

async function* toBody(text: AsyncIterable<Buffer>, key: Buffer | null): AsyncGenerator<Buffer> {
  const gzip = createGzip(GZIP)
  const filled = pipeline(Readable.from(text, { objectMode: false }), gzip)
  // Its failure arrives as an error of `gzip` too.
  filled.catch(() => undefined)
  if (key === null) {
    yield Buffer.from(PLAIN_LINE)
    yield* gzip
  } else {
    const salt = randomBytes(KEY_BYTES)
    const firstLine = sealedLine(salt)
    yield Buffer.from(firstLine)
    yield* seal(gzip, { key, salt, firstLine })
  }
  await filled
}

/** So that the new name outlives a loss of power. Windows knows no such call. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(dirname(path))
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** A whole file that does not bear its name yet. */
export interface BackupDraft extends WrittenFile {
  /** Gives it its name, and takes the place of a file that had it. */
  keep(): Promise<void>
  discard(): Promise<void>
}

/** Writes the text of a backup beside `path` and waits until it is safe on its medium; leaves nothing when that fails. */
export async function draftBackupFile(
  args: { readonly path: string; readonly key: Buffer | null; readonly signal: AbortSignal },
  text: AsyncIterable<Buffer>,
): Promise<BackupDraft> {
  const draft = `${args.path}.${process.pid}.part`
  const discard = (): Promise<void> => rm(draft, { force: true })
  // Everything is in it: for the owner alone.
  const file = await open(draft, 'w', 0o600)
  try {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of toBody(text, args.key)) {
      args.signal.throwIfAborted()
      hash.update(chunk)
      await file.writeFile(chunk)
      bytes += chunk.length
    }
    const sha256 = hash.digest('hex')
    const trailer = Buffer.from(trailerOf(sha256))
    await file.writeFile(trailer)
    await file.sync()
    await file.close()
    const keep = async (): Promise<void> => {
      await rename(draft, args.path)
      await syncFolder(args.path)
    }
    return { bytes: bytes + trailer.length, sha256, keep, discard }
  } catch (error) {
    await file.close().catch(() => undefined)
    await discard().catch(() => undefined)
    throw error
  }
}
