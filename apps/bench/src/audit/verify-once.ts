import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { splitLines, verifyAuditLog } from '@zhidu/audit'
import { timeOnce } from '../measure/repeat.ts'
import type { LogFiles } from './write-log.ts'

export interface VerifyTimes {
  readonly entries: number
  readonly checkpoints: number
  readonly ms: number
}

/** Verifies a log as the command does. Throws when it is not whole: then its time means nothing. */
export async function verifyOnce(files: LogFiles): Promise<VerifyTimes> {
  const [checkpoints, key] = await Promise.all([readFile(files.checkpoints, 'utf8'), readFile(files.key, 'utf8')])
  let counts = { entries: 0, checkpoints: 0 }
  const ms = await timeOnce(async () => {
    const report = await verifyAuditLog({ entries: splitLines(createReadStream(files.log)), checkpoints, key })
    if (!report.ok) throw new Error(`the log is not whole: ${JSON.stringify(report.firstBad)}`)
    counts = report
  })
  return { entries: counts.entries, checkpoints: counts.checkpoints, ms }
}
