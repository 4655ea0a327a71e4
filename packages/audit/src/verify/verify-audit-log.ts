import { parseLogHeader } from '../log/log-lines.ts'
import { parseVerifierKeys } from '../note/verifier-key.ts'
import { LogWalk } from './log-walk.ts'
import type { AuditLogReport, FirstBad } from './report.ts'
import { readCheckpoints } from './signed-checkpoints.ts'

function unread(firstBad: FirstBad): AuditLogReport {
  return { ok: false, entries: 0, root: '', checkpoints: 0, provenThrough: 0, firstBad }
}

/**
 * Whether an exported log is whole: every hash, the chain, and every checkpoint kept of it. Reads it once, line by line.
 * `entries`: its lines, header first; `checkpoints`: a file of notes; `key`: verifier keys, one a line, any of which is trusted.
 * Without checkpoints a log rewritten from some entry on, or cut at its end, looks whole. Throws RangeError for an unreadable key.
 */
export async function verifyAuditLog(args: {
  readonly entries: AsyncIterable<string>
  readonly checkpoints: string
  readonly key: string
}): Promise<AuditLogReport> {
  const checkpoints = readCheckpoints(args.checkpoints, parseVerifierKeys(args.key))
  if (typeof checkpoints === 'number') return unread({ seq: checkpoints, kind: 'checkpoint_malformed' })
  let walk: LogWalk | null = null
  for await (const line of args.entries) {
    if (walk === null) {
      const origin = parseLogHeader(line)
      if (origin === null) break
      walk = new LogWalk(origin, checkpoints)
    } else {
      walk.addLine(line)
    }
    if (walk.isDecided) break
  }
  return walk?.end() ?? unread({ seq: 0, kind: 'malformed' })
}
