// A program of its own for the drill: `node restore-child.ts URL FILE STEP` restores over what is there, says STEP when it
// comes to it, and then stands still for ever.
import { openDatabase } from '@zhidu/db'
import { restoreBackup } from '../backup/restore-backup.ts'

const [, , databaseUrl = '', path = '', stopAt = ''] = process.argv
const database = await openDatabase({ databaseUrl })
await restoreBackup(
  { db: database.db, report: database.report, clock: Date.now, actor: { kind: 'local', name: 'child' } },
  {
    path,
    key: null,
    replace: true,
    signal: new AbortController().signal,
    onProgress: (step) => {
      if (step !== stopAt) return
      process.stdout.write(`${step}\n`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    },
  },
)
process.stdout.write('done\n')
