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

/** Hashes of the entries behind a number. Throws ServiceError `audit_chain_broken` at the first that is not what it was. */
export async function* readChain(db: ReadonlyDb, after: number): AsyncGenerator<Uint8Array> {
  let expected = after + 1
  let prev: string | null = after === 0 ? NO_ENTRY : null
  // The entry before is read along: the first must follow it.
  for await (const row of readLog(db, Math.max(0, after - 1))) {
    const follows = prev === null ? row.seq === after : row.seq === expected && prevOf(row) === prev
    if (!follows || !readEntry(row).isIntact) {
      throw new ServiceError('conflict', 'audit_chain_broken', { seq: String(prev === null ? after : expected) })
    }
    if (prev !== null) {
      expected += 1
      yield row.hash
    }
    prev = hashOf(row)
  }
}
