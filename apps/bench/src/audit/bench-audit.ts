import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { watchPeakMemory } from '../measure/peak-memory.ts'
import { timeOnce } from '../measure/repeat.ts'
import { toCount, toMegabytes, toRatio, toTextTable } from '../report/print-table.ts'
import type { VerifyTimes } from './verify-once.ts'
import { type LogFiles, writeLog } from './write-log.ts'

/** As scripts/bootstrap starts the command line. */
const FRUGAL = ['--max-semi-space-size=8', '--max-old-space-size=320']
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

export interface AuditFinding extends VerifyTimes {
  readonly bytes: number
  /** Of the process that verifies; null = this system does not tell. */
  readonly peakBytes: number | null
  /** SHA-256 over the same file, once through. */
  readonly plainMs: number
}

async function verifyInProcess(files: LogFiles): Promise<VerifyTimes & { readonly peakBytes: number | null }> {
  const child = spawn(process.execPath, [...FRUGAL, MAIN, 'audit-file', JSON.stringify(files)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const watch = watchPeakMemory(child.pid ?? 0, null)
  let output = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text: string) => {
    output += text
  })
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const peakBytes = watch.stop().importer
  if (exitCode !== 0) throw new Error(`the verification ended with status ${exitCode}`)
  // Safe: `main.ts audit-file` prints what `verifyOnce` returned.
  return { ...(JSON.parse(output) as VerifyTimes), peakBytes }
}

/** Verifies a log of so many entries in a process of its own, beside SHA-256 over the same bytes. */
export async function benchAudit(entryCount: number, say: (line: string) => void): Promise<AuditFinding> {
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-bench-'))
  try {
    say(`writing a log of ${entryCount} entries`)
    const files = await writeLog(folder, entryCount)
    const { size } = await stat(files.log)
    const hashAll = (): Promise<void> => pipeline(createReadStream(files.log), createHash('sha256'))
    await hashAll()
    const plainMs = await timeOnce(hashAll)
    say('verifying it')
    return { ...(await verifyInProcess(files)), bytes: size, plainMs }
  } finally {
    await rm(folder, { recursive: true })
  }
}

export function toAuditFindingText({ bytes, checkpoints, entries, ms, peakBytes, plainMs }: AuditFinding): string {
  const header = ['audit log', 'entries', 'checkpoints', 'size', 'seconds', '÷ SHA-256 of the bytes', 'peak']
  const row = [
    'verified offline',
    toCount(entries),
    toCount(checkpoints),
    toMegabytes(bytes),
    (ms / 1_000).toFixed(1),
    toRatio(ms, plainMs),
    toMegabytes(peakBytes),
  ]
  return toTextTable(header, [row])
}
