import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ServiceError } from '../service-error.ts'

const PREFIX = 'zhidu-imports-'

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A folder for uploads; what processes that are gone left in theirs is removed. `folder` is emptied when given. */
export async function createJobFolder(folder: string | undefined): Promise<string> {
  if (folder !== undefined) {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return folder
  }
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1])
    if (Number.isSafeInteger(pid) && !isAlive(pid))
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined)
  }
  return mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
}

/** Saves an upload as it comes. Throws ServiceError when it is larger than allowed. */
export async function saveUpload(body: ReadableStream<Uint8Array>, path: string, maxBytes: number): Promise<number> {
  let size = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      size += chunk.length
      if (size > maxBytes)
        throw new ServiceError('invalid', 'upload_too_large', { limit: String(Math.floor(maxBytes / 1_000_000)) })
      yield chunk
    }
  }
  await pipeline(Readable.from(counted()), createWriteStream(path, { mode: 0o600 }))
  return size
}
