import { NO_ENTRY } from '@zhidu/audit'
import { type AuditRow, listAuditLog, type ReadonlyDb } from '@zhidu/db'
import { ServiceError } from '../service-error.ts'
import { hashOf, prevOf, readEntry } from './read-entry.ts'

const ROWS_PER_READ = 2_000

/** All entries behind a number, oldest first. */
export async function* readLog(db: ReadonlyDb, after: number): AsyncGenerator<AuditRow> {
  for (let last = after; ;) {
    const rows = await listAuditLog(db, last, ROWS_PER_READ)
    yield* rows
    const newest = rows.at(-1)
    if (newest === undefined || rows.length < ROWS_PER_READ) return
    last = newest.seq
  }
}

/** An entry that was found to be what it was, by number and hash; number 0 = the place before the first. */
export interface ChainPlace {
  readonly seq: number
  /** Hexadecimal. */
  readonly hash: string
}

export const CHAIN_START: ChainPlace = { seq: 0, hash: NO_ENTRY }

function refuse(seq: number): never {
  throw new ServiceError('conflict', 'audit_chain_broken', { seq: String(seq) })
}

/**
 * The entries behind a place, each following the one before. Throws ServiceError `audit_chain_broken` { seq } at the first
 * that is not what it was; the place itself is looked at, too.
 */
export async function* readChain(db: ReadonlyDb, from: ChainPlace): AsyncGenerator<AuditRow> {
  let last = from
  let isFromFound = from.seq === 0
  for await (const row of readLog(db, Math.max(0, from.seq - 1))) {
    if (isFromFound) {
      const isNext = row.seq === last.seq + 1 && prevOf(row) === last.hash && readEntry(row).isIntact
      if (!isNext) refuse(last.seq + 1)
      yield row
      last = { seq: row.seq, hash: hashOf(row) }
    } else if (row.seq === from.seq && hashOf(row) === from.hash && readEntry(row).isIntact) {
      isFromFound = true
    } else {
      refuse(from.seq)
    }
  }
  if (!isFromFound) refuse(from.seq)
}
