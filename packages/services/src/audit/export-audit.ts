import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type NoteSigner, parseCheckpointNote, toLogHeader, toLogLine, toNoteInFile } from '@zhidu/audit'
import { asReadonly, listAuditCheckpoints, type ReadonlyDb, withTransaction } from '@zhidu/db'
import type { ServiceContext } from '../context.ts'
import { originOf } from './make-checkpoint.ts'
import { readLog } from './read-chain.ts'
import { hashOf, prevOf, readEntry } from './read-entry.ts'

export interface AuditExport {
  readonly entries: number
  /** All checkpoints that the database keeps, as a file. */
  readonly checkpoints: string
  /** First entry whose row was tampered with; null = none. The log itself says more, verified beside its checkpoints. */
  readonly firstTampered: number | null
}

/**
 * Writes the whole trail as JSON lines, which `verifyAuditLog` reads, and ends the sink. It is written as it is: whether it
 * is whole is asked of a copy outside.
 */
export function exportAudit(
  ctx: ServiceContext,
  args: { readonly signers: readonly NoteSigner[] },
  sink: NodeJS.WritableStream,
): Promise<AuditExport> {
  let entries = 0
  let firstTampered: number | null = null
  async function* lines(db: ReadonlyDb, origin: string): AsyncGenerator<string> {
    yield `${toLogHeader(origin)}\n`
    for await (const row of readLog(db, 0)) {
      entries += 1
      if (firstTampered === null && !readEntry(row).isIntact) firstTampered = row.seq
      yield `${toLogLine({ seq: row.seq, text: row.text, prev: prevOf(row), hash: hashOf(row) })}\n`
    }
  }
  return withTransaction(
    ctx.db,
    async (trx) => {
      const db = asReadonly(trx)
      const notes = (await listAuditCheckpoints(db)).map(({ note }) => note)
      const readable = notes.map((note) => parseCheckpointNote(note)?.checkpoint).filter((one) => one !== undefined)
      await pipeline(Readable.from(lines(db, originOf(readable.at(-1) ?? null, args.signers))), sink)
      return { entries, checkpoints: notes.map(toNoteInFile).join(''), firstTampered }
    },
    { isolation: 'repeatable read', isReadOnly: true },
  )
}
