import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Db } from '../db.ts'
import { clientOf } from '../transaction/with-transaction.ts'
import type { StoredTable } from './list-stored-tables.ts'
import { digestTable, type TableDigest } from './table-digest.ts'

function columnsOf(table: StoredTable): string {
  return table.columns.map((column) => pg.escapeIdentifier(column)).join(', ')
}

/**
 * A table's rows as COPY text, sorted by `orderedBy`, in chunks that end anywhere. Whoever leaves before the end loses
 * the connection, and with it the transaction: rows under way cannot be called back otherwise.
 */
export async function* readTable(trx: Db, table: StoredTable): AsyncGenerator<Buffer> {
  const client = clientOf(trx)
  const rows = `select ${columnsOf(table)} from public.${pg.escapeIdentifier(table.name)} order by ${table.orderSql}`
  const source = client.query(copyTo(`copy (${rows}) to stdout`))
  let isWhole = false
  try {
    for await (const chunk of source) yield chunk
    isWhole = true
  } finally {
    if (!isWhole) client.connection.stream.destroy()
  }
}

/** Appends rows of COPY text, in the order of `columns`. An error of `rows` fails the transaction and is thrown as it is. */
export async function writeTable(trx: Db, table: StoredTable, rows: AsyncIterable<Buffer>): Promise<void> {
  const name = `public.${pg.escapeIdentifier(table.name)}`
  const sink = clientOf(trx).query(copyFrom(`copy ${name} (${columnsOf(table)}) from stdin`))
  let failure: { readonly error: unknown } | undefined
  async function* watched(): AsyncGenerator<Buffer> {
    try {
      yield* rows
    } catch (error) {
      failure = { error }
      throw error
    }
  }
  try {
    await pipeline(Readable.from(watched(), { objectMode: false }), sink)
  } catch (error) {
    // What the server says of it is an echo.
    throw failure === undefined ? error : failure.error
  }
}

/** Count and SHA-256 of a table as it stands in the database. */
export async function digestStoredTable(trx: Db, table: StoredTable): Promise<TableDigest> {
  const digester = digestTable()
  for await (const chunk of readTable(trx, table)) digester.add(chunk)
  return digester.finish()
}
