import { resolve } from 'node:path'
import { acquireServeLock, AlreadyServingError, type Engine, type ServeLock } from '@zhidu/db'
import { restoreBackup } from '@zhidu/services'
import { Refusal } from '../exit.ts'
import { type Program, withData } from '../program.ts'
import { readBackupKey } from './backup-key.ts'
import { sayNowAndThen } from './backup.ts'
import { BACKUP_WORDS } from './backup-words.ts'

export interface RestoreOptions {
  readonly keyFile?: string
  readonly replace?: boolean
  readonly json?: boolean
}

function toServingRefusal({ address, params, pid }: AlreadyServingError, cause?: unknown): Refusal {
  const host = params['host'] ?? ''
  const words = {
    'zh-CN': BACKUP_WORDS['zh-CN'].serving(pid, address, host),
    en: BACKUP_WORDS.en.serving(pid, address, host),
  }
  return new Refusal(words, { cause })
}

/** Keeps servers away from the data. Throws Refusal when one runs; `onLost`: one began while the lock was gone. */
async function keepServersAway(engine: Engine, onLost: (refusal: Refusal) => void): Promise<ServeLock> {
  try {
    return await acquireServeLock(engine, {
      address: 'zhidu-restore',
      onLost: (error) => onLost(toServingRefusal(error)),
    })
  } catch (error) {
    throw error instanceof AlreadyServingError ? toServingRefusal(error, error) : error
  }
}

const UNREADABLE = new Set(['EACCES', 'EISDIR', 'ENOENT', 'ENOTDIR', 'EPERM'])

/** A file that cannot be read, worded; anything else as it is. */
function toReadRefusal(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!UNREADABLE.has(code)) return error
  const words = {
    'zh-CN': `读不了备份文件 ${path}（${code}）。没有改动任何数据。`,
    en: `Cannot read the backup ${path} (${code}). Nothing was changed.`,
  }
  return new Refusal(words, { cause: error })
}

/** `zhidu restore FILE`: fills an empty installation, or with `--replace` any, from a backup, all or nothing. */
export async function runRestore(program: Program, file: string, options: RestoreOptions): Promise<void> {
  const words = BACKUP_WORDS[program.language]
  const path = resolve(program.cwd, file)
  const key = readBackupKey(program, options.keyFile)
  const say = sayNowAndThen(program)
  const result = await withData(program, async (ctx, { engine }) => {
    const lost = new AbortController()
    const lock = await keepServersAway(engine, (refusal) => lost.abort(refusal))
    try {
      return await restoreBackup(ctx, {
        path,
        key,
        replace: options.replace === true,
        signal: AbortSignal.any([program.signal, lost.signal]),
        onProgress: (step, done, total) => say(() => words.step(step, Math.floor((100 * done) / total))),
      })
    } finally {
      await lock.release()
    }
  }).catch((error: unknown) => {
    throw toReadRefusal(error, path)
  })
  if (options.json === true) program.print(JSON.stringify({ file: path, ...result }))
  else program.print(words.restored(path, result))
  if (result.leftOut.length > 0) program.say(words.leftOut(result.leftOut))
}
