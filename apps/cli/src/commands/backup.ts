import { resolve } from 'node:path'
import { backUp } from '@zhidu/services'
import { type Program, withData } from '../program.ts'
import { programVersion } from '../program-version.ts'
import { readBackupKey } from './backup-key.ts'
import { BACKUP_WORDS } from './backup-words.ts'
import { toFileRefusal } from './output-file.ts'

export interface BackupOptions {
  readonly keyFile?: string
  readonly json?: boolean
}

const PROGRESS_EVERY_MS = 1_000

/** Says at most one line a second, the first after a second. */
export function sayNowAndThen(program: Program): (line: () => string) => void {
  let saidAt = performance.now()
  return (line) => {
    const now = performance.now()
    if (now - saidAt < PROGRESS_EVERY_MS) return
    saidAt = now
    program.say(line())
  }
}

/** `zhidu backup FILE`: all data, as they are at one instant, in one file; the server may run meanwhile. */
export async function runBackup(program: Program, file: string, options: BackupOptions): Promise<void> {
  const words = BACKUP_WORDS[program.language]
  const path = resolve(program.cwd, file)
  const key = readBackupKey(program, options.keyFile)
  const say = sayNowAndThen(program)
  const result = await withData(program, (ctx, { engine }) =>
    backUp(ctx, {
      path,
      key,
      programVersion: programVersion(),
      postgresVersion: engine.describe().version,
      signal: program.signal,
      onProgress: (table, rowCount) => say(() => words.table(table, rowCount)),
    }),
  ).catch((error: unknown) => {
    throw toFileRefusal(error, path)
  })
  if (options.json === true) program.print(JSON.stringify({ file: path, ...result }))
  else program.print(words.saved(path, result))
  if (!result.isSealed) program.say(words.notSealed)
}
