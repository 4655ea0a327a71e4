import { randomBytes } from 'node:crypto'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

const KEY_BYTES = 32
/** Bits of a mode that let anybody but the owner in. */
const OTHERS = 0o077

/** A key file that cannot be used; `reason` is a key of the message catalogue. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError'
  readonly reason: 'key_file_open_to_others' | 'key_file_broken'
  readonly path: string

  constructor(reason: KeyFileError['reason'], path: string) {
    super(`${reason}: ${path}`)
    this.reason = reason
    this.path = path
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

async function readKey(path: string): Promise<Buffer> {
  // Windows has no such bits; what a file lets in there is its folder's matter.
  if (process.platform !== 'win32' && ((await stat(path)).mode & OTHERS) !== 0) {
    throw new KeyFileError('key_file_open_to_others', path)
  }
  const text = (await readFile(path, 'utf8')).trim()
  const key = Buffer.from(text, 'base64')
  if (key.length !== KEY_BYTES || key.toString('base64') !== text) throw new KeyFileError('key_file_broken', path)
  return key
}

/**
 * The 32 bytes of the installation's key, one line of base64 that its owner alone can read; made when the file is missing.
 * Throws KeyFileError for a file that others can read or that holds something else.
 */
export async function openKeyFile(path: string): Promise<Buffer> {
  try {
    return await readKey(path)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  try {
    await writeFile(path, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    // Somebody else began at the same moment; theirs is the key.
    if (!isCode(error, 'EEXIST')) throw error
  }
  return readKey(path)
}
